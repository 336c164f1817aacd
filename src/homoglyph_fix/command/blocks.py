"""What is done with one block of a file, in whatever process; and in this one."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from .lines import line_starts
from .outcome import Outcome
from .reports import Finding
from .utf8 import first_invalid

if TYPE_CHECKING:
    from .. import Edit, Normalizer
    from .outcome import Form
    from .reading import Piece

Work = Callable[[bytes, "Form | None"], Outcome]
"""What is done with a block, by its form if it has one."""

Result: TypeAlias = "tuple[Piece, Outcome]"
"""A piece and what became of it."""


def repair(normalizer: Normalizer, data: bytes, form: Form | None = None) -> Outcome:
    """Repair a block of whole lines, or as its form does."""
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
