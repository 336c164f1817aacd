"""Which script a word belongs to, from its letters: strong letters count, weak letters follow."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .confusables import confusables
from .scripts import ALIEN, APOSTROPHE, CYRILLIC, DIGIT, FOREIGN_CYRILLIC, GREEK, LATIN, LOWER, NATIVE, PLAIN_LATIN, STRONG, UPPER
from .segments import Index
from .tokens import Chosen

Flags = NDArray[np.bool_]
FOREIGN: Final = LATIN | GREEK | ALIEN | FOREIGN_CYRILLIC


class Vote:
    """What the letters of each chosen word say, as columns; a column is counted when it is first asked for."""

    def __init__(self, chosen: Chosen) -> None:
        """Take the words to be asked."""
        self.chosen = chosen

    @property
    def cyrillic(self) -> Index:
        """Letters of the Ukrainian, Russian and Belarusian alphabets."""
        return self.chosen.count(CYRILLIC)

    @property
    def latin(self) -> Index:
        """Latin letters, accented ones included."""
        return self.chosen.count(LATIN)

    @property
    def foreign(self) -> Index:
        """Letters that are not of our alphabets and may stand for letters that are."""
        return self.chosen.count(FOREIGN)

    @property
    def digits(self) -> Index:
        """Digits among the letters."""
        return self.chosen.count(DIGIT)

    @property
    def strong_cyrillic(self) -> Index:
        """Cyrillic letters whose shape no Latin letter has."""
        return self.chosen.count(STRONG)

    @cached_property
    def readable(self) -> Flags:
        """Every letter is Cyrillic or may stand for a Cyrillic one."""
        plain = (self.chosen.bits & np.uint32(CYRILLIC | APOSTROPHE)) != 0
        return self.chosen.total(~(plain | (confusables().to_cyrillic["letter"][self.chosen.rows, 0] != 0))) == 0

    @cached_property
    def latinable(self) -> Flags:
        """Every letter is Latin or looks like one."""
        plain = (self.chosen.bits & np.uint32(PLAIN_LATIN | DIGIT | APOSTROPHE)) != 0
        return self.chosen.total(~(plain | (confusables().to_latin["letter"][self.chosen.rows] != 0))) == 0

    @cached_property
    def borders(self) -> Index:
        """How often the script changes from letter to letter; digits and apostrophes have none."""
        bits = self.chosen.bits
        side = ((bits & np.uint32(NATIVE)) != 0).astype(np.int8) - ((bits & np.uint32(FOREIGN & ~NATIVE)) != 0)
        sided = np.flatnonzero(side)
        word = np.searchsorted(self.chosen.first, sided, "right") - 1
        change = (side[sided[1:]] != side[sided[:-1]]) & (word[1:] == word[:-1])
        return np.bincount(word[1:], change, len(self.chosen)).astype(np.intp)

    @cached_property
    def capitals(self) -> Flags:
        """All letters that have case are capitals."""
        return (self.chosen.count(UPPER) > 0) & (self.chosen.count(LOWER) == 0)
