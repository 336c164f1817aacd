"""Figures of a run: words read, repaired and doubtful; by rule, by pair of letters, by file."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ..console import printable
from ..messages import _, counted
from .marks import Ink, dyed, visible
from .names import called
from .pairing import Pair, pairs

if TYPE_CHECKING:
    from . import Finding

FILES: Final = 10
PAIRS: Final = 20
"""Files and pairs of letters that are listed for people; data have all pairs."""


@dataclass(slots=True)
class _Counts:
    """What has been found in one file, or in all."""

    words: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    reviews: Counter[str] = field(default_factory=Counter)
    pairs: Counter[Pair] = field(default_factory=Counter)

    def add(self, other: _Counts) -> None:
        """Take what was found elsewhere, too."""
        self.words += other.words
        self.repairs.update(other.repairs)
        self.reviews.update(other.reviews)
        self.pairs.update(other.pairs)


class Statistics:
    """Counts while files are done one after another; `are_repaired` tells what is said of words: that they are repaired, or to be.

    `unread` are the files that were not read.
    """

    def __init__(self, *, are_repaired: bool = False) -> None:
        self.unread = 0
        self._are_repaired = are_repaired
        self._all = _Counts()
        self._file = _Counts()
        self._files = self._damaged = 0
        self._worst: list[tuple[int, int, str]] = []

    def add(self, words: int, findings: Iterable[Finding], doubts: Iterable[Finding]) -> None:
        """Take a block of the file at hand."""
        self._file.words += words
        for at in findings:
            self._file.repairs[at.rule] += 1
            self._file.pairs.update(pairs(at.old, at.new))
        self._file.reviews.update(at.rule for at in doubts)

    def close(self, name: str, repairs: int) -> None:
        """Count the file at hand, which is done; it has no repairs if an earlier argument was the same file."""
        if not repairs:
            self._file.repairs.clear()
            self._file.pairs.clear()
        self._files += 1
        self._all.add(self._file)
        if repairs:
            self._damaged += 1
            heapq.heappush(self._worst, (repairs, -self._files, name))  # of files with as many the first
            if len(self._worst) > FILES:
                heapq.heappop(self._worst)
        self._file = _Counts()

    def drop(self) -> None:
        """Forget the file at hand."""
        self._file = _Counts()

    @property
    def has_findings(self) -> bool:
        """Whether there is anything to repair or to decide."""
        return bool(self._all.repairs or self._all.reviews)

    def figures(self) -> dict[str, Any]:
        """Return all of it as data."""
        found = self._all
        repairs = found.repairs.total()
        letters = [{"old": pair[0], "new": pair[1], "names": _names(pair), "count": count} for pair, count in _sorted(found.pairs)]
        return {
            "files": self._files,
            "files_not_read": self.unread,
            "files_to_repair": self._damaged,
            "words": found.words,
            "words_to_repair": repairs,
            "words_to_decide": found.reviews.total(),
            "share": round(repairs / max(1, found.words), 6),
            "rules": [{"rule": rule, "to_repair": found.repairs[rule], "to_decide": found.reviews[rule]} for rule in self._rules()],
            "letters": letters,
            "worst_files": [{"path": name, "to_repair": count} for count, before, name in self._files_in_order()],
        }

    def page(self, ink: Ink) -> bytes:
        """Return what is shown to people."""
        return ("\n".join(self._lines(ink)) + "\n").encode("utf-8", "surrogateescape")

    def _lines(self, ink: Ink) -> Iterator[str]:
        """Yield the figures, then each table under its heading."""
        found = self._all
        repairs, reviews = found.repairs.total(), found.reviews.total()
        done, left = (_("repaired"), _("left for you to decide")) if self._are_repaired else (_("to repair"), _("for you to decide"))
        share = f", {repairs / max(1, found.words):.2%}" if repairs else ""
        unread = _(", {number:,} not read").format(number=self.unread) if self.unread else ""
        yield _row(self._files, counted(self._files, "file read", "files read") + unread)
        yield _row(found.words, counted(found.words, "word read", "words read"))
        yield dyed(_row(repairs, f"{done}{share}"), "strong", ink)
        yield _row(reviews, left)
        if repairs or reviews:
            yield "\n" + dyed(_("by rule"), "head", ink)
        for rule in self._rules():
            yield _row(found.repairs[rule] + found.reviews[rule], rule + ("" if found.repairs[rule] else f", {left}"))
        if repairs:
            yield "\n" + dyed(_("by letters"), "head", ink)
            for pair, count in _sorted(found.pairs)[:PAIRS]:
                yield _row(count, f"{_shown(pair, ink)}   {dyed(_names(pair), 'dim', ink)}")
            if len(found.pairs) > PAIRS:
                others = sum(count for pair, count in _sorted(found.pairs)[PAIRS:])
                yield _row(others, _("others, {number:,} pairs").format(number=len(found.pairs) - PAIRS))
            worst = _(" (the worst {number} of {files:,})").format(number=FILES, files=self._damaged) if self._damaged > FILES else ""
            yield "\n" + dyed(_("by file"), "head", ink) + worst
            for count, _before, name in self._files_in_order():
                yield _row(count, printable(name))

    def _rules(self) -> list[str]:
        """Return the rules met, the busiest first."""
        return [rule for rule, count in _sorted(self._all.repairs + self._all.reviews)]

    def _files_in_order(self) -> list[tuple[int, int, str]]:
        return sorted(self._worst, reverse=True)


def _row(count: int, text: str) -> str:
    return f"{count:12,}  {text}"


def _sorted(counter: Counter[Any]) -> list[tuple[Any, int]]:
    """Return what was counted, the most frequent first; what is as frequent in the order of its letters."""
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _shown(pair: Pair, ink: Ink) -> str:
    """Return a pair as it looks, what cannot be seen by its number."""
    old, new = pair
    becomes = dyed(visible(new), "new", ink) if new else _("nothing")
    return f"{dyed(visible(old), 'foreign', ink)} {dyed('→', 'dim', ink)} {becomes}"


def _names(pair: Pair) -> str:
    """Return what the letters of a pair are called."""
    return " → ".join(" and ".join(map(called, letters)) if letters else "nothing" for letters in pair)
