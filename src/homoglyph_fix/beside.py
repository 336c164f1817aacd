"""What stands beside a piece of text: the neighbours that tell what becomes of it where the whole line need not be asked."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import shields
from .limits import DAMAGED, LONGEST
from .scripts import APOSTROPHE, CLOSING, COMMA, CYRILLIC, DOT, HYPHEN, OPENING, SENTENCE_END, properties
from .segments import Index, Spans, where
from .tokens import NEWLINE_POINT, SPACE_POINT, Points

BEFORE, CLOSES, AFTER = 1, 2, 4
"""What a piece that is one plain word can be to a letter beside it: the word before it, with marks of prose around; the same with a mark
that ends a sentence; the word after it, with marks behind it only."""

_LETTER, _JOINT, _MARK, _STOP, _BLANK = 2, 3, 4, 5, 6  # half of each is its rank: a word is letters, then marks, then white space

MARKS_OF_PROSE: Final = COMMA | SENTENCE_END | DOT | OPENING | CLOSING

Flags = NDArray[np.bool_]
Sides = NDArray[np.uint8]


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


class Beside(NamedTuple):
    """All pieces of a text with anything suspicious, as columns."""

    pieces: Spans
    sides: Sides  # what each can be to a letter beside it, once it is repaired
    repaired: Index  # how many repaired words it holds


def between_words(points: Points, letters: Index, capital: Flags, all_pieces: Beside) -> Flags:
    """Tell which pieces of one letter stand between Cyrillic words, only a space away, in a line with more than `DAMAGED` repaired words.

    Capitals are told only where they begin a sentence; the line is then as good as a word before them.
    """
    found = np.zeros(len(letters), bool)
    if not len(letters):
        return found
    start = all_pieces.pieces.start[letters]
    ends = where(points == NEWLINE_POINT)
    line = ends.searchsorted(start)
    first, last = (all_pieces.pieces.start.searchsorted(ends[end]) for end in (line - 1, line))
    total = np.append(0, all_pieces.repaired.cumsum())
    rest = where(total[last] - total[first] > DAMAGED)
    before = _neighbours(points, letters[rest], all_pieces, -1) & np.where(capital[rest], CLOSES, BEFORE)
    opens = capital[rest] & (points[start[rest] - 1] == NEWLINE_POINT)
    rest = rest[where(opens | (before != 0))]
    after = _neighbours(points, letters[rest], all_pieces, 1) & AFTER
    found[rest[where(after)]] = True
    return found


def _neighbours(points: Points, letters: Index, all_pieces: Beside, way: int) -> Sides:
    """Return what the piece beside each letter can be to it; 0 where more or less than a space stands between them."""
    pieces = all_pieces.pieces
    start = pieces.start[letters]
    place = start + 2 * way
    other = np.minimum(np.maximum(letters + way, 0), len(pieces) - 1)
    sides = all_pieces.sides[other]
    sound = where((pieces.start[other] > place) | (pieces.end[other] <= place))  # no piece with anything suspicious
    outward = points.take(place[sound, None] + way * np.arange(LONGEST + 1), mode="clip")
    sides[sound] = _sides(_kinds().take(outward, mode="clip"), way)
    sides[where(points[start + way] != SPACE_POINT)] = 0
    return sides


def sides_of(pieces: NDArray[np.uint16]) -> Sides:
    """Return what pieces can be to a letter beside them, given as rows that end in zeros.

    >>> rows = np.zeros((2, 5), np.uint16)
    >>> rows[0, :4], rows[1, :3] = [ord(char) for char in "(це)"], [ord(char) for char in "це."]
    >>> sides_of(rows).tolist()
    [1, 7]
    """
    kind = np.full((len(pieces), pieces.shape[1] + 1), _BLANK, np.uint8)
    kind[:, :-1] = _kinds().take(pieces)
    last = np.count_nonzero(pieces, 1) - 1
    backwards = np.take_along_axis(kind, np.maximum(last[:, None] - np.arange(kind.shape[1]), -1), 1)
    return _sides(backwards, -1) | _sides(kind, 1)


def _sides(kind: NDArray[np.uint8], way: int) -> Sides:
    """Return what pieces can be on one side of a letter, given as rows of what their characters are from that letter on.

    What stands beyond the word is of no matter to the letter, nor are marks of prose between it and a word before it. No mark of a shield
    is among those: the word is one in every line.
    """
    rank = kind >> 1
    marks = rank == _MARK >> 1
    begin = marks.argmin(1) if way < 0 else np.zeros(len(kind), np.intp)
    near = np.arange(kind.shape[1]) < begin[:, None]
    rank[near] = _LETTER >> 1
    end = ((rank[:, 1:] == _BLANK >> 1) | (rank[:, 1:] < rank[:, :-1])).argmax(1) + 1
    rows = np.arange(len(kind))
    word = (kind[rows, begin] == _LETTER) & (rank[rows, end] == _BLANK >> 1)
    if way > 0:
        return np.where(word, AFTER, 0).astype(np.uint8)
    closes = (near & (kind == _STOP)).any(1)
    return np.where(word, BEFORE + CLOSES * closes, 0).astype(np.uint8)


@cache
def _kinds() -> NDArray[np.uint8]:
    """Return what each character of the Basic Multilingual Plane is to `_sides`."""
    bits = properties()[:0x10000]
    found = np.where(bits & np.uint32(CYRILLIC), _LETTER, 0).astype(np.uint8)
    marks = ((bits & np.uint32(MARKS_OF_PROSE)) != 0) & ((bits & ~np.uint32(MARKS_OF_PROSE)) == 0)
    found[marks] = np.where(bits[marks] & np.uint32(SENTENCE_END), _STOP, _MARK)
    found[(bits & np.uint32(APOSTROPHE | HYPHEN)) != 0] = _JOINT
    found[where(shields.MARKS)] = 0
    found[: SPACE_POINT + 1] = _BLANK
    return found
