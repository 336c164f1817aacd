"""How likely is a spelling: a word list with frequencies and a character n-gram model, both compiled into `_data/`.

Everything works on *letter codes*, small integers that ignore case: 1 to 39 for the Cyrillic letters of Ukrainian, Russian and
Belarusian and the apostrophe, 65 to 90 for Latin a to z, 0 for anything else and for the edge of a word. Costs are in nats
(minus the natural logarithm of a probability), so they add up with the costs of the confusable table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays.hashing import random_numbers
from ..arrays.ragged import Costs
from .apostrophes import FALSE
from .data_files import load

CYRILLIC: Final = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэў'"
LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
APOSTROPHES: Final = "'’ʼ`‘´"
LATIN_BASE: Final = 64
ORDER: Final = 4
CYRILLIC_SIZE: Final = len(CYRILLIC) + 1
LATIN_SIZE: Final = len(LATIN) + 1
NATS_PER_STEP: Final = 1 / 12  # a cost is stored as one byte: 0 to 21.2 nats
POSITIONS: Final = 48  # letters after the 48th use the keys of the first again: such words are in no list
PROPER: Final = 0x100  # the marks of an entry
RUSSIAN: Final = 0x200
ACRONYM: Final = 0x400
VALUE_BITS: Final = 11  # of an entry: its cost and its marks; the rest is the fingerprint
_SEED: Final = 0x686F6D6F

Points = NDArray[np.uint32]
Codes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]


def _letter_codes() -> Codes:
    table = np.zeros(0x10000, np.uint8)
    for base, letters in ((1, CYRILLIC), (LATIN_BASE + 1, LATIN)):
        for number, letter in enumerate(letters, base):
            table[ord(letter)] = table[ord(letter.upper())] = number
    for mark in APOSTROPHES + FALSE:
        table[ord(mark)] = len(CYRILLIC)
    return table


CODE: Final = _letter_codes()
"""The letter code of each code point of the Basic Multilingual Plane."""

SILENT: Final = 127  # the code of what stands behind a word and is no part of it: its keys are 0
KEYS: Final[Hashes] = random_numbers(POSITIONS * 128, _SEED).reshape(POSITIONS, 128)
KEYS[:, SILENT] = 0
"""Zobrist keys: the hash of a word is the sum, modulo 2**64, of `KEYS[position, code]`.

A sum, so the hash of a reading is the hash of the word plus one difference for each letter that is read otherwise.
"""


def hash_words(codes: Codes, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Hashes:
    """Hash the words `codes[start:end]`, none of them empty.

    >>> codes = CODE[np.frombuffer("мамама".encode("utf-16-le"), np.uint16)]
    >>> a, b = hash_words(codes, np.array([0, 2]), np.array([4, 6]))
    >>> bool(a == b)
    True
    """
    if not len(starts):
        return np.zeros(0, np.uint64)
    lengths = ends - starts
    first = lengths.cumsum() - lengths
    within = np.arange(int(lengths.sum())) - first.repeat(lengths)
    letters = codes[starts.repeat(lengths) + within]
    return np.add.reduceat(KEYS[within % POSITIONS, letters], first)


@dataclass(frozen=True, slots=True)
class Language:
    """The compiled word list and n-gram model; use `language()` to get the one that is shipped."""

    entries: NDArray[np.uint32]
    """`[buckets, 4]`: 21 bits of fingerprint, a bit each for "acronym", "Russian" and "proper name", 8 bits of cost; 0 is an empty slot."""
    cyrillic: NDArray[np.uint8]
    """`[40**4]` steps: the cost of a letter after three others."""
    latin: NDArray[np.uint8]
    """`[27**4]` steps: the same for Latin letters."""

    def look_up(self, hashes: Hashes) -> NDArray[np.uint32]:
        """Return the entry of each word, 0 where it is unknown (one unknown word in 250,000 passes for a known one)."""
        fingerprint = fingerprints(hashes)
        found = np.zeros(len(hashes), np.uint32)
        for bucket in buckets(hashes, len(self.entries)):
            slots = self.entries[bucket]
            for column in range(4):
                slot = slots[:, column]
                np.copyto(found, slot, where=(slot >> VALUE_BITS) == fingerprint)
        return found

    def word_costs(self, entries: NDArray[np.uint32]) -> Costs:
        """Turn entries into nats; infinity where the word is unknown."""
        return np.where(entries == 0, np.float32(np.inf), (entries & 0xFF) * np.float32(NATS_PER_STEP)).astype(np.float32)

    def spelling_costs(self, codes: Codes, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Costs:
        """Return what each word costs by its n-grams alone, both edges included, in nats.

        A word must be of one script; a letter of the other one is read as an edge.
        """
        if not len(starts):
            return np.zeros(0, np.float32)
        lengths = ends - starts + 1
        first = lengths.cumsum() - lengths
        within = np.arange(int(lengths.sum())) - first.repeat(lengths)
        at = starts.repeat(lengths) + within
        is_latin = np.repeat(codes[starts] > LATIN_BASE, lengths)
        letters = codes[np.minimum(at, len(codes) - 1)].astype(np.int32)
        letters = np.where(is_latin, np.maximum(letters - LATIN_BASE, 0), np.where(letters < CYRILLIC_SIZE, letters, 0))
        letters[within == np.repeat(lengths - 1, lengths)] = 0
        size = np.where(is_latin, LATIN_SIZE, CYRILLIC_SIZE)
        index = letters
        weight = size
        for back in range(1, ORDER):
            before = np.zeros_like(letters)
            before[back:] = letters[:-back]
            before[within < back] = 0
            index = index + before * weight
            weight = weight * size
        steps = np.where(is_latin, self.latin[np.where(is_latin, index, 0)], self.cyrillic[np.where(is_latin, 0, index)])
        return np.add.reduceat(steps, first, dtype=np.float32) * np.float32(NATS_PER_STEP)


def is_proper(entries: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which entries are proper names."""
    return (entries & np.uint32(PROPER)) != 0


def is_russian(entries: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which entries are words of Russian that Ukrainian does not have."""
    return (entries & np.uint32(RUSSIAN)) != 0


def is_acronym(entries: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which entries are acronyms of Ukrainian."""
    return (entries & np.uint32(ACRONYM)) != 0


def fingerprints(hashes: Hashes) -> NDArray[np.uint32]:
    """Return the 21 bits of a hash that are stored in the table, never 0."""
    top: Hashes = np.maximum(hashes >> np.uint64(32 + VALUE_BITS), np.uint64(1))
    return top.astype(np.uint32)


def buckets(hashes: Hashes, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the two buckets, out of `count`, in which a word may stand (a cuckoo table with buckets of four)."""
    low = hashes & np.uint64(0xFFFFFFFF)
    other = (hashes * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
    size = np.uint64(count)
    return ((low * size) >> np.uint64(32)).astype(np.intp), ((other * size) >> np.uint64(32)).astype(np.intp)


@cache
def language() -> Language:
    """Load the shipped model, once for a process, memory-mapped."""
    return Language(load("lexicon"), load("cyrillic"), load("latin"))
