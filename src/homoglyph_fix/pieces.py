"""Spans of a text, runs without white space, that hold something suspicious; the known ones are answered before windows are cut.

What becomes of most damaged pieces is the same in every line. It is found out once, in a line of its own, and remembered: whether the
piece stays, how it is spelled, or that its line must be asked (it is *open*).
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .config import Config
from .decide import foretell
from .language import random_numbers
from .memory import Keys, Records, memory_of
from .policy import TO_CYRILLIC, TO_LATIN, actions
from .rewrite import hang_on_their_place, rewrite
from .screen import flagged
from .segments import Index, Spans, ranges, where
from .shields import find_shields
from .splice import lines_at
from .tokens import NEWLINE_POINT, SPACE_POINT, Points, pieces_of, properties_of, tokenize
from .units import UTF32, Units, as_points
from .windows import cut_out

LONGEST: Final = 24  # code points of a piece that is remembered: all but one in 300 of Ukrainian prose
REACH: Final = 2 * LONGEST + 1  # code units in which such a piece ends: a letter takes two bytes of UTF-8
OPEN, STAYS, CHANGES = range(3)
HEAD: Final = np.dtype([("verdict", "u1"), ("damaged", "u1"), ("repaired", "u1"), ("", "u1")])
"""What becomes of a piece in every line, and how many of its words are proof of damage (see `decide.Foretold`)."""
BODY: Final = np.dtype([("new", "<u2", (LONGEST,))])
"""How it is spelled, with as many characters as before."""
# A per cent sign is a format where no number stands before it; tags and code reach over white space.
_ASKING: Final = np.isin(np.arange(0x80), [ord(mark) for mark in "%<`"])
_PLACE: Final = np.uint64(0xD6E8FEB86659FD93)  # to the power of its place: what a character weighs in the key of its piece
_INVERSE: Final = np.uint64(pow(0xD6E8FEB86659FD93, -1, 1 << 64))

Flags = NDArray[np.bool_]


class Answers(NamedTuple):
    """What becomes of some pieces, as columns but for the changes."""

    open: Flags
    damaged: Index
    repaired: Index
    changed: Index  # which pieces change
    new: Points  # what they become, one after the other
    size: Index  # code points of each of those, as many as it had


def pieces_at(units: Units, places: Index) -> Spans:
    """Return the pieces that some places lie in, given in order; an empty span stands for a place in a piece that is too long."""
    leaders = np.ones(len(places), bool)
    leaders[1:] = np.diff(places) != 1
    places = places[leaders]
    end = _blank(units, places, 1)
    # All places of a piece have one end; of a long piece some may have none, and count as pieces of their own.
    fresh = np.ones(len(places), bool)
    fresh[1:] = (end[1:] != end[:-1]) | (end[1:] < 0)
    places, end = places[fresh], end[fresh]
    start = _blank(units, places, -1) + 1
    known = (end >= 0) & (start > 0)
    return Spans(np.where(known, start, places), np.where(known, end, places))


def _blank(units: Units, places: Index, way: int) -> Index:
    """Return the white space next to each place in a direction, or the end of the text; -2 where it is too far away."""
    at = places[:, None] + way * np.arange(1, REACH + 1)
    blank = units.take(at, mode="clip") <= SPACE_POINT
    if len(places) and (at[0, -1] < 0 or at[-1, -1] >= len(units)):
        blank |= (at < 0) | (at >= len(units))
    return np.where(blank.any(1), places + way * (blank.argmax(1) + 1), -2)


def pieces_in(points: Points) -> Spans:
    """Return all pieces of a text that hold what prose is not made of; it must begin and end with white space."""
    before, end = pieces_of(points)
    if not len(end):
        return Spans(before, end)
    start = before + 1
    return Spans(start, end).take(where(np.logical_or.reduceat(flagged(points), start)))


def answers(points: Points, pieces: Spans, config: Config) -> Answers:
    """Return what becomes of pieces of a text."""
    size = pieces.end - pieces.start
    short = where((size > 0) & (size <= LONGEST))
    asked = pieces.take(short)

    def learn(new: Index) -> tuple[Records, Records]:
        return _learn(as_points(cut_out(points, asked.take(new)), UTF32), config)

    def changing(heads: Records) -> Index:
        return where(heads["verdict"] == CHANGES)

    heads, changed, bodies = memory_of("pieces", HEAD, BODY).recall(_keys(points, asked, config), learn, changing)
    is_open = np.ones(len(pieces), bool)
    damaged, repaired = np.zeros((2, len(pieces)), np.intp)
    is_open[short], damaged[short], repaired[short] = heads["verdict"] == OPEN, heads["damaged"], heads["repaired"]
    changed = short[changed]
    size = size[changed]
    new = bodies["new"].ravel().take(ranges(np.arange(0, len(changed) * LONGEST, LONGEST), size))
    return Answers(is_open, damaged, repaired, changed, new.astype(np.uint32), size)


def _keys(points: Points, spans: Spans, config: Config) -> Keys:
    """Return a number for each piece that no other piece has: its characters and their places, hashed to 64 bits; never 0."""
    if not len(spans):
        return np.zeros(0, np.uint64)
    # A piece weighs more the later it stands in the text: the last factor takes that back.
    powers, inverse = _powers(len(points).bit_length())
    sums = np.add.reduceat(points * powers[: len(points)], np.stack(spans, 1).ravel())[::2]
    return np.maximum((sums * inverse.take(spans.start)) ^ _salt(config), np.uint64(1))


@cache
def _powers(bits: int) -> tuple[Keys, Keys]:
    """Return the powers of two numbers whose product is one."""
    first, second = (np.full(1 << bits, number).cumprod() for number in (_PLACE, _INVERSE))
    return first, second


@cache
def _salt(config: Config) -> np.uint64:
    """Return a number for what a config allows: pieces that come out otherwise are others."""
    return random_numbers(1, int.from_bytes(actions(config).tobytes(), "little") % (1 << 61))[0]


def _learn(points: Points, config: Config) -> tuple[Records, Records]:
    """Return what becomes of pieces, given as lines."""
    bits = properties_of(points)
    words = tokenize(points, bits, find_shields(points, bits))
    foretold = foretell(words, config)
    decisions, piece = foretold.decisions, words.line - 1
    rewritten = rewrite(words, decisions)
    word, action = decisions.word, decisions.action
    rows = rewritten.rows
    start, length = words.start[word[rows]], words.end[word[rows]] - words.start[word[rows]]
    # What changes in every line must come out as a Cyrillic word of the same length, so that nothing of it can change again.
    fixed = where((action[rows] == TO_CYRILLIC) & (rewritten.size == length))
    asking = foretold.asks | foretold.damaged
    asking[word[rows[fixed]]] = False
    asking[word[where((action == TO_LATIN) | hang_on_their_place(decisions))]] = True
    asking[word[rows[where(rewritten.size != length)]]] = True
    ends = where(points == NEWLINE_POINT)
    size = np.diff(ends) - 1
    is_open = np.zeros(len(size), bool)
    is_open[piece[where(asking)]] = True
    is_open[lines_at(points, where(_ASKING.take(points, mode="clip") | (points > 0xFFFF)))] = True
    spelled = points.copy()
    spelled[ranges(start[fixed], length[fixed])] = rewritten.points[ranges(rewritten.first[fixed], length[fixed])]
    heads, bodies = np.zeros(len(size), HEAD), np.zeros(len(size), BODY)
    bodies["new"].ravel()[ranges(np.arange(len(size)) * LONGEST, size)] = spelled[ranges(ends[:-1] + 1, size)].astype(np.uint16)
    heads["verdict"] = STAYS
    heads["verdict"][piece[word[rows[fixed]]]] = CHANGES
    heads["verdict"][where(is_open)] = OPEN
    heads["damaged"], heads["repaired"] = (np.bincount(piece, column, len(size)) for column in (foretold.damaged, foretold.repaired))
    return heads, bodies
