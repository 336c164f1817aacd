"""A text of which some spans stay: the others are repaired as if shielded characters stood in the spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from ... import Edit, Normalizer

Span = tuple[int, int]
"""A part of a text, half-open, in code points."""

FILLER: Final = "="
"""What stands for characters that stay.

It is no letter, opens no shield, and looks from outside as shielded characters do: a mark of formulas and code. White space would part
words that a tag joins, `*` and `"` may pass for apostrophes, and an address would go on over a letter.
"""

_LINE: Final = re.compile(r"[^\r\n]+")
_OWN_MARK: Final = re.compile(r"homoglyph-fix: *[a-z-]+")
# What people write for this program itself, in a comment of whatever kind.


@dataclass(frozen=True, slots=True)
class Staying:
    """The spans of a text that stay, in whatever order.

    Those of `shown` stay as well, but are seen by the words beside them: marks of lists, of quotations. In those of `quoted` no `'` may be
    put: there it would end a string. The marks of `edges` are seen at the edges of a span: an address ends there, and the word behind a
    tag is known for a part of a word.
    """

    spans: Sequence[Span]
    shown: Sequence[Span] = ()
    quoted: Sequence[Span] = ()
    edges: str = "<>`"


class Change(NamedTuple):
    """What is written instead of a part of a text."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """What becomes of a text: what is written, and the words that this repairs or leaves for a person, all sorted by place.

    With a `note` nothing becomes of it; the note says why.
    """

    changes: tuple[Change, ...] = ()
    edits: tuple[Edit, ...] = ()
    reviews: tuple[Edit, ...] = ()
    note: str = ""


def repaired(normalizer: Normalizer, text: str, staying: Staying, *, tell: bool) -> Repaired:
    """Find out what changes outside of the spans; with `tell` also what is doubtful."""
    spans = joined(staying.spans)
    seen = Seen(text, spans, staying.edges)
    if not tell and normalizer.normalize(seen.text) is seen.text:
        return Repaired()
    analysis = normalizer.analyze(seen.text)
    kept = joined([*spans, *staying.shown])
    edits, reviews = (_outside(kept, seen, some) for some in (analysis.edits, analysis.reviews))
    quoted = joined(staying.quoted)
    unsafe = {edit.start for edit in edits if edit.new.count("'") > edit.old.count("'") and touches(quoted, edit.start, edit.end)}
    made = tuple(edit for edit in edits if edit.start not in unsafe)
    left = [*reviews, *(edit for edit in edits if edit.start in unsafe)]
    changes = tuple(Change(edit.start, edit.end, edit.new) for edit in made)
    return Repaired(changes, made, tuple(sorted(left, key=lambda edit: edit.start)))


def _outside(kept: Sequence[Span], seen: Seen, edits: Iterable[Edit]) -> list[Edit]:
    """Return edits by their places in the original text, without those that touch what stays."""
    placed = (replace(edit, start=seen.place(edit.start), end=seen.place(edit.end - 1) + 1) for edit in edits)
    return [edit for edit in placed if edit.end - edit.start == len(edit.old) and not touches(kept, edit.start, edit.end)]


def rewritten(text: str, changes: Iterable[Change]) -> str:
    """Return a text with sorted, separate changes."""
    parts: list[str] = []
    done = 0
    for start, end, new in changes:
        parts += text[done:start], new
        done = end
    return "".join([*parts, text[done:]])


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans sorted, those that touch or overlap as one, without empty ones.

    >>> joined([(4, 6), (0, 2), (2, 3), (5, 8), (9, 9)])
    [(0, 3), (4, 8)]
    """
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def others(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """Return what lies between sorted, separate spans of a part of a text, and before and behind them.

    >>> others([(2, 3), (5, 8)], 0, 8)
    [(0, 2), (3, 5)]
    """
    starts, ends = [start, *(high for _, high in spans)], [*(low for low, _ in spans), end]
    return [(low, high) for low, high in zip(starts, ends, strict=True) if low < high]


def touches(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether one of sorted, separate spans shares a character with this one."""
    at = bisect_right(spans, (start, end))
    return (at > 0 and spans[at - 1][1] > start) or (at < len(spans) and spans[at][0] < end)


class Seen:
    r"""A text in which sorted, separate spans mean nothing and are short: a page of HTML is mostly tags.

    Line ends stay in them, and so do the marks of this program. The marks of `edges` are seen at the edges of a span.

    >>> seen = Seen("Oт <b id='x'>i</b>\n", [(3, 13), (14, 18)], "<>")
    >>> seen.text, seen.place(6)
    ('Oт <=>i<=>\n', 13)
    """

    def __init__(self, text: str, spans: Sequence[Span], edges: str) -> None:
        parts: list[str] = []
        self._starts, self._shifts = [0], [0]
        done = size = 0
        for start, end in spans:
            parts += text[done:start], _filled(text[start:end], edges)
            size += len(parts[-2]) + len(parts[-1])
            done = end
            self._starts.append(size)
            self._shifts.append(end - size)
        self.text = "".join([*parts, text[done:]]) if spans else text

    def place(self, place: int) -> int:
        """Return where in the original text a character stands that is in no span."""
        return place + self._shifts[bisect_right(self._starts, place) - 1]


def _filled(span: str, edges: str) -> str:
    """Return what is seen of a span."""
    if "homoglyph-fix:" not in span:
        return _plain(span, edges)
    parts: list[str] = []
    done = 0
    for mark in _OWN_MARK.finditer(span):
        parts += _plain(span[done : mark.start()], edges), mark[0]
        done = mark.end()
    return "".join([*parts, _plain(span[done:], edges)])


def _plain(span: str, edges: str) -> str:
    """Return what is seen of a span without marks; an empty one may be asked for."""
    if len(span) < len("<>"):
        return span if span in "\r\n" else FILLER
    first, last = span[0], span[-1]
    inner = span[1:-1]
    inner = _LINE.sub(FILLER, inner) if "\n" in inner or "\r" in inner else FILLER
    opens, closes = (mark if mark in edges or mark in "\r\n" else FILLER for mark in (first, last))
    return opens + inner + closes
