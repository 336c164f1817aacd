"""OpenDocument text: which parts of a package have text, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..messages import _
from .elements import Element
from .parts import Part, listed, read_part
from .refusing import DAMAGED, ENCRYPTED, SIGNED, RefusedError
from .story import OBJECT, Attributes, Grammar, Story, named
from .styles import Style, codes_among

if TYPE_CHECKING:
    from .archive import Archive

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT: Final = f"{_ODF}text:1.0 "
_PARTS: Final = ("content.xml", "styles.xml")
_MANIFEST: Final = "META-INF/manifest.xml"

_MOST_SPACES: Final = 1000
# Spaces that one element may stand for: no line has more.

_SHAPES: Final = "a caption circle connector control custom-shape ellipse frame g line measure path polygon polyline rect regular-polygon"


def _begin_paragraph(story: Story, given: Attributes) -> None:
    """Begin a paragraph with its style."""
    story.begin_paragraph()
    story.see_paragraph_style(given.get(f"{_TEXT}style-name", ""))


def _begin_span(story: Story, given: Attributes) -> None:
    """Begin letters of one look, or pass over code."""
    if given.get(f"{_TEXT}style-name", "") in story.codes:
        story.skip(OBJECT)


def _spaces(story: Story, given: Attributes) -> None:
    """Take several spaces, which are one element."""
    count = given.get(f"{_TEXT}c", "1")
    story.sign(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))


def _begin_shape(story: Story, _: Attributes) -> None:
    """Begin a picture, which may hold text of its own."""
    story.sign(OBJECT)
    story.begin_aside()


_ASIDES: Final = [*named([_TEXT], "note"), *named([f"{_ODF}office:1.0 "], "annotation")]
_SHAPE: Final = named([f"{_ODF}drawing:1.0 "], _SHAPES)

GRAMMAR: Final = Grammar(
    begins={
        **dict.fromkeys(named([_TEXT], "p h"), _begin_paragraph),
        **dict.fromkeys(named([_TEXT], "span"), _begin_span),
        **dict.fromkeys(named([_TEXT], "s"), _spaces),
        **dict.fromkeys(named([_TEXT], "tab"), lambda story, _: story.sign("\t")),
        **dict.fromkeys(named([_TEXT], "line-break"), lambda story, _: story.sign("\n")),
        **dict.fromkeys(named([_TEXT], "tracked-changes ruby-text script"), lambda story, _: story.skip()),
        **dict.fromkeys(_ASIDES, Story.begin_aside),
        **dict.fromkeys(_SHAPE, _begin_shape),
    },
    ends=dict.fromkeys([*named([_TEXT], "p h"), *_ASIDES, *_SHAPE], Story.end_aside),
    is_mixed=True,
)
"""What is deleted in tracked changes stands aside. Notes and comments are texts of their own."""


def parts_of(archive: Archive) -> Iterator[Part]:
    """Yield the parts with text, the body first; raise RefusedError for a package that must not be touched."""
    if "META-INF/documentsignatures.xml" in archive.names:
        raise RefusedError(*SIGNED)
    if _MANIFEST in archive.names and listed(archive, _MANIFEST, "encryption-data"):
        raise RefusedError(*ENCRYPTED)
    if _PARTS[0] not in archive.names:
        raise RefusedError(DAMAGED, _("{name} is missing").format(name=_PARTS[0]))
    names = [name for name in _PARTS if name in archive.names]
    codes = codes_among(_style(item) for name in names for item in listed(archive, name, "style"))
    for name in names:
        yield read_part(archive, name, GRAMMAR, codes)


def _style(item: Element) -> Style:
    """Return a style; what people see of its name is left out where it is the name itself."""
    return Style(item.get("name"), item.get("display-name") or item.get("name").replace("_20_", " "), item.get("parent-style-name"))
