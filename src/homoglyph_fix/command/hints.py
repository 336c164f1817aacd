"""What is said behind all else to whoever looks on: the closing line in bold, and what to do next."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .console import is_terminal
from .looks import dye_of, is_full
from .messages import _
from .reports.marks import dyed

if TYPE_CHECKING:
    from .options import Plan


def gap(plan: Plan) -> str:
    """Return an empty line between what is listed and what is said of it, where both are seen."""
    return "\n" if plan.mode == "check" and _is_seen(plan) else ""


def closing_line(plan: Plan, text: str) -> str:
    """Return the closing line as it is shown."""
    return dyed(text, "strong", dye_of(plan)) if _is_seen(plan) else text


def next_steps(plan: Plan, can_repair: bool) -> str:
    """Return what to do about findings, a line each; nothing where nobody looks on."""
    if not plan.lists or not _is_seen(plan):
        return ""
    is_stdin = "-" in plan.paths
    rows = [
        (_("without --check"), _("prints the text repaired")) if is_stdin else (_("-w instead of --check"), _("repairs them")),
        ("--explain WORD", _("tells why a word is here")),
        ("--keep WORD", _("lets a word stay")),
        ("--report FILE", _("makes a page of them, to look through in a browser")),
    ]
    return "".join(dyed(f"  {flag:<21}  {does}", "dim", dye_of(plan)) + "\n" for flag, does in rows[not can_repair :])


def _is_seen(plan: Plan) -> bool:
    """Tell whether findings and messages go to a terminal, in the form for people."""
    return os.isatty(1) and is_terminal() and (plan.mode != "check" or is_full(plan))
