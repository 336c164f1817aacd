"""Many texts as the lines of one: each comes out as by itself, whatever stands beside it."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix import Config, Normalizer, analyze, analyze_many, normalize, normalize_many
from strategies import configs, damaged_lines, few, heavily_damaged_lines, many, texts

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


LIMITS = [{}, {"text.many.TEXTS": 1}, {"text.many.TEXTS": 3}, {"normalizer.ANALYZED": 1}, {"normalizer.ANALYZED": 12}]


@pytest.mark.parametrize("limits", LIMITS)
def test_odd_texts_are_analysed_together(limits: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each analysis is that of the text alone, with its own object, in batches of any size."""
    for name, size in limits.items():
        monkeypatch.setattr(f"homoglyph_fix.{name}", size)
    found = ODD * 5
    analyses = analyze_many(found)

    assert analyses == [text if text is None else analyze(text) for text in found]
    assert all(analysis is None or analysis.original is text for analysis, text in zip(analyses, found, strict=True))


def test_doubtful_words_are_told_of_texts_that_do_not_change() -> None:
    """Nothing changes in such a text, and there is something to say."""
    texts = ["Це добре.", "Тут об\\\"єкт і все", "Це добре."]
    analyses = analyze_many(texts)

    assert [bool(analysis.reviews) for analysis in analyses] == [False, True, False]
    assert [analysis.text is text for analysis, text in zip(analyses, texts, strict=True)] == [True] * 3


def test_many_are_analysed_faster_than_one_by_one() -> None:
    """Thirty times as fast over sentences of which one word in a hundred is damaged; ten are asked for."""
    sound = "Увечері ми ще довго сиділи біля річки, слухали цвіркунів і говорили про те, як минуло це літо."
    sentences = [sound, sound, sound, sound, "А потім пішли дoдому, бо стало холодно.", sound] * 300
    analyze_many(sentences), analyze(sentences[4])
    seconds = []
    for _ in range(3):
        start = perf_counter()
        together = analyze_many(sentences)
        seconds.append(perf_counter() - start)
    start = perf_counter()
    alone = [analyze(sentence) for sentence in sentences]

    assert together == alone
    assert min(seconds) * 10 < perf_counter() - start


_anything = st.none() | texts | damaged_lines | heavily_damaged_lines | st.sampled_from(ODD)


@pytest.mark.property
@few
@given(st.lists(_anything, max_size=6), st.integers(1, 60), configs, st.booleans())
def test_lists_of_anything_are_analysed(found: list[str | None], most: int, config: Config, mojibake: bool) -> None:
    """In whatever batches, with any switch."""
    fixer = Normalizer(replace(config, mojibake=mojibake))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("homoglyph_fix.normalizer.ANALYZED", most)
        analyses = fixer.analyze_many(found)

    assert analyses == [text if text is None else fixer.analyze(text) for text in found]
