"""Word: which parts of a package have text, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from ..messages import _
from .parts import Part, listed, read_part
from .refusing import DAMAGED, SIGNED, RefusedError
from .story import OBJECT, Attributes, Grammar, Story, named
from .styles import Style, codes_among

if TYPE_CHECKING:
    from .archive import Archive

_W: Final = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main ", "http://purl.oclc.org/ooxml/wordprocessingml/main ")
# The namespace of text, and the one it has in the strict form of the standard.

_M: Final = ("http://schemas.openxmlformats.org/officeDocument/2006/math ", "http://purl.oclc.org/ooxml/officeDocument/math ")
_MC: Final = ("http://schemas.openxmlformats.org/markup-compatibility/2006 ",)

_TEXT: Final = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml|ms-word)\."
    r"(document|template|footnotes|endnotes|comments|header|footer)\b(?!\.glossary)[\w.]*\+xml"
)
_TYPES: Final = "[Content_Types].xml"
_ORDER: Final = ("document", "template", "footnotes", "endnotes", "comments", "header", "footer")
_STYLES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"


def _value(attributes: Attributes, name: str) -> str:
    """Return an attribute, "" if it is missing."""
    return next((attributes[space + name] for space in _W if space + name in attributes), "")


GRAMMAR: Final = Grammar(
    begins={
        **dict.fromkeys(named(_W, "p"), Story.begin_paragraph),
        **dict.fromkeys(named(_W, "r"), Story.begin_run),
        **dict.fromkeys(named(_W, "t"), Story.begin_text),
        **dict.fromkeys(named(_W, "tab ptab"), lambda story, _: story.sign("\t")),
        **dict.fromkeys(named(_W, "br cr"), lambda story, _: story.sign("\n")),
        **dict.fromkeys(named(_W, "noBreakHyphen"), lambda story, _: story.sign("\u2011")),
        **dict.fromkeys(named(_W, "sym drawing pict object"), lambda story, _: story.sign(OBJECT)),
        **dict.fromkeys(named(_M, "oMath oMathPara"), lambda story, _: story.skip(OBJECT)),
        **dict.fromkeys(named(_W, "del moveFrom tabs pPrChange rPrChange rt"), lambda story, _: story.skip()),
        **dict.fromkeys(named(_W, "pStyle"), lambda story, given: story.see_paragraph_style(_value(given, "val"))),
        **dict.fromkeys(named(_W, "rStyle"), lambda story, given: story.see_run_style(_value(given, "val"))),
        **dict.fromkeys(named(_W, "fldChar"), lambda story, given: story.see_field(_value(given, "fldCharType"))),
        **dict.fromkeys(named(_MC, "Fallback"), Story.begin_twin),
    },
    ends={
        **dict.fromkeys(named(_W, "p"), Story.end_paragraph),
        **dict.fromkeys(named(_W, "r"), Story.end_run),
        **dict.fromkeys(named(_W, "t"), Story.end_text),
        **dict.fromkeys(named(_MC, "Fallback"), Story.end_twin),
    },
    is_mixed=False,
)
"""What is deleted or moved away in tracked changes, commands of fields and formulas are no text. In which language a run is said to be does
not matter: Word takes Latin letters in Ukrainian words for English by itself.
"""


def parts_of(archive: Archive) -> Iterator[Part]:
    """Yield the parts with text, the body first; raise RefusedError for a package that must not be touched."""
    if any(name.startswith("_xmlsignatures/") for name in archive.names):
        raise RefusedError(*SIGNED)
    types = {item.get("PartName").lstrip("/"): item.get("ContentType") for item in listed(archive, _TYPES, "Override")}
    names = {name.lower(): name for name in archive.names}  # in which letters a name is written does not matter
    there = {names[part.lower()]: kind for part, kind in types.items() if part.lower() in names}
    parts = [(_ORDER.index(found[1]), name) for name, kind in there.items() if (found := _TEXT.fullmatch(kind))]
    if not parts:
        raise RefusedError(DAMAGED, _("no part of it is a text of Word"))
    codes = frozenset[str]().union(*(_codes(archive, name) for name, kind in there.items() if kind == _STYLES))
    for _order, name in sorted(parts, key=itemgetter(0)):
        yield read_part(archive, name, GRAMMAR, codes)


def _codes(archive: Archive, name: str) -> frozenset[str]:
    """Return the styles of code."""
    styles: list[Style] = []
    for item in listed(archive, name, "style", "name", "basedOn"):
        value = item.get("val")
        if item.name == "style":
            styles.append(Style(item.get("styleId"), "", ""))
        elif styles and item.name == "name":
            styles[-1] = styles[-1]._replace(name=value)
        elif styles and item.name == "basedOn":
            styles[-1] = styles[-1]._replace(base=value)
    return codes_among(styles)
