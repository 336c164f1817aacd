"""How a report is to look: by the options, by the environment, and by who reads it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .reports.colours import ColouredDiff
from .reports.diff import DiffPrinter
from .reports.marks import Ink
from .reports.text import FullPrinter, Later, TextPrinter

if TYPE_CHECKING:
    from .options import Plan
    from .reports import Printer


def ink_of(plan: Plan) -> Ink:
    """Return how letters are marked: in colour where there is colour, else in brackets, but in what programs read not at all."""
    if wants_colour(plan.color):
        return Ink.COLOUR
    return Ink.BRACKETS if is_full(plan) or plan.words else Ink.PLAIN


def wants_colour(choice: str) -> bool:
    """Tell whether standard output is to be in colour: as the option says, else NO_COLOR, else FORCE_COLOR, else on a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return os.isatty(1) and os.environ.get("TERM") != "dumb"


def is_full(plan: Plan) -> bool:
    """Tell whether findings are listed for people: as the option says, else on a terminal."""
    return plan.form == "full" if plan.form else plan.mode == "check" and os.isatty(1)


class Printers:
    """Makes the printer of each file, and holds what is listed behind all files."""

    def __init__(self, plan: Plan) -> None:
        self._ink = ink_of(plan)
        self._is_data = plan.form == "jsonl"
        self._kind: type[FullPrinter] | type[TextPrinter] = FullPrinter if is_full(plan) else TextPrinter
        self._later: Later = self._kind.later(self._ink)

    def check(self) -> Printer:
        """Return what lists the findings of a file."""
        if self._is_data:
            from .reports.jsonl import JsonLinesPrinter  # noqa: PLC0415  # imports json, which other forms do not need

            return JsonLinesPrinter()
        return self._kind(self._ink, self._later)

    def diff(self, name: str) -> Printer:
        """Return what prints the diff of a file."""
        return ColouredDiff(name) if self._ink is Ink.COLOUR else DiffPrinter(name)

    def rest(self) -> bytes:
        """Return what is listed behind all files: the doubtful words."""
        return self._later.page()
