"""Datasets of Hugging Face: a callable for `Dataset.map`, on Arrow tables."""

from __future__ import annotations

import pyarrow as pa

from .. import BEHAVIOUR, Normalizer
from .arrow import normalize_table


class Repair:
    """Repair columns of a dataset: `dataset.with_format("arrow").map(Repair("text"), batched=True, batch_size=50_000)`.

    It can be pickled. Its state holds `BEHAVIOUR`, the hash of rules and data, since `datasets` names a cache after the state alone:
    after an upgrade that may change results the work is done anew instead of being taken from the cache of the version before.

    >>> Repair("text")(pa.table({"id": [1], "text": ["Oт"]})).to_pylist()
    [{'id': 1, 'text': 'От'}]
    """

    def __init__(self, *columns: str, normalizer: Normalizer | None = None) -> None:
        """Take the names of the columns to repair.

        Raises:
            TypeError: there is no name, or something else than names.
        """
        if not columns or not all(isinstance(name, str) for name in columns):
            raise TypeError('Repair takes the names of columns: Repair("text"), Repair("title", "text")')
        self.columns = columns
        self.normalizer = normalizer or Normalizer()
        self.behaviour = BEHAVIOUR

    def __call__(self, table: pa.Table) -> pa.Table:
        """Return a batch with its columns repaired.

        Raises:
            TypeError: the batch is no Arrow table, or a column holds no text.
            KeyError: a column is not there.
        """
        if not isinstance(table, pa.Table):
            raise TypeError('Repair is for Arrow tables: dataset.with_format("arrow").map(..., batched=True, batch_size=50_000)')
        return normalize_table(table, self.columns, self.normalizer)
