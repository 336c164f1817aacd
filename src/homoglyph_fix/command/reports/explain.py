"""The page that --explain prints: every character, and what was decided."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from .text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ... import Analysis, Edit


def explanation(analysis: Analysis) -> str:
    """Return the page as text."""
    return "\n".join(_lines(analysis)) + "\n"


def _lines(analysis: Analysis) -> Iterator[str]:
    """Yield the lines of the page: the verdict, the characters, the edits with their reasons."""
    if analysis.edits:
        yield f"{visible(analysis.original)} -> {visible(analysis.text)}"
    else:
        yield f"{visible(analysis.original)} stays"
    yield ""
    becomes = {at: new for edit in analysis.edits for at, new in _replacements(edit)}
    for at, character in enumerate(analysis.original):
        row = f"{at + 1:4}  {_described(character)}"
        yield f"{row:<52}  -> {_described(becomes[at])}" if at in becomes else row
    yield ""
    for edit in analysis.edits:
        yield _decided("fix", edit)
    for edit in analysis.reviews:
        yield _decided("review, not applied", edit)
    if not analysis.edits and not analysis.reviews:
        yield "nothing to repair"


def _replacements(edit: Edit) -> Iterator[tuple[int, str]]:
    """Yield what becomes of each character; where their number changes, of the first one."""
    if len(edit.old) != len(edit.new):
        yield edit.start, edit.new
        return
    for at, (old, new) in enumerate(zip(edit.old, edit.new, strict=True), edit.start):
        if old != new:
            yield at, new


def _described(text: str) -> str:
    """Show a character with its number and name; a longer text with its numbers only."""
    numbers = " ".join(f"U+{ord(c):04X}" for c in text)
    if len(text) != 1:
        return f"{visible(text)}  {numbers}".rstrip()
    shown = text if visible(text) == text else " "
    return f"{shown}  {numbers}  {unicodedata.name(text, 'no name')}"


def _decided(verdict: str, edit: Edit) -> str:
    """Say where, what and why."""
    place = f"{edit.start + 1}" if edit.end - edit.start <= 1 else f"{edit.start + 1}-{edit.end}"
    return f"{verdict} {place}: {visible(edit.old)} -> {visible(edit.new)} ({edit.reason}, score {edit.score:.3g})"
