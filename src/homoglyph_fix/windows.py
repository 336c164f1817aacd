"""The parts of a text that go on from the screen: each suspicious place with the words around it, cut out and laid end to end.

A window reaches three pieces of text (runs without white space) beyond a suspicious place on both sides, never over a line end: two
neighbours are what a decision looks at. Markup and code in back-quotes that a window touches are taken whole, since they may be long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Final, NamedTuple

import numpy as np

from .context import Lines
from .limits import PIECES
from .screen import NEWLINE
from .segments import Index, Spans, offsets, pick, ranges, where
from .tokens import Points
from .units import Source, Units

GAP: Final = 24  # suspicious places so close together share a window
MARKUP: Final = 2050  # characters: no tag and no code in back-quotes is longer (see `shields`)
LOOK: Final = 64  # code units searched for the bounds of a window at first: more than three pieces nearly everywhere, even in UTF-8
BATCH: Final = 1 << 18  # code units worked on at once: enough to spread the cost of a call, little enough to stay in cache
CROWD: Final = 1 << 19  # code units of crowded lines worked on at once: few of their words need a window
PLACES: Final = 1 << 14  # whose bounds are searched at once: 10 MB
SPACE: Final = 32


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of one batch: spans of code units, the line that each begins in, and how many line ends each holds."""

    start: Index
    end: Index
    line: Index
    breaks: Index
    damaged: Index | None = None  # for each line from the first on, what it holds outside of the windows (see `context.Lines`)
    repaired: Index | None = None

    @property
    def spans(self) -> Spans:
        """The windows in the text."""
        return Spans(self.start, self.end)

    @property
    def lines(self) -> Lines:
        """The line of the whole text for each line of the windows laid end to end, counted from the first."""
        return Lines(ranges(self.line - self.line[0], self.breaks + 1), self.damaged, self.repaired)

    @property
    def last(self) -> Index:
        """For each window, which line end of the windows laid end to end closes it; number 0 opens the first."""
        return np.cumsum(self.breaks + 1)


class Proof(NamedTuple):
    """How much proof of damage the pieces of a text hold that need no window (see `context.Lines`)."""

    start: Index  # where each piece begins
    damaged: Index
    repaired: Index


def whole_lines(source: Source, dense: list[tuple[int, int]]) -> Spans:
    """Return the lines in which some spans lie, in batches."""
    if not dense:
        return Spans(*np.zeros((2, 0), np.intp))
    lines = _Lines(source.text)
    return lines.cut(lines.around(dense), CROWD)


def markup_of(source: Source, places: Index) -> Spans:
    """Return the spans in which tags and code may lie, given where they may begin or end."""
    if not len(places):
        return Spans(places, places)
    return _Lines(source.text).markup(places, MARKUP * (4 if source.units.dtype == np.uint8 else 1))


def windows_around(units: Units, suspicious: Spans, markup: Spans, pairs: Spans | None = None) -> Spans:
    """Return where the windows around suspicious parts of a text begin and end.

    No window begins at the end of one of the `pairs`, of which the first word says how the second begins.
    """
    if not len(suspicious):
        return suspicious
    apart = suspicious.start[1:] - suspicious.end[:-1] >= GAP
    first = suspicious.start[np.append(True, apart)]
    last = np.maximum(first, suspicious.end[np.append(apart, True)] - 1)
    windows = _merged(_bounds(units, first, -1), _bounds(units, last, 1) + 1)
    if len(markup):
        windows = _with_markup(units, windows, markup)
    if pairs is not None and len(pairs):
        chained = np.append(False, pairs.start[1:] == pairs.end[:-1])
        begin = np.maximum.accumulate(np.where(chained, 0, pairs.start))
        place = np.minimum(pairs.end.searchsorted(windows.start), len(pairs) - 1)
        windows = _merged(np.where(pairs.end[place] == windows.start, begin[place], windows.start), windows.end)
    return windows


def in_batches(source: Source, windows: Spans, proof: Proof | None = None) -> Iterator[Windows]:
    """Yield the windows of a text in batches of whole lines, in order."""
    if len(windows):
        lines = _Lines(source.text)
        yield from _batches(lines, lines.cut(windows, BATCH), proof)


def _with_markup(units: Units, windows: Spans, markup: Spans) -> Spans:
    """Add to windows the tags and code that they touch, whole."""
    touched = where(windows.touch(markup))
    if not len(touched):
        return windows
    low, high = _bounds(units, markup.start[touched], -1), _bounds(units, markup.end[touched] - 1, 1) + 1
    return joined(windows, Spans(low, high))


class _Lines:
    """Where the lines of a text end, asked only around its windows."""

    def __init__(self, text: str | bytes) -> None:
        self._newline = b"\n" if isinstance(text, bytes) else "\n"
        self._find: Callable[..., int] = text.find
        self._find_last: Callable[..., int] = text.rfind
        self._count: Callable[..., int] = text.count
        self._size = len(text)

    def around(self, spans: list[tuple[int, int]]) -> Spans:
        """Return spans widened to whole lines; those that then touch are one."""
        start, end = _merged(*np.array(spans, np.intp).reshape(-1, 2).T)
        before, after = self._ends(start, end)
        return _merged(before + 1, after)

    def markup(self, places: Index, reach: int) -> Spans:
        """Return the spans in which tags and code may lie, given where they may begin or end and how long one of them can be.

        Of a row of back-quotes each may open what the next one closes, so neighbours belong together.
        """
        newline = self._ask(self._find, (places, np.append(places[1:], self._size)))
        end = np.minimum(places + reach, np.where(newline < 0, self._size, newline))
        last = np.append(places[1:] > end[:-1], True)
        return Spans(places[where(np.append(True, last[:-1]))], end[where(last)])

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

    def cut(self, windows: Spans, most: int) -> Spans:
        """Cut windows of more than so many code units at line ends."""
        start, end = windows
        if (end - start).max() <= most:
            return windows
        spans = []
        for first, last in zip(start.tolist(), end.tolist(), strict=True):
            at = first
            while last - at > most and (newline := self._find(self._newline, at + most, last)) >= 0:
                spans.append((at, newline))
                at = newline + 1
            spans.append((at, last))
        return Spans(*np.array(spans, np.intp).T)

    def numbers(self, start: Index, end: Index) -> tuple[Index, Index, Index]:
        """Return for each window the number of its first line, its line ends, and the next line end before the next window, or -1."""
        breaks = self._ask(self._count, (start, end))
        after = self._ask(self._find, (end, np.append(start[1:], self._size)))
        return offsets(breaks + (after >= 0)), breaks, after

    def held(self, start: Index, end: Index, after: Index, proof: Proof) -> list[tuple[Index, Index]]:
        """Return the proof in the line of each window before it and after it; what stands between two windows of a line counts once."""
        gap = np.append(0, end[:-1])
        before = np.maximum(self._ask(self._find_last, (gap, start)), gap)
        ends = np.append(end[:-1], self._size)  # what follows in the same line is before the next window
        after = np.where(after < 0, ends, after)
        at = [proof.start.searchsorted(places) for places in (before, start, end, after)]
        totals = [np.append(0, column.cumsum()) for column in (proof.damaged, proof.repaired)]
        return [(total[at[1]] - total[at[0]], total[at[3]] - total[at[2]]) for total in totals]


def joined(some: Spans, others: Spans) -> Spans:
    """Return spans and others in order; those that touch are one.

    >>> joined(Spans(np.array([0, 20]), np.array([9, 29])), Spans(np.array([8]), np.array([15])))
    Spans(start=array([ 0, 20]), end=array([15, 29]))
    """
    return _merged(np.append(some.start, others.start), np.append(some.end, others.end))


def _merged(start: Index, end: Index) -> Spans:
    """Return spans in order; those that touch are one."""
    if len(start) < 2:
        return Spans(start, end)
    order = np.argsort(start, kind="stable")
    start, reach = start[order], np.maximum.accumulate(end[order])
    heads = np.append(0, where(start[1:] > reach[:-1] + 1) + 1)
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
        newline = unit == NEWLINE
        if at[0, -1] < 0 or at[-1, -1] >= len(units):  # what lies outside is as good as a line end
            newline |= (at < 0) | (at >= len(units))
        space = newline | (unit <= SPACE)
        edge = ~space[:, :-1] & space[:, 1:]
        stop = (newline[:, 1:]) | (np.cumsum(edge, 1, dtype=np.int32) > PIECES)
        done = stop.any(1)
        found[todo[done]] = places[todo[done]] + way * stop[done].argmax(1)
        todo = todo[~done]
        if look > len(units):
            break
        look *= 8
        if len(todo) * look > 1 << 24:  # a text without spaces: take it whole rather than search it again and again
            break
    return found


def _batches(lines: _Lines, spans: Spans, proof: Proof | None = None) -> Iterator[Windows]:
    start, end = spans
    line, breaks, after = lines.numbers(start, end)
    group = np.cumsum(end - start) // BATCH
    # Windows of one line share their count of damaged words, so they must share a batch.
    apart = np.append(True, line[1:] > (line + breaks)[:-1])
    head = np.maximum.accumulate(np.where(apart, np.arange(len(line)), 0))
    group = np.maximum.accumulate(group[head])
    cuts = np.append(where(np.diff(group, prepend=-1)), len(group))
    held: list[Index] = []
    if proof is not None:
        both = np.append(line, line + breaks)
        held = [np.bincount(both, np.append(*sides)).astype(np.intp) for sides in lines.held(start, end, after, proof)]
    for low, high in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        those = slice(int(line[low]), int(line[high - 1] + breaks[high - 1]) + 1)
        yield Windows(start[low:high], end[low:high], line[low:high], breaks[low:high], *(column[those] for column in held))


def cut_out(units: Units, spans: Spans) -> Units:
    """Return parts of a text end to end, a line end before, between and after them."""
    start, end = spans
    length = end - start + 1
    closed = end < len(units)  # what ends with the text has nothing behind it that could become the line end
    result = np.full(int(length.sum()) + 1, NEWLINE, units.dtype)
    found = pick(units, start, length - ~closed)
    result[1 : len(found) + 1] = found
    result[length.cumsum()] = NEWLINE
    return result


def parts_of(points: Points) -> Spans:
    """Return where the parts that were cut out lie in their code points, given that none holds a line end."""
    ends = where(points == NEWLINE)
    return Spans(ends[:-1] + 1, ends[1:])
