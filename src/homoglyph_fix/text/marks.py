"""Marks in a text that keep lines of it: `homoglyph-fix: ignore`, `ignore-next`, `off` and `on`, in whatever comment they stand.

A mark is `homoglyph-fix:`, spaces or tabs or nothing, and one of the four words, all in small letters. No Latin letter, digit or underscore
stands right before or behind it, nor beyond a single hyphen there. Lines end as everywhere: at a line feed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from ..arrays.ragged import any_of
from .encodings import Text

SIGN: Final = "homoglyph-fix:"
IGNORE, IGNORE_NEXT, OFF, ON = WORDS = ("ignore", "ignore-next", "off", "on")
REASON: Final = "a mark keeps the line"
"""What is told of a line that is kept."""

_AT: Final = SIGN.index("f")  # a letter that Ukrainian text lacks, damaged or not, which makes the search twenty times as fast ...
_FEW: Final = 64  # ... where there are no more of it
# Two bytes of the sign at an even place of it and two at an odd one: wherever it begins in a text, one of these pairs is a unit of 16 bits.
_PAIRS: Final = np.frombuffer(b"h--f", np.uint16)
_MARK: Final = rf"(?<![0-9A-Za-z_])(?<![0-9A-Za-z_]-){SIGN}[ \t]*({IGNORE_NEXT}|{IGNORE}|{OFF}|{ON})(?![0-9A-Za-z_]|-[0-9A-Za-z_])"
_SIGN_IN_UTF8: Final = SIGN.encode()


class State(NamedTuple):
    """What the marks before some lines say of them: that all are kept till `on`, or that the first is."""

    is_off: bool = False
    is_next: bool = False


_CLEAR: Final = State()


class Marks:
    r"""Carries marks over from one part of a text in UTF-8 to the next, for those who read it in parts; a part ends at a line end.

    >>> marks = Marks()
    >>> marks.carried(b"# homoglyph-fix: off\n"), marks.carried(b"a\n# homoglyph-fix: on\nb\n"), marks.carried(b"c\n")
    (0, 22, 0)
    """

    def __init__(self) -> None:
        """Begin a text."""
        self._state = _CLEAR

    def carried(self, part: bytes) -> int:
        """Return how many bytes at the start of the next part are kept by marks in the parts before it."""
        if not part or (self._state == _CLEAR and not self.may_be_in(part)):
            return 0
        lines, state = kept_lines(part, self._state)
        is_kept = any(self._state)
        self._state = state
        return lines[0][1] if is_kept else 0

    @staticmethod
    def may_be_in(text: str | bytes) -> bool:
        """Tell whether a text may hold a mark: where this is false, none is in it.

        >>> Marks.may_be_in("# homoglyph-fix: off"), Marks.may_be_in("це fix".encode())
        (True, False)
        """
        return has_sign(text)


def has_sign(text: str | bytes) -> bool:
    """Tell whether a text may hold a mark.

    >>> has_sign("# homoglyph-fix: off"), has_sign(b"the fix"), has_sign(b"f" * 99 + b"homoglyph-fix:")
    (True, False, True)
    """
    if isinstance(text, str):
        return SIGN in text
    at = text.find(b"f")
    for _ in range(_FEW):
        if at < 0:
            return False
        if text.startswith(_SIGN_IN_UTF8, at - _AT) and at >= _AT:
            return True
        at = text.find(b"f", at + 1)
    units = np.frombuffer(text, np.uint16, len(text) // 2)  # looked through in a third of the time that a search for the sign takes
    if not any(any_of(units == pair) for pair in _PAIRS):
        return False
    return _SIGN_IN_UTF8 in text


def kept_lines(text: str | bytes, state: State = _CLEAR) -> tuple[list[tuple[int, int]], State]:
    r"""Return where the lines are that marks keep, line ends included, those that touch as one; and what is said of the lines that follow.

    >>> kept_lines("a\nb # homoglyph-fix: ignore\nc\n# homoglyph-fix: ignore-next\n")
    ([(2, 28)], State(is_off=False, is_next=True))
    """
    spans = [(0, _line_end(text, 0))] if state.is_next else []
    since = 0 if state.is_off else -1  # where the lines begin that are kept till a mark says `on`
    is_next = False
    for start, end, words in _marked_lines(text):
        is_next = IGNORE_NEXT in words
        if set(words) != {IGNORE_NEXT}:
            spans.append((start, end))
        if is_next:
            spans.append((end, _line_end(text, end)))
            is_next = end == len(text)
        switched = [word for word in words if word in (OFF, ON)]
        if switched and switched[-1] == OFF and since < 0:
            since = start
        elif switched and switched[-1] == ON and since >= 0:
            spans.append((since, end))
            since = -1
    if since >= 0:
        spans.append((since, len(text)))
    return _merged(spans), State(since >= 0, is_next)


def holds(lines: list[tuple[int, int]], place: int) -> bool:
    """Tell whether a place lies in lines that are kept."""
    number = bisect_right(lines, place, key=lambda line: line[0]) - 1
    return number >= 0 and place < lines[number][1]


def each_line(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the lines that are kept one by one, without their line ends; not the blank ones."""
    for start, end in lines:
        while start < end:
            below = _line_end(text, start)
            if line := text[start:below].rstrip():
                yield start, start + len(line)
            start = below  # noqa: PLW2901  # what is left


def restored(old: Text, new: Text) -> Text:
    r"""Return a repaired text with the lines as they were that marks keep; a repair leaves as many lines as there were.

    >>> restored("Oт\nOт # homoglyph-fix: ignore\n", "От\nОт # homoglyph-fix: ignore\n").encode("ascii", "replace")
    b'??\nO? # homoglyph-fix: ignore\n'
    """
    line_end = _line_end_of(old)
    parts: list[Any] = []
    read = written = 0  # how far the two texts are done
    for start, end in kept_lines(old)[0]:
        below = _below(new, written, old.count(line_end, read, start))
        parts += new[written:below], old[start:end]
        read, written = end, len(new) if end == len(old) else _below(new, below, old.count(line_end, start, end))
    result = old[:0].join([*parts, new[written:]])
    return old if result == old else result


def _below(text: Any, place: int, lines: int) -> int:  # noqa: ANN401  # a text of either kind
    """Return where the line begins that stands so many lines below a place at which one begins."""
    line_end = _line_end_of(text)
    for _ in range(lines):
        place = text.index(line_end, place) + 1
    return place


def _marked_lines(text: Any) -> Iterator[tuple[int, int, list[str]]]:  # noqa: ANN401
    """Yield the lines with marks, and the words of their marks."""
    sign, pattern = (SIGN, _pattern(False)) if isinstance(text, str) else (_SIGN_IN_UTF8, _pattern(True))
    at = text.find(sign)
    while at >= 0:
        start, end = text.rfind(_line_end_of(text), 0, at) + 1, _line_end(text, at)
        words = [str(found[1], "ascii") if isinstance(found[1], bytes) else found[1] for found in pattern.finditer(text, start, end)]
        if words:
            yield start, end, words
        at = text.find(sign, end)


@cache
def _pattern(is_utf8: bool) -> Any:  # noqa: ANN401
    """Return the pattern of a mark; few texts have one, and it takes 2 ms to make."""
    return re.compile(_MARK.encode() if is_utf8 else _MARK)


def _line_end(text: Any, place: int) -> int:  # noqa: ANN401
    """Return where the line of a place ends, its line end included."""
    return text.find(_line_end_of(text), place) + 1 or len(text)


def _line_end_of(text: Any) -> Any:  # noqa: ANN401
    return "\n" if isinstance(text, str) else b"\n"


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that touch as one, without empty ones."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif start < end:
            found.append((start, end))
    return found
