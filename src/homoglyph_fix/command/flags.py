"""The flags of the command, in groups, and how each is read."""

from __future__ import annotations

import argparse
from typing import NoReturn

from .messages import _, later
from .output import write_out
from .parser import FILE, NUMBER, Parser

DESCRIPTION = later("""\
Find letters of other alphabets that only look right in Ukrainian text, and put
the intended ones back. Everything else stays byte for byte as it was.
""")

EXAMPLES = later("""\
examples:
  homoglyph-fix < in.txt > out.txt              repair a text
  homoglyph-fix --check articles/               list what is to be repaired
  homoglyph-fix -w --encoding auto archive/     repair files of any encoding
  homoglyph-fix -w --field text corpus.jsonl    repair one field of JSON Lines
  homoglyph-fix --explain HATO "He знаю"        see why words change, or stay
""")

EPILOG = (
    later("""\
Without an option the repaired text goes to standard output. A directory is
walked: its text files are taken; hidden and binary ones, links and what
.gitignore or .ignore names are not. The last line counts what was not text, and
says how it can be read. A file that is named is taken whatever it is called;
behind -- every argument but - is the name of a file.
"""),
    later("""\
Text is UTF-8, or what --encoding says, and is written back in its encoding.
Files named .gz, .bz2, .xz or .zst are read and written compressed. Of Markdown,
HTML, PO, .docx, .odt and .epub the text is repaired and all else stays; code is
looked through by --check, and not written.
"""),
    later("""\
A file that cannot be decoded, or repaired in its encoding, is left as it was by
-w and -o; to standard output, which is written as the input is read, all blocks
of 2 MiB before the bad byte have gone already. -w puts a new file in the place
of the old one, so another hard link to it keeps the old content; a symbolic
link stays and its target is repaired.
"""),
    later("""\
What is repaired, read and shown can be said in a file, too: in the nearest
homoglyph-fix.toml, or pyproject.toml with [tool.homoglyph-fix], from the PATHs
upwards to the top of their repository. Its keys are the names of the flags:
no-digits = true, exclude = ["*.log"]. A flag takes the place of its key, and
has an opposite that takes the key back: --digits, --no-hidden, --no-select.
docs/command.md tells more of each flag.
"""),
    later("""\
exit status:
  0  clean or repaired
  1  something would change (--check, --diff, --report), or is to be decided
     (--strict)
  2  usage; a file that cannot be read, decoded or written (the other files are
     done all the same)
"""),
    EXAMPLES,
)


def _positive(text: str) -> int:
    """Read a number of processes."""
    number = int(text) if text.isdecimal() else 0
    if not number:
        raise argparse.ArgumentTypeError(_("{text!r} is not a number of processes").format(text=text))
    return number


def _delimiter(text: str) -> str:
    """Read the sign between cells: no letter, no digit and no quote."""
    sign = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(sign) != 1 or sign not in "\t,;|:~^":
        raise argparse.ArgumentTypeError(_("{text!r} is none of , ; | : ~ ^ tab").format(text=text))
    return sign


def make_parser() -> Parser:
    """Describe the flags, a function for each group."""
    parser = Parser(_(DESCRIPTION), "\n".join(map(_, EPILOG)))
    for add_flags in (_what_is_read, _what_is_done, _what_is_repaired, _which_files, _how_files_are_read, _what_is_shown, _general):
        add_flags(parser)
    parser.open_to_files()
    return parser


def _what_is_read(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(_("what is read")).add_argument
    add("paths", nargs="*", metavar="PATH", help=_("a file, or a directory to walk (default: -, which is standard input)"))
    add("--stdin-filename", metavar=FILE, help=_("standard input is the text of FILE, as an editor has it"))


def _what_is_done(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("what is done"))
    add = group.add_mutually_exclusive_group().add_argument
    add("-w", "--write", action="store_true", help=_("repair files in place; unchanged files are not touched"))
    add("-o", "--output", metavar="OUT", help=_("write to the file OUT; for a directory or several files, to a tree OUT"))
    add("--check", action="store_true", help=_("list the findings as path:line:column, exit 1 if there are any"))
    add("--diff", action="store_true", help=_("show a unified diff, exit 1 if there is any"))
    add("--explain", nargs="*", metavar="WORD", help=_("show how words, or a line in quotes, are decided and why they stay"))
    add = group.add_argument
    add("--backup", metavar="SUFFIX", help=_("with -w: keep each old file, with SUFFIX behind its name"))
    add("--patch", metavar=FILE, help=_("with -w: write to FILE what patch -R -p0 undoes the repairs with"))
    add("--report", metavar=FILE, help=_("write a page for the browser to FILE: every finding in its line, to filter and to decide"))
    add("--stats", action="store_true", help=_("count words read and found, by rule, letters and file; alone or with -q list nothing else"))


def _what_is_repaired(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(_("what is repaired")).add_argument
    add("--select", action="append", default=[], metavar="RULE", help=_("let only these rules repair or doubt a word; a,b or repeated"))
    add("--ignore", action="append", default=[], metavar="RULE", help=_("let these rules keep the words that they would repair or doubt"))
    add("--no-standalone", action="store_true", help=_("leave words that are wholly Latin (He знаю)"))
    add("--no-latin", action="store_true", help=_("leave Cyrillic letters in Latin words (fаcebook), numerals and formulas"))
    add("--no-digits", action="store_true", help=_("leave digits that stand for letters (po6oтa)"))
    add("--no-invisible", action="store_true", help=_("leave invisible characters in words that have no other damage"))
    add("--mojibake", action="store_true", help=_("first repair text that was decoded in a wrong encoding, with ftfy"))
    ways = ("mend", "keep", "'", "’", "ʼ")
    signs = _("of signs in its place: mend them (default: mend), keep them, or make all ', ’ or ʼ")
    add("--apostrophe", choices=ways, default="mend", metavar="WAY", help=signs)
    stays = _("never repair or doubt this word (Xbox*: any ending); may be repeated")
    add("--keep", action="append", default=[], metavar="WORD", help=stays)
    add("--keep-file", action="append", default=[], metavar=FILE, help=_("the same for the words of a file, one a line, # before comments"))


def _which_files(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(_("which files of directories")).add_argument
    add("--exclude", action="append", default=[], metavar="GLOB", help=_("leave out what a line of .gitignore would; may be repeated"))
    add("--no-ignore", action="store_true", help=_("take what .gitignore and .ignore leave out, too"))
    add("--hidden", action="store_true", help=_("take what has a name that begins with a dot, too"))


def _how_files_are_read(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(_("how files are read")).add_argument
    add("--encoding", default="utf-8", metavar="NAME", help=_("of all files (default: utf-8); auto: found out for each, and kept"))
    kinds = ("text", "markdown", "html", "code", "po", "jsonl", "csv", "tsv", "docx", "odt", "epub")
    told = _("what the input is: text, markdown, html, code, po, jsonl, csv, tsv, docx, odt, epub (default: by its name)")
    add("--as", dest="kind", choices=kinds, metavar="KIND", help=told)
    fields = _("repair only this field (text, meta.title, items[].text, 3) of .jsonl, .csv, .tsv")
    add("--field", action="append", metavar="NAME", help=fields)
    add("--delimiter", type=_delimiter, metavar="C", help=_("what stands between cells of CSV (default: found among , ; and tab)"))
    add("--no-heading", action="store_true", help=_("the first row of CSV is data; --field then takes the number of a column"))
    add("--line-buffered", action="store_true", help=_("answer each line when it is read"))
    add("-j", "--jobs", type=_positive, metavar=NUMBER, help=_("processes to use (default: 1, and more for long work)"))


def _what_is_shown(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(_("what is shown")).add_argument
    whens = ("auto", "always", "never")
    colours = _("auto (default) on a terminal, unless NO_COLOR is set; always; never")
    lines = _("auto (default) on a terminal; always: into a log, too, each minute; never")
    listings = ("full", "short", "jsonl", "github", "sarif")
    forms = _(
        "of --check: full, with the line of text (default on a terminal); short, a line each (default elsewhere); jsonl, data; "
        "github, for workflows of GitHub; sarif, for services that scan code"
    )
    add("--format", choices=listings, metavar="FORM", help=forms)
    add("--color", choices=whens, default="auto", metavar="WHEN", help=colours)
    add("--strict", action="store_true", help=_("with --check: exit 1 for words to decide, too"))
    add("--progress", choices=whens, default="auto", metavar="WHEN", help=lines)
    add("-q", "--quiet", action="store_true", help=_("no summary and no progress; errors are still shown"))


def _general(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("general"))
    add = group.add_mutually_exclusive_group().add_argument
    add("--config", metavar=FILE, help=_("take this configuration file (default: the nearest one)"))
    add("--no-config", action="store_true", help=_("take no configuration file"))
    add = group.add_argument
    add("--show-config", action="store_true", help=_("show all settings, and where each is from, as TOML, and exit"))
    add("-v", dest="verbose", action="store_true", help=_("with --version: look through the data; with --explain: every character"))
    add("--version", action="store_true", help=_("show the version, and the hash of rules and data, and exit"))
    add("-h", "--help", action=_ShowHelp, nargs=0, help=_("-h: show the flags and exit; --help: all that there is to know"))


class _ShowHelp(argparse.Action):
    """Writes as all of this command does: argparse leaves it to the end of Python, where a full disk is a traceback."""

    def __call__(self, parser: argparse.ArgumentParser, *given: object) -> NoReturn:
        """Print the help and exit; by its short name only the flags and the examples."""
        if given[-1] == "-h":
            parser.epilog = _(EXAMPLES)
        write_out(parser.format_help().encode())
        parser.exit()
