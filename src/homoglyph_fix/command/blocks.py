"""What is done with one block of a file, in whatever process; and in this one."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .lines import line_starts
from .reports import Finding
from .utf8 import first_invalid

if TYPE_CHECKING:
    from .. import Edit, Normalizer
    from .reading import Form, Piece


class Refusal(NamedTuple):
    """Why a package is not touched: `kind` is a word or two that may stand before the ending of its name."""

    kind: str
    reason: str


class Outcome(NamedTuple):
    """What became of a block.

    `new` is None if the block stays as it is. `bad` is the offset in the block of the first byte that is not UTF-8;
    such a block is not repaired.
    `left` counts the words of code that would be repaired if it were text; `note` is what is to be said of the whole file.
    `passed` tells how many of its `records` are no records of their form, and how many lack the fields asked for.
    `words` is their number, where they are counted.
    `refused` tells why a package was not touched; `shown` is what reports show of one, its text before and after.
    `size` is used between processes only: the length of a `new` that lies in shared memory.
    """

    new: bytes | None = None
    bad: int | None = None
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()
    size: int = 0
    records: int = 0
    passed: tuple[int, int] = (0, 0)
    words: int = 0
    refused: Refusal | None = None
    shown: tuple[bytes, bytes] | None = None
    left: int = 0
    note: str = ""


Work = Callable[[bytes, "Form | None"], Outcome]
"""What is done with a block; in a form of data, with the fields that were chosen."""

Result: TypeAlias = "tuple[Piece, Outcome]"
"""A piece and what became of it."""


def repair(normalizer: Normalizer, data: bytes, form: Form | None = None) -> Outcome:
    """Repair a block of whole lines, or of records of a form."""
    if form is not None:
        return form.repair(normalizer, data)
    bad = first_invalid(data)
    if bad is not None:
        return Outcome(bad=bad)
    new = normalizer.normalize_utf8(data)
    return Outcome(None if new == data else new)


def find(normalizer: Normalizer, data: bytes, form: Form | None = None) -> Outcome:
    """Repair a block and tell each edit, and what is left for a person to decide."""
    if form is not None:
        return form.find(normalizer, data)
    outcome = repair(normalizer, data)
    if outcome.bad is not None or data.isascii():
        return outcome
    text = data.decode()
    analysis = normalizer.analyze(text)
    if not analysis.edits and not analysis.reviews:
        return outcome
    starts = line_starts(text)
    return outcome._replace(findings=placed(analysis.edits, starts), doubts=placed(analysis.reviews, starts))


def counted(work: Work, data: bytes, form: Form | None = None) -> Outcome:
    """Do some work, and count the words of the block: those of the fields in a form of data, those that are shown of a package."""
    from .counting import words_in  # noqa: PLC0415  # for whoever asks for figures

    outcome = work(data, form)
    if outcome.bad is not None or outcome.refused is not None:
        return outcome
    text = outcome.shown[0] if outcome.shown else data if form is None else form.text(data)
    return outcome._replace(words=words_in(text))


def placed(edits: Iterable[Edit], starts: Sequence[int]) -> tuple[Finding, ...]:
    """Return edits with their lines and columns, given where lines begin."""
    found = []
    for edit in edits:
        line = bisect_right(starts, edit.start) - 1
        found.append(Finding(line, edit.start - starts[line] + 1, edit.old, edit.new, edit.reason, edit.score, edit.rule))
    return tuple(found)


def run_here(work: Work, pieces: Iterator[Piece], seconds: float = float("inf")) -> Iterator[Result]:
    """Work in this process, until the time is over; the piece begun is finished."""
    end = time.monotonic() + seconds
    for piece in pieces:
        yield piece, work(piece.data, piece.form)
        if time.monotonic() > end:
            return
