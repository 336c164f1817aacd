"""How a report is to look: by the options, by the environment, and by who reads it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .reports.marks import Ink

if TYPE_CHECKING:
    from .options import Plan


def ink_of(plan: Plan) -> Ink:
    """Return how letters are marked: in colour where there is colour, else in brackets, but in what programs read not at all."""
    if wants_colour(plan.color):
        return Ink.COLOUR
    return Ink.BRACKETS if is_full(plan) or plan.words else Ink.PLAIN


def dye_of(plan: Plan) -> Ink:
    """Return how words of our own are shown, in which no letter is marked: in colour or plainly."""
    return Ink.COLOUR if wants_colour(plan.color) else Ink.PLAIN


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
