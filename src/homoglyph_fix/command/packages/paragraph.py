"""A paragraph in XML: its letters, and where each of them stands."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Final

NOWHERE: Final = -1
"""The place of letters that an element stands for, such as a tab: they cannot be changed."""


class Paragraph:
    """A text that is repaired as one: its letters in pieces, and at which byte of the XML each piece begins.

    `is_told` is false for the second writing of a text, for other programs: what is to be repaired in it has been told. `literal` are the
    numbers of pieces in which nothing is escaped.
    """

    __slots__ = ("_starts", "is_told", "literal", "pieces", "places")

    def __init__(self, *, is_told: bool) -> None:
        self.is_told = is_told
        self.pieces: list[str] = []
        self.places: list[int] = []
        self.literal: set[int] = set()
        self._starts: list[int] = []

    def add(self, letters: str, place: int = NOWHERE) -> None:
        """Take the next letters, and where they stand."""
        self.pieces.append(letters)
        self.places.append(place)

    @property
    def text(self) -> str:
        """All letters."""
        return "".join(self.pieces)

    def piece_of(self, letter: int) -> tuple[int, int]:
        """Return the number of the piece in which a letter stands, and the number of the letter there."""
        if not self._starts:
            self._starts = list(accumulate(map(len, self.pieces[:-1]), initial=0))
        number = bisect_right(self._starts, letter) - 1
        return number, letter - self._starts[number]
