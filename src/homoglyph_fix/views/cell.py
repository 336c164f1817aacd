"""A text as a cell of a notebook: what is foreign in it has a box, digits a dashed one, what cannot be seen a dotted one.

The cell needs nothing from outside, and nothing in a text can act in it: all is escaped, characters that are not printed are shown by
number, and what is quoted cannot turn the direction of what stands around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import chain
from typing import Final, NamedTuple

from .letters import Letter, letters_of

AROUND: Final = 60  # characters shown on both sides of a word
MOST: Final = 200  # words shown; a browser takes long for many more
START: Final = 240  # characters shown of a text in which nothing was found
SHORT_NAMES: Final = {
    "\u00ad": "SHY", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200e": "LRM", "\u200f": "RLM", "\u2060": "WJ", "\ufeff": "BOM",
}  # fmt: skip
_BOX: Final = "border:1px {};border-radius:2px;padding:0 1px"
_FOREIGN: Final = _BOX.format("solid #c62828")
_DIGIT: Final = _BOX.format("dashed #b26a00")
_INVISIBLE: Final = _BOX.format("dotted #c62828") + ";font-size:70%"
_DOUBTFUL: Final = "text-decoration:underline wavy #888;text-underline-offset:3px"
_CELL: Final = "padding:1px 12px 1px 0;text-align:left;font-family:inherit"


class Change(NamedTuple):
    """A word that changes, or may have to: where it stands, what it becomes, and why."""

    start: int
    end: int
    new: str
    reason: str


def cell(text: str, edits: Sequence[Change], reviews: Sequence[Change]) -> str:
    """Return a text, what was changed in it and what is for a person to decide as HTML.

    >>> "LATIN CAPITAL LETTER O U+004F, becomes О" in cell("Oт", [Change(0, 2, "От", "known word")], [])
    True
    """
    shown = sorted(chain(((edit, True) for edit in edits), ((review, False) for review in reviews)))[:MOST]
    parts = [f"<p>{_head(len(edits), len(reviews))}</p>"]
    places = _places(text, [change for change, _ in shown])
    parts += [f'<p style="white-space:pre-wrap">{_part(text, low, high, shown)}</p>' for low, high in places]
    if shown:
        parts.append(f'<table style="border-collapse:collapse"><tbody>{"".join(_row(text, *pair) for pair in shown)}</tbody></table>')
    if len(edits) + len(reviews) > len(shown):
        parts.append(f"<p>and {len(edits) + len(reviews) - len(shown):,} more</p>")
    return f'<div class="homoglyph-fix">{"".join(parts)}</div>'


def _head(repaired: int, doubtful: int) -> str:
    """Say in a sentence what was found."""
    if not repaired and not doubtful:
        return "Nothing to repair."
    decide = f", {doubtful:,} for you to decide" if doubtful else ""
    return f"{repaired:,} {'word' if repaired == 1 else 'words'} repaired{decide}."


def _places(text: str, changes: Sequence[Change]) -> list[tuple[int, int]]:
    """Return the parts of a text that are shown: each change with what stands around it in its line, near ones together."""
    if not changes:
        return [(0, min(len(text), START))]
    found: list[tuple[int, int]] = []
    for change in changes:
        low = max(text.rfind("\n", 0, change.start) + 1, change.start - AROUND)
        high = min(_line_end(text, change.end), change.end + AROUND)
        if found and low <= found[-1][1]:
            low, high = found[-1][0], max(high, found.pop()[1])
        found.append((low, high))
    return found


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _part(text: str, low: int, high: int, changes: Sequence[tuple[Change, bool]]) -> str:
    """Return a part of a text with its changes."""
    parts = ["" if low == 0 or text[low - 1] == "\n" else "…"]
    done = low
    for change, applied in changes:
        if low <= change.start and change.end <= high and change.start >= done:
            parts += _printable(text[done : change.start]), _word(text, change, applied)
            done = change.end
    parts += _printable(text[done:high]), "" if high == len(text) or text[high] == "\n" else "…"
    return f"<bdi>{''.join(parts)}</bdi>"


def _row(text: str, change: Change, applied: bool) -> str:
    """Return the row of the table for a change: the word before and after, and why."""
    new = f"<bdi>{_printable(change.new)}</bdi>"
    cells = f"<bdi>{_word(text, change, applied)}</bdi>", f"→ {new}" if applied else f"{new}?", escape(change.reason)
    return "<tr>" + "".join(f'<td style="{_CELL}">{content}</td>' for content in cells) + "</tr>"


def _word(text: str, change: Change, applied: bool) -> str:
    """Return a word with a box around everything in it that is foreign."""
    old = text[change.start : change.end]
    parts: list[str] = []
    done = 0
    for letter in letters_of(0, old, change.new):
        parts += _printable(old[done : letter.place]), _box(letter, applied)
        done = letter.place + 1
    parts.append(_printable(old[done:]))
    return "".join(parts) if applied else f'<span style="{_DOUBTFUL}">{"".join(parts)}</span>'


def _box(letter: Letter, applied: bool) -> str:
    """Return a character in its box, with its name for whoever points at it."""
    character = letter.character
    becomes = f"{'becomes' if applied else 'may be'} {letter.becomes}" if letter.becomes else "goes" if applied else "may have to go"
    name = letter.name if letter.name.startswith("U+") else f"{letter.name} U+{ord(character):04X}"
    if not _is_shown(character):
        style, shown = _INVISIBLE, SHORT_NAMES.get(character, f"U+{ord(character):04X}")
    else:
        style, shown = _DIGIT if character.isdigit() else _FOREIGN, escape(character)
    return f'<span style="{style}" title="{escape(f"{name}, {_plain(becomes)}")}">{shown}</span>'


def _plain(text: str) -> str:
    """Show by number what a title cannot show."""
    return "".join(char if _is_shown(char) or char in " \u0301" else f"U+{ord(char):04X}" for char in text)


def _printable(text: str) -> str:
    """Escape a text; what is not printed stands there by its number or its short name."""
    if text.isprintable():
        return escape(text)
    return "".join(escape(char) if _is_shown(char) or char in "\t\n" else _by_number(char) for char in text)


def _is_shown(character: str) -> bool:
    return character.isprintable() or (character.isspace() and character not in "\u2028\u2029" and character > "\x9f")


def _by_number(character: str) -> str:
    return f'<span style="{_INVISIBLE}">{SHORT_NAMES.get(character, f"U+{ord(character):04X}")}</span>'
