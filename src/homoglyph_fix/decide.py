"""Decide every word of a text: the vote, the readings, the language and the line, through the rules of `policy`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .case import Case
from .config import Config
from .context import Evidence, Lines, among
from .facts import HEAD, Flags
from .learning import recall
from .limits import NEAR
from .policy import IN_DAMAGE, IN_WORD, KEEP, STANDALONE, TO_CYRILLIC, TO_LATIN, actions, first_to_hold
from .readings import spell_cyrillic, spell_latin
from .scripts import CYRILLIC, DIGIT, DIGIT_LETTER, FOREIGN, FOREIGN_CYRILLIC, INVISIBLE, LATIN, MARK, NATIVE, OTHER, STRONG_FOREIGN
from .segments import Index, ranges, where
from .standalone import function_letter, out_of_prose
from .tokens import SPACE_POINT, Chosen, Points, Words

SURE = np.float32(99.0)  # the score of a word that cannot be Latin, and of all that score higher


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is to be done to some words, as columns in the order of the text; words that stay have no row.

    `letters` and `kinds` have an item for each letter of those words, one word after the other.
    """

    chosen: Chosen  # the words
    action: NDArray[np.uint8]
    rule: NDArray[np.uint8]  # the number in `policy.RULES`
    score: NDArray[np.float32]
    proper: Flags
    letters: Points
    kinds: NDArray[np.uint8]

    @property
    def word(self) -> Index:
        """The number of each word."""
        return self.chosen.index


class _Rows(NamedTuple):
    """Decided words, in any order."""

    word: Index
    rule: NDArray[np.uint8]
    heads: NDArray[np.void]  # what is known of them


class Foretold(NamedTuple):
    """What is to be done to the words that no line changes, and what is known of all words."""

    decisions: Decisions
    asks: Flags  # the line decides
    damaged: Flags  # proof of damage to the words of the line that mix scripts
    repaired: Flags  # and to those without a Cyrillic letter
    letters: Index  # letters that are words, decided as in a damaged line


def decide(words: Words, lines: Lines, config: Config, *, scored: bool) -> Decisions:
    """Return what is to be done to the words of a text that stand in these lines; without `scored` the scores are 0."""
    repaired = np.zeros(len(words), bool)
    hurt = _hurt(words)
    touched = Chosen(words, _mixed(words))
    alone = Chosen(words, _alone(words) if config.standalone else np.zeros(0, np.intp))
    decided: list[_Rows] = []
    if len(touched):
        rows = _decide_mixed(touched, hurt, lines)
        repaired[rows.word] = actions(config)[rows.rule] == TO_CYRILLIC
        decided.append(rows)
    if len(alone):
        evidence = Evidence(repaired, repaired & hurt, np.zeros(len(words), bool), lines.origin, lines.repaired)
        decided.append(_decide_alone(alone, evidence))
    return _in_order(words, decided, config, scored=scored)


def foretell(words: Words, config: Config) -> Foretold:
    """Return what is to be done to the words of pieces, each of them given as a line, in whatever line they stand."""
    asks, damaged, repaired = np.zeros((3, len(words)), bool)
    decided: list[_Rows] = []
    letters = np.zeros(0, np.intp)
    touched, alone = Chosen(words, _mixed(words)), Chosen(words, _without_native(words))
    if len(touched):
        heads, asking, _ = recall(touched)
        asks[touched.index[asking]] = True
        damaged[touched.index] = heads["strong"] & heads["readable"]
        sure = where(~asks[touched.index])
        rows = _Rows(touched.index[sure], heads["rule"][sure], heads.take(sure))
        repaired[rows.word] = actions(config)[rows.rule] == TO_CYRILLIC
        decided.append(rows)
    if len(alone):
        heads, asking, facts = recall(alone)
        case = Case(words, alone.index[asking], facts, None)
        asks[case.index[where(~out_of_prose(case))]] = True
        chosen = where(function_letter(case) & asks[case.index] & config.standalone)
        letters = case.index[chosen]
        decided.append(_Rows(letters, np.full(len(chosen), IN_DAMAGE, np.uint8), heads.take(asking[chosen])))
    hurt = _hurt(words)
    return Foretold(_in_order(words, decided, config, scored=False), asks, damaged & hurt, repaired & hurt, letters)


def _hurt(words: Words) -> Flags:
    return (words.inside & np.uint32(FOREIGN | DIGIT)) != 0


def _decide_mixed(touched: Chosen, hurt: Flags, lines: Lines) -> _Rows:
    """Decide words that mix scripts: most of them are decided by themselves, the others in their line."""
    words, index = touched.words, touched.index
    heads, asking, facts = recall(touched)
    rule = heads["rule"]
    if len(asking):
        # To its neighbours a word with a strong Cyrillic letter counts as repaired before it is.
        likely, damaged = np.zeros((2, len(words)), bool)
        likely[index] = heads["strong"]
        alien = (words.inside & np.uint32(FOREIGN_CYRILLIC | OTHER)) != 0
        alien[index[where(heads["common"])]] = False
        # Only a word that can be repaired is proof of damage: the screen passes over others (`слово9`, `љубав`).
        damaged[index] = heads["strong"] & heads["readable"] & hurt[index]
        case = Case(words, index[asking], facts, Evidence(likely, damaged, alien, lines.origin, lines.damaged))
        rule[asking] = first_to_hold(IN_WORD, case)
    return _Rows(index, rule, heads)


def _decide_alone(alone: Chosen, evidence: Evidence) -> _Rows:
    """Decide words without a Cyrillic letter: those that no line can change are left out."""
    heads, asking, facts = recall(alone)
    case = Case(alone.words, alone.index[asking], facts, evidence)
    return _Rows(case.index, first_to_hold(STANDALONE, case) + np.uint8(len(IN_WORD)), heads.take(asking))


def _mixed(words: Words) -> Index:
    """Return the words with a Cyrillic letter and anything that a Cyrillic word does not have."""
    inside = words.inside
    touched = (inside & np.uint32(FOREIGN | DIGIT | INVISIBLE)) != 0
    marked = where((inside & np.uint32(MARK)) != 0)
    if len(marked):
        chosen = Chosen(words, marked)
        touched[marked] |= np.logical_or.reduceat(chosen.glyph != words.points[words.at[chosen.letters]], chosen.first)
    native = (inside & np.uint32(CYRILLIC)) != 0
    native |= (inside & np.uint32(FOREIGN_CYRILLIC | LATIN)) == (FOREIGN_CYRILLIC | LATIN)
    return where(native & touched)


def _alone(words: Words) -> Index:
    """Return the words without a Cyrillic letter that stand among Cyrillic ones and may be meant as Cyrillic."""
    found = _without_native(words)
    if not len(found):
        return found
    found = found[words.near_native(found, NEAR)]
    return found[among((words.inside & np.uint32(CYRILLIC)) != 0, words, found)]


def _without_native(words: Words) -> Index:
    """Return the words without a Cyrillic letter that may be meant as Cyrillic, wherever they stand."""
    inside = words.inside
    digit = (words.size == 1) & ((inside & np.uint32(DIGIT_LETTER)) != 0) & (words.points[words.start - 1] <= SPACE_POINT)
    foreign = ((inside & np.uint32(FOREIGN)) != 0) & ((inside & np.uint32(NATIVE | STRONG_FOREIGN | OTHER)) == 0)
    return where(digit | foreign)


def _in_order(words: Words, decided: list[_Rows], config: Config, *, scored: bool) -> Decisions:
    """Return the decisions about the words that do not stay, in the order of the text."""
    if not decided:
        decided = [_Rows(np.zeros(0, np.intp), np.zeros(0, np.uint8), np.zeros(0, HEAD))]
    word, rule, heads = decided[0] if len(decided) == 1 else (np.concatenate(column) for column in zip(*decided, strict=True))
    action = actions(config)[rule]
    row = where(action != KEEP)
    if len(decided) > 1:
        row = row[np.argsort(word[row], kind="stable")]
    word, rule, action, heads = word[row], rule[row], action[row], heads.take(row)
    latin = action == TO_LATIN
    score = np.minimum(np.abs(heads["gain"]), SURE) if scored else np.zeros(len(row), np.float32)
    chosen = Chosen(words, word)
    return Decisions(chosen, action, rule, score, heads["proper"] & ~latin, *_spelled(chosen, heads["choice"], latin))


def _spelled(chosen: Chosen, choice: NDArray[np.int64], latin: Flags) -> tuple[Points, NDArray[np.uint8]]:
    spelled = spell_cyrillic(chosen, choice)
    some = where(latin)
    if len(some):
        changed = spell_latin(Chosen(chosen.words, chosen.index[some]))
        at = ranges(chosen.first[some], chosen.size[some])
        spelled.letters[at], spelled.kinds[at] = changed.letters, changed.kinds
    return spelled.letters, spelled.kinds
