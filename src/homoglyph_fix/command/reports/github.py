"""Findings as commands to a workflow of GitHub, which shows them beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..console import printable
from .message import LEVELS, REPAIR, REVIEW, in_order, message
from .places import below, top
from .report import Report

if TYPE_CHECKING:
    from ...errors import FileError
    from . import Checked

_TITLES: Final = {REPAIR: "foreign letters", REVIEW: "for you to decide"}


class GitHubReport(Report):
    """One command in a line for each finding, in the order of the text, and for each file that could not be read."""

    def __init__(self) -> None:
        super().__init__()
        self._top = top()

    def printer(self) -> GitHubReport:
        """Return this: every line names its file."""
        return self

    def block(self, event: Checked) -> bytes:
        """Return the findings of this block."""
        lines = []
        for at, kind in in_order(event):
            end = at.column + len(at.written[0])
            place = {"file": self._file(event.path), "line": event.line + at.line, "col": at.column, "endColumn": end}
            lines.append(_command(LEVELS[kind], {**place, "title": f"{_TITLES[kind]} ({at.rule})"}, message(at, kind)))
        return b"".join(lines)

    def end(self) -> bytes:
        """Return nothing: every line has been printed with its block."""
        return b""

    def failed(self, error: FileError) -> bytes:
        """Return what is wrong with a file."""
        return _command("error", {"file": self._file(error.path), "title": "not read"}, error.problem)

    def _file(self, path: str) -> str:
        """Return a file as it is called in the checkout."""
        return below(self._top, path) or path


def _command(level: str, properties: dict[str, object], text: str) -> bytes:
    r"""Return one command.

    >>> _command("error", {"file": "a,b\n.txt", "line": 2}, "100 %\n").decode()
    '::error file=a%2Cb%0A.txt,line=2::100 %25%0A\n'
    """
    told = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::{level} {told}::{_escaped(text)}\n".encode()


def _escaped(text: str, more: str = "") -> str:
    """Write as GitHub reads it what would end a line or, with `more`, a property; other controls as all messages write them."""
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return printable(text)
