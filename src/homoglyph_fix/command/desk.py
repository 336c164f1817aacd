"""Where results go: each to the sink of its file, and to whoever counts and gathers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..errors import EncodingError, FileError, OutputError
from . import blocks, charset, unread
from .console import Talk, printable
from .messages import _, counted
from .output import write_out
from .reading import Piece, Source
from .tally import Tally
from .writing import CopySink, Events, InPlaceSink, NoSink, PrinterSink, Sink, StdoutSink

if TYPE_CHECKING:
    from .options import Plan
    from .outcome import Outcome
    from .printers import Printers
    from .reports.page.gathering import FileFindings, Gathered
    from .undo import Undoing

OpenSink = Callable[[Source], Sink]


def distribute(results: Iterable[blocks.Result], desk: Desk, talk: Talk, *, is_auto: bool) -> Tally:
    """Give every result to the sink of its file; a bad file does not stop the others."""
    tally = desk.tally
    try:
        for piece, outcome in results:
            talk.advance(len(piece.data), piece.last)
            if piece.source.failed:
                continue
            if piece.unread is not None:
                desk.leave_out(piece.source.name, piece.unread)
                continue
            if outcome.refused is not None and piece.source.walked:
                desk.leave_out(piece.source.name, unread.kind_refused(*outcome.refused, piece.source.name))
                continue
            tally.roots.add(piece.source.root)
            try:
                desk.take(piece, outcome)
            except OutputError:
                raise
            except FileError as error:
                piece.source.failed = True
                desk.fail(error)
                if piece.source.walked and isinstance(error, EncodingError):
                    tally.unread[unread.kind_undecoded(error, is_auto)] += 1
    finally:
        talk.clear()
        desk.drop()
    return tally


class Desk:
    """Holds the sink of the file that is being written; what is found goes to figures and to the page, too, if they are asked for."""

    def __init__(self, plan: Plan, printers: Printers, gathered: Gathered | None, talk: Talk) -> None:
        self.tally = Tally()
        self._talk = talk
        self._report = printers.report
        self._gathered = gathered
        self._open_sink = _telling(plan, printers, talk)
        self._is_shown = os.isatty(1)
        self._sink: Sink | None = None
        self._found: FileFindings | None = None
        self._changed = False
        self._words = self._doubts = 0

    def take(self, piece: Piece, outcome: Outcome) -> None:
        """Take the next block of a file, or raise what is wrong with it."""
        if piece.error is not None:
            raise piece.error
        if outcome.refused is not None:
            raise FileError(piece.source.name, f"{_(outcome.refused.kind)}: {_(outcome.refused.reason)}")
        if outcome.bad is not None:
            raise EncodingError(piece.source.name, piece.offset + outcome.bad, hint=charset.hint(piece.data))
        if self._sink is None:
            self._sink = self._open_sink(piece.source)
            self._events = Events(piece.source)
            self._found = self._gathered.begin(piece.source.name) if self._gathered is not None else None
        if self._is_shown:
            self._talk.clear()  # what is printed would go on behind the line of progress
        self._sink.block(piece, outcome)
        if self._found is not None:
            self._found.block(self._events.next(piece, outcome), outcome.words)
        self._changed |= outcome.new is not None
        self._words += len(outcome.findings)
        self._doubts += len(outcome.doubts)
        if self._report.statistics:
            self._report.statistics.add(outcome.words, outcome.findings, outcome.doubts)
        self.tally.passed = self.tally.passed[0] + outcome.passed[0], self.tally.passed[1] + outcome.passed[1]
        self.tally.left += outcome.left
        if outcome.note:
            self._talk.note(f"{printable(piece.source.name)}: {outcome.note}")
        if piece.last:
            self._close(piece.source.name)

    def _close(self, name: str) -> None:
        """Finish the file at hand, and count it."""
        if self._sink is None:
            return
        self._sink.close()
        if isinstance(self._sink, InPlaceSink):
            if not self._sink.replaced:  # it was clean, or this command has replaced it already
                self._changed, self._words = False, 0
                self._found = self._found.unless_repaired() if self._found is not None else None
            elif self._words:
                self._talk.note(counted(self._words, "{name}: {} word repaired", "{name}: {} words repaired", name=printable(name)))
        if self._report.statistics:
            self._report.statistics.close(name, self._words)
        if self._gathered is not None and self._found is not None:
            self._gathered.take(self._found)
        self.tally.files += 1
        self.tally.changed += self._changed
        self.tally.findings += self._words
        self.tally.doubts += self._doubts
        self._begin()

    def leave_out(self, name: str, kind: str) -> None:
        """Take note of a walked file that is not read."""
        self.tally.unread[kind] += 1
        self.tally.not_read += 1
        self._report.left_out(name, kind)
        if self._gathered is not None:
            self._gathered.unread[kind] += 1

    def fail(self, error: FileError) -> None:
        """Abandon the file at hand, if any, and say what is wrong with it."""
        self.tally.errors += 1
        self.tally.not_read += 1
        self._talk.error(error)
        write_out(self._report.failed(error))
        if self._gathered is not None:
            self._gathered.fail(error.path, error.problem)
        self.drop()

    def drop(self) -> None:
        """Abandon the file at hand, if any."""
        if self._sink is not None:
            self._sink.abort()
        if self._report.statistics:
            self._report.statistics.drop()
        self._begin()

    def _begin(self) -> None:
        """Have no file at hand."""
        self._sink, self._found = None, None
        self._changed, self._words, self._doubts = False, 0, 0


def _sink_opener(plan: Plan, printers: Printers) -> OpenSink:
    """Return what opens the sink of a source."""
    done: set[str] = set()
    undoing = _undoing(plan)
    openers: dict[str, OpenSink] = {
        "filter": StdoutSink,
        "write": lambda source: InPlaceSink(source, done, undoing),
        "copy": lambda source: CopySink(source, plan.target(source)),
        "report": lambda source: NoSink(),
        "check": lambda source: PrinterSink(source, printers.check()),
        "diff": lambda source: PrinterSink(source, printers.diff(source.name)),
    }
    return openers[plan.mode]


def _undoing(plan: Plan) -> Undoing | None:
    """Return what keeps old files, None if nobody has asked for it."""
    if not plan.backup and not plan.patch:
        return None
    from .undo import Patch, Undoing  # noqa: PLC0415  # other commands do not need it

    return Undoing(plan.backup, Patch(plan.patch, plan.paths) if plan.patch else None)


def _telling(plan: Plan, printers: Printers, talk: Talk) -> OpenSink:
    """Return what opens the sink of a source, and says which encoding was found out for it."""
    open_sink = _sink_opener(plan, printers)

    def open_and_tell(source: Source) -> Sink:
        if source.encoding != charset.UTF8:
            talk.note(_("{name}: read as {encoding}").format(name=printable(source.name), encoding=source.encoding))
        return open_sink(source)

    return open_and_tell if plan.encoding == charset.AUTO else open_sink
