"""The list of findings that --check prints: `path:line:col: old -> new (reason)`."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

from ..console import is_odd_byte, printable

if TYPE_CHECKING:
    from . import Checked


class TextPrinter:
    """One line for each finding."""

    def block(self, event: Checked) -> bytes:
        """Return the findings of this block."""
        path = os.fsencode("".join(c if is_odd_byte(c) else printable(c) for c in event.path))
        rows = (f":{event.line + at.line}:{at.column}: {visible(at.old)} -> {visible(at.new)} ({at.reason})\n" for at in event.findings)
        return b"".join(path + row.encode() for row in rows)

    def end(self) -> bytes:
        """Return nothing: every line has been printed with its block."""
        return b""


def visible(text: str) -> str:
    r"""Return a text so that a reader sees it: invisible and combining characters by their number.

    >>> visible("мaма"), visible("\u00ad"), visible("")
    ('мaма', 'U+00AD', '""')
    """
    return "".join(map(_visible_character, text)) or '""'


def _visible_character(character: str) -> str:
    """Return one character, or its number if it cannot stand alone in a line."""
    if character.isprintable() and not unicodedata.combining(character):
        return character
    return f"U+{ord(character):04X}"
