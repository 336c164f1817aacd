"""Reports: one event in, many printers."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Spot(NamedTuple):
    """Where a repair stands in data: `start` counts the code points of the field before it, `record` the records of its block from 1.

    `old` and `new` are the word and its repair as they are written there, with escapes and doubled quotes.
    """

    field: str
    record: int
    start: int
    old: str
    new: str


class Finding(NamedTuple):
    """One repair or doubt, placed in its block: `line` counts from 0, `column` from 1 and in code points.

    `rule` is the name of the rule that decided; `spot` is for data of which fields are repaired.
    """

    line: int
    column: int
    old: str
    new: str
    reason: str
    score: float
    rule: str = ""
    spot: Spot | None = None

    @property
    def written(self) -> tuple[str, str]:
        """Return the word and its repair as they are written in the file."""
        return (self.old, self.new) if self.spot is None else (self.spot.old, self.spot.new)


class Checked(NamedTuple):
    """What became of one block of a file; blocks come in order.

    `new` is `old` itself if nothing changes, and has as many lines in any case. `line` is the number of the block's
    first line, `record` the number of records before it. `findings` are sorted, and so are `doubts`, which change nothing.
    `is_text` tells that the lines are those of the file; of a package they are its paragraphs.
    """

    path: str
    line: int
    old: bytes
    new: bytes
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()
    record: int = 0
    is_text: bool = True


class Printer(Protocol):
    """Turns the blocks of one file into the bytes of a report."""

    def block(self, event: Checked) -> bytes:
        """Return what can be said after this block."""

    def end(self) -> bytes:
        """Return what is left to say at the end of the file."""
