"""Keep, fix or review: the ordered rules, nothing else. The first rule that holds for a word decides.

A rule is a test of columns: it answers for all words of a case at once. The tests stand in `mixed` and `standalone`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import mixed, standalone
from .case import Case
from .config import Config
from .digits import is_digit_word
from .facts import Flags
from .segments import any_of

KEEP, REVIEW, TO_CYRILLIC, TO_LATIN = range(4)


class Rule(NamedTuple):
    """One reason to decide; `test` tells for which words it holds."""

    reason: str
    action: int
    test: Callable[[Case], Flags]
    switch: str = ""
    """The field of `Config` that turns the rule into one that keeps."""


def first_to_hold(rules: Sequence[Rule], case: Case) -> NDArray[np.uint8]:
    """Return the number of the rule that decides each word of a case: the last holds for every word."""
    if len(case) == 1:  # as in most short texts: two operations on flags less for each rule
        return np.array([next(place for place, rule in enumerate(rules) if rule.test(case)[0])], np.uint8)
    number = np.full(len(case), len(rules) - 1, np.uint8)
    still = np.ones(len(case), bool)
    for place, rule in enumerate(rules[:-1]):
        holds = still & rule.test(case)
        if any_of(holds):
            number[holds] = place
            still &= ~holds
            if not any_of(still):
                break
    return number


def _otherwise(case: Case) -> Flags:
    return np.ones(len(case), bool)


# Words that mix scripts, or a script and digits.
IN_WORD: Final = (
    Rule("invisible or decomposed character", TO_CYRILLIC, mixed.only_cyrillic, "invisible"),
    Rule("domain label of both scripts", TO_LATIN, mixed.domain, "latin"),
    Rule("Roman numeral of both scripts", TO_LATIN, mixed.roman, "latin"),
    Rule("formula of both scripts", TO_LATIN, mixed.formula, "latin"),
    Rule("no script fits every letter", KEEP, mixed.unreadable),
    Rule("Latin name with a Cyrillic ending", KEEP, mixed.brand_with_ending),
    Rule("Latin word with a Cyrillic ending", KEEP, mixed.known_brand),
    Rule("word of another Cyrillic alphabet", KEEP, mixed.foreign_alphabet),
    Rule("Roman numeral with an ending", KEEP, mixed.numeral_with_ending),
    Rule("Latin word with Cyrillic letters", TO_LATIN, mixed.latin_wins, "latin"),
    Rule("digits that are digits", KEEP, mixed.digits_stay),
    Rule("known word with digits for letters", TO_CYRILLIC, mixed.known_with_digits, "digits"),
    Rule("two letters that are hardly a word", REVIEW, mixed.rare_pair),
    Rule("known word", TO_CYRILLIC, mixed.known),
    Rule("Cyrillic word with identical letters", TO_CYRILLIC, mixed.certain),
    Rule("spelled like a word", TO_CYRILLIC, mixed.plausible),
    Rule("no reading is a word", REVIEW, mixed.worth_a_look),
    Rule("nothing to propose", KEEP, _otherwise),
)

# Words without a letter that is certainly Cyrillic: the line decides.
STANDALONE: Final = (
    Rule("preposition or particle typed as a digit", TO_CYRILLIC, is_digit_word, "digits"),
    Rule("number", KEEP, lambda case: case.facts.digits == case.size),
    Rule("nothing that is a Cyrillic word", KEEP, standalone.no_word),
    Rule("ending of a number", TO_CYRILLIC, standalone.ordinal),
    Rule("year or years", TO_CYRILLIC, standalone.years),
    Rule("page", TO_CYRILLIC, standalone.page),
    Rule("abbreviation before a name", TO_CYRILLIC, standalone.place_mark),
    Rule("initial of a name", TO_CYRILLIC, standalone.initial),
    Rule("conjunction or preposition", TO_CYRILLIC, standalone.lone_letter),
    Rule("conjunction between names", TO_CYRILLIC, standalone.and_between_names),
    Rule("common word in Latin letters", TO_CYRILLIC, standalone.common_word),
    Rule("conjunction or preposition of a damaged line", TO_CYRILLIC, standalone.lone_letter_in_damage),
    Rule("word with a borrowed letter", TO_CYRILLIC, standalone.borrowed),
    Rule("word in Latin letters", TO_CYRILLIC, standalone.in_line),
    Rule("all around it is damaged", TO_CYRILLIC, standalone.saturated),
    Rule("acronym in Latin letters", TO_CYRILLIC, standalone.acronym),
    Rule("a word in either alphabet", REVIEW, standalone.either),
    Rule("right as it stands", KEEP, _otherwise),
)

RULES: Final = IN_WORD + STANDALONE
IN_DAMAGE: Final = [rule.test for rule in RULES].index(standalone.lone_letter_in_damage)


@cache
def actions(config: Config) -> NDArray[np.uint8]:
    """Return what each of `RULES` does, given what the config allows."""
    allowed = (not rule.switch or getattr(config, rule.switch) for rule in RULES)
    return np.array([rule.action if may else KEEP for rule, may in zip(RULES, allowed, strict=True)], np.uint8)
