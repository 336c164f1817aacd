"""The parts of a text that go on from the screen: each suspicious place with the words around it, cut out and laid end to end.

A window reaches three pieces of text (runs without white space) beyond a suspicious place on both sides, never over a line end: two
neighbours are what a decision looks at. Lines with markup or back-quotes are taken whole, since a tag or a piece of code may be long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from .screen import NEWLINE, Units, look_through
from .segments import Index, offsets, ranges

PIECES: Final = 3  # pieces of text beyond a suspicious place
GAP: Final = 24  # suspicious places so close together share a window
LOOK: Final = 96  # code units searched for the bounds of a window at first; about thirteen words of UTF-16
DENSE: Final = 32  # one suspicious place in so many units: take everything
SMALL: Final = 600  # code units: a text that is cut into windows more slowly than it is worked on whole
BATCH: Final = 1 << 18  # code units worked on at once: enough to spread the cost of a call, little enough to stay in cache
SPACE: Final = 32


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of one batch: spans of code units, the line that each begins in, and how many line ends each holds."""

    start: Index
    end: Index
    line: Index
    breaks: Index

    @property
    def lines(self) -> Index:
        """The line of the whole text for each line of the windows laid end to end, counted from the first."""
        return ranges(self.line - self.line[0], self.breaks + 1)

    @property
    def last(self) -> Index:
        """For each window, which line end of the windows laid end to end closes it; number 0 opens the first."""
        return np.cumsum(self.breaks + 1)


def find_windows(units: Units) -> Iterator[Windows]:
    """Yield the windows of a text in batches of whole lines, in order; nothing when the text is clean."""
    if not len(units):
        return
    if len(units) < SMALL:
        yield Windows(np.zeros(1, np.intp), np.array([len(units)]), np.zeros(1, np.intp), np.array([np.count_nonzero(units == NEWLINE)]))
        return
    places, newlines, markup = look_through(units)
    if not len(places):
        return
    leaders = np.ones(len(places), bool)
    leaders[1:] = np.diff(places) > GAP
    first = places[leaders]
    last = places[np.append(np.flatnonzero(leaders)[1:] - 1, len(places) - 1)]
    if len(places) * DENSE > len(units):
        start, end = _whole(newlines, len(units))
    else:
        start, end = _bounds(units, first, -1), _bounds(units, last, 1) + 1
        start, end = _whole_lines(len(units), newlines, markup, (start, end))
    yield from _batches(newlines, start, end)


def _bounds(units: Units, places: Index, way: int) -> Index:
    """Return how far the window of each place reaches to one side: its last code unit on that side."""
    found = np.full(len(places), 0 if way < 0 else len(units) - 1)
    todo = np.arange(len(places))
    look = LOOK
    while len(todo):
        at = places[todo][:, None] + way * np.arange(look + 1)
        outside = (at < 0) | (at >= len(units))
        unit = units[np.minimum(np.maximum(at, 0), len(units) - 1)]
        newline = outside | (unit == NEWLINE)
        space = newline | (unit <= SPACE)
        edge = ~space[:, :-1] & space[:, 1:]
        stop = (newline[:, 1:]) | (np.cumsum(edge, 1) > PIECES)
        done = stop.any(1)
        found[todo[done]] = places[todo[done]] + way * stop[done].argmax(1)
        todo = todo[~done]
        if look > len(units):
            break
        look *= 8
        if len(todo) * look > 1 << 24:  # a text without spaces: take it whole rather than search it again and again
            break
    return found


def _whole(newlines: Index, length: int) -> tuple[Index, Index]:
    """Cut a whole text into spans of about a batch, at line ends."""
    wanted = np.arange(BATCH, length, BATCH)
    cut = newlines[np.unique(np.minimum(np.searchsorted(newlines, wanted), max(len(newlines) - 1, 0)))] + 1 if len(newlines) else newlines
    cut = cut[(cut > 0) & (cut < length)]
    return np.concatenate([[0], cut]).astype(np.intp), np.concatenate([cut, [length]]).astype(np.intp)


def _whole_lines(length: int, newlines: Index, markup: Index, spans: tuple[Index, Index]) -> tuple[Index, Index]:
    """Merge windows that touch; extend those in lines with markup to the whole line."""
    start, end = spans
    if len(markup):
        marked = np.unique(np.searchsorted(newlines, markup))
        line = np.searchsorted(newlines, start)
        inside = np.isin(line, marked) | np.isin(np.searchsorted(newlines, end - 1), marked)
        bounds = np.concatenate([[-1], newlines, [length]])
        start = np.where(inside, bounds[line] + 1, start)
        end = np.where(inside, bounds[np.searchsorted(newlines, end - 1) + 1], end)
    reach = np.maximum.accumulate(end)
    fresh = np.ones(len(start), bool)
    fresh[1:] = start[1:] > reach[:-1] + 1
    heads = np.flatnonzero(fresh)
    return start[heads], np.append(reach[heads[1:] - 1], reach[-1])


def _batches(newlines: Index, start: Index, end: Index) -> Iterator[Windows]:
    line = np.searchsorted(newlines, start)
    breaks = np.searchsorted(newlines, end) - line
    group = np.cumsum(end - start) // BATCH
    # Windows of one line share their count of damaged words, so they must share a batch.
    apart = np.append(True, line[1:] > np.searchsorted(newlines, end[:-1] - 1))
    head = np.maximum.accumulate(np.where(apart, np.arange(len(line)), 0))
    group = np.maximum.accumulate(group[head])
    cuts = np.append(np.flatnonzero(np.diff(group, prepend=-1)), len(group))
    for low, high in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        yield Windows(start[low:high], end[low:high], line[low:high], breaks[low:high])


def cut_out(units: Units, windows: Windows) -> Units:
    """Return the windows end to end, a line end before, between and after them."""
    length = windows.end - windows.start + 1
    at = ranges(windows.start, length)
    result = np.empty(len(at) + 1, units.dtype)
    result[0] = NEWLINE
    result[1:] = units[np.minimum(at, len(units) - 1)]
    result[1 + offsets(length) + length - 1] = NEWLINE
    return result
