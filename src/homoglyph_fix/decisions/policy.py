"""Keep, fix or review: the ordered rules, nothing else. The first rule that holds for a word decides.

A rule is a test of columns: it answers for all words at once. The tests stand in `mixed` and `standalone`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays.partial import Range
from ..arrays.ragged import Flags, any_of
from ..config import Config
from ..words.features import Features
from . import mixed, standalone
from .lone_digits import is_digit_word

KEEP, REVIEW, TO_CYRILLIC, TO_LATIN, ASK = range(5)
_ONLY: Final = np.full(16, ASK, np.uint8)  # what is done to a word, by the set of what may be done to it
_ONLY[[1 << KEEP, 1 << TO_CYRILLIC, 1 << TO_LATIN]] = KEEP, TO_CYRILLIC, TO_LATIN


class Rule(NamedTuple):
    """One reason to decide; `test` tells for which words it holds."""

    reason: str
    action: int
    test: Callable[[Features], Flags]
    switch: str = ""
    """The field of `Config` that turns the rule into one that keeps."""


def first_to_hold(rules: Sequence[Rule], words: Features) -> NDArray[np.uint8]:
    """Return the number of the rule that decides each word of some words: the last holds for every word."""
    number = np.full(len(words), len(rules) - 1, np.uint8)
    if not len(words):
        return number
    still = np.ones(len(words), bool)
    for place, rule in enumerate(rules[:-1]):
        holds = still & rule.test(words)
        if any_of(holds):
            number[holds] = place
            still &= ~holds
            if not any_of(still):
                break
    return number


def foretell(rules: Sequence[Rule], actions: NDArray[np.uint8], words: Features) -> NDArray[np.uint8]:
    """Return what the rules do to each word in every line it may stand in, or `ASK` where that depends on the line.

    A rule that may hold adds its action to what may be done; one that surely holds is the last to be asked. A review leaves the text alone.
    """
    done = np.where(actions == REVIEW, KEEP, actions)
    if not len(words):
        return np.zeros(0, np.uint8)
    possible = np.zeros(len(words), np.uint8)
    still = np.ones(len(words), bool)
    for rule, action in zip(rules, done.tolist(), strict=True):
        holds: Any = rule.test(words)
        sure, may = (holds.low, holds.high) if isinstance(holds, Range) else (holds, holds)
        holds = still & may
        if any_of(holds):
            possible[holds] |= 1 << action
            still &= ~sure
            if not any_of(still):
                break
    return _ONLY.take(possible)


def _otherwise(words: Features) -> Flags:
    return np.ones(len(words), bool)


# Words that mix scripts, or a script and digits.
IN_WORD: Final = (
    Rule("apostrophe that code may need", REVIEW, mixed.apostrophe_in_code),
    Rule("false apostrophe", TO_CYRILLIC, mixed.false_apostrophe),
    Rule("domain label or identifier of both scripts", TO_LATIN, mixed.domain, "latin"),
    Rule("invisible or decomposed character", TO_CYRILLIC, mixed.hidden, "invisible"),
    Rule("notation of letters and digits", KEEP, mixed.notation),
    Rule("Roman numeral of both scripts", TO_LATIN, mixed.roman, "latin"),
    Rule("unit of both scripts", TO_CYRILLIC, mixed.unit),
    Rule("formula of both scripts", TO_LATIN, mixed.formula, "latin"),
    Rule("no script fits every letter", KEEP, mixed.unreadable),
    Rule("Latin name with a Cyrillic ending", KEEP, mixed.brand_with_ending),
    Rule("Latin word with a Cyrillic ending", KEEP, mixed.known_brand),
    Rule("word of another Cyrillic alphabet", KEEP, mixed.foreign_alphabet),
    Rule("Roman numeral with an ending", KEEP, mixed.numeral_with_ending),
    Rule("prefix before a capitalised word, or two words in one", KEEP, mixed.prefixed),
    Rule("number or mark beside a word", KEEP, mixed.glued),
    Rule("Latin word with Cyrillic letters", TO_LATIN, mixed.latin_wins, "latin"),
    Rule("digits that are digits", KEEP, mixed.digits_stay),
    Rule("known word with digits for letters", TO_CYRILLIC, mixed.known_with_digits, "digits"),
    Rule("readings that differ by little", REVIEW, mixed.doubtful),
    Rule("known word", TO_CYRILLIC, mixed.known),
    Rule("Cyrillic word with identical letters", TO_CYRILLIC, mixed.certain),
    Rule("spelled like a word", TO_CYRILLIC, mixed.plausible),
    Rule("no reading is a word", REVIEW, mixed.worth_a_look),
    Rule("nothing to propose", KEEP, _otherwise),
)

# Words without a letter that is certainly Cyrillic: the line decides.
STANDALONE: Final = (
    Rule("preposition or particle typed as a digit", TO_CYRILLIC, is_digit_word, "digits"),
    Rule("number", KEEP, lambda words: words.facts.digits == words.size),
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


@cache
def actions(config: Config) -> NDArray[np.uint8]:
    """Return what each of `RULES` does, given what the config allows."""
    allowed = (not rule.switch or getattr(config, rule.switch) for rule in RULES)
    return np.array([rule.action if may else KEEP for rule, may in zip(RULES, allowed, strict=True)], np.uint8)
