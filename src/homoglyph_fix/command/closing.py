"""What is said when all is done: how much was found, what was left out, and what to do next."""
# Paths are used as they were typed:
# ruff: noqa: PTH112

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .console import Talk, printable
from .messages import _, counted
from .tally import Tally
from .unread import told

if TYPE_CHECKING:
    from .options import Plan


def close(plan: Plan, tally: Tally, left_out: int, talk: Talk) -> None:
    """Say what was done, what was left out and which directories have no text, how many files were not read, and what to do next."""
    has_result = plan.mode != "filter" and bool(tally.changed or tally.doubts)
    if has_result:
        from . import hints  # noqa: PLC0415  # a filter has none

        talk.add(hints.gap(plan))
        talk.note(hints.closing_line(plan, _summary(plan, tally)))
    if left_out:
        files = counted(left_out, "{} file", "{} files")
        talk.note(_("{files} left out, neither JSON Lines nor CSV by name: --as says what files are").format(files=files))
    if tally.left:
        talk.note(
            counted(
                tally.left,
                "{} word in code left as it was (--check lists it, --as text repairs it)",
                "{} words in code left as they were (--check lists them, --as text repairs them)",
            )
        )
    if any(tally.passed):
        talk.note(_passed(*tally.passed))
    for path in without_text(plan, tally):
        talk.note(_("{path}: no text file to read").format(path=printable(path)))
    if tally.unread:
        talk.note(told(tally.unread))
    if has_result:
        talk.add(hints.next_steps(plan, bool(tally.findings)))


def without_text(plan: Plan, tally: Tally) -> list[str]:
    """Return the directories in which there was no text."""
    return [path for path in dict.fromkeys(plan.paths) if path not in tally.roots and os.path.isdir(path)]


def _summary(plan: Plan, tally: Tally) -> str:
    """Return the closing line."""
    files = counted(tally.files, "{changed} of {} file", "{changed} of {} files", changed=tally.changed)
    words = counted(tally.findings, "{} word", "{} words")
    if plan.only_tells:
        said = _("{words} to repair in {files}").format(words=words, files=files) if tally.findings else _("nothing to repair")
        return said + (_(", {doubts} to decide").format(doubts=tally.doubts) if tally.doubts else "")
    if plan.writes_files and (tally.findings or tally.doubts):
        said = _("{words} in {files} repaired").format(words=words, files=files) if tally.findings else _("nothing to repair")
        return said + (_(", {doubts} left for you to decide (--check lists them)").format(doubts=tally.doubts) if tally.doubts else "")
    return (_("{files} would be repaired") if plan.mode == "diff" else _("{files} repaired")).format(files=files)


def _passed(broken: int, lacking: int) -> str:
    """Return what is said of records in which there was nothing to repair."""
    said = [counted(broken, "{} record broken", "{} records broken")] * (broken > 0)
    said += [counted(lacking, "{} record without the field", "{} records without the field")] * (lacking > 0)
    return _("passed through as they were: {records}").format(records=", ".join(said))
