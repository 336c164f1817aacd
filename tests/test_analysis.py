"""Edits after edits: what one look after the other changes is said as edits of the original."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix import Analysis, Config, Edit, Normalizer
from homoglyph_fix.analysis import apply
from strategies import few

MANGLED = [
    "мaма тaто \x80", "мaма Wi \x80 тaто і ще", "Ð¼aÐ¼Ð° Ñ‚aÑ‚Ð¾ і мaма", "мaма\nтaто\x80\nнeбо", "мaма \x80 i тaто", "\x80",
]  # fmt: skip


@pytest.mark.parametrize("text", MANGLED)
def test_a_text_in_the_wrong_encoding(text: str) -> None:
    """However many words are repaired in it, the edits are sorted and separate, and give what a normalizer gives."""
    fixer = Normalizer(Config(mojibake=True))
    analysis = fixer.analyze(text)

    assert analysis.text == fixer.normalize(text) == apply(text, analysis.edits)
    assert all(one.end <= other.start for one, other in pairwise(analysis.edits))
    assert all(text[edit.start : edit.end] == edit.old for edit in analysis.edits)


def _edits(text: str, rng: random.Random) -> list[Edit]:
    """Return sorted, separate edits of a text, each by at least one character and by no more than it had."""
    cuts = sorted(rng.sample(range(len(text) + 1), min(len(text) + 1, 2 * rng.randint(0, 4))))
    found = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new = "".join(rng.choices("XYZ", k=rng.randint(1, end - start)))
        found.append(Edit(start, end, text[start:end], new, f"reason {rng.randrange(9)}", 1.0))
    return found


@pytest.mark.property
@few
@given(st.text("abc", max_size=20), st.integers(0, 1 << 32))
def test_edits_of_edits(text: str, seed: int) -> None:
    """Applied at once they give what they give one look after the other; they quote the original, are sorted, and separate."""
    rng = random.Random(seed)
    analysis = Analysis(text, ())
    expected = text
    for _ in range(3):
        edits = _edits(expected, rng)
        expected = apply(expected, edits)
        analysis = analysis.then(edits, [])

    assert analysis.text == expected
    assert all(one.end <= other.start for one, other in pairwise(analysis.edits))
    assert all(text[edit.start : edit.end] == edit.old for edit in analysis.edits)
