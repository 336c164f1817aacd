"""What stands around a word: damage within a few chunks of its line, as a share of what could be damaged; by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix.letters.properties import CYRILLIC, DIGIT, FOREIGN, VOWEL
from homoglyph_fix.text.encodings import encode
from homoglyph_fix.thresholds import CHUNKS, HEARD, SHARE
from homoglyph_fix.words.context import Context, Evidence, among
from homoglyph_fix.words.tokens import Words, properties_of, tokenize
from strategies import crowded_texts, damaged_lines, few, texts


def _words(text: str) -> Words:
    points = encode("\n" + text + "\n")
    return tokenize(points, properties_of(points))


def _damage(words: Words, evidence: Evidence, word: int) -> int:
    """Count the damaged words that one hears of; 0 if they are too few among those that could be damaged."""
    damaged = could = 0
    for other in range(len(words)):
        near = abs(int(words.chunk[other] - words.chunk[word])) <= HEARD and words.line[other] == words.line[word]
        if near and other != word:
            inside = int(words.inside[other])
            cyrillic = evidence.repaired[other] or inside & (CYRILLIC | FOREIGN | DIGIT) == CYRILLIC
            damaged += bool(evidence.damaged[other])
            could += bool(evidence.damaged[other] or (cyrillic and inside & VOWEL and words.size[other] > 1))
    return damaged if damaged * SHARE >= could else 0


def assert_damage(text: str, share: float, seed: int) -> None:
    """Assert that every word of a text hears of the damage that a loop counts."""
    words = _words(text)
    if not len(words):
        return
    repaired, damaged, strange, alien = np.random.default_rng(seed).random((4, len(words))) < share
    evidence = Evidence(repaired, repaired & damaged, strange, alien)
    every = np.arange(len(words))

    assert Context(words, every, evidence).damage.tolist() == [_damage(words, evidence, word) for word in every.tolist()]


@pytest.mark.property
@few
@given(crowded_texts | damaged_lines | texts, st.sampled_from([0.1, 0.3, 0.7]), st.integers(0, 1 << 16))
def test_damage_by_brute_force(text: str, share: float, seed: int) -> None:
    """Any texts, any evidence."""
    assert_damage(text, share, seed)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
def test_damage_in_long_lines(share: float) -> None:
    """Lines of several hundred words, with chunks of several words and of none."""
    rng = np.random.default_rng(8)
    parts = rng.choice(["слово", "в", "будь-який", "—", "Google", "п'ять", "мaма", "3", "слово\nслово", "...", "а/б/в"], 900)

    assert_damage(" ".join(parts), share, 9)


@pytest.mark.parametrize(
    ("distance", "heard"), [(1, 1), (HEARD - 1, 1), (HEARD, 1), (HEARD + 1, 0), (HEARD + 40, 0)]
)
def test_how_far_damage_is_heard(distance: int, heard: int) -> None:
    """Within so many chunks, on both sides; chunks without a word count, chunks of several words count once."""
    for between in ("—", "в", "а-б-в"):
        line = " ".join(["мaма", *[between] * (distance - 1), "HATO", *[between] * (distance - 1), "мaма", "в"])
        words = _words(line)
        damaged = np.array([words.text(place) == "мaма" for place in range(len(words))])
        evidence = Evidence(damaged, damaged, *np.zeros((2, len(words)), bool))
        asked = np.array([place for place in range(len(words)) if words.text(place) == "HATO"])

        assert Context(words, asked, evidence).damage.tolist() == [2 * heard]


@pytest.mark.parametrize(("sound", "heard"), [(SHARE - 1, 1), (SHARE, 0)])
def test_damage_counts_as_a_share(sound: int, heard: int) -> None:
    """One damaged word in so many that could be damaged counts, one in more does not."""
    words = _words("HATO мaма " + "-".join(["слово"] * sound))
    damaged = np.arange(len(words)) == 1
    evidence = Evidence(damaged, damaged, *np.zeros((2, len(words)), bool))

    assert Context(words, np.array([0]), evidence).damage.tolist() == [heard]


@pytest.mark.property
@few
@given(crowded_texts | texts, st.integers(0, 1 << 16))
def test_neighbours_by_brute_force(text: str, seed: int) -> None:
    """What stands within reach of a word is in its line and at most a few chunks away."""
    words = _words(text)
    if not len(words):
        return
    column = np.random.default_rng(seed).random(len(words)) < 0.3
    every = range(len(words))
    near = [[o for o in every if words.line[o] == words.line[w] and abs(words.chunk[o] - words.chunk[w]) <= CHUNKS] for w in every]

    assert among(column, words, np.array(every)).tolist() == [any(column[other] for other in some) for some in near]
    for step in (-2, -1, 1, 2):
        assert words.all_together(np.array(every), step).tolist() == [word + step in near[word] for word in every]
        assert [words.together(word, word + step) for word in every] == [word + step in near[word] for word in every]


@pytest.mark.parametrize(
    ("line", "russian"),
    [
        ("своe слово", False),
        ("своe мнение", True),
        ("он сказал своe слово", True),
        ("мы своe", True),
        ("ўсе своe", True),
        ("своe слово что її", False),
        ("своe слово что как її", True),
        ("своe слово" + " —" * HEARD + " что", False),
        ("своe слово\nчто как", False),
    ],
)
def test_the_language_of_the_line(line: str, russian: bool) -> None:
    """It is Russian or Belarusian where more words near by are so for certain than are Ukrainian for certain."""
    words = _words(line)
    place = [words.text(word) for word in range(len(words))].index("своe")
    nothing = np.zeros(len(words), bool)

    assert Context(words, np.array([place]), Evidence(nothing, nothing, nothing, nothing)).russian.tolist() == [russian]
