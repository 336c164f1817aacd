"""Notations with an alphabet of their own, formulas and endings of numbers, and the nouns and surnames beside a lone letter."""

from __future__ import annotations

from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from .language import CODE, hash_words, is_proper, language
from .readings import spell_cyrillic, spell_latin
from .scripts import UPPER
from .segments import Index, where
from .tokens import Chosen, Words, decode

ELEMENTS: Final = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd "
    "In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu"
).split()
_FORMULA: Final = regex.compile(f"(?:(?:{'|'.join(sorted(ELEMENTS, key=len, reverse=True))})[0-9]{{0,3}})+")
ROMAN_NUMBERED: Final = tuple(
    "квартал півріч місц ранг клас категор груп тип тур етап частин розділ том курс ступ рівн рівен ряд столітт половин фаз стаді сорт "
    "форум з'їзд конгрес конференц світов всеукраїнськ міжнародн національн універсал чемпіонат фестивал дивізіон ліг поверх корпус черг "
    "тисячолітт отаманськ вікторіан зон триместр декад симпозіум всесвітн печерськ річниц".split()
)
LABELS: Final = tuple(
    "змінн функці вісь осі осей віссю графік літер букв індекс лічильник клавіш параметр координат числ величин "
    "коефіцієнт одиниц точк вектор сторон кут номер елемент символ знак варіант кожн аргумент значенн констант розмір клас груп "
    "вітамін гепатит план пункт тип рівн".split()
)
SURNAMES: Final = tuple("енко енка енку чук чука юк юка ський ська ського ському ської ську цький цька цького цькому ович евич".split())
ORDINAL_ENDINGS: Final = "а я у ю і ї й е є х го му ма ми им ою ої их та ти те ту ій ім".split()
LONGEST_ENDING: Final = 3
_ENDINGS: Final = np.array([sum(ord(c) << (21 * place) for place, c in enumerate(ending)) for ending in ORDINAL_ENDINGS], np.uint64)


def are_formulas(chosen: Chosen) -> NDArray[np.bool_]:
    """Tell which words are chemical formulas when read as Latin: `К2SO4`, `Вr`."""
    letters = spell_latin(chosen).letters
    spans = zip(chosen.first.tolist(), chosen.size.tolist(), strict=True)
    return np.array([_FORMULA.fullmatch(decode(letters[first : first + size])) is not None for first, size in spans], bool)


def are_ordinal_endings(chosen: Chosen, choice: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which words, of `LONGEST_ENDING` letters at most, are endings of numbers when read as Cyrillic: the х of `70-х`."""
    if not len(chosen):
        return np.zeros(0, bool)
    letters = spell_cyrillic(chosen, choice).letters.astype(np.uint64) << (chosen.place.astype(np.uint64) * np.uint64(21))
    return np.isin(np.add.reduceat(letters, chosen.first), _ENDINGS)


def before_numbered(words: Words, chosen: Index, candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which candidates stand before a noun that is counted in Roman numerals, or before another numeral: `I квартал`, `I та II`."""
    found = np.zeros(len(chosen), bool)
    for row in where(candidates).tolist():
        word = int(chosen[row])
        after = [words.text(place).lower() for place in (word + 1, word + 2) if words.together(word, place)]
        numeral = len(after) == 2 and after[0] in ("і", "та", "й", "i") and not after[1].strip("ivxіх")
        found[row] = numeral or (bool(after) and after[0].startswith(ROMAN_NUMBERED))
    return found


def after_label(words: Words, chosen: Index, candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which candidates stand after a noun that takes a letter for its name: `змінна i`, `вісь y`."""
    found = np.zeros(len(chosen), bool)
    rows = where(candidates)
    for row in rows[where(_begin_like(words, chosen[rows] - 1, _LABEL_BEGINNINGS))].tolist():
        word = int(chosen[row])
        found[row] = words.together(word, word - 1) and words.text(word - 1).lower().startswith(LABELS)
    return found


def _begin_like(words: Words, index: Index, beginnings: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell which words begin with the letters of one of these beginnings; -1 is no word."""
    key = np.zeros(len(index), np.intp)
    first, last = words.first[index], words.last[index] - 1
    for place in range(BEGINNING):
        key = key * 0x80 + CODE.take(words.glyph[np.minimum(first + place, last)], mode="clip")
    return (beginnings.take(beginnings.searchsorted(key), mode="clip") == key) & (index >= 0)


def _beginnings(words: tuple[str, ...]) -> NDArray[np.intp]:
    codes = CODE[[[ord(letter) for letter in word[:BEGINNING]] for word in words]].astype(np.intp)
    return np.sort(codes @ (0x80 ** np.arange(BEGINNING - 1, -1, -1)))


BEGINNING: Final = 3  # letters: all labels have as many
_LABEL_BEGINNINGS: Final = _beginnings(LABELS)


def before_name(words: Words, chosen: Index, candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which candidates stand before a capitalised word that ends like a surname, or that the list has as a name or not at all."""
    found = np.zeros(len(chosen), bool)
    rows = where(candidates & (chosen + 1 < len(words)))
    after = chosen[rows] + 1
    capitalised = (words.inside[after] & np.uint32(UPPER)) != 0
    kept = where((words.line[after] == words.line[after - 1]) & capitalised & (words.size[after] > 2))
    rows, after = rows[kept], after[kept]
    if len(rows):
        names = Chosen(words, after)
        codes = CODE.take(names.glyph, mode="clip")
        entry = language().look_up(hash_words(codes, names.first, names.first + names.size))
        found[rows] = (entry == 0) | is_proper(entry)
        for place in where(~found[rows]).tolist():
            found[rows[place]] = words.text(int(after[place])).endswith(SURNAMES)
    return found
