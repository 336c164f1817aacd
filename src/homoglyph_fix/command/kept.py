"""What stays: the words of a keep file, and lines that a mark in an earlier block keeps.

Whoever works on a block sees the marks in it; whoever reads the blocks carries marks over their borders.
"""
# Paths are used as they were typed:
# ruff: noqa: PTH123

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import Marks, keep_words
from ..errors import EncodingError, FileError
from .outcome import Outcome
from .utf8 import first_invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .. import Normalizer
    from .reading import Piece, Source


def read_words(path: str) -> frozenset[str]:
    """Return the words of a keep file; raise FileError if it cannot be read, or a line of it is not one word."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise FileError.of(path, error) from error
    bad = first_invalid(data)
    if bad is not None:
        raise EncodingError(path, bad)
    try:
        return keep_words(data.decode())
    except ValueError as error:
        raise FileError(path, str(error)) from error


class Kept:
    """The form of lines that stay as they are."""

    def repair(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Only look whether they are UTF-8."""
        return Outcome(bad=first_invalid(data))

    def find(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Do the same, for there is nothing to tell."""
        return self.repair(normalizer, data)

    def text(self, data: bytes) -> bytes:
        """Return all of it: its words are read, too."""
        return data


def set_apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces of texts; lines at the start of one that a mark in an earlier one keeps are a piece by themselves."""
    source: Source | None = None
    for piece in pieces:
        if piece.form is not None:
            yield piece
            continue
        if piece.source is not source:
            source, marks = piece.source, Marks()
        cut = marks.carried(piece.data)
        if not cut:
            yield piece
            continue
        ends = cut == len(piece.data)
        yield piece._replace(data=piece.data[:cut], last=piece.last and ends, form=Kept())
        if not ends:
            yield piece._replace(data=piece.data[cut:], offset=piece.offset + cut)


class _AsItIs(Kept):
    """The form of what is excluded: it need not even be text."""

    def repair(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Leave the block."""
        return Outcome()

    def text(self, data: bytes) -> bytes:
        """Have no text to count the words of."""
        return b""


def sparing(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Let all pieces through, those of sources that stay in a form that does so."""
    for piece in pieces:
        yield piece._replace(form=_AsItIs()) if piece.source.stays else piece
