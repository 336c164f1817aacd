"""Pieces laid end to end: the quick ways give what the plain ones give."""

from __future__ import annotations

import numpy as np
import pytest

from homoglyph_fix.arrays.ragged import LONG, Index, pick, ranges, where


def _index(*numbers: int) -> Index:
    return np.array(numbers, np.intp)


PIECES = {
    "none": (_index(), _index()),
    "empty ones": (_index(0, 5, 10_000), _index(0, 0, 0)),
    "short": (_index(3, 10, 0), _index(2, 1, 4)),
    "short, some empty": (_index(7, 3, 9_998, 3, 0), _index(0, 2, 2, 0, 1)),
    "as long as is short": (_index(0, 1000), _index(LONG, LONG)),
    "a little longer": (_index(0, 1000), _index(LONG, LONG + 1)),
    "long": (_index(100, 5000), _index(4000, 5000)),
    "long, some empty": (_index(0, 9000, 10_000, 17), _index(9000, 1000, 0, 0)),
    "long, neither in order nor apart": (_index(8000, 0, 4000, 0), _index(2000, 4001, 1, 10_000)),
}


@pytest.mark.parametrize("name", PIECES)
def test_pick(name: str) -> None:
    """Pieces long and short come out as by the numbers of their items."""
    array = np.arange(10_000, dtype=np.uint32)[::-1].copy()
    starts, lengths = PIECES[name]

    found = pick(array, starts, lengths)

    assert found.tolist() == array[ranges(starts, lengths)].tolist()
    assert found.tolist() == [item for start, length in zip(starts, lengths, strict=True) for item in array[start : start + length]]
    assert found.dtype == array.dtype
    found[:] = 0
    assert array.any()


@pytest.mark.parametrize("name", PIECES)
def test_ranges_of_many(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Running totals number the items of pieces as repetition does."""
    expected = ranges(*PIECES[name])
    monkeypatch.setattr("homoglyph_fix.arrays.ragged.MANY", 0)

    assert ranges(*PIECES[name]).tolist() == expected.tolist()
    assert ranges(*PIECES[name]).dtype == np.intp


@pytest.mark.parametrize("name", PIECES)
def test_long_pieces_are_not_numbered(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which way is taken follows from the average length."""
    monkeypatch.setattr("homoglyph_fix.arrays.ragged.ranges", lambda starts, lengths: _index())
    starts, lengths = PIECES[name]

    assert len(pick(np.arange(10_000), starts, lengths)) == (lengths.sum() if "long" in name and name != "as long as is short" else 0)


@pytest.mark.parametrize("size", [0, 1, 2, 1000])
@pytest.mark.parametrize("kind", [bool, np.uint8, np.uint64])
def test_where(size: int, kind: type[np.generic]) -> None:
    """Of flags and of numbers those that are not 0, as indices."""
    column = (np.arange(size) % 3).astype(kind)

    assert where(column).tolist() == [place for place in range(size) if place % 3]
    assert where(column).dtype == np.intp
