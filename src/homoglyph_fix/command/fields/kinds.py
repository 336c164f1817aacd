"""Which forms of data there are, by the ending of a name or as the command says, and which fields are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ...errors import FileError
from ..compression import without_compression
from ..endings import ending_of
from ..messages import _
from ..reading import Source

JSONL, CSV, TSV = "jsonl", "csv", "tsv"
KINDS = {".jsonl": JSONL, ".ndjson": JSONL, ".csv": CSV, ".tsv": TSV}

_NOT_PROSE = (".json", *KINDS)


def kind_of(path: str) -> str | None:
    """Return what a file is by its name, None if that does not tell.

    >>> kind_of("d/corpus.JSONL.gz"), kind_of("notes.txt")
    ('jsonl', None)
    """
    return KINDS.get(ending_of(without_compression(path)))


def is_data(path: str) -> bool:
    """Tell whether a file is repaired as prose only because nobody has said better."""
    return ending_of(without_compression(path)) in _NOT_PROSE


class Fields(NamedTuple):
    """The fields of a command; `kind` is jsonl, csv or tsv where the endings are not asked.

    `data_only` tells that other files are not meant, and that each has all fields. A configuration file names the fields of all data of a
    project, which has texts, too.
    """

    names: tuple[str, ...]
    kind: str | None = None
    delimiter: str | None = None
    has_heading: bool = True
    data_only: bool = True

    def served(self, sources: Iterable[Source | FileError], leave_out: Callable[[Source], None]) -> Iterator[Source | FileError]:
        """Let files of a known form through, others only if they are meant: else a named one is an error, and walked ones are left out."""
        for source in sources:
            if isinstance(source, FileError) or source.stays or self.kind_of(source) or not self.data_only:
                yield source
            elif source.walked:
                leave_out(source)
            else:
                yield FileError(source.name, _("neither JSON Lines nor CSV by its name; --as says what it is"))

    def kind_of(self, source: Source) -> str | None:
        """Return what a source is."""
        return self.kind or kind_of(source.name)
