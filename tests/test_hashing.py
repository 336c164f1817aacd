"""Keys of words and chunks: no text can be made in which two of them have one key."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from itertools import product
from math import comb, exp

import numpy as np
import pytest

from homoglyph_fix import Config
from homoglyph_fix.arrays import hashing
from homoglyph_fix.arrays.hashing import keys, random_numbers
from homoglyph_fix.arrays.memory import SMALLEST, SPARE, Memory
from homoglyph_fix.arrays.ragged import Spans
from homoglyph_fix.text.encodings import encode
from homoglyph_fix.verdicts import _keys
from homoglyph_fix.words.tokens import Chosen, chunks_of, properties_of, tokenize


def _keys_of_words(texts: list[str]) -> list[int]:
    points = encode("\n" + "\n".join(texts) + "\n")
    words = tokenize(points, properties_of(points))
    assert len(words) == len(texts)
    return Chosen(words, np.arange(len(words))).keys.tolist()


def _keys_of_chunks(texts: list[str]) -> list[int]:
    points = encode("\n" + "\n".join(texts) + "\n")
    before, end = chunks_of(points)
    assert len(end) == len(texts)
    return _keys(points, Spans(before + 1, end), Config()).tolist()


def _thue_morse(letters: str, length: int) -> str:
    return "".join(letters[place.bit_count() & 1] for place in range(length))


def _far_apart(power: int) -> tuple[str, str]:
    """Return two texts whose characters differ by the coefficients of (x² - 1) to some power."""
    base = 0x6000
    steps = [0 if place % 2 else (-1) ** (place // 2) * comb(power, place // 2) for place in range(2 * power + 1)]
    return chr(base) * len(steps), "".join(chr(base + step) for step in steps)


MADE_UP = {
    **{
        f"{letters} {length}": (_thue_morse(letters, length), _thue_morse(letters[::-1], length))
        for letters in ("ab", "аa", "рp", "оο")
        for length in (1 << 6, 1 << 10, 1 << 11, 1 << 12, 1 << 14)
    },
    **{f"power {power}": _far_apart(power) for power in (4, 11, 12, 14)},
    "turned": ("аб" * 12, "ба" * 12),
    "longer": ("а" * 23, "а" * 24),
    "the old attack": ("aж-сртсртспоопрпсппррпт".replace("-", ""), "aж-рспррорсттсрсптсрссп".replace("-", "")),
}


@pytest.mark.parametrize("name", MADE_UP)
def test_made_up_texts_are_told_apart(name: str) -> None:
    """Texts that a sum of powers of one odd number takes for one, whatever the number is or for one number in eight."""
    pair = MADE_UP[name]

    assert len(set(_keys_of_chunks(list(pair)))) == 2
    assert len(set(_keys_of_words(list(pair)))) == 2


def test_keys_are_spread() -> None:
    """Runs of few letters have keys of their own, and these want as many places of a memory as random ones would, more or less."""
    letters = np.array(list(product(range(0x430, 0x434), repeat=8))).ravel()
    first = np.arange(0, len(letters), 8)
    found = keys(letters, np.arange(len(letters)) % 8, first)
    places = Memory(np.dtype([("any", "u1")]))._places(found, 0)

    assert len(np.unique(found)) == len(first) == 1 << 16
    assert len(np.unique(places)) > 0.5 * (1 - exp(-len(first) / (SMALLEST * SPARE))) * SMALLEST * SPARE


def test_long_runs_go_on_as_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more places are needed than are kept, the first ones weigh what they always weigh."""
    letters, place, first = np.arange(40) + 0x430, np.tile(np.arange(20), 2), np.array([0, 20])
    expected = keys(letters, place, first).tolist()
    monkeypatch.setattr(hashing, "PLACES", 8)
    assert keys(letters, place, first).tolist() == expected
    monkeypatch.setattr(hashing, "REMEMBERED", 16)

    assert keys(letters, place, first).tolist() == expected


def test_no_key_is_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """0 stands for a free place in a memory."""
    monkeypatch.setattr(hashing, "_random", lambda count, _seed: np.zeros(count, np.uint64))

    assert keys(np.array([1, 2]), np.array([0, 1]), np.array([0])).tolist() == [1]


def test_keys_are_of_their_process() -> None:
    """Two processes have other keys for the same text, so nobody knows them beforehand; the numbers they are made of stay for ever."""
    script = "from test_hashing import _keys_of_words, _keys_of_chunks; print(_keys_of_words(['мaма']), _keys_of_chunks(['мaма']))"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "1"}
    lines = [subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True).stdout for _ in range(2)]
    here = f"{_keys_of_words(['мaма'])} {_keys_of_chunks(['мaма'])}\n".encode()

    assert len({*lines, here}) == 3
    assert random_numbers(3, 7).tolist() == [random_numbers(5, 7).tolist()[place] for place in range(3)]
    assert random_numbers(2, 0).tolist() == [16294208416658607535, 7960286522194355700]  # SplitMix64 from 0


def test_places_and_letters_are_apart() -> None:
    """Letters that change places, and runs that share all but one letter, have keys of their own."""
    rng = random.Random(6)
    texts: set[str] = set()
    while len(texts) < 3000:
        text = rng.choices("aаоo", k=12)
        texts.add("".join(text))
        low, high = rng.sample(range(12), 2)
        text[low], text[high] = text[high], text[low]
        texts.add("".join(text))

    assert len(set(_keys_of_words(sorted(texts)))) == len(texts) == len(set(_keys_of_chunks(sorted(texts))))
