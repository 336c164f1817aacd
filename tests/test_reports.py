"""Reports: the diff as difflib has it, findings and explanations as a reader needs them."""

from __future__ import annotations

import difflib
import random

import pytest

from homoglyph_fix import Analysis, Edit
from homoglyph_fix.reports import Checked, Finding
from homoglyph_fix.reports.diff import DiffPrinter, split_lines
from homoglyph_fix.reports.explain import explanation
from homoglyph_fix.reports.text import TextPrinter
from homoglyph_fix.talk import printable, progress_line


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
    found = (Finding(0, 1, "a", "а", "why", 1.0), Finding(2, 3, "\u0301x", "", "why", 1.0))

    printed = TextPrinter().block(Checked("a", 11, b"", b"", found)).decode()

    assert printed == 'a:11:1: a -> а (why)\na:13:3: U+0301x -> "" (why)\n'


def test_explanation_of_changing_length() -> None:
    """What replaces several characters stands at the first; what goes without a trace is shown as nothing."""
    analysis = Analysis("и\u0306 \u00ad", (Edit(0, 2, "и\u0306", "й", "composed", 1.0), Edit(3, 4, "\u00ad", "", "invisible", 2.5)))

    lines = explanation(analysis).splitlines()

    assert lines[0] == "иU+0306 U+00AD -> й "
    assert lines[2] == "   1  и  U+0438  CYRILLIC SMALL LETTER I              -> й  U+0439  CYRILLIC SMALL LETTER SHORT I"
    assert lines[3].split() == ["2", "U+0306", "COMBINING", "BREVE"]
    assert lines[5] == '   4     U+00AD  SOFT HYPHEN                          -> ""'
    assert lines[-2:] == ["fix 1-2: иU+0306 -> й (composed, score 1)", 'fix 4: U+00AD -> "" (invisible, score 2.5)']


def test_explanation_of_a_doubt() -> None:
    """A review is told, and that it was not applied; a surrogate does no harm."""
    analysis = Analysis("pic\ud800", (), (Edit(0, 3, "pic", "ріс", "whole word", 0.5),))

    page = explanation(analysis)

    assert page.startswith("picU+D800 stays\n")
    assert page.endswith("review, not applied 1-3: pic -> ріс (whole word, score 0.5)\n")
    assert page.encode()


def test_progress_without_a_beginning() -> None:
    """Nothing done yet gives no time, and no division by nothing."""
    assert progress_line(0, 1000, 3.0) == "0.0 MB, 0.0 MB/s"
    assert progress_line(2000, 1000, 2.0).endswith("0:00 left")


def test_printable() -> None:
    """What would break a line is escaped, letters are not."""
    assert printable("файл\r\t.txt") == "файл\\r\\t.txt"
