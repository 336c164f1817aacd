"""All that the rules of `policy` ask about some words, as columns: the facts of each word and what stands around it."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .context import Context, Evidence, Nowhere
from .facts import Facts, Flags
from .scripts import CYRILLIC, DIGIT, HOST, LOWER
from .segments import Index
from .tokens import Words

SAME_SHAPE: Final = 0.55  # nats for a pair: 0.3, and what a styled letter adds


class Case:
    """Some words of a text with all that is known about them, as columns of equal length."""

    def __init__(self, words: Words, index: Index, facts: Facts, evidence: Evidence | None) -> None:
        """Take the numbers of the words, what is known of them, and what is known of all words, None where no line is asked."""
        self.words = words
        self.index = index
        self.facts = facts
        self.evidence = evidence
        self.size, self.cyrillic, self.latin = facts.size, facts.as_cyrillic, facts.as_latin
        self.first, self.last, self.glyph, self.last_glyph = facts.first, facts.last, facts.glyph, facts.last_glyph

    def take(self, rows: Index) -> Case:
        """Return the case of some of the words."""
        return Case(self.words, self.index[rows], self.facts.take(rows), self.evidence)

    def __len__(self) -> int:
        return len(self.index)

    @cached_property
    def context(self) -> Context | Nowhere:
        """What stands around each word."""
        return Context(self.words, self.index, self.evidence) if self.evidence else Nowhere(len(self))

    @cached_property
    def inside(self) -> NDArray[np.uint32]:
        """The properties found in each word; where no line is asked, not those of the place where the word stands."""
        inside = self.words.inside[self.index]
        return inside if self.evidence else inside & ~np.uint32(HOST)

    @cached_property
    def before(self) -> NDArray[np.uint32]:
        """The properties found in the gap before each word."""
        return self.words.before[self.index]

    @cached_property
    def after(self) -> NDArray[np.uint32]:
        """The properties found in the gap after each word."""
        return self.words.after[self.index]

    @cached_property
    def capitals(self) -> Flags:
        """All letters that have case are capitals."""
        return (self.facts.upper > 0) & (self.facts.lower == 0)

    @cached_property
    def latin_possible(self) -> Flags:
        """Words that hold Cyrillic letters, or such as look so, and can be read as Latin altogether."""
        return self.facts.latinable & (self.facts.cyrillic + self.facts.foreign > self.facts.latin)

    @cached_property
    def suffixed(self) -> Flags:
        """A Latin beginning and a Cyrillic ending in small letters: `COVIDом`, `PRу`, `Googleу`."""
        foreign_first = (self.first & np.uint32(CYRILLIC | DIGIT)) == 0
        return (self.facts.borders == 1) & foreign_first & ((self.last & np.uint32(CYRILLIC | LOWER)) == (CYRILLIC | LOWER))

    @cached_property
    def gain(self) -> NDArray[np.float32]:
        """By how many nats the Cyrillic reading is likelier than the Latin one."""
        return self.latin.total - self.cyrillic.total

    @cached_property
    def identical(self) -> Flags:
        """Every foreign letter is the very image of the letter it is read as."""
        return self.cyrillic.channel <= SAME_SHAPE * (self.facts.foreign + self.facts.digits) + 0.01

    @cached_property
    def letter(self) -> NDArray[np.uint8]:
        """The letter of each word that is a single one of Latin-1, or a digit; 0 for all others."""
        return np.where((self.size == 1) & (self.glyph <= 0xFF), self.glyph, 0).astype(np.uint8)

    def is_one_of(self, letters: str) -> Flags:
        """Tell which words are one letter out of these, of Latin-1."""
        return _table_of(letters).take(self.letter)


@cache
def _table_of(letters: str) -> Flags:
    return np.isin(np.arange(0x100), [ord(letter) for letter in letters])
