"""The table of the README: what it says is repaired is, and what it says stays does."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import content, shell
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


def _word_document(text: str) -> bytes:
    """Return the smallest document that Word opens."""
    office = "http://schemas.openxmlformats.org"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types xmlns="{office}/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    kind = f"{office}/officeDocument/2006/relationships/officeDocument"
    link = f'<Relationship Id="r" Type="{kind}" Target="word/document.xml"/>'
    links = f'<Relationships xmlns="{office}/package/2006/relationships">{link}</Relationships>'
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    document = f'<w:document xmlns:w="{office}/wordprocessingml/2006/main">{body}</w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in {"[Content_Types].xml": types, "_rels/.rels": links, "word/document.xml": document}.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_the_transcript(tmp_path: Path) -> None:
    """In a folder with cp1251 and a document of Word what is wrong is found, two words are kept, and the repair is undone, as shown."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "1998.txt").write_bytes("Oт і все! Гурт «BOЯЖ» знoву грaє.\n".encode("cp1251"))
    (folder / "лист.docx").write_bytes(_word_document("Cьогодні CKAЙ дає концерт."))
    (folder / "старе.doc").write_bytes(b"\xd0\xcf\0")
    before = content(folder)
    lines = README.read_text(encoding="utf-8").partition("## Files and data\n")[2].partition("\n## ")[0]
    shown = re.findall(r"^    \$ (.*)\n((?:    (?!\$).+\n)*)", lines, re.MULTILINE)

    answers = [shell(f"({command}) 2>&1", tmp_path).stdout.decode() for command, _ in shown[:-1]]
    repaired = content(folder)
    shell(shown[-1][0], tmp_path)

    assert answers == [textwrap.dedent(answer) for _, answer in shown[:-1]]
    assert repaired["1998.txt"].decode("cp1251") == "От і все! Гурт «BOЯЖ» знову грає.\n"
    assert content(folder) == before
