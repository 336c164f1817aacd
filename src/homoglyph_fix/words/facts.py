"""What is known of words by themselves, whatever stands around them: counts of letters and readings."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Costs, Flags, Index
from ..letters.properties import (
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
)
from ..thresholds import RARE

SAME_SHAPE: Final = 0.55  # nats for a pair: 0.3, and what a styled letter adds
NO_WORD: Final = np.float32(1e6)  # nats
COUNTED: Final = (
    CYRILLIC, LATIN, FOREIGN, DIGIT, STRONG, UPPER, LOWER, ROMAN, HUNDREDS, FOREIGN_CYRILLIC, GREEK, VOWEL, PLAIN_LATIN,
)  # fmt: skip
RECORD: Final = np.dtype(
    [
        ("choice", "<i8"),
        ("other_choice", "<i8"),
        *((name, "<f4") for name in ("channel", "cost", "other_channel", "other_cost", "latin_channel", "latin_cost", "rest")),
        *((name, "<u4") for name in ("first", "last", "glyph", "last_glyph")),
        ("counts", "<u2", (len(COUNTED) + 2,)),
        *((name, "?") for name in ("proper", "russian", "acronym", "twofold", "readable", "latinable", "known", "latin_known")),
        *((name, "?") for name in ("borrowed", "known_beginning", "formula", "ordinal", "prefixed", "unit", "greek_unit")),
        *((name, "?") for name in ("ending", "twins", "square", "joined", "numbered", "indexed", "palochka")),
    ],
    align=True,
)
"""What is remembered of a word, in 112 bytes; what the columns mean stands at `Facts`."""



class Reading(NamedTuple):
    """What some words may have been, as columns."""

    channel: Costs  # what the replaced glyphs cost
    cost: Costs  # what the word costs: its frequency, or its n-grams
    known: Flags  # it stands in the word list

    @property
    def total(self) -> Costs:
        """What each reading costs as a whole, in nats."""
        return self.channel + self.cost


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

    choice: NDArray[np.int64]
    """Which option each letter with a choice takes in the Cyrillic reading (see `readings`)."""
    proper: Flags
    """The Cyrillic reading is a proper name in the word list."""
    russian: Flags
    """The Cyrillic reading is a word that only Russian has."""
    acronym: Flags
    """The Cyrillic reading is an acronym of Ukrainian."""
    twofold: Flags
    """There is another Cyrillic reading: a Russian one where the line is Russian (`свoe`), or the ending of a number (`1-e`)."""
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
    rest: Costs
    """What the Cyrillic word costs that is left when foreign letters or digits are taken off the edges; `NO_WORD` where none is left."""
    prefixed: Flags
    """One or two foreign letters before a Cyrillic capital that small letters follow: `xСтатус`."""
    palochka: Flags
    """A capital I between small Cyrillic letters: `хIинца`."""
    indexed: Flags
    """A quantity with its index, `Eк`, `Pвих`, and no frequent word."""
    numbered: Flags
    """Two digits and more at one edge of Cyrillic letters: `стр11`."""
    joined: Flags
    """A Latin and a Cyrillic word in one: `NeМЕХАНИК`, `файлN`, `МетодHTTP`, `несумісноюratione`."""
    greek_unit: Flags
    """The symbol of a unit with a Greek letter or a sign, or a product: `μм`, `кΩ`, `г℮`, `а⨯б`."""
    unit: Flags
    """The symbol of a unit when read as Cyrillic: `kВт`."""
    twins: Flags
    """Each foreign letter is read as a Cyrillic letter that the word has too: sets of look-alikes, `xх`, `аъьa`."""
    square: Flags
    """A piece of chess in Ukrainian and a square, a note, a date, or a mask: `Тe1`, `Сіb`, `Бxxxx`."""
    ending: Flags
    """The last letters may be an inflection: not a consonant alone, not `іі`."""
    ordinal: Flags
    """The ending of a number when read as Cyrillic: the х of `70-х`."""

    def __init__(self, records: NDArray[np.void]) -> None:
        """Take what the memory holds of each word."""
        self.records = records
        counts: NDArray[Any] = np.ascontiguousarray(records["counts"].T, np.intp)
        self.size, self.borders, self.cyrillic, self.latin, self.foreign, self.digits, self.strong, self.upper, self.lower = counts[:9]
        self.roman, self.hundreds, self.foreign_cyrillic, self.greek, self.vowels, self.plain_latin = counts[9:]
        self.choice, self.proper = records["choice"], records["proper"]
        self.russian, self.acronym, self.twofold = records["russian"], records["acronym"], records["twofold"]
        self.readable, self.latinable = records["readable"], records["latinable"]
        self.borrowed, self.known_beginning = records["borrowed"], records["known_beginning"]
        self.formula, self.ordinal = records["formula"], records["ordinal"]
        self.rest, self.prefixed, self.unit = records["rest"], records["prefixed"], records["unit"]
        self.greek_unit, self.ending = records["greek_unit"], records["ending"]
        self.twins, self.square, self.joined = records["twins"], records["square"], records["joined"]
        self.numbered, self.indexed, self.palochka = records["numbered"], records["indexed"], records["palochka"]
        self.as_cyrillic = Reading(records["channel"], records["cost"], records["known"])
        self.as_latin = Reading(records["latin_channel"], records["latin_cost"], records["latin_known"])
        self.first, self.last, self.glyph, self.last_glyph = (records[name] for name in ("first", "last", "glyph", "last_glyph"))

    def __len__(self) -> int:
        return len(self.records)

    def with_other(self, rows: Index) -> Facts:
        """Return the same facts, but for some words with the other of their Cyrillic readings, which is no name and no acronym."""
        records = self.records.copy()
        for name in ("choice", "channel", "cost"):
            records[name][rows] = self.records[f"other_{name}"][rows]
        records["known"][rows], records["russian"][rows] = True, ~self.ordinal[rows]
        records["proper"][rows] = records["acronym"][rows] = False
        return Facts(records)

    @cached_property
    def gain(self) -> NDArray[np.float32]:
        """By how many nats the Cyrillic reading is likelier than the Latin one."""
        return self.as_latin.total - self.as_cyrillic.total

    @cached_property
    def latin_possible(self) -> Flags:
        """Words that hold Cyrillic letters, or such as look so, and can be read as Latin altogether."""
        return self.latinable & (self.cyrillic + self.foreign > self.latin)

    @cached_property
    def suffixed(self) -> Flags:
        """A Latin beginning and a Cyrillic ending in small letters: `COVIDом`, `PRу`, `Googleу`."""
        foreign_first = (self.first & np.uint32(CYRILLIC | DIGIT)) == 0
        return (self.borders == 1) & foreign_first & ((self.last & np.uint32(CYRILLIC | LOWER)) == (CYRILLIC | LOWER))

    @cached_property
    def inflected(self) -> Flags:
        """The same where the ending may be one: not so `QTс`, `pallasіі`."""
        return self.suffixed & self.ending

    @cached_property
    def common(self) -> Flags:
        """The Cyrillic reading is a word that is no rarity."""
        return self.as_cyrillic.known & (self.as_cyrillic.cost < RARE) & (self.size > 2)
