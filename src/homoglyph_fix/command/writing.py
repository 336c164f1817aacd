"""Where the blocks of a file go: standard output, a report, back in place, or another place."""
# Paths are used as they were typed:
# ruff: noqa: PTH103, PTH110, PTH113, PTH116, PTH120, PTH121

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Protocol

from ..errors import FileError
from .atomic import Replacement, destination
from .output import write_out
from .reports import Checked

if TYPE_CHECKING:
    from .blocks import Outcome
    from .reading import Piece, Source
    from .reports import Printer


class Sink(Protocol):
    """Takes the blocks of one file in order; then either `close` or, after any error, `abort`."""

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Take one block."""

    def close(self) -> None:
        """Finish: the file is complete and good."""

    def abort(self) -> None:
        """Leave everything as it was, as far as that is possible."""


class StdoutSink:
    """Repaired text to standard output."""

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Write it at once."""
        write_out(piece.data if outcome.new is None else outcome.new)

    def close(self) -> None:
        """Do nothing: all is written."""

    def abort(self) -> None:
        """Do nothing: what is written is written."""


class PrinterSink:
    """A report to standard output."""

    def __init__(self, source: Source, printer: Printer) -> None:
        self._name = source.name
        self._printer = printer
        self._line = 1
        self._record = 0

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Print what the block makes known."""
        new = piece.data if outcome.new is None else outcome.new
        write_out(self._printer.block(Checked(self._name, self._line, piece.data, new, outcome.findings, self._record)))
        self._record += outcome.records
        self._line += piece.data.count(b"\n")

    def close(self) -> None:
        """Print the rest."""
        write_out(self._printer.end())

    def abort(self) -> None:
        """Print nothing more."""


class InPlaceSink:
    """Repaired text back to its file; a file without a repair is not opened for writing.

    A link stays a link, its target is replaced. Other hard links to the file keep the old content. `done` holds the
    files replaced by this command: one that is named twice is replaced once.
    """

    def __init__(self, source: Source, done: set[str]) -> None:
        self._source = source
        self._done = done
        self._path = os.path.realpath(source.path or "")
        self._new: Replacement | None = None

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Keep the block; at the first repair begin a new file with all that came before."""
        if self._new is None and outcome.new is not None:
            self._check_writable()
            self._new = Replacement(self._path, self._source.state, self._source.name)
            self._new.copy_head(self._path, piece.offset)
        if self._new is not None:
            self._new.write(piece.data if outcome.new is None else outcome.new)

    def close(self) -> None:
        """Put the new file in place, unless somebody else has changed the old one meanwhile."""
        if self._new is None:
            return
        if self._path in self._done:
            self._new.discard()
            return
        try:
            has_changed = _has_changed(self._source.state, os.stat(self._path))
        except OSError as error:
            raise FileError.of(self._source.name, error) from error
        if has_changed:
            raise FileError(self._source.name, "changed by another program meanwhile, not replaced")
        self._new.commit()
        self._done.add(self._path)

    def abort(self) -> None:
        """Forget the new file."""
        if self._new is not None:
            self._new.discard()

    def _check_writable(self) -> None:
        """Respect a file marked read-only: replacing it would not need the right to write it."""
        if not os.access(self._path, os.W_OK):
            raise FileError(self._source.name, os.strerror(errno.EACCES if os.path.exists(self._path) else errno.ENOENT))


class CopySink:
    """Repaired text to another file, with the mode of the original; a file without a repair is copied."""

    def __init__(self, source: Source, path: str) -> None:
        try:
            if source.path is not None and os.path.exists(path) and os.path.samefile(source.path, path):
                raise FileError(source.name, "is both input and output; use -w to repair it in place")
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            like = os.stat(path) if os.path.isfile(path) else source.path and source.state
        except OSError as error:
            raise FileError.of(path, error) from error
        self._new = destination(path, like or None)

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Write it to the new file."""
        self._new.write(piece.data if outcome.new is None else outcome.new)

    def close(self) -> None:
        """Put the new file in place."""
        self._new.commit()

    def abort(self) -> None:
        """Forget the new file."""
        self._new.discard()


def _has_changed(before: os.stat_result | None, now: os.stat_result) -> bool:
    """Tell whether a file is not what it was when it was opened."""
    keys = ("st_dev", "st_ino", "st_size", "st_mtime_ns")
    return any(getattr(before, key) != getattr(now, key) for key in keys)
