"""The letters that an edit replaces: which character becomes what, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import NamedTuple


class Letter(NamedTuple):
    """A character of the original that becomes something else.

    >>> Letter(1, "o", "LATIN SMALL LETTER O", "о").name
    'LATIN SMALL LETTER O'
    """

    place: int
    """Its offset in the original, in code points."""
    character: str
    name: str
    """As Unicode has it; the number, `U+0007`, of a character without a name."""
    becomes: str
    """One letter, or with an accent two; nothing where an invisible character goes, or a mark that is part of the letter before it."""


def letters_of(place: int, old: str, new: str) -> Iterator[Letter]:
    r"""Yield the letters of an edit at some place; put in, they make `new` of `old`.

    >>> [(letter.place, letter.character, letter.becomes) for letter in letters_of(7, "сло\u00advo", "слово")]
    [(10, '\xad', ''), (11, 'v', 'в'), (12, 'o', 'о')]
    """
    for at, becomes in replaced(old, new):
        yield Letter(place + at, old[at], name_of(old[at]), becomes)


def name_of(character: str) -> str:
    r"""Return the name of a character.

    >>> name_of("і"), name_of("\7")
    ('CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I', 'U+0007')
    """
    name: str = _unicode().name(character, "")
    return name or f"U+{ord(character):04X}"


def replaced(old: str, new: str) -> list[tuple[int, str]]:
    r"""Return which characters of a word change, by their number, and what each becomes.

    >>> replaced("Kи\u0306в", "Кйв")
    [(0, 'К'), (1, 'й'), (2, '')]
    >>> replaced("сáл", "са\u0301л") == [(1, "а\u0301")]
    True
    """
    found = _letter_by_letter(old, new)
    return _as_a_whole(old, new) if found is None else found


def _letter_by_letter(old: str, new: str) -> list[tuple[int, str]] | None:
    """Pair the letters as `decisions.spelling` writes them: invisible characters and marks may go, a letter may get an accent."""
    found = []
    done = 0
    for at, character in enumerate(old):
        if new[done : done + 1] == character:
            done += 1
        elif _may_go(character):
            found.append((at, ""))
        elif done == len(new):
            return None
        else:
            accented = new[done + 1 : done + 2] not in ("", old[at + 1 : at + 2]) and _unicode().combining(new[done + 1])
            size = 2 if accented else 1
            found.append((at, new[done : done + size]))
            done += size
    return found if done == len(new) else None


def _as_a_whole(old: str, new: str) -> list[tuple[int, str]]:
    """Let the first character that differs become all of the rest: a text that was decoded anew has no pairs of letters."""
    shared = min(len(old), len(new))
    low = next((at for at in range(shared) if old[at] != new[at]), shared)
    high = next((at for at in range(shared - low) if old[-1 - at] != new[-1 - at]), shared - low)
    if low + high == len(old):  # something is only added: to the character before it, or to the first
        low, high = (low - 1, high) if low else (0, high - 1)
    return [(low, new[low : len(new) - high]), *((at, "") for at in range(low + 1, len(old) - high))]


def _may_go(character: str) -> bool:
    return _unicode().category(character) in ("Cf", "Mn", "Me")


def _unicode() -> ModuleType:
    """Return the names of the newest Unicode, which take 2 ms to load; those of Python are as old as it is."""
    return import_module("unicodedata2")
