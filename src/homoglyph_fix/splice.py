"""Put repaired words back: into the windows they stand in, and the windows into the text."""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .decide import Decisions
from .rewrite import Rewritten
from .screen import Units
from .segments import Index, offsets, pick, ranges, where
from .tokens import NEWLINE_POINT, Points, Words, decode
from .windows import Windows

Text = TypeVar("Text", str, bytes)


class Encoding(NamedTuple):
    """How a text lies in memory: the codec, what it does with what it cannot encode, and its code unit."""

    codec: str
    errors: str
    unit: type[np.unsignedinteger]


UTF8: Final = Encoding("utf-8", "surrogateescape", np.uint8)
UTF16: Final = Encoding("utf-16-le", "strict", np.uint16)
UTF32: Final = Encoding("utf-32-le", "surrogatepass", np.uint32)


def as_units(text: str) -> tuple[bytes, Encoding]:
    """Return a text in memory, with one code unit for each code point: in UTF-16 where that is possible."""
    try:
        data = text.encode(*UTF16[:2])
    except UnicodeEncodeError:  # lone surrogates: two of them must not become a pair
        data = b""
    return (data, UTF16) if len(data) == 2 * len(text) else (text.encode(*UTF32[:2]), UTF32)


def as_points(units: Units, encoding: Encoding) -> Points:
    """Return the code points of some code units."""
    if encoding is not UTF8:
        return units.astype(np.uint32)
    text = units.tobytes().decode(*encoding[:2])
    return np.frombuffer(text.encode(*UTF32[:2]), np.uint32)


def as_text(points: Points, old: Text) -> Text:
    """Return a text of the type of an old one; the old object itself where it is the same."""
    new: Any = decode(points)
    kind: type = type(old)
    new = new if kind is str else new.encode(*UTF8[:2])
    return old if new == old else new


def apply(points: Points, words: Words, decisions: Decisions, rewritten: Rewritten, applied: NDArray[np.bool_]) -> Points:
    """Return the text with the new spellings that are to be applied in the place of the old ones."""
    row = where(applied)
    word = decisions.word[rewritten.rows[row]]
    start, end, first, size = words.start[word], words.end[word], rewritten.first[row], rewritten.size[row]
    if (size == end - start).all():
        result = points.copy()
        result[ranges(start, size)] = rewritten.points[ranges(first, size)]
        return result
    source = np.concatenate([points, rewritten.points])
    kept_from = np.append(0, end)
    kept_size = np.append(start, len(points)) - kept_from
    new_from = np.append(first + len(points), 0)
    new_size = np.append(size, 0)
    return pick(source, np.stack([kept_from, new_from], 1).ravel(), np.stack([kept_size, new_size], 1).ravel())


class Patch(NamedTuple):
    """A part of a text, in code units, and what is to stand there."""

    start: int
    end: int
    new: str | bytes


def patches(windows: Windows, old: Points, new: Points, encoding: Encoding) -> list[Patch]:
    """Return the windows that have changed, in order, given all of them end to end as they were and as they are."""
    closing = np.append(0, windows.last)
    old_at = where(old == NEWLINE_POINT)[closing]
    new_at = where(new == NEWLINE_POINT)[closing]
    changed = where(_differ(old, old_at, new, new_at))
    size = new_at[changed + 1] - new_at[changed]
    repaired: Any = decode(pick(new, new_at[changed] + 1, size))  # each window with the line end that closes it
    ends = size.cumsum() - 1
    if encoding is UTF8:
        repaired = repaired.encode(*UTF8[:2])
        newlines = where(np.frombuffer(repaired, np.uint8) == NEWLINE_POINT)
        ends = newlines[(windows.breaks[changed] + 1).cumsum() - 1]
    starts = np.append(0, ends[:-1] + 1)
    spans = windows.start[changed], windows.end[changed], starts, ends
    return [Patch(start, end, repaired[low:high]) for start, end, low, high in zip(*(span.tolist() for span in spans), strict=True)]


def patched(text: Text, found: list[Patch]) -> Text:
    """Return a text with its patches; the old object itself where there are none."""
    if not found:
        return text
    old: Any = text
    view = memoryview(old) if isinstance(old, bytes) else old  # no byte is copied before all are joined
    pieces: list[Any] = []
    done = 0
    for start, end, new in found:
        pieces += view[done:start], new
        done = end
    pieces.append(view[done:])
    return text[:0].join(pieces)


def _differ(old: Points, old_at: Index, new: Points, new_at: Index) -> NDArray[np.bool_]:
    """Tell which windows, between two of the given line ends each, are not the same in both texts."""
    length = np.diff(old_at)
    differ = length != np.diff(new_at)
    same = where(~differ)
    if len(same):
        unlike = pick(old, old_at[same], length[same]) != pick(new, new_at[same], length[same])
        differ[same] = np.logical_or.reduceat(unlike, offsets(length[same]))
    return differ


def lines_of(lines: Index, some: Index) -> Index:
    """Return the numbers of the lines that belong to the same line of the whole text as some of them; `lines` tells to which."""
    marks = np.zeros(int(lines.max()) + 1, bool)
    marks[lines[some]] = True
    return where(marks[lines])


def lines_at(points: Points, places: Index) -> Index:
    """Return the numbers of the lines in which some places lie."""
    return np.searchsorted(where(points == NEWLINE_POINT), places) - 1


def take_lines(points: Points, chosen: Index) -> Points:
    """Return some lines of a text that begins and ends with a line end, as such a text."""
    newlines = where(points == NEWLINE_POINT)
    return np.append(points[:1], pick(points, newlines[chosen] + 1, newlines[chosen + 1] - newlines[chosen]))


def put_lines(points: Points, chosen: Index, new: Points) -> Points:
    """Return a text with some of its lines replaced by those of another text."""
    newlines = where(points == NEWLINE_POINT)
    new_lines = where(new == NEWLINE_POINT)
    source = np.concatenate([points, new])
    kept_from = np.append(0, newlines[chosen + 1] + 1)
    kept_size = np.append(newlines[chosen] + 1, len(points)) - kept_from
    new_from = np.append(new_lines[:-1] + 1 + len(points), 0)
    new_size = np.append(np.diff(new_lines), 0)
    return pick(source, np.stack([kept_from, new_from], 1).ravel(), np.stack([kept_size, new_size], 1).ravel())
