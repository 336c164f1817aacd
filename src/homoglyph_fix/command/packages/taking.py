"""Packages among the files of a command: each is read as a whole, and all other files as they are without this."""

# Paths are used as they were typed:
# ruff: noqa: PTH116, PTH119

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ...errors import FileError
from ..messages import _
from ..reading import Piece, Source, read_raw
from ..unread import BINARY
from .kinds import kind_of

if TYPE_CHECKING:
    from ..options import Plan

LARGEST: Final = 1 << 30
"""Bytes of a package, which is held in memory."""

_LOCK: Final = "~$"
# How Word begins the names of small files by which it tells others that it has a document open.

Read = Callable[[list["Source | FileError"]], Iterator[Piece]]


def with_packages(sources: Iterable[Source | FileError], plan: Plan, read: Read) -> Iterator[Piece]:
    """Yield sources in pieces: a package is one, and other files are given to `read`."""
    for source in sources:
        kind = None if isinstance(source, FileError) else kind_of(source.name, plan.kind)
        if isinstance(source, FileError) or kind is None:
            yield from read([source])
        elif source.walked and os.path.basename(source.name).startswith(_LOCK):
            yield Piece(source, last=True, unread=BINARY)
        elif plan.mode == "filter" and len(plan.paths) > 1:
            yield Piece(source, last=True, error=FileError(source.name, _("goes to standard output alone; -w repairs several files")))
        elif plan.mode == "filter" and os.isatty(1):
            yield Piece(source, last=True, error=FileError(source.name, _("does not go to a terminal; -w repairs it")))
        else:
            yield _whole(source, kind)


def _whole(source: Source, kind: str) -> Piece:
    """Return a package as one piece, or the error that reading it met."""
    from .form import Package  # noqa: PLC0415  # imports what texts do not need

    pieces: list[bytes] = []
    left = LARGEST
    try:
        source.state = os.stat(source.path) if source.path is not None else None
        for data in read_raw(source):
            pieces.append(data)
            left -= len(data)
            if left < 0:
                return Piece(source, last=True, error=FileError(source.name, _("larger than {size} GB").format(size=LARGEST >> 30)))
    except OSError as error:
        return Piece(source, last=True, error=FileError.of(source.name, error))
    except FileError as error:
        return Piece(source, last=True, error=error)
    return Piece(source, b"".join(pieces), last=True, form=Package(kind))
