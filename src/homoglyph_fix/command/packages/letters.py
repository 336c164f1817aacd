"""Changed letters put back where the letters of a paragraph stand in XML."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from ..fields.spelling import changes
from .paragraph import NOWHERE, Paragraph

Patch = tuple[int, int, bytes]
"""From which byte to which, and what then stands there."""


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
