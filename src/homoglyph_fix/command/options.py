"""What a command is asked to do, checked before anything is read."""
# Paths are used as they were typed:
# ruff: noqa: PTH100, PTH110, PTH112, PTH118, PTH119, PTH121

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import UsageError
from .charset import UTF8, codec_named
from .documents.kinds import DOCUMENTS, TEXT
from .fields.kinds import CSV, JSONL, TSV, Fields, kind_of
from .fields.paths import tree_of
from .globs import expanded
from .ignoring import ALL, Selection, check_patterns

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from .reading import Source


@dataclass(frozen=True)
class Plan:
    """One command: `mode` is filter, write, copy, check or diff; with `words` it only explains these words.

    `encoding` is that of all files, or charset.AUTO; `selection` says which files of a directory are taken.

    `kind` is what all files are, None if their names tell it.

    `tree` tells that `out` is a directory. A single directory is mirrored in it as such; of several arguments each gets
    its own name there, as cp has it.
    """

    paths: tuple[str, ...]
    mode: str = "filter"
    out: str | None = None
    tree: bool = False
    jobs: int | None = None
    quiet: bool = False
    words: tuple[str, ...] = ()
    every: bool = False
    form: str | None = None
    color: str = "auto"
    strict: bool = False
    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    encoding: str = UTF8
    selection: Selection = ALL
    fields: Fields | None = None
    kind: str | None = None
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
    paths = expanded(options.paths)
    select = _names("--select", options.select) if options.select else None
    rules = {"select": select, "ignore": _names("--ignore", options.ignore), "color": options.color}
    for flag in ("strict", "format"):
        if getattr(options, flag) and not options.check:
            raise UsageError(f"--{flag} goes with --check")
    if options.explain is not None:
        words = (*options.explain, *paths)
        if not words:
            raise UsageError("--explain needs a WORD")
        return Plan((), words=words, every=options.verbose, **rules)
    if options.verbose:
        raise UsageError("-v goes with --version or --explain")
    if options.write and (not paths or "-" in paths):
        raise UsageError("-w needs a PATH: standard input cannot be written back")
    paths = paths or ("-",)
    _check_line_buffered(options)
    tree = options.output is not None and _is_tree(options.output, paths)
    mode = _mode(options)
    folder = next((path for path in paths if mode == "filter" and path != "-" and os.path.isdir(path)), None)
    if folder is not None:
        raise UsageError(f"{folder} is a directory: it goes with -w, -o, --check or --diff")
    look = {"form": options.format, "strict": options.strict}
    plan = Plan(paths, mode, options.output, tree, 1 if options.line_buffered else options.jobs, options.quiet, **look, **rules)
    plan = replace(plan, encoding=codec_named(options.encoding), selection=_selection(options))
    fields = _fields(options, paths)
    return replace(
        plan, fields=fields, kind=options.kind, line_buffered=options.line_buffered, progress=options.progress
    )


def _selection(options: Namespace) -> Selection:
    """Return which files of directories are taken."""
    check_patterns(options.exclude)
    return Selection(options.hidden, not options.no_ignore, tuple(options.exclude), options.output)


def _names(option: str, given: Iterable[str]) -> frozenset[str]:
    """Return the names of rules, which may stand together with commas between them."""
    names = [name.strip() for some in given for name in some.split(",")]
    if "" in names:
        raise UsageError(f"{option} names no rule: docs/RULES.md lists them")
    return frozenset(names)


def _fields(options: Namespace, paths: tuple[str, ...]) -> Fields | None:
    """Return which fields are repaired, None for all of the text."""
    if not options.field:
        if options.delimiter or options.no_heading or options.kind in (JSONL, CSV, TSV):
            raise UsageError("--as jsonl, csv and tsv, --delimiter and --no-heading go with --field")
        return None
    if options.kind == TEXT or options.kind in DOCUMENTS:
        raise UsageError(f"--as {options.kind} has no fields")
    if "-" in paths and options.kind is None:
        raise UsageError("--field on standard input needs --as jsonl, csv or tsv")
    if options.kind == JSONL or all(kind_of(path) == JSONL for path in paths):
        tree_of(options.field)  # now: later it would be in the middle of the work
    return Fields(tuple(dict.fromkeys(options.field)), options.kind, options.delimiter, not options.no_heading)


def _check_line_buffered(options: Namespace) -> None:
    """See to it that lines can be answered one by one."""
    if options.line_buffered and (options.jobs or 1) > 1:
        raise UsageError("--line-buffered works in one process")
    if options.line_buffered and options.kind in DOCUMENTS:
        raise UsageError(f"--line-buffered answers lines, and --as {options.kind} is read whole")


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
