"""Series of pandas: what stays, what becomes one, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

pd = pytest.importorskip("pandas", reason="needs pandas: make test-integrations")
pytest.importorskip("pyarrow", reason="needs pyarrow: make test-integrations")
pytest.importorskip("homoglyph_fix.integrations.pandas")


def test_missing_values_of_an_object_column_stay_what_they_are() -> None:
    """None is not NaN, and NaN is not NA."""
    nan = float("nan")
    old = pd.Series(["Oт", None, nan, pd.NA, "мoва"], dtype=object)
    new = old.homoglyphs.normalize()

    assert new[1] is None
    assert new[2] is nan
    assert new[3] is pd.NA
    assert new[[0, 4]].tolist() == ["От", "мова"]


@pytest.mark.parametrize("ordered", [False, True])
def test_equal_categories_become_one(ordered: bool) -> None:
    """`value_counts` and `groupby` count them together, and the order of the others stays."""
    kind = pd.CategoricalDtype(["яблуко", "Oт", "мoва", "От"], ordered=ordered)
    new = pd.Series(["Oт", "От", None, "мoва"], dtype=kind).homoglyphs.normalize()

    assert new.cat.categories.tolist() == ["яблуко", "От", "мова"]
    assert new.cat.ordered == ordered
    assert new.value_counts()["От"] == 2
    assert new.isna().tolist() == [False, False, True, False]


def test_index_name_and_attributes_stay() -> None:
    """Labels may be anything, and stand twice."""
    old = pd.Series(["Oт", "мoва"], index=["x", "x"], name=("a", 1))
    old.attrs["source"] = "web"
    new = old.homoglyphs.normalize()

    assert (new.index.tolist(), new.name, new.attrs) == (["x", "x"], ("a", 1), {"source": "web"})
    assert old.tolist() == ["Oт", "мoва"]


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([1]),
        pd.Series(["Oт", 1]),
        pd.Series([b"O"]),
        pd.Series([1, 2], dtype="category"),
        pd.Series([1], dtype="int64[pyarrow]"),
    ],
    ids=repr,
)
def test_what_is_no_text_has_no_accessor(series: Any) -> None:  # noqa: ANN401
    """As `.str` has none."""
    with pytest.raises(AttributeError, match="texts"):
        _ = series.homoglyphs
