"""Find out the facts of words, each word once: they are remembered."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import mixed, notation, policy, standalone, vote
from .case import Case
from .facts import ASK, FACTS, HEAD, Facts, Flags
from .language import CODE, hash_words, language
from .limits import SHORT
from .memory import memory_of
from .readings import UNREADABLE, best_cyrillic, best_latin
from .scripts import HOST, NATIVE, PLAIN_LATIN
from .segments import Index, where
from .tokens import Chosen


class Recalled(NamedTuple):
    """What is known of some words."""

    heads: NDArray[np.void]  # of all
    asking: Index  # the words that their line decides
    facts: Facts  # of those


def recall(chosen: Chosen) -> Recalled:
    """Return what is known of the chosen words; only words that are met for the first time are worked on."""

    def learn(new: Index) -> tuple[NDArray[np.void], NDArray[np.void]]:
        return _learn(chosen if len(chosen) == 1 else Chosen(chosen.words, chosen.index[new]))

    def asking(heads: NDArray[np.void]) -> Index:
        """Return the words that their line decides; labels of domains that mix scripts are among them."""
        return where(heads["asks"] | ((chosen.words.inside[chosen.index] & np.uint32(HOST)) != 0))

    heads, rows, bodies = memory_of("words", HEAD, FACTS).recall(chosen.keys, learn, asking)
    return Recalled(heads, rows, Facts(bodies))


def _learn(chosen: Chosen) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """Return the heads and the bodies of different words."""
    heads, bodies = np.zeros(len(chosen), HEAD), np.zeros(len(chosen), FACTS)
    bodies["counts"] = vote.counts(chosen)
    last = chosen.first + chosen.size - 1
    bits = chosen.bits & ~np.uint32(HOST)  # not of the word, but of the place where it is met first
    bodies["first"], bodies["last"] = bits[chosen.first], bits[last]
    bodies["glyph"], bodies["last_glyph"] = chosen.glyph[chosen.first], chosen.glyph[last]
    bodies["readable"], bodies["latinable"] = vote.readable(chosen), vote.latinable(chosen)
    cyrillic = best_cyrillic(chosen)
    bodies["channel"], bodies["word"], bodies["known"] = cyrillic.channel, cyrillic.word, cyrillic.known
    bodies["latin_channel"] = UNREADABLE
    rows = where(bodies["latinable"])
    if len(rows):
        latin = best_latin(Chosen(chosen.words, chosen.index[rows]))
        bodies["latin_channel"][rows], bodies["latin_word"][rows], bodies["latin_known"][rows] = latin
    case = Case(chosen.words, chosen.index, Facts(bodies), None)  # sees what is written into the bodies from here on
    bodies["borrowed"], bodies["known_beginning"] = _borrowed(chosen), _known_beginning(case, chosen)
    bodies["formula"], bodies["ordinal"] = _formula(case, chosen), _ordinal(case, chosen, cyrillic.choice)
    native = np.bitwise_or.reduceat(chosen.bits & np.uint32(NATIVE), chosen.first) != 0
    heads["rule"] = ASK
    foregone = where(native & mixed.foregone(case))
    if len(foregone):
        heads["rule"][foregone] = policy.first_to_hold(policy.IN_WORD, case if len(foregone) == len(case) else case.take(foregone))
    heads["asks"] = heads["rule"] == ASK
    if not native.all():
        heads["asks"] &= native | ~standalone.hopeless(case)
    heads["choice"], heads["proper"], heads["gain"] = cyrillic.choice, cyrillic.proper, case.gain
    heads["strong"], heads["readable"], heads["common"] = case.facts.strong > 0, case.facts.readable, mixed.common(case)
    return heads, bodies


def _borrowed(chosen: Chosen) -> Flags:
    small = chosen.glyph | np.uint32(0x20)
    return np.logical_or.reduceat((small == ord("ï")) | (small == ord("è")), chosen.first)


def _known_beginning(case: Case, chosen: Chosen) -> Flags:
    """Tell where the Latin letters that a word begins with are a word of the list."""
    found = np.zeros(len(chosen), bool)
    size = case.facts.plain_latin
    asked = where(case.suffixed & (case.facts.foreign > SHORT) & (size > 0) & (size < case.size))
    if len(asked):
        foreign = (chosen.bits & np.uint32(PLAIN_LATIN)) != 0
        codes, first = CODE[np.where(foreign, chosen.glyph, 0)], chosen.first[asked]
        found[asked] = language().look_up(hash_words(codes, first, first + size[asked])) != 0
    return found


def _formula(case: Case, chosen: Chosen) -> Flags:
    found = mixed.like_a_formula(case)
    asked = where(found)
    if len(asked):
        found[asked] = notation.are_formulas(Chosen(chosen.words, chosen.index[asked]))
    return found


def _ordinal(case: Case, chosen: Chosen, choice: NDArray[np.int64]) -> Flags:
    found = (case.facts.cyrillic == 0) & (case.size <= notation.LONGEST_ENDING)
    asked = where(found)
    if len(asked):
        found[asked] = notation.are_ordinal_endings(Chosen(chosen.words, chosen.index[asked]), choice[asked])
    return found
