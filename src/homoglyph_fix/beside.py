"""What stands beside a piece of text: the neighbours that tell what becomes of it where the whole line need not be asked."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .limits import DAMAGED, LONGEST
from .scripts import CYRILLIC, properties
from .segments import Index, Spans, where
from .tokens import NEWLINE_POINT, SPACE_POINT, Points

SIDES: Final = ((1, -1), (2, 1))
"""Bits that tell whether a piece is one plain word with marks of prose before it only, or after it only, and the way to it."""

_LETTER, _MARK, _BLANK = 1, 2, 3

Flags = NDArray[np.bool_]


def words_before(points: Points, start: Index) -> Spans:
    """Return where the piece before each begins, if it is letters and perhaps a comma, and only a space away; else an empty span.

    Pieces that were cut out of their text have none before them, so that these are open.
    """
    if not len(start):
        return Spans(start, start)
    before = points.take(start[:, None] - np.arange(1, LONGEST + 3), mode="clip")  # never beyond the text: it begins with white space
    space, last, before = before[:, 0] == SPACE_POINT, before[:, 1], before[:, 1:]
    letter = ((before - np.uint32(0x400)) < 0x60) | (before == ord("ґ")) | (((before | np.uint32(0x20)) - np.uint32(ord("a"))) < 26)
    letter[:, 0] |= last == ord(",")
    size = letter.argmin(1)
    found = space & (size > (last == ord(","))) & (before[np.arange(len(start)), size] <= SPACE_POINT)
    return Spans(np.where(found, start - 1 - size, start), start)


def between_words(points: Points, pieces: Spans, letters: Index, sides: NDArray[np.uint8], repaired: Index) -> Flags:
    """Tell which pieces of one letter stand between Cyrillic words, only a space away, in a line with more than `DAMAGED` repaired words.

    Given are all pieces with anything suspicious, their `SIDES` once they are repaired, and how many repaired words each holds.
    """
    found = np.ones(len(letters), bool)
    if not len(letters):
        return found
    start = pieces.start[letters]
    for bit, way in SIDES:
        other = (letters + way).clip(0, len(pieces) - 1)
        suspicious = (pieces.end if way < 0 else pieces.start)[other] == start + (-1 if way < 0 else 2)
        plain = np.where(suspicious, (sides[other] & bit) != 0, _reads_plain(points, start + 2 * way, way))
        found &= (points[start + way] == SPACE_POINT) & plain
    ends = where(points == NEWLINE_POINT)
    total = np.append(0, repaired.cumsum())[pieces.start.searchsorted(ends)]
    line = ends.searchsorted(start)
    return found & (total[line] - total[line - 1] > DAMAGED)


def sides_of(pieces: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return the `SIDES` of pieces, given as rows that end in zeros.

    >>> rows = np.zeros((2, 5), np.uint16)
    >>> rows[0, :3], rows[1, :3] = [ord(char) for char in "(це"], [ord(char) for char in "це."]
    >>> sides_of(rows).tolist()
    [1, 2]
    """
    kind = _kinds().take(pieces)
    letter, mark = kind == _LETTER, kind == _MARK
    letters, marks = np.count_nonzero(letter, 1), np.count_nonzero(mark, 1)
    plain = (letters > 0) & (letters + marks == np.count_nonzero(pieces, 1))
    before, after = plain & (mark.argmin(1) == marks), plain & (letter.argmin(1) == letters)
    return before * np.uint8(SIDES[0][0]) + after * np.uint8(SIDES[1][0])


def _reads_plain(points: Points, places: Index, way: int) -> Flags:
    """Tell where letters of our alphabets begin in a direction, nothing but marks of prose after them, and then white space.

    No mark of a shield is among those: the word is one in every line.
    """
    kind = _kinds().take(points.take(places[:, None] + way * np.arange(LONGEST + 1), mode="clip"), mode="clip")
    letter, blank = kind == _LETTER, kind == _BLANK
    size, word = blank.argmax(1), letter.argmin(1)
    inside = np.arange(LONGEST + 1) < size[:, None]
    letters, marks = (np.count_nonzero(some & inside, 1) for some in (letter, kind == _MARK))
    return (word > 0) & (letters == word) & (letters + marks == size)


@cache
def _kinds() -> NDArray[np.uint8]:
    """Return what each character of the Basic Multilingual Plane is to `_reads_plain`."""
    found = np.where(properties()[:0x10000] & np.uint32(CYRILLIC), _LETTER, 0).astype(np.uint8)
    found[[ord(mark) for mark in "!\"'(),."]] = _MARK
    found[: SPACE_POINT + 1] = _BLANK
    return found
