"""Tests for words without a certain Cyrillic letter, about which the line decides: the conditions of the rules `STANDALONE`."""

from __future__ import annotations

import numpy as np

from . import scripts
from .case import Case
from .context import BETWEEN
from .facts import Flags
from .limits import COMMON, DAMAGED, EITHER, FUNCTION, RARE, SHORT, SURE_ACRONYM
from .notation import after_label, before_name, before_numbered
from .scripts import CLOSING, COMMA, DOT, HYPHEN, LOWER, NEWLINE, OPENING, SPACE, TECHNICAL, UPPER
from .segments import any_of


def hopeless(case: Case) -> Flags:
    """Words that none of the tests below, nor that of lone digits, can make Cyrillic or put up for review, whatever the line."""
    # ordinal and years ask for their own, saturated for what is likely, the others for a known word or for single letters.
    word = case.cyrillic.known | (case.identical & _likely(case))
    capital = ((case.first & UPPER) != 0) & case.identical
    letter = (case.cyrillic.known & (case.cyrillic.word < FUNCTION)) | capital | case.is_one_of("cCoi")
    hope = np.where(case.size > 1, word, letter) | case.facts.ordinal | _year(case)
    return ~((case.facts.readable & hope & ~_camel(case) & (case.facts.digits < case.size)) | case.is_one_of("36"))


def out_of_prose(case: Case) -> Flags:
    """`IT-компанія`, `6-річний`: words of a piece that stand by marks which prose does not have, where hardly any test can hold.

    The case is of a piece by itself: gaps within it are whole, of those around it a part is seen.
    """
    line, word = case.words.line, case.index
    follows, goes_on = (line.take(word - 1) == line[word]) & (word > 0), line.take(word + 1, mode="clip") == line[word]
    goes_on &= word + 1 < len(line)
    joined = follows & ((case.before & (HYPHEN | SPACE)) == HYPHEN)
    joined |= goes_on & ((case.after & (HYPHEN | SPACE)) == HYPHEN)
    joined |= ((case.before | case.after) & ~np.uint32(BETWEEN | HYPHEN)) != 0
    exempt = case.is_one_of("36cC") | _year(case) | case.facts.borrowed | (case.facts.ordinal & (case.before == HYPHEN))
    # Of lone digits only the 3 of `3-під` has anything but a space between it and the next word; `3.` is a number in every line.
    number = goes_on & (case.after != SPACE) & (case.is_one_of("6") | (case.after != HYPHEN))
    number |= ~goes_on & ((case.after & ~np.uint32(SPACE | NEWLINE)) != 0)
    number &= case.is_one_of("36")
    return (joined & ~exempt) | number


def no_word(case: Case) -> Flags:
    """Nothing that a Cyrillic word could be: unreadable, Greek, with digits, without a vowel, written like pH, part of a formula."""
    silent = (case.size > 1) & (case.facts.vowels == 0)
    silent &= ~(case.capitals & (case.gain >= SURE_ACRONYM))
    odd = ((case.before & (TECHNICAL | NEWLINE)) == TECHNICAL) | ((case.after & TECHNICAL) != 0)
    greek = (case.facts.greek == case.facts.foreign) & (case.context.damage == 0)
    digits = (case.facts.digits > 0) & ((case.size - case.facts.digits < 4) | (case.context.damage < 2))
    silent &= ~(case.context.saturated & case.identical)
    return ~case.facts.readable | odd | greek | digits | _camel(case) | (silent & ~years(case) & ~ordinal(case))


def _camel(case: Case) -> Flags:
    """`pH`, `iPhone`."""
    return ((case.first & LOWER) != 0) & (case.facts.upper > 0)


def ordinal(case: Case) -> Flags:
    """`70-x`, `20-i`: the ending of a number."""
    joined = case.context.number_before & (case.before == HYPHEN) & ((case.after & HYPHEN) == 0)
    return joined & case.facts.ordinal


def years(case: Case) -> Flags:
    """`1990 p.`, `1930-x pp.`: the year or years of a number right before."""
    if not any_of(_year(case)):
        return _year(case)
    return _year(case) & ((case.after & DOT) != 0) & (case.context.number_before | case.context.cyrillic_before) & (case.before == SPACE)


def _year(case: Case) -> Flags:
    p = ord("p")
    return (case.glyph == p) & ((case.size == 1) | ((case.size == 2) & (case.last_glyph == p)))


def page(case: Case) -> Flags:
    """`c. 10`: the page of a quotation."""
    letter = case.is_one_of("cC")
    if not any_of(letter):
        return letter
    dotted = ((case.after & DOT) != 0) & ((case.after & (COMMA | TECHNICAL)) == 0) & case.context.number_after
    return letter & dotted & ~case.context.latin_before


def initial(case: Case) -> Flags:
    """`O. Коваленко`: the first letter of a name before a surname."""
    here = case.context
    dotted = (case.after & ~np.uint32(scripts.SENTENCE_END)) == (DOT | SPACE)
    dotted &= (case.size == 1) & ((case.first & UPPER) != 0) & case.identical
    likely = dotted & here.prose & here.cyrillic_after & ~here.small_after & ~here.latin_letters_before & ~case.is_one_of("I")
    return before_name(case.words, case.index, likely) if any_of(likely) else likely


def lone_letter(case: Case) -> Flags:
    """A conjunction or a preposition of one letter in a sound line."""
    here = case.context
    function = function_letter(case) & (here.doubt == 0) & here.prose & ~quoted(case)
    if not any_of(function):
        return function
    between = here.cyrillic_before & here.cyrillic_after
    small = case.is_one_of("iyè") & between & here.spaced
    after_comma = case.is_one_of("iay") & ((case.before & COMMA) != 0) & between
    follows = (here.cyrillic_after & here.small_after) | (case.is_one_of("YB") & (here.number_after | here.cyrillic_after))
    follows |= case.is_one_of("Yy") & here.latin_letters_after
    opening = function & case.is_one_of("IABYOyai") & here.starts & follows
    opening &= ~before_numbered(case.words, case.index, opening & case.is_one_of("I"))
    found = function & (small | ((after_comma | opening) & (case.after == SPACE)))
    return found & ~after_label(case.words, case.index, found)


def and_between_names(case: Case) -> Flags:
    """`Java i Python`, `Карл XII i Петро`: the conjunction between words of which one is Latin, in a Cyrillic line."""
    letter, here = case.is_one_of("i"), case.context
    if not any_of(letter):
        return letter
    names = here.latin_letters_before | here.latin_letters_after
    both = (here.latin_letters_before | here.cyrillic_before) & (here.latin_letters_after | here.cyrillic_after)
    return letter & here.spaced & names & both & here.cyrillic_close


def lone_letter_in_damage(case: Case) -> Flags:
    """The same in a line that has other damage: any letter that is a word, capitals only where a sentence begins."""
    here = case.context
    small = ((case.first & LOWER) != 0) | here.starts | here.shouted
    enough = ((here.damage > 1) | ((here.damage > 0) & case.identical)) & ((here.doubt == 0) | (here.damage > DAMAGED))
    usual = function_letter(case) & here.prose & ~quoted(case) & ((case.after & (DOT | TECHNICAL)) == 0)
    return usual & small & enough & (here.cyrillic_before | here.cyrillic_after)


def function_letter(case: Case) -> Flags:
    """A letter that is a word: in a line with more than `DAMAGED` damaged words one of the rules above holds for it (see `beside`)."""
    return (case.size == 1) & (case.facts.digits == 0) & case.cyrillic.known & (case.cyrillic.word < FUNCTION)


def quoted(case: Case) -> Flags:
    """A letter between quotes or brackets is cited, not used."""
    return ((case.before & OPENING) != 0) & ((case.after & CLOSING) != 0)


def common_word(case: Case) -> Flags:
    """`He знаю`, `Ha 2013 рік`: a word that every sentence has."""
    after = (case.context.cyrillic_after & (case.context.small_after | case.context.shouted)) | case.context.number_after
    common = (case.size > 1) & (case.size <= SHORT) & case.cyrillic.known & (case.cyrillic.word < COMMON) & case.identical
    common &= ((case.first & UPPER) == 0) | case.context.starts | case.context.shouted
    common &= (~case.capitals | case.context.shouted) & (case.context.starts | (case.gain >= 0))
    return common & after & (case.after == SPACE) & case.context.prose & ~case.context.latin_before & ~case.context.number_before


def borrowed(case: Case) -> Flags:
    """`ïх`, `сво{è}`: letters that keyboards without Ukrainian borrow and that Latin words next to Cyrillic ones hardly have."""
    if not any_of(case.facts.borrowed):
        return case.facts.borrowed
    beside = case.context.cyrillic_before | case.context.cyrillic_after
    return case.facts.borrowed & case.cyrillic.known & (case.size > 1) & beside & (case.gain > 0)


def saturated(case: Case) -> Flags:
    """Every word around is damaged, so this one is: acronyms and abbreviations too, but no name."""
    here = case.context
    around = here.saturated & here.prose & ~(here.latin_before | here.latin_after)
    name = (case.first & UPPER != 0) & ~here.starts
    return around & case.identical & (case.size > 1) & _likely(case) & (case.capitals | ~name)


def _likely(case: Case) -> Flags:
    acronym = (case.gain > -4) & (~case.latin.known | (case.size == 2))
    return np.where(case.capitals, acronym, case.gain > 0)


def place_mark(case: Case) -> Flags:
    """`c. Моринці`, `o. Хортиця`: the abbreviated село, острів or отець before a name."""
    letter = case.is_one_of("co")
    if not any_of(letter):
        return letter
    dotted = ((case.after & (DOT | SPACE)) == (DOT | SPACE)) & ((case.after & (COMMA | TECHNICAL)) == 0)
    name_after = case.context.cyrillic_after & ~case.context.small_after
    return letter & dotted & name_after & case.context.prose & ~case.context.latin_before


def acronym(case: Case) -> Flags:
    """`HATO`, `CPCP`: known in Ukrainian, and far less so in Latin letters."""
    if not any_of(case.capitals):
        return case.capitals
    here = case.context
    sound = here.prose & (here.cyrillic_before | here.cyrillic_after) & ~(here.latin_letters_before | here.latin_letters_after)
    known = case.cyrillic.known & (case.cyrillic.word < RARE) & case.identical & (case.size > 2)
    return case.capitals & sound & known & (case.gain >= SURE_ACRONYM)


def either(case: Case) -> Flags:
    """A word in both alphabets: `PC`, `Kit`."""
    beside = case.context.cyrillic_before | case.context.cyrillic_after
    return beside & case.context.prose & case.cyrillic.known & case.identical & (case.size > 1) & (case.gain > -EITHER)


def in_line(case: Case) -> Flags:
    """A word that the damage of its line makes likely, against what it is in Latin."""
    damage = np.minimum(case.context.damage, 4)
    need = 5.0 - 2.0 * damage
    acronym = case.capitals & ~case.context.shouted
    name = ((case.first & UPPER) != 0) & ~case.context.starts & ~case.context.shouted
    need = np.where(acronym, np.maximum(need + 4.0, 3.0), need + np.where(name, 3.0, 0.0))
    beside = case.context.cyrillic_before.astype(np.intp) + case.context.cyrillic_after
    foreign = case.context.latin_before.astype(np.intp) + case.context.latin_after
    need += np.where(foreign > 0, 6.0, 0.0) - np.where(beside == 2, 1.0, 0.0)
    sure = case.cyrillic.known & case.context.prose & (beside > 0)
    sure &= case.size > 1
    return sure & (case.gain > need) & (case.identical | (damage > 0))
