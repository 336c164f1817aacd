"""What comes in: the sources that a command takes, in pieces, each with the form of what is not plain text."""
# Paths are used as they were typed:
# ruff: noqa: PTH116

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ..errors import FileError
from .atomic import open_file
from .console import Talk, printable
from .documents.gathering import gathered
from .fields.kinds import is_data
from .kept import set_apart, sparing
from .messages import _
from .packages.taking import with_packages
from .reading import Piece, Source, find_sources, read_sources
from .report_file import without_report

if TYPE_CHECKING:
    from .options import Plan


def sources_of(plan: Plan) -> Iterator[Source | FileError]:
    """Return what is read."""
    sources = find_sources(plan.paths, plan.selection, plan.stdin_name)
    if plan.mode == "write":
        sources = _replaceable(sources)
    return sources if plan.report is None else without_report(sources, plan.report)


def pieces_of(sources: Iterable[Source | FileError], plan: Plan, talk: Talk, leave_out: Callable[[Source], None]) -> Iterator[Piece]:
    """Return the sources in pieces, with the form of what is not plain text."""
    fields = plan.fields

    def read(some: Iterable[Source | FileError]) -> Iterator[Piece]:
        pieces = read_sources(some, plan.encoding, plan.line_buffered)
        if fields is not None:
            from .fields.arranging import arranged  # noqa: PLC0415  # imports what other commands do not need

            pieces = arranged(pieces, fields)
        return gathered(pieces, plan.kind, is_checked=plan.only_tells)

    served = sources if fields is None else fields.served(sources, leave_out)
    return sparing(set_apart(with_packages(_not_prose(served, plan, talk), plan, read)))


def _not_prose(sources: Iterable[Source | FileError], plan: Plan, talk: Talk) -> Iterator[Source | FileError]:
    """Let all sources through; say of the first that is data by its name that it is taken for prose, keys and all."""
    is_told = plan.kind is not None
    for source in sources:
        if isinstance(source, FileError) or is_told or source.stays or (plan.fields and plan.fields.kind_of(source)):
            yield source
            continue
        if is_data(source.name):
            said = _("{name}: repaired as prose, keys and headings too; --field NAME repairs one field")
            talk.note(said.format(name=printable(source.name)))
            is_told = True
        yield source


def _replaceable(sources: Iterable[Source | FileError]) -> Iterator[Source | FileError]:
    """Let only regular files through, by names of their own: a pipe, device or open file can be read, but not replaced."""
    for source in sources:
        if isinstance(source, Source) and not _is_regular(source):
            yield FileError(source.name, _("not a regular file, cannot be replaced"))
        elif isinstance(source, Source) and not source.walked and open_file(source.name):
            yield FileError(source.name, _("the name of an open file, cannot be replaced"))
        else:
            yield source


def _is_regular(source: Source) -> bool:
    """Tell whether a source is a file; one that has just vanished is left to the reader."""
    try:
        return source.path is not None and stat.S_ISREG(os.stat(source.path).st_mode)
    except OSError:
        return True
