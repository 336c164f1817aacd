"""All that is known about some words, as columns: what the rules of `policy` ask."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import scripts
from .context import Context, Evidence
from .language import CODE, hash_words, language
from .readings import Readings, best_cyrillic, best_latin
from .scripts import CYRILLIC, DIGIT, LOWER
from .segments import Index, ranges
from .tokens import Chosen
from .vote import Vote

Flags = NDArray[np.bool_]
SAME_SHAPE: Final = 0.55  # nats for a pair: 0.3, and what a styled letter adds


class Case:
    """Some words of a text with all that is known about them, as columns of equal length."""

    def __init__(self, chosen: Chosen, evidence: Evidence, cyrillic: Readings | None = None) -> None:
        """Take the words, what is known of the others, and the readings where they are there already."""
        self.chosen = chosen
        self.evidence = evidence
        self.words = chosen.words
        self.size = chosen.size
        self.vote = Vote(chosen)
        self.context = Context(chosen, evidence)
        self.cyrillic = cyrillic or best_cyrillic(chosen)

    def take(self, rows: Index) -> Case:
        """Return the case of some of its words."""
        letters = ranges(self.chosen.first[rows], self.size[rows])
        return Case(Chosen(self.words, self.chosen.index[rows]), self.evidence, self.cyrillic.take(rows, letters))

    def __len__(self) -> int:
        return len(self.chosen)

    @cached_property
    def latin(self) -> Readings:
        """The Latin reading of each word; words that have none are not looked at further."""
        return best_latin(self.chosen, self.vote.latinable)

    @cached_property
    def before(self) -> NDArray[np.uint32]:
        """The properties found in the gap before each word."""
        return self.words.before[self.chosen.index]

    @cached_property
    def after(self) -> NDArray[np.uint32]:
        """The properties found in the gap after each word."""
        return self.words.after[self.chosen.index]

    @cached_property
    def first(self) -> NDArray[np.uint32]:
        """The properties of the first letter of each word."""
        return self.chosen.bits[self.chosen.first]

    @cached_property
    def last(self) -> NDArray[np.uint32]:
        """The properties of the last letter of each word."""
        return self.chosen.bits[self.chosen.first + self.size - 1]

    @cached_property
    def glyph(self) -> NDArray[np.uint32]:
        """The first letter of each word."""
        return self.chosen.glyph[self.chosen.first]

    @cached_property
    def last_glyph(self) -> NDArray[np.uint32]:
        """The last letter of each word."""
        return self.chosen.glyph[self.chosen.first + self.size - 1]

    @cached_property
    def latin_possible(self) -> Flags:
        """Words that hold Cyrillic letters, or such as look so, and can be read as Latin altogether."""
        return self.vote.latinable & (self.vote.cyrillic + self.vote.foreign > self.vote.latin)

    @cached_property
    def suffixed(self) -> Flags:
        """A Latin beginning and a Cyrillic ending in small letters: `COVIDом`, `PRу`, `Googleу`."""
        foreign_first = (self.first & np.uint32(CYRILLIC | DIGIT)) == 0
        return (self.vote.borders == 1) & foreign_first & ((self.last & np.uint32(CYRILLIC | LOWER)) == (CYRILLIC | LOWER))

    @cached_property
    def known_beginning(self) -> Flags:
        """The Latin letters that a word begins with are a word of the list."""
        first, foreign = self.chosen.first, (self.chosen.bits & np.uint32(scripts.PLAIN_LATIN)) != 0
        size = self.chosen.count(scripts.PLAIN_LATIN)
        codes = CODE[np.where(foreign, self.chosen.glyph, 0)]
        asked = np.flatnonzero((size > 0) & (size < self.size))
        found = np.zeros(len(self), bool)
        found[asked] = language().look_up(hash_words(codes, first[asked], first[asked] + size[asked])) != 0
        return found

    @cached_property
    def gain(self) -> NDArray[np.float32]:
        """By how many nats the Cyrillic reading is likelier than the Latin one."""
        return self.latin.total - self.cyrillic.total

    @cached_property
    def identical(self) -> Flags:
        """Every foreign letter is the very image of the letter it is read as."""
        return self.cyrillic.channel <= SAME_SHAPE * (self.vote.foreign + self.vote.digits) + 0.01

    def is_one_of(self, letters: str) -> Flags:
        """Tell which words are one letter out of these."""
        if not self._single.any():
            return self._single
        return self._single & np.isin(self.glyph, [ord(letter) for letter in letters])

    @cached_property
    def _single(self) -> Flags:
        return self.size == 1
