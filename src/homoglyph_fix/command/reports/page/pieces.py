"""Words cut where their letters change, and lines cut around the words: what the page shows, in the order in which it shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ..pairing import Parts
from ..text import AROUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .. import Finding

LONGEST: Final = 480
"""Characters of a line that are shown together; what is found behind them begins an excerpt of its own."""

_WORD_END: Final = 16
# Characters in which an excerpt looks for a space to begin or end at.

_STAYING: Final = 60
# Characters of a word that are shown where nothing in it changes.

_MOST_PAIRS: Final = 80
# Letters of a word that are shown: it takes a word of another kind to have more.

class Word(NamedTuple):
    """A finding as it is shown; one that `is_cut` is too long to be shown whole."""

    rule: str
    is_doubt: bool
    parts: Parts
    is_cut: bool


class Place(NamedTuple):
    """A line or a part of it with the words that were found there; `starts` and `ends` tell whether it is cut at that end."""

    line: int
    column: int
    pieces: list[str | Word]
    starts: bool = True
    ends: bool = True


def word_of(finding: Finding, parts: Parts, *, is_doubt: bool) -> Word:
    """Return a finding as it is shown."""
    rule = finding.rule or finding.reason
    if len(finding.old) <= _STAYING:
        return Word(rule, is_doubt, parts, is_cut=False)
    short: Parts = [part if not isinstance(part, str) else _shortened(part) for part in parts[: 2 * _MOST_PAIRS]]
    short = [part if isinstance(part, str) else (_shortened(part[0]), _shortened(part[1])) for part in short]
    return Word(rule, is_doubt, short, is_cut=short != parts)


def _shortened(text: str) -> str:
    """Return the ends of a long text."""
    half = _STAYING // 2
    return text if len(text) <= _STAYING else f"{text[:half]}…{text[-half:]}"


def places_of(line: int, text: str, found: Sequence[tuple[Finding, Word]]) -> Iterator[Place]:
    """Yield a line with its words, which are in order; a long line is cut around each, and near ones stay together."""
    done = first = 0
    while first < len(found):
        last = _last_together(found, first)
        start, end = _span(found[first][0])[0], _span(found[last][0])[1]
        behind = _span(found[last + 1][0])[0] if last + 1 < len(found) else len(text)
        low = min(start, max(done, _begin(text, start - AROUND)))
        high = max(end, min(behind, _end(text, end + AROUND)))
        pieces = _pieces(text, low, high, found[first : last + 1])
        yield Place(line, start + 1, pieces, starts=low == 0, ends=high == len(text))
        done, first = end, last + 1


def _span(finding: Finding) -> tuple[int, int]:
    """Return where a word begins and ends in its line, from 0."""
    return finding.column - 1, finding.column - 1 + len(finding.old)


def _last_together(found: Sequence[tuple[Finding, Word]], first: int) -> int:
    """Return the last of the words that are shown in one excerpt with the first."""
    start = _span(found[first][0])[0]
    last = first
    while last + 1 < len(found):
        begin, end = _span(found[last + 1][0])
        before = _span(found[last][0])[1]
        if not before <= begin <= before + 2 * AROUND or end - start > LONGEST:
            break
        last += 1
    return last


def _begin(text: str, place: int) -> int:
    """Return a place for an excerpt to begin at: behind a space if there is one near, the start of a line where the place is before it."""
    if place <= 0:
        return 0
    return max(place, text.find(" ", place - 1, place + _WORD_END) + 1)


def _end(text: str, place: int) -> int:
    """Return a place for an excerpt to end at: a space if there is one near."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - _WORD_END, place + 1)
    return space if space >= 0 else place


def _pieces(text: str, low: int, high: int, found: Sequence[tuple[Finding, Word]]) -> list[str | Word]:
    """Return a part of a line: texts, and the words between them."""
    pieces: list[str | Word] = []
    for finding, word in found:
        start, end = _span(finding)
        pieces += [text[low:start], word]
        low = end
    return [piece for piece in (*pieces, text[low:high]) if piece]
