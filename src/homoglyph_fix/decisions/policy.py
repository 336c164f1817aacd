"""Keep, fix or review: the ordered rules, nothing else. The first rule that holds for a word decides.

A rule is a test of columns: it answers for all words at once. The tests stand in `mixed` and `standalone`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
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
    """One reason to decide; `test` tells for which words it holds.

    The name is for ever: users ignore rules by it, and programs read it in reports. `docs/RULES.md` holds the list.
    """

    name: str
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


def foretell(rules: Sequence[Rule], actions: NDArray[np.uint8], words: Features, *, doubts: bool = False) -> NDArray[np.uint8]:
    """Return what the rules do to each word in every line it may stand in, or `ASK` where that depends on the line.

    A rule that may hold adds its action to what may be done; one that surely holds is the last to be asked. A review leaves the text alone;
    where `doubts` are to be told, it asks its line.
    """
    done = actions if doubts else np.where(actions == REVIEW, KEEP, actions)
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
    Rule("apostrophe-in-code", "apostrophe that code may need", REVIEW, mixed.apostrophe_in_code),
    Rule("false-apostrophe", "false apostrophe", TO_CYRILLIC, mixed.false_apostrophe),
    Rule("identifier", "domain label or identifier of both scripts", TO_LATIN, mixed.domain, "latin"),
    Rule("invisible", "invisible or decomposed character", TO_CYRILLIC, mixed.hidden, "invisible"),
    Rule("notation", "notation of letters and digits", KEEP, mixed.notation),
    Rule("roman-numeral", "Roman numeral of both scripts", TO_LATIN, mixed.roman, "latin"),
    Rule("unit", "unit of both scripts", TO_CYRILLIC, mixed.unit),
    Rule("formula", "formula of both scripts", TO_LATIN, mixed.formula, "latin"),
    Rule("no-script-fits", "no script fits every letter", KEEP, mixed.unreadable),
    Rule("latin-name-with-ending", "Latin name with a Cyrillic ending", KEEP, mixed.brand_with_ending),
    Rule("latin-word-with-ending", "Latin word with a Cyrillic ending", KEEP, mixed.known_brand),
    Rule("other-alphabet", "word of another Cyrillic alphabet", KEEP, mixed.foreign_alphabet),
    Rule("numeral-with-ending", "Roman numeral with an ending", KEEP, mixed.numeral_with_ending),
    Rule("prefix", "prefix before a capitalised word, or two words in one", KEEP, mixed.prefixed),
    Rule("beside-a-word", "number or mark beside a word", KEEP, mixed.glued),
    Rule("latin-word", "Latin word with Cyrillic letters", TO_LATIN, mixed.latin_wins, "latin"),
    Rule("digits-stay", "digits that are digits", KEEP, mixed.digits_stay),
    Rule("digits", "known word with digits for letters", TO_CYRILLIC, mixed.known_with_digits, "digits"),
    Rule("close-readings", "readings that differ by little", REVIEW, mixed.doubtful),
    Rule("known-word", "known word", TO_CYRILLIC, mixed.known),
    Rule("identical-letters", "Cyrillic word with identical letters", TO_CYRILLIC, mixed.certain),
    Rule("like-a-word", "spelled like a word", TO_CYRILLIC, mixed.plausible),
    Rule("no-reading-is-a-word", "no reading is a word", REVIEW, mixed.worth_a_look),
    Rule("nothing-to-propose", "nothing to propose", KEEP, _otherwise),
)

# Words without a letter that is certainly Cyrillic: the line decides.
STANDALONE: Final = (
    Rule("lone-digit", "preposition or particle typed as a digit", TO_CYRILLIC, is_digit_word, "digits"),
    Rule("number", "number", KEEP, lambda words: words.facts.digits == words.size),
    Rule("no-cyrillic-word", "nothing that is a Cyrillic word", KEEP, standalone.no_word),
    Rule("ordinal", "ending of a number", TO_CYRILLIC, standalone.ordinal),
    Rule("year", "year or years", TO_CYRILLIC, standalone.years),
    Rule("page", "page", TO_CYRILLIC, standalone.page),
    Rule("abbreviation", "abbreviation before a name", TO_CYRILLIC, standalone.place_mark),
    Rule("initial", "initial of a name", TO_CYRILLIC, standalone.initial),
    Rule("lone-letter", "conjunction or preposition", TO_CYRILLIC, standalone.lone_letter),
    Rule("between-names", "conjunction between names", TO_CYRILLIC, standalone.and_between_names),
    Rule("common-word", "common word in Latin letters", TO_CYRILLIC, standalone.common_word),
    Rule("lone-letter-in-damage", "conjunction or preposition of a damaged line", TO_CYRILLIC, standalone.lone_letter_in_damage),
    Rule("borrowed-letter", "word with a borrowed letter", TO_CYRILLIC, standalone.borrowed),
    Rule("in-latin-letters", "word in Latin letters", TO_CYRILLIC, standalone.in_line),
    Rule("damaged-around", "all around it is damaged", TO_CYRILLIC, standalone.saturated),
    Rule("acronym", "acronym in Latin letters", TO_CYRILLIC, standalone.acronym),
    Rule("either-alphabet", "a word in either alphabet", REVIEW, standalone.either),
    Rule("right-as-it-stands", "right as it stands", KEEP, _otherwise),
)

RULES: Final = IN_WORD + STANDALONE
NO_WORD_RULE: Final = next(number for number, rule in enumerate(RULES) if rule.name == "no-cyrillic-word")
LAST_RULE: Final = len(RULES) - 1
ON_LIST: Final = len(RULES)
KEEPERS: Final = (*RULES, Rule("keep-list", "word of the keep list", KEEP, _otherwise))
"""What may keep a word: the rules, and the keep list, whose words no rule is asked about."""
WRONG_ENCODING: Final = Rule("wrong-encoding", "wrong encoding", KEEP, _otherwise, "mojibake")
"""Not for words: what ftfy makes of a text."""


def check_names(config: Config) -> None:
    """Refuse a config that names a rule which there is not.

    >>> check_names(Config(ignore=frozenset({"digit"})))
    Traceback (most recent call last):
    ValueError: no rule is called 'digit'; the nearest is 'digits'
    """
    names = [rule.name for rule in (*RULES, WRONG_ENCODING)]
    for name in sorted((config.select or frozenset()) | config.ignore):
        if name not in names:
            from difflib import get_close_matches  # noqa: PLC0415  # only to name what was meant

            nearest = get_close_matches(name, names, 1, 0.0)[0]
            raise ValueError(f"no rule is called {name!r}; the nearest is {nearest!r}")


@lru_cache(maxsize=256)  # there are more configs than anyone uses
def actions(config: Config) -> NDArray[np.uint8]:
    """Return what each of `RULES` does, given what the config allows."""
    allowed = ((not rule.switch or getattr(config, rule.switch)) and config.allows(rule.name) for rule in RULES)
    return np.array([rule.action if may else KEEP for rule, may in zip(RULES, allowed, strict=True)], np.uint8)


def may_be_latin(words: Features, config: Config) -> Flags:
    """Tell which words that mix scripts some rule makes Latin in some line, whatever the rules before it do."""
    found = np.zeros(len(words), bool)
    for rule, action in zip(IN_WORD, actions(config)[: len(IN_WORD)].tolist(), strict=True):
        if action == TO_LATIN:
            holds: Any = rule.test(words)
            found |= holds.high if isinstance(holds, Range) else holds
    return found
