"""Decide every word of a text: the vote, the readings, the language and the line, through the rules of `policy`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import policy, scripts
from .config import Config
from .confusables import ACCENT
from .context import surroundings
from .policy import IN_WORD, REVIEW, STANDALONE, TO_CYRILLIC, TO_LATIN, Case, Rule
from .readings import Readings, best_cyrillic, best_latin
from .segments import Index, ranges
from .tokens import Points, Words
from .vote import FOREIGN, Vote, vote

ACUTE = 0x301


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is to be done to some words, as columns; words that stay as they are have no row."""

    word: Index
    reason: NDArray[np.object_]
    score: NDArray[np.float32]
    applied: NDArray[np.bool_]  # False: for a human to review
    new: list[Points]


def decide(words: Words, config: Config) -> Decisions:
    """Return what is to be done to the words of a text."""
    votes = vote(words)
    parts = []
    repaired = np.zeros(len(words), bool)
    damaged = np.zeros(len(words), bool)
    mixed = np.flatnonzero(_is_mixed(words, votes))
    if len(mixed):
        case = _case(words, votes, mixed, repaired, damaged)
        action, reason = policy.decide(IN_WORD, case)
        parts.append((case, action, reason, IN_WORD))
        repaired[mixed[action == TO_CYRILLIC]] = True
        damaged[mixed[(action == TO_CYRILLIC) & (votes.foreign[mixed] + votes.digits[mixed] > 0)]] = True
    alone = np.flatnonzero(_is_alone(words, votes)) if config.standalone else np.zeros(0, np.intp)
    if len(alone):
        case = _case(words, votes, alone, repaired, damaged)
        action, reason = policy.decide(STANDALONE, case)
        parts.append((case, action, reason, STANDALONE))
    return _collect(words, parts)


def _is_mixed(words: Words, votes: Vote) -> NDArray[np.bool_]:
    touched = (words.inside & (FOREIGN | scripts.DIGIT | scripts.INVISIBLE)) != 0
    composed = words.glyph != words.points[words.at]
    if composed.any():
        touched |= np.add.reduceat(composed, words.first) > 0
    return (votes.cyrillic > 0) & touched


def _is_alone(words: Words, votes: Vote) -> NDArray[np.bool_]:
    return (votes.cyrillic == 0) & (votes.foreign > 0) & votes.readable


def _case(words: Words, votes: Vote, chosen: Index, repaired: NDArray[np.bool_], damaged: NDArray[np.bool_]) -> Case:
    picked = Vote(*(getattr(votes, name)[chosen] for name in Vote.__slots__))
    around = surroundings(words, chosen, votes, repaired, damaged)
    return Case(words, chosen, picked, best_cyrillic(words, chosen), best_latin(words, chosen), around)


def _collect(words: Words, parts: Sequence[tuple[Case, NDArray[np.uint8], NDArray[np.uint8], tuple[Rule, ...]]]) -> Decisions:
    word, reason, score, applied, new = [], [], [], [], []
    for case, action, number, rules in parts:
        for i in np.flatnonzero(action).tolist():
            readings = case.latin if action[i] == TO_LATIN else case.cyrillic
            points = _rewrite(words, int(case.chosen[i]), readings, i)
            if np.array_equal(points, words.points[words.start[case.chosen[i]] : words.end[case.chosen[i]]]):
                continue
            word.append(case.chosen[i])
            reason.append(rules[number[i]].reason)
            score.append(abs(case.latin.total[i] - case.cyrillic.total[i]))
            applied.append(action[i] != REVIEW)
            new.append(points)
    order = np.argsort(np.array(word, np.intp), kind="stable")
    return Decisions(np.array(word, np.intp)[order], np.array(reason, object)[order], np.array(score, np.float32)[order], np.array(applied, bool)[order], [new[i] for i in order])


def _rewrite(words: Words, word: int, readings: Readings, row: int) -> Points:
    start, end, first, last = words.start[word], words.end[word], words.first[word], words.last[word]
    letters = readings.letters[readings.first[row] : readings.first[row] + last - first]
    kinds = readings.kinds[readings.first[row] : readings.first[row] + last - first]
    letters = _with_case(words, word, letters, bool(readings.proper[row]))
    out = []
    pos = {int(a): k for k, a in enumerate(words.at[first:last])}
    swallow = False
    for p in range(int(start), int(end)):
        if p in pos:
            k = pos[p]
            out.append(int(letters[k]))
            if kinds[k] == ACCENT:
                out.append(ACUTE)
            swallow = int(words.glyph[first + k]) != int(words.points[p])
        elif words.bits[p] & np.uint32(scripts.INVISIBLE):
            continue
        elif swallow:
            swallow = False
        else:
            out.append(int(words.points[p]))
    return np.array(out, np.uint32)


def _with_case(words: Words, word: int, letters: Points, proper: bool) -> Points:
    bits = words.letter_bits[words.first[word] : words.last[word]]
    caseless = np.flatnonzero(bits & np.uint32(scripts.CASELESS))
    if not len(caseless):
        return letters
    upper = ((bits & scripts.UPPER) != 0).sum()
    lower = ((bits & scripts.LOWER) != 0).sum() - ((bits[caseless] & scripts.LOWER) != 0).sum()
    letters = letters.copy()
    starts = (words.before[word] & (scripts.NEWLINE | scripts.SENTENCE_END)) != 0
    for k in caseless.tolist():
        ch = chr(letters[k])
        if upper > 1 and lower == 0 or (k == 0 and (starts or proper) and upper == 0):
            letters[k] = ord(ch.upper())
        else:
            letters[k] = ord(ch.lower())
    return letters
