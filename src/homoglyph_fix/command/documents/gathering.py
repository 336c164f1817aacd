"""Documents gathered: each is read whole, since what opens at its head may close at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...errors import FileError
from ..messages import _
from ..outcome import Form
from ..reading import Piece, Source
from ..unread import TOO_LONG
from .kinds import DOCUMENTS, kind_of

LONGEST = 1 << 26
"""Bytes of a document as UTF-8. It is held in memory some thirteen times over while it is looked at."""


def gathered(pieces: Iterable[Piece], kind: str | None, *, is_checked: bool) -> Iterator[Piece]:
    """Let text through as it is, and each document as one piece with its form. `kind` is what all sources are, None to ask their names."""
    held: list[bytes] = []
    size = 0
    given_up: Source | None = None
    for piece in pieces:
        source = piece.source
        its_kind = kind or kind_of(source.name)
        if its_kind not in DOCUMENTS or piece.error is not None or piece.unread is not None:
            held, size = [], 0
            yield piece
            continue
        if source is given_up:
            continue
        held.append(piece.data)
        size += len(piece.data)
        if size > LONGEST:
            held, size, given_up = [], 0, source
            yield _too_long(source)
        elif piece.last:
            data = held[0] if len(held) == 1 else b"".join(held)
            held, size = [], 0
            yield piece._replace(data=data, offset=0, form=_form(its_kind, source.name, is_checked))


def _too_long(source: Source) -> Piece:
    """Return what is said of a document that is not read."""
    if source.walked:
        return Piece(source, last=True, unread=TOO_LONG)
    message = _("a document of more than {size} MiB (--as text)").format(size=LONGEST >> 20)
    return Piece(source, last=True, error=FileError(source.name, message))


def _form(kind: str, name: str, is_checked: bool) -> Form:
    """Return the form of a document."""
    from .document import Document  # noqa: PLC0415  # imports what text does not need

    return Document(kind, name, is_checked)
