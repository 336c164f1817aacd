"""The parts of a text that go on from the screen: each suspicious place with the words around it, cut out and laid end to end.

A window reaches three pieces of text (runs without white space) beyond a suspicious place on both sides, never over a line end: two
neighbours are what a decision looks at. Markup and code in back-quotes that a window touches are taken whole, since they may be long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Final

import numpy as np

from .limits import PIECES
from .screen import NEWLINE, Units, look_through
from .segments import Index, offsets, pick, ranges, where

GAP: Final = 24  # suspicious places so close together share a window
MARKUP: Final = 2050  # characters: no tag and no code in back-quotes is longer (see `shields`)
LOOK: Final = 64  # code units searched for the bounds of a window at first: more than three pieces nearly everywhere, even in UTF-8
BATCH: Final = 1 << 18  # code units worked on at once: enough to spread the cost of a call, little enough to stay in cache
PLACES: Final = 1 << 14  # whose bounds are searched at once: 10 MB
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


def find_windows(units: Units, text: str | bytes) -> Iterator[Windows]:
    """Yield the windows of a text in batches of whole lines, in order; nothing when the text is clean.

    `text` is what the code units are taken from, with as many items as there are units.
    """
    if not len(units):
        return
    lines = _Lines(text)
    places, markup, dense = look_through(units)
    start, end = lines.around(dense)
    if len(places):
        leaders = np.ones(len(places), bool)
        leaders[1:] = np.diff(places) > GAP
        first = places[leaders]
        last = places[np.append(where(leaders)[1:] - 1, len(places) - 1)]
        start, end = _merged(np.append(start, _bounds(units, first, -1)), np.append(end, _bounds(units, last, 1) + 1))
    if len(start):
        if len(markup):
            start, end = _with_markup(units, (start, end), lines.markup(markup, MARKUP * (4 if units.dtype == np.uint8 else 1)))
        yield from _batches(lines, *lines.cut(start, end))


def _with_markup(units: Units, windows: tuple[Index, Index], markup: tuple[Index, Index]) -> tuple[Index, Index]:
    """Add to windows the tags and code that they touch, whole."""
    (start, end), (first, beyond) = windows, markup
    touched = where(start.searchsorted(beyond) > end.searchsorted(first, "right"))
    if not len(touched):
        return start, end
    low, high = _bounds(units, first[touched], -1), _bounds(units, beyond[touched] - 1, 1) + 1
    return _merged(np.append(start, low), np.append(end, high))


class _Lines:
    """Where the lines of a text end, asked only around its windows."""

    def __init__(self, text: str | bytes) -> None:
        self._newline = b"\n" if isinstance(text, bytes) else "\n"
        self._find: Callable[..., int] = text.find
        self._find_last: Callable[..., int] = text.rfind
        self._count: Callable[..., int] = text.count
        self._size = len(text)

    def around(self, spans: list[tuple[int, int]]) -> tuple[Index, Index]:
        """Return spans widened to whole lines; those that then touch are one."""
        start, end = _merged(*np.array(spans, np.intp).reshape(-1, 2).T)
        before, after = self._ends(start, end)
        return _merged(before + 1, after)

    def markup(self, places: Index, reach: int) -> tuple[Index, Index]:
        """Return the spans in which tags and code may lie, given where they may begin or end and how long one of them can be.

        Of a row of back-quotes each may open what the next one closes, so neighbours belong together.
        """
        newline = self._ask(self._find, (places, np.append(places[1:], self._size)))
        end = np.minimum(places + reach, np.where(newline < 0, self._size, newline))
        last = np.append(places[1:] > end[:-1], True)
        return places[where(np.append(True, last[:-1]))], end[where(last)]

    def _ends(self, start: Index, end: Index) -> tuple[Index, Index]:
        """Return the last line end before each window, -1 for none, and the first after it, the size of the text for none."""
        # No search goes beyond the next window, so that all of them together walk through the text once, however long the lines.
        gaps, inner = (np.append(0, end), np.append(start, self._size)), (start, end)
        lasts = np.empty((len(start), 2), np.intp)
        lasts[:, 0], lasts[:, 1] = self._ask(self._find_last, gaps)[:-1], self._ask(self._find_last, inner)
        firsts = np.empty((len(start), 2), np.intp)
        firsts[:, 0], firsts[:, 1] = self._ask(self._find, inner), self._ask(self._find, gaps)[1:]
        firsts[firsts < 0] = self._size
        before = np.maximum.accumulate(lasts.ravel())[::2]
        return before, np.minimum.accumulate(firsts.ravel()[::-1])[::-1][1::2]

    def _ask(self, question: Callable[..., int], spans: tuple[Index, Index]) -> Index:
        return np.fromiter(map(question, repeat(self._newline), spans[0].tolist(), spans[1].tolist()), np.intp, len(spans[0]))

    def cut(self, start: Index, end: Index) -> tuple[Index, Index]:
        """Cut windows of more than a batch at line ends."""
        if (end - start).max() <= BATCH:
            return start, end
        spans = []
        for first, last in zip(start.tolist(), end.tolist(), strict=True):
            at = first
            while last - at > BATCH and (newline := self._find(self._newline, at + BATCH, last)) >= 0:
                spans.append((at, newline))
                at = newline + 1
            spans.append((at, last))
        cut = np.array(spans, np.intp)
        return cut[:, 0], cut[:, 1]

    def numbers(self, start: Index, end: Index) -> tuple[Index, Index]:
        """Return a number for the line that each window begins in, larger by line, and how many line ends each window holds."""
        breaks = self._ask(self._count, (start, end))
        ended = self._ask(self._find, (end, np.append(start[1:], self._size))) >= 0
        return offsets(breaks + ended), breaks


def _merged(start: Index, end: Index) -> tuple[Index, Index]:
    """Return spans in order; those that touch are one."""
    if len(start) < 2:
        return start, end
    order = np.argsort(start, kind="stable")
    start, reach = start[order], np.maximum.accumulate(end[order])
    heads = np.append(0, where(start[1:] > reach[:-1] + 1) + 1)
    return start[heads], np.append(reach[heads[1:] - 1], reach[-1])


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
        newline = unit == NEWLINE
        if at[0, -1] < 0 or at[-1, -1] >= len(units):  # what lies outside is as good as a line end
            newline |= (at < 0) | (at >= len(units))
        space = newline | (unit <= SPACE)
        edge = ~space[:, :-1] & space[:, 1:]
        stop = (newline[:, 1:]) | (np.cumsum(edge, 1, dtype=np.uint8 if look == LOOK else None) > PIECES)
        done = stop.any(1)
        found[todo[done]] = places[todo[done]] + way * stop[done].argmax(1)
        todo = todo[~done]
        if look > len(units):
            break
        look *= 8
        if len(todo) * look > 1 << 24:  # a text without spaces: take it whole rather than search it again and again
            break
    return found


def _batches(lines: _Lines, start: Index, end: Index) -> Iterator[Windows]:
    line, breaks = lines.numbers(start, end)
    group = np.cumsum(end - start) // BATCH
    # Windows of one line share their count of damaged words, so they must share a batch.
    apart = np.append(True, line[1:] > (line + breaks)[:-1])
    head = np.maximum.accumulate(np.where(apart, np.arange(len(line)), 0))
    group = np.maximum.accumulate(group[head])
    cuts = np.append(where(np.diff(group, prepend=-1)), len(group))
    for low, high in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        yield Windows(start[low:high], end[low:high], line[low:high], breaks[low:high])


def cut_out(units: Units, windows: Windows) -> Units:
    """Return the windows end to end, a line end before, between and after them."""
    length = windows.end - windows.start + 1
    closed = windows.end < len(units)  # what ends with the text has nothing behind it that could become the line end
    result = np.full(int(length.sum()) + 1, NEWLINE, units.dtype)
    found = pick(units, windows.start, length - ~closed)
    result[1 : len(found) + 1] = found
    result[length.cumsum()] = NEWLINE
    return result
