"""What is known of words by themselves: it is what their line would say, and it never depends on what was met before."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import read_cases
from homoglyph_fix import Config, Normalizer, learning, memory, normalize_many
from homoglyph_fix.context import Evidence, Lines
from homoglyph_fix.decide import _decide_alone, _decide_mixed, _mixed
from homoglyph_fix.facts import ASK, FACTS, HEAD, Facts, Flags
from homoglyph_fix.learning import Recalled, recall
from homoglyph_fix.memory import forget, memory_of
from homoglyph_fix.policy import KEEP, TO_CYRILLIC, actions
from homoglyph_fix.scripts import DIGIT, FOREIGN, HOST, NATIVE, OTHER
from homoglyph_fix.segments import Index, where
from homoglyph_fix.shields import find_shields
from homoglyph_fix.tokens import Chosen, Words, encode, properties_of, tokenize
from strategies import crowded_texts, many, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTIONS = actions(Config())
ROWS = [case.before for case in read_cases()]
# Words whose verdict hangs on their line: in damaged and in sound ones, by themselves, beside numbers.
DOUBTFUL = "НAYО НÁТО СБÚ pyyca apep KHTHK HKM xecye pp p ro mu ty ix pH Ko eра тo W U C c щ0 кa риb oн fаcebook 3а 6о TOB X".split()
LINES = ["{}", "це {} є", "мaма poбoтa {} тaто мoлoкo", "3 {} року", "30-{} років", "1990 {}. мали", "one {} two", "«{}»", "УBАГА {} НATО"]


class Text(NamedTuple):
    """The words of a text as the rules get them."""

    words: Words
    hurt: Flags
    origin: Index

    @property
    def mixed(self) -> Chosen:
        """The words with a Cyrillic letter and others."""
        return Chosen(self.words, _mixed(self.words))

    @property
    def alone(self) -> Chosen:
        """The words without a Cyrillic letter, wherever they stand."""
        inside = self.words.inside
        return Chosen(self.words, where(((inside & np.uint32(FOREIGN | DIGIT | OTHER)) != 0) & ((inside & np.uint32(NATIVE)) == 0)))


def _read(text: str) -> Text:
    points = encode("\n" + text + "\n")
    bits = properties_of(points)
    words = tokenize(points, bits, find_shields(points, bits))
    return Text(words, (words.inside & np.uint32(FOREIGN | DIGIT)) != 0, words.line - 1)


def _ask_about_all(chosen: Chosen) -> Recalled:
    """Return what is known of words as if the line decided every one of them."""
    heads, bodies = learning._learn(chosen)
    heads["rule"], heads["asks"] = ASK, True
    return Recalled(heads, np.arange(len(chosen)), Facts(bodies))


@pytest.fixture
def empty() -> Iterator[None]:
    """Begin with an empty memory, and leave one."""
    forget()
    yield
    forget()


def assert_foregone(text: Text) -> None:
    """Assert that words which mix scripts get the rule that their line would give."""
    if not len(text.mixed):
        return
    heads = recall(text.mixed).heads
    decided = _decide_mixed(text.mixed, text.hurt, Lines(text.origin)).rule
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("homoglyph_fix.decide.recall", _ask_about_all)
        expected = _decide_mixed(text.mixed, text.hurt, Lines(text.origin)).rule
    silent = where(~heads["asks"] & ((text.words.inside[text.mixed.index] & np.uint32(HOST)) == 0))

    assert heads["rule"][silent].tolist() == expected[silent].tolist(), [text.words.text(i) for i in text.mixed.index]
    assert decided.tolist() == expected.tolist()


def assert_hopeless(text: Text, evidence: Evidence) -> None:
    """Assert that no line makes a Cyrillic word of one that does not ask, nor puts it up for review."""
    if not len(text.alone):
        return
    asks = recall(text.alone).heads["asks"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("homoglyph_fix.decide.recall", _ask_about_all)
        action = ACTIONS[_decide_alone(text.alone, evidence).rule]
    changed = where(~asks & (action != KEEP))

    assert [text.words.text(word) for word in text.alone.index[changed]] == []


def _evidence(text: Text) -> Evidence:
    """Return what is known of a text when words without a Cyrillic letter are decided."""
    repaired = np.zeros(len(text.words), bool)
    if len(text.mixed):
        repaired[text.mixed.index] = ACTIONS[_decide_mixed(text.mixed, text.hurt, Lines(text.origin)).rule] == TO_CYRILLIC
    return Evidence(repaired, repaired & text.hurt, np.zeros(len(text.words), bool), text.origin)


def _any_evidence(text: Text, seed: int) -> Evidence:
    """Return evidence of damage that a line may have had elsewhere: around any word, of any word."""
    repaired, damaged, alien = np.random.default_rng(seed).random((3, len(text.words))) < 0.5
    return Evidence(repaired, repaired & damaged, alien, text.origin)


@pytest.mark.property
@many
@given(crowded_texts | texts)
def test_the_line_would_say_the_same(written: str) -> None:
    """A word that mixes scripts and does not ask gets in every line the rule that the line gives."""
    assert_foregone(_read(written))


@pytest.mark.property
@many
@given(crowded_texts | texts, st.integers(0, 1 << 16))
def test_no_line_makes_it_cyrillic(written: str, seed: int) -> None:
    """A word without a Cyrillic letter that does not ask stays, whatever is known of the others."""
    text = _read(written)

    assert_hopeless(text, _evidence(text))
    assert_hopeless(text, _any_evidence(text, seed))


def test_cases_in_one_line() -> None:
    """Both hold for the rows of tests/cases and for words in doubt, each in its line and shuffled into lines of many."""
    rows = [row.replace("\n", " ") for row in ROWS] + [line.format(word) for line in LINES for word in DOUBTFUL]
    rng = random.Random(5)
    for together in (1, 2, 10, len(rows)):
        rng.shuffle(rows)
        text = _read("\n".join(" ".join(rows[first : first + together]) for first in range(0, len(rows), together)))

        assert_foregone(text)
        assert_hopeless(text, _evidence(text))
        assert_hopeless(text, _any_evidence(text, together))


@pytest.mark.parametrize(
    ("word", "asks"),
    [
        ("мaма", False), ("Укpаїна", False), ("СхідSide", False), ("cлово", False), ("сло\u00adво", False),
        ("щ0", True), ("слово3", False), ("fаcebook", True), ("љубaв", False), ("слoвј", True),
        ("oн", False), ("eра", True), ("мoва", False), ("нoс", False),
        ("Тh", False), ("COVIDом", False), ("pH", False), ("X", True), ("W", False), ("4", False),
        ("He", True), ("HATO", True), ("i", True), ("x", True), ("pp", True), ("3", True), ("top", True),
        ("facebook", False), ("music", False), ("Rudolf", False), ("λόγος", False), ("H2O", False),
    ],
)  # fmt: skip
def test_who_asks(empty: None, word: str, asks: bool) -> None:
    """Most words do not ask; the line is asked about the others, the first time and later."""
    text = _read(word)
    for _ in range(2):
        known = recall(text.mixed if len(text.mixed) else text.alone)

        assert known.heads["asks"].tolist() == [asks]
        assert len(known.asking) == len(known.facts) == asks


def test_known_words_and_new_ones(empty: None) -> None:
    """What is recalled, of words met before, of new and of repeated ones, is what is learnt of each by itself."""
    text = _read("\n".join(ROWS))
    for words in (text.mixed, text.alone):
        heads, bodies = learning._learn(words)
        order = np.random.default_rng(6).integers(0, len(words), len(words))
        for some in (order[:1], order[:1], order[:50], order[20:300], order):
            known = recall(Chosen(text.words, words.index[some]))

            assert known.heads.tolist() == heads[some].tolist()
            hosted = (text.words.inside[words.index[some]] & np.uint32(HOST)) != 0
            assert known.asking.tolist() == where(heads["asks"][some] | hosted).tolist()
            expected = bodies[some][known.asking]
            assert all((known.facts.records[name] == expected[name]).all() for name in FACTS.names or ())


def test_what_was_met_before_has_no_say(empty: None) -> None:
    """Texts in any order, one by one and together, with a memory of other words or none, give the same."""
    expected = normalize_many(ROWS)
    forget()

    assert [Normalizer().normalize(row) for row in ROWS[::-4]] == expected[::-4]
    assert normalize_many(ROWS[::-1]) == expected[::-1]
    assert normalize_many(ROWS) == expected


def test_a_memory_that_overflows(empty: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It changes no result that the memory begins anew all the time, nor that it holds less than a text has words."""
    expected = normalize_many(ROWS)
    monkeypatch.setattr(memory, "SMALLEST", 16)
    monkeypatch.setattr(memory, "LARGEST", 64)
    forget()

    assert [Normalizer().normalize(row) for row in ROWS[::4]] == expected[::4]
    assert normalize_many(ROWS) == expected


def test_threads_at_once(empty: None) -> None:
    """Two threads that meet the same words at the same time, each for the first time, give what one gives."""
    rows = ROWS[::8]
    expected = normalize_many(rows)
    found: dict[int, list[str | None]] = {}
    memories: dict[int, memory.Memory] = {}
    begin = threading.Barrier(2)

    def work(number: int) -> None:
        begin.wait()
        found[number] = [Normalizer().normalize(row) for row in rows[number::2] + rows[1 - number :: 2]]
        memories[number] = memory_of("words", HEAD, FACTS)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {number: expected[number::2] + expected[1 - number :: 2] for number in range(2)}
    assert len({id(each) for each in (*memories.values(), memory_of("words", HEAD, FACTS))}) == 3
