"""Documents made for tests: packages around a piece of their XML, and what is in a package."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape, unescape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
XHTML = "http://www.w3.org/1999/xhtml"

MAIN = {"docx": "word/document.xml", "odt": "content.xml", "epub": "OEBPS/a.xhtml"}
"""The part that a made document has its text in, by the kind of the document."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = f"""{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPE}document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_TYPE}styles+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}footnotes+xml"/>
<Override PartName="/word/header1.xml" ContentType="{_TYPE}header+xml"/>
</Types>"""
_WORD_STYLES = f"""{_DECLARATION}<w:styles xmlns:w="{WORD}">
<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="Приклад"/><w:basedOn w:val="a1"/></w:style>
<w:style w:type="character" w:styleId="a3"><w:name w:val="HTML Code"/></w:style>
<w:style w:type="character" w:styleId="a4"><w:name w:val="Коло"/><w:basedOn w:val="a5"/></w:style>
<w:style w:type="character" w:styleId="a5"><w:name w:val="Колесо"/><w:basedOn w:val="a4"/></w:style>
</w:styles>"""
_CONTAINER = f"""{_DECLARATION}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
_BOOK = f"""{_DECLARATION}<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>
<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="b" href="b%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="x" href="missing.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="c.css" media-type="text/css"/>
</manifest><spine toc="toc"><itemref idref="a"/><itemref idref="b"/></spine></package>"""


def xml_of(kind: str, body: str) -> str:
    """Return the XML of the part with the text, around a piece of it."""
    if kind == "docx":
        names = f'xmlns:w="{WORD}" xmlns:m="{MATH}" xmlns:mc="{COMPATIBILITY}" xmlns:v="urn:v" xmlns:x="urn:x"'
        return f"{_DECLARATION}<w:document {names}><w:body>{body}</w:body></w:document>"
    if kind == "odt":
        spaces = {"office": "office:1.0", "text": "text:1.0", "draw": "drawing:1.0", "style": "style:1.0", "table": "table:1.0"}
        names = " ".join(f'xmlns:{prefix}="{ODF}{name}"' for prefix, name in spaces.items())
        styles = '<style:style style:name="T1" style:parent-style-name="Source_20_Text"/><style:style style:name="T2"/>'
        head = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>"
        return f"{_DECLARATION}<office:document-content {names}>{head}{body}</office:text></office:body></office:document-content>"
    return f'{_DECLARATION}<html xmlns="{XHTML}" xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'


def members_of(kind: str, xml: str | bytes) -> dict[str, str | bytes]:
    """Return the members of a document whose text is this XML."""
    if kind == "docx":
        return {"[Content_Types].xml": _TYPES, MAIN[kind]: xml, "word/styles.xml": _WORD_STYLES, "word/media/image1.png": bytes(range(256))}
    if kind == "odt":
        styles = f'<x xmlns:style="{ODF}style:1.0"><style:style style:name="Source_20_Text" style:display-name="Source Text"/></x>'
        other = {"styles.xml": styles, "META-INF/manifest.xml": "<m/>"}
        return {"mimetype": "application/vnd.oasis.opendocument.text", MAIN[kind]: xml, **other}
    book = {"META-INF/container.xml": _CONTAINER, "OEBPS/book.opf": _BOOK, "OEBPS/c.css": "p { color: red }"}
    return {"mimetype": "application/epub+zip", **book, MAIN[kind]: xml}


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Return an archive: what is named mimetype is not compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 2))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


def document(kind: str, body: str) -> bytes:
    """Return a document with a piece of XML for its text."""
    return packed(members_of(kind, xml_of(kind, body)))


def unpacked(package: bytes) -> dict[str, bytes]:
    """Return the members of an archive in their order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


_PARAGRAPHS = {"docx": ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"), "odt": ("<text:p>", "</text:p>"), "epub": ("<p>", "</p>")}


def of_lines(kind: str, text: bytes) -> bytes:
    r"""Return a document with a paragraph for each line.

    >>> to_lines("odt", of_lines("odt", "Oт & все\n".encode())).decode()
    'Oт & все\n'
    """
    begin, end = _PARAGRAPHS[kind]
    return document(kind, "".join(f"{begin}{escape(line, quote=False)}{end}" for line in text.decode().splitlines()))


def to_lines(kind: str, package: bytes) -> bytes:
    """Return the paragraphs of such a document as lines."""
    begin, end = _PARAGRAPHS[kind]
    xml = unpacked(package)[MAIN[kind]].decode()
    return "".join(f"{unescape(text)}\n" for text in re.findall(f"{begin}(.*?){end}", xml, re.DOTALL)).encode()
