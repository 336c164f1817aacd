r"""PO, the translations of gettext: each `msgstr` is a text of its own; all else stays.

polib reads such files well, but tells no places, and writes all lines anew.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from ..fields.spelling import changed_letters
from ..messages import _
from .staying import Change, Repaired, Span

if TYPE_CHECKING:
    from ... import Analysis, Edit, Normalizer

_ROW = re.compile(r'[ \t]*(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,3}\])?)[ \t]*)?"((?:[^"\\\r\n]|\\[^\r\n])*)"[ \t]*\r?')
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([0-7]{1,3})|(.))")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_KEY = re.compile(r"(?<![\w&~])(?:[A-Z][a-z]*([_&~])(?=[a-z])|([_&~])(?=[^\W\d_]))(?![\w#]+;)")
# What marks the key of a command in a menu: `_File`, `E&xit`, `~Open`.

_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]+)", re.MULTILINE)


@dataclass(slots=True)
class Message:
    """A string of an entry: its keyword, and where its parts stand between their quotes."""

    keyword: str
    parts: list[Span] = field(default_factory=list)
    key: str = ""  # what marks the key of a command, if the message has one


def repaired(normalizer: Normalizer, text: str, *, tell: bool) -> Repaired:
    """Repair the translations, if they are not in another language by the header."""
    strings, language = _translations(text)
    readings = [_Reading(text, string) for string in strings]
    texts = [reading.text for reading in readings]
    if not tell:
        changed = [old != new for old, new in zip(texts, normalizer.normalize_many(texts), strict=True)]
        readings = [reading for reading, is_changed in zip(readings, changed, strict=True) if is_changed]
    analyses = normalizer.analyze_many([reading.text for reading in readings])
    found = [reading.repaired(analysis) for reading, analysis in zip(readings, analyses, strict=True)]
    changes = tuple(chain.from_iterable(one.changes for one in found))
    if changes and language not in ("", "uk"):
        said = _("Language: {language} in its header, so it is left as it is (--as text repairs it)")
        return Repaired(note=said.format(language=language))
    edits, reviews = (chain.from_iterable(some) for some in ([one.edits for one in found], [one.reviews for one in found]))
    return Repaired(changes, tuple(edits), tuple(reviews))


def messages(text: str) -> Iterator[Message]:
    r"""Yield the strings of all entries in order. A line that is neither a string nor begins one ends the string before it.

    >>> [(message.keyword, message.parts) for message in messages('msgid "a"\nmsgstr ""\n"б"\n')]
    [('msgid', [(7, 8)]), ('msgstr', [(18, 18), (21, 22)])]
    """
    message: Message | None = None
    at = 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        row = _ROW.fullmatch(text, at, end)
        if row is None or row[1]:
            if message:
                yield message
            message = Message(row[1]) if row else None
        if row and message:
            message.parts.append(row.span(2))
        at = end + 1
    if message:
        yield message


def _translations(text: str) -> tuple[list[Message], str]:
    """Return the strings that are translations, and the language that the header names, "" if it names none."""
    found: list[Message] = []
    language = ""
    has_context = is_header = False
    key = ""
    for message in messages(text):
        if message.keyword == "msgctxt":
            has_context = True
        elif message.keyword == "msgid":
            is_header = not has_context and all(start == end for start, end in message.parts)
            has_context = False
            key = _key_of(text, message)
        elif message.keyword.startswith("msgstr"):
            message.key = key
            if not is_header:
                found.append(message)
            elif named := _LANGUAGE.search(_Reading(text, message).text):
                language = named[1].lower()
    return found, language


def _key_of(text: str, message: Message) -> str:
    """Return the one mark of a key that a message has, "" if there is none."""
    marks = [found[1] or found[2] for start, end in message.parts for found in _KEY.finditer(text, start, end)]
    return marks[0] if len(marks) == 1 else ""


class _Reading:
    """What a string says, and where each letter of that stands."""

    def __init__(self, source: str, message: Message) -> None:
        self._source = source
        self._runs: list[tuple[int, int]] = []  # from which letter on letters stand one behind another, and from which place
        self._escapes: dict[int, int] = {}  # how long what stands for one letter is, by the number of the letter
        letters: list[str] = []
        size = 0
        for start, end in message.parts:
            for low, high, letter in _cut(source, start, end):
                self._runs.append((size, low))
                if letter:
                    self._escapes[size] = high - low
                letters.append(letter or source[low:high])
                size += len(letters[-1])
        self.text = "".join(letters)
        self._hidden = -1  # where the mark of a key stands
        if message.key and message.key in self.text:
            self._hide(message.key)

    def _hide(self, key: str) -> None:
        """Leave the mark of a key out of the one Cyrillic word that has it, so that the word is read whole."""
        words = [found for found in re.finditer(rf"[^\W\d_]*{key}(?=[^\W\d_])[^\W\d_]*", self.text) if _CYRILLIC.search(found[0])]
        if len(words) != 1:
            return
        mark = self.text.index(key, words[0].start())
        self._hidden = self._place(mark)
        runs, behind = self._runs, self._after(mark)
        self._runs = [run for run in runs if run[0] < mark] + [(mark, behind)] + [(n - 1, at) for n, at in runs if n > mark]
        self._escapes = {number - (number > mark): size for number, size in self._escapes.items()}
        self.text = self.text[:mark] + self.text[mark + 1 :]

    def repaired(self, analysis: Analysis) -> Repaired:
        """Return what changes in this string. A change that would join two lines, or take the mark of a key away, is for a person."""
        made: list[Edit] = []
        changes: list[Change] = []
        left = list(analysis.reviews)
        for edit in analysis.edits:
            spans = [Change(*self.span(edit.start + low, edit.start + high), new) for low, high, new in changed_letters(edit.old, edit.new)]
            if any("\n" in self._source[start:end] or start <= self._hidden < end for start, end, _new in spans):
                left.append(edit)
            else:
                made.append(edit)
                changes += spans
        left.sort(key=lambda edit: edit.start)
        return Repaired(tuple(changes), tuple(map(self._placed, made)), tuple(map(self._placed, left)))

    def span(self, first: int, last: int) -> Span:
        """Return where the letters from `first` to before `last` stand; if there are none, the place behind the letter before them."""
        start = self._place(first) if first < last or not first else self._after(first - 1)
        return start, self._after(last - 1) if first < last else start

    def _place(self, letter: int) -> int:
        """Return where a letter begins."""
        number, place = self._runs[bisect_right(self._runs, letter, key=lambda run: run[0]) - 1]
        return place + letter - number

    def _after(self, letter: int) -> int:
        """Return where a letter ends."""
        return self._place(letter) + self._escapes.get(letter, 1)

    def _placed(self, edit: Edit) -> Edit:
        """Return an edit with its place in the file."""
        start, end = self.span(edit.start, edit.end)
        return replace(edit, start=start, end=end)


def _cut(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a literal: letters as they are, and escapes with the letter that each stands for."""
    if start == end:
        return
    done = start
    for escape in _ESCAPE.finditer(source, start, end) if source.find("\\", start, end) >= 0 else ():
        if done < escape.start():
            yield done, escape.start(), ""
        code = int(escape[1], 16) if escape[1] else int(escape[2], 8) if escape[2] else 0
        yield *escape.span(), chr(code) if escape[3] is None else _LETTERS.get(escape[3], escape[3])
        done = escape.end()
    if done < end:
        yield done, end, ""
