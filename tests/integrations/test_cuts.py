"""Any cut of the same rows into batches and chunks gives the same bytes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import ROWS, Rows, repaired
from strategies import damaged_lines, encodable_texts, few

pa = pytest.importorskip("pyarrow", reason="needs pyarrow: make test-integrations")

from homoglyph_fix.integrations import arrow  # noqa: E402  # only where pyarrow is

SHORT = [text for rows in ROWS.values() for text in rows[:5] if text is None or len(text) < 100]
some_rows = st.lists(st.none() | st.sampled_from(SHORT) | encodable_texts | damaged_lines, max_size=12)
cuts = st.lists(st.integers(0, 12), max_size=6).map(sorted)
kinds = st.sampled_from([pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string())])
sizes = st.sampled_from([1, 30, 300, arrow.GATHERED])


def _pieces(rows: Rows, places: list[int]) -> list[Rows]:
    """Cut rows at these places; a piece may be empty."""
    return [rows[begin:end] for begin, end in pairwise([0, *places, len(rows)])] if rows else [rows]


def _array(rows: Rows, kind: Any) -> Any:  # noqa: ANN401
    return pa.array(rows, pa.string()).cast(kind)


@pytest.mark.property
@few
@given(some_rows, cuts, kinds, sizes)
def test_chunks(rows: Rows, places: list[int], kind: Any, size: int) -> None:  # noqa: ANN401
    """As chunks of one column, whatever is gathered and cut of them; as slices; as batches, each for itself."""
    right, places = repaired(rows), [min(place, len(rows)) for place in places]
    whole = _array(rows, kind)
    pieces = [_array(some, kind) for some in _pieces(rows, places)]
    slices = [whole.slice(begin, end - begin) for begin, end in pairwise([0, *places, len(rows)])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrow, "GATHERED", size)
        for chunks in (pieces, slices):
            new = arrow.normalize_array(pa.chunked_array(chunks, kind))
            new.validate(full=True)

            assert new.type == kind
            assert new.to_pylist() == right
            assert [text for chunk in chunks for text in arrow.normalize_array(chunk).to_pylist()] == right
        assert arrow.normalize_array(whole).to_pylist() == right


@pytest.mark.property
@few
@given(some_rows, cuts)
def test_record_batches(rows: Rows, places: list[int]) -> None:
    """As batches of a table, which Spark, Ray and streaming readers hand over one by one."""
    table = pa.table({"text": pa.array(rows, pa.string())})
    bounds = pairwise([0, *(min(place, len(rows)) for place in places), len(rows)])
    batches = [batch for begin, end in bounds for batch in table.slice(begin, end - begin).to_batches()]
    new = [arrow.normalize_table(batch, ["text"]) for batch in batches]

    assert pa.Table.from_batches(new, table.schema).column("text").to_pylist() == repaired(rows)


@pytest.mark.property
@few
@given(some_rows, cuts)
def test_frames(rows: Rows, places: list[int]) -> None:
    """As frames of pandas and polars, cut and laid together again."""
    pd = pytest.importorskip("pandas", reason="needs pandas: make test-integrations")
    pl = pytest.importorskip("polars", reason="needs polars: make test-integrations")
    pytest.importorskip("homoglyph_fix.integrations.pandas")
    pytest.importorskip("homoglyph_fix.integrations.polars")
    bounds = list(pairwise([0, *(min(place, len(rows)) for place in places), len(rows)]))
    series, column = pd.Series(rows, dtype="string"), pl.Series(rows, dtype=pl.String)
    new = pd.concat([series.iloc[begin:end].homoglyphs.normalize() for begin, end in bounds])
    laid = pl.concat([column.slice(begin, end - begin) for begin, end in bounds], rechunk=False)

    assert [None if text is pd.NA else text for text in new] == repaired(rows)
    assert laid.homoglyphs.normalize().to_list() == repaired(rows)
