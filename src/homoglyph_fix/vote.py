"""Which script a word belongs to, from its letters: strong letters count, weak letters follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import scripts
from .confusables import confusables
from .scripts import ALIEN, CYRILLIC, DIGIT, FOREIGN_CYRILLIC, GREEK, LATIN, LOWER, OTHER, STRONG, UPPER
from .segments import Index
from .tokens import Words

Flags = NDArray[np.bool_]
FOREIGN = LATIN | GREEK | ALIEN | FOREIGN_CYRILLIC


@dataclass(frozen=True, slots=True)
class Vote:
    """What the letters of each word say, as columns."""

    cyrillic: Index  # letters of our alphabets
    latin: Index
    foreign: Index  # letters that are neither Cyrillic of our alphabets nor unknown
    digits: Index
    strong_cyrillic: Index
    strong_foreign: Index
    readable: Flags  # every letter is Cyrillic or may stand for a Cyrillic one
    latinable: Flags  # every letter is Latin or looks like one
    borders: Index  # changes of script from letter to letter, digits not counted
    capitals: Flags  # all letters that have case are capitals
    small: Flags  # no letter is a capital

    def of(self, chosen: Index) -> Vote:
        """Return the votes of some words."""
        return Vote(*(getattr(self, name)[chosen] for name in Vote.__slots__))


def vote(words: Words) -> Vote:
    """Count the votes of every word."""
    bits = words.letter_bits
    rows = confusables().rows(words.glyph)
    table = confusables()
    apostrophe = (bits & scripts.APOSTROPHE) != 0
    cyrillic = (bits & CYRILLIC) != 0
    readable = cyrillic | apostrophe | (table.to_cyrillic["letter"][rows, 0] != 0)
    latinable = ((bits & (scripts.PLAIN_LATIN | DIGIT)) != 0) | apostrophe | (table.to_latin["letter"][rows] != 0)
    side = np.where(cyrillic | ((bits & FOREIGN_CYRILLIC) != 0), 1, np.where((bits & FOREIGN) != 0, 2, 0)).astype(np.int8)
    sided = np.flatnonzero(side)
    change = np.zeros(len(bits), np.intp)
    change[sided[1:]] = side[sided[1:]] != side[sided[:-1]]
    borders = _sum(change, words)
    # A change that falls on the first sided letter of a word belongs to no word.
    first_sided = sided[np.minimum(np.searchsorted(sided, words.first), max(len(sided) - 1, 0))] if len(sided) else words.first
    owns = first_sided < words.last if len(sided) else np.zeros(len(words), bool)
    borders = borders - np.where(owns, change[first_sided], 0)
    upper, lower = words.count(UPPER), words.count(LOWER)
    return Vote(
        words.count(CYRILLIC), words.count(LATIN), words.count(FOREIGN), words.count(DIGIT),
        _sum(cyrillic & ((bits & STRONG) != 0), words), _sum(~cyrillic & ((bits & STRONG) != 0), words),
        _sum(~readable, words) == 0, _sum(~latinable, words) == 0, borders,
        (upper > 0) & (lower == 0), upper == 0,
    )  # fmt: skip


def _sum(column: NDArray[np.generic], words: Words) -> Index:
    if not len(words):
        return np.zeros(0, np.intp)
    return np.add.reduceat(column, words.first, dtype=np.intp)
