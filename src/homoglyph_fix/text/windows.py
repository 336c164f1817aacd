"""Context windows: each chunk that asks its line with the chunks around it, cut out and laid end to end as lines.

A window reaches as many chunks (runs without white space) beyond the chunk that asks as a word hears of damage, on both sides, and never
over a line end. Markup and code in back-quotes that a window touches are taken whole, since they may be long.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np

from ..arrays.ragged import Flags, Index, Spans, any_of, pick, where
from ..thresholds import HEARD
from .encodings import BLANK, LINE_END, RETURN, Points, Source, Units

MARKUP: Final = 2050  # characters: no tag and no code in back-quotes is longer (see `shields`)
LOOK: Final = 128  # code units searched for the bounds of a window at first: enough nearly everywhere
BATCH: Final = 1 << 18  # code units worked on at once: enough to spread the cost of a call, little enough to stay in cache
CROWD: Final = 1 << 20  # code units of crowded lines worked on at once: few of their words need a window
WIDEST: Final = 1 << 24  # code units looked at for the bounds of all places together
PLACES: Final = 1 << 14  # whose bounds are searched at once: 10 MB


def whole_lines(source: Source, crowded: list[tuple[int, int]]) -> Spans:
    """Return the lines in which some spans lie, given in order; those that touch together, but cut where they are very long."""
    text: Any = source.text
    newline = b"\n" if isinstance(text, bytes) else "\n"
    found: list[tuple[int, int]] = []
    for low, high in crowded:
        done = found[-1][1] if found else -1
        if not found or low > done + 1:
            found.append((text.rfind(newline, done + 1, low) + 1 or done + 1, high))
        if high > done:
            end = text.find(newline, high)
            found[-1] = found[-1][0], len(text) if end < 0 else end
    parts: list[tuple[int, int]] = []
    for start, end in found:
        while end - start > CROWD and (at := text.find(newline, start + CROWD, end)) >= 0:
            parts.append((start, at))
            start = at + 1  # noqa: PLW2901  # what is left of the span
        parts.append((start, end))
    begins, ends = np.array(parts, np.intp).reshape(-1, 2).T
    return Spans(begins, ends)


def markup_in(units: Units, places: Index) -> Spans:
    """Return the spans in which tags and code may lie, given where they may begin or end.

    Of a row of back-quotes each may open what the next one closes, so neighbours belong together.
    """
    if not len(places):
        return Spans(places, places)
    reach = MARKUP * (4 if units.dtype == np.uint8 else 1)
    if len(places) * reach < len(units):  # few of them: no need to look for all line ends, which takes a sixth of clean text's time
        near = [_line_ends(units[place : place + reach + 2])[:reach] for place in places.tolist()]
        end = places + np.array([ends.argmax() if ends.any() else len(ends) for ends in near], np.intp)
    else:
        ends = np.append(where(_line_ends(units)), len(units))
        end = np.minimum(places + reach, ends[ends.searchsorted(places)])
    last = np.append(places[1:] > end[:-1], True)
    return Spans(places[where(np.append(True, last[:-1]))], end[where(last)])


def _line_ends(units: Units) -> Flags:
    r"""Tell where lines end: at `\n`, or at the `\r` before one or before the end of the text."""
    newline = units == LINE_END
    newline |= np.append(newline[1:], True) & (units == RETURN)
    return newline


def windows_around(units: Units, asking: Spans, markup: Spans) -> Spans:
    """Return where the windows around parts of a text that ask their line begin and end."""
    if not len(asking):
        return asking
    last = np.maximum(asking.start, asking.end - 1)
    windows = _merged(_bounds(units, asking.start, -1), _bounds(units, last, 1) + 1)
    touched = where(windows.touch(markup)) if len(markup) else markup.start
    if len(touched):
        low, high = _bounds(units, markup.start[touched], -1), _bounds(units, markup.end[touched] - 1, 1) + 1
        windows = _merged(np.append(windows.start, low), np.append(windows.end, high))
    return windows


def in_batches(windows: Spans) -> Iterator[Spans]:
    """Yield windows in batches of `BATCH` code units, in order.

    >>> [len(batch) for batch in in_batches(Spans(np.array([0, BATCH, BATCH + 9]), np.array([9, BATCH + 5, 2 * BATCH])))]
    [2, 1]
    """
    group = (windows.end - windows.start).cumsum() // BATCH
    for low, high in pairwise(np.append(where(np.diff(group, prepend=-1)), len(group)).tolist()):
        yield Spans(windows.start[low:high], windows.end[low:high])


def _merged(start: Index, end: Index) -> Spans:
    """Return spans in order, those that overlap as one; what white space parts stays apart, since no word of the one sees the other."""
    if len(start) < 2:
        return Spans(start, end)
    order = np.argsort(start, kind="stable")
    start, reach = start[order], np.maximum.accumulate(end[order])
    heads = np.append(0, where(start[1:] > reach[:-1]) + 1)
    return Spans(start[heads], np.append(reach[heads[1:] - 1], reach[-1]))


def _bounds(units: Units, places: Index, way: int) -> Index:
    """Return how far the window of each place reaches to one side: its last code unit on that side."""
    parts = [_some_bounds(units, places[low : low + PLACES], way) for low in range(0, len(places), PLACES)]
    return np.concatenate(parts)


def _some_bounds(units: Units, places: Index, way: int) -> Index:
    found = np.full(len(places), 0 if way < 0 else len(units) - 1)
    todo = np.arange(len(places))
    look = LOOK
    while len(todo):
        at = places[todo][:, None] + way * np.arange(look + 1)
        unit = units.take(at, mode="clip")
        newline = unit == LINE_END
        if any_of(returns := unit == RETURN):
            newline |= returns & ((units.take(at + 1, mode="clip") == LINE_END) | (at + 1 >= len(units)))
        if at[0, -1] < 0 or at[-1, -1] >= len(units):  # what lies outside is as good as a line end
            newline |= (at < 0) | (at >= len(units))
        space = newline | (unit <= BLANK)
        edge = ~space[:, :-1] & space[:, 1:]
        stop = (newline[:, 1:]) | (np.cumsum(edge, 1, dtype=np.int32) > HEARD)
        done = stop.any(1)
        found[todo[done]] = places[todo[done]] + way * stop[done].argmax(1)
        todo = todo[~done]
        if look > len(units):
            break
        look *= 8
        if len(todo) * look > WIDEST:  # lines without spaces: take them whole rather than search them again and again
            found[todo] = _line_bounds(units, places[todo], way)
            break
    return found


def _line_bounds(units: Units, places: Index, way: int) -> Index:
    """Return the first or the last code unit of the line of each place."""
    ends = np.concatenate([[-1], where(_line_ends(units)), [len(units)]])
    line = ends.searchsorted(places)
    return ends[line - 1] + 1 if way < 0 else ends[line] - 1


def cut_out(units: Units, spans: Spans) -> Units:
    """Return parts of a text end to end, a line end before, between and after them."""
    start, end = spans
    length = end - start + 1
    closed = end < len(units)  # what ends with the text has nothing behind it that could become the line end
    result = np.full(int(length.sum()) + 1, LINE_END, units.dtype)
    found = pick(units, start, length - ~closed)
    result[1 : len(found) + 1] = found
    result[length.cumsum()] = LINE_END
    return result


def parts_of(points: Points) -> Spans:
    """Return where the parts that were cut out lie in their code points, given that none holds a line end."""
    ends = where(points == LINE_END)
    return Spans(ends[:-1] + 1, ends[1:])
