"""What a command is asked to do, checked before anything is read."""
# Paths are used as they were typed:
# ruff: noqa: PTH100, PTH110, PTH112, PTH118, PTH119, PTH120, PTH121

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from .. import Config
from ..errors import UsageError
from .charset import UTF8, codec_named
from .documents.kinds import DOCUMENTS
from .documents.kinds import kind_of as document_of
from .fields.kinds import CSV, JSONL, TSV, Fields, kind_of
from .fields.paths import tree_of
from .globs import expanded
from .ignoring import ALL, Selection, check_patterns
from .kept import read_words
from .messages import _
from .packages.kinds import PACKAGES
from .packages.kinds import kind_of as package_of
from .report_file import STDOUT, check_report

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from .reading import Source


class Plan(NamedTuple):
    """One command: `mode` is filter, write, copy, check, diff or report; with `words` it only explains these words.

    `stats` asks for figures, `lists` for the findings themselves.

    `kind` is what all files are, None if their names tell it. `encoding` is that of all files, or charset.AUTO; `selection` says which
    files of a directory are taken.

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
    config: Config = Config()
    encoding: str = UTF8
    selection: Selection = ALL
    fields: Fields | None = None
    kind: str | None = None
    line_buffered: bool = False
    progress: str = "auto"
    backup: str | None = None
    patch: str | None = None
    stdin_name: str | None = None
    stats: bool = False
    lists: bool = True
    report: str | None = None

    @property
    def only_tells(self) -> bool:
        """Whether findings are told, and nothing is repaired."""
        return self.mode in ("check", "report")

    @property
    def writes_files(self) -> bool:
        """Whether files are repaired: in place, or as copies."""
        return self.mode in ("write", "copy")

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
    _let_rest(options)
    paths = expanded(options.paths)
    mode = _mode(options)
    _check_looks(options, mode)
    if options.explain is not None:
        words = (*options.explain, *paths)
        if not words:
            raise UsageError(_("--explain needs a WORD"))
        return Plan((), words=words, every=options.verbose, config=_config(options), color=options.color)
    if options.write and (not paths or "-" in paths):
        raise UsageError(_("-w needs a PATH: standard input cannot be written back"))
    paths = paths or ("-",)
    _check_line_buffered(options)
    _check_undo(options)
    _check_stdin_name(options, paths)
    tree = options.output is not None and _is_tree(options.output, paths)
    folder = next((path for path in paths if mode == "filter" and path != "-" and os.path.isdir(path)), None)
    if folder is not None:
        raise UsageError(_("{folder} is a directory: it goes with -w, -o, --check, --diff or --report").format(folder=folder))
    _check_report(options, paths)
    return Plan(
        paths,
        mode,
        options.output,
        tree,
        jobs=1 if options.line_buffered else options.jobs,
        quiet=options.quiet,
        form=options.format,
        color=options.color,
        strict=options.strict,
        config=_config(options),
        encoding=codec_named(options.encoding),
        selection=_selection(options),
        fields=_fields(options, paths),
        kind=options.kind,
        line_buffered=options.line_buffered,
        progress=options.progress,
        backup=options.backup,
        patch=options.patch,
        stdin_name=options.stdin_filename,
        stats=options.stats,
        lists=options.check and not (options.stats and options.quiet),
        report=options.report,
    )


def _check_looks(options: Namespace, mode: str) -> None:
    """See to it that there is something to be shown as asked."""
    if options.format and mode != "check":
        raise UsageError(_("--format goes with --check"))
    if options.strict and mode not in ("check", "report"):
        raise UsageError(_("--strict goes with --check or --report"))
    if options.stats and (mode == "diff" or options.explain is not None):
        raise UsageError(_("--stats goes with --check, -w or -o, or stands alone"))
    if options.report is not None and options.explain is not None:
        raise UsageError(_("--report needs files: --explain has none"))
    if options.verbose and options.explain is None:
        raise UsageError(_("-v goes with --version or --explain"))


def _let_rest(options: Namespace) -> None:
    """Take back what a configuration file says for other commands than this: only what is typed must fit together."""
    rest = partial(options.origins.let_rest, options)
    if _mode(options) != "check":
        rest("format")
    if _mode(options) not in ("check", "report"):
        rest("strict")
    if options.kind not in (None, JSONL, CSV, TSV):
        rest("field")
    if not options.field:
        rest("delimiter", "no_heading")
        if options.kind in (JSONL, CSV, TSV):
            rest("kind")
    if options.line_buffered and _is_read_whole(options):
        rest("line_buffered")
    if options.line_buffered and (options.jobs or 1) > 1:
        rest("jobs" if options.origins.is_file("jobs") else "line_buffered")


def _config(options: Namespace) -> Config:
    """Return what is repaired."""
    return Config(
        standalone=not options.no_standalone,
        latin=not options.no_latin,
        digits=not options.no_digits,
        invisible=not options.no_invisible,
        mojibake=options.mojibake,
        apostrophe=options.apostrophe,
        keep=frozenset(options.keep).union(*map(read_words, options.keep_file)),
        select=_names("--select", options.select) if options.select else None,
        ignore=_names("--ignore", options.ignore),
    )


def _selection(options: Namespace) -> Selection:
    """Return which files of directories are taken."""
    check_patterns(options.exclude)
    file = options.origins.settings and options.origins.settings.path
    base = os.path.dirname(file) if options.origins.is_file("exclude") else None
    spared = ((file,) if file else ()) + tuple(options.keep_file)
    return Selection(options.hidden, not options.no_ignore, tuple(options.exclude), options.output, options.backup, base, spared)


def _names(option: str, given: Iterable[str]) -> frozenset[str]:
    """Return the names of rules, which may stand together with commas between them."""
    names = [name.strip() for some in given for name in some.split(",")]
    if "" in names:
        raise UsageError(_("{option} names no rule: docs/RULES.md lists them").format(option=option))
    return frozenset(names)


def _fields(options: Namespace, paths: tuple[str, ...]) -> Fields | None:
    """Return which fields are repaired, None for all of the text."""
    if not options.field:
        if options.delimiter or options.no_heading or options.kind in (JSONL, CSV, TSV):
            raise UsageError(_("--as jsonl, csv and tsv, --delimiter and --no-heading go with --field"))
        return None
    if options.kind not in (None, JSONL, CSV, TSV):
        raise UsageError(_("--as {kind} has no fields").format(kind=options.kind))
    data_only = not options.origins.is_file("field")
    names = [options.stdin_filename or path if path == "-" else path for path in paths]
    if "-" in names and options.kind is None and data_only:
        raise UsageError(_("--field on standard input needs --as jsonl, csv or tsv, or --stdin-filename FILE"))
    if options.kind == JSONL or all(kind_of(name) == JSONL for name in names):
        tree_of(options.field)  # now: later it would be in the middle of the work
    return Fields(tuple(dict.fromkeys(options.field)), options.kind, options.delimiter, not options.no_heading, data_only)


def _check_line_buffered(options: Namespace) -> None:
    """See to it that lines can be answered one by one."""
    if options.line_buffered and (options.jobs or 1) > 1:
        raise UsageError(_("--line-buffered works in one process"))
    if options.line_buffered and _is_read_whole(options):
        name = f"--as {options.kind}" if options.kind else options.stdin_filename
        raise UsageError(_("--line-buffered answers lines, and {name} is read whole").format(name=name))


def _is_read_whole(options: Namespace) -> bool:
    """Tell whether standard input is a document, as the command or its name says: nothing of one is written before its end."""
    name = options.stdin_filename or ""
    kind = options.kind or document_of(name) or package_of(name)
    return kind in DOCUMENTS or kind in PACKAGES


def _check_undo(options: Namespace) -> None:
    """See to it that what is kept of old files overwrites nothing, and is not lost among them."""
    if options.backup is not None and not options.write:
        raise UsageError(_("--backup goes with -w"))
    if options.patch is not None and not options.write:
        raise UsageError(_("--patch goes with -w"))
    if options.backup is not None and (not options.backup or os.path.basename(options.backup) != options.backup):
        raise UsageError(_("--backup SUFFIX: something to put behind a file name, such as .bak"))
    if options.patch in ("", "-"):
        raise UsageError(_("--patch needs the name of a FILE"))
    if options.patch is not None and os.path.lexists(options.patch):
        raise UsageError(_("--patch {patch}: is there already, and may be needed to undo earlier repairs").format(patch=options.patch))


def _check_stdin_name(options: Namespace, paths: tuple[str, ...]) -> None:
    """See to it that there is something to be called so."""
    if options.stdin_filename is not None and "-" not in paths:
        raise UsageError(_("--stdin-filename goes with standard input: without a PATH, or with -"))
    if options.stdin_filename == "":
        raise UsageError(_("--stdin-filename needs the name of a FILE"))


def _mode(options: Namespace) -> str:
    """Return the name of what is to be done; the parser has seen to it that it is one thing. Figures alone are those of a check."""
    if options.output is not None:
        return "copy"
    chosen = [mode for mode in ("write", "check", "diff") if getattr(options, mode)]
    return chosen[0] if chosen else "check" if options.stats else "filter" if options.report is None else "report"


def _check_report(options: Namespace, paths: tuple[str, ...]) -> None:
    """See to it that a report has a place of its own."""
    report, out = options.report, options.output
    if report is None:
        return
    if report == STDOUT and (options.check or options.diff or options.stats):
        raise UsageError(_("--report - takes standard output for itself; name a file"))
    if out is not None and os.path.realpath(out) == os.path.realpath(report):
        raise UsageError(_("--report {report}: is both output and report").format(report=report))
    check_report(report, paths)


def _is_tree(out: str, paths: tuple[str, ...]) -> bool:
    """Tell whether the output is a directory, and whether everything has a place of its own in it."""
    tree = len(paths) > 1 or os.path.isdir(paths[0]) or os.path.isdir(out) or out.endswith(os.sep)
    if not tree:
        return False
    if "-" in paths:
        raise UsageError(_("-o with a directory cannot take standard input: it has no name"))
    if os.path.exists(out) and not os.path.isdir(out):
        raise UsageError(_("-o {out}: not a directory").format(out=out))
    if any(os.path.isdir(path) and os.path.isdir(out) and os.path.samefile(path, out) for path in paths):
        raise UsageError(_("-o {out}: is both input and output; use -w to repair it in place").format(out=out))
    names = [_own_name(path) for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(_("-o {out}: more than one PATH is named {name}").format(out=out, name=name))
    return True


def _own_name(path: str) -> str:
    """Return the last name of a path, also of `.` and `dir/`."""
    return os.path.basename(os.path.abspath(path))
