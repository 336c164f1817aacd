"""What is done with one block of a file, in whatever process; and in this one."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from .reading import Form, Piece
from .reports import Finding, rule_of
from .reports.diff import split_lines
from .utf8 import first_invalid

if TYPE_CHECKING:
    from .. import Normalizer


class Outcome(NamedTuple):
    """What became of a block.

    `new` is None if the block stays as it is. `bad` is the offset in the block of the first byte that is not UTF-8;
    such a block is not repaired.
    `passed` tells how many of its `records` are no records of their form, and how many lack the fields asked for.
    `size` is used between processes only: the length of a `new` that lies in shared memory.
    """

    new: bytes | None = None
    bad: int | None = None
    findings: tuple[Finding, ...] = ()
    size: int = 0
    records: int = 0
    passed: tuple[int, int] = (0, 0)


Work = Callable[[bytes, "Form | None"], Outcome]
"""What is done with a block; in a form of data, with the fields that were chosen."""

Result = tuple[Piece, Outcome]
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
    """Repair a block and tell each edit.

    Only the lines that change are analysed: a decision looks at its own line, so the edits are the same.
    """
    if form is not None:
        return form.find(normalizer, data)
    outcome = repair(normalizer, data)
    if outcome.new is None:
        return outcome
    return outcome._replace(findings=tuple(_findings(normalizer, data, outcome.new)))


def _findings(normalizer: Normalizer, old: bytes, new: bytes) -> Iterator[Finding]:
    """Yield the edits that make `new` of `old`."""
    pairs = enumerate(zip(split_lines(old), split_lines(new), strict=True))
    changed = {number: line.decode() for number, (line, repaired) in pairs if line != repaired}
    numbers = list(changed)
    starts = list(accumulate(map(len, changed.values()), initial=0))
    for edit in normalizer.analyze("".join(changed.values())).edits:
        at = bisect_right(starts, edit.start) - 1
        column = edit.start - starts[at] + 1
        yield Finding(numbers[at], column, edit.old, edit.new, edit.reason, edit.score, rule_of(edit))


def run_here(work: Work, pieces: Iterator[Piece], seconds: float = float("inf")) -> Iterator[Result]:
    """Work in this process, until the time is over; the piece begun is finished."""
    end = time.monotonic() + seconds
    for piece in pieces:
        yield piece, work(piece.data, piece.form)
        if time.monotonic() > end:
            return
