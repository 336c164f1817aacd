"""A command carried out: files in, blocks to the workers, results to the sinks."""
# Paths are used as they were typed:
# ruff: noqa: PTH116

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from .. import Normalizer
from ..errors import EncodingError, FileError, OutputError
from . import blocks, workers
from .atomic import open_file
from .console import Talk, is_terminal, printable
from .fields.kinds import NOT_PROSE, Fields, ending
from .output import write_out
from .reading import Piece, Source, find_sources, read_sources, size_at_least, total_size
from .reports.diff import DiffPrinter
from .reports.explain import explanation
from .reports.text import TextPrinter
from .writing import CopySink, InPlaceSink, PrinterSink, Sink, StdoutSink

if TYPE_CHECKING:
    from .options import Plan
    from .reports import Printer

OpenSink = Callable[[Source], Sink]


@dataclass(slots=True)
class Tally:
    """What has been done so far."""

    files: int = 0
    changed: int = 0
    findings: int = 0
    errors: int = 0
    passed: tuple[int, int] = (0, 0)


def carry_out(plan: Plan) -> int:
    """Do what the plan says and return the exit status."""
    if plan.word is not None:
        write_out(explanation(Normalizer().analyze(plan.word)).encode())
        return 0
    shows_progress = plan.progress == "always" or (plan.progress == "auto" and not plan.quiet and is_terminal())
    talk = Talk(plan.quiet, total_size(plan.paths) if shows_progress else None, shows_progress)
    work = partial(blocks.find if plan.mode == "check" else blocks.repair, Normalizer())
    sources = find_sources(plan.paths, skip=plan.out)
    if plan.mode == "write":
        sources = _replaceable(sources)
    left_out: list[Source] = []
    if plan.fields:
        pieces = _pieces_of_fields(sources, plan.fields, plan.line_buffered, left_out)
    else:
        pieces = read_sources(_not_prose(sources, plan, talk), plan.line_buffered)
    jobs = plan.jobs or workers.jobs_for(size_at_least(plan.paths))
    with closing(workers.run(work, pieces, jobs)) as results:
        tally = _distribute(results, _sink_opener(plan), talk)
    if tally.changed and plan.mode != "filter":
        talk.note(_summary(plan.mode, tally))
    if left_out:
        talk.note(f"{_count(len(left_out), 'file')} left out, neither JSON Lines nor CSV by name: --as says what files are")
    if any(tally.passed):
        talk.note(_passed(*tally.passed))
    if tally.errors:
        return 2
    return 1 if tally.changed and plan.mode in ("check", "diff") else 0


def _distribute(results: Iterable[blocks.Result], open_sink: OpenSink, talk: Talk) -> Tally:
    """Give every result to the sink of its file; a bad file does not stop the others."""
    tally = Tally()
    desk = _Desk(open_sink, tally)
    try:
        for piece, outcome in results:
            talk.advance(len(piece.data), piece.last)
            if piece.source.failed:
                continue
            try:
                desk.take(piece, outcome)
            except OutputError:
                raise
            except FileError as error:
                piece.source.failed = True
                tally.errors += 1
                talk.error(error)
                desk.drop()
    finally:
        talk.clear()
        desk.drop()
    return tally


class _Desk:
    """Holds the sink of the file that is being written."""

    def __init__(self, open_sink: OpenSink, tally: Tally) -> None:
        self._open_sink = open_sink
        self._tally = tally
        self._sink: Sink | None = None
        self._changed = False

    def take(self, piece: Piece, outcome: blocks.Outcome) -> None:
        """Take the next block of a file, or raise what is wrong with it."""
        if piece.error is not None:
            raise piece.error
        if outcome.bad is not None:
            raise EncodingError(piece.source.name, piece.offset + outcome.bad)
        if self._sink is None:
            self._sink = self._open_sink(piece.source)
        self._sink.block(piece, outcome)
        self._changed |= outcome.new is not None
        self._tally.findings += len(outcome.findings)
        self._tally.passed = self._tally.passed[0] + outcome.passed[0], self._tally.passed[1] + outcome.passed[1]
        if piece.last:
            self._sink.close()
            self._tally.files += 1
            self._tally.changed += self._changed
            self._sink, self._changed = None, False

    def drop(self) -> None:
        """Abandon the file at hand, if any."""
        if self._sink is not None:
            self._sink.abort()
        self._sink, self._changed = None, False


def _sink_opener(plan: Plan) -> OpenSink:
    """Return what opens the sink of a source."""
    done: set[str] = set()
    openers: dict[str, OpenSink] = {
        "filter": lambda source: StdoutSink(),
        "write": lambda source: InPlaceSink(source, done),
        "copy": lambda source: CopySink(source, plan.target(source)),
        "check": lambda source: PrinterSink(source, _finding_printer(plan.format)),
        "diff": lambda source: PrinterSink(source, DiffPrinter(source.name)),
    }
    return openers[plan.mode]


def _finding_printer(name: str) -> Printer:
    """Return what prints findings in a format."""
    if name == "jsonl":
        from .reports.jsonl import JsonLinesPrinter  # noqa: PLC0415

        return JsonLinesPrinter()
    return TextPrinter()


def _pieces_of_fields(
    sources: Iterable[Source | FileError], fields: Fields, line_buffered: bool, left_out: list[Source]
) -> Iterator[Piece]:
    """Return the pieces of the sources in which fields are repaired, each with its form."""
    from .fields.arranging import arranged  # noqa: PLC0415  # imports what other commands do not need, as the printer above

    return arranged(read_sources(fields.served(sources, left_out.append), line_buffered), fields)


def _not_prose(sources: Iterable[Source | FileError], plan: Plan, talk: Talk) -> Iterator[Source | FileError]:
    """Let all sources through; say of the first that is data by its name that it is taken for prose, keys and all."""
    is_told = plan.kind_is_told
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
    if mode == "check":
        return f"{_count(tally.findings, 'finding')} in {_count(tally.changed, 'file')}"
    verb = "would be repaired" if mode == "diff" else "repaired"
    return f"{tally.changed} of {_count(tally.files, 'file')} {verb}"


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
