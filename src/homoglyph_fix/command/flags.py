"""The flags of the command, in groups, and how each is read."""

from __future__ import annotations

import argparse
from typing import NoReturn

from .console import printable, say
from .output import write_out

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


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are said as ours are: printable, and without a traceback where nobody can hear them."""

    def error(self, message: str) -> NoReturn:
        """Show the usage and the message, in one line, and exit."""
        say(f"{self.format_usage()}{self.prog}: error: {printable(message)}\n")
        raise SystemExit(2)


def make_parser() -> argparse.ArgumentParser:
    """Describe the flags, a function for each group."""
    parser = _Parser(
        "homoglyph-fix",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, or a directory to walk")
    for add_flags in (_what_is_done, _what_is_repaired, _which_files, _how_files_are_read, _what_is_shown, _general):
        add_flags(parser)
    return parser


def _what_is_done(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is done")
    add = group.add_mutually_exclusive_group().add_argument
    add("-w", "--write", action="store_true", help="repair files in place; unchanged files are not touched")
    add("-o", "--output", metavar="OUT", help="write to the file OUT; for a directory or several files, to a tree OUT")
    add("--check", action="store_true", help="list the findings as path:line:column, exit 1 if there are any")
    add("--diff", action="store_true", help="show a unified diff, exit 1 if there is any")
    add("--explain", nargs="*", metavar="WORD", help="show how words, or a line in quotes, are decided and why they stay")


def _what_is_repaired(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("what is repaired").add_argument
    add("--select", action="append", default=[], metavar="RULE", help="let only these rules repair or doubt a word; a,b or repeated")
    add("--ignore", action="append", default=[], metavar="RULE", help="let these rules keep the words that they would repair or doubt")


def _which_files(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("which files of directories").add_argument
    add("--exclude", action="append", default=[], metavar="GLOB", help="leave out what a line of .gitignore would; may be repeated")
    add("--no-ignore", action="store_true", help="take what .gitignore and .ignore leave out, too")
    add("--hidden", action="store_true", help="take files and directories whose names begin with a dot, too")


def _how_files_are_read(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("how files are read").add_argument
    add("--encoding", default="utf-8", metavar="NAME", help="of all files (default: utf-8); auto: found out for each, and kept")
    kinds = ("text", "markdown", "html", "code", "po", "jsonl", "csv", "tsv")
    add("--as", dest="kind", choices=kinds, help="what the input is (default: by its name)")
    add("--field", action="append", metavar="NAME", help="repair only this field (text, meta.title, items[].text, 3) of .jsonl, .csv, .tsv")
    add("--delimiter", type=_delimiter, metavar="C", help="what stands between cells of CSV (default: found among , ; and tab)")
    add("--no-heading", action="store_true", help="the first row of CSV is data; --field then takes the number of a column")
    add("--line-buffered", action="store_true", help="answer each line when it is read")


def _what_is_shown(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("what is shown").add_argument
    add("--format", choices=["full", "short", "jsonl"], help="of --check: with the line of text, a line each, or data")
    add("--color", choices=["auto", "always", "never"], default="auto", help="colour (default: on a terminal, unless NO_COLOR is set)")
    add("--strict", action="store_true", help="with --check: exit 1 for words to decide, too")
    add("--progress", choices=("auto", "always", "never"), default="auto", help="on a terminal (auto), and a line a minute into a log")
    add("-q", "--quiet", action="store_true", help="no summary and no progress; errors are still shown")
    add("-v", dest="verbose", action="store_true", help="with --version: look through the data; with --explain: every character")


def _general(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("general").add_argument
    add("-j", "--jobs", type=_positive, metavar="N", help="processes to use (default: 1, and more for long work)")
    add("-h", "--help", action=_ShowHelp, nargs=0, help="show this help message and exit")
    add("--version", action="store_true", help="show the version, and the hash of rules and data, and exit")


class _ShowHelp(argparse.Action):
    """Writes as all of this command does: argparse leaves it to the end of Python, where a full disk is a traceback."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print the help and exit."""
        write_out(parser.format_help().encode())
        parser.exit()
