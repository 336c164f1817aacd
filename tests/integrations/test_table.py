"""The same rows through every module and recipe: each gives what `normalize` gives."""

from __future__ import annotations

import pytest

from rows import ROWS, SURROGATES, Rows, repaired
from ways import WAYS, needed

TAKING_SURROGATES = [name for name, way in WAYS.items() if way.surrogates]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("name", WAYS)
def test_rows(name: str, rows: str) -> None:
    """Every kind of row comes out as by itself."""
    way = WAYS[name]
    needed(way.needs)
    texts: Rows = ROWS[rows] if way.nulls else [text for text in ROWS[rows] if text is not None]

    assert way.walk(texts) == repaired(texts)


@pytest.mark.parametrize("name", TAKING_SURROGATES)
def test_lone_surrogates(name: str) -> None:
    """What holds Python strings may hold text that has no UTF-8."""
    needed(WAYS[name].needs)
    texts: Rows = SURROGATES if WAYS[name].nulls else [text for text in SURROGATES if text is not None]

    assert WAYS[name].walk(texts) == repaired(texts)
