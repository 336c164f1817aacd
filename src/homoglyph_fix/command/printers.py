"""Which report is written, by the options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .looks import dye_of, ink_of, is_full
from .reports.colours import ColouredDiff
from .reports.diff import DiffPrinter
from .reports.marks import Ink
from .reports.report import Report
from .reports.text import FullPrinter, TextPrinter, TextReport

if TYPE_CHECKING:
    from .options import Plan
    from .reports import Printer


class Printers:
    """Makes the printer of each file, by what is written of the run as a whole."""

    def __init__(self, plan: Plan) -> None:
        self.report = _report(plan)
        self._ink = ink_of(plan)
        if plan.stats:
            from .reports.stats import Statistics  # noqa: PLC0415  # imports what other reports do not need

            self.report.statistics = Statistics(are_repaired=plan.mode != "check")

    def check(self) -> Printer:
        """Return what lists the findings of a file."""
        return self.report.printer()

    def diff(self, name: str) -> Printer:
        """Return what prints the diff of a file."""
        return ColouredDiff(name) if self._ink is Ink.COLOUR else DiffPrinter(name)

    def tail(self, status: int, not_read: int) -> bytes:
        """Return what is written behind all files, given the exit status and how many files were not read."""
        if self.report.statistics:
            self.report.statistics.unread = not_read
        return self.report.tail(status)


def _report(plan: Plan) -> Report:
    """Return what is written of the run; each form for programs imports what others do not need."""
    if plan.form == "github":
        from .reports.github import GitHubReport  # noqa: PLC0415

        return GitHubReport()
    if plan.form == "sarif":
        from .reports.sarif import SarifReport  # noqa: PLC0415

        return SarifReport()
    if plan.form == "jsonl":
        from .reports.jsonl import JsonLinesReport  # noqa: PLC0415

        return JsonLinesReport(lists=plan.lists)
    if plan.mode != "check" or not plan.lists:
        return Report(dye_of(plan))
    return TextReport(FullPrinter if is_full(plan) else TextPrinter, ink_of(plan))
