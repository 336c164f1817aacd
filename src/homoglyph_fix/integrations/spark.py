"""Apache Spark: columns of a DataFrame, repaired in its Python workers as Arrow; the package must be installed where they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final, TypeVar

import pyarrow as pa

from .. import Normalizer
from .arrow import normalize_array, normalize_table

GATHERED: Final = 1 << 24  # bytes: of 10,000 rows, which Spark hands over, each call runs at 0.5 of full speed, of 16 MB at 0.8

Batches = Iterator[pa.RecordBatch]
Part = TypeVar("Part", pa.Array, pa.RecordBatch)


def normalize_batches(columns: Iterable[str], normalizer: Normalizer | None = None) -> Callable[[Batches], Batches]:
    """Return a function for `DataFrame.mapInArrow` that repairs these columns; rows, their order, names, types and nulls stay.

    One name does for a list; one that a batch lacks is a KeyError in the worker. Batches are gathered to 16 MB, all columns counted.

    >>> batches = [pa.record_batch({"id": [1], "text": ["Oт"]}), pa.record_batch({"id": [2], "text": ["і все"]})]
    >>> [row for batch in normalize_batches(["text"])(iter(batches)) for row in batch.to_pylist()]
    [{'id': 1, 'text': 'От'}, {'id': 2, 'text': 'і все'}]
    """
    return partial(_batches, columns if isinstance(columns, str) else list(columns), normalizer or Normalizer())


def normalize_udf(normalizer: Normalizer | None = None) -> Any:  # noqa: ANN401  # Spark has no public name for what it makes
    """Return an Arrow function of one column of texts, for `DataFrame.select` and, once registered, for SQL; PySpark 4.1 or newer."""
    from pyspark.sql.functions import arrow_udf  # noqa: PLC0415  # older ones do not have it, and `normalize_batches` serves them

    chosen = normalizer or Normalizer()

    def homoglyphs_normalize(arrays: Iterator[pa.Array]) -> Iterator[pa.Array]:
        for some in _gathered(arrays):
            yield from normalize_array(pa.chunked_array(some), chosen).chunks

    return arrow_udf(homoglyphs_normalize, "string")


def _batches(columns: str | list[str], normalizer: Normalizer, batches: Batches) -> Batches:
    for some in _gathered(batches):
        yield from normalize_table(pa.Table.from_batches(some), columns, normalizer).to_batches()


def _gathered(parts: Iterable[Part]) -> Iterator[list[Part]]:
    some: list[Part] = []
    size = 0
    for part in parts:
        some.append(part)
        size += part.nbytes
        if size >= GATHERED:
            yield some
            some, size = [], 0
    if some:
        yield some
