"""Paragraphs of XML: where each of their letters stands, and how changed letters are put back there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final
from xml.sax.saxutils import escape

from ..fields.spelling import changes

NOWHERE: Final = -1
"""The place of letters that an element stands for, such as a tab: they cannot be changed."""

Patch = tuple[int, int, bytes]
"""From which byte to which, and what then stands there."""


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


def patches(xml: bytes, paragraph: Paragraph, new: str) -> list[Patch] | None:
    r"""Return what gives a paragraph its new text; None if letters would have to change that stand nowhere.

    >>> paragraph = Paragraph(is_told=True)
    >>> paragraph.add("C", 3)
    >>> paragraph.add("лово", 18)
    >>> patches(b"<t>&#67;</t>.. <t>....", paragraph, "Слово")
    [(3, 8, b'\xd0\xa1')]
    """
    found: list[Patch] = []
    text = paragraph.text
    for change in changes(text, new):
        first, last, letters = change if change[0] < change[1] else _beside(text, change[0], change[2])
        places = [paragraph.piece_of(letter) for letter in range(first, last)]
        if any(paragraph.places[number] == NOWHERE for number, _ in places):
            return None
        spans = [_bytes_of(xml, paragraph, number, at) for number, at in places]
        found.append((*spans[0], _written(letters, is_literal=places[0][0] in paragraph.literal)))
        found += [(*span, b"") for span in spans[1:]]
    return found


def _beside(text: str, place: int, added: str) -> tuple[int, int, str]:
    """Return the change of the letter before a place, or of that behind it at the start of a word, by which letters are added there.

    >>> _beside("мяч", 1, "'"), _beside("і яма", 2, "'")
    ((0, 1, "м'"), (2, 3, "'я"))
    """
    if place == len(text) or (place and not text[place - 1].isspace()):
        return place - 1, place, text[place - 1] + added
    return place, place + 1, added + text[place]


def put(xml: bytes, patches: Iterable[Patch]) -> bytes:
    """Return XML with all patches in it: every other byte stays."""
    parts: list[bytes] = []
    done = 0
    for start, end, letters in sorted(patches):  # one paragraph may stand within another
        parts += xml[done:start], letters
        done = end
    return b"".join([*parts, xml[done:]])


def _bytes_of(xml: bytes, paragraph: Paragraph, number: int, at: int) -> tuple[int, int]:
    """Return where a letter of a piece begins and ends: an escaped one is a piece of its own."""
    piece, place = paragraph.pieces[number], paragraph.places[number]
    if xml[place : place + 1] == b"&" and number not in paragraph.literal:
        return place, xml.index(b";", place) + 1
    start = place + len(piece[:at].encode())
    return start, start + len(piece[at].encode())


def _written(letters: str, *, is_literal: bool) -> bytes:
    """Return letters as they are written in XML."""
    return (letters if is_literal else escape(letters)).encode()
