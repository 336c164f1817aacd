"""What stands around a word in its line: the neighbours, once the words that decide by themselves are repaired."""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import scripts
from .limits import PIECES
from .scripts import (
    CLOSING,
    COMMA,
    CYRILLIC,
    DASH,
    DIGIT,
    DOT,
    FOREIGN,
    HYPHEN,
    LATIN,
    LETTER,
    LOWER,
    NEWLINE,
    OPENING,
    SENTENCE_END,
    SPACE,
    STRONG_FOREIGN,
    TECHNICAL,
    UPPER,
    VOWEL,
)  # fmt: skip
from .segments import Index, where
from .tokens import Words

Flags = NDArray[np.bool_]
BETWEEN: Final = SPACE | NEWLINE | COMMA | SENTENCE_END | DOT | OPENING | CLOSING | DASH | scripts.APOSTROPHE
BESIDE: Final = (-2, -1, 1, 2)
FOREIGN_NAME: Final = 4  # a Latin word of so many letters is a neighbour that makes Latin likely


class Lines(NamedTuple):
    """The lines of the whole text that some words stand in, and what those lines hold beside these words."""

    origin: Index  # the line that each word stands in
    damaged: Index | None = None  # words of each line that are proof of damage to words that mix scripts
    repaired: Index | None = None  # and to words without a Cyrillic letter

    @classmethod
    def of(cls, some: list[Lines]) -> Lines:
        """Return the lines of several texts, none of which is in two of them, one after the other."""
        if len(some) == 1:
            return some[0]
        sizes = [int(lines.origin.max()) + 1 for lines in some]
        first = np.cumsum([0, *sizes[:-1]])
        origin = np.concatenate([lines.origin + begin for lines, begin in zip(some, first.tolist(), strict=True)])
        if all(lines.damaged is None for lines in some):
            return cls(origin)
        held = [
            (np.zeros(size, np.intp), np.zeros(size, np.intp)) if lines.damaged is None or lines.repaired is None else lines[1:]
            for lines, size in zip(some, sizes, strict=True)
        ]
        return cls(origin, *(np.concatenate(column) for column in zip(*held, strict=True)))

    def repaired_elsewhere(self) -> Index:
        """Return the lines of these in which something beside these words is proof now, and repaired in the end."""
        if self.damaged is None or self.repaired is None:
            return self.origin[:0]
        return where((self.damaged | self.repaired)[self.origin])


class Evidence(NamedTuple):
    """What is known of all words of a text before the line is asked."""

    repaired: Flags  # to be made Cyrillic, so a Cyrillic neighbour
    damaged: Flags  # proof that its line is damaged
    alien: Flags  # holds a letter of another Cyrillic alphabet, or of none we know, and no common word
    origin: Index  # the line of the whole text that the word stands in
    elsewhere: Index | None = None  # how much more proof of damage each such line holds


class Context:
    """The surroundings of some words, as columns; a column is made when it is first asked for."""

    def __init__(self, words: Words, index: Index, evidence: Evidence) -> None:
        """Take all words, the numbers of those that are asked about, and what is known of all."""
        self._words = words
        self._index = index
        self._known = evidence
        self._steps: dict[int, tuple[Index, Flags]] = {}
        before, after = _dashed(words.before[index]), _dashed(words.after[index])
        self._before, self._around = before, before | after

    @cached_property
    def _cyrillic(self) -> Flags:
        plain = (self._words.inside & np.uint32(CYRILLIC | FOREIGN | DIGIT)) == CYRILLIC
        return self._known.repaired | plain

    @cached_property
    def cyrillic_before(self) -> Flags:
        """The neighbour is a Cyrillic word."""
        return self._at(self._cyrillic, -1)

    @cached_property
    def cyrillic_after(self) -> Flags:
        """The neighbour is a Cyrillic word."""
        return self._at(self._cyrillic, 1)

    @cached_property
    def _latin(self) -> Flags:
        inside = self._words.inside
        own = ((inside & np.uint32(STRONG_FOREIGN)) != 0) | (self._words.size >= FOREIGN_NAME)
        return ~self._cyrillic & ((inside & np.uint32(LATIN)) != 0) & own

    @cached_property
    def latin_before(self) -> Flags:
        """The neighbour is a word that can only be Latin."""
        return self._at(self._latin, -1)

    @cached_property
    def latin_after(self) -> Flags:
        """The neighbour is a word that can only be Latin."""
        return self._at(self._latin, 1)

    @cached_property
    def latin_letters_before(self) -> Flags:
        """The neighbour has a Latin letter, be it a name, a numeral or a variable."""
        return self._at((self._words.inside & np.uint32(LATIN)) != 0, -1)

    @cached_property
    def latin_letters_after(self) -> Flags:
        """The neighbour has a Latin letter, be it a name, a numeral or a variable."""
        return self._at((self._words.inside & np.uint32(LATIN)) != 0, 1)

    @cached_property
    def cyrillic_close(self) -> Flags:
        """Within the window stands a Cyrillic word."""
        return among(self._cyrillic, self._words, self._index)

    @cached_property
    def _number(self) -> Flags:
        return (self._words.inside & np.uint32(DIGIT | LETTER)) == DIGIT

    @cached_property
    def number_before(self) -> Flags:
        """The neighbour is a number."""
        return self._at(self._number, -1)

    @cached_property
    def number_after(self) -> Flags:
        """The neighbour is a number."""
        return self._at(self._number, 1)

    @cached_property
    def small_after(self) -> Flags:
        """The next word begins with a small letter."""
        first = self._words.letter_bits[self._words.first]
        return self._at((first & np.uint32(LOWER)) != 0, 1)

    @cached_property
    def shouted(self) -> Flags:
        """A Cyrillic neighbour is written in capitals."""
        shouting = self._cyrillic & ((self._words.inside & np.uint32(UPPER | LOWER)) == UPPER) & (self._words.size > 1)
        return self._at(shouting, -1) | self._at(shouting, 1)

    @cached_property
    def starts(self) -> Flags:
        """The word begins a sentence or a line."""
        return ((self._before & np.uint32(NEWLINE | SENTENCE_END | DASH)) != 0) & ((self._before & np.uint32(TECHNICAL)) == 0)

    @cached_property
    def spaced(self) -> Flags:
        """Nothing but spaces stands between the word and its neighbours."""
        return (self._around & ~np.uint32(SPACE | NEWLINE)) == 0

    @cached_property
    def prose(self) -> Flags:
        """Nothing stands around the word that prose does not have."""
        return (self._around & ~np.uint32(BETWEEN)) == 0

    @cached_property
    def damage(self) -> Index:
        """How many other words of the line were damaged for certain."""
        per_line = np.bincount(self._known.origin, self._known.damaged).astype(np.intp)
        if self._known.elsewhere is not None:
            per_line += self._known.elsewhere[: len(per_line)]
        return per_line[self._known.origin[self._index]] - self._known.damaged[self._index]

    @cached_property
    def doubt(self) -> Index:
        """How many single Latin letters but i stand within two words: where there is one variable there are more."""
        words = self._words
        lone = ~self._cyrillic & ((words.inside & np.uint32(LATIN)) != 0) & (words.size == 1)
        return self._near(lone & ((words.glyph[words.first] | np.uint32(32)) != ord("i")))

    @cached_property
    def other_alphabet(self) -> Flags:
        """Within two words stands a letter of another Cyrillic alphabet, or of none we know."""
        return self._near(self._known.alien) > 0

    @cached_property
    def saturated(self) -> Flags:
        """Within two words several are damaged, and none that could be is not."""
        intact = self._cyrillic & ~self._known.damaged & ((self._words.inside & np.uint32(VOWEL)) != 0)
        return (self._near(self._known.damaged) > 1) & (self._near(intact) == 0)

    def _near(self, column: Flags) -> Index:
        counts = np.zeros(len(self._index), np.intp)
        for step in BESIDE:
            counts += self._at(column, step)
        return counts

    def _at(self, column: Flags, step: int) -> Flags:
        """Return a column of the words that stand `step` words away in the same line and window; False where there is none."""
        if step not in self._steps:
            safe = np.minimum(np.maximum(self._index + step, 0), len(self._words) - 1)
            self._steps[step] = safe, self._words.all_together(self._index, step)
        safe, valid = self._steps[step]
        return column[safe] & valid


class Nowhere:
    """The context of words that stand in no line: whatever is asked of it is not so."""

    def __init__(self, size: int) -> None:
        """Take how many words there are."""
        self._no = np.zeros(size, bool)

    def __getattr__(self, name: str) -> Flags:
        return self._no


def among(column: Flags, words: Words, chosen: Index) -> Flags:
    """Tell which of the chosen words have a word of the column within a window's reach in their line."""
    count = np.append(0, column.cumsum())
    piece, line = words.piece[chosen], words.line[chosen]
    low = np.maximum(words.piece.searchsorted(piece - PIECES), words.line.searchsorted(line))
    high = np.minimum(words.piece.searchsorted(piece + PIECES, "right"), words.line.searchsorted(line, "right"))
    return count[high] > count[low]


def _dashed(gap: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Count a hyphen that has a space beside it as a dash."""
    dash = (gap & np.uint32(HYPHEN | SPACE)) == (HYPHEN | SPACE)
    return np.where(dash, (gap | np.uint32(DASH)) & ~np.uint32(HYPHEN), gap)
