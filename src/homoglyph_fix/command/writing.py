"""Where the blocks of a file go: standard output, a report, back in place, or another place."""
# Paths are used as they were typed:
# ruff: noqa: PTH103, PTH110, PTH113, PTH116, PTH120, PTH121

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Protocol

from ..errors import FileError
from .atomic import Replacement, destination, is_special
from .compression import compression_of
from .messages import _
from .output import write_out
from .reading import read_again, read_raw
from .recoding import Recoder
from .reports import Checked

if TYPE_CHECKING:
    from .outcome import Outcome
    from .reading import Piece, Source
    from .reports import Printer
    from .undo import Undoing


class Sink(Protocol):
    """Takes the blocks of one file in order; then either `close` or, after any error, `abort`."""

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Take one block."""

    def close(self) -> None:
        """Finish: the file is complete and good."""

    def abort(self) -> None:
        """Leave everything as it was, as far as that is possible."""


class StdoutSink:
    """Repaired text to standard output: in the encoding of its file, but not compressed."""

    def __init__(self, source: Source) -> None:
        self._encoding = source.encoding
        self._recoder = Recoder(source.name, source.encoding, "")

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Write it at once."""
        write_out(self._recoder.take(piece.data if outcome.new is None else outcome.new), self._encoding)

    def close(self) -> None:
        """Do nothing: all is written."""

    def abort(self) -> None:
        """Do nothing: what is written is written."""


class Events:
    """Makes the events of reports of the blocks of one file, in their order: it knows how many lines and records are behind."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._line = 1
        self._record = 0

    def next(self, piece: Piece, outcome: Outcome) -> Checked:
        """Return what became of the next block."""
        old, new = outcome.shown or (piece.data, piece.data if outcome.new is None else outcome.new)
        event = Checked(self._name, self._line, old, new, outcome.findings, outcome.doubts, self._record, outcome.shown is None)
        self._record += outcome.records
        self._line += old.count(b"\n")
        return event


class NoSink:
    """Nothing is written: what is found goes to the page alone."""

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""

    def abort(self) -> None:
        """Do nothing."""


class PrinterSink:
    """A report to standard output."""

    def __init__(self, source: Source, printer: Printer) -> None:
        self._events = Events(source)
        self._printer = printer

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Print what the block makes known."""
        write_out(self._printer.block(self._events.next(piece, outcome)))

    def close(self) -> None:
        """Print the rest."""
        write_out(self._printer.end())

    def abort(self) -> None:
        """Print nothing more."""


class InPlaceSink:
    """Repaired text back to its file; a file without a repair is not opened for writing.

    A link stays a link, its target is replaced. Other hard links to the file keep the old content. `done` holds the
    files replaced by this command: one that is named twice is replaced once. `replaced` tells whether this sink did it.
    What undoes the repair is kept before the file is replaced, and dropped where it is not.
    """

    replaced = False

    def __init__(self, source: Source, done: set[str], undoing: Undoing | None = None) -> None:
        self._source = source
        self._done = done
        self._path = os.path.realpath(source.path or "")
        self._new: Replacement | None = None
        self._undo = [] if undoing is None or self._path in done else undoing.of(source, self._path)
        self._recoder = Recoder(source.name, source.encoding, source.compression)

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Keep the block; at the first repair begin a new file with all that came before."""
        for undo in self._undo:
            undo.block(piece, outcome)
        if self._new is None and outcome.new is not None and self._path not in self._done:
            self._check_writable()
            self._new = Replacement(self._path, self._source.state, self._source.name)
            if self._source.is_plain:
                self._new.copy_head(self._path, piece.offset)
            else:
                for data in read_again(self._source, piece.offset):
                    self._new.write(self._recoder.take(data))
        if self._new is not None:
            self._new.write(self._recoder.take(piece.data if outcome.new is None else outcome.new))

    def close(self) -> None:
        """Put the new file in place, unless somebody else has changed the old one meanwhile."""
        if self._new is None:
            return
        if self._path in self._done:
            self._new.discard()
            return
        self._new.write(self._recoder.end())
        _require_unchanged(self._source, _("changed by another program meanwhile, not replaced"))
        self._new.commit(self._keep)
        self._done.add(self._path)
        self.replaced = True

    def _keep(self) -> None:
        """Keep what undoes the repair."""
        for undo in self._undo:
            undo.keep()

    def abort(self) -> None:
        """Forget the new file, unless it is in place already."""
        if self._new is None or not self._new.is_in_place():
            for undo in self._undo:
                undo.drop()
        if self._new is not None:
            self._new.discard()

    def _check_writable(self) -> None:
        """Respect a file marked read-only: replacing it would not need the right to write it."""
        if not os.access(self._path, os.W_OK):
            raise FileError(self._source.name, os.strerror(errno.EACCES if os.path.exists(self._path) else errno.ENOENT))


class CopySink:
    """Repaired text to another file, with the mode of the original; a file without a repair is copied.

    The new file has the encoding of the original, and is compressed as its own ending says. Where that is the ending of the original,
    nothing is written before the first repair, so that a copy without any has the very bytes of the original.
    """

    def __init__(self, source: Source, path: str) -> None:
        try:
            if source.path is not None and os.path.exists(path) and os.path.samefile(source.path, path):
                raise FileError(source.name, _("is both input and output; use -w to repair it in place"))
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            like = os.stat(path) if os.path.isfile(path) else source.path and source.state
        except OSError as error:
            raise FileError.of(path, error) from error
        compression = compression_of(path)
        self._source = source
        self._waits = bool(compression) and compression == source.compression and not is_special(source.path or "")
        self._recoder = Recoder(source.name, source.encoding, compression)
        self._new = destination(path, like or None)

    def block(self, piece: Piece, outcome: Outcome) -> None:
        """Write it to the new file; with the first repair, all that came before."""
        if self._waits and outcome.new is None:
            return
        if self._waits:
            self._waits = False
            for data in read_again(self._source, piece.offset):
                self._new.write(self._recoder.take(data))
        self._new.write(self._recoder.take(piece.data if outcome.new is None else outcome.new))

    def close(self) -> None:
        """Put the new file in place."""
        if self._waits:
            for data in read_raw(self._source):
                self._new.write(data)
        else:
            self._new.write(self._recoder.end())
        if self._source.compression and self._source.state is not None and not is_special(self._source.path or ""):
            _require_unchanged(self._source, _("changed by another program meanwhile, not copied"))
        self._new.commit()

    def abort(self) -> None:
        """Forget the new file."""
        self._new.discard()


def _require_unchanged(source: Source, message: str) -> None:
    """Raise FileError with this message if a file is not what it was when it was opened."""
    try:
        has_changed = _has_changed(source.state, os.stat(source.path or ""))
    except OSError as error:
        raise FileError.of(source.name, error) from error
    if has_changed:
        raise FileError(source.name, message)


def _has_changed(before: os.stat_result | None, now: os.stat_result) -> bool:
    """Tell whether a file is not what it was when it was opened."""
    keys = ("st_dev", "st_ino", "st_size", "st_mtime_ns")
    return any(getattr(before, key) != getattr(now, key) for key in keys)
