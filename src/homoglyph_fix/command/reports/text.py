"""The list of findings that --check prints: one line each for programs, or with the line of text for people."""

from __future__ import annotations

import os
import unicodedata
from abc import ABC, abstractmethod
from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar, Final

from ..console import is_odd_byte, printable
from ..lines import split_lines
from ..messages import _
from .marks import Ink, differing, dyed, marked, painted, width
from .names import called
from .report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from . import Checked, Finding, Printer

AROUND: Final = 60
"""Characters shown on either side of a word."""


class Later:
    """Doubtful words, which are listed when all files are done."""

    def __init__(self, head: str = "") -> None:
        self._head = head
        self._rows: list[bytes] = []

    def add(self, rows: bytes) -> None:
        """Take what is to be printed later."""
        self._rows.append(rows)

    def page(self) -> bytes:
        """Return all of it, under its heading."""
        rows = b"".join(self._rows)
        return self._head.encode() + rows if rows else b""


class TextReport(Report):
    """The findings for people or for programs like grep, by printers of one of the kinds below; doubtful words and figures behind them."""

    def __init__(self, kind: type[FullPrinter] | type[TextPrinter], ink: Ink) -> None:
        super().__init__(ink)
        self._kind = kind
        self._later = kind.later(ink)

    def printer(self) -> Printer:
        """Return what prints the findings of a file, and keeps its doubtful words for later."""
        return self._kind(self.ink, self._later)

    def tail(self, status: int) -> bytes:
        """Return the doubtful words, and the figures if they are asked for."""
        space = b"\n" if self.statistics and self.statistics.has_findings else b""
        return self._later.page() + space + super().tail(status)


class _Lister(ABC):
    """Prints the findings of a block, and keeps its doubtful words for later; `arrow` stands between a word and its repair."""

    arrow: ClassVar[str]

    def __init__(self, ink: Ink, later: Later) -> None:
        self._ink = ink
        self._later = later

    @abstractmethod
    def _rows(self, event: Checked) -> Callable[[Finding, str], bytes]:
        """Return what shows a finding of this block, with the arrow that it is given."""

    def block(self, event: Checked) -> bytes:
        """Return the findings of this block."""
        if not event.findings and not event.doubts:
            return b""
        shown = self._rows(event)
        self._later.add(b"".join(shown(at, f"{self.arrow} ?") for at in event.doubts))
        return b"".join(shown(at, self.arrow) for at in event.findings)

    def end(self) -> bytes:
        """Return nothing: all has been printed with its block."""
        return b""


class TextPrinter(_Lister):
    """One line for each finding: `path:line:col: old -> new (rule)`."""

    arrow = "->"

    def _rows(self, event: Checked) -> Callable[[Finding, str], bytes]:
        path = _path(event)

        def shown(at: Finding, arrow: str) -> bytes:
            old, new = marked(at.old, at.new, self._ink)
            return path + f":{event.line + at.line}:{at.column}: {old} {arrow} {new} ({at.rule})\n".encode()

        return shown

    @staticmethod
    def later(ink: Ink) -> Later:
        """Return where doubtful words go: behind all others, and told from them by their arrow."""
        return Later()


class FullPrinter(_Lister):
    """Each finding with its letters marked, the line that it stands in, and the name of its first foreign letter."""

    arrow = "→"

    def _rows(self, event: Checked) -> Callable[[Finding, str], bytes]:
        path = dyed("\0", "strong", self._ink).encode().replace(b"\0", _path(event))
        lines = _Lines(event, self._ink)

        def shown(at: Finding, arrow: str) -> bytes:
            old, new = marked(at.old, at.new, self._ink)
            place = f":{event.line + at.line}:{at.column}".ljust(6)
            arrow, rule = dyed(arrow, "dim", self._ink), dyed(at.rule, "dim", self._ink)
            return path + f"{place}  {old} {arrow} {new}   {rule}\n{lines.excerpt(at)}".encode()

        return shown

    @staticmethod
    def later(ink: Ink) -> Later:
        """Return where doubtful words go: under a heading behind all others."""
        head, remark = _("for you to decide"), _("(not changed by -w)")
        return Later(f"\n{dyed(head, 'head', ink)} {remark}\n")


class _Lines:
    """The lines of a block that have findings, cut out around each."""

    def __init__(self, event: Checked, ink: Ink) -> None:
        self._event = event
        self._ink = ink
        self._found = sorted({*event.findings, *event.doubts}, key=lambda at: (at.line, at.column))
        self._places = [(at.line, at.column) for at in self._found]
        self._lines = split_lines(event.old)
        self._number, self._text, self._shown = -1, "", (0, 0)

    def excerpt(self, at: Finding) -> str:
        """Return the line around a finding with all damage marked, and under it the name of its first foreign letter.

        A finding that stands in the last excerpt needs none of its own.
        """
        start, end = at.column - 1, at.column - 1 + len(at.old)
        if at.line != self._number:
            self._number, self._shown = at.line, (0, 0)
            self._text = self._lines[at.line].rstrip(b"\r\n").decode()
        elif self._shown[0] <= start and end <= self._shown[1]:
            return ""
        low, high = max(0, start - AROUND), min(len(self._text), min(end, start + AROUND) + AROUND)
        self._shown = low, high
        cut, flags = self._text[low:high], self._flags(low, high)
        text = ("…" if low else "") + painted(cut, flags, self._ink) + ("…" if high < len(self._text) else "")
        gutter = f"{self._event.line + at.line:4}"
        bar = dyed("│", "dim", self._ink)
        rows = f"{dyed(gutter, 'dim', self._ink)} {bar} {text}\n"
        first = next((place for place in range(start - low, min(end, high) - low) if flags[place]), None)
        if first is None:
            return rows
        before = painted(cut[:first], flags[:first], Ink.BRACKETS if self._ink is Ink.BRACKETS else Ink.COLOUR)
        column = width(_bare(before)) + bool(low) + (self._ink is Ink.BRACKETS and cut[first].isprintable())
        last = first + 1 + (flags[first + 1 : first + 2] == [True] and unicodedata.combining(cut[first + 1]) > 0)
        names = " and ".join(map(called, cut[first:last]))
        return f"{rows}{' ' * len(gutter)} {bar} {' ' * column}{dyed('^', 'foreign', self._ink)} {names}\n"

    def _flags(self, low: int, high: int) -> list[bool]:
        """Tell which characters of a part of the line are damage."""
        flags = [False] * (high - low)
        number = max(0, bisect_right(self._places, (self._number, low + 1)) - 1)
        while number < len(self._found) and self._places[number] < (self._number, high + 1):
            at = self._found[number]
            number += 1
            for place, flag in enumerate(differing(at.old, at.new)[0], at.column - 1 - low):
                if at.line == self._number and 0 <= place < len(flags):
                    flags[place] |= flag
        return flags


def _bare(text: str) -> str:
    """Return a text without its colours."""
    parts = text.split("\x1b[")
    return "".join([parts[0], *(part.partition("m")[2] for part in parts[1:])])


def _path(event: Checked) -> bytes:
    """Return the name of the file as it can be printed and opened."""
    return os.fsencode("".join(c if is_odd_byte(c) else printable(c) for c in event.path))
