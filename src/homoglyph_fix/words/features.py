"""All that the rules of `policy` ask about some words, as columns: the facts of each word and what stands around it."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Flags
from .facts import SAME_SHAPE, Facts

if TYPE_CHECKING:
    from .context import Context


class Features:
    """Some words of a text with all that is known about them, as columns of equal length."""

    def __init__(self, facts: Facts, context: Context) -> None:
        """Take what is known of each word, and what stands around it."""
        self.facts = facts
        self.context = context
        self.size, self.cyrillic, self.latin = facts.size, facts.as_cyrillic, facts.as_latin
        self.first, self.last, self.glyph, self.last_glyph = facts.first, facts.last, facts.glyph, facts.last_glyph
        self.latin_possible, self.inflected, self.gain = facts.latin_possible, facts.inflected, facts.gain
        self.before, self.after, self.ask = context.before, context.after, context.ask

    def __len__(self) -> int:
        return len(self.facts)

    @cached_property
    def capitals(self) -> Flags:
        """All letters that have case are capitals."""
        return (self.facts.upper > 0) & (self.facts.lower == 0)

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
