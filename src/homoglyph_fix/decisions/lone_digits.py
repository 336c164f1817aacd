"""A lone 3 or 6 between Cyrillic words: a number, or the preposition з or the particle б?

Real text has a true number in nearly every word, so a lone digit is a word only where its neighbours say so by their endings: after
з stands an instrumental (`3 такою метою`) or, at the beginning of a sentence, a genitive (`3 іншого боку`); б follows a verb of the past
and stands before a function word (`мала 6 зараз`). A number before a noun in such a case is rare; months and numbered things are named.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ..arrays.ragged import Flags, Index, any_of
from ..letters.confusables import confusables
from ..letters.properties import COMMA, DASH, DIGIT, FOREIGN, HYPHEN, NEWLINE, SENTENCE_END, SPACE
from ..text.encodings import decode
from ..words.features import Features
from ..words.tokens import Words
from .neighbours import PREPOSITIONS

INSTRUMENTAL: Final = ("ою", "ею", "єю", "им", "ом", "ем")
PLURAL: Final = ("ами", "ями", "ими", "ьми")  # instrumental too, but `3 кілограми`, `3 зими` end so: proof in damage only
GENITIVE: Final = ("ого", "ього", "ої", "ьої")
PRONOUNS: Final = ("нього", "неї", "них")
NUMBERED: Final = tuple(
    "пункт частин статт розділ глав додат клас варіант груп номер рис табл кімнат серії серія сезон том випуск квартир будин під'їзд "
    "платформ рівен етап місц курс рол ход параграф сторін рядк част канал порт слот диск датчик контакт двигун доріжк камер екран "
    "осцил лінії шар режим профіл регістр фільтр сегмент зон № січня лютого березня квітня травня червня липня серпня "
    "вересня жовтня листопада грудня".split()
)
ABBREVIATED: Final = frozenset({"ст", "п", "пп", "ч", "т"})
ADVERBS: Final = frozenset("разом гуртом рядом слідом цілком кругом".split())  # `усі 3 разом`: they end as nouns do after з
PAST: Final = ("ла", "ло", "ли", "хоча", "якби", "коли", "хто", "що")
COUNTING: Final = frozenset("було були стало отримали купили прийшло".split())  # verbs of the past that numbers follow
NUMBERS_FOLLOW: Final = PREPOSITIONS | {"і", "та", "й", "близько", "понад"}
FUNCTION_WORDS: Final = frozenset(
    "у в не тому зараз так вже ще це ж ти ви я він вона вони мене тебе його її нас вас їх їм нам вам ніхто ніколи".split()
)
COMPOUNDS: Final = frozenset("під за над поміж посеред поза серед попід проміж понад перед".split())


def is_digit_word(word: Features) -> Flags:
    """Tell which words are a lone digit that stands for a word."""
    single = word.is_one_of("36")
    if not any_of(single):
        return single
    here, three = word.context, word.is_one_of("3")
    between = (here.cyrillic_before | here.starts) & here.cyrillic_after
    spaced = between & (word.after == SPACE) & ~here.tabbed
    found = word.ask(_make_compounds, three & between & (word.after == HYPHEN)) | word.ask(_are_prepositions, three & spaced)
    found = found | word.ask(_are_prepositions_in_damage, three & spaced & (here.damage > 0))
    return found | word.ask(_are_particles, word.is_one_of("6") & spaced & (word.before == SPACE))


def _make_compounds(words: Words, index: Index) -> Flags:
    """`3-під`: the first part of a preposition of two."""
    return np.array([_as_cyrillic(words, word, 1) in COMPOUNDS for word in index.tolist()], bool)


def _are_prepositions(words: Words, index: Index) -> Flags:
    """`3 такою метою`, `3 іншого боку`: what follows stands in a case that з asks for."""
    found = np.zeros(len(index), bool)
    for row, word in enumerate(index.tolist()):
        before, after = _as_cyrillic(words, word, -1), _as_cyrillic(words, word, 1)
        begins = bool(words.before[word] & np.uint32(NEWLINE | SENTENCE_END | DASH | COMMA))
        if not _is_numbered(before, after) and (not begins or before == "" or len(before) > 3):
            found[row] = after.endswith(INSTRUMENTAL) or (begins and (after.endswith(GENITIVE) or after in PRONOUNS))
    return found


def _are_prepositions_in_damage(words: Words, index: Index) -> Flags:
    """The same where other words are damaged, in the middle of a sentence and in the plural too."""
    found = np.zeros(len(index), bool)
    for row, word in enumerate(index.tolist()):
        after = _as_cyrillic(words, word, 1)
        proof = after.endswith((*INSTRUMENTAL, *GENITIVE, *PLURAL)) or after in PRONOUNS
        found[row] = proof and not _is_numbered(_as_cyrillic(words, word, -1), after)
    return found


def _is_numbered(before: str, after: str) -> bool:
    known = before in NUMBERS_FOLLOW or before in ABBREVIATED or after in ABBREVIATED or after in ADVERBS
    return known or before.startswith(NUMBERED) or after.startswith(NUMBERED)


def _are_particles(words: Words, index: Index) -> Flags:
    """`мала 6 зараз`: б after a verb of the past and before a function word."""
    found = np.zeros(len(index), bool)
    for row, word in enumerate(index.tolist()):
        before = _as_cyrillic(words, word, -1)
        found[row] = before.endswith(PAST) and before not in COUNTING and _as_cyrillic(words, word, 1) in FUNCTION_WORDS
    return found


def _as_cyrillic(words: Words, word: int, step: int) -> str:
    """Return the neighbour of a word in small letters, lookalikes read as Cyrillic; "" where there is none."""
    place = word + step
    if not words.together(word, place):
        return ""
    glyphs = words.glyph[words.first[place] : words.last[place]]
    plain = not words.inside[place] & np.uint32(FOREIGN | DIGIT)
    return decode(glyphs if plain else confusables().as_cyrillic(glyphs)).lower()
