"""What stands around a word in its line: the neighbours, once the words that decide by themselves are repaired."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final, NamedTuple, cast

import numpy as np

from ..arrays.partial import Gap, Range
from ..arrays.ragged import Flags, Index, where
from ..letters import properties as scripts
from ..letters.properties import (
    CLOSING,
    COMMA,
    CYRILLIC,
    DASH,
    DIGIT,
    DOT,
    FALSE_APOSTROPHE,
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
    SHIELD,
    SPACE,
    STRONG_FOREIGN,
    TECHNICAL,
    UPPER,
    VOWEL,
)
from ..text.encodings import BLANK
from ..thresholds import CHUNKS, HEARD, SHARE
from .leaning import leaning
from .tokens import Bits, Words

BETWEEN: Final = SPACE | NEWLINE | COMMA | SENTENCE_END | DOT | OPENING | CLOSING | DASH | scripts.APOSTROPHE
BESIDE: Final = (-2, -1, 1, 2)
ALL: Final = 0xFFFFFFFF  # every bit of the properties
MANY: Final = 1 << 20  # words: more than any window has
COUNTS: Final = frozenset({"damage", "doubt"})  # the columns of `Context` that are no flags
_QUOTES: Final = np.array([ord(char) for char in "\"'«“„"], np.uint32)
_EDGES: Final = np.array([ord(char) for char in "([{<|\"'«“„*_"], np.uint32)
TAB: Final = 9
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
    def tabbed(self) -> Flags:
        """A tab follows the word: it stands in a table, for a tab is no space of prose."""
        return self._words.points[self._words.end[self._index]] == TAB

    @cached_property
    def option(self) -> Flags:
        """A hyphen or two stand right before the word, and before them white space, a bracket or a quote."""
        at = self._words.start[self._index] - 1
        found = self._words.points[at] == ord("-")
        rows = where(found)
        if len(rows):
            one, two = (self._words.points[np.maximum(at[rows] - step, 0)] for step in (1, 2))
            opens = [(mark <= BLANK) | np.isin(mark, _EDGES) for mark in (one, two)]
            found[rows] = opens[0] | ((one == ord("-")) & opens[1])
        return found

    @cached_property
    def cut(self) -> Flags:
        """A tag stands right before the word, or a hyphen with white space or a mark of emphasis before it: it is a part of a word."""
        return (self._words.points[self._words.start[self._index] - 1] == ord(">")) | self.option

    @cached_property
    def alternative(self) -> Flags:
        """The word stands between bars or brackets, and a Cyrillic letter right beyond a bar: `самк|a|и`, `(a|гэ)лен`."""
        points, start, end = self._words.points, self._words.start[self._index] - 1, self._words.end[self._index]
        found = (points[start] == BAR) | (points[end] == BAR)
        rows = where(found)
        if len(rows):
            start, end = start[rows], end[rows]
            own = ((self._words.bits[at] & np.uint32(CYRILLIC)) != 0 for at in (start - 1, np.minimum(end + 1, len(points) - 1)))
            before, after = own
            opens = (points[start] == ord("(")) | ((points[start] == BAR) & before)
            found[rows] = opens & ((points[end] == ord(")")) | ((points[end] == BAR) & after))
        return found

    @cached_property
    def false_apostrophe(self) -> Flags:
        """A sign of the word is to become an apostrophe."""
        return (self._words.inside[self._index] & np.uint32(FALSE_APOSTROPHE)) != 0

    @cached_property
    def held_apostrophe(self) -> Flags:
        """The same, but code may need the sign."""
        held = np.uint32(FALSE_APOSTROPHE | SHIELD)
        return (self._words.inside[self._index] & held) == held

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
    def numbered_after(self) -> Flags:
        """The next word has a digit and Cyrillic letters."""
        return self._at(self._numbered, 1)

    @cached_property
    def numbered_before(self) -> Flags:
        """The word before has a digit and Cyrillic letters."""
        return self._at(self._numbered, -1)

    @cached_property
    def _numbered(self) -> Flags:
        return (self._words.inside & np.uint32(DIGIT | CYRILLIC)) == DIGIT | CYRILLIC

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
        return (self._words.all_together(self._index, 3) & ~self._at(self._lone, 3)) | self._at(ends, 1) | self._at(ends, 2)

    @cached_property
    def pair(self) -> Flags:
        """At most one word follows in the line."""
        return ~self._words.all_together(self._index, 2)

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
        return self._near(self._lone)

    @cached_property
    def _lone(self) -> Flags:
        words = self._words
        lone = ~self._cyrillic & ((words.inside & np.uint32(LATIN)) != 0) & (words.size == 1)
        return lone & ((words.glyph[words.first] | np.uint32(32)) != ord("i"))

    @cached_property
    def lone_close(self) -> Flags:
        """Another single Latin letter but i is heard of: a variable, or the letter of a list."""
        low, high = self._words.within(self._index, HEARD)
        count = np.append(0, self._lone.cumsum())
        return count[high] - count[low] > self._lone[self._index]

    @cached_property
    def other_alphabet(self) -> Flags:
        """Near by stands a letter without a reading, or two words with letters of other Cyrillic alphabets, this one counted."""
        low, high = self._words.within(self._index, HEARD)
        strange, alien = (np.append(0, column.cumsum()) for column in (self._known.strange, self._known.alien))
        return (strange[high] > strange[low]) | (alien[high] - alien[low] > 1)

    @cached_property
    def russian(self) -> Flags:
        """The words near by are Russian or Belarusian rather than Ukrainian."""
        low, high = self._words.within(self._index, HEARD)
        balance = np.append(0, leaning(self._words, low, high).cumsum())
        return balance[high] < balance[low]

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


class AnyPlace(AnyLine):
    """The surroundings of words of which not even the gaps are known: what is asked of them is the same in a line and in a chunk."""

    def _gap(self, bits: Bits, _step: int) -> Bits:
        """Return gaps that may hold anything."""
        nothing = np.zeros(len(self._index), bits.dtype)
        return cast("Bits", Gap(nothing, np.full(len(nothing), ALL, bits.dtype)))


def among(column: Flags, words: Words, chosen: Index) -> Flags:
    """Tell which of the chosen words have a word of the column within reach in their line."""
    count = np.append(0, column.cumsum())
    low, high = words.within(chosen, CHUNKS)
    return count[high] > count[low]


def _dashed(gap: Bits) -> Bits:
    """Count a hyphen that has a space beside it as a dash."""
    dash = (gap & np.uint32(HYPHEN | SPACE)) == (HYPHEN | SPACE)
    return np.where(dash, (gap | np.uint32(DASH)) & ~np.uint32(HYPHEN), gap)
