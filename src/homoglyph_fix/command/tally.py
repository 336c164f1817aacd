"""How much has been done, in numbers."""

from __future__ import annotations

from collections import Counter


class Tally:
    """What has been done so far; `unread` are the walked files that were not read, by kind, `roots` the arguments that had text.

    `left` counts the words of code, which are not repaired.
    """

    def __init__(self) -> None:
        self.files = 0
        self.changed = 0
        self.findings = 0
        self.doubts = 0
        self.errors = 0
        self.not_read = 0
        self.unread: Counter[str] = Counter()
        self.roots: set[str] = set()
        self.passed = 0, 0
        self.left = 0
