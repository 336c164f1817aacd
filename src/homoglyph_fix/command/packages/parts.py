"""A part of a package that has text: its XML as UTF-8, its paragraphs, and how it is written back."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from ..messages import _
from .elements import Element, elements
from .refusing import DAMAGED, RefusedError
from .story import Grammar, Story

if TYPE_CHECKING:
    from .archive import Archive
    from .paragraph import Paragraph

_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
# How XML in UTF-16 begins.


@dataclass(frozen=True, slots=True)
class Part:
    """A part, `xml` is UTF-8 whatever its `encoding`."""

    name: str
    xml: bytes
    encoding: str
    paragraphs: list[Paragraph]

    def encoded(self, xml: bytes) -> bytes:
        """Return changed XML in the encoding of the part; a letter that it lacks is escaped, where that can be."""
        if not self.encoding:
            return xml
        can_escape = b"<![CDATA[" not in xml
        try:
            return xml.decode().encode(self.encoding, "xmlcharrefreplace" if can_escape else "strict")
        except UnicodeEncodeError as error:
            said = _("{name} is {encoding}, which lacks {letter}")
            letter = error.object[error.start]
            raise RefusedError(DAMAGED, said.format(name=self.name, encoding=self.encoding, letter=letter)) from error


def read_part(archive: Archive, name: str, grammar: Grammar, codes: frozenset[str] = frozenset()) -> Part:
    """Read a part and find its paragraphs; raise RefusedError if it is no XML."""
    data = archive.read(name)
    encoding = _encoding_of(data)
    try:
        xml = data.decode(encoding).encode() if encoding else data
        if encoding and xml.decode().encode(encoding) != data:
            raise RefusedError(DAMAGED, _("{name} would not come back the same").format(name=name))
        return Part(name, xml, encoding, Story(xml, grammar, codes).paragraphs)
    except expat.ExpatError as error:
        raise RefusedError(DAMAGED, _("{name} is no XML ({error})").format(name=name, error=error)) from error
    except (ValueError, LookupError) as error:
        raise RefusedError(DAMAGED, _("{name} is not {encoding}").format(name=name, encoding=encoding)) from error


def listed(archive: Archive, name: str, *wanted: str) -> list[Element]:
    """Return the elements wanted of a part that says what the package holds; raise RefusedError if there is none, or it is no XML."""
    if name not in archive.names:
        raise RefusedError(DAMAGED, _("{name} is missing").format(name=name))
    try:
        return elements(archive.read(name), wanted)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise RefusedError(DAMAGED, _("{name} is no XML ({error})").format(name=name, error=error)) from error


def _encoding_of(data: bytes) -> str:
    """Return the encoding of XML, "" for UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    declared = _DECLARED.match(data, 3 if data.startswith(codecs.BOM_UTF8) else 0)
    name = declared[1].decode() if declared else "utf-8"
    return "" if name.lower() in ("utf-8", "utf8") else name
