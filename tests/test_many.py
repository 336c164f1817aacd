"""Many texts as the lines of one: each comes out as by itself, whatever stands beside it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix import Normalizer, normalize, normalize_many
from strategies import damaged_lines, many, texts

ODD = [
    "", None, "\n", "\nмaма", "мaма\n", "мaма\n\nтaто", "Це й усе", "Oт і все", "сло\u00adво", "𝐦ама", "\ud800 мaма", "i", "3 такою метою",
]  # fmt: skip


@pytest.mark.parametrize("limits", [{}, {"TEXTS": 1}, {"TEXTS": 3}, {"JOINED": 1}, {"JOINED": 12}])
def test_odd_texts_together(limits: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty texts, None, texts of several lines, in batches of any size."""
    for name, size in limits.items():
        monkeypatch.setattr(f"homoglyph_fix.text.many.{name}", size)
    found = ODD * 5

    assert normalize_many(found) == [text and normalize(text) for text in found]


def test_clean_texts_stay_the_same_objects() -> None:
    """Also beside texts that change, and in crowded ones."""
    clean = ["Це добре, і все.", "Ми з COVIDом", "слово\nслово"]
    result = normalize_many([*clean, *["мaма рoбота пaпа щaстя тaто"] * 300, *clean])

    assert all(new is old for new, old in zip([*result[:3], *result[-3:]], clean * 2, strict=True))


@pytest.mark.parametrize("texts", [[0], [b""], [False], [[]], ["мaма", 0], [b"a"], [3], [None, object()]])
def test_no_text(texts: list[Any]) -> None:
    """What is neither a text nor None is an error, falsy or not."""
    with pytest.raises(TypeError):
        normalize_many(texts)


def test_one_text() -> None:
    """One text is an error that says what to call."""
    for one in ("мaма", b"a"):
        with pytest.raises(TypeError, match="for one there is normalize"):
            normalize_many(one)  # type: ignore[arg-type]


@pytest.mark.property
@many
@given(st.lists(st.none() | texts | damaged_lines | st.sampled_from(ODD), max_size=6), st.integers(1, 60))
def test_lists_of_anything(found: list[str | None], most: int) -> None:
    """In whatever batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("homoglyph_fix.text.many.JOINED", most)
        assert Normalizer().normalize_many(found) == [text and normalize(text) for text in found]
