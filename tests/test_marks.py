"""Letters in two parts: every glyph that reads as и, у, і or е, with the breve or the diaeresis that makes another letter of it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from homoglyph_fix import Normalizer, analyze, normalize, normalize_many
from homoglyph_fix.letters.confusables import confusables
from homoglyph_fix.letters.properties import slots
from slow_twin import twin_normalize

BREVE, DIAERESIS = "\u0306", "\u0308"
CONTEXTS = ("Ки{}в", "{}", "CБ{}", "слово {}жак", "мо{}", "н{}н{}")
PROSE = "70-x " + "слово " * 30
fixer = Normalizer()


@cache
def _glyphs() -> list[str]:
    """Return the letters themselves and all glyphs that have one of them among their readings."""
    letters = "иуіеИУІЕ"
    points = np.arange(0x20000, dtype=np.uint32)
    readings = confusables().to_cyrillic["letter"][confusables().glyphs.take(slots(points))]
    found = points[np.isin(readings, [ord(letter) for letter in letters]).any(1)]
    return [*letters, *map(chr, found.tolist())]


def _rows(context: str, mark: str) -> list[str]:
    return [context.replace("{}", glyph + mark) for glyph in _glyphs()]


NAMES = {"breve": BREVE, "dots": DIAERESIS}
MARKED = [pytest.param(context, NAMES[name], id=f"{context} {name}") for context in CONTEXTS for name in NAMES]


def test_enough_glyphs() -> None:
    """The table has hundreds of them, in several scripts."""
    assert len(_glyphs()) > 250
    assert set("ιiIuyYεɪ") - {"ε"} <= set(_glyphs())


@pytest.mark.property
@pytest.mark.parametrize(("context", "mark"), MARKED)
def test_a_second_run_changes_nothing(context: str, mark: str) -> None:
    """Composed at once or not at all; single calls, bulk and analysis agree."""
    rows = _rows(context, mark)
    once = normalize_many(rows)

    assert normalize_many(once) == once
    assert [normalize(row) for row in rows] == once
    assert [analyze(row).text for row in rows] == once
    assert [twin_normalize(row) for row in rows] == once
    assert [fixer.normalize_utf8(row.encode()).decode() for row in rows] == once


@pytest.mark.property
@pytest.mark.parametrize(("context", "mark"), MARKED[:10:5])
def test_length_has_no_say(context: str, mark: str) -> None:
    """In a short text, in a long one, in one that comes twice: what becomes of the word is the same."""
    rows = [PROSE + row for row in _rows(context, mark)]
    expected = [normalize(row) for row in rows]

    assert [normalize(f"{row} {row}") for row in rows] == [f"{new} {new}" for new in expected]
    assert [normalize("слово " * 300 + row) for row in rows] == ["слово " * 300 + new for new in expected]
    assert normalize("\n".join(rows)) == "\n".join(expected)
    assert [twin_normalize(row) for row in rows] == expected


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Ки\u03b9\u0308в", "Київ"), ("кра\u03b9\u0308ни", "країни"), ("мо\u0438\u0306", "мой"), ("моu\u0306", "мой"),
        ("Ки\u0456\u0308в", "Київ"), ("КИ\u0399\u0308В", "КИЇВ"), (PROSE + "Ки\u03b9\u0308в", "70-х " + "слово " * 30 + "Київ"),
    ],
)  # fmt: skip
def test_one_letter(text: str, new: str) -> None:
    """What is meant is one letter, and written as one."""
    assert normalize(text) == new
    assert normalize(new) is new
    assert normalize(f"{text} {text}") == f"{new} {new}"
    assert normalize_many([text, text]) == [new, new]
    assert analyze(text).text == new
