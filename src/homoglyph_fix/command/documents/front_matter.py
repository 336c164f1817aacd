"""The head of a Markdown file, in YAML or TOML: keys stay, and so do values that name something; titles and sentences are prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .staying import Span, others

_OPENING = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_YAML = re.compile(r"""([ ]*(?:-[ ]+)?)(?:"([^"]*)"|'([^']*)'|([^\s#"'\[\]{}&*!|>%@`:,-][^:#]{0,200}?))[ ]*:(?:[ \t]+|\Z)""")
_TOML = re.compile(r"""([ \t]*)(?:"([^"]*)"|'([^']*)'|([\w.-]+))[ \t]*=[ \t]*""")
_ITEM = re.compile(r"[ ]*-[ ]+")
_VALUE = re.compile(
    r""""(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^']|'')*)'|(?P<plain>[^\s"'\[\]{}&*!|>%@`#].*?)(?=[ \t]*(?:[ ]#|\Z))"""
)
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}[ \t]*(?:#.*)?")

_PROSE = frozenset(
    "title subtitle short_title shorttitle linktitle menutitle headline heading name label description summary subject abstract excerpt "
    "lead intro teaser tagline caption alt note notes quote question answer text message".split()
)
# Keys whose values are prose, in small letters.

_NAMES = frozenset(
    "slug permalink alias aliases url urls path paths link links href file files layout template type id ids uid key tag tags category "
    "categories series keyword keywords image images cover icon date lang language locale menu parent weight ref refs redirect "
    "redirect_from redirect_to bibliography csl output format engine theme class css js".split()
)
# Keys whose values name something, even if there is white space in them. Behind all others a value is prose if there is.


class _Value(NamedTuple):
    """A value that is prose, and its quote, "" for none."""

    span: Span
    quote: str


class FrontMatter:
    """The head of a file: where it ends, 0 if there is none, what of it stays, and which prose stands in single quotes."""

    def __init__(self, text: str) -> None:
        self.end = 0
        self.spans: list[Span] = []
        self.quoted: list[Span] = []
        opening = _OPENING.match(text)
        lines = _lines(text, opening) if opening else None
        if opening is None or lines is None:
            return
        rows, self.end = lines
        values = list(_yaml(text, rows) if opening[1] == "---" else _toml(text, rows))
        self.spans = others([value.span for value in values], 0, self.end)
        self.quoted = [value.span for value in values if value.quote == "'"]


def _lines(text: str, opening: re.Match[str]) -> tuple[list[Span], int] | None:
    """Return where the lines of a head stand, without their ends, and where it ends; None if it is not closed."""
    ends = ("---", "...") if opening[1] == "---" else (opening[1],)
    rows: list[Span] = []
    at = opening.end()
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None:
            break
        if line[1].rstrip() in ends:
            return rows, line.end()
        rows.append(line.span(1))
        at = line.end()
    return None


def _yaml(text: str, rows: list[Span]) -> Iterator[_Value]:
    """Yield the prose of YAML: values behind their keys, items of lists, and the lines of blocks."""
    key, depth, in_block = "", -1, False
    for start, end in rows:
        line = text[start:end]
        indent = len(line) - len(line.lstrip(" "))
        if in_block and line.strip() and indent > depth:
            if _is_prose(key, line):
                yield _Value((start + indent, end), "")
            continue
        in_block = in_block and not line.strip()
        if found := _YAML.match(line):
            key, depth, at = found[2] or found[3] or found[4], len(found[1]), found.end()
            in_block = _BLOCK.fullmatch(line, at) is not None
        elif found := _ITEM.match(line):
            at = found.end()
        else:
            continue
        yield from _value(key, line, start, at)


def _toml(text: str, rows: list[Span]) -> Iterator[_Value]:
    """Yield the prose of TOML: strings of one line behind their keys."""
    closing = ""
    for start, end in rows:
        line = text[start:end]
        if closing:
            closing = "" if closing in line else closing
        elif found := _TOML.match(line):
            closing = next((mark for mark in ('"""', "'''") if line.startswith(mark, found.end()) and line.count(mark) == 1), "")
            if line[found.end() : found.end() + 1] in ('"', "'") and line[found.end() : found.end() + 3] not in ('"""', "'''"):
                yield from _value(found[2] or found[3] or found[4], line, start, found.end())


def _value(key: str, line: str, start: int, at: int) -> Iterator[_Value]:
    """Yield the value that begins at a place of a line, if it is prose; a list or a map in brackets is not."""
    found = _VALUE.match(line, at)
    if found and found.lastgroup and _is_prose(key, found[found.lastgroup]):
        low, high = found.span(found.lastgroup)
        yield _Value((start + low, start + high), {"double": '"', "single": "'"}.get(found.lastgroup, ""))


def _is_prose(key: str, value: str) -> bool:
    """Tell whether a value is prose."""
    key = key.strip().lower().replace("-", "_")
    return key in _PROSE or (key not in _NAMES and len(value.split()) > 1)
