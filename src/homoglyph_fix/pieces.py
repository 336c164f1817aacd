"""Pieces of a text, runs without white space, that hold something suspicious; the known ones are answered before windows are cut.

What becomes of most damaged pieces is the same in every line. It is found out once, in a line of its own, and remembered: whether the
piece stays, how it is spelled, or that its line must be asked (it is *open*).
"""

from __future__ import annotations

import os
from functools import cache
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .beside import Beside, between_words, sides_of, words_before
from .config import Config
from .decide import Decisions, Foretold, foretell
from .language import random_numbers
from .limits import LONGEST
from .memory import Keys, Records, memory_of
from .policy import TO_CYRILLIC, actions
from .rewrite import hang_on_their_place, rewrite
from .screen import flagged
from .scripts import LOWER, OPENING
from .segments import Index, Item, Spans, ranges, where
from .shields import marks_of, shields_at
from .splice import lines_at
from .tokens import NEWLINE_POINT, SPACE_POINT, Points, Words, pieces_of, properties_of, tokenize
from .units import UTF32, Units, as_points
from .windows import cut_out, parts_of

TOGETHER: Final = 1 << 16  # code points whose weights are worked out at once: they stay in cache
NEAR: Final = 12  # code units searched first: nine places in ten have the end of their piece so near
LEARNT: Final = 1 << 13  # pieces found out about at once: all at once take 10 MB more, and no less time
REACH: Final = 2 * LONGEST + 1  # code units in which such a piece ends: a letter takes two bytes of UTF-8
OPEN, STAYS, CHANGES, FOLLOWS, BETWEEN, BEGINS = range(6)
# The last three change after a Cyrillic word, or in a damaged line between two words or where a sentence begins; elsewhere they are open.
HEAD: Final = np.dtype([("verdict", "u1"), ("damaged", "u1"), ("repaired", "u1"), ("sides", "u1")])
"""What becomes of a piece in every line, how many of its words are proof of damage (see `decide.Foretold`), and its `sides_of` then."""
BODY: Final = np.dtype([("new", "<u2", (LONGEST,))])
"""How it is spelled, with as many characters as before."""
_CODE: Final = np.isin(np.arange(0x80), [ord(mark) for mark in "<`"])  # tags and code reach over white space

Flags = NDArray[np.bool_]


class Answers(NamedTuple):
    """What becomes of some pieces, as columns but for the changes."""

    open: Flags
    damaged: Index
    repaired: Index
    changed: Index  # which pieces change
    new: Points  # what they become, one after the other
    size: Index  # code points of each of those, as many as it had
    pairs: Spans  # words before those that change because they follow a word: from the beginning of the one to that of the other
    letters: Index  # which pieces of one letter change because they stand between words, if no window holds them
    spelled: Points  # what those become


def pieces_at(units: Units, places: Index) -> Spans:
    """Return the pieces that some places lie in, given in order; an empty span stands for a place in a piece that is too long."""
    # Two code units at most between two places are looked at one by one: that spares two searches in three.
    between = (units[places[:-1] + 1] <= SPACE_POINT) | (units[places[1:] - 1] <= SPACE_POINT)
    apart = np.ones(len(places), bool)
    apart[1:] = between | (np.diff(places) > 3)
    places = places[where(apart)]
    end = _blank(units, places, 1)
    # All places of a piece have one end; of a long piece some may have none, and count as pieces of their own.
    fresh = np.ones(len(places), bool)
    fresh[1:] = (end[1:] != end[:-1]) | (end[1:] < 0)
    places, end = places[where(fresh)], end[where(fresh)]
    start = _blank(units, places, -1) + 1
    known = (end >= 0) & (start >= 0) & (end - start < REACH)
    return Spans(np.where(known, start, places), np.where(known, end, places))


def _blank(units: Units, places: Index, way: int) -> Index:
    """Return the white space next to each place in a direction, or the end of the text; -2 where it is too far away."""
    found = np.full(len(places), -2)
    rest = np.arange(len(places))
    for reach in (NEAR, REACH):
        at = places[rest, None] + way * np.arange(1, reach + 1)
        blank: Flags = units.take(at, mode="clip") <= SPACE_POINT
        if len(rest) and (at[0, -1] < 0 or at[-1, -1] >= len(units)):
            blank = blank | (at < 0) | (at >= len(units))
        ends = np.logical_or.reduce(blank, 1)
        done, left = where(ends), where(~ends)
        found[rest[done]] = places[rest[done]] + way * (blank[done].argmax(1) + 1)
        rest = rest[left]
    return found


def pieces_in(points: Points) -> Spans:
    """Return all pieces of a text that hold what prose is not made of; it must begin and end with white space."""
    before, end = pieces_of(points)
    if not len(end):
        return Spans(before, end)
    flags = flagged(points).cumsum(dtype=np.int32)  # half a nanosecond a character, `reduceat` two
    return Spans(before + 1, end).take(where(flags.take(end) != flags.take(before)))


def answers(points: Points, pieces: Spans, config: Config) -> Answers:
    """Return what becomes of pieces of a text."""
    size = pieces.end - pieces.start
    short = where((size > 0) & (size <= LONGEST))
    asked = pieces.take(short)

    def learn_some(new: Index) -> tuple[Records, Records]:
        parts = [cut_out(points, asked.take(new[low : low + LEARNT])) for low in range(0, len(new), LEARNT)]
        learnt = [learn(as_points(part, UTF32), config) for part in parts]
        heads, bodies = (np.concatenate(records) for records in zip(*learnt, strict=True))
        heads["sides"] = sides_of(bodies["new"])
        return heads, bodies

    def changing(heads: Records) -> Index:
        return where(heads["verdict"] >= CHANGES)

    heads, changed, bodies = memory_of("pieces", HEAD, BODY).recall(_keys(points, asked, config), learn_some, changing)
    verdict = heads["verdict"]
    damaged, repaired = (_spread(heads[name].astype(np.intp), short, len(pieces)) for name in ("damaged", "repaired"))
    follows, letters = where(verdict == FOLLOWS), where(verdict >= BETWEEN)
    before = words_before(points, asked.start[follows])
    verdict[follows] = np.where(before.start < before.end, CHANGES, OPEN)
    sides = _spread(np.where((verdict == CHANGES) | (verdict == STAYS), heads["sides"], 0), short, len(pieces))
    between = between_words(points, short[letters], verdict[letters] == BEGINS, Beside(pieces, sides, repaired))
    is_open = ~_spread(verdict != OPEN, short, len(pieces))
    is_open[short[letters]] = ~between
    rest = where(verdict[changed] == CHANGES)
    all_changing, changed = changed, changed[rest]
    size = size[short[changed]]
    spelled = bodies["new"].ravel()
    new = spelled.take(ranges(rest * LONGEST, size)).astype(np.uint32)
    pairs = before.take(where(before.start < before.end))
    letters = letters[where(between)]
    letter = spelled.take(all_changing.searchsorted(letters) * LONGEST).astype(np.uint32)
    return Answers(is_open, damaged, repaired, short[changed], new, size, pairs, short[letters], letter)


def _spread(column: NDArray[Item], some: Index, size: int) -> NDArray[Item]:
    """Return a column of so many items, 0 but for some of them."""
    if len(some) == size:
        return column
    found = np.zeros(size, column.dtype)
    found[some] = column
    return found


def _keys(points: Points, spans: Spans, config: Config) -> Keys:
    """Return a number for each piece, by its characters and their places, hashed to 64 bits; never 0.

    The weights are of this process, so that no text can be made in which two pieces have one key.
    """
    powers, inverse = _powers()
    found = [np.zeros(0, np.uint64)]
    cuts = spans.start.searchsorted(np.arange(0, len(points) + TOGETHER, TOGETHER))
    for number, (low, high) in enumerate(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)):
        if low < high:
            begin = number * TOGETHER
            start, end = spans.start[low:high] - begin, spans.end[low:high] - begin
            total = np.zeros(end[-1] + 1, np.uint64)
            np.cumsum(points[begin : begin + end[-1]] * powers[: end[-1]], out=total[1:])
            # A piece weighs more the later it stands: the last factor takes that back.
            found.append((total.take(end) - total.take(start)) * inverse.take(start))
    return np.maximum(np.concatenate(found) ^ _salt(config), np.uint64(1))


@cache
def _powers() -> tuple[Keys, Keys]:
    """Return the powers of a random odd number, which the places in a text weigh, and those of its inverse."""
    number = int.from_bytes(os.urandom(8), "little") | 1
    numbers = np.array([number, pow(number, -1, 1 << 64)], np.uint64)
    first, second = (np.full(TOGETHER + LONGEST, each).cumprod() for each in numbers)
    return first, second


@cache
def _salt(config: Config) -> np.uint64:
    """Return a number for what a config allows: a piece is remembered for each apart."""
    return random_numbers(1, crc32(bytes([bool(config.standalone)]) + actions(config).tobytes()))[0]


def learn(points: Points, config: Config) -> tuple[Records, Records]:
    """Return what becomes of pieces, given as lines."""
    bits = properties_of(points)
    marks = marks_of(points, bits)
    words = tokenize(points, bits, shields_at(points, marks))
    foretold = foretell(words, config)
    fixed, spelled = _spelled(words, foretold)
    letters = foretold.letters
    first, small = _hanging(words, foretold.decisions)
    if len(letters):
        letter = np.isin(fixed, letters)  # not á, which becomes two characters
        letters, fixed = fixed[where(letter)], fixed[where(~letter)]
        alone = (points[words.start[letters] - 1] == NEWLINE_POINT) & (points[words.end[letters]] == NEWLINE_POINT)
        letters = letters[where(alone & ~np.isin(letters, first))]
    if len(small):
        small = small[where(np.isin(small, fixed) & ((properties_of(spelled[words.start[small]]) & np.uint32(LOWER)) != 0))]
    asking = foretold.asks | foretold.damaged  # what is proof of damage must go, or other words would see it again
    asking[foretold.decisions.word] = True
    asking[fixed] = False
    asking[first] = True
    asking[small] = False
    asking[letters] = False
    piece, parts = words.line - 1, parts_of(points)
    size = parts.end - parts.start
    heads, bodies = np.zeros(len(size), HEAD), np.zeros(len(size), BODY)
    bodies["new"].ravel()[ranges(np.arange(len(size)) * LONGEST, size)] = spelled[ranges(parts.start, size)].astype(np.uint16)
    heads["damaged"], heads["repaired"] = (np.bincount(piece, column, len(size)) for column in (foretold.damaged, foretold.repaired))
    heads["verdict"] = STAYS
    heads["verdict"][piece[fixed]] = CHANGES
    heads["verdict"][piece[small]] = FOLLOWS
    heads["verdict"][piece[letters]] = np.where((words.letter_bits[words.first[letters]] & np.uint32(LOWER)) != 0, BETWEEN, BEGINS)
    heads["verdict"][piece[where(asking)]] = OPEN
    marked = lines_at(points, marks)  # where a repair may make a shield, or undo one
    heads["verdict"][marked[where(heads["verdict"][marked] != STAYS)]] = OPEN
    heads["verdict"][lines_at(points, where(_reaching(points)))] = OPEN
    return heads, bodies


def _spelled(words: Words, foretold: Foretold) -> tuple[Index, Points]:
    """Return which words become Cyrillic words of the same length, so that nothing of them can change again, and their text with these."""
    decisions = foretold.decisions
    rewritten = rewrite(words, decisions)
    word, size = decisions.word[rewritten.rows], rewritten.size
    some = where((decisions.action[rewritten.rows] == TO_CYRILLIC) & (size == words.end[word] - words.start[word]))
    word, size = word[some], size[some]
    spelled = words.points.copy()
    spelled[ranges(words.start[word], size)] = rewritten.points[ranges(rewritten.first[some], size)]
    return word, spelled


def _hanging(words: Words, decisions: Decisions) -> tuple[Index, Index]:
    """Return the words that begin with a capital or not by what stands before their piece, and those of them that are small after a word.

    Only the first word of a piece can be among them, and one that is quoted.
    """
    word = decisions.word[where(hang_on_their_place(decisions))]
    inner = (words.line[word - 1] == words.line[word]) & (word > 0) & ((words.before[word] & np.uint32(OPENING)) == 0)
    word = word[where(~inner)]
    begins = words.points[words.start[word] - 1] == NEWLINE_POINT
    return word, word[where(begins & ((words.letter_bits[words.first[word]] & np.uint32(LOWER)) != 0))]


def _reaching(points: Points) -> Flags:
    """Tell which characters let the pattern of the shields look over white space: tags, code, and formats with no number before them."""
    found = _CODE.take(points, mode="clip") | (points > 0xFFFF)  # and what the body has no room for
    found[1:] |= (points[1:] == ord("%")) & (points[:-1] == NEWLINE_POINT)
    return found
