"""The findings as JSON Lines, for programs: enough to move annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import Checked, Finding


class JsonLinesPrinter:
    """One object for each finding; what does not print, in names of files too, is escaped."""

    def block(self, event: Checked) -> bytes:
        """Return the findings of this block."""
        return b"".join(_line(event, finding) for finding in event.findings)

    def end(self) -> bytes:
        """Return nothing: every line has been printed with its block."""
        return b""


def _line(event: Checked, finding: Finding) -> bytes:
    """Return one finding; in plain text `start` and `end` count from the start of the line, and there is no field and no record."""
    spot = finding.spot
    start = finding.column - 1 if spot is None else spot.start
    row = {
        "path": event.path,
        "line": event.line + finding.line,
        "column": finding.column,
        "start": start,
        "end": start + len(finding.old),
        "old": finding.old,
        "new": finding.new,
        "rule": finding.rule or finding.reason,
        "score": round(finding.score, 3),
        "field": spot and spot.field,
        "record": spot and event.record + spot.record,
    }
    text = json.dumps(row, ensure_ascii=False)
    return b"%b\n" % "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text).encode()
