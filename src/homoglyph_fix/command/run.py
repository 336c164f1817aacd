"""A command carried out: files in, blocks to the workers, results to the sinks."""
# Paths are used as they were typed:
# ruff: noqa: PTH112, PTH116

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from .. import Config, Normalizer
from ..errors import EncodingError, FileError, OutputError, UsageError
from . import blocks, charset, unread, workers
from .atomic import open_file
from .console import Talk, is_terminal, printable
from .documents.gathering import gathered
from .fields.kinds import NOT_PROSE, ending
from .output import write_out
from .printers import Printers, ink_of
from .reading import Piece, Source, find_sources, read_sources, size_at_least, total_size
from .reports.explain import explain, explanation
from .writing import CopySink, InPlaceSink, PrinterSink, Sink, StdoutSink

if TYPE_CHECKING:
    from .options import Plan

OpenSink = Callable[[Source], Sink]


@dataclass(slots=True)
class Tally:
    """What has been done so far; `unread` are the walked files that were not read, by kind, `roots` the arguments that had text.

    `left` counts the words of code, which are not repaired.
    """

    files: int = 0
    changed: int = 0
    findings: int = 0
    doubts: int = 0
    errors: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    roots: set[str] = field(default_factory=set)
    passed: tuple[int, int] = (0, 0)
    left: int = 0


def carry_out(plan: Plan) -> int:
    """Do what the plan says and return the exit status."""
    normalizer = _normalizer(plan)
    if plan.words:
        pages = (explanation(explain(normalizer, word), ink_of(plan), every=plan.every) for word in plan.words)
        write_out("\n".join(pages).encode("utf-8", "surrogateescape"))
        return 0
    shows_progress = plan.progress == "always" or (plan.progress == "auto" and not plan.quiet and is_terminal())
    knows_total = shows_progress and plan.encoding == charset.UTF8
    talk = Talk(plan.quiet, total_size(plan.paths, plan.selection) if knows_total else None, shows_progress)
    tells = plan.mode == "check" or (plan.mode == "write" and not plan.quiet)
    work = partial(blocks.find if tells else blocks.repair, normalizer)
    printers = Printers(plan)
    sources = find_sources(plan.paths, plan.selection)
    if plan.mode == "write":
        sources = _replaceable(sources)
    left_out: list[Source] = []
    pieces = _pieces(sources, plan, talk, left_out)
    jobs = plan.jobs or workers.jobs_for(size_at_least(plan.paths))
    if "-" in plan.paths and os.isatty(0):
        talk.note(f"reads the terminal, to {'Ctrl-Z and Enter' if os.name == 'nt' else 'Ctrl-D'}")
    with closing(workers.run(work, pieces, jobs)) as results:
        tally = _distribute(results, _telling(plan, printers, talk), talk, plan.encoding == charset.AUTO)
    write_out(printers.rest())
    if (tally.changed or tally.doubts) and plan.mode != "filter":
        talk.note(_summary(plan.mode, tally))
    if left_out:
        talk.note(f"{_count(len(left_out), 'file')} left out, neither JSON Lines nor CSV by name: --as says what files are")
    if tally.left:
        talk.note(f"{_count(tally.left, 'word')} in code left as they were (--check lists them, --as text repairs them)")
    if any(tally.passed):
        talk.note(_passed(*tally.passed))
    _tell_unread(plan, tally, talk)
    if tally.errors:
        return 2
    found = tally.changed or (plan.strict and tally.doubts)
    return 1 if found and plan.mode in ("check", "diff") else 0


def _normalizer(plan: Plan) -> Normalizer:
    """Return what repairs; raise UsageError if a rule is named that there is not."""
    try:
        return Normalizer(Config(select=plan.select, ignore=plan.ignore))
    except ValueError as error:
        raise UsageError(str(error)) from error


def _tell_unread(plan: Plan, tally: Tally, talk: Talk) -> None:
    """Say which directories have no text, and last how many files were not read."""
    for path in dict.fromkeys(plan.paths):
        if path not in tally.roots and os.path.isdir(path):
            talk.note(f"{printable(path)}: no text file to read")
    if tally.unread:
        talk.note(unread.told(tally.unread))


def _distribute(results: Iterable[blocks.Result], open_sink: OpenSink, talk: Talk, is_auto: bool) -> Tally:
    """Give every result to the sink of its file; a bad file does not stop the others."""
    tally = Tally()
    desk = _Desk(open_sink, tally, talk)
    try:
        for piece, outcome in results:
            talk.advance(len(piece.data), piece.last)
            if piece.source.failed:
                continue
            if piece.unread is not None:
                tally.unread[piece.unread] += 1
                continue
            tally.roots.add(piece.source.root)
            try:
                desk.take(piece, outcome)
            except OutputError:
                raise
            except FileError as error:
                piece.source.failed = True
                tally.errors += 1
                talk.error(error)
                if piece.source.walked and isinstance(error, EncodingError):
                    tally.unread[unread.kind_undecoded(error, is_auto)] += 1
                desk.drop()
    finally:
        talk.clear()
        desk.drop()
    return tally


class _Desk:
    """Holds the sink of the file that is being written."""

    def __init__(self, open_sink: OpenSink, tally: Tally, talk: Talk) -> None:
        self._open_sink = open_sink
        self._tally = tally
        self._talk = talk
        self._sink: Sink | None = None
        self._changed = False
        self._words = self._doubts = 0
        self._is_shown = os.isatty(1)

    def take(self, piece: Piece, outcome: blocks.Outcome) -> None:
        """Take the next block of a file, or raise what is wrong with it."""
        if piece.error is not None:
            raise piece.error
        if outcome.bad is not None:
            raise EncodingError(piece.source.name, piece.offset + outcome.bad, hint=charset.hint(piece.data))
        if self._sink is None:
            self._sink = self._open_sink(piece.source)
        if self._is_shown:
            self._talk.clear()  # what is printed would go on behind the line of progress
        self._sink.block(piece, outcome)
        self._changed |= outcome.new is not None
        self._words += len(outcome.findings)
        self._doubts += len(outcome.doubts)
        self._tally.passed = self._tally.passed[0] + outcome.passed[0], self._tally.passed[1] + outcome.passed[1]
        self._tally.left += outcome.left
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
            elif self._words:
                self._talk.note(f"{printable(name)}: {_count(self._words, 'word')} repaired")
        self._tally.files += 1
        self._tally.changed += self._changed
        self._tally.findings += self._words
        self._tally.doubts += self._doubts
        self._begin()

    def drop(self) -> None:
        """Abandon the file at hand, if any."""
        if self._sink is not None:
            self._sink.abort()
        self._begin()

    def _begin(self) -> None:
        """Have no file at hand."""
        self._sink, self._changed, self._words, self._doubts = None, False, 0, 0


def _sink_opener(plan: Plan, printers: Printers) -> OpenSink:
    """Return what opens the sink of a source."""
    done: set[str] = set()
    openers: dict[str, OpenSink] = {
        "filter": StdoutSink,
        "write": lambda source: InPlaceSink(source, done),
        "copy": lambda source: CopySink(source, plan.target(source)),
        "check": lambda source: PrinterSink(source, printers.check()),
        "diff": lambda source: PrinterSink(source, printers.diff(source.name)),
    }
    return openers[plan.mode]


def _telling(plan: Plan, printers: Printers, talk: Talk) -> OpenSink:
    """Return what opens the sink of a source, and says which encoding was found out for it."""
    open_sink = _sink_opener(plan, printers)

    def open_and_tell(source: Source) -> Sink:
        if source.encoding != charset.UTF8:
            talk.note(f"{printable(source.name)}: read as {source.encoding}")
        return open_sink(source)

    return open_and_tell if plan.encoding == charset.AUTO else open_sink


def _pieces(sources: Iterable[Source | FileError], plan: Plan, talk: Talk, left_out: list[Source]) -> Iterator[Piece]:
    """Return the sources in pieces, with the form of what is not plain text."""
    if plan.fields is None:
        pieces = read_sources(_not_prose(sources, plan, talk), plan.encoding, plan.line_buffered)
        return gathered(pieces, plan.kind, plan.mode)
    from .fields.arranging import arranged  # noqa: PLC0415  # imports what other commands do not need

    served = plan.fields.served(sources, left_out.append)
    return arranged(read_sources(served, plan.encoding, plan.line_buffered), plan.fields)


def _not_prose(sources: Iterable[Source | FileError], plan: Plan, talk: Talk) -> Iterator[Source | FileError]:
    """Let all sources through; say of the first that is data by its name that it is taken for prose, keys and all."""
    is_told = plan.kind is not None
    for source in sources:
        if not is_told and isinstance(source, Source) and ending(source.name) in NOT_PROSE:
            talk.note(f"{printable(source.name)}: repaired as prose, keys and headings too; --field NAME repairs one field")
            is_told = True
        yield source


def _replaceable(sources: Iterable[Source | FileError]) -> Iterator[Source | FileError]:
    """Let only regular files through, by names of their own: a pipe, device or open file can be read, but not replaced."""
    for source in sources:
        if isinstance(source, Source) and not _is_regular(source):
            yield FileError(source.name, "not a regular file, cannot be replaced")
        elif isinstance(source, Source) and not source.walked and open_file(source.name):
            yield FileError(source.name, "the name of an open file, cannot be replaced")
        else:
            yield source


def _is_regular(source: Source) -> bool:
    """Tell whether a source is a file; one that has just vanished is left to the reader."""
    try:
        return source.path is not None and stat.S_ISREG(os.stat(source.path).st_mode)
    except OSError:
        return True


def _summary(mode: str, tally: Tally) -> str:
    """Return the closing line."""
    files = f"{tally.changed} of {_count(tally.files, 'file')}"
    if mode == "check":
        left = f", {tally.doubts} to decide" if tally.doubts else ""
        return (f"{_count(tally.findings, 'word')} to repair in {files}" if tally.findings else "nothing to repair") + left
    if mode == "write" and (tally.findings or tally.doubts):
        left = f", {tally.doubts} left for you to decide (--check lists them)" if tally.doubts else ""
        return (f"{_count(tally.findings, 'word')} in {files} repaired" if tally.findings else "nothing to repair") + left
    return f"{files} {'would be repaired' if mode == 'diff' else 'repaired'}"


def _passed(broken: int, lacking: int) -> str:
    """Return what is said of records in which there was nothing to repair."""
    said = [f"{_count(broken, 'record')} broken"] * (broken > 0) + [f"{_count(lacking, 'record')} without the field"] * (lacking > 0)
    return f"passed through as they were: {', '.join(said)}"


def _count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> _count(1, "file"), _count(2, "file")
    ('1 file', '2 files')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
