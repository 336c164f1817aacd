"""Reports: the diff as difflib has it, findings and explanations as a reader needs them."""

from __future__ import annotations

import difflib
import os
import random
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from commands import BAD, GOOD, run
from homoglyph_fix import Analysis, Edit
from homoglyph_fix.command.console import printable, progress_line
from homoglyph_fix.command.lines import split_lines
from homoglyph_fix.command.reports import Checked, Finding
from homoglyph_fix.command.reports.colours import ColouredDiff
from homoglyph_fix.command.reports.diff import DiffPrinter
from homoglyph_fix.command.reports.explain import Explained, explanation
from homoglyph_fix.command.reports.marks import Ink, marked, visible
from homoglyph_fix.command.reports.text import FullPrinter, Later, TextPrinter


def _diff(blocks: list[tuple[bytes, bytes]]) -> bytes:
    """Print the diff of a file given in blocks."""
    printer, line, out = DiffPrinter("a"), 1, b""
    for old, new in blocks:
        out += printer.block(Checked("a", line, old, old if new == old else new))
        line += old.count(b"\n")
    return out + printer.end()


def _difflib(old: bytes, new: bytes) -> bytes:
    """Print the diff as the standard library does."""
    lines = difflib.diff_bytes(difflib.unified_diff, split_lines(old), split_lines(new), b"a", b"a")
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


@pytest.mark.parametrize("seed", range(200))
def test_diff_as_difflib_has_it(seed: int) -> None:
    """The same hunks, whatever blocks the file comes in."""
    choice = random.Random(seed)
    count, rate = choice.randrange(60), choice.choice([0.02, 0.1, 0.5])
    pairs = [(b"%d\r\n" % number, b"%d%b\r\n" % (number, b"!" * (choice.random() < rate))) for number in range(count)]
    if pairs and choice.random() < 0.5:
        pairs[-1] = (pairs[-1][0].strip(), pairs[-1][1].strip())
    cuts = sorted(choice.choices(range(count + 1), k=choice.randrange(8)))
    parts = [pairs[start:end] for start, end in zip([0, *cuts], [*cuts, count], strict=True)]
    blocks = [(b"".join(old for old, _ in part), b"".join(new for _, new in part)) for part in parts]

    whole = b"".join(old for old, _ in pairs), b"".join(new for _, new in pairs)

    assert _difflib(*whole) == _diff(blocks)


def test_text_numbers_lines_through_the_file() -> None:
    """The line of a finding counts from the first line of its block."""
    found = (Finding(0, 1, "a", "а", "because", 1.0, "why"), Finding(2, 3, "\u0301x", "", "because", 1.0, "why"))

    printed = TextPrinter(Ink.PLAIN, Later()).block(Checked("a", 11, b"", b"", found)).decode()

    assert printed == 'a:11:1: a -> а (why)\na:13:3: U+0301x -> "" (why)\n'


def test_explanation_of_changing_length() -> None:
    """What replaces several characters stands at the first; what goes without a trace is shown as nothing."""
    edits = Edit(0, 2, "и\u0306", "й", "composed", 1.0, "invisible"), Edit(3, 4, "\u00ad", "", "invisible", 2.5, "invisible")

    lines = explanation(Explained(Analysis("и\u0306 \u00ad", edits)), Ink.BRACKETS).splitlines()

    assert lines[:2] == ["[и\u0306] → [й]   invisible", "  composed, score 1"]
    assert lines[2:4] == ['‹SHY› → ""   invisible', "  invisible, score 2.5"]
    assert lines[4] == "   1  и  U+0438  CYRILLIC SMALL LETTER I              → й  U+0439  CYRILLIC SMALL LETTER SHORT I"
    assert lines[5].split() == ["2", "‹U+0306›", "U+0306", "COMBINING", "BREVE", "→", "nothing"]
    assert lines[6].split() == ["4", "‹SHY›", "U+00AD", "SOFT", "HYPHEN", "→", "nothing"]


def test_explanation_of_a_doubt() -> None:
    """A review is told, and that it was not applied; a surrogate does no harm."""
    analysis = Analysis("pic\ud800", (), (Edit(0, 3, "pic", "ріс", "whole word", 0.5, "either-alphabet"),))

    page = explanation(Explained(analysis), Ink.BRACKETS, every=True)

    assert page.startswith("[pic] stays, for you to decide → ? [ріс]   either-alphabet\n  whole word, score 0.5\n")
    assert page.endswith("   4  ‹U+D800›  U+D800  no name\n")
    assert page.encode()


@pytest.mark.parametrize(
    ("old", "new", "brackets"),
    [
        ("nорaзкu", "поразки", "[n]ор[a]зк[u] → [п]ор[а]зк[и]"),
        ("po6oтa", "робота", "[po6o]т[a] → [робо]т[а]"),
        ("п\u200bо\u200bрно", "порно", "п‹ZWSP›о‹ZWSP›рно → порно"),
        ("ми\u0306о", "мйо", "м[и\u0306]о → м[й]о"),
        ("мa\u0301ма", "ма\u0301ма", "м[a\u0301]ма → м[а\u0301]ма"),
        ("ма\u0301ма", "мама", "ма‹U+0301›ма → мама"),
        ("сло\u00adвo", "слово", "сло‹SHY›в[o] → слов[о]"),
        ("a\x1bb", "а\x1bb", "[a]‹U+001B›b → [а]‹U+001B›b"),
        ("a\tb\u00a0c", "а\tb\u00a0c", "[a] b c → [а] b c"),
        ("\u00ad", "", '‹SHY› → ""'),
        ("об\"єкт", "об'єкт", "об[\"]єкт → об[']єкт"),
        ("й" * 300 + "x", "й" * 300, "й" * 300 + "[x] → " + "й" * 300),
    ],
    ids=ascii,
)
def test_marks(old: str, new: str, brackets: str) -> None:
    """Each letter that differs, in brackets; in colour the same letters, and without either nothing is lost."""
    assert " → ".join(marked(old, new, Ink.BRACKETS)) == brackets
    assert marked(old, new, Ink.PLAIN) == (visible(old), visible(new))
    coloured = " → ".join(marked(old, new, Ink.COLOUR))
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == re.sub(r"\[(.*?)\]", r"\1", brackets)


@pytest.mark.parametrize("seed", range(100))
def test_a_diff_in_colour_says_the_same(seed: int) -> None:
    """Without its colours it is the plain diff, whatever lines change and whatever blocks the file comes in."""
    choice = random.Random(seed)
    words = "слово мама -- +++ @@ \\ [x]".split()
    lines = [" ".join(choice.choices(words, k=3)) for _ in range(choice.randrange(1, 30))]
    pairs = [(line + "\n", (line.replace("а", "a", 1) if choice.random() < 0.3 else line) + "\n") for line in lines]
    blocks = [(old.encode(), new.encode()) for old, new in pairs]
    coloured, shown = ColouredDiff("a"), b""
    for number, (old, new) in enumerate(blocks, 1):
        shown += coloured.block(Checked("a", number, old, old if new == old else new))

    assert re.sub(rb"\x1b\[[0-9;]+m", b"", shown + coloured.end()) == _diff(blocks)


def test_many_findings_in_one_line_take_no_square() -> None:
    """A line of a megabyte with a finding in every tenth word is cut out in time that grows with it."""
    found = tuple(Finding(0, 1 + 60 * number, "oдне", "одне", "because", 1.0, "why") for number in range(10_000))
    line = ("oдне " + "слово " * 9 + " ").encode() * 10_000
    start = time.perf_counter()

    printed = FullPrinter(Ink.BRACKETS, Later()).block(Checked("a", 1, line, line, found))

    assert printed.count(b"why\n") == 10_000
    assert time.perf_counter() - start < 5


def test_progress_without_a_beginning() -> None:
    """Nothing done yet gives no time, and no division by nothing."""
    assert progress_line(0, 1000, 3.0) == "0.0 MB, 0.0 MB/s"
    assert progress_line(2000, 1000, 2.0).endswith("0:00 left")


def test_printable() -> None:
    """What would break a line is escaped, letters are not."""
    assert printable("файл\r\t.txt") == "файл\\r\\t.txt"


C0 = [chr(code) for code in range(1, 0x20)]
C1 = [chr(code) for code in range(0x7F, 0xA0)]
BIDI = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BREAKS = ["\u2028", "\u2029", "\u200b", "\ufeff"]
NAMED = [*C0, *C1, *BIDI, *BREAKS]


@pytest.mark.parametrize("control", NAMED, ids=ascii)
def test_controls_in_file_names(control: str) -> None:
    """A finding and the head of a diff stay lines of their own, and nothing in them reaches the terminal as a command."""
    name = f"a{control}b"
    found = Checked(name, 1, b"a\n", b"b\n", (Finding(0, 1, "a", "b", "because", 1.0, "why"),))

    checked, diff = TextPrinter(Ink.PLAIN, Later()).block(found).decode(), DiffPrinter(name)
    head = (diff.block(found) + diff.end()).decode().split("@@")[0]

    assert checked == f"{printable(name)}:1:1: a -> b (why)\n"
    assert control not in checked.replace("\n", "", checked.endswith("\n"))
    escaped = "".join(f"\\{byte:03o}" for byte in control.encode())
    assert head == f'--- "a{escaped}b"\n+++ "a{escaped}b"\n'


def test_odd_bytes_in_file_names_stay() -> None:
    """They are no characters, and whoever reads the list wants to open the file; with a control beside them as well."""
    found = Checked("a\udcff", 1, b"a\n", b"b\n", (Finding(0, 1, "a", "b", "because", 1.0, "why"),))

    assert TextPrinter(Ink.PLAIN, Later()).block(found) == b"a\xff:1:1: a -> b (why)\n"
    assert DiffPrinter("a\udcff")._header == b"--- a\xff\n+++ a\xff\n"
    assert DiffPrinter('a\n"\\\udcff ї')._header.decode("utf-8", "surrogateescape").startswith('--- "a\\012\\042\\134\udcff ї"\n')


@pytest.mark.parametrize("control", [*C0, *C1], ids=ascii)
def test_controls_in_the_text_of_a_diff(control: str) -> None:
    """What a terminal would obey is escaped, in changed lines and beside them; tab and form feed do no harm."""
    line = f"x{control}x".encode()
    shown = line if control in "\t\f" else b"x" + printable(control).encode() + b"x"
    if control == "\n":
        shown = b"x\n x"

    printed = _diff([(line + b"\n" + line + b"1\n", line + b"\n" + line + b"2\n")])

    if control == "\n":
        assert printed.endswith(b" x\n x\n x\n-x1\n+x2\n")
    else:
        assert printed.endswith(b"@@\n " + shown + b"\n-" + shown + b"1\n+" + shown + b"2\n")


@pytest.mark.parametrize("end", [b"\r\n", b"\r\r\n", b"\n", b"\r", b""])
def test_carriage_returns_at_the_end_of_a_line(end: bytes) -> None:
    """They stay, or no text with the line ends of Windows could be patched; one amid a line would hide what stands before it."""
    printed = _diff([(b"a" + end, b"b" + end)])
    last = b"" if end.endswith(b"\n") else b"\n\\ No newline at end of file\n"

    assert printed.endswith(b"-a" + end + last + b"+b" + end + last)


TEXTS = [
    BAD,
    BAD.strip(),
    f"\t1\r\n{BAD.strip()}\t\r\n2\r\r\n",
    f"1\f\n{BAD}",
    f"\u202a+380\u202c 1\u00a02\n{BAD}\u200b\ufeff\u2028\u00ad\n",
    f"{BAD}робо\u00adта\n",
]


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
@pytest.mark.parametrize("text", TEXTS, ids=ascii)
@pytest.mark.parametrize("name", ["a", "a b", "а\n+++ b", '\x1b[31m \u202e"\\\x9b'], ids=ascii)
def test_a_diff_is_a_patch(name: str, text: str, tmp_path: Path) -> None:
    """The program patch makes of the old file what -w would make of it."""
    (tmp_path / name).write_text(text, newline="")
    diff = run("--diff", name, cwd=tmp_path).stdout
    repaired = run(name, cwd=tmp_path).stdout

    done = subprocess.run(["patch", "-p0", "--binary"], input=diff, cwd=tmp_path, capture_output=True, check=False)

    assert done.returncode == 0, done.stdout
    assert (tmp_path / name).read_bytes() == repaired != text.encode()
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
def test_a_diff_of_text_with_commands_for_the_terminal_is_refused(tmp_path: Path) -> None:
    """As it was escaped it does not fit: patch says so and writes nothing wrong."""
    text = f"\x1b[31m {BAD}"
    (tmp_path / "a").write_text(text)
    diff = run("--diff", "a", cwd=tmp_path).stdout

    done = subprocess.run(["patch", "-p0", "--binary", "-r", "-"], input=diff, cwd=tmp_path, capture_output=True, check=False)

    assert (done.returncode, (tmp_path / "a").read_text()) == (1, text)
    assert GOOD.encode() in diff
