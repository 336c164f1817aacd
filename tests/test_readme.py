"""The table of the README: what it says is repaired is, and what it says stays does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from homoglyph_fix import analyze, normalize

README = Path(__file__).parent.parent / "README.md"
HEADING = "## What is repaired, and what is not touched\n"
CODE = re.compile("`([^`]+)`")
REPAIR = re.compile("`([^`]+)` → `([^`]+)`")


def _rows() -> Iterator[list[str]]:
    """Yield kind, repairs and what stays of each row; a bar within a cell is written with a backslash."""
    section = README.read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    for line in re.findall("^\\|.*\\|$", section, re.MULTILINE)[2:]:
        yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


ROWS = list(_rows())


@pytest.mark.parametrize(("before", "after"), [pair for _, repairs, _ in ROWS for pair in REPAIR.findall(repairs)])
def test_what_is_said_to_be_repaired_is(before: str, after: str) -> None:
    """Before the arrow stands a damaged text, behind it what comes out."""
    assert normalize(before) == after != before


@pytest.mark.parametrize("text", [text for _, _, stays in ROWS for text in CODE.findall(stays)])
def test_what_is_said_to_stay_stays(text: str) -> None:
    """The last column comes out as it went in."""
    assert normalize(text) == text


@pytest.mark.parametrize("text", [text for kind, _, stays in ROWS if "proposed" in kind for text in CODE.findall(stays)])
def test_what_is_said_to_be_proposed_is(text: str) -> None:
    """A row of proposals stays, and is told."""
    assert analyze(text).reviews


def test_every_row_has_both() -> None:
    """A row shows what is repaired and what stays; one with a typing error in it would be tried as nothing."""
    assert len(ROWS) == 18
    assert all(len(row) == 3 and REPAIR.search(row[1]) and CODE.search(row[2]) for row in ROWS)
