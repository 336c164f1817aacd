"""Tests for words that mix scripts, or a script and digits: the conditions of the rules `IN_WORD`."""

from __future__ import annotations

import numpy as np

from . import scripts
from .case import SAME_SHAPE, Case
from .facts import Flags
from .limits import ACRONYM, COMMON, FREQUENT, PLAUSIBLE, RARE, SHORT
from .scripts import DIGIT, UPPER
from .segments import any_of


def foregone(case: Case) -> Flags:
    """Words that no line changes, but for domain labels: the tests below that ask the line hold everywhere or nowhere."""
    asks = case.facts.digits > 0  # digits_stay, known_with_digits
    asks |= (case.size == 2) & ~(case.cyrillic.known & (case.cyrillic.word <= RARE))  # rare_pair, known
    asks |= case.capitals & (case.size <= ACRONYM) & ~case.identical  # known
    if any_of(asks):
        asks &= ~(_digits_are_digits(case) & ~_common_with_digits(case))  # digits_stay comes before all these
    latin = case.latin_possible & (case.facts.latin > 0)
    asks |= latin & (~case.facts.readable | ((case.facts.latin * 3 >= case.size) & (case.gain < 0)))  # latin_wins
    asks |= case.facts.foreign_cyrillic > 0  # foreign_alphabet
    asks &= ~((case.facts.foreign_cyrillic == 0) & numeral_with_ending(case))  # which comes between these two
    if not any_of(asks):
        return ~asks
    # The rules that come before all these look at the word alone.
    return ~asks | only_cyrillic(case) | roman(case) | formula(case) | unreadable(case) | brand_with_ending(case) | known_brand(case)


def domain(case: Case) -> Flags:
    """`fаcebook.com`, `.сom`: a domain label that is Latin for the most part; in `ТCН.ua` one letter is Latin by mistake."""
    if not any_of(case.latin_possible):
        return case.latin_possible
    host = (case.inside & np.uint32(scripts.HOST)) != 0
    return case.latin_possible & host & (case.facts.latin * 2 >= case.size)


def roman(case: Case) -> Flags:
    """`XІX`: a Roman numeral, up to fifty or a year, with letters of both scripts."""
    if not any_of(case.latin_possible):
        return case.latin_possible
    only = (case.facts.roman == case.size) & case.capitals
    return only & (case.facts.foreign > 0) & (case.size > 1) & case.latin_possible & is_roman(case)


def is_roman(case: Case) -> Flags:
    """Tell which words, read as Latin, are numerals up to fifty or years: no C, no D, and M as the first letter only."""
    big = case.facts.hundreds
    return (big == 0) | ((big == 1) & ((case.first & scripts.HUNDREDS) != 0) & (case.size > SHORT))


def formula(case: Case) -> Flags:
    """`К2SO4`, `Вr`: a chemical formula with letters of both scripts."""
    if not any_of(case.facts.formula):
        return case.facts.formula
    frequent = case.cyrillic.known & (case.cyrillic.word < np.where(case.identical, RARE, COMMON))
    return case.facts.formula & ~(frequent & (case.facts.digits == 0))


def like_a_formula(case: Case) -> Flags:
    """What may be a formula by its letters."""
    latin = case.latin_possible & (case.facts.latin > 0) & (case.first & UPPER != 0) & (case.size < 12)
    return latin & ((case.facts.digits > 0) | (case.size == 2))


def unreadable(case: Case) -> Flags:
    """`СхідSide`: no script has a letter for every glyph."""
    return ~case.facts.readable & ~case.latin_possible


def brand_with_ending(case: Case) -> Flags:
    """`COVIDом`, `PRу`: a name in Latin capitals with a Cyrillic ending."""
    if not any_of(case.suffixed):
        return case.suffixed
    capitals = case.facts.upper
    named = ((case.first & UPPER) != 0) & (capitals == case.facts.foreign) & (case.facts.foreign > 1)
    return case.suffixed & named & ~case.cyrillic.known


def known_brand(case: Case) -> Flags:
    """`Appleівський`: a Latin word of the list, and an ending that it cannot have by chance."""
    if not any_of(case.suffixed):
        return case.suffixed
    likely = case.suffixed & (case.facts.foreign > SHORT) & ~case.cyrillic.known
    return likely & case.facts.known_beginning & ~case.latin.known if any_of(likely) else likely


def common(case: Case) -> Flags:
    """The reading is a word that is no rarity."""
    return case.cyrillic.known & (case.cyrillic.word < RARE) & (case.size > 2)


def foreign_alphabet(case: Case) -> Flags:
    """Words with letters of other Cyrillic alphabets: Serbian, Kazakh and others unless the word is common and stands alone."""
    only = (case.facts.foreign_cyrillic == case.facts.foreign) & (case.facts.foreign > 0)
    if not any_of(only):
        return only
    return only & (case.context.other_alphabet | ~common(case)) & ~(case.latin_possible & (case.facts.latin > 0))


def numeral_with_ending(case: Case) -> Flags:
    """`Iн`, `IIв`: a Roman numeral and one letter, as dentists write teeth."""
    if not any_of(case.suffixed):
        return case.suffixed
    roman = case.facts.roman - case.facts.hundreds
    numeral = ((case.first & (scripts.ROMAN | UPPER)) == (scripts.ROMAN | UPPER)) & (roman == case.facts.foreign)
    return case.suffixed & (case.facts.cyrillic == 1) & numeral & (case.cyrillic.word > COMMON)


def latin_wins(case: Case) -> Flags:
    """`fаcebook`, `Сorporation`: Latin letters throughout, and likelier so."""
    if not any_of(case.latin_possible):
        return case.latin_possible
    possible = case.latin_possible & (case.facts.latin > 0) & ((case.facts.digits == 0) | (case.facts.latin > 2))
    possible &= ~case.facts.readable | (case.facts.latin * 3 >= case.size)
    if not any_of(possible):
        return possible
    acronym = case.capitals & ~case.context.shouted & (case.facts.latin >= case.facts.cyrillic) & (case.context.damage == 0)
    among = (case.context.cyrillic_before | case.context.cyrillic_after | case.context.number_before) & ~acronym
    frequent = among & case.cyrillic.known & (case.cyrillic.word < FREQUENT)
    possible &= ~(case.facts.readable & frequent)
    if not any_of(possible):
        return possible
    possible &= case.latin.known | ~case.suffixed
    same = case.latin.channel <= SAME_SHAPE * (case.size - case.facts.latin)
    alone = possible & ~case.facts.readable & (case.facts.latin * 2 >= case.size) & (case.latin.known | same)
    margin = np.where(among, 3.0 + 2.0 * np.minimum(case.context.damage, 3), 0.0)
    return alone | (possible & case.facts.readable & (-case.gain > margin) & (case.latin.known | ~case.cyrillic.known))


def digits_stay(case: Case) -> Flags:
    """`3D`, `слово3`: digits that are no letters of the word."""
    if not any_of(case.facts.digits):
        return case.facts.digits > 0
    return _digits_are_digits(case) & ~small_word_with_digits(case)


def _digits_are_digits(case: Case) -> Flags:
    digits, first_digit = case.facts.digits, (case.first & DIGIT) != 0
    few = (case.size - digits < SHORT) | (digits * 2 > case.size)
    word_like = case.cyrillic.word < PLAUSIBLE * (case.size + 1)
    inner = ((case.first | case.last) & DIGIT) == 0
    zero_last = (case.last_glyph == ord("0")) & (case.size > 5)
    likely = case.cyrillic.known | (inner & (digits * 3 <= case.size) & word_like)
    likely |= (zero_last | (first_digit & (case.size > 4))) & (digits == 1) & word_like
    return (digits > 0) & (few | ~likely)


def small_word_with_digits(case: Case) -> Flags:
    """`щ0`, `а6о`, `3а` in a damaged line: common words too short to be sure of otherwise."""
    clear = ((case.first & DIGIT == 0) | (case.size > 2)) & (case.cyrillic.word < COMMON)
    return _common_with_digits(case) & ((case.context.damage > 0) | clear)


def _common_with_digits(case: Case) -> Flags:
    digits, capitals = case.facts.digits, case.facts.upper
    cased = (capitals == 0) | ((capitals == 1) & (case.first & UPPER != 0) & (case.size > 1))
    few_digits = (digits == 1) | ((digits == 2) & (case.size > SHORT))
    return cased & few_digits & case.cyrillic.known & (case.cyrillic.word < COMMON + case.size)


def rare_pair(case: Case) -> Flags:
    """Two letters whose reading is rarer than an abbreviation would be."""
    rare = (case.size == 2) & (case.cyrillic.word > RARE) & (case.facts.foreign > 0)
    return rare & ~(case.identical & (case.context.damage > 0))


def known(case: Case) -> Flags:
    """The reading is a word of the list."""
    sure = case.cyrillic.known | ((case.size == 2) & case.identical & (case.context.damage > 0))
    guess = case.capitals & (case.size <= ACRONYM) & ~case.identical & (case.context.damage == 0)
    return case.facts.readable & sure & ~guess


def known_with_digits(case: Case) -> Flags:
    """The same of words with digits for letters: `3алізнична`."""
    digits = case.facts.digits > 0
    return digits & known(case) if any_of(digits) else digits


def certain(case: Case) -> Flags:
    """A letter that only Cyrillic has, and foreign ones that are the very image of Cyrillic ones: no list is needed."""
    return case.facts.readable & case.identical & (case.facts.strong > 0) & (case.size > SHORT)


def plausible(case: Case) -> Flags:
    """A reading that is in no list, spelled as Ukrainian or Russian words are."""
    return case.facts.readable & (case.cyrillic.word < PLAUSIBLE * (case.size + 1)) & (case.size > SHORT)


def worth_a_look(case: Case) -> Flags:
    """A reading that could be a name; a proposal that nobody can pronounce is none."""
    return case.facts.readable & (case.cyrillic.word < 1.5 * PLAUSIBLE * (case.size + 1))


def only_cyrillic(case: Case) -> Flags:
    """Nothing foreign in the word but invisible characters or letters in two parts."""
    return (case.facts.foreign == 0) & (case.facts.digits == 0)
