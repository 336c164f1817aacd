"""What stands around a word in its line: the neighbours, once the words that decide by themselves are repaired."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from ..arrays.partial import Gap, Range
from ..arrays.ragged import Flags, Index, where
from ..letters import properties as scripts
from ..letters.language import CODE, hash_words, is_russian, language
from ..letters.properties import (
    CLOSING,
    COMMA,
    CYRILLIC,
    DASH,
    DIGIT,
    DOT,
    FOREIGN,
    HOST,
    HYPHEN,
    IDENTIFIER,
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
)
from ..text.encodings import BLANK
from ..thresholds import CHUNKS, HEARD, SHARE
from .tokens import Bits, Chosen, Words

BETWEEN: Final = SPACE | NEWLINE | COMMA | SENTENCE_END | DOT | OPENING | CLOSING | DASH | scripts.APOSTROPHE
BESIDE: Final = (-2, -1, 1, 2)
ALL: Final = 0xFFFFFFFF  # every bit of the properties
MANY: Final = 1 << 20  # words: more than any window has
COUNTS: Final = frozenset({"damage", "doubt"})  # the columns of `Context` that are no flags
_QUOTES: Final = np.array([ord(char) for char in "\"'«“„"], np.uint32)
_EDGES: Final = np.array([ord(char) for char in "([{<|\"'«“„*_"], np.uint32)
BAR: Final = ord("|")
FOREIGN_NAME: Final = 4  # a Latin word of so many letters is a neighbour that makes Latin likely


class Evidence(NamedTuple):
    """What is known of all words of a text before their neighbours are asked."""

    repaired: Flags  # to be made Cyrillic, so a Cyrillic neighbour
    damaged: Flags  # proof of damage to the words around
    strange: Flags  # holds a letter that has no reading, so that its line is in another language
    alien: Flags  # holds a letter of another Cyrillic alphabet that has one


class _Surroundings:
    """What the gaps beside some words say, be they wholly known or not."""

    before: Bits
    """The properties found in the gap before each word."""
    after: Bits
    """The properties found in the gap after each word."""

    def __init__(self, words: Words, index: Index) -> None:
        """Take all words, and the numbers of those that are asked about."""
        self._words = words
        self._index = index

    @cached_property
    def host(self) -> Flags:
        """The word is a label of a domain that mixes scripts."""
        return (self._words.inside[self._index] & np.uint32(HOST)) != 0

    @cached_property
    def keyed(self) -> Flags:
        """A dot stands right before the word, no Cyrillic letter before that, or the hyphen of an option: `.pyc`, `-I`, `[-a`."""
        at = self._words.start[self._index] - 1
        own = (self._words.bits[np.maximum(at - 1, 0)] & np.uint32(CYRILLIC)) != 0
        return ((self._words.points[at] == ord(".")) & ~own) | self.option

    @cached_property
    def option(self) -> Flags:
        """A hyphen or two stand right before the word, and before them white space, a bracket or a quote."""
        at = self._words.start[self._index] - 1
        marks = self._words.points[np.maximum(at[:, None] - np.arange(3), 0)]
        hyphen, opens = marks == ord("-"), (marks <= BLANK) | np.isin(marks, _EDGES)
        return hyphen[:, 0] & (opens[:, 1] | (hyphen[:, 1] & opens[:, 2]))

    @cached_property
    def cut(self) -> Flags:
        """A tag stands right before the word, or a hyphen with white space or a mark of emphasis before it: it is a part of a word."""
        return (self._words.points[self._words.start[self._index] - 1] == ord(">")) | self.option

    @cached_property
    def alternative(self) -> Flags:
        """The word stands between bars or brackets, and a Cyrillic letter right beyond a bar: `самк|a|и`, `(a|гэ)лен`."""
        words, start, end = self._words, self._words.start[self._index] - 1, self._words.end[self._index]
        left, right = words.points[start], words.points[end]
        before, after = ((words.bits[np.clip(at, 0, len(words.bits) - 1)] & np.uint32(CYRILLIC)) != 0 for at in (start - 1, end + 1))
        opens, closes = (left == ord("(")) | ((left == BAR) & before), (right == ord(")")) | ((right == BAR) & after)
        return opens & closes & ((left == BAR) | (right == BAR))

    @cached_property
    def identifier(self) -> Flags:
        """The word is a part of an identifier that is Latin but for intruders."""
        return (self._words.inside[self._index] & np.uint32(IDENTIFIER)) == IDENTIFIER

    @cached_property
    def _before(self) -> Bits:
        return _dashed(self.before)

    @cached_property
    def _around(self) -> Bits:
        return self._before | _dashed(self.after)

    @cached_property
    def starts(self) -> Flags:
        """The word begins a sentence or a line."""
        opens = (self._before & np.uint32(NEWLINE | SENTENCE_END | DASH)) != 0
        return opens & ((self._before & np.uint32(TECHNICAL)) == 0)

    @cached_property
    def spaced(self) -> Flags:
        """Nothing but spaces stands between the word and its neighbours."""
        return (self._around & ~np.uint32(SPACE | NEWLINE)) == 0

    @cached_property
    def prose(self) -> Flags:
        """Nothing stands around the word that prose does not have."""
        return (self._around & ~np.uint32(BETWEEN)) == 0


class Context(_Surroundings):
    """The surroundings of some words, as columns; a column is made when it is first asked for."""

    def __init__(self, words: Words, index: Index, evidence: Evidence) -> None:
        """Take all words, the numbers of those that are asked about, and what is known of all."""
        super().__init__(words, index)
        self._known = evidence
        self._steps: dict[int, tuple[Index, Flags]] = {}
        self.before, self.after = words.before[index], words.after[index]

    def ask(self, question: Callable[[Words, Index], Flags], candidates: Flags) -> Flags:
        """Tell which candidates a question about the letters of their neighbours holds for."""
        found = np.zeros(len(self._index), bool)
        rows = where(candidates)
        if len(rows):
            found[rows] = question(self._words, self._index[rows])
        return found

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
    def latin_close(self) -> Flags:
        """A word that can only be Latin is heard of."""
        words = self._words
        own = ((words.inside & np.uint32(STRONG_FOREIGN)) != 0) | (((words.inside & np.uint32(LOWER)) != 0) & (words.size >= FOREIGN_NAME))
        latin = ~self._cyrillic & ((words.inside & np.uint32(LATIN)) != 0) & (words.size > 1) & own
        low, high = words.within(self._index, HEARD)
        count = np.append(0, latin.cumsum())
        return count[high] - count[low] > latin[self._index]

    @cached_property
    def cyrillic_close(self) -> Flags:
        """Within the window stands a Cyrillic word."""
        return among(self._cyrillic, self._words, self._index)

    @cached_property
    def only_chunk(self) -> Flags:
        """The line is one token as far as is seen: a word of a list, or a pattern."""
        low, high = self._words.within(self._index, CHUNKS)
        return self._words.chunk[low] == self._words.chunk[high - 1]

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
    def key(self) -> Flags:
        """A colon and a quote follow: the word is a key, and what stands beyond is no neighbour (`Xamok: "Хамок"`)."""
        at = np.minimum(self._words.end[self._index][:, None] + np.arange(4), len(self._words.points) - 1)
        char = self._words.points[at]
        quote, colon, space = np.isin(char, _QUOTES), char == ord(":"), char == BLANK
        bare = colon[:, 0] & (quote[:, 1] | (space[:, 1] & quote[:, 2]))
        return bare | (quote[:, 0] & colon[:, 1] & (quote[:, 2] | (space[:, 2] & quote[:, 3])))

    @cached_property
    def sentence(self) -> Flags:
        """Three words and more follow in the line, or a full stop: else it is a cell, a label or a list as often as a sentence."""
        ends = (self._words.after & np.uint32(SENTENCE_END)) != 0
        return self._words.all_together(self._index, 3) | self._at(ends, 1) | self._at(ends, 2)

    @cached_property
    def value(self) -> Flags:
        """A quote opens before the word, and what stands before that is no Cyrillic word: the value of a key, a sentence of its own."""
        quote = (self.before & np.uint32(OPENING | SPACE)) == (OPENING | SPACE)
        return quote & (self.latin_letters_before | self.number_before)

    @cached_property
    def damage(self) -> Index:
        """How many of the words within `HEARD` chunks are damaged for certain; 0 if that is less than one in `SHARE` that could be."""
        words, damaged = self._words, self._known.damaged
        could = damaged | (self._cyrillic & ((words.inside & np.uint32(VOWEL)) != 0) & (words.size > 1))
        low, high = words.within(self._index, HEARD)
        hurt, all_such = (np.append(0, column.cumsum()) for column in (damaged, could))
        count: Index = hurt[high] - hurt[low] - damaged[self._index]
        return np.where(count * SHARE >= all_such[high] - all_such[low] - could[self._index], count, 0)

    @cached_property
    def doubt(self) -> Index:
        """How many single Latin letters but i stand within two words: where there is one variable there are more."""
        words = self._words
        lone = ~self._cyrillic & ((words.inside & np.uint32(LATIN)) != 0) & (words.size == 1)
        return self._near(lone & ((words.glyph[words.first] | np.uint32(32)) != ord("i")))

    @cached_property
    def other_alphabet(self) -> Flags:
        """Near by stands a letter without a reading, or two words with letters of other Cyrillic alphabets, this one counted."""
        low, high = self._words.within(self._index, HEARD)
        strange, alien = (np.append(0, column.cumsum()) for column in (self._known.strange, self._known.alien))
        return (strange[high] > strange[low]) | (alien[high] - alien[low] > 1)

    @cached_property
    def russian(self) -> Flags:
        """The words near by are Russian or Belarusian rather than Ukrainian."""
        return self._balance < 0

    @cached_property
    def surely_russian(self) -> Flags:
        """And none of them has an і: of Ukrainian words a few are in the Russian list alone (`Рому і Мітю (ей, де ви`)."""
        words = self._words
        own = np.append(0, np.logical_or.reduceat(_ARE_OURS.take(words.glyph, mode="clip"), words.first).cumsum())
        low, high = words.within(self._index, HEARD)
        return (self._balance < 0) & (own[high] == own[low])

    @cached_property
    def _balance(self) -> Index:
        low, high = self._words.within(self._index, HEARD)
        balance = np.append(0, _leaning(self._words, low, high).cumsum())
        return balance[high] - balance[low]

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


class AnyLine(_Surroundings):
    """The surroundings of words of chunks, whose line is not known: what is asked of it may be so, but for what the gaps say."""

    def __init__(self, words: Words, index: Index) -> None:
        """Take all words, and the numbers of those that are asked about."""
        super().__init__(words, index)
        flags = np.zeros(len(index), bool)
        self._flags, self._counts = Range(flags, ~flags), Range(flags.astype(np.intp), np.full(len(flags), MANY))
        self.before, self.after = self._gap(words.before, -1), self._gap(words.after, 1)

    def _gap(self, bits: Bits, step: int) -> Bits:
        """Return the gaps on one side; at the edge of a chunk anything may follow its marks and the white space."""
        gap, edge = bits[self._index], ~self._words.all_together(self._index, step)
        return cast("Bits", Gap(np.where(edge, gap & ~np.uint32(NEWLINE), gap), np.where(edge, np.uint32(ALL), gap)))

    def ask(self, _question: Callable[[Words, Index], Flags], candidates: Flags) -> Flags:
        """Return the candidates: a question about neighbours may hold for any or none of them."""
        return candidates & cast("Flags", self._flags)

    def __getattr__(self, name: str) -> Range:
        if name.startswith("_") or not hasattr(Context, name):
            raise AttributeError(name)
        return self._counts if name in COUNTS else self._flags


_ARE_OURS: Final = np.isin(np.arange(0x500), [ord(letter) for letter in "іїєґІЇЄҐ"])
RUSSIAN_LETTERS: Final = CODE[[ord(letter) for letter in "ёъыэў"]]
UKRAINIAN_LETTERS: Final = CODE[[ord(letter) for letter in "їєґ"]]


def _leaning(words: Words, low: Index, high: Index) -> NDArray[np.int8]:
    """Return for each word of some stretches 1 if it is Ukrainian for certain, -1 if it is Russian or Belarusian, else 0.

    A word is so by a letter of its own, or because the list has it as one that only Russian has.
    """
    leaning = np.zeros(len(words), np.int8)
    covered = np.zeros(len(words) + 1, np.intp)
    np.add.at(covered, low, 1)
    np.add.at(covered, high, -1)
    index = where((covered.cumsum()[:-1] > 0) & ((words.inside & np.uint32(CYRILLIC)) != 0))
    if not len(index):
        return leaning
    some = Chosen(words, index)
    codes = CODE.take(some.glyph, mode="clip")
    russian = np.logical_or.reduceat(np.isin(codes, RUSSIAN_LETTERS), some.first)
    ukrainian = np.logical_or.reduceat(np.isin(codes, UKRAINIAN_LETTERS), some.first)
    plain = (words.inside[index] & np.uint32(FOREIGN | DIGIT)) == 0
    listed = is_russian(language().look_up(hash_words(codes, some.first, some.first + some.size)))
    leaning[index] = ukrainian.astype(np.int8) - (russian | (plain & listed))
    return leaning


def among(column: Flags, words: Words, chosen: Index) -> Flags:
    """Tell which of the chosen words have a word of the column within reach in their line."""
    count = np.append(0, column.cumsum())
    low, high = words.within(chosen, CHUNKS)
    return count[high] > count[low]


def _dashed(gap: Bits) -> Bits:
    """Count a hyphen that has a space beside it as a dash."""
    dash = (gap & np.uint32(HYPHEN | SPACE)) == (HYPHEN | SPACE)
    return np.where(dash, (gap | np.uint32(DASH)) & ~np.uint32(HYPHEN), gap)
