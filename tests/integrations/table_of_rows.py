"""Rows enough to keep a cluster busy: damaged lines among clean ones, nulls and odd texts, each with an id."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks import damage
from benchmarks.corpus import made_of_cases

from homoglyph_fix.integrations.arrow import normalize_table
from rows import ROWS


def rows(size: int) -> pa.Table:
    """Return about so many bytes of text; lines come again with other neighbours, for no two of the rounds have the same order."""
    rng = Random("rows")
    once: list[str | None] = list(damage.words(made_of_cases(600_000), rng, 0.01).split("\n"))
    once += [text for texts in ROWS.values() for text in texts[:5] if text is None or len(text) < 100]
    texts: list[str | None] = []
    for _ in range(1 + size // 1_300_000):  # bytes of once
        texts += rng.sample(once, len(once))
    return pa.table({"id": range(len(texts)), "text": texts})


def in_one_process(table: pa.Table) -> pa.Table:
    """Return what comes of it without a cluster."""
    return normalize_table(table, ["text"])


def write(table: pa.Table, folder: Path, files: int) -> None:
    """Write a table as so many Parquet files."""
    folder.mkdir()
    each = -(-len(table) // files)
    for number in range(files):
        pq.write_table(table.slice(number * each, each), folder / f"{number}.parquet")


def read(folder: Path) -> pa.Table:
    """Read a table in the order of its ids: files come in any."""
    return pq.read_table(folder).sort_by("id")
