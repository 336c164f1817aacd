"""The figures that the rules compare with, each with the cases that decided it."""

from __future__ import annotations

from typing import Final

import numpy as np

CHUNKS: Final = 3  # runs without white space: so far a word sees its neighbours in its line, on both sides
HEARD: Final = 8  # chunks: so far it hears of damage (6 lose two words of `sparse`, 16 win none and let more Latin words change)
SHARE: Final = 10  # damage counts where one in so many words that could be damaged is (8 lose a word of `sparse`, 16 win none)
NEAR: Final = 6  # characters between a Latin word and the Cyrillic letter or digit that makes it suspicious
DAMAGED: Final = 3  # damaged words: a line with more has no variables
GLUED: Final = 2.0  # nats: a digit is a letter of a word so much likelier than what is left without it (`3верніть` 2.4, `роц1` 5.1)
APART: Final = 4.0  # nats: in damage a digit is a number beside a word so much likelier than the whole (`Сервер1` 4.03, `0скільки` 1)
LITTLE: Final = 1.0  # nats: readings that differ by less are for review (`Nова` 0.1)
BEHIND: Final = np.float32(3.5)  # nats: a digit is a number behind a damaged word (at 4 `Cервер1` is Сервері, at 2 `підприємcтв0` a number)
SHORT: Final = 3  # letters
SYLLABLES: Final = 5  # letters: a pattern of hyphenation is no longer and still looks like a rare word (`3двиг`, `а1да`)
PLAUSIBLE: Final = 3.1  # nats a letter: an unknown word that is spelled like a word
FREQUENT: Final = 10.0  # nats: the few thousand commonest words
COMMON: Final = 7.2  # nats: the two hundred commonest words
FUNCTION: Final = 8.2  # nats: letters that are words (к 8.0), not abbreviations or variables (х 8.4, т 8.5)
ACRONYM: Final = 4  # letters: capitals that may be anything
SURE_ACRONYM: Final = 4.0  # nats: НАТО gains 5.5, СРСР 9.5, МВС 4.0; KPI would gain 3.9, BBC lose 4.6
LEAN: Final = np.float32(3.5)  # nats: so much likelier is a Russian word where the line is Russian, and less likely elsewhere
EITHER: Final = 6.0  # nats: less likely readings are not worth a look
RARE: Final = 13.5  # nats: for two letters, an abbreviation or a syllable rather than a word
LONGEST: Final = 24  # code points of a chunk that is remembered: one in 3,800 of Ukrainian prose has more
