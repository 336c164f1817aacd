"""Put repaired words back: into the windows they stand in, and windows and pieces into the text."""

from __future__ import annotations

from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np

from ..arrays.ragged import Flags, Index, Spans, interleaved, offsets, pick, ranges, where
from .encodings import LINE_END, UTF8, Encoding, Points, Text, decode


class Changes(NamedTuple):
    """Spans of a text, in code units, and the code points that are to stand there, one change after the other."""

    spans: Spans
    points: Points
    size: Index  # code points of each change

    def take(self, some: Index) -> Changes:
        """Return some of the changes."""
        size = self.size[some]
        return Changes(self.spans.take(some), pick(self.points, offsets(self.size)[some], size), size)


def changes(windows: Spans, old: Points, new: Points) -> Changes:
    """Return the windows that have changed, given all of them end to end as lines, as they were and as they are."""
    old_at, new_at = where(old == LINE_END), where(new == LINE_END)
    changed = where(_differ(old, old_at, new, new_at))
    first = new_at[changed] + 1
    size = new_at[changed + 1] - first
    return Changes(windows.take(changed), pick(new, first, size), size)


def together(found: list[Changes]) -> Changes:
    """Return all changes, in order."""
    if len(found) == 1:
        return found[0]
    starts, ends = zip(*(some.spans for some in found), strict=True)
    size, points = np.concatenate([some.size for some in found]), np.concatenate([some.points for some in found])
    spans = Spans(np.concatenate(starts), np.concatenate(ends))
    order = np.argsort(spans.start, kind="stable")
    return Changes(spans, points, size).take(order)


def put(points: Points, found: Changes) -> Points:
    """Return a text of code points with its changes."""
    (start, end), new, size = found
    if (size == end - start).all():
        result = points.copy()
        result[ranges(start, size)] = new
        return result
    kept_from = np.append(0, end)
    kept_size = np.append(start, len(points)) - kept_from
    new_from, new_size = np.append(offsets(size) + len(points), 0), np.append(size, 0)
    source = np.concatenate([points, new])
    return pick(source, interleaved(kept_from, new_from), interleaved(kept_size, new_size))


class Patches(NamedTuple):
    """Spans of a text, in code units, and what is to stand there."""

    spans: Spans
    new: list[Any]  # texts of the type of the text


NOTHING: Final = Patches(Spans(*np.zeros((2, 0), np.intp)), [])


def patches(found: Changes, encoding: Encoding) -> Patches:
    """Return changes as texts."""
    points, size = found.points, found.size
    new: Any = decode(points)
    if encoding is UTF8:
        new = new.encode(*UTF8[:2])
    if len(size) == 1:
        return Patches(found.spans, [new])
    if encoding is UTF8:
        length = 1 + (points >= 0x80).astype(np.intp) + (points >= 0x800) + (points >= 0x10000)
        length[where((points >= 0xDC80) & (points < 0xDD00))] = 1  # a byte that was no UTF-8
        size = np.diff(np.append(0, length.cumsum())[np.append(0, size.cumsum())])
    ends = size.cumsum()
    return Patches(found.spans, list(map(new.__getitem__, map(slice, (ends - size).tolist(), ends.tolist()))))


def whole_patch(old: bytes, new: bytes) -> Patches:
    """Return a text that has changed as one patch."""
    return NOTHING if old == new else Patches(Spans(np.array([0]), np.array([len(old)])), [new])


def in_order(found: list[Patches]) -> Patches:
    """Return all patches, in order."""
    found = [some for some in found if some.new]
    if len(found) < 2:
        return found[0] if found else NOTHING
    spans = Spans(*map(np.concatenate, zip(*(some.spans for some in found), strict=True)))
    order = np.argsort(spans.start, kind="stable")
    new = list(chain.from_iterable(some.new for some in found))
    return Patches(spans.take(order), list(map(new.__getitem__, order.tolist())))


def patched(text: Text, found: Patches) -> Text:
    """Return a text with its patches; the old object itself where there are none."""
    if not found.new:
        return text
    old: Any = text
    view = memoryview(old) if isinstance(old, bytes) else old  # no byte is copied before all are joined
    parts: list[Any] = [None] * (2 * len(found.new) + 1)
    ends, starts = [0, *found.spans.end.tolist()], [*found.spans.start.tolist(), len(view)]
    parts[0::2] = map(view.__getitem__, map(slice, ends, starts))
    parts[1::2] = found.new
    return text[:0].join(parts)


def _differ(old: Points, old_at: Index, new: Points, new_at: Index) -> Flags:
    """Tell which windows, between two of the given line ends each, are not the same in both texts."""
    length = np.diff(old_at)
    differ = length != np.diff(new_at)
    same = where(~differ)
    if len(same):
        unlike = pick(old, old_at[same], length[same]) != pick(new, new_at[same], length[same])
        differ[same] = np.logical_or.reduceat(unlike, offsets(length[same]))
    return differ


def lines_at(points: Points, places: Index) -> Index:
    """Return the numbers of the lines in which some places lie."""
    return np.searchsorted(where(points == LINE_END), places) - 1


def take_lines(points: Points, chosen: Index) -> Points:
    """Return some lines of a text that begins and ends with a line end, as such a text."""
    newlines = where(points == LINE_END)
    return np.append(points[:1], pick(points, newlines[chosen] + 1, newlines[chosen + 1] - newlines[chosen]))


def put_lines(points: Points, chosen: Index, new: Points) -> Points:
    """Return a text with some of its lines replaced by those of another text."""
    newlines = where(points == LINE_END)
    new_lines = where(new == LINE_END)
    first, size = new_lines[:-1] + 1, np.diff(new_lines) - 1
    return put(points, Changes(Spans(newlines[chosen] + 1, newlines[chosen + 1]), pick(new, first, size), size))
