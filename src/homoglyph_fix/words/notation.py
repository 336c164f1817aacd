"""Notations with an alphabet of their own: chemical formulas, and endings of numbers."""

from __future__ import annotations

from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from ..arrays.ragged import Flags
from ..text.encodings import decode
from .readings import spell_cyrillic, spell_latin
from .tokens import Chosen

ELEMENTS: Final = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd "
    "In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu"
).split()
_FORMULA: Final = regex.compile(f"(?:(?:{'|'.join(sorted(ELEMENTS, key=len, reverse=True))})[0-9]{{0,3}})+|[A-Z](?:max|min)|[pr]H")
_EXTREME: Final = regex.compile("[A-Z](?:max|min)")
# A piece and squares in Latin letters; a note with its flat; a date and a time.
_SQUARE: Final = regex.compile(
    "(?:Кр|[КФТСЛП])[xх:]?[a-h]?[1-8]?[xх:]?[a-h][1-8]|(?:До|Ре|Мі|Фа|Соль|Ля|Сі)b"
    "|[nu](?:Ф|А|В|Вт|с|м|Гн|г|л|Кл|Тл|моль)"  # nano is no п, pico
    r"|([А-Я])\1+T([А-Я])\2+"  # `РРРР-ММ-ДДTГГ`
)
LONGEST_SQUARE: Final = 6
# What physics and engineering write as an index of a quantity: Eк, Pвих, Tпов, Iном.
INDICES: Final = (
    "вих вх ном сер ср макс мін поч кін пот пов повн кор корисн вик заг екв атм тер тяг арх пруж пит опт доп осн шт зг кр оп інд еф "
    "роб наг нас лін кут рез зовн внутр гар хол газ рід тв пл кип вип конд ізол зн пуск мереж дв ген тр ел мех тепл св хв сп зв кб бе "
    "бк зап міц обр прод ком пост змін розр факт норм план дот рад верт гор перв втор встан ст гр пр вп вд дійсн уявн від рух взаєм "
    "опор витр сум".split()
)
_INDEXED: Final = regex.compile(f"(?:[A-Za-zΑ-Ωα-ω]|[A-ZΔ][A-Z])(?:[бвгґджзклмнпрстфхцчшщ]{{1,3}}|{'|'.join(INDICES)})")
LONGEST_INDEXED: Final = 2 + max(map(len, INDICES))
ORDINAL_ENDINGS: Final = "а я у ю і ї й е є х го му ма ми им ою ої их та ти те ту ій ім".split()
LONGEST_ENDING: Final = 3
UNITS: Final = frozenset(
    prefix + unit
    for unit in "Вт Гц Ом Па Дж Кл Тл Вб Гн Зв Бк Гр См Ф В А Н Б байт біт кал моль еВ".split()
    for prefix in ("", *"кМГТПмнпдсЕ", "мк", "да")
)
_GREEK_UNIT: Final = regex.compile("[μµ](?:м|г|с|л|А|В|Вт|Ф|Гн|Ом|Кл|Па|Тл|Зв|Гр|Кі|бар|моль|кат)|[кМГТм]?Ω(?:м|см)?")
SIGNS: Final = 0x212E, 0x2A2F  # ℮ after the weight of a package, ⨯ between two variables; inside longer words they are letters
_SIGNED: Final = regex.compile(r"(?:м?г|кг|м?л|m?g|kg|m?l)℮|\w⨯\w")
LONGEST_UNIT: Final = max(map(len, UNITS))
_ENDINGS: Final = np.array([sum(ord(c) << (21 * place) for place, c in enumerate(ending)) for ending in ORDINAL_ENDINGS], np.uint64)


def are_formulas(chosen: Chosen, extremes: Flags) -> Flags:
    """Tell which words are formulas when read as Latin: `К2SO4`, `MgО`, `Сmax`, `pН`; of some only those with max and min."""
    letters = spell_latin(chosen).letters
    spans = zip(chosen.first.tolist(), chosen.size.tolist(), np.where(extremes, _EXTREME, _FORMULA), strict=True)
    return np.array([pattern.fullmatch(decode(letters[first : first + size])) is not None for first, size, pattern in spans], bool)


def are_units(chosen: Chosen, choice: NDArray[np.int64]) -> Flags:
    """Tell which words are symbols of units when read as Cyrillic, capitals and small letters as they stand: `kВт`."""
    letters = spell_cyrillic(chosen, choice).letters
    spans = zip(chosen.first.tolist(), chosen.size.tolist(), strict=True)
    return np.array([decode(letters[first : first + size]) in UNITS for first, size in spans], bool)


def are_greek_units(chosen: Chosen) -> Flags:
    """Tell which words are symbols of units with a Greek letter: `μм`, `кΩ`."""
    return _are(_GREEK_UNIT, chosen)


def are_signed(chosen: Chosen) -> Flags:
    """Tell which words are measures or products with a sign of their own: `г℮`, `а⨯б`."""
    return _are(_SIGNED, chosen)


def _are(pattern: regex.Pattern[str], chosen: Chosen) -> Flags:
    """Tell which words match as they stand."""
    spans = zip(chosen.first.tolist(), chosen.size.tolist(), strict=True)
    return np.array([pattern.fullmatch(decode(chosen.glyph[first : first + size])) is not None for first, size in spans], bool)


def are_squares(chosen: Chosen) -> Flags:
    """Tell which words are moves in Ukrainian chess, notes, dates, or keys for yes and no: `Тe1`, `Сіb`, `oOгГ`."""
    letters, ends = decode(chosen.glyph), (chosen.first + chosen.size).tolist()
    words = [letters[first:last] for first, last in zip(chosen.first.tolist(), ends, strict=True)]
    return np.array([_SQUARE.fullmatch(word) is not None or _are_pairs(word) for word in words], bool)


def are_indexed(chosen: Chosen) -> Flags:
    """Tell which words are a quantity with its index: `Eк`, `Pвих`."""
    return _are(_INDEXED, chosen)


def _are_pairs(letters: str) -> bool:
    """Tell whether letters are pairs of small and capital, as keys for yes and no are given: `oOгГ`."""
    pairs = [letters[at : at + 2] for at in range(0, len(letters), 2)]
    return len(pairs) > 1 and all(len(pair) == 2 and pair[0] != pair[1] and pair[0].lower() == pair[1].lower() for pair in pairs)


def are_ordinal_endings(chosen: Chosen, choice: NDArray[np.int64]) -> Flags:
    """Tell which words, of `LONGEST_ENDING` letters at most, are endings of numbers when read as Cyrillic: the х of `70-х`."""
    if not len(chosen):
        return np.zeros(0, bool)
    letters = spell_cyrillic(chosen, choice).letters.astype(np.uint64) << (chosen.place.astype(np.uint64) * np.uint64(21))
    return np.isin(np.add.reduceat(letters, chosen.first), _ENDINGS)
