"""Find out the facts of words, each word once: they are remembered."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arrays.memory import memory_of
from ..arrays.ragged import Costs, Flags, Index, where
from ..letters.language import CODE, hash_words, language
from ..letters.properties import APOSTROPHE, CYRILLIC, DIGIT, IDENTIFIER, LETTER, LOWER, PLAIN_LATIN, UPPER, VOWEL
from ..thresholds import FREQUENT, SHORT
from . import notation
from .facts import NO_WORD, RECORD, SAME_SHAPE, Facts
from .readings import UNREADABLE, best_cyrillic, best_latin, nearest, spell_cyrillic
from .tokens import Chosen
from .vote import counts, latinable, readable

LONGEST_SET = 4  # letters

ROMAN_ONE = 0x2160


def records_of(chosen: Chosen) -> NDArray[np.void]:
    """Return what is known of the chosen words; only words that are met for the first time are worked on."""

    def learn(new: Index) -> NDArray[np.void]:
        return _found_out(chosen if len(chosen) == 1 else Chosen(chosen.words, chosen.index[new]))

    return memory_of("words", RECORD).recall(chosen.keys, learn)


def _found_out(chosen: Chosen) -> NDArray[np.void]:
    """Return the records of words met for the first time."""
    records = np.zeros(len(chosen), RECORD)
    records["counts"] = counts(chosen)
    last = chosen.first + chosen.size - 1
    bits = chosen.bits & ~np.uint32(IDENTIFIER)  # not of the word, but of the place where it is met first
    records["first"], records["last"] = bits[chosen.first], bits[last]
    records["glyph"], records["last_glyph"] = chosen.glyph[chosen.first], chosen.glyph[last]
    records["ending"] = _ending(chosen, last)
    records["readable"], records["latinable"] = readable(chosen), latinable(chosen)
    for name, column in best_cyrillic(chosen)._asdict().items():
        records[name] = column
    records["latin_channel"] = UNREADABLE
    rows = where(records["latinable"])
    if len(rows):
        latin = best_latin(Chosen(chosen.words, chosen.index[rows]))
        records["latin_channel"][rows], records["latin_cost"][rows], records["latin_known"][rows] = latin
    facts = Facts(records)
    records["borrowed"], records["known_beginning"] = _borrowed(chosen), _known_beginning(facts, chosen)
    records["formula"] = _formula(facts, chosen)
    _find_ordinals(records, facts, chosen)
    records["rest"], records["prefixed"], records["joined"], records["numbered"] = _rest(chosen)
    records["twins"], records["square"] = _twins(facts, chosen), _square(facts, chosen)
    records["indexed"], records["palochka"] = _indexed(facts, chosen), _palochka(chosen)
    records["joined"] |= _crossed(facts, chosen)
    records["unit"], records["greek_unit"] = _unit(facts, chosen), _greek_unit(facts, chosen)
    return records


def _ending(chosen: Chosen, last: Index) -> Flags:
    """Tell which words end as an inflection may: a consonant or an о after a foreign letter is none, nor is `іі`."""
    ahead = np.maximum(last - 1, chosen.first)
    lone = ((chosen.bits[last] & VOWEL) == 0) | (chosen.glyph[last] == ord("о"))
    doubled = (chosen.glyph[ahead] == chosen.glyph[last]) & (chosen.glyph[last] == ord("і"))
    return ~(lone & ((chosen.bits[ahead] & CYRILLIC) == 0)) & ~doubled


def _borrowed(chosen: Chosen) -> Flags:
    small = chosen.glyph | np.uint32(0x20)
    return np.logical_or.reduceat((small == ord("ï")) | (small == ord("è")), chosen.first)


def _known_beginning(facts: Facts, chosen: Chosen) -> Flags:
    """Tell where the Latin letters that a word begins with are a word of the list."""
    found = np.zeros(len(chosen), bool)
    size = facts.plain_latin
    asked = where(facts.suffixed & (facts.foreign >= SHORT) & (size > 0) & (size < facts.size))
    if len(asked):
        foreign = (chosen.bits & np.uint32(PLAIN_LATIN)) != 0
        codes, first = CODE[np.where(foreign, chosen.glyph, 0)], chosen.first[asked]
        found[asked] = language().look_up(hash_words(codes, first, first + size[asked])) != 0
    return found


def _formula(facts: Facts, chosen: Chosen) -> Flags:
    """Tell which words are chemical formulas when read as Latin; by their letters few may be."""
    found = facts.latin_possible & (facts.latin > 0) & (facts.size < 12)
    capital, cased = (facts.first & UPPER) != 0, (facts.size <= 5) & (facts.lower > 0)
    found &= np.where(capital, (facts.digits > 0) | (facts.size == 2) | cased, (facts.size == 2) & (facts.upper == 1))
    found |= capital & (facts.size == 4) & (facts.plain_latin == 4) & (facts.upper == 1)  # `Cmax`: only those with max and min are formulas
    asked = where(found)
    if len(asked):
        found[asked] = notation.are_formulas(Chosen(chosen.words, chosen.index[asked]), extremes=facts.latin[asked] == facts.size[asked])
    return found


def _rest(chosen: Chosen) -> tuple[Costs, Flags, Flags, Flags]:
    """Return what is left of words without the foreign letters and digits at their edges; which have a prefix, a second word, a number.

    Case marks the border of two words, or both parts have four letters and more and the Cyrillic one is a word.
    """
    size = len(chosen)
    rest, (prefixed, joined, numbered) = np.full(size, NO_WORD), np.zeros((3, size), bool)
    own, letter = (chosen.bits & np.uint32(CYRILLIC)) != 0, (chosen.bits & np.uint32(LETTER)) != 0
    plain = own | ((chosen.bits & np.uint32(APOSTROPHE)) != 0)
    total = np.append(0, plain.cumsum())
    last = chosen.first + chosen.size
    # The first and the last Cyrillic letter of each word, and whether nothing foreign stands between them.
    at = np.append(where(own), len(own))
    low, high = at[at.searchsorted(chosen.first)], at[np.maximum(at.searchsorted(last) - 1, 0)] + 1
    asked = where((low < last) & (high - low > 1) & (high - low < chosen.size))
    asked = asked[where(total[high[asked]] - total[low[asked]] == high[asked] - low[asked])]
    if not len(asked):
        return rest, prefixed, joined, numbered
    start, end = low[asked], high[asked]
    entries = language().look_up(hash_words(CODE.take(chosen.glyph, mode="clip"), start, end))
    rest[asked] = np.where(entries == 0, NO_WORD, language().word_costs(entries))
    upper, lower = (chosen.bits & np.uint32(UPPER)) != 0, (chosen.bits & np.uint32(LOWER)) != 0
    head, tail, behind = start - chosen.first[asked], last[asked] - end, np.minimum(end, len(own) - 1)
    opens, closes = (head > 0) & (tail == 0) & letter[start - 1], (tail > 0) & (head == 0) & letter[behind]
    prefixed[asked] = opens & letter[chosen.first[asked]] & (head <= 2) & upper[start] & lower[start + 1]
    latin = (chosen.bits & np.uint32(PLAIN_LATIN)) != 0
    border = np.where(opens, latin[start - 1] & lower[start - 1] & upper[start], closes & lower[end - 1] & upper[behind] & latin[behind])
    inner = np.add.reduceat(upper, chosen.first, dtype=np.intp)[asked] > 1 + upper[chosen.first[asked]]  # `автоМежіX`
    word = (entries != 0) | inner
    long = (end - start > SHORT) & (np.maximum(head, tail) > SHORT) & (entries != 0) & (opens | closes)
    joined[asked] = long | (border & (word | (head > 2) | (tail > 1)))
    digit, first, final = (chosen.bits & np.uint32(DIGIT)) != 0, chosen.first[asked], last[asked] - 1
    digits = digit[first] & digit[first + 1], digit[final] & digit[final - 1]
    foreign = np.add.reduceat(letter & ~plain, chosen.first, dtype=np.intp)[asked] > 0
    numbered[asked] = ((digits[0] & (entries != 0) & (end - start >= SHORT)) | digits[1]) & ~foreign
    return rest, prefixed, joined, numbered


def _crossed(facts: Facts, chosen: Chosen) -> Flags:
    """Tell which words are two words with an x between them, as sizes are told: `ШИРИНАxВИСОТА`."""
    found = np.zeros(len(chosen), bool)
    asked = where((facts.plain_latin == 1) & (facts.foreign == 1) & (facts.digits == 0) & (facts.size > 2 * SHORT))
    if len(asked):
        some = Chosen(chosen.words, chosen.index[asked])
        at = where((some.glyph | np.uint32(0x20)) == ord("x"))
        word = some.first.searchsorted(at, "right") - 1
        start, end = some.first[word], (some.first + some.size)[word]
        at, word, start, end = (column[where((at - start >= SHORT) & (end - at > SHORT))] for column in (at, word, start, end))
        codes = CODE.take(some.glyph, mode="clip")
        both = [language().look_up(hash_words(codes, low, high)) != 0 for low, high in ((start, at), (at + 1, end))]
        found[asked[word]] = both[0] & both[1]
    return found


def _unit(facts: Facts, chosen: Chosen) -> Flags:
    found = facts.readable & (facts.size <= notation.LONGEST_UNIT) & (facts.foreign > 0) & (facts.cyrillic > 0) & (facts.upper > 0)
    asked = where(found)
    if len(asked):
        found[asked] = notation.are_units(Chosen(chosen.words, chosen.index[asked]), facts.choice[asked])
    return found


def _greek_unit(facts: Facts, chosen: Chosen) -> Flags:
    found = (facts.greek == 1) & (facts.size <= notation.LONGEST_UNIT + 1)
    asked = where(found)
    if len(asked):
        found[asked] = notation.are_greek_units(Chosen(chosen.words, chosen.index[asked]))
    return found | _signed(chosen)


def _signed(chosen: Chosen) -> Flags:
    found = np.logical_or.reduceat((chosen.glyph == notation.SIGNS[0]) | (chosen.glyph == notation.SIGNS[1]), chosen.first)
    asked = where(found)
    if len(asked):
        found[asked] = notation.are_signed(Chosen(chosen.words, chosen.index[asked]))
    return found


def _twins(facts: Facts, chosen: Chosen) -> Flags:
    """Tell which short words have each foreign letter's reading as a letter of their own too."""
    found = (facts.borders == 1) & (facts.cyrillic > 0) & (facts.digits == 0) & (facts.size <= LONGEST_SET)
    asked = where(found)
    if len(asked):
        some = Chosen(chosen.words, chosen.index[asked])
        letters, own = spell_cyrillic(some, facts.choice[asked]).letters, (some.bits & np.uint32(CYRILLIC)) != 0
        spans = zip(some.first.tolist(), (some.first + some.size).tolist(), strict=True)
        found[asked] = [
            set(letters[first:last][~own[first:last]].tolist()) <= set(letters[first:last][own[first:last]].tolist())
            for first, last in spans
        ]
    return found


def _square(facts: Facts, chosen: Chosen) -> Flags:
    moved = ((facts.first & UPPER) != 0) & ((facts.last & DIGIT) != 0)
    edge = np.isin(facts.glyph, [ord("n"), ord("u")]) | (facts.last_glyph == ord("b")) | (facts.upper == facts.size)
    dated = (facts.plain_latin == 1) & edge
    pairs = (facts.upper == facts.lower) & (facts.borders == 1)
    found = (facts.cyrillic > 0) & (facts.size <= notation.LONGEST_SQUARE) & (moved | dated | pairs)
    asked = where(found)
    if len(asked):
        found[asked] = notation.are_squares(Chosen(chosen.words, chosen.index[asked]))
    return found | _masked(chosen)


def _indexed(facts: Facts, chosen: Chosen) -> Flags:
    one = (facts.foreign == 1) | ((facts.foreign == 2) & (facts.upper == 2) & (facts.strong > 0))
    found = one & (facts.cyrillic + facts.foreign == facts.size) & (facts.borders == 1) & ((facts.first & CYRILLIC) == 0)
    found &= ((facts.last & VOWEL) == 0) | (facts.size == 2)
    found &= (facts.size <= notation.LONGEST_INDEXED) & (facts.as_cyrillic.cost > FREQUENT)
    # `xв`, `cм` are abbreviations; `Iв` may be a numeral.
    pair = (facts.size == 2) & (facts.as_cyrillic.channel <= SAME_SHAPE)
    found &= ~(pair & (((facts.first & LOWER) != 0) | (facts.glyph == ord("I")))) & (facts.glyph != ord("i"))
    asked = where(found)
    if len(asked):
        found[asked] = notation.are_indexed(Chosen(chosen.words, chosen.index[asked]))
    return found


def _palochka(chosen: Chosen) -> Flags:
    """Tell which words have a capital I between or behind small Cyrillic letters, the palochka of languages of the Caucasus: `хIинца`."""
    at = where(((chosen.glyph == ord("I")) | (chosen.glyph == ROMAN_ONE)) & (chosen.place > 0))
    small = (chosen.bits & np.uint32(CYRILLIC | LOWER)) == (CYRILLIC | LOWER)
    behind = np.minimum(at + 1, len(small) - 1)
    before = small[at - 1] | (chosen.place[at] == 1)  # `ХIинца`
    after = small[behind] | (chosen.place[behind] == 0) | (behind == at)  # `мацI`
    found = np.zeros(len(chosen), bool)
    found[chosen.first.searchsorted(at[where(before & after)], "right") - 1] = True
    return found & (np.add.reduceat(small, chosen.first, dtype=np.intp) > 1)


def _masked(chosen: Chosen) -> Flags:
    """Tell which words have three x in a row: a mask, `КОxxxx`."""
    x = (chosen.glyph | np.uint32(0x20)) == ord("x")
    run = np.zeros(len(x), bool)
    run[2:] = x[2:] & x[1:-1] & x[:-2] & (chosen.place[2:] > 1)
    return np.logical_or.reduceat(run, chosen.first)


def _find_ordinals(records: NDArray[np.void], facts: Facts, chosen: Chosen) -> None:
    """Record which words are endings of numbers, and which are so as their nearest shapes alone: the e of `1-e` is else є."""
    asked = where((facts.foreign > 0) & (facts.size <= notation.LONGEST_ENDING))
    if not len(asked):
        return
    some = Chosen(chosen.words, chosen.index[asked])
    chosen_so = notation.are_ordinal_endings(some, facts.choice[asked])
    nearest_so = notation.are_ordinal_endings(some, np.zeros(len(asked), np.int64))
    records["ordinal"][asked] = chosen_so | nearest_so
    records["twofold"][asked] &= ~chosen_so
    rows = asked[where(nearest_so & ~chosen_so)]
    if len(rows):
        records["twofold"][rows] = True
        channel, cost = nearest(Chosen(chosen.words, chosen.index[rows]))
        records["other_choice"][rows], records["other_channel"][rows], records["other_cost"][rows] = 0, channel, cost
