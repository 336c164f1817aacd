"""Find out the facts of words, each word once: they are remembered."""

from __future__ import annotations

import threading
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import mixed, notation, policy, standalone, vote
from .case import Case
from .facts import ASK, FACTS, Facts, Flags
from .language import CODE, hash_words, language
from .limits import SHORT
from .memory import Memory
from .readings import UNREADABLE, best_cyrillic, best_latin
from .scripts import NATIVE, PLAIN_LATIN
from .tokens import Chosen

BORROWED: Final = np.array([ord(letter) for letter in "ïÏèÈ"], np.uint32)


class _Memories(threading.local):
    """A memory for each thread, so that none needs a lock."""

    def __init__(self) -> None:
        self.words = Memory(FACTS)


_memories: Final = _Memories()


def facts_of(chosen: Chosen) -> Facts:
    """Return the facts of the chosen words; only words that are met for the first time are worked on."""
    memory, keys = _memories.words, chosen.keys
    records, new = memory.find(keys)
    if len(new):
        _, first, word = np.unique(keys[new], return_index=True, return_inverse=True)
        learnt = _learn(Chosen(chosen.words, chosen.index[new[first]]))
        memory.keep(learnt)
        records[new] = learnt.take(word)
    return Facts(records)


def forget() -> None:
    """Begin anew with an empty memory: for measurements."""
    _memories.words = Memory(FACTS)


def _learn(chosen: Chosen) -> NDArray[np.void]:
    """Return the facts of different words."""
    records = np.zeros(len(chosen), FACTS)
    flags, costs, edges = records["flags"], records["costs"], records["edges"]
    records["key"] = chosen.keys
    records["counts"] = vote.counts(chosen)
    last = chosen.first + chosen.size - 1
    for number, column in enumerate((chosen.bits[chosen.first], chosen.bits[last], chosen.glyph[chosen.first], chosen.glyph[last])):
        edges[:, number] = column
    flags[:, 0], flags[:, 1] = vote.readable(chosen), vote.latinable(chosen)
    cyrillic = best_cyrillic(chosen)
    records["choice"] = cyrillic.choice
    costs[:, 0], costs[:, 1], costs[:, 2] = cyrillic.channel, cyrillic.word, UNREADABLE
    flags[:, 2], flags[:, 4] = cyrillic.known, cyrillic.proper
    rows = np.flatnonzero(flags[:, 1])
    if len(rows):
        latin = best_latin(Chosen(chosen.words, chosen.index[rows]))
        costs[rows, 2], costs[rows, 3], flags[rows, 3] = latin.channel, latin.word, latin.known
    native = np.bitwise_or.reduceat(chosen.bits & np.uint32(NATIVE), chosen.first) != 0
    case = Case(chosen.words, chosen.index, Facts(records), None)
    for number, found in enumerate((_borrowed(chosen), _known_beginning(case, chosen), _formula(case, chosen), _ordinal(case, chosen)), 5):
        flags[:, number] = found
    case = Case(chosen.words, chosen.index, Facts(records), None)
    flags[:, 9] = ~native & standalone.hopeless(case)
    records["rule"] = ASK
    foregone = np.flatnonzero(native & mixed.foregone(case))
    if len(foregone):
        records["rule"][foregone] = policy.first_to_hold(policy.IN_WORD, case.take(foregone))
    return records


def _borrowed(chosen: Chosen) -> Flags:
    return np.logical_or.reduceat(np.isin(chosen.glyph, BORROWED), chosen.first)


def _known_beginning(case: Case, chosen: Chosen) -> Flags:
    """Tell where the Latin letters that a word begins with are a word of the list."""
    found = np.zeros(len(chosen), bool)
    size = case.facts.plain_latin
    asked = np.flatnonzero(case.suffixed & (case.facts.foreign > SHORT) & (size > 0) & (size < case.size))
    if len(asked):
        foreign = (chosen.bits & np.uint32(PLAIN_LATIN)) != 0
        codes, first = CODE[np.where(foreign, chosen.glyph, 0)], chosen.first[asked]
        found[asked] = language().look_up(hash_words(codes, first, first + size[asked])) != 0
    return found


def _formula(case: Case, chosen: Chosen) -> Flags:
    found = mixed.like_a_formula(case)
    asked = np.flatnonzero(found)
    found[asked] = notation.are_formulas(Chosen(chosen.words, chosen.index[asked]))
    return found


def _ordinal(case: Case, chosen: Chosen) -> Flags:
    found = (case.facts.cyrillic == 0) & (case.size <= notation.LONGEST_ENDING)
    asked = np.flatnonzero(found)
    found[asked] = notation.are_ordinal_endings(Chosen(chosen.words, chosen.index[asked]), case.facts.choice[asked])
    return found
