"""What becomes of a block, and the forms that decide it where a block is no plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from .. import Normalizer
    from .reports import Finding


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


class Form(Protocol):
    """What is done with a block that is no plain text: records with fields, a document, a package, lines that stay. Text has no form."""

    def repair(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair a block."""

    def find(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair a block and tell each edit."""

    def text(self, data: bytes) -> bytes:
        """Return what is read of a block, to count its words."""
