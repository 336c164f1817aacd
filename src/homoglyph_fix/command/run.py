"""A command carried out: files in, blocks to the workers, results to the desk."""

from __future__ import annotations

import os
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from .. import Normalizer
from ..errors import UsageError
from . import blocks, charset, workers
from .closing import close, without_text
from .console import Talk, is_terminal
from .desk import Desk, distribute
from .incoming import pieces_of, sources_of
from .looks import ink_of
from .messages import _
from .output import write_out
from .printers import Printers
from .reading import size_at_least, total_size
from .report_file import write_report
from .unread import listed

if TYPE_CHECKING:
    from .options import Plan
    from .reading import Source
    from .reports.page.gathering import Gathered
    from .tally import Tally


def carry_out(plan: Plan) -> int:
    """Do what the plan says and return the exit status."""
    normalizer = _normalizer(plan)
    if plan.words:
        from .reports.explain import explain, explanation  # noqa: PLC0415  # other commands do not need it

        pages = (explanation(explain(normalizer, word), ink_of(plan), every=plan.every) for word in plan.words)
        write_out("\n".join(pages).encode("utf-8", "surrogateescape"))
        return 0
    talk = _talk(plan)
    printers, gathered = Printers(plan), _gathered(plan)
    left_out: list[Source] = []
    pieces = pieces_of(sources_of(plan), plan, talk, left_out.append)
    jobs = plan.jobs or workers.jobs_for(size_at_least(plan.paths))
    if "-" in plan.paths and os.isatty(0):
        talk.note(_("reads the terminal, to Ctrl-Z and Enter") if os.name == "nt" else _("reads the terminal, to Ctrl-D"))
    write_out(printers.report.head())
    desk = Desk(plan, printers, gathered, talk)
    with closing(workers.run(_work(plan, normalizer), pieces, jobs)) as results:
        tally = distribute(results, desk, talk, is_auto=plan.encoding == charset.AUTO)
    status = _status(plan, tally)
    write_out(printers.tail(status, tally.not_read))
    close(plan, tally, len(left_out), talk)
    if gathered is not None:
        _write_page(plan, gathered, without_text(plan, tally), len(left_out))
    return status


def _normalizer(plan: Plan) -> Normalizer:
    """Return what repairs; raise UsageError if a rule is named that there is not, or what is to be kept is no word."""
    try:
        return Normalizer(plan.config)
    except ValueError as error:
        if str(error).startswith("keep: "):
            raise UsageError(f"--{error}") from error
        is_ignored = any(str(error).startswith(f"no rule is called {name!r}") for name in plan.config.ignore)
        raise UsageError(f"{'--ignore' if is_ignored else '--select'}: {error}") from error


def _talk(plan: Plan) -> Talk:
    """Return what speaks on standard error, and shows how far the work is."""
    shows_progress = plan.progress == "always" or (plan.progress == "auto" and not plan.quiet and is_terminal())
    knows_total = shows_progress and plan.encoding == charset.UTF8
    return Talk(plan.quiet, total_size(plan.paths, plan.selection) if knows_total else None, shows_progress)


def _work(plan: Plan, normalizer: Normalizer) -> blocks.Work:
    """Return what is done with a block: to tell each edit takes longer than to repair, and is done where somebody wants to know."""
    is_told = plan.mode in ("write", "copy") and not plan.quiet
    finds = plan.mode == "check" or plan.stats or plan.report is not None or is_told
    work: blocks.Work = partial(blocks.find if finds else blocks.repair, normalizer)
    return partial(blocks.counted, work) if plan.stats or plan.report is not None else work


def _gathered(plan: Plan) -> Gathered | None:
    """Return what takes note of findings for the page, if there is to be one."""
    if plan.report is None:
        return None
    from .reports.page.gathering import Gathered  # noqa: PLC0415  # other commands do not need it

    return Gathered()


def _status(plan: Plan, tally: Tally) -> int:
    """Return the exit status."""
    if tally.errors:
        return 2
    found = tally.changed or (plan.strict and tally.doubts)
    return 1 if found and plan.mode in ("check", "diff", "report") else 0


def _write_page(plan: Plan, gathered: Gathered, empty: list[str], left_out: int) -> None:
    """Write the page of what was found."""
    from .. import __version__  # noqa: PLC0415  # slow
    from .reports.page.filling import Told, page  # noqa: PLC0415  # imports what other commands do not need

    mode = plan.mode if plan.mode in ("write", "copy") else "check"
    rows = [*[("neither JSON Lines nor CSV", left_out, "--as")] * bool(left_out), *listed(gathered.unread)]
    told = Told(mode, __version__, plan.paths, rows, empty)
    write_report(plan.report or "", page(gathered, told))
