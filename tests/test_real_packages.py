"""Documents as programs write them, and paragraphs cut up in every way: the text afterwards is what the text becomes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import textwrap
import zipfile
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import run, shell
from document_files import MAIN, ODF, WORD, XHTML, document, unpacked
from homoglyph_fix import Normalizer, normalize
from homoglyph_fix.command import blocks
from homoglyph_fix.command.packages.form import Package
from strategies import few, texts

DOCUMENTS = Path(__file__).parent / "packages"
REAL = sorted(path.name for path in DOCUMENTS.glob("*.*") if path.suffix.lstrip(".") in MAIN)
assert len(REAL) == 6

_W, _TEXT, _X = f"{{{WORD}}}", f"{{{ODF}text:1.0}}", f"{{{XHTML}}}"
_PARAGRAPHS = {"docx": (f"{_W}p",), "odt": (f"{_TEXT}p", f"{_TEXT}h"), "epub": (f"{_X}p", f"{_X}h1", f"{_X}td")}
_ASIDE = {f"{_TEXT}note", f"{{{ODF}office:1.0}}annotation"}
_SIGNS = {
    **dict.fromkeys((f"{_W}tab", f"{_TEXT}tab"), "\t"),
    **dict.fromkeys((f"{_W}br", f"{_TEXT}line-break", f"{_X}br"), "\n"),
    f"{_TEXT}s": " ",
}


def _texts(package: bytes, kind: str) -> list[str]:
    """Return the texts of all paragraphs, found out by another way of reading XML."""
    members = [content for name, content in unpacked(package).items() if content and name.endswith("ml")]
    return [_text(node, kind) for xml in members for node in ET.fromstring(xml).iter() if node.tag in _PARAGRAPHS[kind]]


def _text(node: ET.Element, kind: str) -> str:
    """Return all letters in an element, of Word those in its elements of text, but none of other paragraphs within."""
    parts = [_SIGNS.get(node.tag, "")]
    if kind != "docx" or node.tag == f"{_W}t":
        parts.append(node.text or "")
    for child in node:
        if child.tag not in _ASIDE and child.tag not in _PARAGRAPHS[kind]:
            parts.append(_text(child, kind))
        if kind != "docx":
            parts.append(child.tail or "")
    return "".join(parts)


def _bones(package: bytes) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Return every element with its attributes, in all XML of a package, and every other member as it is."""
    found = {}
    for name, content in unpacked(package).items():
        try:
            found[name] = [(node.tag, node.attrib) for node in ET.fromstring(content).iter()]
        except ET.ParseError:
            found[name] = [(content.hex(), {})]
    return found


STAYS = "кoд тут Cлoво|Cумa|кoд тут|пoле|cтаре cлово "
"""What is code or deleted in the documents, and stays; the EPUB of LibreOffice does not tell what is."""

OTHERS = {"libreoffice.epub": ["1Примiткa тут дoвга."]}
"""Paragraphs that become something else than their letters in a row would: this one begins with the number of a note."""


def _normalized(text: str, name: str) -> str:
    """Return what becomes of a text beside what stays."""
    if name == "libreoffice.epub":
        return normalize(text)
    codes = re.findall(STAYS, text)
    return normalize(re.sub(STAYS, "\ufffc", text)).replace("\ufffc", "{}").format(*codes) if codes else normalize(text)


@pytest.mark.parametrize("name", REAL)
def test_documents_of_programs(name: str, tmp_path: Path) -> None:
    """What LibreOffice and pandoc wrote: texts become what they become by themselves, elements and other members stay."""
    kind = name.rpartition(".")[2]
    before = (DOCUMENTS / name).read_bytes()
    (tmp_path / name).write_bytes(before)

    assert run("-q", "-w", name, cwd=tmp_path).returncode == 0

    after = (tmp_path / name).read_bytes()
    old, new = _texts(before, kind), _texts(after, kind)
    different = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    assert len(different) >= 7
    assert [text for text, other in zip(old, new, strict=True) if other != _normalized(text, name)] == OTHERS.get(name, [])
    assert _bones(after) == _bones(before)
    assert run("--check", name, cwd=tmp_path).stdout == b""
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as other:
        facts = [[(info.filename, info.date_time, info.compress_type, info.extra) for info in file.infolist()] for file in (one, other)]
    assert facts[0] == facts[1]


def _converted(program: str, folder: Path, names: list[str]) -> list[str]:
    """Return the texts of documents as another program sees them."""
    if shutil.which(program) is None:
        pytest.skip(f"needs {program}")
    if program == "pandoc":
        commands = [[program, name, "-t", "plain", "--wrap=none"] for name in names]
        return [subprocess.run(one, cwd=folder, capture_output=True, check=True, timeout=60).stdout.decode() for one in commands]
    args = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", *names]
    subprocess.run(args, cwd=folder, capture_output=True, check=True, timeout=180)
    return [(folder / name).with_suffix(".txt").read_text("utf-8-sig") for name in names]


@pytest.mark.parametrize("program", ["pandoc", "soffice"])
@pytest.mark.parametrize("name", REAL)
def test_other_programs_read_them(name: str, program: str, tmp_path: Path) -> None:
    """Converted to text, a repaired document is what the text of the original becomes, beside what stays."""
    if program == "soffice" and name.endswith(".epub"):
        pytest.skip("soffice writes EPUB and reads none")
    names = [f"before.{name}", f"after.{name}"]
    for copy in names:
        shutil.copy(DOCUMENTS / name, tmp_path / copy)
    assert run("-q", "-w", names[1], cwd=tmp_path).returncode == 0

    old, new = _converted(program, tmp_path, names)

    assert old != new
    expected = [_normalized(line, name) for line in old.splitlines()]
    pairs = zip(expected, new.replace("\xad", "").splitlines(), strict=True)  # a hyphen that Word writes as an element stays
    assert [(one, other) for one, other in pairs if one != other] == []


_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufffc")
_LOOKS = ["", "<w:b/>", '<w:color w:val="C0C0C0"/>', '<w:lang w:val="en-US"/>']


def _cut(text: str, rng: Random) -> list[str]:
    """Cut a text anywhere; a tab or a line end is a piece."""
    return [piece for part in re.split("([\t\n])", text) for piece in _cut_words(part, rng)]


def _cut_words(text: str, rng: Random) -> list[str]:
    places = sorted(rng.sample(range(1, len(text)), min(len(text) - 1, rng.randint(0, 6)))) if text else []
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


def _letters(text: str, rng: Random) -> str:
    """Write letters as XML: some escaped by number, some in a CDATA section."""
    if rng.random() < 0.1 and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    return "".join(f"&#{ord(c)};" if rng.random() < 0.1 else escape(c) for c in text).replace("]]>", "]]&gt;")


def _paragraph(kind: str, text: str, rng: Random) -> str:
    """Return a paragraph in which a text is cut into runs."""
    parts = []
    for piece in _cut(text, rng):
        letters = _letters(piece, rng)
        if kind == "docx":
            inner = {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece, f'<w:t xml:space="preserve">{letters}</w:t>')
            parts.append(f"<w:r><w:rPr>{rng.choice(_LOOKS)}</w:rPr>{inner}</w:r>")
        elif kind == "odt":
            inner = {"\t": "<text:tab/>", "\n": "<text:line-break/>"}.get(piece, letters)
            parts.append(rng.choice(["{}", '<text:span text:style-name="T2">{}</text:span>', "<!-- c -->{}"]).replace("{}", inner))
        else:
            inner = {"\n": "<br/>"}.get(piece, letters)
            parts.append(rng.choice(["{}", "<b>{}</b>", '<i class="c"><u>{}</u></i>', "{}<?x y?>"]).replace("{}", inner))
    begin, end = {"docx": ("<w:p>", "</w:p>"), "odt": ("<text:p>", "</text:p>"), "epub": ("<p>", "</p>")}[kind]
    return "".join([begin, *parts, end])


def _without_letters(kind: str, package: bytes) -> str:
    """Return the XML of a part without any letter of its text."""
    xml = unpacked(package)[MAIN[kind]].decode()
    return re.sub(r"(?<=>)[^<>]+(?=<)", "", re.sub(r"<!\[CDATA\[.*?\]\]>", "<![CDATA[]]>", xml, flags=re.DOTALL))


@given(st.sampled_from(sorted(MAIN)), st.lists(texts, min_size=1, max_size=4), st.randoms(use_true_random=False))
@few
@pytest.mark.property
def test_text_cut_into_runs(kind: str, lines: list[str], rng: Random) -> None:
    """The text of each paragraph becomes what it becomes by itself, nothing else changes, and a second run changes nothing."""
    wanted = [_NO_XML.sub("", line).strip(" \t\n") for line in lines]
    before = document(kind, "".join(_paragraph(kind, text, rng) for text in wanted))

    outcome = blocks.find(Normalizer(), before, Package(kind))

    after = before if outcome.new is None else outcome.new
    assert _texts(before, kind) == wanted
    assert _texts(after, kind) == [normalize(text) for text in wanted]
    assert _without_letters(kind, after) == _without_letters(kind, before)
    assert blocks.repair(Normalizer(), before, Package(kind)).new == outcome.new
    assert blocks.repair(Normalizer(), after, Package(kind)).new is None


def test_the_transcript_in_the_docs(tmp_path: Path) -> None:
    """Each command that the page of documents shows with its answer answers so."""
    shutil.copy(DOCUMENTS / "pandoc.docx", tmp_path / "звіт.docx")
    page = (Path(__file__).parent.parent / "docs" / "packages.md").read_text("utf-8")
    shown = re.findall(r"^    \$ (homoglyph-fix .*)\n((?:    (?!\$).+\n)+)", page, re.MULTILINE)

    done = [shell(command, tmp_path) for command, _ in shown]

    assert len(shown) == 2
    assert [one.stdout.decode() + one.stderr.decode() for one in done] == [textwrap.dedent(answer) for _, answer in shown]
