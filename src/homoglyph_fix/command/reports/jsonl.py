"""The findings as JSON Lines, for programs: enough to move annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .message import in_order
from .report import Report

if TYPE_CHECKING:
    from . import Checked, Finding, Printer


class JsonLinesReport(Report):
    """One object for each finding, in the order of the text; behind all of them the figures, if they are asked for."""

    def __init__(self, *, lists: bool = True) -> None:
        super().__init__()
        self._lists = lists

    def printer(self) -> Printer:
        """Return this, for every line names its file; or nothing is listed."""
        return self if self._lists else super().printer()

    def block(self, event: Checked) -> bytes:
        """Return the findings of this block."""
        return b"".join(_line(event, finding, kind) for finding, kind in in_order(event))

    def end(self) -> bytes:
        """Return nothing: every line has been printed with its block."""
        return b""

    def tail(self, status: int) -> bytes:
        """Return the figures as one object."""
        return as_json({"kind": "stats", **self.statistics.figures()}) + b"\n" if self.statistics else b""


def _line(event: Checked, finding: Finding, kind: str) -> bytes:
    """Return one finding; in plain text `start` and `end` count from the start of the line, and there is no field and no record."""
    spot = finding.spot
    start = finding.column - 1 if spot is None else spot.start
    row = {
        "kind": kind,
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
    return as_json(row) + b"\n"


def as_json(value: object, separators: tuple[str, str] | None = None) -> bytes:
    r"""Return a value as JSON; what does not print, in names of files too, is escaped, so that it is UTF-8 and breaks no line.

    >>> as_json({"path": "звіт\u2028\udcff"}).decode()
    '{"path": "звіт\\u2028\\udcff"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=separators)
    return (text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)).encode()
