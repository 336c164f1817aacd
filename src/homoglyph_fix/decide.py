"""Decide every word of a text: the vote, the readings, the language and the line, through the rules of `policy`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import mixed, policy
from .case import Case, Flags
from .config import Config
from .context import Evidence, among
from .policy import IN_WORD, KEEP, STANDALONE, TO_CYRILLIC, TO_LATIN
from .screen import NEAR
from .scripts import (
    CYRILLIC,
    DIGIT,
    DIGIT_LETTER,
    FOREIGN_CYRILLIC,
    INVISIBLE,
    LATIN,
    MARK,
    NATIVE,
    OTHER,
    STRONG,
    STRONG_FOREIGN,
)  # fmt: skip
from .segments import Index
from .tokens import SPACE_POINT, Chosen, Points, Words
from .vote import FOREIGN

FEW = 64  # words: so few go through all rules faster than the plain ones among them are set apart
SURE = np.float32(99.0)  # the score of a word that cannot be Latin, and of all that score higher


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


def decide(words: Words, origin: Index, config: Config, *, scored: bool) -> Decisions:
    """Return what is to be done to the words of a text; `origin` is the line of the whole text that each word stands in.

    Scores cost a look at the Latin reading of every word; without `scored` they are 0.
    """
    none = np.zeros(len(words), bool)
    hurt = (words.inside & np.uint32(FOREIGN | DIGIT)) != 0
    parts = []
    touched = Chosen(words, _mixed(words))
    repaired = none
    if len(touched):
        # To its neighbours a word with a strong Cyrillic letter counts as repaired before it is.
        likely = none.copy()
        likely[touched.index] = touched.count(STRONG) > 0
        damaged = none.copy()
        alien = (words.inside & np.uint32(FOREIGN_CYRILLIC | OTHER)) != 0
        first = Case(touched, Evidence(likely, damaged, alien, origin))
        alien[touched.index[mixed.common(first)]] = False
        # Only a word that can be repaired is proof of damage: the screen passes over others (`слово9`, `љубав`).
        damaged[touched.index] = (likely & hurt)[touched.index] & first.vote.readable
        repaired = none.copy()
        rest = first
        if len(touched) > FEW:
            plain = mixed.ordinary(first)
            repaired[touched.index[plain]] = True
            parts.append(_sure_rows(first.take(np.flatnonzero(plain))))
            rest = first.take(np.flatnonzero(~plain))
        if len(rest):
            action, reason = policy.decide(IN_WORD, rest, config)
            repaired[rest.chosen.index] = action == TO_CYRILLIC
            parts.append(_rows(rest, action, reason, scored))
    alone = Chosen(words, _alone(words) if config.standalone else np.zeros(0, np.intp))
    if len(alone):
        second = Case(alone, Evidence(repaired, repaired & hurt, none, origin))
        parts.append(_rows(second, *policy.decide(STANDALONE, second, config), scored))
    return _in_order(words, parts)


def _mixed(words: Words) -> Index:
    """Return the words with a Cyrillic letter and anything that a Cyrillic word does not have."""
    inside = words.inside
    touched = (inside & np.uint32(FOREIGN | DIGIT | INVISIBLE)) != 0
    marked = np.flatnonzero((inside & np.uint32(MARK)) != 0)
    if len(marked):
        chosen = Chosen(words, marked)
        touched[marked] |= chosen.total(chosen.glyph != words.points[words.at[chosen.letters]]) > 0
    native = (inside & np.uint32(CYRILLIC)) != 0
    native |= (inside & np.uint32(FOREIGN_CYRILLIC | LATIN)) == (FOREIGN_CYRILLIC | LATIN)
    return np.flatnonzero(native & touched)


def _alone(words: Words) -> Index:
    """Return the words without a Cyrillic letter that stand among Cyrillic ones and may be meant as Cyrillic."""
    inside = words.inside
    digit = (words.size == 1) & ((inside & np.uint32(DIGIT_LETTER)) != 0) & (words.points[words.start - 1] <= SPACE_POINT)
    foreign = ((inside & np.uint32(FOREIGN)) != 0) & ((inside & np.uint32(NATIVE | STRONG_FOREIGN | OTHER)) == 0)
    found = np.flatnonzero(digit | foreign)
    if not len(found):
        return found
    found = found[words.near_native(found, NEAR)]
    return found[among((inside & np.uint32(CYRILLIC)) != 0, words, found)]


def _sure_rows(case: Case) -> Decisions:
    """Return the decisions of a case whose words all become their Cyrillic readings."""
    size = len(case)
    action, score = np.full(size, TO_CYRILLIC, np.uint8), np.full(size, SURE)
    reason = np.full(size, "known word", object)
    return Decisions(case.chosen.index, action, reason, score, case.cyrillic.proper, case.cyrillic.letters, case.cyrillic.kinds)


def _rows(case: Case, action: NDArray[np.uint8], reason: NDArray[np.object_], scored: bool) -> Decisions:
    """Return the decisions of a case without those that keep the word."""
    changed = action != KEEP
    row = np.flatnonzero(changed)
    kept = np.repeat(changed, case.size)
    letters, kinds = case.cyrillic.letters[kept], case.cyrillic.kinds[kept]
    latin = action == TO_LATIN
    if latin.any():
        of_letter = np.repeat(latin, case.size)[kept]
        letters = np.where(of_letter, case.latin.letters[kept], letters)
        kinds = np.where(of_letter, case.latin.kinds[kept], kinds)
    score = np.minimum(np.abs(case.gain[row]), SURE) if scored else np.zeros(len(row), np.float32)
    return Decisions(case.chosen.index[row], action[row], reason[row], score, (case.cyrillic.proper & ~latin)[row], letters, kinds)


def _in_order(words: Words, parts: list[Decisions]) -> Decisions:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        none = (np.zeros(0, kind) for kind in (np.intp, np.uint8, object, np.float32, bool, np.uint32, np.uint8))
        return Decisions(*none)
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in Decisions.__slots__]
    word = columns[0]
    order = np.argsort(word, kind="stable")
    letter_order = np.argsort(np.repeat(word, words.size[word]), kind="stable")
    return Decisions(*(c[order] for c in columns[:5]), *(c[letter_order] for c in columns[5:]))
