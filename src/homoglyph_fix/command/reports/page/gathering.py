"""What was found in all files, gathered for the page in bounded memory."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ...console import printable
from ...lines import split_lines
from ..message import REVIEW, in_order
from ..pairing import parts_of
from .pieces import Place, Word, places_of, word_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .. import Checked, Finding
    from ..pairing import Pair

MOST: Final = 20_000
"""Findings that the page shows; a browser opens them in two seconds. More are counted."""

MOST_ERRORS: Final = 200
"""Files that the page names with what was wrong with them."""

MOST_PAIRS: Final = 1000
"""Pairs of letters that are told apart. There are some hundreds; text in a wrong encoding has a pair for each of its words."""

KINDS: Final = (False, True)
"""What is repaired, and what is for a person to decide."""


class Tally:
    """How many findings there are of either kind, by rule; how many letters, by what becomes of them; how many findings are shown."""

    def __init__(self) -> None:
        self.rules: dict[bool, Counter[str]] = {kind: Counter() for kind in KINDS}
        self.pairs: dict[bool, Counter[Pair]] = {kind: Counter() for kind in KINDS}
        self.letters = dict.fromkeys(KINDS, 0)
        self.shown = dict.fromkeys(KINDS, 0)

    def count(self, word: Word) -> None:
        """Count a finding."""
        self.rules[word.is_doubt][word.rule] += 1
        self._count(word.is_doubt, Counter(part for part in word.parts if not isinstance(part, str)))

    def add(self, other: Tally) -> None:
        """Count all that another has counted."""
        for kind in KINDS:
            self.rules[kind].update(other.rules[kind])
            self._count(kind, other.pairs[kind])
            self.letters[kind] += other.letters[kind] - other.pairs[kind].total()  # those of no pair that was told apart
            self.shown[kind] += other.shown[kind]

    def _count(self, kind: bool, pairs: Counter[Pair]) -> None:
        counted = self.pairs[kind]
        for pair, times in pairs.items():
            self.letters[kind] += times
            if pair in counted or len(counted) < MOST_PAIRS:
                counted[pair] += times


class Gathered:
    """All that the page is made of. A file counts when it is done, and not at all if it turns out to be bad."""

    def __init__(self, most: int = MOST) -> None:
        self.files: list[tuple[str, int, int]] = []
        self.places: list[tuple[int, Place]] = []
        self.tally = Tally()
        self.damaged = self.read = self.words = 0
        self.errors: list[tuple[str, str]] = []
        self.failed = 0
        self.unread: Counter[str] = Counter()
        self._most = most

    def begin(self, name: str) -> FileFindings:
        """Return what takes note of the next file; a page shows so many findings, and counts the others."""
        return FileFindings(name, self._most - sum(self.tally.shown.values()))

    def fail(self, name: str, problem: str) -> None:
        """Take note of a file that could not be read, decoded or written."""
        self.failed += 1
        if len(self.errors) < MOST_ERRORS:
            self.errors.append((printable(name), problem))

    def take(self, found: FileFindings) -> None:
        """Add what was found in a file."""
        self.read += 1
        self.words += found.words
        self.tally.add(found.tally)
        rules = found.tally.rules
        self.damaged += bool(rules[False])
        if found.places:
            self.places += [(len(self.files), place) for place in found.places]
            self.files.append((printable(found.name), rules[False].total(), rules[True].total()))


class FileFindings:
    """What was found in one file so far; `room` is for as many findings as are shown of it."""

    def __init__(self, name: str, room: int) -> None:
        self.name = name
        self.places: list[Place] = []
        self.tally = Tally()
        self.words = 0
        self._room = room

    def block(self, event: Checked, words: int) -> None:
        """Take note of a block, which has so many words."""
        self.words += words
        if not event.findings and not event.doubts:
            return
        lines = split_lines(event.old)
        for number, found in _by_line(event):
            rows = [(finding, self._counted(finding, is_doubt)) for finding, is_doubt in found]
            if shown := rows[: self._room]:
                self._room -= len(shown)
                self.places += places_of(event.line + number, lines[number].rstrip(b"\r\n").decode(), shown)
                for _, word in shown:
                    self.tally.shown[word.is_doubt] += 1

    def unless_repaired(self) -> FileFindings:
        """Return what is to be told of a file that was not replaced: its doubts if it is clean, nothing if it was replaced before."""
        if not self.tally.rules[False]:
            return self
        empty = FileFindings(self.name, 0)
        empty.words = self.words
        return empty

    def _counted(self, finding: Finding, is_doubt: bool) -> Word:
        """Count a finding, and return it as it is shown."""
        word = word_of(finding, parts_of(finding.old, finding.new), is_doubt=is_doubt)
        self.tally.count(word)
        return word


def _by_line(event: Checked) -> Iterator[tuple[int, list[tuple[Finding, bool]]]]:
    """Yield the lines that have findings, with what was found there in the order of the line."""
    for line, found in groupby(in_order(event), key=lambda pair: pair[0].line):
        yield line, [(finding, kind == REVIEW) for finding, kind in found]
