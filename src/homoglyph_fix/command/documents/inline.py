"""What stands within a paragraph of Markdown: code, addresses, labels, tags; read once from left to right.

A search for the end of something goes no further than `_REACH`, so the time grows with the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable
from itertools import accumulate
from typing import NamedTuple, Protocol

from markdown_it.common.utils import normalizeReference

from .html import Element, ids_of, prose_of
from .staying import Span
from .tags import Hidden, Tag, Tokens, references

_REACH = 2000
# Code points between the beginning and the end of a tag, an address, a label, a template.

_DEEPEST = 32
# Brackets within brackets of an address.

_MARKS = re.compile(r"[\\`<\[\]{$]")
_BACKQUOTES = re.compile("`+")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,64}@[^\s<>]{1,255})>")
_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:@][A-Za-z0-9_.:@-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>|<[!?]"
)
# What may be a tag within a line. HTML by itself is less strict.

_ATTRIBUTES = re.compile(r"\{[#.:=][^{}\n]{0,500}\}")
_TEMPLATES = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("$$", "$$"))
_BLANK = re.compile(r"[ \t\n]*")
_POINTED = re.compile(r"<(?:[^<>\\\n]|\\.)*>")
_TITLES = {
    mark: re.compile(pattern)
    for mark, pattern in (('"', r'"((?:[^"\\]|\\.)*)"'), ("'", r"'((?:[^'\\]|\\.)*)'"), ("(", r"\(((?:[^()\\]|\\.)*)\)"))
}
_PLAIN = re.compile(r"[^\s()\\<\x00-\x1f][^\s()\\\x00-\x1f]*|[^\s()\\\x00-\x1f]+")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_WIKI = re.compile(r"\[\[([^\[\]|\n]{1,500})(?:\|[^\[\]\n]{0,500})?\]\]")
_APOSTROPHE = re.compile(r"(?<=[бпвмфгґкхжчшрнлдтзсБПВМФГҐКХЖЧШРНЛДТЗС])`(?=[яюєїЯЮЄЇ])")
# A back-quote typed for an apostrophe, which the words decide about; it begins no code.


class Text(Protocol):
    """A part of a document that is read in one go."""

    @property
    def text(self) -> str:
        """The lines, joined by line ends."""

    @property
    def lines(self) -> tuple[Span, ...]:
        """Where the lines stand in the document."""


class _Tail(NamedTuple):
    """What stands in brackets behind the text of a link: the address, the title with its quote, and where the brackets end."""

    address: Span
    title: Span
    quote: str
    end: int


class Inline:
    """What stays of a paragraph, by its places in the document; the fragments of links within it, and the names that its tags give."""

    def __init__(self, prose: Text, labels: Container[str]) -> None:
        self._text = prose.text
        self._lines = prose.lines
        self._starts = list(accumulate((end - start + 1 for start, end in prose.lines), initial=0))
        self._labels = labels
        self._tokens = Tokens(self._text)
        self._element = Element()
        self._open: list[int] = []
        self._runs: dict[int, list[int]] | None = None
        self.spans: list[Span] = []
        self.quoted: list[Span] = []
        self.fragments: list[Span] = []
        self.names: list[str] = []
        self._read()

    def _read(self) -> None:
        """Read from left to right."""
        text, at = self._text, 0
        self._stay(references(text, 0, len(text)))
        readers = {"`": self._code, "<": self._tag, "[": self._bracket, "]": self._link, "{": self._template, "$": self._template}
        while found := _MARKS.search(text, at):
            at = found.start()
            mark = found[0]
            at = at + 2 if mark == "\\" else readers[mark](at)
        if self._element.is_open:
            self._stay([(self._element.begin, len(text))])

    def _stay(self, spans: Iterable[Span]) -> None:
        for span in spans:
            self.spans += self._placed(*span)

    def _placed(self, start: int, end: int) -> list[Span]:
        """Return where a part of the text stands in the document, line for line."""
        found = []
        for number in range(max(0, bisect_right(self._starts, start) - 1), len(self._lines)):
            first = self._starts[number]
            if first >= end:
                break
            low, high = self._lines[number]
            span = low + max(0, start - first), min(high, low + end - first)
            if span[0] < span[1]:
                found.append(span)
        return found

    def _code(self, at: int) -> int:
        """Read code in back-quotes: it ends at a run of as many; if there is none, they are only characters."""
        text = self._text
        if _APOSTROPHE.match(text, at):
            return at + 1
        if self._runs is None:
            self._runs = {}
            for run in _BACKQUOTES.finditer(text):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        end = at
        while end < len(text) and text[end] == "`":
            end += 1
        places = self._runs.get(end - at, [])
        number = bisect_left(places, end)
        if number == len(places):
            return end
        close = places[number] + end - at
        self._stay([(at, close)])
        return close

    def _tag(self, at: int) -> int:
        """Read an address in angle brackets, a tag or a comment; what is not closed is only a character."""
        text = self._text
        if link := _AUTOLINK.match(text, at, at + _REACH):
            self._stay([link.span()])
            return link.end()
        if not _TAG.match(text, at, at + _REACH):
            return at + 1
        found = self._tokens.what_at(at, min(len(text), at + _REACH))
        if isinstance(found, Hidden) and text[at + 1] in "!?" and text[found.end - 1] == ">":
            self._stay([(found.start, found.end)])
            return found.end
        if not isinstance(found, Tag):
            return at + 1
        done = at
        for attribute in () if self._element.is_open else prose_of(found):
            self._stay([(done, attribute.span[0])])
            if attribute.quote != '"':
                self.quoted += self._placed(*attribute.span)
            done = attribute.span[1]
        self._stay([(done, found.end)])
        names, fragment = ids_of(found)
        self.names += names
        if fragment:
            self.fragments += self._placed(*fragment)
        if (begin := self._element.take(found)) is not None:
            self._stay([(begin, at)])
        return found.end

    def _bracket(self, at: int) -> int:
        """Read a bracket that may open the text of a link, a link of a wiki, or a note."""
        text = self._text
        found = _WIKI.match(text, at) or (_LABEL.match(text, at) if text.startswith("[^", at) else None)
        if found:
            self._stay([found.span(1)])
        self._open.append(at)
        return at + 1

    def _link(self, at: int) -> int:
        """Read what follows the text of a link: its address, its label, or nothing, if the text is the label."""
        text = self._text
        if not self._open:
            return at + 1
        start = self._open.pop() + 1
        tail = self._tail(at + 1) if text.startswith("(", at + 1) else None
        if tail:
            self._stay([tail.address])
            address = text[slice(*tail.address)].lstrip("<")
            if address.startswith("#"):
                low = text.index("#", tail.address[0]) + 1
                self.fragments += self._placed(low, tail.address[1] - text[slice(*tail.address)].endswith(">"))
            if tail.quote == "'":
                self.quoted += self._placed(*tail.title)
            return tail.end
        label = _LABEL.match(text, at + 1)
        if label and label[1].strip():
            self._stay([label.span(1)])
            return label.end() if normalizeReference(label[1]) in self._labels else at + 1
        if at - start < _REACH and normalizeReference(text[start:at]) in self._labels:
            self._stay([(start, at)])
        return label.end() if label else at + 1

    def _tail(self, at: int) -> _Tail | None:
        """Read the address and the title of a link in brackets, None if that is something else."""
        text = self._text
        start = _BLANK.match(text, at + 1).end()  # type: ignore[union-attr]  # it matches nothing as well
        end = self._end_of_address(start)
        if end is None:
            return None
        behind = _BLANK.match(text, end).end()  # type: ignore[union-attr]
        title, quote = (behind, behind), text[behind : behind + 1]
        if behind > end and quote in _TITLES:
            found = _TITLES[quote].match(text, behind, behind + _REACH)
            if found is None:
                return None
            title = found.span(1)
            behind = _BLANK.match(text, found.end()).end()  # type: ignore[union-attr]
        return _Tail((start, end), title, quote, behind + 1) if text.startswith(")", behind) else None

    def _end_of_address(self, at: int) -> int | None:
        """Return where the address of a link ends: at white space or at a bracket that it has not opened."""
        text = self._text
        if text.startswith("<", at):
            found = _POINTED.match(text, at, at + _REACH)
            return found.end() if found else None
        depth, limit = 0, at + _REACH
        while at < len(text):
            char = text[at]
            if plain := _PLAIN.match(text, at, limit):
                at = plain.end()
            elif char == "\\":
                at += 2
            elif char == "(" and depth < _DEEPEST:
                depth, at = depth + 1, at + 1
            elif char == ")" and depth:
                depth, at = depth - 1, at + 1
            else:
                break
            if at > limit:
                return None
        return None if depth or at > len(text) else at

    def _template(self, at: int) -> int:
        """Read a template, a formula of its own, or the attributes of a heading."""
        text = self._text
        for opening, closing in _TEMPLATES:
            if text.startswith(opening, at):
                end = text.find(closing, at + 2, at + _REACH)
                if end >= 0:
                    self._stay([(at, end + 2)])
                    return end + 2
        if found := _ATTRIBUTES.match(text, at):
            self._stay([found.span()])
            return found.end()
        return at + 1
