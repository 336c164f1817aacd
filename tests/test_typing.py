"""What type checkers make of the calls: mypy reads this file with all others, and a line that it must refuse says so."""

from __future__ import annotations

import pytest
from typing_extensions import assert_type

import homoglyph_fix
from homoglyph_fix import Analysis, Config, Edit, Letter, Normalizer, analyze, analyze_many, candidates, fold, normalize, normalize_many

TEXTS: list[str] = ["Oт і все"]
WITH_MISSING: list[str | None] = ["Oт і все", None]


def test_a_column_of_texts_gives_texts() -> None:
    """Nothing is missing in what comes out if nothing was in what went in."""
    assert_type(normalize_many(TEXTS), list[str])
    assert_type(normalize_many(tuple(TEXTS)), list[str])
    assert_type(normalize_many(text for text in TEXTS), list[str])
    assert_type(Normalizer().normalize_many(TEXTS), list[str])
    assert_type(analyze_many(TEXTS), list[Analysis])
    assert_type(Normalizer().analyze_many(TEXTS), list[Analysis])


def test_a_column_with_missing_ones_gives_such() -> None:
    """The checker asks for a look before a text is used."""
    assert_type(normalize_many(WITH_MISSING), list[str | None])
    assert_type(Normalizer().normalize_many(WITH_MISSING), list[str | None])
    assert_type(analyze_many(WITH_MISSING), list[Analysis | None])
    assert_type(Normalizer().analyze_many(WITH_MISSING), list[Analysis | None])


def test_single_calls() -> None:
    """And what is asked of an analysis."""
    analysis = analyze("Oт і все")
    assert_type(analysis, Analysis)
    assert_type(analysis.text, str)
    assert_type(analysis.edits, tuple[Edit, ...])
    assert_type(analysis.reviews, tuple[Edit, ...])
    assert_type(analysis.letters, tuple[Letter, ...])
    assert_type(analysis.letters[0].name, str)
    assert_type(analysis.suspicion, float)
    assert_type(analysis.edits[0].score, float)
    assert_type(normalize("Oт"), str)
    assert_type(Normalizer(Config(digits=False)).normalize_utf8(b"a"), bytes)
    assert_type(fold("HATO"), str)
    assert_type(candidates("HATO"), tuple[str, ...])
    assert_type(homoglyph_fix.__version__, str)
    assert isinstance(homoglyph_fix.BEHAVIOUR, str)


def test_what_the_checker_refuses() -> None:
    """As the program does; mypy complains of a mark that is not needed."""
    with pytest.raises(TypeError):
        normalize(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        normalize(b"a")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        normalize(TEXTS)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        normalize_many([1])  # type: ignore[list-item]
    with pytest.raises(TypeError):
        normalize_many(None)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        Normalizer().normalize_utf8("a")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        analyze(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        fold(None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="apostrophe is one of"):
        Config(apostrophe="`")  # type: ignore[arg-type]
