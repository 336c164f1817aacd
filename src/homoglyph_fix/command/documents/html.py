"""HTML: the text between tags is prose, and so are the attributes that people read; all else stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .staying import Repaired, Span, Staying
from .staying import repaired as repaired_around
from .tags import Attribute, Hidden, Tag, Tokens, references, templates

if TYPE_CHECKING:
    from ... import Normalizer

_VERBATIM = frozenset("code pre kbd samp var tt math textarea".split())
# Elements of which the content stays.

_SELF_ENDING = frozenset(("p",))
# Elements that end where the next of their name begins, if nothing has ended them before.

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Elements without content.

_PROSE = frozenset("title alt placeholder label aria-label aria-description aria-placeholder aria-roledescription aria-valuetext".split())
# Attributes that people read.

_BUTTONS = frozenset(("submit", "button", "reset"))
# Types of input whose value is what stands on a button.

_DESCRIBING = frozenset(
    "description keywords og:title og:description og:site_name og:image:alt twitter:title twitter:description twitter:image:alt".split()
)
# What `<meta name>` or `<meta property>` are called whose content is prose.


@dataclass(frozen=True, slots=True)
class Page(Staying):
    """What stays of a page; the names of its places, and where the fragments stand of links to such."""

    names: Sequence[str] = ()
    fragments: Sequence[Span] = ()


def repaired(normalizer: Normalizer, text: str, *, tell: bool) -> Repaired:
    """Repair the prose of a page."""
    return repaired_around(normalizer, text, staying(text, 0, len(text)), tell=tell)


def staying(text: str, start: int, end: int) -> Page:
    """Return what stays between two places of a text."""
    names: list[str] = []
    fragments: list[Span] = []
    spans: list[Span] = [*references(text, start, end), *templates(text, start, end)]
    quoted: list[Span] = []
    element = Element()
    for token in Tokens(text).read(start, end):
        if isinstance(token, Hidden):
            spans.append((token.start, token.end))
            continue
        if token.attributes:
            its_names, fragment = ids_of(token)
            names += its_names
            fragments += [fragment] if fragment else []
        prose = [] if element.is_open else prose_of(token)
        done = token.start
        for attribute in prose:
            spans.append((done, attribute.span[0]))
            if attribute.quote != '"':
                quoted.append(attribute.span)
            done = attribute.span[1]
        spans.append((done, token.end))
        if (begin := element.take(token)) is not None:
            spans.append((begin, token.start))
    if element.is_open:
        spans.append((element.begin, end))
    return Page(spans, quoted=quoted, names=names, fragments=fragments)


class Element:
    """The element at hand whose content stays: where it begins, and how many of its name are open in it."""

    def __init__(self) -> None:
        self.begin = 0
        self._name = ""
        self._depth = 0

    @property
    def is_open(self) -> bool:
        """Tell whether there is one."""
        return self._depth > 0

    def take(self, tag: Tag) -> int | None:
        """Take the next tag; return where the content begins that ends before it, None if none does."""
        if self.is_open:
            if tag.name != self._name:
                return None
            self._depth += -1 if tag.closes or tag.name in _SELF_ENDING else 1
            if self.is_open:
                return None
            begin = self.begin
            self._open(tag)
            return begin
        self._open(tag)
        return None

    def _open(self, tag: Tag) -> None:
        """Begin with this tag, if what it opens stays."""
        if not tag.closes and tag.name not in _VOID and stays_inside(tag):
            self.begin, self._name, self._depth = tag.end, tag.name, 1


def ids_of(tag: Tag) -> tuple[list[str], Span | None]:
    """Return the names that a tag gives to its place, and where the fragment stands if it is a link to a place of the same page."""
    names = [value for key in ("id", "name") if (value := tag.value(key))]
    link = next((attribute for attribute in tag.attributes if attribute.name == "href"), None)
    is_inner = link is not None and len(link.value) > 1 and link.value.startswith("#")
    return names, (link.span[0] + 1, link.span[1]) if link and is_inner else None


def stays_inside(tag: Tag) -> bool:
    """Tell whether the content of an element stays."""
    return tag.name in _VERBATIM or _is_foreign(tag)


def _is_foreign(tag: Tag) -> bool:
    """Tell whether an element with all its attributes is not to be translated, or is in another language.

    The language of the page itself is not asked: most templates say `<html lang="en">` whatever they hold.
    """
    if not tag.attributes:
        return False
    if (tag.value("translate") or "").lower() == "no":
        return True
    language = tag.value("lang") or tag.value("xml:lang") or "uk"
    return tag.name not in ("html", "body") and language.partition("-")[0].lower() not in ("uk", "und")


def prose_of(tag: Tag) -> list[Attribute]:
    """Return the attributes of a tag that people read."""
    if not tag.attributes or _is_foreign(tag):
        return []
    if tag.name == "meta":
        about = tag.value("name") or tag.value("property") or ""
        seen = frozenset(("content",)) if about.lower() in _DESCRIBING else frozenset[str]()
    elif tag.name == "input" and (tag.value("type") or "").lower() in _BUTTONS:
        seen = _PROSE | {"value"}
    else:
        seen = _PROSE
    return [attribute for attribute in tag.attributes if attribute.name in seen]
