"""A block for pipelines of datatrove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from datatrove.data import Document
from datatrove.pipeline.formatters.base import BaseFormatter
from datatrove.utils.typeshelper import StatHints

from .. import Normalizer


class HomoglyphFormatter(BaseFormatter):  # type: ignore[misc]  # datatrove is untyped here
    """Repair the text of documents, a batch of them at once.

    Counted are documents (`total`), those of them that change (`repaired`) and `characters`, all by the batch.

    >>> [document.text for document in HomoglyphFormatter()([Document("Oт і все", "1")])]
    ['От і все']
    """

    name = "🔎 Homoglyphs"

    def __init__(self, normalizer: Normalizer | None = None, batch_size: int = 1000, metadata_key: str | None = None) -> None:
        """Take how many documents to repair at once, and under which key of their metadata to say whether they changed, if any.

        Raises:
            ValueError: of batches of no documents none would come out.
        """
        super().__init__()
        if batch_size < 1:
            raise ValueError(f"batch_size is the number of documents repaired at once, at least 1, not {batch_size}")
        self.normalizer, self.batch_size, self.metadata_key = normalizer or Normalizer(), batch_size, metadata_key

    def format(self, text: str) -> str:
        """Return one text repaired; in a pipeline `run` is what works, many times as fast."""
        return self.normalizer.normalize(text)

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Yield the documents in order, with their texts repaired."""
        documents = iter(data)
        while batch := list(islice(documents, self.batch_size)):
            with self.track_time("batch"):
                old = [document.text for document in batch]
                new = self.normalizer.normalize_many(old)
            changed = [text is not was for text, was in zip(new, old, strict=True)]
            self.stat_update(StatHints.total, value=len(batch), unit="batch")
            self.stat_update("repaired", value=sum(changed), unit="batch")
            self.stat_update("characters", value=sum(map(len, old)), unit="batch")
            for document, text, is_repaired in zip(batch, new, changed, strict=True):
                document.text = text
                if self.metadata_key is not None:
                    document.metadata[self.metadata_key] = is_repaired
                yield document
