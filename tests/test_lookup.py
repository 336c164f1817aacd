"""What is known of words by themselves: found out once, remembered, and never dependent on what was met before."""

from __future__ import annotations

import threading
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from case_files import read_cases
from homoglyph_fix import Config, Normalizer, normalize_many
from homoglyph_fix.arrays import memory
from homoglyph_fix.arrays.memory import forget, memory_of
from homoglyph_fix.arrays.ragged import where
from homoglyph_fix.config import APOSTROPHES
from homoglyph_fix.letters.properties import DIGIT, FOREIGN, HOST
from homoglyph_fix.text.encodings import encode
from homoglyph_fix.words.facts import RECORD
from homoglyph_fix.words.lookup import _found_out, records_of
from homoglyph_fix.words.shields import find_shields
from homoglyph_fix.words.tokens import Chosen, Words, properties_of, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from homoglyph_fix.arrays.ragged import Index

ROWS = [case.before for case in read_cases()]


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    """Begin with an empty memory, and leave one."""
    forget()
    yield
    forget()


def _words(text: str) -> Words:
    points = encode("\n" + text + "\n")
    bits = properties_of(points)
    return tokenize(points, bits, find_shields(points, bits))


def _in_doubt(words: Words) -> Index:
    return where((words.inside & np.uint32(FOREIGN | DIGIT)) != 0)


def test_known_words_and_new_ones() -> None:
    """What is recalled, of words met before, of new and of repeated ones, is what is found out of each by itself."""
    words = _words("\n".join(ROWS))
    chosen = _in_doubt(words)
    expected = _found_out(Chosen(words, chosen))
    order = np.random.default_rng(6).integers(0, len(chosen), len(chosen))
    for some in (order[:1], order[:1], order[:50], order[20:300], order):
        found = records_of(Chosen(words, chosen[some]))

        assert all((found[name] == expected[name][some]).all() for name in RECORD.names or ())


def test_no_words() -> None:
    """Nothing is found out of nothing."""
    assert len(records_of(Chosen(_words("мама"), np.zeros(0, np.intp)))) == 0


def test_a_domain_is_a_matter_of_its_place() -> None:
    """A word that is first met as the label of a domain is a word like any other elsewhere."""
    alone = [record.tobytes() for record in records_of(Chosen(_words("fаcebook"), np.array([0])))]
    forget()
    label = _words("fаcebook.com")
    assert label.inside[0] & HOST

    assert [record.tobytes() for record in records_of(Chosen(label, np.array([0])))] == alone


CHARACTERS = [*"aаáоoο0бb3зᴍ𝐚𝐛'’ї", "i\u0308", "ï"]


def test_words_are_told_apart() -> None:
    """Words of other letters, of the same ones in another order and of more or fewer of them have keys of their own."""
    texts = ["".join(chars) for size in (1, 2, 3) for chars in product(CHARACTERS, repeat=size)]
    words = _words("\n".join(texts))
    every = Chosen(words, np.arange(len(words)))
    glyphs = [every.slots[low : low + size].tobytes() for low, size in zip(every.first.tolist(), every.size.tolist(), strict=True)]

    assert len(set(every.keys.tolist())) == len(set(glyphs)) > 4000
    assert len(set(zip(every.keys.tolist(), glyphs, strict=True))) == len(set(glyphs))


def test_what_was_met_before_has_no_say() -> None:
    """Texts in any order, one by one and together, with a memory of other words or none, give the same."""
    expected = normalize_many(ROWS)
    forget()

    assert [Normalizer().normalize(row) for row in ROWS[::-4]] == expected[::-4]
    assert normalize_many(ROWS[::-1]) == expected[::-1]
    assert normalize_many(ROWS) == expected


def test_what_another_config_met_has_no_say() -> None:
    """Normalizers of every combination of switches, in turn over the same texts, give what each gives by itself."""
    switches = ("standalone", "latin", "digits", "invisible")
    configs = [Config(**dict(zip(switches, on, strict=True))) for on in product([False, True], repeat=len(switches))]  # type: ignore[arg-type]
    configs += [Config(apostrophe=choice) for choice in APOSTROPHES]
    fixers = list(map(Normalizer, configs))
    rows = ROWS[::16]
    expected = []
    for fixer in fixers:
        forget()
        expected.append([fixer.normalize(row) for row in rows])
    forget()

    assert [list(found) for found in zip(*([fixer.normalize(row) for fixer in fixers] for row in rows), strict=True)] == expected


def test_a_memory_that_overflows(monkeypatch: pytest.MonkeyPatch) -> None:
    """It changes no result that the memory begins anew all the time, nor that it holds less than a text has words."""
    expected = normalize_many(ROWS)
    monkeypatch.setattr(memory, "SMALLEST", 16)
    monkeypatch.setattr(memory, "LARGEST", 64)
    forget()

    assert [Normalizer().normalize(row) for row in ROWS[::4]] == expected[::4]
    assert normalize_many(ROWS) == expected


def test_threads_at_once() -> None:
    """Two threads that meet the same words at the same time, each for the first time, give what one gives."""
    rows = ROWS[::8]
    expected = normalize_many(rows)
    found: dict[int, list[str | None]] = {}
    memories: dict[int, memory.Memory] = {}
    begin = threading.Barrier(2)

    def work(number: int) -> None:
        begin.wait()
        found[number] = [Normalizer().normalize(row) for row in rows[number::2] + rows[1 - number :: 2]]
        memories[number] = memory_of("words", RECORD)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {number: expected[number::2] + expected[1 - number :: 2] for number in range(2)}
    assert len({id(each) for each in (*memories.values(), memory_of("words", RECORD))}) == 3
