"""The page that --explain prints: what was decided about a text and why, and the characters that matter."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from ..messages import _
from .marks import Ink, differing, dyed, marked, painted
from .names import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ... import Analysis, Edit, Normalizer

LINE: Final = "країни {} домовились"
"""A line of Ukrainian words: what a word becomes there that is right by itself."""

_BY_ITSELF: Final = "right-as-it-stands"
_CYRILLIC: Final = range(0x400, 0x530)


class Explained(NamedTuple):
    """A text, what was decided about it, and the words in it that stay."""

    analysis: Analysis
    kept: Sequence[Edit] = ()
    in_line: Analysis | None = None
    """What becomes of the text in `LINE`, if it is a word that stays by itself."""


def explain(normalizer: Normalizer, text: str) -> Explained:
    """Find out all that the page says of a text."""
    analysis, kept = normalizer.analyze(text), normalizer.kept(text)
    alone = [edit.old for edit in kept if edit.rule == _BY_ITSELF] == [text]
    return Explained(analysis, kept, normalizer.analyze(LINE.format(text)) if alone else None)


def explanation(explained: Explained, ink: Ink, *, every: bool = False) -> str:
    """Return the page as text; `every` character is listed, or those that matter."""
    return "\n".join(_lines(explained, ink, every)) + "\n"


def _lines(explained: Explained, ink: Ink, every: bool) -> Iterator[str]:
    """Yield what was decided, word after word, then the characters."""
    analysis = explained.analysis
    said = [(edit.start, _changed(edit, ink)) for edit in analysis.edits]
    said += [(edit.start, _doubted(edit, ink)) for edit in analysis.reviews]
    said += [(edit.start, _stays(edit, explained, ink)) for edit in explained.kept]
    for _place, lines in sorted(said):
        yield lines
    if not said:
        whole = painted(analysis.original, [False] * len(analysis.original), ink) or '""'
        yield _("{word} stays: nothing in it is foreign").format(word=whole)
    becomes = dict(_replacements(explained))
    matter = {place for edit in explained.kept for place in _foreign_in(edit)} | becomes.keys()
    for at, character in enumerate(analysis.original):
        if every or at in matter:
            yield _row(at, character, becomes.get(at), ink if at in matter else Ink.PLAIN)


def _changed(edit: Edit, ink: Ink) -> str:
    old, new = marked(edit.old, edit.new, ink)
    return f"{old} {dyed('→', 'dim', ink)} {new}   {dyed(edit.rule, 'dim', ink)}\n  {_why(edit)}"


def _doubted(edit: Edit, ink: Ink) -> str:
    old, new = marked(edit.old, edit.new, ink)
    stays = _("{word} stays, for you to decide").format(word=old)
    return f"{stays} {dyed('→ ?', 'dim', ink)} {new}   {dyed(edit.rule, 'dim', ink)}\n  {_why(edit)}"


def _why(edit: Edit) -> str:
    return _("{reason}, score {score:.3g}").format(reason=_(edit.reason), score=edit.score)


def _kept_for(edit: Edit) -> str:
    """Return why a word stays; a rule that would repair it may be ignored."""
    reason, comma, rest = edit.reason.partition(", a rule")
    return _("{reason}, a rule that is ignored").format(reason=_(reason)) if comma and rest else _(edit.reason)


def _stays(edit: Edit, explained: Explained, ink: Ink) -> str:
    """Say why a word stays, and what it would be in a line of Ukrainian words."""
    word, rule = painted(edit.old, [False] * len(edit.old), ink), dyed(edit.rule, "dim", ink)
    if edit.rule == "shield":
        return _("{word} stays: {reason}, where nothing is repaired").format(word=word, reason=_(edit.reason)) + f"   {rule}"
    if explained.in_line is None:
        return _("{word} stays: {reason}").format(word=word, reason=_kept_for(edit)) + f"   {rule}"
    line = _("{word} stays by itself: a Latin word may be meant, and nothing stands beside it").format(word=word) + f"   {rule}"
    if not explained.in_line.edits:
        return line
    there = explained.in_line.edits[0]
    said = _("in a line of Ukrainian words it becomes {word} ({rule}):").format(word=there.new, rule=there.rule)
    becomes = dyed(f"{said} homoglyph-fix --explain", "dim", ink)
    return f'{line}\n  {becomes} "{LINE.format(word)}"'


def _replacements(explained: Explained) -> Iterator[tuple[int, str]]:
    """Yield what each character becomes, or would become in another line; where their number changes, the first of those that go."""
    edits = [*explained.analysis.edits, *explained.analysis.reviews]
    if explained.in_line is not None:
        before = len(LINE.partition("{}")[0])
        edits += [edit for edit in _moved(explained.in_line.edits, -before) if edit.start >= 0]
    for edit in edits:
        if len(edit.old) == len(edit.new):
            yield from ((at, new) for at, (old, new) in enumerate(zip(edit.old, edit.new, strict=True), edit.start) if old != new)
            continue
        flags, after = differing(edit.old, edit.new)
        places = [edit.start + place for place, flag in enumerate(flags) if flag]
        yield from ((place, "") for place in places[1:])
        yield from ((place, "".join(c for c, flag in zip(edit.new, after, strict=True) if flag)) for place in places[:1])


def _moved(edits: Sequence[Edit], by: int) -> Iterator[Edit]:
    yield from (replace(edit, start=edit.start + by, end=edit.end + by) for edit in edits)


def _foreign_in(edit: Edit) -> Iterator[int]:
    """Yield where characters matter in what stays: all foreign ones, of a shield and of a line those in words that mix scripts."""
    for part in re.finditer(r"[^\W_]+", edit.old):
        native = [ord(character) in _CYRILLIC for character in part[0]]
        if any(native) or edit.rule not in ("shield", "mark"):
            yield from (edit.start + part.start() + at for at, ours in enumerate(native) if not ours)


def _row(at: int, character: str, new: str | None, ink: Ink) -> str:
    """Return the line of one character: its place, its name, and what it becomes."""
    shown = painted(character, [True], ink) if ink is Ink.COLOUR else painted(character, [False], Ink.BRACKETS)
    row = f"{shown}  U+{ord(character):04X}  {name_of(character)}"
    if new is None:
        return f"{at + 1:4}  {row}"
    room = 46 + len(shown) - len(painted(character, [False], Ink.BRACKETS))
    return f"{at + 1:4}  {row:<{room}}  {dyed('→', 'dim', ink)} {_described(new, ink)}"


def _described(text: str, ink: Ink) -> str:
    """Show a character with its number and name; a longer text with its numbers only."""
    if not text:
        return _("nothing")
    numbers = " ".join(f"U+{ord(c):04X}" for c in text)
    name = f"  {name_of(text)}" if len(text) == 1 else ""
    return f"{painted(text, [True] * len(text), ink if ink is Ink.COLOUR else Ink.PLAIN, new=True)}  {numbers}{name}"
