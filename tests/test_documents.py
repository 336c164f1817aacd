"""Markdown, HTML, PO and code: what becomes of them, and that all else stays byte for byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from homoglyph_fix import Normalizer
from homoglyph_fix.command.documents.document import Document

NORMALIZER = Normalizer()
FOLDER = Path(__file__).parent / "documents"
SHAPES = str.maketrans("AaBCcEeHIiKMOoPpTXxy", "АаВСсЕеНІіКМОоРрТХху")
_MARKED = re.compile("‹([^‹›|]*)(?:\\|([^‹›]*))?›")


def rows(kind: str) -> list[tuple[str, str]]:
    """Return the documents of a file of rows, each with its title."""
    _, *parts = re.split(r"^=== (.+)\n", (FOLDER / f"{kind}.txt").read_text("utf-8"), flags=re.MULTILINE)
    return [(title, text.removesuffix("\n")) for title, text in zip(parts[::2], parts[1::2], strict=True)]


def before_and_after(row: str) -> tuple[str, str]:
    """Return both texts of a row."""

    def after(found: re.Match[str]) -> str:
        return found[1].translate(SHAPES) if found[2] is None else found[2]

    return _MARKED.sub(r"\1", row), _MARKED.sub(after, row)


def repaired(kind: str, text: str, name: str = "") -> str:
    """Return what becomes of a document; both ways to it agree, and a second run changes nothing."""
    form = Document(kind, name, is_checked=True)
    found = [way(NORMALIZER, text.encode()) for way in (form.repair, form.find)]
    assert found[0].new == found[1].new
    if found[0].new is not None:
        assert form.repair(NORMALIZER, found[0].new).new is None
    return text if found[0].new is None else found[0].new.decode()


ROWS = [(kind, title, row) for kind in ("markdown", "html", "po", "code") for title, row in rows(kind)]
MARKS = pytest.mark.parametrize(("kind", "title", "row"), ROWS, ids=[f"{kind}: {title}" for kind, title, _ in ROWS])


@MARKS
def test_rows(kind: str, title: str, row: str) -> None:
    """Every document becomes what its row says."""
    before, after = before_and_after(row)

    assert repaired(kind, before, title) == after


@MARKS
def test_line_ends_and_byte_order_mark(kind: str, title: str, row: str) -> None:
    """They change nothing, and stay."""
    for text in (row.replace("\n", "\r\n"), f"\ufeff{row}", row.removesuffix("\n")):
        before, after = before_and_after(text)

        assert repaired(kind, before, title) == after
