"""Which letters a glyph may stand for, and at what cost.

The table is a noisy channel: the cost of a pair is minus the logarithm of how readily the glyph is used for the letter. It is
compiled by `data/characters` from UTS #39, from NFKC, from `data/confusables.tsv`, where the hand-kept pairs stand by name with a reason,
and from `data/likeness.tsv`, where glyphs stand that were measured. `data/pairs.tsv` lists all pairs and their sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .data_files import load
from .properties import APOSTROPHE, CYRILLIC, properties, slots

OPTIONS: Final = 6  # no glyph needs more: ν, with four letters, has the most
KINDS: Final = ("", "identical", "near", "digit", "styled", "foreign script", "foreign Cyrillic", "accent", "to Latin")
IDENTICAL, NEAR, DIGIT, STYLED, FOREIGN_SCRIPT, FOREIGN_CYRILLIC, ACCENT, TO_LATIN = range(1, 9)
READING: Final = np.dtype([("letter", "<u2"), ("cost", "<f4"), ("kind", "u1")])


@dataclass(frozen=True, slots=True)
class Confusables:
    """The compiled table; use `confusables()` to get it."""

    glyphs: NDArray[np.uint16]
    """The row of each slot (see `scripts.slots`), 0 where a character stands for itself only."""
    to_cyrillic: NDArray[np.void]
    """`[rows, OPTIONS]` of `READING`, cheapest first; letter 0 ends a row."""
    to_latin: NDArray[np.void]
    """`[rows]` of `READING`: the Latin letter that a Cyrillic glyph looks like."""

    becomes: NDArray[np.uint32]
    """The letter that each slot becomes in a Cyrillic word; 0 where it stays what it is, as letters of our alphabets do."""
    kind: NDArray[np.uint8]
    """The kind of that pair, 0 where it stays."""
    latin: NDArray[np.uint16]
    """The Latin letter that each slot looks like, 0 for none."""

    def as_cyrillic(self, points: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Return code points with each lookalike read as its cheapest Cyrillic letter."""
        letters = self.becomes.take(slots(points), mode="clip")
        return np.where(letters == 0, points, letters)

    def rows(self, points: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """Return the row of each code point."""
        return self.glyphs.take(slots(points), mode="clip")


@cache
def confusables() -> Confusables:
    """Load the table, once for a process."""
    glyphs, to_cyrillic, to_latin = map(load, ("glyphs", "to_cyrillic", "to_latin"))
    first = to_cyrillic[:, 0].take(glyphs)
    stays = (properties() & np.uint32(CYRILLIC | APOSTROPHE)) != 0
    becomes, kind = (np.where(stays, 0, first[field]) for field in ("letter", "kind"))
    latin = to_latin["letter"].take(glyphs)
    return Confusables(glyphs, to_cyrillic, to_latin, becomes.astype(np.uint32), kind, latin)
