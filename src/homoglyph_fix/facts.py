"""What is known of words by themselves, whatever stands around them: counts of letters, readings, and the verdict where it is foregone."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .scripts import (
    CYRILLIC,
    DIGIT,
    FOREIGN,
    FOREIGN_CYRILLIC,
    GREEK,
    HUNDREDS,
    LATIN,
    LOWER,
    PLAIN_LATIN,
    ROMAN,
    STRONG,
    UPPER,
    VOWEL,
)  # fmt: skip
from .segments import Index

COUNTED: Final = (
    CYRILLIC, LATIN, FOREIGN, DIGIT, STRONG, UPPER, LOWER, ROMAN, HUNDREDS, FOREIGN_CYRILLIC, GREEK, VOWEL, PLAIN_LATIN,
)  # fmt: skip
ASK: Final = 255  # no rule is foregone: the line decides
HEAD: Final = np.dtype(
    [
        ("choice", "<i8"),  # which option each letter with a choice takes in the Cyrillic reading (see `readings`)
        ("gain", "<f4"),  # by how many nats the Cyrillic reading is likelier than the Latin one
        ("rule", "u1"),  # the number of the rule that holds for the word in every line, `ASK` where there is none
        ("asks", "?"),  # the line decides; words that can be no Cyrillic word in any line do not ask
        ("proper", "?"),  # the Cyrillic reading is a proper name in the word list
        ("strong", "?"),  # has a letter that only Cyrillic has
        ("readable", "?"),  # every letter is Cyrillic or may stand for a Cyrillic one
        ("common", "?"),  # the Cyrillic reading is a word that is no rarity
    ],
    align=True,
)
"""What every occurrence of a word needs: 24 bytes."""
FACTS: Final = np.dtype(
    [
        *((name, "<f4") for name in ("channel", "word", "latin_channel", "latin_word")),
        *((name, "<u4") for name in ("first", "last", "glyph", "last_glyph")),
        ("counts", "<u2", (len(COUNTED) + 2,)),
        *((name, "?") for name in ("readable", "latinable", "known", "latin_known")),
        *((name, "?") for name in ("borrowed", "known_beginning", "formula", "ordinal")),
    ],
    align=True,
)
"""What the rules ask about words that the line decides: 72 bytes. What the columns mean stands at `Facts`."""

Flags = NDArray[np.bool_]
Costs = NDArray[np.float32]


class Reading(NamedTuple):
    """What some words may have been, as columns."""

    channel: Costs  # what the replaced glyphs cost
    word: Costs  # what the word costs: its frequency, or its n-grams
    known: Flags  # it stands in the word list

    @property
    def total(self) -> Costs:
        """What each reading costs as a whole, in nats."""
        return self.channel + self.word


class Facts:
    """Facts of some words, as columns of equal length."""

    size: Index
    borders: Index
    """How often the script changes from letter to letter; digits and apostrophes have none."""
    cyrillic: Index
    """Letters of the Ukrainian, Russian and Belarusian alphabets."""
    latin: Index
    """Latin letters, accented ones included."""
    foreign: Index
    """Letters that are not of our alphabets and may stand for letters that are."""
    digits: Index
    """Digits among the letters."""
    strong: Index
    """Cyrillic letters whose shape no Latin letter has."""
    upper: Index
    """Capitals."""
    lower: Index
    """Small letters."""
    roman: Index
    """Letters of Roman numerals, and Cyrillic ones that look so."""
    hundreds: Index
    """Of those C, D and M."""
    foreign_cyrillic: Index
    """Cyrillic letters of other alphabets."""
    greek: Index
    """Greek letters."""
    vowels: Index
    """Cyrillic and Latin vowels."""
    plain_latin: Index
    """a to z and A to Z."""

    readable: Flags
    """Every letter is Cyrillic or may stand for a Cyrillic one."""
    latinable: Flags
    """Every letter is Latin or looks like one."""
    borrowed: Flags
    """Has ï or è, which keyboards without Ukrainian borrow."""
    known_beginning: Flags
    """The Latin letters that the word begins with are a word of the list."""
    formula: Flags
    """A chemical formula when read as Latin."""
    ordinal: Flags
    """The ending of a number when read as Cyrillic: the х of `70-х`."""

    def __init__(self, records: NDArray[np.void]) -> None:
        """Take what the memory holds of each word."""
        self.records = records
        counts: NDArray[Any] = np.ascontiguousarray(records["counts"].T, np.intp)
        self.size, self.borders, self.cyrillic, self.latin, self.foreign, self.digits, self.strong, self.upper, self.lower = counts[:9]
        self.roman, self.hundreds, self.foreign_cyrillic, self.greek, self.vowels, self.plain_latin = counts[9:]
        self.readable, self.latinable = records["readable"], records["latinable"]
        self.borrowed, self.known_beginning = records["borrowed"], records["known_beginning"]
        self.formula, self.ordinal = records["formula"], records["ordinal"]
        self.as_cyrillic = Reading(records["channel"], records["word"], records["known"])
        self.as_latin = Reading(records["latin_channel"], records["latin_word"], records["latin_known"])
        self.first, self.last, self.glyph, self.last_glyph = (records[name] for name in ("first", "last", "glyph", "last_glyph"))

    def __len__(self) -> int:
        return len(self.records)

    def take(self, rows: Index) -> Facts:
        """Return the facts of some of the words."""
        return Facts(self.records.take(rows))
