"""Edits after edits: what one look after the other changes is said as edits of the original."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import read_cases
from homoglyph_fix import Analysis, Config, Edit, Normalizer, analyze, normalizer
from homoglyph_fix.analysis import apply
from strategies import configs, few

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


def test_a_long_text_tells_what_its_lines_tell() -> None:
    """There windows are cut only around what may change or be doubtful; the same edits and reviews come out, in the order of the text."""
    rows = [row for row in (case.before for case in read_cases()) if "\n" not in row]
    random.Random(8).shuffle(rows)
    edits: list[Edit] = []
    reviews: list[Edit] = []
    start = 0
    for row in rows:
        alone = analyze(row)
        edits += (replace(edit, start=edit.start + start, end=edit.end + start) for edit in alone.edits)
        reviews += (replace(edit, start=edit.start + start, end=edit.end + start) for edit in alone.reviews)
        start += len(row) + 1

    whole = analyze("\n".join(rows))

    assert list(whole.edits) == edits
    assert list(whole.reviews) == reviews
    assert len(reviews) > 50


@pytest.mark.property
@few
@given(st.integers(0, 1 << 32), configs)
def test_windows_change_no_analysis(seed: int, config: Config) -> None:
    """Whatever stands beside what: windows around some chunks tell what windows around every suspicious one tell."""
    rng = random.Random(seed)
    words = [word for case in read_cases() for word in case.before.split(" ")]
    text = "".join(rng.choice(words) + rng.choice(" " * 12 + "\n") for _ in range(rng.randrange(200, 600)))
    some = Normalizer(config)

    with pytest.MonkeyPatch.context() as patch:
        found = some.analyze(text)
        patch.setattr(normalizer, "SMALL", 1 << 30)

        assert some.analyze(text) == found
