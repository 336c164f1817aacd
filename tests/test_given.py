"""What callers hand in: a text, a column with missing ones, and what is neither."""
# What is handed in here is of every kind:
# ruff: noqa: ANN401

from __future__ import annotations

import re
from array import array
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from homoglyph_fix import Normalizer, analyze, analyze_many, candidates, fold, normalize, normalize_many
from homoglyph_fix.text.given import is_missing


def _pandas(name: str) -> Any:
    """Return the missing value of pandas, or one that behaves as it does: it has no truth, and is not compared."""

    def no_truth(self: object) -> bool:
        raise TypeError("boolean value of NA is ambiguous")

    methods = {"__module__": "pandas._libs.missing", "__bool__": no_truth, "__eq__": lambda self, other: self, "__hash__": None}
    return type(name, (), methods)()


NAN, NA, NAT = float("nan"), _pandas("NAType"), _pandas("NaTType")
MISSING = [None, NAN, np.float64("nan"), np.float32("nan"), NA, NAT]
NO_TEXTS = [0, 1.5, True, b"a", [], ["мaма"], {}, object(), 1 + 1j, bytearray(b"a"), np.float64(1)]
TABLES: list[Any] = [
    {"text": ["мaма"]},
    OrderedDict(text=["мaма"]),
    np.array([["мaма"], ["тaто"]]),
    np.array("мaма"),
    np.empty((2, 0), object),
]


class _Frame:
    """Behaves as a DataFrame: a loop goes over the names of its columns."""

    shape = (2, 1)

    def __iter__(self) -> Iterator[str]:
        return iter(["tеxt"])


@pytest.mark.parametrize("missing", MISSING, ids=lambda missing: type(missing).__name__)
@pytest.mark.parametrize("texts", [[], ["Oт і все"], ["", "Це добре."]])
def test_missing_ones_stay(missing: Any, texts: list[str]) -> None:
    """The very object, in its place, alone and among others."""
    for column in ([missing, *texts], [*texts, missing], [*texts, missing, *texts, missing]):
        repaired, analysed = normalize_many(column), analyze_many(column)

        assert len(repaired) == len(analysed) == len(column)
        for text, new, analysis in zip(column, repaired, analysed, strict=True):
            assert is_missing(text) == (new is missing) == (analysis is missing)
            if isinstance(text, str):
                assert new == normalize(text)
                assert analysis == analyze(text)


@pytest.mark.parametrize("column", [[None] * 3, MISSING, [""], ["", None], []], ids=["None", "all kinds", "empty", "both", "nothing"])
def test_nothing_but_missing_ones(column: list[Any]) -> None:
    """Nothing is to be done."""
    found, analyses = normalize_many(column), analyze_many(column)

    assert all(new is old for new, old in zip(found, column, strict=True))
    assert all(new is old or new == analyze("") for new, old in zip(analyses, column, strict=True))


class _Rows:
    """Can be looped over by number only."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts

    def __getitem__(self, number: int) -> str:
        return self._texts[number]


@pytest.mark.parametrize("make", [list, tuple, deque, iter, np.array, _Rows, lambda texts: (text for text in texts)])
def test_columns_of_every_kind(make: Callable[[list[str]], Any]) -> None:
    """Whatever can be looped over, arrays of NumPy's own texts too."""
    texts = ["Oт і все", "Це добре.", "мaма", ""]

    assert normalize_many(make(texts)) == [normalize(text) for text in texts]
    assert [analysis.text for analysis in analyze_many(make(texts))] == [normalize(text) for text in texts]


@pytest.mark.parametrize("table", [*TABLES, _Frame()], ids=lambda table: type(table).__name__)
@pytest.mark.parametrize("call", [normalize_many, analyze_many])
def test_tables_are_refused(call: Callable[[Any], object], table: Any) -> None:
    """A loop over one would go over its names."""
    with pytest.raises(TypeError, match=r"takes one column of texts, not .*: pass one column of it"):
        call(table)


def test_a_table_is_named() -> None:
    """So that one sees what was handed in."""
    names = (TABLES[0], "a dict"), (TABLES[1], "an OrderedDict"), (TABLES[2], "an array of 2 dimensions"), (_Frame(), "a _Frame")
    for table, name in names:
        with pytest.raises(TypeError, match=f"not {re.escape(name)}:"):
            normalize_many(table)


@pytest.mark.parametrize("wrong", NO_TEXTS, ids=lambda wrong: type(wrong).__name__)
def test_what_is_no_text_is_refused(wrong: Any) -> None:
    """With its place in the column, or with the name of the call."""
    for many in (normalize_many, analyze_many):
        with pytest.raises(TypeError, match=f"{many.__name__} takes texts and missing ones; number 1 is "):
            many(["мaма", wrong])
    for one in (normalize, analyze, candidates, fold, Normalizer().normalize, Normalizer().analyze):
        with pytest.raises(TypeError, match=f"^{one.__name__} takes (a|one) str, not "):
            one(wrong)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (None, "normalize takes a str, not None; among many texts normalize_many lets missing ones stay"),
        (NAN, "normalize takes a str, not NaN; among many texts normalize_many lets missing ones stay"),
        (NA, "normalize takes a str, not NA; among many texts normalize_many lets missing ones stay"),
        (b"a", "normalize takes a str, not bytes: decode them, or let Normalizer().normalize_utf8 take them"),
        (["мaма"], "normalize takes one str, not a list; for many texts there is normalize_many"),
        (array("i"), "normalize takes one str, not an array; for many texts there is normalize_many"),
        (3, "normalize takes a str, not an int"),
        (SimpleNamespace(), "normalize takes a str, not a SimpleNamespace"),
    ],
)
def test_the_error_says_what_to_do(wrong: Any, words: str) -> None:
    """In one line."""
    with pytest.raises(TypeError) as error:
        normalize(wrong)
    assert str(error.value) == words


@pytest.mark.parametrize("wrong", ["мaма", None, bytearray(b"a"), 3])
def test_utf8_is_bytes(wrong: Any) -> None:
    """A str is for `normalize`."""
    with pytest.raises(TypeError, match=f"normalize_utf8 takes bytes, not {type(wrong).__name__}; for a str there is normalize"):
        Normalizer().normalize_utf8(wrong)


@pytest.mark.parametrize(("wrong", "words"), [(None, "not None"), (3, "not an int"), (1.5, "not a float"), (NAN, "not NaN")])
def test_many_are_a_column(wrong: Any, words: str) -> None:
    """What cannot be looped over is named."""
    for many in (normalize_many, analyze_many):
        with pytest.raises(TypeError, match=f"{many.__name__} takes many texts, {words}"):
            many(wrong)


@pytest.mark.parametrize("one", ["мaма", b"a", bytearray(b"a"), ""])
def test_one_text_is_no_column(one: Any) -> None:
    """The error names the call for one."""
    for many, single in ((normalize_many, "normalize"), (analyze_many, "analyze")):
        with pytest.raises(TypeError, match=f"for one there is {single}$"):
            many(one)
