"""The rules by name: on an unknown line each says nothing that a line could contradict, and each decides some row of tests/cases."""

from __future__ import annotations

import random
import re
from functools import cache, cached_property
from typing import Any, NamedTuple, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import read_cases
from homoglyph_fix import Config, analyze
from homoglyph_fix.arrays.partial import Range
from homoglyph_fix.arrays.ragged import Index
from homoglyph_fix.decisions.decide import _evidence, _hurt, _mixed, _without_native
from homoglyph_fix.decisions.policy import (
    ASK,
    IN_WORD,
    KEEP,
    REVIEW,
    RULES,
    STANDALONE,
    TO_CYRILLIC,
    TO_LATIN,
    Rule,
    actions,
    first_to_hold,
    foretell,
)
from homoglyph_fix.text.encodings import encode
from homoglyph_fix.words.context import COUNTS, AnyLine, Context, Evidence
from homoglyph_fix.words.facts import Facts
from homoglyph_fix.words.features import Features
from homoglyph_fix.words.lookup import records_of
from homoglyph_fix.words.shields import find_shields
from homoglyph_fix.words.tokens import Chosen, Words, properties_of, tokenize
from strategies import crowded_texts, damaged_lines, few, texts

ROWS = [case.before for case in read_cases()]
ACTIONS = actions(Config())
KINDS = {"in a word": IN_WORD, "standing alone": STANDALONE}
PLAIN_ACTIONS = {"in a word": ACTIONS[: len(IN_WORD)], "standing alone": ACTIONS[len(IN_WORD) :]}


def _read(text: str) -> Words:
    points = encode(text)
    bits = properties_of(points)
    return tokenize(points, bits, find_shields(points, bits))


def _chosen(words: Words, kind: str) -> Index:
    return _mixed(words) if kind == "in a word" else _without_native(words)


class Pair(NamedTuple):
    """Words in their lines, and the same words in chunks whose lines are not known."""

    names: list[str]
    known: Features
    unknown: Features


def _pair(text: str, kind: str, rng: np.random.Generator | None = None) -> Pair:
    """Return the words of a text that rules of a kind decide; evidence of damage is that of the text, or any at all."""
    words = _read(f"\n{text}\n")
    index = _chosen(words, kind)
    evidence = _evidence_for(words, kind) if rng is None else Evidence(*(rng.random((4, len(words))) < rng.random()))
    chunks = _read("\n" + "\n".join(chunk for chunk in text.translate(dict.fromkeys(range(0x20), " ")).split(" ") if chunk) + "\n")
    inside = _chosen(chunks, kind)

    assert [words.text(word) for word in index] == [chunks.text(word) for word in inside]
    known = Features(_facts(words, index), Context(words, index, evidence))
    return Pair([words.text(word) for word in index], known, Features(_facts(chunks, inside), cast("Context", AnyLine(chunks, inside))))


def _facts(words: Words, index: Index) -> Facts:
    return Facts(records_of(Chosen(words, index)))


def _evidence_for(words: Words, kind: str) -> Evidence:
    """Return what `decide` would know."""
    mixed = _mixed(words)
    facts = _facts(words, mixed)
    evidence = _evidence(words, mixed, facts)
    if kind == "in a word":
        return evidence
    rule = first_to_hold(IN_WORD, Features(facts, Context(words, mixed, evidence)))
    repaired = np.zeros(len(words), bool)
    repaired[mixed] = ACTIONS[rule] == TO_CYRILLIC
    return evidence._replace(repaired=repaired, damaged=repaired & _hurt(words))


def _without_markup(text: str) -> str:
    """Take out what shields look for over white space: chunks that hold it ask their line whatever the rules say."""
    return "".join(char for char in text if char not in "<`%")


def _bounds(holds: Any, count: int) -> tuple[list[bool], list[bool]]:  # noqa: ANN401  # a column, known or not
    low, high = (holds.low, holds.high) if isinstance(holds, Range) else (holds, holds)

    assert low.dtype == high.dtype == np.bool_
    assert len(low) == len(high) == count
    return low.tolist(), high.tolist()


def assert_sound(rule: Rule, pair: Pair) -> None:
    """Assert that a rule says of no word for sure what it does not say of the word in its line."""
    said = rule.test(pair.known)
    low, high = _bounds(rule.test(pair.unknown), len(pair.unknown))

    assert said.dtype == np.bool_
    for name, yes, sure, possible in zip(pair.names, said.tolist(), low, high, strict=True):
        assert sure <= yes <= possible, (rule.reason, name)


@cache
def _all_rows(kind: str, company: int) -> Pair:
    """Return the rows of tests/cases, each a line, or their chunks in lines of any company."""
    rows = [_without_markup(row.replace("\n", " ")) for row in ROWS]
    rng = random.Random(company)
    if company:
        chunks = " ".join(rows).split()
        rows = ["".join(chunk + rng.choice(["\n", " ", " ", " ", "  "]) for chunk in rng.sample(chunks, len(chunks)))]
    return _pair("\n".join(rows), kind, np.random.default_rng(company) if company > 1 else None)


NAMES = [pytest.param(kind, rule, id=rule.reason) for kind, rules in KINDS.items() for rule in rules]


@pytest.mark.parametrize(("kind", "rule"), NAMES)
def test_each_rule_on_an_unknown_line(kind: str, rule: Rule) -> None:
    """It does not raise, and its answer contains what it says in each line: of all cases in theirs, and in any company and damage."""
    for company in range(3):
        assert_sound(rule, _all_rows(kind, company))


@pytest.mark.property
@few
@given(crowded_texts | damaged_lines | texts, st.integers(0, 1 << 16))
def test_rules_on_unknown_lines(text: str, seed: int) -> None:
    """The same of any texts, for every rule, with the evidence that they have and with any; and what all rules together foretell."""
    text = _without_markup(text)
    for kind, rules in KINDS.items():
        for rng in (None, np.random.default_rng(seed)):
            pair = _pair(text, kind, rng)
            for rule in rules if len(pair.known) else ():
                assert_sound(rule, pair)
            assert_foretold(rules, PLAIN_ACTIONS[kind], pair)


def assert_foretold(rules: tuple[Rule, ...], done: np.ndarray[Any, Any], pair: Pair) -> None:
    """Assert that words which do not ask come out as their line says; a review leaves them alone."""
    said = done[first_to_hold(rules, pair.known)]
    found = foretell(rules, done, pair.unknown)
    for name, there, here in zip(pair.names, said.tolist(), found.tolist(), strict=True):
        assert here in (ASK, KEEP if there == REVIEW else there), name


@pytest.mark.parametrize("kind", KINDS)
def test_cases_foretold(kind: str) -> None:
    """The same of the rows of tests/cases; most words that mix scripts do not ask."""
    for company in range(3):
        assert_foretold(KINDS[kind], PLAIN_ACTIONS[kind], _all_rows(kind, company))
    asks = foretell(KINDS[kind], PLAIN_ACTIONS[kind], _all_rows(kind, 0).unknown) == ASK

    assert asks.sum() > 0
    assert kind != "in a word" or asks.mean() < 0.5


def _some(count: int) -> Features:
    """Return so many words, of whose line nothing is known."""
    words = _read("\n" + "i " * count + "\n")
    index = np.arange(count)
    return Features(_facts(words, index), cast("Context", AnyLine(words, index)))


NO, MAYBE, YES = (0, 0), (0, 1), (1, 1)
EVERY: Any = (NO, MAYBE, YES)


@pytest.mark.parametrize(
    ("rules", "done"),
    [
        ([(YES, TO_CYRILLIC)], TO_CYRILLIC),
        ([(MAYBE, TO_CYRILLIC)], ASK),
        ([(NO, TO_CYRILLIC)], KEEP),
        ([(MAYBE, REVIEW)], KEEP),
        ([(YES, REVIEW), (YES, TO_CYRILLIC)], KEEP),
        ([(MAYBE, REVIEW), (YES, TO_CYRILLIC)], ASK),
        ([(MAYBE, TO_CYRILLIC), (YES, TO_CYRILLIC), (YES, TO_LATIN)], TO_CYRILLIC),
        ([(MAYBE, TO_LATIN), (YES, TO_CYRILLIC)], ASK),
        ([(YES, TO_LATIN), (MAYBE, TO_CYRILLIC)], TO_LATIN),
        ([(NO, TO_LATIN), (MAYBE, KEEP), (YES, TO_CYRILLIC)], ASK),
        ([(NO, TO_LATIN), (MAYBE, KEEP)], KEEP),
    ],
)
def test_only_one_thing_may_be_done(rules: list[tuple[tuple[int, int], int]], done: int) -> None:
    """Ordered rules, of which each holds, may hold or does not: a word asks where its line decides between two outcomes."""
    made = [
        Rule("", "", action, lambda case, low=low, high=high: Range(*(np.full(len(case), bound, bool) for bound in (low, high))))  # type: ignore[arg-type, misc]
        for (low, high), action in [*rules, (YES, KEEP)]
    ]

    assert foretell(made, np.array([rule.action for rule in made], np.uint8), _some(3)).tolist() == [done] * 3


def test_nothing_to_foretell() -> None:
    """No words, no rules are run."""
    assert foretell((Rule("", "", KEEP, lambda _: pytest.fail("it was run")),), np.zeros(1, np.uint8), _some(0)).tolist() == []


def test_any_line_has_all_columns() -> None:
    """Whatever is a column of a known line is one of an unknown line, and is bounded there; nothing else is."""
    words = _some(4)
    names = {name for name, column in vars(Context).items() if isinstance(column, cached_property) and not name.startswith("_")}
    kinds = {name: np.dtype(np.intp) if name in COUNTS else np.dtype(bool) for name in names}

    assert isinstance(words.context, AnyLine)
    assert {name: getattr(words.context, name).high.dtype for name in names} == kinds
    assert names >= COUNTS
    for name in ("cyrillic", "_cyrillic", "_steps"):
        with pytest.raises(AttributeError):
            getattr(words.context, name)


@pytest.mark.parametrize("switch", ["standalone", "latin", "digits", "invisible"])
def test_switches(switch: str) -> None:
    """A rule that is switched off keeps, all others do what they did."""
    off = actions(Config(**{switch: False}))  # type: ignore[arg-type]
    changed = [rule for rule, before, after in zip(RULES, ACTIONS, off, strict=True) if before != after]

    assert changed == [rule for rule in RULES if rule.switch == switch]
    assert bool(changed) is (switch != "standalone")
    assert all(off[RULES.index(rule)] == KEEP for rule in changed)


@cache
def _reasons() -> set[str]:
    """Return the rules that decide something in tests/cases, kept words included."""
    found: set[str] = set()
    for row in ROWS:
        analysis = analyze(row)
        found |= {edit.reason for edit in (*analysis.edits, *analysis.reviews)}
    for kind, rules in KINDS.items():
        words = _read("\n" + "\n".join(ROWS) + "\n")
        index = _chosen(words, kind)
        features = Features(_facts(words, index), Context(words, index, _evidence_for(words, kind)))
        found |= {rules[rule].reason for rule in set(first_to_hold(rules, features).tolist()) if rules[rule].action == KEEP}
    return found


@pytest.mark.parametrize("rule", RULES, ids=[rule.reason for rule in RULES])
def test_each_rule_has_a_case(rule: Rule) -> None:
    """Each rule decides some word of tests/cases."""
    assert rule.reason in _reasons()


def test_each_rule_has_a_name() -> None:
    """No two rules have one, and the last of each list holds for every word."""
    assert len({rule.name for rule in RULES}) == len({rule.reason for rule in RULES}) == len(RULES)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", rule.name) for rule in RULES)
    for kind, rules in KINDS.items():
        assert rules[-1].test(_all_rows(kind, 0).known).all()
