"""A repaired string written back into its literal: only the letters that have changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

_LONGEST = 200
# Code points of a word of which the letters are paired when their number has changed: the time grows with the square.

_FEW = 8
# One letter in so many at most differs in texts that are compared as they stand; where more do, letters may have moved.

_SPACE = re.compile(r"(\s)")


class Escapes:
    r"""Tells where the letters of a text stand in its literal, given a pattern of what stands for one letter and is longer.

    >>> escapes = Escapes(r"a\nb\u0442", "a\nbт", re.compile(r"\\u....|\\."))
    >>> [escapes.place(letter) for letter in range(5)]
    [0, 1, 3, 4, 10]
    """

    def __init__(self, raw: str, text: str, escape: re.Pattern[str]) -> None:
        self._letters: list[int] = []
        self._shifts = [0]
        for found in escape.finditer(raw) if len(raw) > len(text) else ():
            self._letters.append(found.start() - self._shifts[-1])
            self._shifts.append(self._shifts[-1] + found.end() - found.start() - 1)

    def place(self, letter: int) -> int:
        """Return where a letter begins, given its number; for the number of all letters where the literal ends."""
        return letter + self._shifts[bisect_left(self._letters, letter)]


def respelled(raw: str, escapes: Escapes, texts: tuple[str, str], write: Callable[[str], str]) -> str:
    r"""Return a literal of which the text, the first of two, becomes the second.

    >>> escapes = Escapes(r"O\u0442!", "Oт!", re.compile(r"\\u...."))
    >>> respelled(r"O\u0442!", escapes, ("Oт!", "От!"), lambda letters: f"<{letters}>")
    '<О>\\u0442!'
    """
    parts: list[str] = []
    done = 0
    for start, end, letters in changes(*texts):
        parts += raw[done : escapes.place(start)], write(letters)
        done = escapes.place(end)
    return "".join([*parts, raw[done:]])


def changes(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield what makes `new` of `old`: from which letter to which, and what then stands there."""
    if len(old) == len(new):
        places = np.flatnonzero(_codes(old) != _codes(new))
        if len(places) * _FEW <= len(old):
            yield from ((place, place + 1, new[place]) for place in places.tolist())
            return
    start = 0
    for before, after in _words(old, new):
        if before != after:
            for low, high, letters in changed_letters(before, after):
                yield start + low, start + high, letters
        start += len(before)


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _words(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the words of both texts, and the white space between them, of which no repair adds or removes any."""
    before, after = _SPACE.split(old), _SPACE.split(new)
    yield from zip(before, after, strict=True) if len(before) == len(after) else [(old, new)]


def changed_letters(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield what makes one word of another."""
    if len(old) == len(new):
        yield from ((at, at + 1, after) for at, (before, after) in enumerate(zip(old, new, strict=True)) if before != after)
    elif len(old) > _LONGEST:
        yield 0, len(old), new
    else:
        from difflib import SequenceMatcher  # noqa: PLC0415  # for the few words of which the length changes

        for kind, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind != "equal":
                yield low, high, new[first:last]
