"""Markdown: paragraphs, headings and cells of tables are prose; code, addresses, labels and the head of the file stay.

Blocks are told by markdown-it-py, which gives the lines of each. What stands in a block is told by `inline`, since no parser for Python
tells places there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from . import html
from .anchors import Heading, Links, with_anchors
from .front_matter import FrontMatter
from .inline import Inline
from .staying import Repaired, Span, Staying, joined, others
from .staying import repaired as repaired_around

if TYPE_CHECKING:
    from markdown_it.token import Token

    from ... import Normalizer

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CELL = re.compile(r"(?:[^|\\]|\\.|\\\Z)+")
_FRAGMENT = re.compile(r"\]:[ \t]*(?:\r?\n|\r)?[ \t]*<?#([^\s>]+)")
_DEEPEST = 100
# Blocks within blocks, such as lists within lists; deeper ones stay.


def repaired(normalizer: Normalizer, text: str, *, tell: bool) -> Repaired:
    """Repair the prose of a document, and with its headings the links to them."""
    page = _Page(text)
    found = repaired_around(normalizer, text, page.staying(), tell=tell)
    return with_anchors(text, found, page.headings, page.links)


@cache
def _parser() -> MarkdownIt:
    """Return a parser of CommonMark with tables that looks at blocks only."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@dataclass(slots=True)
class _Page:
    """A document: its lines, its headings, the links within it, and what stays of its prose."""

    text: str
    headings: list[Heading] = field(default_factory=list)
    links: Links = field(default_factory=Links)

    def staying(self) -> Staying:
        """Return what stays: within prose what `inline` finds, of lines without prose all."""
        lines = [found.span() for found in _LINE.finditer(self.text)]
        front = FrontMatter(self.text)
        body = front.end
        start = body if front.end or not self.text.startswith("\ufeff") else 1
        blank = "\n" * sum(end <= body for _, end in lines) if body else ""
        environment: dict[str, dict[str, dict[str, list[int]]]] = {}
        tokens = _parser().parse(blank + self.text[start:], environment)
        references = environment.get("references", {})
        spans, quoted = [*front.spans], [*front.quoted]
        read: list[Span] = [(0, body)]  # what has been looked at
        seen: list[Span] = []  # lines that have prose
        for found in self._proses(tokens, lines):
            inline = Inline(found, references.keys())
            spans += inline.spans
            quoted += inline.quoted
            self.links.add(inline.fragments, inline.names)
            read += found.lines
            seen += [lines[number] for number in found.numbers]
        for token in tokens:
            if token.type == "html_block" and token.map:
                low, high = lines[token.map[0]][0], lines[token.map[1] - 1][1]
                page = html.staying(self.text, low, high)
                spans += page.spans
                quoted += page.quoted
                self.links.add(page.fragments, page.names)
                read.append((low, high))
        for reference in references.values():
            first, last = reference["map"]
            self.links.add([found.span(1) for found in _FRAGMENT.finditer(self.text, lines[first][0], lines[last - 1][1])], [])
        size = len(self.text)
        spans += others(joined([*read, *seen]), 0, size)
        return Staying(spans, others(joined(read), 0, size), quoted)

    def _proses(self, tokens: list[Token], lines: list[Span]) -> Iterator[Prose]:
        """Yield what is prose, block for block; and note the headings."""
        is_row = False
        for number, token in enumerate(tokens):
            is_row = token.type == "tr_open" or (is_row and token.type != "tr_close")
            if token.type == "tr_open" and token.map:
                yield from _cells(self.text, lines, token.map[0])
            elif token.type == "inline" and token.map and not is_row:
                found = _prose(self.text, lines, token)
                if found.lines and tokens[number - 1].type == "heading_open":
                    self.headings.append(Heading(found.lines))
                yield found


@dataclass(frozen=True, slots=True)
class Prose:
    """A part of a document that is read in one go: where its lines stand, without what marks them as lines of a list or a quotation."""

    source: str
    numbers: tuple[int, ...]
    lines: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Return the lines, joined by line ends."""
        return "\n".join(self.source[start:end] for start, end in self.lines)


def _prose(text: str, lines: list[Span], token: Token) -> Prose:
    """Find the lines of a block in the source; one that is not there, whatever the reason, is not prose."""
    numbers, spans = [], []
    for number, line in enumerate(token.content.split("\n"), (token.map or [0])[0]):
        start, end = lines[number] if number < len(lines) else (0, 0)
        content = line.strip()
        at = text[start:end].replace("\0", "\ufffd").rfind(content)
        if content and at >= 0:
            numbers.append(number)
            spans.append((start + at, start + at + len(content)))
    return Prose(text, tuple(numbers), tuple(spans))


def _cells(text: str, lines: list[Span], number: int) -> Iterator[Prose]:
    """Yield the cells of a row of a table."""
    start, end = lines[number]
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    for found in _CELL.finditer(text, start, end):
        yield Prose(text, (number,), (found.span(),))
