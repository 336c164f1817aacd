"""Keep, fix or review: the ordered rules, nothing else. The first rule that holds for a word decides.

A rule is a test of columns: it answers for all words of a case at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import scripts
from .config import Config
from .context import Context, Evidence
from .digits import is_digit_word
from .language import CODE, hash_words, language
from .notation import before_numbered, is_formula, is_ordinal_ending
from .readings import Readings, best_cyrillic, best_latin
from .scripts import CLOSING, COMMA, CYRILLIC, DIGIT, DOT, HYPHEN, LOWER, NEWLINE, OPENING, SPACE, TECHNICAL, UPPER
from .segments import Index, ranges
from .tokens import Chosen
from .vote import Vote

Flags = NDArray[np.bool_]
KEEP, REVIEW, TO_CYRILLIC, TO_LATIN = range(4)


class Case:
    """Some words of a text with all that is known about them, as columns of equal length."""

    def __init__(self, chosen: Chosen, evidence: Evidence, cyrillic: Readings | None = None) -> None:
        """Take the words, what is known of the others, and the readings where they are there already."""
        self.chosen = chosen
        self.evidence = evidence
        self.words = chosen.words
        self.size = chosen.size
        self.vote = Vote(chosen)
        self.context = Context(chosen, evidence)
        self.cyrillic = cyrillic or best_cyrillic(chosen)

    def take(self, rows: Index) -> Case:
        """Return the case of some of its words."""
        letters = ranges(self.chosen.first[rows], self.size[rows])
        return Case(Chosen(self.words, self.chosen.index[rows]), self.evidence, self.cyrillic.take(rows, letters))

    def __len__(self) -> int:
        return len(self.chosen)

    @cached_property
    def latin(self) -> Readings:
        """The Latin reading of each word; words that have none are not looked at further."""
        return best_latin(self.chosen, self.vote.latinable)

    @cached_property
    def before(self) -> NDArray[np.uint32]:
        """The properties found in the gap before each word."""
        return self.words.before[self.chosen.index]

    @cached_property
    def after(self) -> NDArray[np.uint32]:
        """The properties found in the gap after each word."""
        return self.words.after[self.chosen.index]

    @cached_property
    def first(self) -> NDArray[np.uint32]:
        """The properties of the first letter of each word."""
        return self.chosen.bits[self.chosen.first]

    @cached_property
    def last(self) -> NDArray[np.uint32]:
        """The properties of the last letter of each word."""
        return self.chosen.bits[self.chosen.first + self.size - 1]

    @cached_property
    def glyph(self) -> NDArray[np.uint32]:
        """The first letter of each word."""
        return self.chosen.glyph[self.chosen.first]

    @cached_property
    def last_glyph(self) -> NDArray[np.uint32]:
        """The last letter of each word."""
        return self.chosen.glyph[self.chosen.first + self.size - 1]

    @cached_property
    def latin_possible(self) -> Flags:
        """Words that hold Cyrillic letters, or such as look so, and can be read as Latin altogether."""
        return self.vote.latinable & (self.vote.cyrillic + self.vote.foreign > self.vote.latin)

    @cached_property
    def suffixed(self) -> Flags:
        """A Latin beginning and a Cyrillic ending in small letters: `COVIDом`, `PRу`, `Googleу`."""
        foreign_first = (self.first & np.uint32(CYRILLIC | DIGIT)) == 0
        return (self.vote.borders == 1) & foreign_first & ((self.last & np.uint32(CYRILLIC | LOWER)) == (CYRILLIC | LOWER))

    @cached_property
    def known_beginning(self) -> Flags:
        """The Latin letters that a word begins with are a word of the list."""
        first, foreign = self.chosen.first, (self.chosen.bits & np.uint32(scripts.PLAIN_LATIN)) != 0
        size = self.chosen.count(scripts.PLAIN_LATIN)
        codes = CODE[np.where(foreign, self.chosen.glyph, 0)]
        asked = np.flatnonzero((size > 0) & (size < self.size))
        found = np.zeros(len(self), bool)
        found[asked] = language().look_up(hash_words(codes, first[asked], first[asked] + size[asked])) != 0
        return found

    @cached_property
    def gain(self) -> NDArray[np.float32]:
        """By how many nats the Cyrillic reading is likelier than the Latin one."""
        return self.latin.total - self.cyrillic.total

    @cached_property
    def identical(self) -> Flags:
        """Every foreign letter is the very image of the letter it is read as."""
        return self.cyrillic.channel <= SAME_SHAPE * (self.vote.foreign + self.vote.digits) + 0.01

    def is_one_of(self, letters: str) -> Flags:
        """Tell which words are one letter out of these."""
        if not self._single.any():
            return self._single
        return self._single & np.isin(self.glyph, [ord(letter) for letter in letters])

    @cached_property
    def _single(self) -> Flags:
        return self.size == 1


class Rule(NamedTuple):
    """One reason to decide; `test` tells for which words it holds."""

    reason: str
    action: int
    test: Callable[[Case], Flags]
    switch: str = ""
    """The field of `Config` that turns the rule into one that keeps."""


def ordinary(case: Case) -> Flags:
    """Damaged words of the list about which there is nothing to ask: nearly all. No rule of `IN_WORD` but "known word" holds for them."""
    plain = ((case.words.inside[case.chosen.index] & np.uint32(DIGIT | scripts.FOREIGN_CYRILLIC | scripts.HOST)) == 0) & case.cyrillic.known
    plain &= (case.size > ACRONYM) & (case.vote.cyrillic > 1)
    return plain & case.vote.readable & ~case.vote.latinable


def decide(rules: Sequence[Rule], case: Case, config: Config) -> tuple[NDArray[np.uint8], NDArray[np.object_]]:
    """Return the action and the reason for every word of a case."""
    action = np.zeros(len(case), np.uint8)
    reason = np.zeros(len(case), object)
    still = np.ones(len(case), bool)
    for rule in rules:
        if not still.any():
            break
        holds = still & rule.test(case)
        action[holds] = rule.action if not rule.switch or getattr(config, rule.switch) else KEEP
        reason[holds] = rule.reason
        still &= ~holds
    return action, reason


def _otherwise(case: Case) -> Flags:
    return np.ones(len(case), bool)


SAME_SHAPE: Final = 0.55  # nats for a pair: 0.3, and what a styled letter adds
SHORT: Final = 3  # letters
PLAUSIBLE: Final = 3.1  # nats a letter: an unknown word that is spelled like a word
FREQUENT: Final = 10.0  # nats: the few thousand commonest words
COMMON: Final = 7.2  # nats: the two hundred commonest words
FUNCTION: Final = 8.2  # nats: letters that are words (к 8.0), not abbreviations or variables (х 8.4, т 8.5)
ACRONYM: Final = 4  # letters: capitals that may be anything
SURE_ACRONYM: Final = 4.0  # nats: НАТО gains 5.5, СРСР 9.5, МВС 4.0; KPI would gain 3.9, BBC lose 4.6
EITHER: Final = 6.0  # nats: less likely readings are not worth a look
RARE: Final = 13.5  # nats: for two letters, an abbreviation or a syllable rather than a word

# ---- words that mix scripts, or a script and digits


def _domain(case: Case) -> Flags:
    """A label of a domain is Latin if it can be."""
    if not case.latin_possible.any():
        return case.latin_possible
    return case.latin_possible & ((case.words.inside[case.chosen.index] & np.uint32(scripts.HOST)) != 0) & (case.vote.latin > 0)


def _roman(case: Case) -> Flags:
    if not case.latin_possible.any():
        return case.latin_possible
    only = (case.chosen.count(scripts.ROMAN) == case.size) & case.vote.capitals
    return only & (case.vote.foreign > 0) & (case.size > 1) & case.latin_possible & is_roman(case)


def is_roman(case: Case) -> Flags:
    """Tell which words, read as Latin, are numerals up to fifty or years: no C, no D, and M as the first letter only."""
    big = case.chosen.count(scripts.HUNDREDS)
    return (big == 0) | ((big == 1) & ((case.first & scripts.HUNDREDS) != 0) & (case.size > SHORT))


def _formula(case: Case) -> Flags:
    if not case.latin_possible.any():
        return case.latin_possible
    mixed = case.latin_possible & (case.vote.latin > 0) & (case.first & UPPER != 0) & (case.size < 12)
    mixed &= (case.vote.digits > 0) | (case.size == 2)
    mixed &= ~(case.cyrillic.known & (case.cyrillic.word < np.where(case.identical, RARE, COMMON)) & (case.vote.digits == 0))
    return is_formula(case.chosen, case.latin, mixed) if mixed.any() else mixed


def _unreadable(case: Case) -> Flags:
    return ~case.vote.readable & ~case.latin_possible


def _brand_with_ending(case: Case) -> Flags:
    if not case.suffixed.any():
        return case.suffixed
    capitals = case.chosen.count(UPPER)
    named = ((case.first & UPPER) != 0) & (capitals == case.vote.foreign) & (case.vote.foreign > 1)
    return case.suffixed & named & ~case.cyrillic.known


def _known_brand(case: Case) -> Flags:
    """`Appleівський`: a Latin word of the list, and an ending that it cannot have by chance."""
    if not case.suffixed.any():
        return case.suffixed
    likely = case.suffixed & (case.vote.foreign > SHORT) & ~case.cyrillic.known
    return likely & case.known_beginning & ~case.latin.known if likely.any() else likely


def _foreign_alphabet(case: Case) -> Flags:
    """Words with letters of other Cyrillic alphabets: Serbian, Kazakh and others unless the word is common and stands alone."""
    only = (case.chosen.count(scripts.FOREIGN_CYRILLIC) == case.vote.foreign) & (case.vote.foreign > 0)
    if not only.any():
        return only
    common = case.cyrillic.known & (case.cyrillic.word < RARE) & (case.size > 2)
    return only & (case.context.other_alphabet | ~common) & ~(case.latin_possible & (case.vote.latin > 0))


def _numeral_with_ending(case: Case) -> Flags:
    """`Iн`, `IIв`: a Roman numeral and one letter, as dentists write teeth."""
    if not case.suffixed.any():
        return case.suffixed
    roman = case.chosen.count(scripts.ROMAN) - case.chosen.count(scripts.HUNDREDS)
    return case.suffixed & (case.vote.cyrillic == 1) & ((case.first & (scripts.ROMAN | UPPER)) == (scripts.ROMAN | UPPER)) & (roman == case.vote.foreign) & (
        case.cyrillic.word > COMMON
    )  # fmt: skip


def _latin_wins(case: Case) -> Flags:
    if not case.latin_possible.any():
        return case.latin_possible
    possible = case.latin_possible & (case.vote.latin > 0) & ((case.vote.digits == 0) | (case.vote.latin > 2))
    acronym = case.vote.capitals & ~case.context.shouted & (case.vote.latin >= case.vote.cyrillic) & (case.context.damage == 0)
    among = (case.context.cyrillic_before | case.context.cyrillic_after | case.context.number_before) & ~acronym
    possible &= ~case.vote.readable | ((case.vote.latin * 3 >= case.size) & ~(among & case.cyrillic.known & (case.cyrillic.word < FREQUENT)))
    if not possible.any():
        return possible
    possible &= case.latin.known | ~case.suffixed
    same = case.latin.channel <= SAME_SHAPE * (case.size - case.vote.latin)
    alone = possible & ~case.vote.readable & (case.vote.latin * 2 >= case.size) & (case.latin.known | same)
    margin = np.where(among, 3.0 + 2.0 * np.minimum(case.context.damage, 3), 0.0)
    return alone | (possible & case.vote.readable & (-case.gain > margin) & (case.latin.known | ~case.cyrillic.known))


def _digits_stay(case: Case) -> Flags:
    if not case.vote.digits.any():
        return case.vote.digits > 0
    letters = case.size - case.vote.digits
    few = (letters < SHORT) | (case.vote.digits * 2 > case.size)
    inner = ((case.first | case.last) & DIGIT) == 0
    likely = case.cyrillic.known | (inner & (case.vote.digits * 3 <= case.size) & (case.cyrillic.word < PLAUSIBLE * (case.size + 1)))
    zero_last = (case.last_glyph == ord("0")) & (case.size > 5)
    likely |= (zero_last | ((case.first & DIGIT != 0) & (case.size > 4))) & (case.vote.digits == 1) & (case.cyrillic.word < PLAUSIBLE * (case.size + 1))
    capitals = case.chosen.count(UPPER)
    sized = (capitals == 0) | ((capitals == 1) & (case.first & UPPER != 0) & (case.size > 1))
    small_word = ((case.vote.digits == 1) | ((case.vote.digits == 2) & (case.size > SHORT))) & sized & case.cyrillic.known & (case.cyrillic.word < COMMON + case.size)
    small_word &= (case.context.damage > 0) | (((case.first & DIGIT == 0) | (case.size > 2)) & (case.cyrillic.word < COMMON))
    return (case.vote.digits > 0) & (few | ~likely) & ~small_word


def _rare_pair(case: Case) -> Flags:
    rare = (case.size == 2) & (case.cyrillic.word > RARE) & (case.vote.foreign > 0)
    return rare & ~(case.identical & (case.context.damage > 0))


def _known(case: Case) -> Flags:
    sure = case.cyrillic.known | ((case.size == 2) & case.identical & (case.context.damage > 0))
    guess = case.vote.capitals & (case.size <= ACRONYM) & ~case.identical & (case.context.damage == 0)
    return case.vote.readable & sure & ~guess


def _certain(case: Case) -> Flags:
    return case.vote.readable & case.identical & (case.vote.strong_cyrillic > 0) & (case.size > SHORT)


def _plausible(case: Case) -> Flags:
    return case.vote.readable & (case.cyrillic.word < PLAUSIBLE * (case.size + 1)) & (case.size > SHORT)


def _only_cyrillic(case: Case) -> Flags:
    return (case.vote.foreign == 0) & (case.vote.digits == 0)


IN_WORD: Final = (
    Rule("invisible or decomposed character", TO_CYRILLIC, _only_cyrillic, "invisible"),
    Rule("domain label of both scripts", TO_LATIN, _domain, "latin"),
    Rule("Roman numeral of both scripts", TO_LATIN, _roman, "latin"),
    Rule("formula of both scripts", TO_LATIN, _formula, "latin"),
    Rule("no script fits every letter", KEEP, _unreadable),
    Rule("Latin name with a Cyrillic ending", KEEP, _brand_with_ending),
    Rule("Latin word with a Cyrillic ending", KEEP, _known_brand),
    Rule("word of another Cyrillic alphabet", KEEP, _foreign_alphabet),
    Rule("Roman numeral with an ending", KEEP, _numeral_with_ending),
    Rule("Latin word with Cyrillic letters", TO_LATIN, _latin_wins, "latin"),
    Rule("digits that are digits", KEEP, _digits_stay),
    Rule("known word with digits for letters", TO_CYRILLIC, lambda case: (case.vote.digits > 0) & _known(case), "digits"),
    Rule("two letters that are hardly a word", REVIEW, _rare_pair),
    Rule("known word", TO_CYRILLIC, _known),
    Rule("Cyrillic word with identical letters", TO_CYRILLIC, _certain),
    Rule("spelled like a word", TO_CYRILLIC, _plausible),
    Rule("no reading is a word", REVIEW, _otherwise),
)

# ---- words without a letter that is certainly Cyrillic: the line decides


def _no_word(case: Case) -> Flags:
    """Nothing that a Cyrillic word could be: unreadable, Greek, with digits, without a vowel, part of a formula or of a name."""
    silent = (case.size > 1) & (case.chosen.count(scripts.VOWEL) == 0)
    silent &= ~(case.vote.capitals & (case.gain >= SURE_ACRONYM))
    odd = ((case.before & (TECHNICAL | NEWLINE)) == TECHNICAL) | ((case.after & TECHNICAL) != 0)
    greek = (case.chosen.count(scripts.GREEK) == case.vote.foreign) & (case.context.damage == 0)
    digits = (case.vote.digits > 0) & ((case.size - case.vote.digits < 4) | (case.context.damage < 2))
    return ~case.vote.readable | odd | greek | digits | (silent & ~(case.context.saturated & case.identical) & ~_years(case) & ~_ordinal(case))


def _ordinal(case: Case) -> Flags:
    """`70-x`, `20-i`: the ending of a number."""
    joined = case.context.number_before & (case.before == HYPHEN) & ((case.after & HYPHEN) == 0)
    return is_ordinal_ending(case.chosen, case.cyrillic, joined)


def _years(case: Case) -> Flags:
    """`1990 p.`, `1930-x pp.`: the year or years of a number right before."""
    year = case.is_one_of("p") | ((case.size == 2) & (case.glyph == ord("p")) & (case.last_glyph == ord("p")))
    return year & ((case.after & DOT) != 0) & (case.context.number_before | case.context.cyrillic_before) & (case.before == SPACE)


def _page(case: Case) -> Flags:
    """`c. 10`: the page of a quotation."""
    dotted = ((case.after & DOT) != 0) & ((case.after & (COMMA | TECHNICAL)) == 0) & case.context.number_after
    return case.is_one_of("cC") & dotted & ~case.context.latin_before


def _lone_letter(case: Case) -> Flags:
    """A conjunction or a preposition of one letter in a sound line."""
    here = case.context
    function = (case.size == 1) & case.cyrillic.known & (case.cyrillic.word < FUNCTION) & (here.doubt == 0) & here.prose & ~_quoted(case)
    if not function.any():
        return function
    between = here.cyrillic_before & here.cyrillic_after
    small = case.is_one_of("iyè") & between & here.spaced
    after_comma = case.is_one_of("iay") & ((case.before & COMMA) != 0) & between
    follows = (here.cyrillic_after & here.small_after) | (case.is_one_of("YB") & (here.number_after | here.cyrillic_after))
    follows |= case.is_one_of("Yy") & here.latin_letters_after
    numeral = case.is_one_of("I") & before_numbered(case.words, case.chosen.index, case.is_one_of("I"))
    opening = case.is_one_of("IABYOy") & here.starts & follows & ~numeral
    return function & (small | ((after_comma | opening) & (case.after == SPACE)))


def _and_between_names(case: Case) -> Flags:
    """`Java i Python`, `Карл XII i Петро`: the conjunction between words of which one is Latin, in a Cyrillic line."""
    here = case.context
    names = here.latin_letters_before | here.latin_letters_after
    both = (here.latin_letters_before | here.cyrillic_before) & (here.latin_letters_after | here.cyrillic_after)
    return case.is_one_of("i") & here.spaced & names & both & here.cyrillic_close


def _lone_letter_in_damage(case: Case) -> Flags:
    """The same in a line that has other damage: any letter that is a word, capitals only where a sentence begins."""
    here = case.context
    function = (case.size == 1) & case.cyrillic.known & (case.cyrillic.word < FUNCTION) & here.prose & ~_quoted(case)
    small = ((case.first & LOWER) != 0) | here.starts | here.shouted
    enough = ((here.damage > 1) | ((here.damage > 0) & case.identical)) & ((here.doubt == 0) | (here.damage > 3))
    return function & small & enough & (here.cyrillic_before | here.cyrillic_after) & ((case.after & (DOT | TECHNICAL)) == 0)


def _quoted(case: Case) -> Flags:
    return ((case.before & OPENING) != 0) & ((case.after & CLOSING) != 0)


def _common_word(case: Case) -> Flags:
    """`He знаю`, `Ha 2013 рік`: a word that every sentence has."""
    after = (case.context.cyrillic_after & (case.context.small_after | case.context.shouted)) | case.context.number_after
    common = (case.size > 1) & (case.size <= SHORT) & case.cyrillic.known & (case.cyrillic.word < COMMON) & case.identical
    common &= (~case.vote.capitals | case.context.shouted) & (case.context.starts | (case.gain >= 0))
    return common & after & (case.after == SPACE) & case.context.prose & ~case.context.latin_before & ~case.context.number_before


def _borrowed(case: Case) -> Flags:
    """`ïх`, `сво{è}`: letters that keyboards without Ukrainian borrow and that Latin words next to Cyrillic ones hardly have."""
    borrowed = case.chosen.total(np.isin(case.chosen.glyph, [0xEF, 0xCF, 0xE8, 0xC8])) > 0
    return borrowed & case.cyrillic.known & (case.size > 1) & (case.context.cyrillic_before | case.context.cyrillic_after) & (case.gain > 0)


def _saturated(case: Case) -> Flags:
    """Every word around is damaged, so this one is: acronyms and abbreviations too, but no name."""
    here = case.context
    around = here.saturated & here.prose & ~(here.latin_before | here.latin_after)
    name = (case.first & UPPER != 0) & ~here.starts
    likely = np.where(case.vote.capitals, (case.gain > -4) & (~case.latin.known | (case.size == 2)), (case.gain > 0) & ~name)
    return around & case.identical & (case.size > 1) & likely


def _place_mark(case: Case) -> Flags:
    """`c. Моринці`, `o. Хортиця`: the abbreviated село, острів or отець before a name."""
    dotted = ((case.after & (DOT | SPACE)) == (DOT | SPACE)) & ((case.after & (COMMA | TECHNICAL)) == 0)
    return case.is_one_of("co") & dotted & case.context.cyrillic_after & ~case.context.small_after & case.context.prose & ~case.context.latin_before


def _acronym(case: Case) -> Flags:
    """`HATO`, `CPCP`: known in Ukrainian, and far less so in Latin letters."""
    here = case.context
    sound = here.prose & (here.cyrillic_before | here.cyrillic_after) & ~(here.latin_before | here.latin_after)
    known = case.cyrillic.known & (case.cyrillic.word < RARE) & case.identical & (case.size > 2)
    return case.vote.capitals & sound & known & (case.gain >= SURE_ACRONYM)


def _either(case: Case) -> Flags:
    """A word in both alphabets: `PC`, `Kit`."""
    beside = case.context.cyrillic_before | case.context.cyrillic_after
    return beside & case.context.prose & case.cyrillic.known & case.identical & (case.size > 1) & (case.gain > -EITHER)


def _in_line(case: Case) -> Flags:
    damage = np.minimum(case.context.damage, 4)
    need = 5.0 - 2.0 * damage
    acronym = case.vote.capitals & ~case.context.shouted
    name = ((case.first & UPPER) != 0) & ~case.context.starts & ~case.context.shouted
    need = np.where(acronym, np.maximum(need + 4.0, 3.0), need + np.where(name, 3.0, 0.0))
    beside = case.context.cyrillic_before.astype(np.intp) + case.context.cyrillic_after
    foreign = case.context.latin_before.astype(np.intp) + case.context.latin_after
    need += np.where(foreign > 0, 6.0, 0.0) - np.where(beside == 2, 1.0, 0.0)
    sure = case.cyrillic.known & case.context.prose & (beside > 0)
    sure &= case.size > 1
    return sure & (case.gain > need) & (case.identical | (damage > 0))


STANDALONE: Final = (
    Rule("preposition or particle typed as a digit", TO_CYRILLIC, is_digit_word, "digits"),
    Rule("number", KEEP, lambda case: case.vote.digits == case.size),
    Rule("nothing that is a Cyrillic word", KEEP, _no_word),
    Rule("ending of a number", TO_CYRILLIC, _ordinal),
    Rule("year or years", TO_CYRILLIC, _years),
    Rule("page", TO_CYRILLIC, _page),
    Rule("abbreviation before a name", TO_CYRILLIC, _place_mark),
    Rule("conjunction or preposition", TO_CYRILLIC, _lone_letter),
    Rule("conjunction between names", TO_CYRILLIC, _and_between_names),
    Rule("common word in Latin letters", TO_CYRILLIC, _common_word),
    Rule("conjunction or preposition of a damaged line", TO_CYRILLIC, _lone_letter_in_damage),
    Rule("word with a borrowed letter", TO_CYRILLIC, _borrowed),
    Rule("word in Latin letters", TO_CYRILLIC, _in_line),
    Rule("all around it is damaged", TO_CYRILLIC, _saturated),
    Rule("acronym in Latin letters", TO_CYRILLIC, _acronym),
    Rule("a word in either alphabet", REVIEW, _either),
    Rule("right as it stands", KEEP, _otherwise),
)
