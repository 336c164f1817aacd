"""Decide every word of a text: the vote, the readings, the language and the line, through the rules of `policy`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import policy, scripts
from .config import Config
from .context import Evidence, among, surroundings
from .policy import IN_WORD, KEEP, STANDALONE, TO_CYRILLIC, TO_LATIN, Case, Flags
from .readings import best_cyrillic, best_latin
from .screen import NEAR
from .segments import Index
from .tokens import SPACE_POINT, Points, Words
from .vote import FOREIGN, Vote, vote


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is to be done to some words, as columns in the order of the text; words that stay have no row.

    `letters` and `kinds` have an item for each letter of those words, one word after the other.
    """

    word: Index
    action: NDArray[np.uint8]
    reason: NDArray[np.object_]
    score: NDArray[np.float32]
    proper: Flags
    letters: Points
    kinds: NDArray[np.uint8]


def decide(words: Words, origin: Index, config: Config) -> Decisions:
    """Return what is to be done to the words of a text; `origin` is the line of the whole text that each word stands in."""
    votes = vote(words)
    none = np.zeros(len(words), bool)
    hurt = votes.foreign + votes.digits > 0
    mixed = np.flatnonzero(_is_mixed(words, votes))
    likely = none.copy()
    likely[mixed] = votes.readable[mixed] & (votes.strong_cyrillic[mixed] > 0)
    first = _case(words, votes, mixed, Evidence(likely, likely & hurt, origin))
    action, reason = policy.decide(IN_WORD, first, config)
    repaired = none.copy()
    repaired[mixed] = action == TO_CYRILLIC
    parts = [_rows(first, action, reason)]
    alone = _alone(words, votes) if config.standalone else mixed[:0]
    if len(alone):
        second = _case(words, votes, alone, Evidence(repaired, repaired & hurt, origin))
        parts.append(_rows(second, *policy.decide(STANDALONE, second, config)))
    return _in_order(words, parts)


def _is_mixed(words: Words, votes: Vote) -> Flags:
    touched = (words.inside & np.uint32(FOREIGN | scripts.DIGIT | scripts.INVISIBLE)) != 0
    composed = words.glyph != words.points[words.at]
    if composed.any():
        touched |= np.add.reduceat(composed, words.first) > 0
    native = (votes.cyrillic > 0) | (((words.inside & np.uint32(scripts.FOREIGN_CYRILLIC)) != 0) & (votes.latin > 0))
    return native & touched


def _alone(words: Words, votes: Vote) -> Index:
    """Return the words without a certain Cyrillic letter that stand among Cyrillic ones."""
    single = (words.size == 1) & np.isin(words.glyph[words.first], [ord("3"), ord("6")])
    single &= words.points[words.start - 1] <= SPACE_POINT
    found = np.flatnonzero(((votes.cyrillic == 0) & ((words.inside & np.uint32(scripts.FOREIGN_CYRILLIC)) == 0) & (votes.foreign > 0) & votes.readable) | single)
    found = found[words.near_native(found, NEAR)]
    return found[among(votes.cyrillic > 0, words, found)]


def _case(words: Words, votes: Vote, chosen: Index, evidence: Evidence) -> Case:
    around = surroundings(words, chosen, votes, evidence)
    return Case(words, chosen, votes.of(chosen), best_cyrillic(words, chosen), best_latin(words, chosen), around)


def _rows(case: Case, action: NDArray[np.uint8], reason: NDArray[np.object_]) -> Decisions:
    """Return the decisions of a case without those that keep the word."""
    row = np.flatnonzero(action != KEEP)
    latin = action == TO_LATIN
    size = case.size
    of_letter = np.repeat(latin, size)
    kept = np.repeat(action != KEEP, size)
    letters = np.where(of_letter, case.latin.letters, case.cyrillic.letters)[kept]
    kinds = np.where(of_letter, case.latin.kinds, case.cyrillic.kinds)[kept]
    score = np.minimum(np.abs(case.gain), np.float32(99.0))
    proper = case.cyrillic.proper & ~latin
    return Decisions(case.chosen[row], action[row], reason[row], score[row], proper[row], letters, kinds)


def _in_order(words: Words, parts: list[Decisions]) -> Decisions:
    if len(parts) == 1:
        return parts[0]
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in Decisions.__slots__]
    word = columns[0]
    order = np.argsort(word, kind="stable")
    letter_order = np.argsort(np.repeat(word, words.size[word]), kind="stable")
    return Decisions(*(c[order] for c in columns[:5]), *(c[letter_order] for c in columns[5:]))
