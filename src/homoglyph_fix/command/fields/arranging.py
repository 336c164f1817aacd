"""Blocks of data with their form, cut where records end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...errors import FileError
from ..reading import Piece, Source
from .json_lines import JsonLines
from .kinds import JSONL, TSV, Fields
from .rows import RowEnds, Rows, rows_of, sniffed

_HEAD = 1 << 16
# Bytes in which the sign between cells is looked for.


def arranged(pieces: Iterable[Piece], fields: Fields) -> Iterator[Piece]:
    """Give every block of data its form, and cut CSV where rows end; text stays as it is."""
    source: Source | None = None
    for piece in pieces:
        if piece.source is not source:
            source = piece.source
            kind = fields.kind_of(source)
            rows = _RowsOfOneFile(fields, kind)
        if piece.error is not None or piece.source.stays or kind is None:
            yield piece
        elif kind == JSONL:
            yield piece._replace(form=JsonLines(fields.names))
        else:
            yield from rows.take(piece)


class _RowsOfOneFile:
    """Finds the columns in the heading, and holds the beginning of a row until its end has been read."""

    def __init__(self, fields: Fields, kind: str | None) -> None:
        self._fields = fields
        self._delimiter = fields.delimiter or ("\t" if kind == TSV else "")
        self._form: Rows | None = None
        self._ends: RowEnds | None = None
        self._kept: list[bytes] = []
        self._offset = 0

    def take(self, piece: Piece) -> Iterator[Piece]:
        """Yield the rows that end in this piece, at the last one all that is left; or the error that there is no such column."""
        if self._ends is None:
            self._delimiter = self._delimiter or sniffed(piece.data[:_HEAD])
            self._ends = RowEnds(self._delimiter)
        cut = len(piece.data) if piece.last else self._ends.last(piece.data)
        self._kept.append(piece.data[:cut])
        if cut or piece.last:
            data = b"".join(self._kept)
            self._kept = []
            try:
                form = self._next_form(piece.source, data)
            except FileError as error:
                yield Piece(piece.source, last=True, error=error)
                return
            yield piece._replace(data=data, offset=self._offset, form=form)
            self._offset += len(data)
        self._kept.append(piece.data[cut:])

    def _next_form(self, source: Source, data: bytes) -> Rows:
        """Return the form of the next block; only the first has the heading."""
        if self._form is not None:
            return self._form
        form = rows_of(source.name, data, self._fields, self._delimiter)
        self._form = form.after_heading()
        return form
