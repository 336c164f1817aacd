"""Whose words stand in a stretch of text: Ukrainian ones, or Russian and Belarusian ones."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Flags, Index, where
from ..letters.language import CODE, hash_words, is_russian, language
from ..letters.properties import CYRILLIC, DIGIT, FOREIGN
from ..thresholds import HEARD
from .tokens import Chosen, Words

RUSSIAN_LETTERS: Final = CODE[[ord(letter) for letter in "ёъыэў"]]
OURS: Final = ord("і")  # no Russian word has it
UKRAINIAN_LETTERS: Final = CODE[[ord(letter) for letter in "їєґ"]]


def leaning(words: Words, low: Index, high: Index) -> NDArray[np.int8]:
    """Return for each word of some stretches 1 if it is Ukrainian for certain, -1 if it is Russian or Belarusian, else 0.

    A word is so by a letter of its own, or because the list has it as one that only Russian has.
    """
    leaning = np.zeros(len(words), np.int8)
    covered = np.zeros(len(words) + 1, np.intp)
    np.add.at(covered, low, 1)
    np.add.at(covered, high, -1)
    index = where((covered.cumsum()[:-1] > 0) & ((words.inside & np.uint32(CYRILLIC)) != 0))
    if not len(index):
        return leaning
    some = Chosen(words, index)
    codes = CODE.take(some.glyph, mode="clip")
    russian = np.logical_or.reduceat(np.isin(codes, RUSSIAN_LETTERS), some.first)
    ukrainian = np.logical_or.reduceat(np.isin(codes, UKRAINIAN_LETTERS), some.first)
    plain = (words.inside[index] & np.uint32(FOREIGN | DIGIT)) == 0
    listed = is_russian(language().look_up(hash_words(codes, some.first, some.first + some.size)))
    leaning[index] = ukrainian.astype(np.int8) - (russian | (plain & listed))
    return leaning


def in_russian(words: Words, index: Index) -> Flags:
    """Tell which words have Russian words near by and no letter і: a few Ukrainian words are in the Russian list alone (`ей`)."""
    low, high = words.within(index, HEARD)
    ours = where(words.points == OURS)
    found = ours.searchsorted(words.start[low]) == ours.searchsorted(words.end[high - 1])
    rows = where(found)  # in Ukrainian text hardly any is left
    if len(rows):
        low, high = low[rows], high[rows]
        balance = np.append(0, leaning(words, low, high).cumsum())
        found[rows] = balance[high] < balance[low]
    return found
