"""EPUB: which parts of a package have text, and how they are written."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urldefrag

from ..messages import _
from .parts import Part, listed, read_part
from .refusing import DAMAGED, ENCRYPTED, SIGNED, RefusedError
from .story import OBJECT, Attributes, Grammar, Story, named

if TYPE_CHECKING:
    from .archive import Archive

_XHTML: Final = ("http://www.w3.org/1999/xhtml ", "")
# The namespace of XHTML, which old books leave out.

_NCX: Final = ("http://www.daisy.org/z3986/2005/ncx/ ", "")

_BLOCKS: Final = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html legend li main nav ol optgroup option p
    section summary table tbody td tfoot th thead title tr ul
"""
_OBJECTS: Final = "audio canvas code embed iframe img input kbd object pre samp script style svg textarea tt var video"
_EPUB_TYPE: Final = "http://www.idpf.org/2007/ops type"
_FOREIGN: Final = ["http://www.w3.org/2000/svg svg", "http://www.w3.org/1998/Math/MathML math"]


def _begin_link(story: Story, given: Attributes) -> None:
    """Pass over the number of a note, if it is said to be one."""
    if "noteref" in given.get(_EPUB_TYPE, "").split() or given.get("role") == "doc-noteref":
        story.skip()
    else:
        story.begin_mark()


GRAMMAR: Final = Grammar(
    begins={
        **dict.fromkeys(named(_XHTML, _BLOCKS), Story.begin_paragraph),
        **dict.fromkeys(named(_XHTML, "br hr"), lambda story, _: story.sign("\n")),
        **dict.fromkeys([*named(_XHTML, _OBJECTS), *_FOREIGN], lambda story, _: story.skip(OBJECT)),
        **dict.fromkeys(named(_XHTML, "rt rp"), lambda story, _: story.skip()),
        **dict.fromkeys(named(_XHTML, "a"), _begin_link),
        **dict.fromkeys(named(_XHTML, "sup"), Story.begin_mark),
    },
    ends={
        **dict.fromkeys(named(_XHTML, _BLOCKS), Story.end_paragraph),
        **dict.fromkeys(named(_XHTML, "a sup"), Story.end_mark),
    },
    is_mixed=True,
    between="\n",
)
"""Code, scripts, pictures and formulas stay; attributes do too."""

CONTENTS: Final = Grammar(
    begins=dict.fromkeys(named(_NCX, "text"), Story.begin_paragraph),
    ends=dict.fromkeys(named(_NCX, "text"), Story.end_paragraph),
    is_mixed=True,
)
"""The titles in the table of contents of EPUB 2."""

_GRAMMARS: Final = {"application/xhtml+xml": GRAMMAR, "application/x-dtbncx+xml": CONTENTS}


def parts_of(archive: Archive) -> Iterator[Part]:
    """Yield the parts with text in the order of the book; raise RefusedError for a package that must not be touched."""
    if "META-INF/signatures.xml" in archive.names:
        raise RefusedError(*SIGNED)
    locked = _locked(archive)
    for name, grammar in _listed_parts(archive).items():
        if name in locked:
            raise RefusedError(*ENCRYPTED)
        yield read_part(archive, name, grammar)


def _locked(archive: Archive) -> set[str]:
    """Return the names of encrypted members: in most books with any these are fonts alone."""
    name = "META-INF/encryption.xml"
    items = listed(archive, name, "CipherReference") if name in archive.names else []
    return {unquote(item.get("URI")) for item in items}


def _listed_parts(archive: Archive) -> dict[str, Grammar]:
    """Return the parts that the book lists and that are there: the chapters as they are read, then all others."""
    found: dict[str, Grammar] = {}
    for root in listed(archive, "META-INF/container.xml", "rootfile"):
        book = unquote(root.get("full-path"))
        items = listed(archive, book, "item", "itemref")
        files = {item.get("id"): item for item in items if item.name == "item"}
        order = [item.get("idref") for item in items if item.name == "itemref" and item.get("idref") in files]
        for key in dict.fromkeys([*order, *files]):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(book), unquote(urldefrag(files[key].get("href")).url)))
            if name in archive.names and files[key].get("media-type") in _GRAMMARS:
                found.setdefault(name, _GRAMMARS[files[key].get("media-type")])
    if not found:
        raise RefusedError(DAMAGED, _("it lists no chapter"))
    return found
