"""Edits, what they make of a text, and how places in the text before and after correspond."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .views.letters import Letter, letters_of


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of `original[start:end]`, offsets in code points, half-open.

    >>> Edit(0, 2, "Oт", "От", "known word", 7.4).new
    'От'
    """

    start: int
    end: int
    old: str
    new: str
    reason: str
    score: float
    """By how many nats the Cyrillic and the Latin reading differ, at most 99; 99 where the word cannot be Latin at all."""
    rule: str = ""
    """The stable name of the rule that decided, as `docs/RULES.md` lists them; `reason` says the same in words that may change."""


def apply(original: str, edits: Iterable[Edit]) -> str:
    """Write sorted, separate edits into a text.

    >>> apply("Oт і все", [Edit(0, 2, "Oт", "От", "", 1.0)])
    'От і все'
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += original[done : edit.start], edit.new
        done = edit.end
    return "".join([*pieces, original[done:]])


@dataclass(frozen=True)
class Analysis:
    """A text, what was done to it and why, and what was seen and left alone.

    >>> analysis = Analysis("Oт і все", (Edit(0, 2, "Oт", "От", "", 1.0),))
    >>> analysis.text, analysis.to_original(3), analysis.to_normalized(8)
    ('От і все', 3, 8)
    """

    original: str
    edits: tuple[Edit, ...]
    """What was changed: sorted, separate; applied to `original` they give `text`."""
    reviews: tuple[Edit, ...] = ()
    """What may be damage and was not changed; `new` is the most likely reading."""

    @cached_property
    def text(self) -> str:
        """The repaired text; the original object itself where there are no edits."""
        return apply(self.original, self.edits) if self.edits else self.original

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The characters that change, in order: where each stands, what it is called, what it becomes; put in, they give `text`.

        >>> Analysis("Oт і все", (Edit(0, 2, "Oт", "От", "", 1.0),)).letters
        (Letter(place=0, character='O', name='LATIN CAPITAL LETTER O', becomes='О'),)
        """
        return tuple(letter for edit in self.edits for letter in letters_of(edit.start, edit.old, edit.new))

    @cached_property
    def suspicion(self) -> float:
        """The share of words, from 0 to 1, that were damaged, are doubtful, or are hidden in ways that are not repaired.

        Those are words that are struck through or heaped with marks, spaced out (`к у п и т и`), with emoji or circled letters in them.

        >>> Analysis("Oт і все", (Edit(0, 2, "Oт", "От", "", 1.0),)).suspicion
        0.3333333333333333
        """
        from .views.suspicion import suspicion  # noqa: PLC0415  # 3 ms of patterns, for those who ask

        return suspicion(self.original, ((edit.start, edit.end) for edit in self.edits + self.reviews))

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the words with a box around each foreign letter, and what they become."""
        from .views.cell import Change, cell  # noqa: PLC0415

        told = ([Change(edit.start, edit.end, edit.new, edit.reason) for edit in edits] for edits in (self.edits, self.reviews))
        return cell(self.original, *told)

    def then(self, edits: Sequence[Edit], reviews: Sequence[Edit]) -> Analysis:
        """Return the analysis after further edits of `text`, sorted and separate; edits that touch become one."""
        merged = _compose(self, edits) if self.edits else tuple(edits)
        changed = [edit.end for edit in merged]
        moved = (replace(e, start=self.to_original(e.start), end=self.to_original(e.end)) for e in reviews)
        return Analysis(self.original, merged, tuple(e for e in moved if not _touches(e, merged, changed)))

    @cached_property
    def _sizes(self) -> tuple[list[int], list[int]]:
        """How long each edit is in the original and in the text."""
        return [edit.end - edit.start for edit in self.edits], [len(edit.new) for edit in self.edits]

    @cached_property
    def _steps(self) -> tuple[list[int], list[int]]:
        """Where each edit ends, in the original and in the text."""
        before, after, shift = [], [], 0
        for edit in self.edits:
            shift += len(edit.new) - (edit.end - edit.start)
            before.append(edit.end)
            after.append(edit.end + shift)
        return before, after

    def to_original(self, place: int) -> int:
        """Return the offset in `original` of an offset in `text`; inside an edit letters correspond one by one.

        Raises:
            IndexError: the offset is not within the text.
        """
        if not 0 <= place <= len(self.text):
            raise IndexError(f"offset {place} is outside the text of {len(self.text)} code points")
        before, after = self._steps
        return _carry(place, after, before, *reversed(self._sizes))

    def to_normalized(self, place: int) -> int:
        """Return the offset in `text` of an offset in `original`; inside an edit letters correspond one by one.

        Raises:
            IndexError: the offset is not within the original.
        """
        if not 0 <= place <= len(self.original):
            raise IndexError(f"offset {place} is outside the original of {len(self.original)} code points")
        before, after = self._steps
        return _carry(place, before, after, *self._sizes)


def _touches(edit: Edit, others: Sequence[Edit], ends: list[int]) -> bool:
    """Tell whether an edit overlaps one of the sorted others, which end at `ends`."""
    place = bisect_right(ends, edit.start)
    return place < len(others) and others[place].start < edit.end


def _compose(before: Analysis, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Say as edits of the original what further edits of its text say; of edits that touch the last one gives the reason."""
    ends = [edit.end for edit in before.edits]
    merged: list[Edit] = []
    done = 0
    for some, low, high in _together(before, edits, ends):
        first, last = before.to_original(some[0].start), before.to_original(some[-1].end)
        touched = before.edits[low:high]
        first, last = min([first, *(m.start for m in touched)]), max([last, *(m.end for m in touched)])
        text_first, text_last = before.to_normalized(first), before.to_normalized(last)
        moved = (replace(edit, start=edit.start - text_first, end=edit.end - text_first) for edit in some)
        new = apply(before.text[text_first:text_last], moved)
        merged += before.edits[done:low]
        merged.append(Edit(first, last, before.original[first:last], new, some[-1].reason, some[-1].score, some[-1].rule))
        done = high
    return (*merged, *before.edits[done:])


def _together(before: Analysis, edits: Sequence[Edit], ends: list[int]) -> list[tuple[list[Edit], int, int]]:
    """Return the further edits, those that touch one edit together, each with the numbers of the edits that are touched."""
    found: list[tuple[list[Edit], int, int]] = []
    for edit in edits:
        start, end = before.to_original(edit.start), before.to_original(edit.end)
        low, high = bisect_right(ends, start), bisect_right(ends, end)
        if high < len(ends) and before.edits[high].start < end:
            high += 1
        if found and low < found[-1][2]:
            some, low, reached = found.pop()
            some.append(edit)
            found.append((some, low, max(high, reached)))
        else:
            found.append(([edit], low, high))
    return found


def _carry(place: int, here: list[int], there: list[int], lengths: Sequence[int], others: Sequence[int]) -> int:
    number = bisect_right(here, place)
    shift = there[number - 1] - here[number - 1] if number else 0
    if number < len(here) and place > (start := here[number] - lengths[number]):
        return there[number] - others[number] + min(place - start, others[number])
    return place + shift
