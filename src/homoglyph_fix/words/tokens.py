"""Words: where they begin and end, of which characters they are made, what stands around them.

A word is a run of letters, digits and combining marks; apostrophes and invisible characters belong to it when letters stand on both
sides. Which other signs are apostrophes here, `apostrophes` has found out before. A hyphen or a slash ends a word: the parts of
`IT-компанія` are words that know each other through the gap between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays.hashing import keys
from ..arrays.ragged import Flags, Index, any_of, interleaved, offsets, ranges, where
from ..letters.data_files import load
from ..letters.properties import (
    APOSTROPHE,
    CYRILLIC,
    DIGIT,
    DIGIT_LETTER,
    FOREIGN,
    IDENTIFIER,
    INVISIBLE,
    LETTER,
    MARK,
    NATIVE,
    NEWLINE,
    SHIELD,
    properties,
    slots,
)
from ..text.encodings import BLANK, LINE_END, Points, decode
from ..thresholds import CHUNKS

BREVE: Final = 0x306
DIAERESIS: Final = 0x308
EMBEDDING, POP, OVERRIDE = 0x202A, 0x202C, 0x202E  # directions of writing: what the first and the last open the second closes
Bits = NDArray[np.uint32]

@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text that begins and ends with a line end, as columns.

    `points` and `bits` have an item for each character of the text. The columns of *letters* have an item for each visible character
    of a word, marks not counted; word `i` owns the letters `first[i]:last[i]`.
    """

    points: Points
    bits: Bits
    start: Index
    end: Index
    line: Index
    chunk: Index  # the number of the run without white space that each word stands in
    inside: Bits  # the properties found in each word, or-ed
    before: Bits  # the properties found in the gap before each word, or-ed
    after: Bits
    first: Index
    last: Index
    at: Index  # where each letter stands in the text
    glyph: Points  # the letter, composed with the breve or diaeresis that follows it
    letter_bits: Bits

    def __len__(self) -> int:
        return len(self.start)

    @property
    def size(self) -> Index:
        """How many letters each word has."""
        return self.last - self.first

    def near_native(self, words: Index, reach: int) -> Flags:
        """Tell which words have a Cyrillic letter or a digit at most `reach` characters away in their line."""
        found = np.zeros(len(words), bool)
        for edge, way in ((self.start[words] - 1, -1), (self.end[words], 1)):
            at = np.minimum(np.maximum(edge[:, None] + way * np.arange(reach), 0), len(self.points) - 1)
            same_line = np.logical_and.accumulate(self.points[at] != LINE_END, 1)
            found |= (((self.bits[at] & np.uint32(NATIVE | DIGIT)) != 0) & same_line).any(1)
        return found

    def together(self, word: int, other: int) -> bool:
        """Tell whether there is another word in the same line, near enough to be seen."""
        if not 0 <= other < len(self) or self.line[word] != self.line[other]:
            return False
        return bool(abs(int(self.chunk[word]) - int(self.chunk[other])) <= CHUNKS)

    def all_together(self, chosen: Index, step: int) -> Flags:
        """Tell for many words at once whether the word `step` words away stands `together` with each."""
        other = chosen + step
        safe = np.minimum(np.maximum(other, 0), len(self) - 1)
        near = np.abs(self.chunk[safe] - self.chunk[chosen]) <= CHUNKS
        return (other == safe) & (self.line[safe] == self.line[chosen]) & near

    def within(self, chosen: Index, reach: int) -> tuple[Index, Index]:
        """Return the first word of the line that stands at most `reach` chunks away from each of these, and the word after the last."""
        chunk, line = self.chunk[chosen], self.line[chosen]
        low = np.maximum(self.chunk.searchsorted(chunk - reach), self.line.searchsorted(line))
        return low, np.minimum(self.chunk.searchsorted(chunk + reach, "right"), self.line.searchsorted(line, "right"))

    def only_chunk(self, chosen: Index) -> Flags:
        """Tell for which of these words the line is one token as far as is seen: a word of a list, or a pattern."""
        low, high = self.within(chosen, CHUNKS)
        return self.chunk[low] == self.chunk[high - 1]

    def text(self, word: int) -> str:
        """Return one word as it stands."""
        return decode(self.points[self.start[word] : self.end[word]])


class Chosen:
    """Some words of a text with their letters laid end to end; what is derived from them is derived once."""

    def __init__(self, words: Words, index: Index) -> None:
        """Choose words by their numbers."""
        self.words = words
        self.index = index
        self.size = words.last[index] - words.first[index]
        self.first = offsets(self.size)
        self.letters = ranges(words.first[index], self.size)
        self.glyph = words.glyph[self.letters]

    def __len__(self) -> int:
        return len(self.index)

    @cached_property
    def bits(self) -> Bits:
        """The properties of each letter."""
        return self.words.letter_bits[self.letters]

    @cached_property
    def slots(self) -> NDArray[np.uint32]:
        """The row of each letter in the tables by character."""
        return slots(self.glyph)

    @cached_property
    def place(self) -> Index:
        """The place of each letter in its word."""
        return np.arange(len(self.letters)) - self.first.repeat(self.size)

    def all(self, column: Flags) -> Flags:
        """Tell for which words a column holds for every letter."""
        return np.logical_and.reduceat(column, self.first)

    @cached_property
    def numbers(self) -> Flags:
        """The digits at the end of words that mix scripts: a number behind a damaged word (`Cервер1`), if they are no letters of it."""
        digit = (self.bits & np.uint32(DIGIT)) != 0
        if not any_of(digit):
            return digit
        last = np.maximum.reduceat(np.where(digit, 0, self.place + 1), self.first)  # how many letters end with one that is no digit
        kinds = np.bitwise_or.reduceat(self.bits, self.first)
        mixed = ((kinds & np.uint32(CYRILLIC)) != 0) & ((kinds & np.uint32(FOREIGN)) != 0)
        return digit & (mixed & (last > 2)).repeat(self.size) & (self.place >= last.repeat(self.size))  # not `щo6`

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """A number for each word, by its glyphs and their places; characters that share a row of the tables are not told apart."""
        return keys(self.slots, self.place, self.first)


def properties_of(points: Points) -> Bits:
    """Return the properties of each character."""
    return properties().take(slots(points), mode="clip")


def tokenize(points: Points, bits: Bits, shields: NDArray[np.uint32] | None = None) -> Words:
    """Cut a text into words. It must begin and end with a line end; shielded characters belong to no word (see `find_shields`)."""
    if shields is not None:
        bits = np.where(shields == SHIELD, shields, bits | shields)
    inside = in_words(points, bits)
    change = where(inside[1:] != inside[:-1]) + 1
    start, end = change[0::2], change[1::2]
    solid = where(inside)
    letter_bits = bits[solid]
    unseen = (letter_bits & np.uint32(MARK | INVISIBLE)) != 0
    size = end - start
    if any_of(unseen):
        size -= np.add.reduceat(unseen, offsets(size), dtype=np.intp)
        seen = where(~unseen)
        solid, host = solid[seen], letter_bits[seen] & np.uint32(IDENTIFIER)
        signs = where((letter_bits[seen] & np.uint32(APOSTROPHE)) != 0)
        words = where(size)  # a mark alone is no word
        start, end, size = start[words], end[words], size[words]
        glyph = compose(points, solid)
        letter_bits = properties_of(glyph) | host
        letter_bits[signs] = bits[solid[signs]]  # of signs that are apostrophes here only
    else:
        glyph = points[solid]
    newlines = where(points == LINE_END)
    chunks = chunks_of(points)
    first, chunk = offsets(size), chunks[0].searchsorted(start)
    inner, before, after, line = around(bits, newlines, start, end)
    _narrow(bits, chunks, chunk, (np.append(0, end), np.append(start, len(points))), (before, after))
    return Words(points, bits, start, end, line, chunk, inner, before, after, first, first + size, solid, glyph, letter_bits)


def chunks_of(points: Points) -> tuple[Index, Index]:
    """Return where runs without white space begin, less one, and where they end."""
    blank = points <= BLANK
    edges = where(blank[1:] != blank[:-1])  # the text begins and ends with white space
    return edges[0::2], edges[1::2] + 1


def _narrow(bits: Bits, chunks: tuple[Index, Index], chunk: Index, spans: tuple[Index, Index], gaps: tuple[Bits, Bits]) -> None:
    """Let gaps of more than `CHUNKS` chunks without a word end there, as the windows do: a line of dashes, of addresses."""
    if not len(chunk):
        return
    (ends, starts), newline = spans, np.uint32(NEWLINE)
    opens, closes = chunks
    if len(closes) <= CHUNKS:
        return
    step = np.empty(len(chunk) + 1, np.intp)
    step[0], step[1:-1], step[-1] = chunk[0], chunk[1:] - chunk[:-1], len(closes) + 1 - chunk[-1]
    far = where(step[:-1] > CHUNKS)
    if len(far):
        low = opens[chunk[far] - 1 - CHUNKS]
        low, far = low[low >= ends[far]], far[low >= ends[far]]
        if len(far):
            gap = np.bitwise_or.reduceat(bits, interleaved(low + 1, starts[far]))[::2]
            gaps[0][far] = np.where(gap & newline, gaps[0][far], gap | bits[0])
    far = where(step[1:] > CHUNKS)
    if len(far):
        high = closes[np.minimum(chunk[far] - 1 + CHUNKS, len(closes) - 1)]
        kept = (chunk[far] - 1 + CHUNKS < len(closes)) & (high < starts[far + 1])
        high, far = high[kept], far[kept]
        if len(far):
            gap = np.bitwise_or.reduceat(bits, interleaved(ends[far + 1], high))[::2]
            gaps[1][far] = np.where(gap & newline, gaps[1][far], gap)


def around(bits: Bits, newlines: Index, start: Index, end: Index) -> tuple[Bits, Bits, Bits, Index]:
    """Return the properties found in each word, in the gap before it and in the gap after it, and its line; a gap ends at a line end."""
    if not len(start):
        return bits[:0], bits[:0], bits[:0], start
    edges = interleaved(start, end)
    place = edges.searchsorted(newlines)
    # How many line ends each edge has passed; there are far fewer of them than of edges.
    passed = np.cumsum(np.bincount(place, minlength=len(edges) + 1))[: len(edges)]
    moved = np.arange(len(edges)) + passed
    moved[place[where(edges.take(place, mode="clip") == newlines)]] -= 1
    cuts = np.empty(len(edges) + len(newlines), np.intp)
    cuts[edges.searchsorted(newlines, "right") + np.arange(len(newlines))] = newlines
    cuts[moved] = edges
    found = np.bitwise_or.reduceat(bits, cuts)
    begins, ends = moved[0::2], moved[1::2]
    return found[begins], found[begins - 1], found[ends], passed[0::2]


def in_words(points: Points, bits: Bits) -> Flags:
    """Tell which characters belong to words."""
    inside = (bits & (LETTER | DIGIT | MARK)) != 0
    joints = where((bits & (APOSTROPHE | INVISIBLE)) != 0)
    if len(joints):
        # An apostrophe or an invisible character joins the letters on its two sides, other invisible ones between them not counted. On
        # the left a digit may be such a letter (`о6'єм`), or a 3 or a 6 that opens the word (`3'явилися`): the screen asks about no other.
        kind = bits[joints]
        for joint, passed in (
            (joints[where(kind & APOSTROPHE)], INVISIBLE | MARK),
            (joints[where(kind & INVISIBLE)], INVISIBLE | MARK | APOSTROPHE),
        ):
            if not len(joint):
                continue
            right, left = _visible_beside(bits, joint, passed)
            opening = (points[joint - 1] == ord("3")) | (points[joint - 1] == ord("6"))
            before = ((bits[joint - 2] & LETTER) != 0) | (opening & (points[joint - 2] <= BLANK))
            numbered = ((bits[joint - 1] & DIGIT_LETTER) != 0) & before
            inside[joint] = (((bits[left] & LETTER) != 0) | numbered) & ((bits[right] & LETTER) != 0)
        inner = joints[where(inside[joints] & ((kind & INVISIBLE) != 0))]
        if len(inner):
            _take_in_edges(points, inside, inner)
    return inside


def _take_in_edges(points: Points, inside: Flags, inner: Index) -> None:
    """Let an invisible character at the edge of a word belong to it if the word has the same one inside, or opens what that one closes."""
    change = where(inside[1:] != inside[:-1]) + 1
    start, end = change[0::2], change[1::2]
    word = start.searchsorted(inner, "right") - 1
    found, left, right = points[inner], start[word] - 1, end[word]
    closes = (points[right] == POP) & (found >= EMBEDDING) & (found <= OVERRIDE)
    inside[left[where(points[left] == found)]] = True
    inside[right[where((points[right] == found) | closes)]] = True


def _visible_beside(bits: Bits, joints: Index, passed: int) -> tuple[Index, Index]:
    """Return the next character after and before each joint that is not passed over."""
    right, left = joints + 1, joints - 1
    if any_of(((bits[right] | bits[left]) & passed) != 0):
        visible = where((bits & passed) == 0)
        right = visible[np.minimum(visible.searchsorted(joints, "right"), len(visible) - 1)]
        left = visible[visible.searchsorted(joints) - 1]
    return right, left


def compose(points: Points, solid: Index) -> Points:
    """Return the letters at `solid`, each composed with a breve or diaeresis that stands right after it."""
    glyph = points[solid]
    mark = points[solid + 1]
    marked = where((mark == BREVE) | (mark == DIAERESIS))
    if len(marked):
        bases, wholes = _composed()
        key = (glyph[marked] << np.uint32(1)) | (mark[marked] == DIAERESIS)
        place = np.minimum(bases.searchsorted(key), len(bases) - 1)
        known = bases[place] == key
        glyph[marked[known]] = wholes[place[known]]
    return glyph


@cache
def _composed() -> Points:
    """Return the keys of what is one letter of ours with a breve or a diaeresis, and what each is composed to."""
    table: Points = load("composed")
    return table
