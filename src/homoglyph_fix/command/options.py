"""What a command is asked to do, checked before anything is read."""
# Paths are used as they were typed:
# ruff: noqa: PTH100, PTH110, PTH112, PTH118, PTH119, PTH121

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import UsageError
from .fields.kinds import CSV, JSONL, TSV, Fields, kind_of
from .fields.paths import tree_of

if TYPE_CHECKING:
    from argparse import Namespace

    from .reading import Source


@dataclass(frozen=True)
class Plan:
    """One command: `mode` is filter, write, copy, check or diff; with `word` it only explains that word.

    `tree` tells that `out` is a directory. A single directory is mirrored in it as such; of several arguments each gets
    its own name there, as cp has it.
    """

    paths: tuple[str, ...]
    mode: str = "filter"
    out: str | None = None
    tree: bool = False
    jobs: int | None = None
    quiet: bool = False
    word: str | None = None
    fields: Fields | None = None
    kind_is_told: bool = False
    format: str = "short"
    line_buffered: bool = False
    progress: str = "auto"

    def target(self, source: Source) -> str:
        """Return where the copy of a source goes."""
        out = self.out or ""
        if not self.tree:
            return out
        if len(self.paths) == 1 or not source.walked:
            return os.path.join(out, source.place)
        return os.path.join(out, _own_name(source.root), source.place)


def make_plan(options: Namespace) -> Plan:
    """Turn parsed options into a plan; raise UsageError if they do not fit together."""
    paths = tuple(options.paths)
    if options.verbose:
        raise UsageError("-v goes with --version")
    if options.explain is not None:
        if paths:
            raise UsageError("--explain takes one word and no PATH")
        return Plan((), word=options.explain)
    if options.write and (not paths or "-" in paths):
        raise UsageError("-w needs a PATH: standard input cannot be written back")
    paths = paths or ("-",)
    _check_line_buffered(options)
    tree = options.output is not None and _is_tree(options.output, paths)
    return Plan(
        paths,
        _mode(options),
        options.output,
        tree,
        jobs=1 if options.line_buffered else options.jobs,
        quiet=options.quiet,
        fields=_fields(options, paths),
        kind_is_told=options.kind is not None,
        format=_format(options),
        line_buffered=options.line_buffered,
        progress=options.progress,
    )


def _fields(options: Namespace, paths: tuple[str, ...]) -> Fields | None:
    """Return which fields are repaired, None for all of the text."""
    if not options.field:
        if options.delimiter or options.no_heading or options.kind in (JSONL, CSV, TSV):
            raise UsageError("--as jsonl, csv and tsv, --delimiter and --no-heading go with --field")
        return None
    if options.kind == "text":
        raise UsageError("--as text has no fields")
    if "-" in paths and options.kind is None:
        raise UsageError("--field on standard input needs --as jsonl, csv or tsv")
    if options.kind == JSONL or all(kind_of(path) == JSONL for path in paths):
        tree_of(options.field)  # now: later it would be in the middle of the work
    return Fields(tuple(dict.fromkeys(options.field)), options.kind, options.delimiter, not options.no_heading)


def _format(options: Namespace) -> str:
    """Return the form of the findings."""
    if options.format and not options.check:
        raise UsageError("--format goes with --check")
    return options.format or "short"


def _check_line_buffered(options: Namespace) -> None:
    """See to it that lines can be answered one by one."""
    if options.line_buffered and (options.jobs or 1) > 1:
        raise UsageError("--line-buffered works in one process")


def _mode(options: Namespace) -> str:
    """Return the name of what is to be done; the parser has seen to it that it is one thing."""
    if options.output is not None:
        return "copy"
    chosen = [mode for mode in ("write", "check", "diff") if getattr(options, mode)]
    return chosen[0] if chosen else "filter"


def _is_tree(out: str, paths: tuple[str, ...]) -> bool:
    """Tell whether the output is a directory, and whether everything has a place of its own in it."""
    tree = len(paths) > 1 or os.path.isdir(paths[0]) or os.path.isdir(out) or out.endswith(os.sep)
    if not tree:
        return False
    if "-" in paths:
        raise UsageError("-o with a directory cannot take standard input: it has no name")
    if os.path.exists(out) and not os.path.isdir(out):
        raise UsageError(f"-o {out}: not a directory")
    if any(os.path.isdir(path) and os.path.isdir(out) and os.path.samefile(path, out) for path in paths):
        raise UsageError(f"-o {out}: is both input and output; use -w to repair it in place")
    names = [_own_name(path) for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"-o {out}: more than one PATH is named {name}")
    return True


def _own_name(path: str) -> str:
    """Return the last name of a path, also of `.` and `dir/`."""
    return os.path.basename(os.path.abspath(path))
