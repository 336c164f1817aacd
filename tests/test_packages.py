"""Word, OpenDocument and EPUB: which letters become what, and that every other byte of the package stays."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from commands import COMMAND
from document_files import MAIN, WORD, document, members_of, packed, unpacked, xml_of
from homoglyph_fix import Analysis, Edit, Normalizer
from homoglyph_fix.command import blocks
from homoglyph_fix.command.outcome import Outcome, Refusal
from homoglyph_fix.command.packages.form import Package
from homoglyph_fix.command.packages.letters import patches, put
from homoglyph_fix.command.packages.paragraph import Paragraph
from homoglyph_fix.command.reports import Spot

NORMALIZER = Normalizer()
DOCUMENTS = Path(__file__).parent / "packages"


def _rows() -> list[tuple[str, str, str, str]]:
    """Read the rows of all kinds: kind, name, XML before and after."""
    found = []
    for kind in MAIN:
        _, *rows = (DOCUMENTS / f"{kind}.rows").read_text("utf-8").split("\n= ")
        for row in rows:
            name, _, xml = row.partition("\n")
            before, after = (re.sub(r"\{([^|{}\n]*)\|([^|{}\n]*)\}", rf"\{group}", xml.strip("\n")) for group in (1, 2))
            found.append((kind, name, before, after))
    assert len(found) > 70
    return found


def _repaired(kind: str, package: bytes) -> bytes:
    """Return a package repaired; a second time nothing changes."""
    outcome = blocks.repair(NORMALIZER, package, Package(kind))
    assert outcome.refused is None
    new = package if outcome.new is None else outcome.new
    assert blocks.repair(NORMALIZER, new, Package(kind)).new is None
    return new


@pytest.mark.parametrize(("kind", "name", "before", "after"), _rows(), ids=lambda value: value if len(value) < 60 else "")
def test_rows(kind: str, name: str, before: str, after: str) -> None:
    """Letters change where they stand, and every other byte of the part stays."""
    package = document(kind, before)

    new = unpacked(_repaired(kind, package))

    assert new.pop(MAIN[kind]).decode() == xml_of(kind, after)
    old = unpacked(package)
    del old[MAIN[kind]]
    assert new == old


_PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><body>\r\n<p>Oт і все: \u0491\xe9 &nbsp;</p>\r\n</body></html>\r\n'
_HEAD = '<?xml version="1.0" encoding="{}"?>\r\n<!DOCTYPE html>\r\n'
# The encoding, and what stands before the page.
ENCODINGS = [
    ("utf-8", _HEAD.format("UTF-8")),
    ("utf-8", _HEAD.format("utf-8").replace('"', "'")),
    ("utf-8", _HEAD.format("UTF-8").replace("?>", " standalone = 'no' ?>")),
    ("utf-8", f"\ufeff{_HEAD.format('UTF-8')}"),
    ("utf-8", ""),
    ("utf-8", "\ufeff"),
    ("utf-8", '<?xml version="1.0"?>'),
    ("utf-16-le", f"\ufeff{_HEAD.format('UTF-16')}"),
    ("utf-16-be", f"\ufeff{_HEAD.format('UTF-16')}"),
    ("utf-16-be", "\ufeff"),
    ("utf-16-le", _HEAD.format("UTF-16LE")),
    ("cp1251", _HEAD.format("windows-1251")),
    ("koi8-u", _HEAD.format("KOI8-U")),
    ("ascii", _HEAD.format("us-ascii")),
]


@pytest.mark.parametrize(("encoding", "head"), ENCODINGS)
def test_encodings(encoding: str, head: str) -> None:
    """Each part is written back in its encoding, with its mark, its line ends and its declaration; letters that it lacks stay escaped."""
    old = (head + _PAGE).encode(encoding, "xmlcharrefreplace")

    new = unpacked(_repaired("epub", packed(members_of("epub", old))))[MAIN["epub"]]

    assert new == (head + _PAGE.replace("Oт", "От")).encode(encoding, "xmlcharrefreplace")


def test_a_letter_that_an_encoding_lacks_and_that_cannot_be_escaped() -> None:
    """The package stays, and the reason is told."""
    xml = '<?xml version="1.0" encoding="koi8-r"?><html><p><![CDATA[Пpoпoзицiя]]></p></html>'.encode("koi8-r")

    outcome = blocks.repair(NORMALIZER, packed(members_of("epub", xml)), Package("epub"))

    assert outcome == Outcome(refused=Refusal("damaged", "OEBPS/a.xhtml is koi8-r, which lacks і"))


@pytest.mark.parametrize(
    ("kind", "names", "old", "new"),
    [
        ("docx", {"w": "a"}, "<a:p><a:r><a:t>Oт</a:t></a:r></a:p>", "<a:p><a:r><a:t>От</a:t></a:r></a:p>"),
        ("odt", {"text": "t", "office": "o"}, "<t:p>Oт<t:s/>і</t:p>", "<t:p>От<t:s/>і</t:p>"),
    ],
)
def test_other_prefixes(kind: str, names: dict[str, str], old: str, new: str) -> None:
    """An element is told by its namespace, whatever its prefix."""
    xml = xml_of(kind, "BODY")
    for before, after in names.items():
        xml = xml.replace(f"xmlns:{before}=", f"xmlns:{after}=").replace(f"<{before}:", f"<{after}:").replace(f"</{before}:", f"</{after}:")

    found = unpacked(_repaired(kind, packed(members_of(kind, xml.replace("BODY", old)))))[MAIN[kind]]

    assert found.decode() == xml.replace("BODY", new)


def test_the_strict_form_of_word_and_no_prefix() -> None:
    """Word writes the strict form under other namespaces."""
    xml = '<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>Oт</t></r><r><tab/><t>і</t></r></p></body></document>'

    found = unpacked(_repaired("docx", packed(members_of("docx", xml))))[MAIN["docx"]]

    assert found.decode() == xml.replace("Oт", "От")


def test_parts_of_word() -> None:
    """Notes, headers and the like are repaired as the body is; styles, properties and what is not listed stay."""
    note = f'<w:x xmlns:w="{WORD}"><w:p><w:r><w:t>Oт</w:t></w:r></w:p></w:x>'
    members = members_of("docx", xml_of("docx", "<w:p/>"))
    other = {"word/footnotes.xml": note, "word/Header1.xml": note, "word/header2.xml": note, "docProps/core.xml": "<x>Oт</x>"}

    new = unpacked(_repaired("docx", packed(members | other)))

    changed = {name for name, content in new.items() if "От".encode() in content}
    assert changed == {"word/footnotes.xml", "word/Header1.xml"}


def test_parts_of_open_document() -> None:
    """Headers and footers stand in the part of the styles."""
    names = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    styles = f"<x {names}><style:style style:name='Oт'/><style:header><text:p>Oт</text:p></style:header></x>"

    new = unpacked(_repaired("odt", packed(members_of("odt", xml_of("odt", "")) | {"styles.xml": styles, "Object 1/content.xml": styles})))

    assert new["styles.xml"].decode() == styles.replace(">Oт<", ">От<")
    assert new["Object 1/content.xml"].decode() == styles


def test_parts_of_a_book() -> None:
    """Chapters and the table of contents are repaired; what the book does not list stays."""
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Oт</title></head><body><p>Oт</p></body></html>'
    contents = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navLabel><text>Oт</text></navLabel><content src="Oт"/></ncx>'
    other = {"OEBPS/b b.xhtml": page, "OEBPS/toc.ncx": contents, "OEBPS/unlisted.xhtml": page}

    new = unpacked(_repaired("epub", packed(members_of("epub", page) | other)))

    assert new["OEBPS/a.xhtml"].decode() == new["OEBPS/b b.xhtml"].decode() == page.replace("Oт", "От")
    assert new["OEBPS/toc.ncx"].decode() == contents.replace(">Oт", ">От")
    assert new["OEBPS/unlisted.xhtml"].decode() == page


def test_what_is_told() -> None:
    """A line of the report is a paragraph, by its number in the package; the spot tells the part, and the paragraph there."""
    box = "<w:txbxContent><w:p><w:r><w:t>Напиc</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    mark = "<w:pPr><w:rPr><w:rStyle w:val='a3'/></w:rPr></w:pPr>"
    body = f"<w:p/><w:p>{mark}<w:r><w:t>Це<w:x/></w:t><w:br/><w:t>вoда</w:t>{both}</w:r></w:p><w:p><w:r><w:t>Хочу NАТО.</w:t></w:r></w:p>"
    note = f'<w:x xmlns:w="{WORD}"><w:p><w:r><w:t>І oт і слoво </w:t></w:r></w:p></w:x>'
    package = packed(members_of("docx", xml_of("docx", body)) | {"word/footnotes.xml": note})

    outcome = blocks.find(NORMALIZER, package, Package("docx"))

    assert outcome.new == blocks.repair(NORMALIZER, package, Package("docx")).new
    assert outcome.shown == (
        "Це вoда\nНапиc\nХочу NАТО.\nІ oт і слoво\n".encode(),
        "Це вода\nНапис\nХочу NАТО.\nІ от і слово\n".encode(),
    )
    told = [(at.line, at.column, at.old, at.spot) for at in (*outcome.findings, *outcome.doubts)]
    assert told == [
        (0, 4, "вoда", Spot("word/document.xml", 1, 3, "вoда", "вода")),
        (1, 1, "Напиc", Spot("word/document.xml", 2, 0, "Напиc", "Напис")),
        (3, 3, "oт", Spot("word/footnotes.xml", 1, 2, "oт", "от")),
        (3, 8, "слoво", Spot("word/footnotes.xml", 1, 7, "слoво", "слово")),
        (2, 6, "NАТО", Spot("word/document.xml", 3, 5, "NАТО", "ПАТО")),
    ]


def test_a_clean_package() -> None:
    """It stays, and its text is shown as one and the same."""
    outcome = blocks.find(NORMALIZER, document("odt", "<text:p>Це добре.</text:p>"), Package("odt"))

    assert outcome.new is None
    assert outcome.shown is not None
    assert outcome.shown[0] is outcome.shown[1]


def test_letters_that_stand_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a letter would change that is an element, all of the paragraph stays, and nothing is told of it."""
    package = document("docx", "<w:p><w:r><w:t>Oт</w:t><w:tab/><w:t>і</w:t></w:r></w:p><w:p><w:r><w:t>Oт</w:t></w:r></w:p>")
    spaced = [Analysis("Oт\tі", (Edit(0, 3, "Oт\t", "От ", "", 1.0),)), Analysis("Oт", (Edit(0, 2, "Oт", "От", "", 1.0),))]
    monkeypatch.setattr(Normalizer, "analyze_many", lambda *_: spaced)

    outcome = blocks.find(NORMALIZER, package, Package("docx"))

    assert outcome.shown == ("Oт\tі\nOт\n".encode(), "Oт\tі\nОт\n".encode())
    assert [at.line for at in outcome.findings] == [1]


@pytest.mark.skipif(os.name == "nt", reason="needs pseudo-terminals")
def test_not_to_a_terminal(tmp_path: Path) -> None:
    """What a terminal would make of an archive helps nobody."""
    (tmp_path / "a.odt").write_bytes(document("odt", "<text:p>Oт</text:p>"))
    ours, theirs = os.openpty()

    done = subprocess.run([*COMMAND, "a.odt"], cwd=tmp_path, stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=60)

    os.close(theirs)
    os.close(ours)
    assert (done.returncode, done.stderr.decode()) == (2, "homoglyph-fix: a.odt: does not go to a terminal; -w repairs it\n")


def test_letters_that_are_added() -> None:
    """They stand beside the letter before, in its run; at the start of a word beside the one behind."""
    xml = b"<a>\xd0\xbc</a><b>\xd1\x8f &#x44F;</b>"
    paragraph = Paragraph(is_told=True)
    for letters, place in (("м", 3), ("я ", 12), ("я", 15)):
        paragraph.add(letters, place)

    found = patches(xml, paragraph, "м'я 'я")

    assert found is not None
    assert put(xml, found).decode() == "<a>м'</a><b>я 'я</b>"
