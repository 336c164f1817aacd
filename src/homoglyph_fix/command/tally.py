"""How much has been done, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What has been done so far; `unread` are the walked files that were not read, by kind, `roots` the arguments that had text.

    `left` counts the words of code, which are not repaired.
    """

    files: int = 0
    changed: int = 0
    findings: int = 0
    doubts: int = 0
    errors: int = 0
    not_read: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    roots: set[str] = field(default_factory=set)
    passed: tuple[int, int] = (0, 0)
    left: int = 0
