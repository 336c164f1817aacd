"""Tests for words that mix scripts, or a script and digits: the conditions of the rules `IN_WORD`."""

from __future__ import annotations

from typing import Final

import numpy as np

from ..arrays.ragged import Flags, any_of
from ..letters import properties as scripts
from ..letters.properties import APOSTROPHE, CLOSING, CYRILLIC, DIGIT, DOT, HYPHEN, LOWER, NEWLINE, OPENING, TECHNICAL, UPPER
from ..thresholds import ACRONYM, APART, COMMON, FREQUENT, GLUED, LITTLE, PLAUSIBLE, RARE, SHORT, SYLLABLES
from ..words.facts import NO_WORD, SAME_SHAPE
from ..words.features import Features
from ..words.tokens import Words
from .neighbours import held_apart

_FUNCTION: Final = np.array([ord(letter) for letter in "уоаі"], np.uint32)  # words of one letter that Latin letters look like


def domain(word: Features) -> Flags:
    """`fаcebook.com`, `.сom`: a domain label that is Latin for the most part; in `ТCН.ua` one letter is Latin by mistake.

    `Diр_Аdvisоr`: an identifier that is Latin but for intruders.
    """
    if not any_of(word.latin_possible):
        return word.latin_possible
    return word.latin_possible & word.context.host & (word.context.identifier | (word.facts.latin * 2 >= word.size))


def apostrophe_in_code(word: Features) -> Flags:
    r"""`об\"єкт`, `'об"єкт'`: nothing is wrong but a sign for an apostrophe, after a backslash or between single quotes."""
    return word.context.held_apostrophe & only_cyrillic(word)


def false_apostrophe(word: Features) -> Flags:
    """`об"єкт`, `п*ять`: nothing is wrong but a sign for an apostrophe."""
    return word.context.false_apostrophe & only_cyrillic(word)


def roman(word: Features) -> Flags:
    """`XІX`: a Roman numeral, up to fifty or a year, with letters of both scripts."""
    if not any_of(word.latin_possible):
        return word.latin_possible
    only = (word.facts.roman == word.size) & word.capitals
    return only & (word.facts.foreign > 0) & (word.size > 1) & word.latin_possible & is_roman(word)


def is_roman(word: Features) -> Flags:
    """Tell which words, read as Latin, are numerals up to fifty or years: no C, no D, and M as the first letter only."""
    big = word.facts.hundreds
    return (big == 0) | ((big == 1) & ((word.first & scripts.HUNDREDS) != 0) & (word.size > SHORT))


def formula(word: Features) -> Flags:
    """`К2SO4`, `Вr`: a chemical formula with letters of both scripts."""
    if not any_of(word.facts.formula):
        return word.facts.formula
    symbol = ((word.first & LOWER) != 0) & (word.facts.upper > 0)  # `pН`: no Ukrainian word is written so
    frequent = word.cyrillic.known & (word.cyrillic.cost < np.where(word.identical, RARE, COMMON)) & ~symbol
    # Without digits: element beside element or a letter beside max or min, but no name with an ending (`PRи`).
    plain = ((word.size <= 2) | (word.facts.upper > 1) | (word.size == 4)) & ~((word.size > 2) & word.inflected) & ~frequent
    return word.facts.formula & (plain | (word.facts.digits > 0))


def unreadable(word: Features) -> Flags:
    """`СхідSide`, `μм`, `г℮`: no script has a letter for every glyph, or each script has its part."""
    return (~word.facts.readable & ~word.latin_possible) | word.facts.greek_unit | _held_apart(word)


def brand_with_ending(word: Features) -> Flags:
    """`COVIDом`, `PRу`: a name in Latin capitals with a Cyrillic ending."""
    if not any_of(word.inflected):
        return word.inflected
    capitals = word.facts.upper
    camel = (capitals > 1) & (word.facts.foreign > SHORT)  # `CTeXа`
    named = ((word.first & UPPER) != 0) & (((capitals == word.facts.foreign) & (word.facts.foreign > 1)) | camel)
    return word.inflected & named & ~word.cyrillic.known


def known_brand(word: Features) -> Flags:
    """`Appleівський`: a Latin word of the list, and an ending that it cannot have by chance."""
    if not any_of(word.inflected):
        return word.inflected
    rare = (word.facts.foreign > SHORT) & ~word.identical & (word.cyrillic.cost > RARE)
    unlike = (word.cyrillic.channel >= word.facts.foreign) & (word.context.damage == 0)  # `runимо`: кипимо shares no shape with it
    likely = word.inflected & (rare | ((word.facts.foreign >= SHORT) & (unlike | ~word.cyrillic.known)))
    named = likely & word.facts.known_beginning & ~word.latin.known & ~_enclosed(word) if any_of(likely) else likely
    marked = word.size > word.facts.cyrillic + word.facts.foreign  # `BibTeX'ом`: an apostrophe is the border
    return named | (word.inflected & (word.facts.foreign >= SHORT) & marked & ~word.cyrillic.known)


def foreign_alphabet(word: Features) -> Flags:
    """Words with letters of other Cyrillic alphabets: Serbian, Kazakh, Chechen and others unless the word is common and stands alone."""
    only = (word.facts.foreign_cyrillic == word.facts.foreign) & (word.facts.foreign > 0)
    palochka = word.facts.palochka
    if any_of(palochka):
        palochka = palochka & (~word.cyrillic.known | word.context.other_alphabet)  # `дIа`, read as діа
    if not any_of(only):
        return palochka
    other = word.context.other_alphabet | ~word.facts.common | (word.facts.acronym & (word.facts.lower > 1))  # `Дај` is no ДАІ
    russian = only & word.facts.russian
    if any_of(russian):
        other = other | (russian & ~word.context.russian)  # `случај`
    return palochka | (only & other & ~(word.latin_possible & (word.facts.latin > 0)))


def numeral_with_ending(word: Features) -> Flags:
    """`Iн`, `IIв`: a Roman numeral and one letter, as dentists write teeth."""
    if not any_of(word.facts.suffixed):
        return word.facts.suffixed
    roman = word.facts.roman - word.facts.hundreds
    numeral = ((word.first & (scripts.ROMAN | UPPER)) == (scripts.ROMAN | UPPER)) & (roman == word.facts.foreign)
    # `Iн.`, `Iв.-Франк.`: an abbreviation, as at the beginning of a line.
    short = (word.size == 2) & (word.glyph == ord("I")) & word.cyrillic.known & (((word.after & DOT) != 0) | ((word.before & NEWLINE) != 0))
    return word.facts.suffixed & (word.facts.cyrillic == 1) & numeral & (word.cyrillic.cost > COMMON) & ~short


def notation(word: Features) -> Flags:
    """`.под1во`, `Тe1`, `MAP xх`, `Eк`: patterns of hyphenation, chess, sets of look-alikes, quantities with an index.

    A line that is one token with digits among its letters says nothing for damage: there only words of the list are repaired, no rare ones.
    """
    pattern, twins = word.facts.digits > 0, word.facts.twins
    if any_of(pattern):
        likely = (word.cyrillic.cost < np.where(word.size > SHORT, RARE, COMMON)) & (word.size > 2)
        goes_on = ((word.after & APOSTROPHE) != 0) & ((word.before & APOSTROPHE) == 0)  # `на3в'4ю`; quotes stand on both sides
        listed = word.cyrillic.known & (likely | (word.size > SYLLABLES)) & ~goes_on
        pattern = word.ask(Words.only_chunk, pattern & ~listed)
    if any_of(twins):
        unlisted = ~word.cyrillic.known | (word.facts.acronym & (word.facts.lower > 0) & ~word.identical)  # `бпn` is no БПП
        pair = (word.size == 2) & (word.cyrillic.cost > COMMON) & word.context.latin_letters_before  # `MAP PР`
        twins = twins & (pair | unlisted)
    return pattern | twins | word.facts.square | (word.facts.indexed & (word.context.damage == 0))


def unit(word: Features) -> Flags:
    """`kВт`, `MОм`: the symbol of a unit with letters of both scripts."""
    sure = word.cyrillic.channel <= SAME_SHAPE * word.facts.foreign  # not `rН`, read as кН
    return word.facts.unit & (word.size > 1) & ~word.facts.greek_unit & sure


def prefixed(word: Features) -> Flags:
    """`xСтатус`, `iБанк`: a mark or a name glued before a capitalised word; `IТшник` is none, for `Тшник` is no word.

    `NeМЕХАНИК`, `файлN`, `використанняError`: two words in one.
    """
    small = (word.first & LOWER) != 0
    cased = word.facts.upper > ((word.first & UPPER) != 0)
    bar = word.last_glyph == ord("I")  # `роботI`; other capitals at the end are names (`масивY`)
    exact = word.cyrillic.known & ((word.identical & bar) | ~cased)
    prefixed = word.facts.prefixed & (small | (~word.cyrillic.known & (word.facts.rest < NO_WORD)))
    return prefixed | (word.facts.joined & ~exact)


def glued(word: Features) -> Flags:
    """`Сервер1`, `6Конвенції`, `nВозможно`: what is left without the glyph at the edge is a word, and with it there is none.

    A digit is a number in sound company, though the whole may be read as a word (`документ1`); in damage the likelier reading wins.
    """
    # `1ван`: ван is an abbreviation or a syllable; not so in `ΔПС` and `<кат1>`.
    short = (word.facts.cyrillic <= SHORT) & (word.facts.greek == 0) & word.context.prose
    whole = word.facts.rest < np.where(short, FREQUENT, NO_WORD)
    # `1латгальцями`: neither is in the list; in sound company the digit is a number all the same.
    edge = (word.facts.digits == 1) & (word.facts.cyrillic == word.size - 1) & (((word.first | word.last) & DIGIT) != 0)
    edge &= ~word.cyrillic.known & (word.facts.cyrillic > SHORT) & ~whole
    # `Гучн1-LFO1`, `Гучн1-Обв2`, `'Кат1', 'Кат2'`, `"Кіт1"`, `namespace лаб1`
    here, behind = word.context, ((word.last & DIGIT) != 0) & (word.facts.foreign == 0) & (word.facts.digits == 1)
    named = behind & (word.after == HYPHEN) & (here.latin_letters_after | here.numbered_after)
    series = here.numbered_before | here.numbered_after | here.latin_before | here.latin_after | _enclosed(word)
    named = named | (behind & (word.facts.rest < NO_WORD) & series & (here.damage == 0))
    # `1Примiткa`, `3Вiдпoвiдь`: no letter is small before the only capital of its word.
    titled = ((word.first & DIGIT) != 0) & (word.facts.upper == 1) & (word.facts.lower > 0)
    if not any_of(whole | edge | word.facts.numbered | named | titled):
        return whole
    sound = word.context.damage == 0
    digits = whole & (word.facts.digits > 0) & (word.facts.digits + word.facts.cyrillic == word.size)
    ahead = np.where(word.cyrillic.known, word.facts.rest - word.cyrillic.total, -np.inf)  # nats by which the whole is likelier
    number = (digits & (ahead < -APART)) | (((digits & ((ahead < GLUED) | ~word.context.prose)) | edge) & sound)
    return number | named | titled | word.facts.numbered | (whole & _glued_letter(word, sound))


def _glued_letter(word: Features, sound: Flags) -> Flags:
    """A letter of an escape, of a command or of a formula: `nВозможно`, `-oназва`, `--color=xколір`, `ΔПС`."""
    few = (word.facts.foreign == 1) | ((word.facts.foreign == 2) & (word.facts.cyrillic > SYLLABLES))  # `IPФАКТИЧНА`
    one = (word.facts.digits == 0) & few
    command = word.context.option | ((word.before & TECHNICAL) != 0)
    lost = ((word.first & CYRILLIC) == 0) & sound  # `oвнесків`, but `відокремлювачa`
    letter = (word.facts.cyrillic > SHORT) & ~word.cyrillic.known & (~word.identical | command | lost)
    greek = (word.facts.greek == 1) & ~word.identical & (word.facts.upper > 1) & sound
    return one & (letter | greek)


def latin_wins(word: Features) -> Flags:
    """`fаcebook`, `Сorporation`: Latin letters throughout, and likelier so."""
    if not any_of(word.latin_possible):
        return word.latin_possible
    here, facts = word.context, word.facts
    beside, sound = here.latin_before | here.latin_after, here.damage == 0
    possible = word.latin_possible & (facts.latin > 0) & ((facts.digits == 0) | (facts.latin > 2))
    possible &= (word.latin.known | ~word.inflected | _in_latin_company(word)) & (~facts.readable | (facts.latin * 3 >= word.size))
    possible &= word.latin.known | (facts.upper == 0) | ~np.isin(word.glyph, _FUNCTION)  # `уShotwell` is glued, `еFarmer` is a name
    # Read as Cyrillic the word must be less likely in any company, and not the one that the list has.
    possible &= ~facts.readable | ((word.gain < 0) & (word.latin.known | ~word.cyrillic.known))
    # Without a Cyrillic reading, the very images of Latin letters will do, in capitals even if they are most of the word (`МСD`).
    same, half = _same_shape(word), facts.latin * 2 >= word.size
    alone = possible & ~facts.readable & (((word.latin.known | same) & half) | (same & word.capitals))
    # `Pecorіno`: its own letters are Latin only, and the intruders the very images of Latin ones.
    image = same & ~word.identical & sound & word.latin_possible
    alone = alone | (image & half & (word.size > SHORT) & ((possible & ~word.cyrillic.known) | _in_latin_company(word)))
    # `СТG` beside Latin words: a guess at a letter is worth less than the very image.
    alone = alone | (image & word.capitals & (word.size <= ACRONYM) & (facts.digits == 0) & beside)
    # Beside Cyrillic words the Latin reading must be far likelier, but for acronyms (`HР LaserJet`).
    acronym = word.capitals & ((~here.shouted & (facts.latin >= facts.cyrillic) & sound) | ((facts.digits == 0) & beside))
    among = (here.cyrillic_before | here.cyrillic_after | here.number_before) & ~acronym
    frequent = among & word.cyrillic.known & (word.cyrillic.cost < FREQUENT)
    margin = np.where(among, 3.0 + 2.0 * np.minimum(here.damage, 3), np.where(word.capitals, 0.0, LITTLE))
    return alone | (possible & facts.readable & ~frequent & (-word.gain > margin))


def _same_shape(word: Features) -> Flags:
    """Every Cyrillic letter is the very image of a Latin one."""
    return word.latin.channel <= SAME_SHAPE * (word.size - word.facts.latin)


def _in_latin_company(word: Features) -> Flags:
    """`red merantі`, `(Havartі)`, `Kefalo-Tyrі`: the letter at the end is no inflection there; it is in `Google Playі`."""
    here, small = word.context, (word.first & LOWER) != 0
    beside = here.latin_after | (here.latin_before & (small | (word.before == HYPHEN)))
    plain = word.size == word.facts.cyrillic + word.facts.foreign  # `modpack’а` has an ending
    return word.inflected & (word.facts.cyrillic == 1) & plain & (_enclosed(word) | beside)


def _enclosed(word: Features) -> Flags:
    """Nothing but the word stands between brackets or quotes."""
    return ((word.before & OPENING) != 0) & ((word.after & CLOSING) != 0)


def digits_stay(word: Features) -> Flags:
    """`3D`, `слово3`: digits that are no letters of the word."""
    if not any_of(word.facts.digits):
        return word.facts.digits > 0
    return _digits_are_digits(word) & ~small_word_with_digits(word)


def _digits_are_digits(word: Features) -> Flags:
    digits, first_digit = word.facts.digits, (word.first & DIGIT) != 0
    few = (word.size - digits < SHORT) | (digits * 2 > word.size)
    word_like = word.cyrillic.cost < PLAUSIBLE * (word.size + 1)
    inner = ((word.first | word.last) & DIGIT) == 0
    zero_last = (word.last_glyph == ord("0")) & (word.size > 5)
    likely = word.cyrillic.known | (inner & (digits * 3 <= word.size) & word_like)
    likely |= (zero_last | (first_digit & (word.size > 4))) & (digits == 1) & word_like
    return (digits > 0) & (few | ~likely)


def small_word_with_digits(word: Features) -> Flags:
    """`щ0`, `а6о`, `3а` in a damaged line: common words too short to be sure of otherwise."""
    clear = ((word.first & DIGIT == 0) | (word.size > 2)) & (word.cyrillic.cost < COMMON)
    return _common_with_digits(word) & ((word.context.damage > 0) | clear) & (((word.before | word.after) & TECHNICAL) == 0)


def _common_with_digits(word: Features) -> Flags:
    digits, capitals = word.facts.digits, word.facts.upper
    cased = (capitals == 0) | ((capitals == 1) & (word.first & UPPER != 0) & (word.size > 1))
    few_digits = (digits == 1) | ((digits == 2) & (word.size > SHORT))
    return cased & few_digits & word.cyrillic.known & (word.cyrillic.cost < COMMON + word.size)


def doubtful(word: Features) -> Flags:
    """Readings that differ by little (`Nова`, `[пoс]`), and two letters whose reading is rarer than an abbreviation would be."""
    beside = word.identical & (word.context.cyrillic_before | word.context.cyrillic_after)
    little = word.latin_possible & (np.abs(word.gain) < LITTLE) & (word.facts.digits == 0) & (word.context.damage == 0) & ~beside
    return _rare_pair(word) | little


def _rare_pair(word: Features) -> Flags:
    rare = (word.size == 2) & (word.cyrillic.cost > RARE) & (word.facts.foreign > 0)
    if not any_of(rare):
        return rare
    ending = word.facts.ordinal & (word.context.cut | (word.context.number_before & (word.before == HYPHEN)))  # `3-iй`, `-iй`
    return rare & ~(word.identical & ((word.context.damage > 0) | ending))


def known(word: Features) -> Flags:
    """The reading is a word of the list."""
    sure = word.facts.readable & word.cyrillic.known
    pair, guess = word.facts.readable & (word.size == 2) & word.identical, sure & word.capitals & (word.size <= ACRONYM) & ~word.identical
    if not any_of(pair | guess):
        return sure
    return (sure | (pair & (word.context.damage > 0))) & ~(guess & ((word.context.damage == 0) | word.latin.known))  # `NАТО` is no ПАТО


def known_with_digits(word: Features) -> Flags:
    """The same of words with digits for letters: `3алізнична`."""
    digits = word.facts.digits > 0
    return digits & known(word) if any_of(digits) else digits


def certain(word: Features) -> Flags:
    """A letter that only Cyrillic has, and foreign ones that are the very image of Cyrillic ones: no list is needed."""
    numeral = (word.facts.foreign > 1) & (word.facts.roman - word.facts.hundreds == word.facts.foreign)  # `IIД`
    long = (word.size > SHORT) | ((word.size == SHORT) & word.capitals & ~numeral)
    short = word.size == SHORT
    if any_of(short):
        long = long | (short & (word.context.cut | (word.before == HYPHEN) | (word.after == HYPHEN)))  # `-iчн-`, `збi-жжя`
    return word.facts.readable & word.identical & (word.facts.strong > 0) & long & ~word.context.host


def plausible(word: Features) -> Flags:
    """A reading that is in no list, spelled as Ukrainian or Russian words are."""
    guess = word.capitals & ~word.identical & (word.facts.strong == 0) & (word.context.damage == 0)  # `ОNUКА`
    guess = guess | word.context.host  # `фaсebook.com`: a label of a domain is a word of the list or stays
    return word.facts.readable & (word.cyrillic.cost < PLAUSIBLE * (word.size + 1)) & (word.size > SHORT) & ~guess


def worth_a_look(word: Features) -> Flags:
    """A reading that could be a name; a proposal that nobody can pronounce is none."""
    return word.facts.readable & (word.cyrillic.cost < 1.5 * PLAUSIBLE * (word.size + 1))


def only_cyrillic(word: Features) -> Flags:
    """Nothing foreign in the word but invisible characters or letters in two parts."""
    return (word.facts.foreign == 0) & (word.facts.digits == 0)


def hidden(word: Features) -> Flags:
    """The same, but not two words that a space without width holds apart (`Назва<U+200B>файлу`)."""
    return only_cyrillic(word) & ~_held_apart(word)


def _held_apart(word: Features) -> Flags:
    unknown = only_cyrillic(word) & ~word.cyrillic.known
    return word.ask(held_apart, unknown) if any_of(unknown) else unknown
