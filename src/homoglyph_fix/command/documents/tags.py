"""Where tags, comments and references of HTML begin and end, as the standard of HTML has browsers read them; whatever the text.

Every text is read: what is no tag is text, and what is not closed goes on to the end. No search starts twice at the same place for the
same end, so the time grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .staying import Span


class Attribute(NamedTuple):
    """An attribute: its name in small letters, its value as it is written and where that stands, and its quote, "" for none."""

    name: str
    value: str
    span: Span
    quote: str


class Tag(NamedTuple):
    """A tag: its name in small letters, where it stands, what kind it is, and its attributes."""

    name: str
    start: int
    end: int
    closes: bool = False
    is_empty: bool = False
    attributes: tuple[Attribute, ...] = ()

    def value(self, name: str) -> str | None:
        """Return the value of the first attribute of a name, as browsers do; None if there is none."""
        return next((attribute.value for attribute in self.attributes if attribute.name == name), None)


class Hidden(NamedTuple):
    """What nobody sees: a comment, a declaration, an instruction, the content of a script."""

    start: int
    end: int


_NAME = re.compile(r"</?([A-Za-z][^\s/>\x00]*)")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?""")
_EQUALS = re.compile(r"\s*=\s*")
_REST = re.compile(r"[\s/]*")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")

_TEMPLATE = re.compile(r"\{[{%#]|<[%?]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>", "<?": "?>"}
_LONGEST = 2000  # code points within a template

_RAW = frozenset("script style xmp iframe noembed noframes textarea title".split())
# Elements whose content has no tags in it but their own end.

_SEEN = frozenset(("title",))
# Of those the ones of which people read the content.


class Tokens:
    """Reads a text from left to right; `what_at` finds what begins at a `<`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: dict[str, int] = {}

    def read(self, start: int, end: int) -> Iterator[Tag | Hidden]:
        """Yield the tags and what is hidden between two places, in order."""
        at = self._text.find("<", start, end)
        while at >= 0:
            found = self.what_at(at, end)
            after = found.end if found else at + 1
            if found:
                yield found
            if isinstance(found, Tag) and not found.closes and found.name in _RAW:
                close = self.end_of_raw(found.name, found.end, end)
                if found.name not in _SEEN:
                    yield Hidden(found.end, close)
                if found.name not in _SEEN or close < end:  # a title that is not closed would be all of the page
                    after = close
            at = self._text.find("<", after, end)

    def what_at(self, at: int, end: int) -> Tag | Hidden | None:
        """Return the tag or the comment that begins at a `<`; None if that is only a character. `end` is where the text ends."""
        mark = self._text[at + 1 : at + 2]
        if mark in ("!", "?"):
            return Hidden(at, self._end_of_hidden(at, end))
        name = _NAME.match(self._text, at, end)
        if name:
            return self._tag(name, end)
        if mark == "/" and at + 2 < end:  # `</3`: browsers hide it as they hide a comment
            return Hidden(at, self._after(">", at, end)) if self._text[at + 2] != ">" else Hidden(at, at + 3)
        return None

    def _tag(self, name: re.Match[str], end: int) -> Tag | Hidden:
        """Read the attributes of a tag; a tag that is not closed hides all that follows it."""
        text, at = self._text, name.end()
        attributes: list[Attribute] = []
        while True:
            found = _ATTRIBUTE.match(text, at, end)
            if found is None:
                break
            group = found.lastindex or 1
            if group > 1:
                attributes.append(Attribute(found[1].lower(), found[group], found.span(group), ("", "", '"', "'", "")[group]))
                at = found.end()
            else:
                at = self._after_odd_value(found.end(), end)
                attributes.append(Attribute(found[1].lower(), "", (at, at), ""))
        at = (_REST.match(text, at, end) or found).end()  # type: ignore[union-attr]  # it matches nothing as well
        if at >= end:
            return Hidden(name.start(), end)
        is_end = text[name.start() + 1] == "/"
        return Tag(name[1].lower(), name.start(), at + 1, is_end, text[at - 1] == "/", () if is_end else tuple(attributes))

    def _after_odd_value(self, at: int, end: int) -> int:
        """Return where an attribute ends behind its name: there, or behind a quote that is not closed, or behind a lone `=`."""
        equals = _EQUALS.match(self._text, at, end)
        if equals is None:
            return at
        if self._text[equals.end() : equals.end() + 1] in ('"', "'") and equals.end() < end:
            return end
        return equals.end()

    def _end_of_hidden(self, at: int, end: int) -> int:
        """Return where a comment, a declaration or an instruction ends."""
        text = self._text
        if text.startswith(("<!-->", "<!--->"), at):
            return text.index(">", at) + 1
        if text.startswith("<!--", at):
            found = [self._after(close, at + 4, end) for close in ("-->", "--!>")]
            return min(found)
        for opening, close in (("<![CDATA[", "]]>"), ("<?", "?>")):
            if text.startswith(opening, at) and text.endswith(close, at, after := self._after(close, at, end)):
                return after
        return self._after(">", at, end)

    def end_of_raw(self, name: str, at: int, end: int) -> int:
        """Return where the content of a raw element ends: at its end tag."""
        key = f"</{name}"
        if self._missing.get(key, end + 1) <= at:
            return end
        found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._text, at, end)
        if found is None:
            self._missing[key] = at
            return end
        return found.start()

    def _after(self, mark: str, at: int, end: int) -> int:
        """Return the place behind a mark, the end of the text if there is none."""
        if self._missing.get(mark, end + 1) <= at:
            return end
        found = self._text.find(mark, at, end)
        if found < 0:
            self._missing[mark] = at
            return end
        return found + len(mark)


def references(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield where references to characters stand: `&laquo;`, `&#1086;`."""
    if text.find("&", start, end) >= 0:
        yield from (found.span() for found in _REFERENCE.finditer(text, start, end))


def templates(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what a program fills in before the page is shown, of Jinja, Vue, ERB and their like."""
    done = start
    while opening := _TEMPLATE.search(text, done, end):
        close = text.find(_CLOSING[opening[0]], opening.end(), min(end, opening.end() + _LONGEST))
        done = opening.end() if close < 0 else close + len("}}")
        if close >= 0:
            yield opening.start(), done
