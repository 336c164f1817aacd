"""What is said when all is done: how much was found, what was left out, and what to do next."""
# Paths are used as they were typed:
# ruff: noqa: PTH112

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .console import Talk, printable
from .tally import Tally, count
from .unread import told

if TYPE_CHECKING:
    from .options import Plan


def close(plan: Plan, tally: Tally, left_out: int, talk: Talk) -> None:
    """Say what was done, what was left out and which directories have no text, how many files were not read, and what to do next."""
    has_result = plan.mode != "filter" and bool(tally.changed or tally.doubts)
    if has_result:
        from . import hints  # noqa: PLC0415  # a filter has none

        talk.add(hints.gap(plan))
        talk.note(hints.closing_line(plan, _summary(plan.mode, tally)))
    if left_out:
        talk.note(f"{count(left_out, 'file')} left out, neither JSON Lines nor CSV by name: --as says what files are")
    if tally.left:
        talk.note(f"{count(tally.left, 'word')} in code left as they were (--check lists them, --as text repairs them)")
    if any(tally.passed):
        talk.note(_passed(*tally.passed))
    for path in without_text(plan, tally):
        talk.note(f"{printable(path)}: no text file to read")
    if tally.unread:
        talk.note(told(tally.unread))
    if has_result:
        talk.add(hints.next_steps(plan, bool(tally.findings)))


def without_text(plan: Plan, tally: Tally) -> list[str]:
    """Return the directories in which there was no text."""
    return [path for path in dict.fromkeys(plan.paths) if path not in tally.roots and os.path.isdir(path)]


def _summary(mode: str, tally: Tally) -> str:
    """Return the closing line."""
    files = f"{tally.changed} of {count(tally.files, 'file')}"
    if mode in ("check", "report"):
        left = f", {tally.doubts} to decide" if tally.doubts else ""
        return (f"{count(tally.findings, 'word')} to repair in {files}" if tally.findings else "nothing to repair") + left
    if mode in ("write", "copy") and (tally.findings or tally.doubts):
        left = f", {tally.doubts} left for you to decide (--check lists them)" if tally.doubts else ""
        return (f"{count(tally.findings, 'word')} in {files} repaired" if tally.findings else "nothing to repair") + left
    return f"{files} {'would be repaired' if mode == 'diff' else 'repaired'}"


def _passed(broken: int, lacking: int) -> str:
    """Return what is said of records in which there was nothing to repair."""
    said = [f"{count(broken, 'record')} broken"] * (broken > 0) + [f"{count(lacking, 'record')} without the field"] * (lacking > 0)
    return f"passed through as they were: {', '.join(said)}"
