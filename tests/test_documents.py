"""Markdown, HTML, PO and code: what becomes of them, and that all else stays byte for byte."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from case_files import read_cases
from homoglyph_fix import Normalizer
from homoglyph_fix.command.documents import gathering, staying
from homoglyph_fix.command.documents.document import Document
from homoglyph_fix.command.documents.gathering import gathered
from homoglyph_fix.command.outcome import Outcome
from homoglyph_fix.command.reading import Piece, Source
from homoglyph_fix.command.unread import TOO_LONG, told
from strategies import few, texts

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


def test_findings_stand_where_the_rows_say() -> None:
    """Each word is told once, with its line and column; what code has is told as well."""
    for kind, title, row in ROWS:
        before, _ = before_and_after(row)
        outcome = Document(kind, title, is_checked=True).find(NORMALIZER, before.encode())
        lines = before.split("\n")

        for finding in outcome.findings:
            line = lines[finding.line][finding.column - 1 :]
            assert line.startswith(finding.old) or kind == "po", title


def test_code_is_not_written() -> None:
    """Its words are counted only."""
    form = Document("code", "a.py", is_checked=False)
    before = 'мaмa = "тaто"  # мaмa'.encode()

    assert form.repair(NORMALIZER, before) == form.find(NORMALIZER, before) == Outcome(left=2)


def test_another_language_is_told() -> None:
    """A translation into another language stays, and the file that would change is named with the reason; a clean one is not."""
    header = 'msgid ""\nmsgstr "Language: be\\n"\n\nmsgid "a"\nmsgstr '
    notes = [Document("po", "", is_checked=True).repair(NORMALIZER, f'{header}"{word}"\n'.encode()).note for word in ("мaмa", "мама")]

    assert notes == ["Language: be in its header, so it is left as it is (--as text repairs it)", ""]


HOSTILE = {
    "markdown": [
        "`" * 500 + " а ``` мaмa",
        "[" * 5000 + "а" + "]" * 5000,
        "[а](" * 3000,
        '[а](б "' * 3000,
        "<b а " * 3000,
        "<" * 20000 + "а",
        "[[" * 5000 + "а",
        "{{ а " * 5000,
        ">" * 5000 + " мaмa\n",
        "- " * 2000 + "мaмa\n",
        "<!-- а " * 5000,
        "[а]" * 5000 + "\n\n[а]: б\n",
        "$$а" * 5000,
        "\\" * 20001 + "а",
        "|а" * 500 + "\n" + "|-" * 500 + "\n" + "|а\n" * 50,
        "```\n" * 3000 + "а",
        "[^а" * 5000,
        "{#а " * 5000,
        "".join(" " * depth + "- а\n" for depth in range(200)),
        "\0мaмa\0\n\0\n",
        "мaмa\r\r\nтaто\rмaмa",
        "---\n---\nмaмa",
        "---\nа: |\n",
        "---\n:\n---\n",
        "\ufeff---\ntitle: мaмa\n---\n",
        "# \n#\n##\tа\n#\tмaмa",
        "\x0bмaмa\x0c\u2028мaмa\x85мaмa\n",
        "\t- мaмa\n\t\t- тaто",
        "мaмa\n\\",
        "мaмa `",
        "мaмa [",
        "[мaмa](",
        "[мaмa](<",
        "[мaмa]()",
        "![](",
        "]мaмa[",
        "[]: а\nмaмa",
        "<a href=#>мaмa</a>\n# мaмa",
        "[а](#)\n# мaмa",
        "[а](#%ff%)\n# мaмa",
    ],
    "html": [
        "<b а " * 5000,
        "<" * 20000 + "а",
        "&" * 20000 + "а",
        "<!-- а " * 5000,
        "<script>а" * 5000,
        "<code>" * 5000 + "а",
        "<a а=" * 5000,
        "</а>" * 5000,
        '<a а="б" ' * 5000,
        "<" + "а" * 50000,
        "<a" + " " * 50000 + "а",
        "<a =>мaмa",
        "</>мaмa",
        "<a/мaмa/>мaмa",
        "<!мaмa",
        "<?мaмa",
        "<a b='",
        "<a b=",
        "<a b",
        "<a",
        "</a",
        "<!",
        "<!-",
        "<![CDATA[мaмa",
        "мaмa\0<b\0>мaмa",
        "<title>мaмa",
        "<textarea>мaмa</textareaмaмa>мaмa",
        "<a title>мaмa",
        "<a title=>мaмa",
    ],
    "po": [
        'msgstr "',
        'msgstr "\\"',
        'msgstr "мaмa\\',
        "msgstr",
        "msgstr[",
        'msgstr[x] "мaмa"',
        '"мaмa"',
        'msgid ""\nmsgstr ""',
        "\\" * 9999 + "а",
        'msgstr "\\x"\n"а"',
        'msgstr "мaмa"' * 999,
        'msgstr "' + "а" * 99999 + '"',
        'msgid "a"\nmsgstr ""\n' + '"мaмa\\n"\n' * 999,
        'msgstr "\\400 \\xff мaмa"',
        '\rmsgstr\r"а"',
    ],
    "code": ["'мaмa", '"""мaмa', "/*мaмa", "мaмa\0", "#", "а" * 99999, "#!\nмaмa", "#!/usr/bin/env\nмaмa", "#!/usr/bin/env -S x\nмaмa"],
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_documents(kind: str) -> None:
    """No text makes it raise; what is told is repaired at once, and all at once."""
    for name in ("a.py", "a.js", "a.c", "") if kind == "code" else ("",):
        for text in HOSTILE[kind]:
            repaired(kind, text, name)


def test_what_is_not_utf8_is_an_error() -> None:
    """Its place is told, as in text."""
    for kind in HOSTILE:
        assert Document(kind, "a.py", is_checked=True).repair(NORMALIZER, "мaмa \ud800".encode("utf-8", "surrogatepass")).bad == 7


PARTS = {
    "markdown": [
        "‹мaмa›",
        " і ",
        "\n",
        "\n\n",
        " `мaмa` ",
        " ``тaто`` ",
        "[‹мaмa›](мaмa)",
        "– <b id='мaмa'>",
        "–</b>",
        "&laquo;",
        "–<!-- мaмa -->",
        "<http://мaмa>",
        "**",
        "\n- ",
        "\n> ",
    ],
    "html": [
        "‹мaмa›",
        " і ",
        "\n",
        "<b id='мaмa'>",
        "</b>",
        '<p title="‹мaмa›">',
        "<code>мaмa</code>",
        "<script>мaмa</script>",
        "<!-- мaмa -->",
        "&laquo;",
        "<pre>\nмaмa</pre>",
        "<br/>",
    ],
    "po": [
        'msgid "мaмa"\n',
        'msgstr "‹мaмa›"\n',
        "\n",
        "# мaмa\n",
        '#~ msgstr "мaмa"\n',
        'msgid "a"\nmsgstr[0] "‹мaмa› \\"‹тaто›\\""\n',
        'msgctxt "мaмa"\n',
    ],
    "code": ["мaмa = 1\n", "# ‹мaмa›\n", 's = "‹мaмa›"\n', "\n", "def мaмa():\n", '    """‹тaто›"""\n'],
}


@pytest.mark.property
@pytest.mark.parametrize("kind", PARTS)
@few
@given(data=st.data())
def test_documents_of_parts(kind: str, data: st.DataObject) -> None:
    """However the parts are put together, what stays in each stays; and a second run changes nothing."""
    before, after = before_and_after("".join(data.draw(st.lists(st.sampled_from(PARTS[kind]), max_size=12))))
    found = repaired(kind, before, "a.py")

    assert len(found) == len(before)
    assert all(new in (old, wanted) for old, wanted, new in zip(before, after, found, strict=True))


@pytest.mark.property
@few
@given(text=texts)
def test_nothing_that_stays_changes_nothing(text: str) -> None:
    """A text without a span that stays becomes what it becomes as text."""
    text = text.encode("utf-8", "replace").decode()
    found = staying.repaired(NORMALIZER, text, staying.Staying(()), tell=True)

    assert staying.rewritten(text, found.changes) == NORMALIZER.normalize(text)


@pytest.mark.property
@few
@given(text=texts, spans=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 20)), max_size=5))
def test_spans_stay(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever the spans are, what stands in them stays."""
    text = text.encode("utf-8", "replace").decode()
    kept = [(start, min(start + size, len(text))) for start, size in spans if start < len(text)]
    found = staying.repaired(NORMALIZER, text, staying.Staying(kept), tell=True)

    assert not any(staying.touches(staying.joined(kept), start, end) for start, end, _ in found.changes)
    assert all(text[edit.start : edit.end] == edit.old for edit in found.edits)


@pytest.mark.property
@pytest.mark.parametrize("kind", PARTS)
@few
@given(text=texts)
def test_any_text_is_a_document(kind: str, text: str) -> None:
    """Whatever the text, it is read as a document of each kind."""
    repaired(kind, text.encode("utf-8", "replace").decode(), "a.js")


def _pieces(*blocks: bytes, walked: bool) -> list[Piece]:
    source = Source("a.md", "a.md", "", "a.md", walked)
    return [Piece(source, block, last=number == len(blocks)) for number, block in enumerate(blocks, 1)]


def test_pieces_are_gathered() -> None:
    """What opens in one block may close in another; text goes on as it comes."""
    (piece,) = gathered(_pieces("```\nмaмa\n".encode(), "мaмa\n```\n".encode(), walked=False), None, is_checked=False)
    form = piece.form

    assert form is not None
    assert piece.last
    assert form.repair(NORMALIZER, piece.data).new is None
    assert len([*gathered(_pieces(b"a\n", b"b\n", walked=False), "text", is_checked=False)]) == 2


def test_a_document_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A named one is an error that names the way, a walked one is counted; what follows is read."""
    monkeypatch.setattr(gathering, "LONGEST", 5)
    named, walked, other = (
        _pieces(b"abc", b"def", b"ghi", walked=False),
        _pieces(b"abcdef", walked=True),
        _pieces(b"ab", b"c", walked=True),
    )
    found = list(gathered([*named, *walked, *other], None, is_checked=False))

    assert [str(piece.error) for piece in found[:1]] == ["a.md: a document of more than 0 MiB (--as text)"]
    assert [(piece.unread, piece.data, piece.last) for piece in found[1:]] == [(TOO_LONG, b"", True), (None, b"abc", True)]
    assert told(Counter([TOO_LONG])) == "1 file not read: 1 document above 64 MiB (--as text)"


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="needs pandoc")
@pytest.mark.parametrize(("kind", "reader"), [("markdown", "gfm"), ("html", "html")])
def test_pandoc_reads_the_same_code_and_right_prose(kind: str, reader: str) -> None:
    """As another program reads them: code blocks and addresses are as before, and the prose is that of the document without damage."""
    damaged, sound = before_and_after((FOLDER / f"page.{kind}").read_text("utf-8"))
    before, after, wanted = (_read_by_pandoc(text, reader) for text in (damaged, repaired(kind, damaged), sound))

    assert after == wanted
    assert [node for node in before if node[0] in ("Code", "CodeBlock")] == [node for node in after if node[0] in ("Code", "CodeBlock")]
    assert [node for node in before if node[0] in ("Str", "Header")] != [node for node in after if node[0] in ("Str", "Header")]


def _read_by_pandoc(text: str, reader: str) -> list[tuple[str, object]]:
    """Return the nodes of a document as pandoc reads it, those within others too, in order."""
    done = subprocess.run(["pandoc", "-f", reader, "-t", "json"], input=text.encode(), capture_output=True, check=True)
    found: list[tuple[str, object]] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if "t" in node:
                found.append((str(node["t"]), node.get("c")))
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(json.loads(done.stdout)["blocks"])
    return found


SYNTAX = [
    "мaмa",
    "тaто",
    "Oт і все",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "<",
    ">",
    "<b>",
    "</b>",
    "<code>",
    "</code>",
    "<!--",
    "-->",
    "\\",
    "*",
    "_",
    "**",
    "\n# ",
    "> ",
    "- ",
    "1. ",
    "|",
    "\n|-|-|\n",
    "&amp;",
    '"',
    "'",
    "[мaмa]: тaто\n",
    "[мaмa]",
    "[мaмa][тaто]",
    '(мaмa "тaто")',
    "<http://мaмa>",
    "](#мaмa)",
    "{#мaмa}",
    "===\n",
    "$$",
    "{{",
    "}}",
    "<div>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<a href='мaмa'>",
    "<a title='мaмa'>",
    "[[мaмa]]",
    "[^мaмa]",
]  # Markdown in pieces


@pytest.mark.property
@few
@given(parts=st.lists(st.sampled_from(SYNTAX), max_size=22))
def test_markdown_it_reads_the_same_code_and_addresses(parts: list[str]) -> None:
    """However odd a document, its code and its links to other documents are read as before, and so is its structure."""
    before = "".join(parts)

    assert _structure(repaired("markdown", before)) == _structure(before)


def _structure(text: str) -> list[tuple[object, ...]]:
    """Return what markdown-it reads but prose and links within the document."""
    found: list[tuple[object, ...]] = []
    todo = MarkdownIt("commonmark").enable("table").parse(text)[::-1]
    while todo:
        token = todo.pop()
        code = token.content if token.type in ("code_inline", "code_block", "fence") else ""
        found.append((token.type, token.info, code, [str(token.attrs.get(name, "")).partition("#")[0] for name in ("href", "src")]))
        todo += (token.children or [])[::-1]
    return found


def test_prose_around_code_is_decided_as_in_text() -> None:
    """There, code in back-quotes is a shield."""
    for case in read_cases()[::20]:
        words = case.marked_before.replace("{", "").replace("}", "").split(" ")
        text = " ".join([*words[:1], "`x`", *words[1:]])

        if not re.search(r"[\\<>\[\]&*_$#|\n]|``|` `", text):
            assert repaired("markdown", text) == NORMALIZER.normalize(text)
