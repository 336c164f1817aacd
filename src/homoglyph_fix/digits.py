"""A lone 3 or 6 between Cyrillic words: a number, or the preposition з or the particle б?

Real text has a true number in nearly every case, so a lone digit is a word only where its neighbours say so by their endings: after
з stands an instrumental (`3 такою метою`) or, at the beginning of a sentence, a genitive (`3 іншого боку`); б follows a verb of the past
and stands before a function word (`мала 6 зараз`). A number before a noun in such a case is rare; months and numbered things are named.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .case import Case
from .confusables import confusables
from .language import CODE
from .scripts import COMMA, DASH, DIGIT, FOREIGN, HYPHEN, NEWLINE, SENTENCE_END, SPACE
from .segments import Index, any_of, where
from .tokens import decode

INSTRUMENTAL: Final = ("ою", "ею", "єю", "ами", "ями", "им", "ими", "ьми", "ом", "ем")
GENITIVE: Final = ("ого", "ього", "ої", "ьої")
PRONOUNS: Final = ("нього", "неї", "них")
NUMBERED: Final = tuple(
    "пункт частин статт розділ глав додат клас варіант груп номер рис табл кімнат серії серія сезон том випуск квартир будин під'їзд "
    "платформ рівен етап місц курс рол ход параграф сторін рядк част ст п № січня лютого березня квітня травня червня липня серпня "
    "вересня жовтня листопада грудня".split()
)
COUNTED_ENDINGS: Final = ("и", "і", "а", "я", "ів", "їв", "ь", "но", "то")
PAST: Final = ("ла", "ло", "ли", "хоча", "якби", "коли", "хто", "що")
COUNTING: Final = frozenset("було були стало отримали купили прийшло".split())  # verbs of the past that numbers follow
PREPOSITIONS: Final = frozenset("з із зі і та й до від на по за у в о при без для про через після між над під близько понад".split())
FUNCTION_WORDS: Final = frozenset(
    "у в не тому зараз так вже ще це ж ти ви я він вона вони мене тебе його її нас вас їх їм нам вам ніхто ніколи".split()
)
COMPOUNDS: Final = frozenset("під за над поміж посеред поза серед попід проміж понад перед".split())


def is_digit_word(case: Case) -> NDArray[np.bool_]:
    """Tell which words are a lone digit that stands for a word."""
    found = np.zeros(len(case), bool)
    single = case.is_one_of("36")
    if not any_of(single):
        return found
    rows = where(single & (case.context.cyrillic_before | case.context.starts) & case.context.cyrillic_after)
    for row in rows[_may_be(case, rows)].tolist():
        found[row] = (_is_preposition if case.glyph[row] == ord("3") else _is_particle)(case, row)
    return found


def _may_be(case: Case, rows: Index) -> NDArray[np.bool_]:
    """Tell which digits may be words by the last two letters of a neighbour: 9 of 53 in 3.5 MB of sound text."""
    if not len(rows):
        return np.zeros(0, bool)
    three = case.glyph[rows] == ord("3")
    before, after = (_last_two(case, case.index[rows] + step) for step in (-1, 1))
    preposition = _PREPOSITION_ENDS[after] | (case.after[rows] == HYPHEN) | (case.context.damage[rows] > 0)
    particle = _PARTICLE_ENDS[before] & (case.before[rows] == SPACE) & (case.after[rows] == SPACE)
    return np.where(three, preposition, particle)


def _last_two(case: Case, index: Index) -> NDArray[np.uint16]:
    """Return the codes of the last two letters of some words, lookalikes read as Cyrillic, as one number."""
    words = case.words
    index = np.clip(index, 0, len(words) - 1)
    last = words.last[index] - 1
    codes = []
    for place in (np.maximum(last - 1, words.first[index]), last):
        codes.append(CODE.take(confusables().as_cyrillic(words.glyph[place]), mode="clip").astype(np.uint16))
    return codes[0] * np.uint16(0x100) + codes[1]


def _ends(words: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return a table that tells which two letters end one of some words."""
    found = np.zeros(0x10000, bool)
    found[[int(CODE[ord(word[-2])]) * 0x100 + int(CODE[ord(word[-1])]) for word in words]] = True
    return found


_PREPOSITION_ENDS: Final = _ends((*INSTRUMENTAL, *GENITIVE, *PRONOUNS))
_PARTICLE_ENDS: Final = _ends(PAST)


def _is_preposition(case: Case, row: int) -> bool:
    after = _neighbour(case, row, 1)
    if case.after[row] == HYPHEN:
        return after in COMPOUNDS
    if case.after[row] != SPACE:
        return False
    before = _neighbour(case, row, -1)
    if before in PREPOSITIONS or before.startswith(NUMBERED) or after.startswith(NUMBERED):
        return False
    damaged = case.context.damage[row] > 0
    if damaged and len(after) > 2 and not after.endswith(COUNTED_ENDINGS):
        return True
    begins = bool(case.before[row] & np.uint32(NEWLINE | SENTENCE_END | DASH | COMMA))
    if begins and not (before == "" or len(before) > 3):
        return False
    return after.endswith(INSTRUMENTAL) or (begins and after.endswith((*GENITIVE, *PRONOUNS)))


def _is_particle(case: Case, row: int) -> bool:
    if case.before[row] != SPACE or case.after[row] != SPACE:
        return False
    before = _neighbour(case, row, -1)
    return before.endswith(PAST) and before not in COUNTING and _neighbour(case, row, 1) in FUNCTION_WORDS


def _neighbour(case: Case, row: int, step: int) -> str:
    """Return the neighbour of a word in small letters, lookalikes read as Cyrillic; "" where there is none."""
    words, place = case.words, int(case.index[row]) + step
    if not words.together(int(case.index[row]), place):
        return ""
    glyphs = words.glyph[words.first[place] : words.last[place]]
    plain = not words.inside[place] & np.uint32(FOREIGN | DIGIT)
    return decode(glyphs if plain else confusables().as_cyrillic(glyphs)).lower()
