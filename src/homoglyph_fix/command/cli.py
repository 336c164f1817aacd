"""The command line: parse, plan, carry out."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from ..errors import HomoglyphFixError, UsageError
from .console import Talk, printable, say
from .output import write_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

DESCRIPTION = """\
Find letters of other alphabets that only look right in Ukrainian text, and put
the intended ones back. Everything else stays byte for byte as it was.
"""

EPILOG = """\
Without PATH, or for -, standard input is read. Without an option the repaired
text goes to standard output. A directory is walked: its text files are taken;
hidden and binary ones, links and what .gitignore or .ignore names are not.
The last line counts what was not text, and says how it can be read. A file that
is named is taken whatever it is called; behind -- every argument but - is the
name of a file.

Text is UTF-8, or what --encoding says, and is written back in its encoding.
Files named .gz, .bz2, .xz or .zst are read and written compressed.
A file that cannot be decoded, or repaired in its encoding, is left as it was by
-w and -o; to standard output, which is written as the input is read, all blocks
of 2 MiB before the bad byte have gone already. -w puts a new file in the place
of the old one, so another hard link to it keeps the old content; a symbolic
link stays and its target is repaired.

exit status:
  0  clean or repaired
  1  something would change (--check, --diff), or is for you to decide (--strict)
  2  usage; a file that cannot be read, decoded or written (the other files are
     done all the same)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    _keep_standard_files()
    parser = _parser()
    try:
        options = _parse(parser, sys.argv[1:] if argv is None else list(argv))
        with _signals():
            return _run(options)
    except UsageError as error:
        parser.error(str(error))
    except HomoglyphFixError as error:
        Talk().error(error)
        return 2
    except BrokenPipeError:
        return 141  # 128 + SIGPIPE: as if the signal had ended us, and as quietly
    except KeyboardInterrupt:
        return 130


def _parse(parser: argparse.ArgumentParser, arguments: list[str]) -> argparse.Namespace:
    """Read the arguments: options may stand between files, and everything behind the first `--` is a PATH.

    That is cut off here, for `parse_intermixed_args` takes options out there too; as with argparse, `--` is no value of an option.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = parser.parse_intermixed_args(arguments[:end])
    options.paths = [*options.paths, *arguments[end + 1 :]]
    return options


def _run(options: argparse.Namespace) -> int:
    """Do what the options say. What is slow to load is loaded here, so that --help is quick."""
    if options.version:
        return _show_version(options.verbose)
    from .options import make_plan  # noqa: PLC0415

    plan = make_plan(options)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy would start threads that are not needed here
    from .run import carry_out  # noqa: PLC0415

    return carry_out(plan)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are said as ours are: printable, and without a traceback where nobody can hear them."""

    def error(self, message: str) -> NoReturn:
        """Show the usage and the message, in one line, and exit."""
        say(f"{self.format_usage()}{self.prog}: error: {printable(message)}\n")
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    """Describe the options."""
    parser = _Parser(
        "homoglyph-fix",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    add = parser.add_argument
    add("-h", "--help", action=_ShowHelp, nargs=0, help="show this help message and exit")
    add("paths", nargs="*", metavar="PATH", help="a file, or a directory to walk")
    add("-j", "--jobs", type=_positive, metavar="N", help="processes to use (default: 1, and more for long work)")
    add("-q", "--quiet", action="store_true", help="no summary and no progress; errors are still shown")
    add("-v", dest="verbose", action="store_true", help="with --version: look through the data; with --explain: every character")
    add("--version", action="store_true", help="show the version, and the hash of rules and data, and exit")
    add("--format", choices=["full", "short", "jsonl"], help="of --check: with the line of text, a line each, or data")
    add("--color", choices=["auto", "always", "never"], default="auto", help="colour (default: on a terminal, unless NO_COLOR is set)")
    add("--strict", action="store_true", help="with --check: exit 1 for words to decide, too")
    add("--select", action="append", default=[], metavar="RULE", help="let only these rules repair or doubt a word; a,b or repeated")
    add("--ignore", action="append", default=[], metavar="RULE", help="let these rules keep the words that they would repair or doubt")
    add("--encoding", default="utf-8", metavar="NAME", help="of all files (default: utf-8); auto: found out for each, and kept")
    add("--exclude", action="append", default=[], metavar="GLOB", help="leave out what a line of .gitignore would; may be repeated")
    add("--no-ignore", action="store_true", help="take what .gitignore and .ignore leave out, too")
    add("--hidden", action="store_true", help="take files and directories whose names begin with a dot, too")
    add("--field", action="append", metavar="NAME", help="repair only this field (text, meta.title, items[].text, 3) of .jsonl, .csv, .tsv")
    add("--as", dest="kind", choices=("jsonl", "csv", "tsv", "text"), help="what the input is (default: by the ending of its name)")
    add("--delimiter", type=_delimiter, metavar="C", help="what stands between cells of CSV (default: found among , ; and tab)")
    add("--no-heading", action="store_true", help="the first row of CSV is data; --field then takes the number of a column")
    add("--line-buffered", action="store_true", help="answer each line when it is read")
    add("--progress", choices=("auto", "always", "never"), default="auto", help="on a terminal (auto), and a line a minute into a log")
    add = parser.add_mutually_exclusive_group().add_argument
    add("-w", "--write", action="store_true", help="repair files in place; unchanged files are not touched")
    add("-o", "--output", metavar="OUT", help="write to the file OUT; for a directory or several files, to a tree OUT")
    add("--check", action="store_true", help="list the findings as path:line:column, exit 1 if there are any")
    add("--diff", action="store_true", help="show a unified diff, exit 1 if there is any")
    add("--explain", nargs="*", metavar="WORD", help="show how words, or a line in quotes, are decided and why they stay")
    return parser


class _ShowHelp(argparse.Action):
    """Writes as all of this command does: argparse leaves it to the end of Python, where a full disk is a traceback."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print the help and exit."""
        write_out(parser.format_help().encode())
        parser.exit()


def _show_version(verbose: bool) -> int:
    """Print the version; looking it up takes longer than all of --help."""
    from .. import BEHAVIOUR, __version__  # noqa: PLC0415  # slow

    text = f"homoglyph-fix {__version__}, behaviour {BEHAVIOUR}\n"
    if verbose:
        text += _details()
    write_out(text.encode())
    return 0


def _details() -> str:
    """Say what may matter in a report of a fault; raise DataError if a file of data is not as it was built."""
    import numpy as np  # noqa: PLC0415

    from ..letters.data_files import DATA, verify  # noqa: PLC0415

    programs = f"Python {sys.version.split()[0]}, NumPy {np.__version__}, {sys.platform}"
    return f"{programs}\n{verify()} files of data in {DATA}, as they were built\n"


def _positive(text: str) -> int:
    """Read a number of processes."""
    number = int(text) if text.isdecimal() else 0
    if not number:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return number


def _delimiter(text: str) -> str:
    """Read the sign between cells: no letter, no digit and no quote."""
    sign = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(sign) != 1 or sign not in "\t,;|:~^":
        raise argparse.ArgumentTypeError(f"{text!r} is none of , ; | : ~ ^ tab")
    return sign


def _keep_standard_files() -> None:
    """Fill a closed standard file, the wrong way round: else a file of ours could get its number and its output."""
    for handle, mode in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(handle)
        except OSError:
            os.open(os.devnull, mode)


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    """Let a request to end be an exception, so that temporary files are removed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), _end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End as the shell expects it of a program ended by a signal."""
    raise SystemExit(128 + number)
