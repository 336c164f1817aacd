"""Tests for words without a certain Cyrillic letter, about which the line decides: the conditions of the rules `STANDALONE`."""

from __future__ import annotations

from typing import Final

import numpy as np

from ..arrays.ragged import Flags, any_of
from ..letters import properties as scripts
from ..letters.properties import CLOSING, COMMA, DASH, DOT, HYPHEN, LOWER, NEWLINE, OPENING, SPACE, TECHNICAL, UPPER
from ..thresholds import COMMON, DAMAGED, EITHER, FUNCTION, RARE, SHORT, SURE_ACRONYM
from ..words.features import Features
from ..words.leaning import in_russian
from .neighbours import (
    after_digit,
    after_name,
    after_year,
    are_names,
    are_variables,
    before_initial,
    before_instrumental,
    before_long_word,
    before_name,
    before_numbered,
    quoted_numbers,
)

NUMERALS: Final = range(0x2160, 0x2189)  # Roman numerals that are one character: letters inside words, numbers where they stand alone
OTHER_SCRIPTS: Final = (
    *(0x530, 0x1D00),  # from Armenian to Vedic
    *(0x2C00, 0x2C60),  # Glagolitic
    *(0x2C80, 0x2DE0),  # Coptic, Georgian, Tifinagh, Ethiopic
    *(0x3000, 0xA640),  # from ideographs to Lisu and Vai
    *(0xA6A0, 0xA700),  # Bamum
    *(0xA800, 0xAB30),  # from Syloti Nagri to Ethiopic
    *(0xAB70, 0xD800),  # Cherokee, Meetei Mayek, Hangul
    *(0xFB13, 0xFE00),  # Armenian, Hebrew and Arabic forms
    *(0xFE70, 0xFF00),  # Arabic forms
    *(0x10000, 0x1D400),  # all before the mathematical letters
)
"""Where other scripts begin and end: their letters may stand for ours inside our words, but a word that has no others is their own."""
_EDGES: Final = np.array(OTHER_SCRIPTS, np.uint32)


def no_word(word: Features) -> Flags:
    """Nothing that a Cyrillic word could be: unreadable, Greek, with digits, without a vowel, written like pH, part of a formula."""
    numeral = (word.glyph >= NUMERALS.start) & (word.glyph < NUMERALS.stop)
    silent = (word.size > 1) & (word.facts.vowels == 0)
    silent &= ~(word.capitals & (word.gain >= SURE_ACRONYM))
    odd = ((word.before & (TECHNICAL | NEWLINE)) == TECHNICAL) | ((word.after & TECHNICAL) != 0)
    keyed = word.context.keyed & (((word.first & LOWER) != 0) | (word.size == 1))
    keyed |= word.context.option & word.capitals & (word.context.damage == 0)  # `-KPIC`
    odd &= ~((word.size == 1) & word.context.alternative & word.identical)
    odd |= word.facts.formula & (word.size == 4)  # `Cmax`, `Tmin`
    found = ~word.facts.readable | odd | numeral | _camel(word) | keyed | word.context.other_alphabet | (word.context.key & (word.size > 1))
    found |= word.facts.greek_unit
    greek, digits = word.facts.greek == word.facts.foreign, word.facts.digits > 0
    other = (word.facts.foreign > 0) & (word.facts.latin + word.facts.greek == 0)
    if any_of(other):
        found = found | (other & (_EDGES.searchsorted(word.glyph, "right") % 2 == 1))
    if any_of(greek | digits):
        found = found | (greek & (word.context.damage == 0))
        found = found | (digits & ((word.size - word.facts.digits < 4) | (word.context.damage < 2)))
    if any_of(silent):
        found = found | (silent & ~(word.context.saturated & word.identical) & ~years(word) & ~ordinal(word))
    return found


def _camel(word: Features) -> Flags:
    """`pH`, `iPhone`, `KCl`."""
    return (word.facts.upper > 0) & (word.facts.lower > 0) & (((word.first & LOWER) != 0) | (word.facts.upper > 1))


def ordinal(word: Features) -> Flags:
    """`70-x`, `20-i`: the ending of a number."""
    if not any_of(word.facts.ordinal):
        return word.facts.ordinal
    ends = ((word.after & HYPHEN) == 0) & ((word.after & SPACE) != 0)  # `(1-a)x` is algebra
    variable = word.is_one_of("ay") & ~word.context.cyrillic_after  # `5-a`, but `8-a школа`
    variable = variable | word.ask(after_digit, word.is_one_of("x") & ~word.context.cyrillic_after)  # `1-x`, but `70-x`, `3-x дітей`
    found = word.facts.ordinal & word.context.number_before & (word.before == HYPHEN) & ends & ~variable
    return found & ~word.ask(after_name, found) & ~word.ask(quoted_numbers, found)


def years(word: Features) -> Flags:
    """`1990 p.`, `1930-x pp.`: the year or years of a number right before."""
    if not any_of(_year(word)):
        return _year(word)
    opens = ((word.before & NEWLINE) != 0) & ((word.after & SPACE) == 0) & word.context.cyrillic_after & word.identical  # `p.,рік`
    # `(Oxford, 1987, 312 p.)` counts pages.
    year = word.context.number_before & _year(word)
    year = year & (~word.context.latin_close | word.ask(after_year, year))
    told = year | (word.context.cyrillic_before & (word.context.doubt == 0))  # not `g або p.`
    return _year(word) & ((word.after & DOT) != 0) & ((told & (word.before == SPACE)) | opens)


def _year(word: Features) -> Flags:
    p = ord("p")
    return (word.glyph == p) & ((word.size == 1) | ((word.size == 2) & (word.last_glyph == p)))


def page(word: Features) -> Flags:
    """`c. 10`: the page of a quotation."""
    letter = word.is_one_of("cC")
    if not any_of(letter):
        return letter
    dotted = ((word.after & DOT) != 0) & ((word.after & (COMMA | TECHNICAL)) == 0) & word.context.number_after
    glued = ((word.first & UPPER) != 0) & ((word.after & SPACE) == 0)
    section = glued & ((word.before & (DOT | COMMA | DASH | HYPHEN | OPENING)) == 0)  # `C.2. Структура`
    return letter & dotted & ~section & ~word.context.latin_before


def initial(word: Features) -> Flags:
    """`O. Коваленко`: the first letter of a name before a surname."""
    here, letter = word.context, (word.size == 1) & ((word.first & UPPER) != 0) & word.identical
    if not any_of(letter):
        return letter
    end = word.after & ~np.uint32(scripts.SENTENCE_END)
    dotted = letter & (((end == (DOT | SPACE)) & ~word.is_one_of("I")) | (end == DOT))  # `I. Вступ` is a number, `I.Франка` a name
    likely = dotted & here.prose & here.cyrillic_after & ~here.small_after & ~here.latin_letters_before & (~here.lone_close | (end == DOT))
    likely &= ~(((word.before & NEWLINE) != 0) & (end != DOT) & here.pair)  # `A. Німеччина` is one of the answers
    glued = likely & (end == DOT) & here.cyrillic_before  # `вул. O.Кобилянської`
    return glued | word.ask(before_name, likely) | word.ask(before_initial, likely)


def lone_letter(word: Features) -> Flags:
    """A conjunction or a preposition of one letter in a sound line."""
    here, function = word.context, function_letter(word)
    if not any_of(function):
        return function
    alternative = function & here.alternative & word.identical
    function = function & ((here.doubt == 0) | here.value) & here.prose & ~quoted(word)
    between = here.cyrillic_before & here.cyrillic_after
    small = word.is_one_of("iyè") & between & here.spaced
    after_comma = word.is_one_of("iay") & ((word.before & COMMA) != 0) & between
    follows = (here.cyrillic_after & here.small_after) | (word.is_one_of("YB") & (here.number_after | here.cyrillic_after))
    follows |= word.is_one_of("Yy") & here.latin_letters_after
    opening = function & word.is_one_of("IABYOyai") & (here.starts | here.value) & follows & here.sentence
    opening &= ~word.ask(before_numbered, opening & word.is_one_of("I"))
    opening &= ~here.lone_close | here.value  # `A лежить на прямій l`, `A. Київ B. Львів`
    found = function & ~here.tabbed & (small | ((after_comma | opening) & (word.after == SPACE)))
    found &= ~_variable(word, found)
    return alternative | found | russian_letter(word)


def russian_letter(word: Features) -> Flags:
    """`то же самое c нашими функциями`: a preposition of one letter where the line is Russian."""
    letter, here = word.is_one_of("cokyCOKYB"), word.context
    if not any_of(letter):
        return letter
    before = (word.before & ~np.uint32(SPACE | COMMA)) == 0
    small = ((word.first & LOWER) != 0) & (here.cyrillic_before | here.latin_letters_before) & before
    capital = ((word.first & UPPER) != 0) & here.starts & here.small_after
    likely = letter & (small | capital) & (word.after == SPACE) & (here.doubt == 0)
    likely = word.ask(in_russian, likely)
    return likely & ((here.cyrillic_after & ~word.ask(are_variables, likely)) | word.ask(before_instrumental, likely))


def _variable(word: Features, letters: Flags) -> Flags:
    """Tell which lone letters are names: by what stands beside them, and i in a Russian line."""
    found = word.ask(are_variables, letters)
    return found | word.ask(in_russian, letters & ~found & word.is_one_of("i"))


def and_between_names(word: Features) -> Flags:
    """`Java i Python`, `Карл XII i Петро`: the conjunction between words of which one is Latin, in a Cyrillic line."""
    letter, here = word.is_one_of("i"), word.context
    if not any_of(letter):
        return letter
    names = here.latin_letters_before | here.latin_letters_after
    both = (here.latin_letters_before | here.cyrillic_before) & (here.latin_letters_after | here.cyrillic_after)
    found = letter & here.spaced & names & both & here.cyrillic_close
    found &= ~word.ask(are_names, found) & ~word.ask(are_variables, found & ~here.cyrillic_before)  # `for i від 0 до n`
    return found & ~word.ask(in_russian, found)


def lone_letter_in_damage(word: Features) -> Flags:
    """The same in a line that has other damage: any letter that is a word, capitals only where a sentence begins."""
    here, function = word.context, function_letter(word)
    if not any_of(function):
        return function
    small = ((word.first & LOWER) != 0) | here.starts | here.shouted
    enough = ((here.damage > 1) | ((here.damage > 0) & word.identical)) & ((here.doubt == 0) | (here.damage > DAMAGED))
    usual = function & here.prose & ~quoted(word) & ((word.after & (DOT | TECHNICAL)) == 0)
    found = usual & small & enough & (here.cyrillic_before | here.cyrillic_after)
    return found & ~_variable(word, found)


def function_letter(word: Features) -> Flags:
    """A letter that is a word."""
    return (word.size == 1) & (word.facts.digits == 0) & word.cyrillic.known & (word.cyrillic.cost < FUNCTION)


def quoted(word: Features) -> Flags:
    """A letter between quotes or brackets is cited, not used."""
    return ((word.before & OPENING) != 0) & ((word.after & CLOSING) != 0)


def common_word(word: Features) -> Flags:
    """`He знаю`, `Ha 2013 рік`: a word that every sentence has."""
    common = (word.size > 1) & (word.size <= SHORT) & word.cyrillic.known & (word.cyrillic.cost < COMMON) & word.identical
    if not any_of(common):
        return common
    after = (word.context.cyrillic_after & (word.context.small_after | word.context.shouted)) | word.context.number_after
    sure = ((word.first & UPPER) == 0) | word.context.starts | word.context.value | word.context.shouted
    apart = word.context.value | ~(word.context.latin_before | word.context.number_before)  # `x: "He варто`
    sure = sure & (~word.capitals | word.context.shouted) & (word.context.starts | word.context.value | (word.gain >= 0))
    return common & sure & after & (word.after == SPACE) & word.context.prose & apart


def borrowed(word: Features) -> Flags:
    """`ïх`, `сво{è}`: letters that keyboards without Ukrainian borrow and that Latin words next to Cyrillic ones hardly have."""
    if not any_of(word.facts.borrowed):
        return word.facts.borrowed
    beside = word.context.cyrillic_before | word.context.cyrillic_after
    return word.facts.borrowed & word.cyrillic.known & (word.size > 1) & beside & (word.gain > 0)


def saturated(word: Features) -> Flags:
    """Every word around is damaged, so this one is: acronyms and abbreviations too, but no name."""
    here, likely = word.context, word.identical & (word.size > 1) & _likely(word)
    if not any_of(likely):
        return likely
    around = here.saturated & here.prose & ~(here.latin_before | here.latin_after)
    name = (word.first & UPPER != 0) & ~here.starts
    return likely & around & (word.capitals | ~name)


def _likely(word: Features) -> Flags:
    acronym = (word.gain > -4) & (~word.latin.known | (word.size == 2)) & no_common_word(word)
    return np.where(word.capitals, acronym, word.gain > 0)


def place_mark(word: Features) -> Flags:
    """`c. Моринці`, `o. Хортиця`: the abbreviated село, острів or отець before a name."""
    letter = word.is_one_of("co")
    if not any_of(letter):
        return letter
    dotted = ((word.after & (DOT | SPACE)) == (DOT | SPACE)) & ((word.after & (COMMA | TECHNICAL | CLOSING)) == 0)
    name_after = word.context.cyrillic_after & ~word.context.small_after
    return word.ask(before_long_word, letter & dotted & name_after & word.context.prose & ~word.context.latin_before)


def acronym(word: Features) -> Flags:
    """`HATO`, `CPCP`: known in Ukrainian, and far less so in Latin letters."""
    here, known = word.context, word.cyrillic.known & (word.cyrillic.cost < RARE) & word.identical & (word.size > 2)
    # `AT,акціонерне товариство`: an abbreviation that opens a row is told by what follows.
    opens = word.capitals & word.identical & word.facts.acronym & (word.size > 1)
    opens = opens & ((word.before & NEWLINE) != 0) & ((word.after & ~np.uint32(CLOSING | OPENING)) == COMMA) & here.cyrillic_after
    known &= word.capitals & (word.gain >= SURE_ACRONYM)
    if not any_of(known):
        return opens
    known = known & no_common_word(word) & ~here.latin_close
    beside = (here.cyrillic_before | here.cyrillic_after) & ~(here.latin_letters_before | here.latin_letters_after)
    return opens | (known & here.prose & beside)


def no_common_word(word: Features) -> Flags:
    """Words that are not in capitals, or acronyms of the list: `BIH` may be anything but він, unless the words around it are in capitals.

    The first word of a sentence may stand in capitals alone (`HOBI закони набрали чинності`), if it is long and no word of Latin letters.
    """
    here, found = word.context, ~word.capitals | word.facts.acronym | (word.size == 1)
    if not any_of(~found):
        return found
    opening = (word.size > SHORT) & ~word.latin.known & (word.after == SPACE)
    return found | here.shouted | (opening & here.starts & here.cyrillic_after & here.small_after)


def either(word: Features) -> Flags:
    """A word in both alphabets: `PC`, `Kit`."""
    known = word.cyrillic.known & word.identical & (word.size > 1) & (word.gain > -EITHER)
    if not any_of(known):
        return known
    return known & (word.context.cyrillic_before | word.context.cyrillic_after) & word.context.prose


def in_line(word: Features) -> Flags:
    """A word that the damage of its line makes likely, against what it is in Latin."""
    known = word.cyrillic.known & (word.size > 1)
    known &= ~(word.facts.acronym & (word.facts.lower > 0))  # `kac` is no КАС
    known &= (word.size > 2) | (word.facts.latin == word.facts.plain_latin)  # `ío`
    if not any_of(known):
        return known
    damage = np.minimum(word.context.damage, 4)
    need = 5.0 - 2.0 * damage
    acronym = word.capitals & ~word.context.shouted
    name = ((word.first & UPPER) != 0) & ~word.context.starts & ~word.context.shouted
    need = np.where(acronym, np.maximum(need + 4.0, 3.0), need + np.where(name, 3.0, 0.0))
    beside = word.context.cyrillic_before.astype(np.intp) + word.context.cyrillic_after
    foreign = word.context.latin_before.astype(np.intp) + word.context.latin_after
    need += np.where(foreign > 0, 6.0, 0.0) - np.where(beside == 2, 1.0, 0.0)
    known = known & no_common_word(word) & ~(acronym & (word.cyrillic.cost > RARE) & (damage == 0))  # `PTP`: РТР is a rarity
    if any_of(known & acronym):
        known = known & ~(acronym & word.context.latin_close & (damage < 2))
    return known & word.context.prose & (beside > 0) & (word.gain > need) & (word.identical | (damage > 0))
