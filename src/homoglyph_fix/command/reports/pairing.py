"""Words cut where their letters change: which letters become which, for figures and for the page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .marks import differing, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Pair = tuple[str, str]
"""What goes, and what takes its place."""

Parts = list["str | Pair"]
"""A word: texts that stay, and pairs where it changes."""


@lru_cache(maxsize=1 << 16)
def pairs(old: str, new: str) -> tuple[Pair, ...]:
    r"""Return which letters become which in a word.

    >>> pairs("вiн", "він"), pairs("cло\u00adво", "слово")
    ((('i', 'і'),), (('c', 'с'), ('\xad', '')))
    """
    return tuple(part for part in parts_of(old, new) if not isinstance(part, str))


def parts_of(old: str, new: str) -> Parts:
    r"""Cut a word where its letters change: letter by letter, a mark with the letter that it stands on.

    >>> parts_of("наcтуnу", "наступу")
    ['на', ('c', 'с'), 'ту', ('n', 'п'), 'у']
    >>> parts_of("по\u200bрно", "порно")
    ['по', ('\u200b', ''), 'рно']
    >>> parts_of("и\u0306oгo", "його") == [("и\u0306", "й"), ("o", "о"), "г", ("o", "о")]
    True
    """
    before, after = differing(old, new)
    found: Parts = []
    at = to = 0
    while at < len(old) or to < len(new):
        start, there = at, to
        while at < len(old) and to < len(new) and not before[at] and not after[to]:
            at, to = at + 1, to + 1
        if at > start:
            found.append(old[start:at])
        start, there = at, to
        at, to = _run_end(before, at), _run_end(after, to)
        if at > start or to > there:
            found += _paired(old[start:at], new[there:to])
    return found


def _paired(gone: str, come: str) -> Iterator[Pair]:
    """Yield the letters of a run with what each becomes: what cannot be seen goes; the run as a whole where that does not come out even."""
    if len(gone) == len(come):
        yield from zip(gone, come, strict=True)
        return
    letters, others = letters_of(gone), iter(letters_of(come))
    pairs = [(letter, next(others, "") if letter.isprintable() else "") for letter in letters]
    is_even = next(others, None) is None and all(other or not letter.isprintable() for letter, other in pairs)
    yield from pairs if is_even else [(gone, come)]


def _run_end(flags: Sequence[bool], place: int) -> int:
    """Return where a run of characters that change ends."""
    return next((end for end in range(place, len(flags)) if not flags[end]), len(flags))
