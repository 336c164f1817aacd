"""Headings of Markdown and the links to them: the address of a heading is made of its words, so both change together or not at all."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import regex
from markdown_it import MarkdownIt

from .staying import Change, Repaired, Span, rewritten

if TYPE_CHECKING:
    from collections.abc import Collection

    from ... import Edit

_LEFT_OUT = regex.compile(r"[^\p{L}\p{M}\p{N}\p{Pc}\- ]+")
_OWN_NAME = regex.compile(r"\{[^{}]*#([^\s{}]+)[^{}]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where its lines stand."""

    lines: tuple[Span, ...]

    def source(self, text: str, changes: Sequence[Change] = ()) -> str:
        """Return the heading as it is written, with the changes in it."""
        parts = []
        for start, end in self.lines:
            inner = [Change(low - start, high - start, new) for low, high, new in changes if start <= low < end]
            parts.append(rewritten(text[start:end], inner))
        return "\n".join(parts)

    def edits(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """Return those of sorted edits that are made in this heading."""
        first, last = (bisect_left(edits, place, key=lambda edit: edit.start) for place in (self.lines[0][0], self.lines[-1][1]))
        return edits[first:last]


@dataclass(slots=True)
class Links:
    """The links of a document to places in itself: where their fragments stand; and the names that tags give to places."""

    fragments: list[Span] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, fragments: Iterable[Span], names: Iterable[str]) -> None:
        """Take more of them."""
        self.fragments += fragments
        self.names.update(names)


def with_anchors(text: str, found: Repaired, headings: Sequence[Heading], links: Links) -> Repaired:
    """Add the new addresses of repaired headings to what changes. A heading whose address would be that of another one is not repaired."""
    inside = {number: edits for number, heading in enumerate(headings) if (edits := heading.edits(found.edits))}
    if not inside:
        return found
    sources = [heading.source(text) for heading in headings]
    named = [_own_name(source) for source in sources]
    before = [_content(source) for source in sources]
    own_names = links.names.union(name for name in named if name)
    wanted = {unquote(text[start:end]) for start, end in links.fragments}
    after = before.copy()
    for number, edits in inside.items():
        if not named[number]:
            after[number] = _content(headings[number].source(text, [Change(edit.start, edit.end, edit.new) for edit in edits]))
    kept: set[int] = set()
    while clashing := _clashing(before, after, own_names, wanted):
        for number in clashing:
            after[number] = before[number]
            kept.update(edit.start for edit in inside[number])
    addresses = dict(zip(_addresses(before, named), _addresses(after, named), strict=True))
    changes = [change for change in found.changes if change.start not in kept]
    changes += _moved(text, links, addresses, own_names)
    made = tuple(edit for edit in found.edits if edit.start not in kept)
    reviews = [*found.reviews, *(edit for edit in found.edits if edit.start in kept)]
    return replace(found, changes=tuple(sorted(changes)), edits=made, reviews=tuple(sorted(reviews, key=lambda edit: edit.start)))


def _moved(text: str, links: Links, addresses: dict[str, str], own_names: Collection[str]) -> Iterable[Change]:
    """Yield the new fragments of links whose headings have a new address, escaped as the old ones were."""
    for start, end in links.fragments:
        old = text[start:end]
        name = unquote(old)
        new = addresses.get(name) or addresses.get(name.lower())
        if new and name not in own_names and new not in (name, name.lower()):
            yield Change(start, end, quote(new) if "%" in old else new)


def _clashing(before: Sequence[str], after: Sequence[str], own_names: Collection[str], wanted: Collection[str]) -> list[int]:
    """Return the headings that change and must not.

    Another heading, which had another address, would have the same one; or the place of that name is another; or a link means the heading
    by an address that only other programs would give it, which would be lost.
    """
    old, new = [_slug(content) for content in before], [_slug(content) for content in after]
    meant: dict[str, set[str]] = {}
    for one, other in zip(old, new, strict=True):
        meant.setdefault(other, set()).add(one)
    known = set(_numbered(old))
    return [
        number
        for number, (one, other) in enumerate(zip(old, new, strict=True))
        if before[number] != after[number]
        and (
            (one != other and (len(meant[other]) > 1 or other in own_names))
            or any(name in wanted and name not in known for name in _elsewhere(before[number]) - _elsewhere(after[number]))
        )
    ]


def _addresses(contents: Sequence[str], named: Sequence[str]) -> list[str]:
    """Return the address of each heading: its own name, or one that is made of its words."""
    return [name or made for name, made in zip(named, _numbered([_slug(content) for content in contents]), strict=True)]


def _numbered(slugs: Iterable[str]) -> list[str]:
    """Return addresses that differ: those that have been before get a number.

    >>> _numbered(["a", "b", "a", "a"])
    ['a', 'b', 'a-1', 'a-2']
    """
    taken: Counter[str] = Counter()
    found = []
    for slug in slugs:
        name = slug
        while name in taken:
            taken[slug] += 1
            name = f"{slug}-{taken[slug]}"
        taken[name] = 0
        found.append(name)
    return found


def _slug(content: str) -> str:
    """Return what GitHub makes of a heading.

    >>> _slug("Що нового, у v2.0?")
    'що-нового-у-v20'
    """
    return _LEFT_OUT.sub("", content.strip().lower()).replace(" ", "-")


def _elsewhere(content: str) -> set[str]:
    """Return what other programs make of a heading: GitLab, pandoc, Python-Markdown."""
    slug = _slug(content)
    pandoc = regex.sub(r"^[^\p{L}]+", "", regex.sub(r"[^\w\-. ]+", "", content.lower()).replace(" ", "-"))
    plain = unicodedata.normalize("NFKD", content).encode("ascii", "ignore").decode()
    plain = regex.sub(r"[-\s]+", "-", regex.sub(r"[^\w\s-]", "", plain).strip().lower())
    return {regex.sub("-+", "-", slug), pandoc, plain} - {"", slug}


def _own_name(source: str) -> str:
    """Return the name that a heading gives itself, `{#name}`; "" for none."""
    found = _OWN_NAME.search(source)
    return found[1] if found else ""


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _content(source: str) -> str:
    """Return the words of a heading, without what marks them."""
    inline = _parser().parseInline(source)
    words = []
    for token in inline[0].children or [] if inline else []:
        if token.type in ("text", "code_inline", "text_special"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return "".join(words)
