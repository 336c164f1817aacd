"""Letters that only look right, marked so that a reader sees them: the one place where printers get their marks and colours from."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Flags = list[bool]
"""Which characters of a text are marked."""


class Ink(Enum):
    """How what is marked stands out."""

    PLAIN = 0  # not at all: for programs
    BRACKETS = 1
    COLOUR = 2


_STYLES: Final = {
    "foreign": "1;4;31", "digit": "1;4;33", "invisible": "1;4;33", "new": "1;32", "strong": "1", "dim": "2", "head": "36",
    "old": "31", "added": "32",
}  # fmt: skip
"""The codes of ECMA-48. Colour never stands alone: a foreign letter is bold and underlined too."""

_ABBREVIATIONS: Final = {
    0xAD: "SHY", 0x34F: "CGJ", 0x61C: "ALM", 0x180E: "MVS", 0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM",
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO", 0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI",
    0x2069: "PDI", 0xFEFF: "BOM",
}  # fmt: skip
"""As the code charts of Unicode write them."""

_LONG: Final = 200
# Characters up to which words of different length are compared letter by letter; that takes the square of their number.


def dyed(text: str, style: str, ink: Ink) -> str:
    r"""Return a text in one of the styles, where there is colour.

    >>> dyed("за", "new", Ink.COLOUR), dyed("за", "new", Ink.BRACKETS)
    ('\x1b[1;32mза\x1b[0m', 'за')
    """
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if ink is Ink.COLOUR and text else text


def marked(old: str, new: str, ink: Ink) -> tuple[str, str]:
    r"""Return a text and what becomes of it, with the letters marked in which they differ.

    >>> marked("nорaзкu", "поразки", Ink.BRACKETS)
    ('[n]ор[a]зк[u]', '[п]ор[а]зк[и]')
    >>> marked("по\u200bрно", "порно", Ink.BRACKETS)
    ('по‹ZWSP›рно', 'порно')
    >>> marked("мaма", "", Ink.PLAIN)
    ('мaма', '""')
    """
    before, after = differing(old, new)
    return painted(old, before, ink) or '""', painted(new, after, ink, new=True) or '""'


def painted(text: str, flags: Sequence[bool], ink: Ink, *, new: bool = False) -> str:
    """Return a text with some of its characters marked; what is marked in a `new` one is right."""
    if ink is Ink.PLAIN:
        return visible(text)
    digit = "digit" if ink is Ink.COLOUR else "foreign"
    kinds = [_kind(character, "new" if new else "", digit) for character in text]
    return "".join(_run(characters, kind, ink) for kind, characters in _runs(text, flags, kinds))


def _runs(text: str, flags: Sequence[bool], kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the runs of characters that are shown alike; a combining mark goes with the letter that it stands on."""
    found: list[str] = []
    for character, flag, kind in zip(text, flags, kinds, strict=True):
        if found and found[-1] not in ("", "invisible") and unicodedata.combining(character):
            found.append(found[-1])
        else:
            found.append(kind if flag else "")
    for kind, pairs in groupby(zip(found, text, strict=True), key=lambda pair: pair[0]):
        yield kind, "".join(character for _, character in pairs)


def _kind(character: str, kind: str, digit: str) -> str:
    """Tell how a character is shown if it is marked."""
    if kind:
        return kind
    if not character.isprintable() or unicodedata.combining(character):
        return "invisible"
    return digit if character in "0123456789" else "foreign"


def _run(text: str, kind: str, ink: Ink) -> str:
    """Return one run as it is shown."""
    shown = "".join(_shown(character, first=not place) for place, character in enumerate(text))
    if not kind:
        return shown
    if ink is Ink.BRACKETS:
        return shown if kind == "invisible" else f"[{shown}]"
    return dyed(shown, kind, ink)


def _shown(character: str, *, first: bool) -> str:
    """Return a character, or its name in angles if it cannot be seen."""
    if character == " " or (character.isprintable() and not (first and unicodedata.combining(character))):
        return character
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    return f"‹{short_name(character)}›"


def letters_of(text: str) -> list[str]:
    r"""Return the letters of a text, each with the marks that stand on it.

    >>> [len(letter) for letter in letters_of("и\u0306о")]
    [2, 1]
    """
    found: list[str] = []
    for character in text:
        if found and unicodedata.combining(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def short_name(character: str) -> str:
    r"""Return what stands for a character that cannot be seen: an abbreviation, or its number.

    >>> short_name("\u200b"), short_name("\7")
    ('ZWSP', 'U+0007')
    """
    return _ABBREVIATIONS.get(ord(character), f"U+{ord(character):04X}")


def differing(old: str, new: str) -> tuple[Flags, Flags]:
    r"""Tell which characters of two texts are not in the other; words are compared with words, so that long lines take no longer.

    >>> differing("и\u03062", "й2")
    ([True, True, False], [True, False])
    """
    if len(old) == len(new):
        flags = [one != other for one, other in zip(old, new, strict=True)]
        return flags, flags
    words, others = re.split(r"(\s+)", old), re.split(r"(\s+)", new)
    if len(words) != len(others) or len(words) == 1:
        return _compared(old, new)
    pairs = [(differing if len(one) == len(other) else _compared)(one, other) for one, other in zip(words, others, strict=True)]
    return [flag for flags, _ in pairs for flag in flags], [flag for _, flags in pairs for flag in flags]


def _compared(old: str, new: str) -> tuple[Flags, Flags]:
    """Compare two words of different length."""
    if max(len(old), len(new)) > _LONG:
        return _ends_apart(old, new)
    from difflib import SequenceMatcher  # noqa: PLC0415  # 6 ms; few words change their length

    before, after = [True] * len(old), [True] * len(new)
    for at, other, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        before[at : at + size] = after[other : other + size] = [False] * size
    return before, after


def _ends_apart(old: str, new: str) -> tuple[Flags, Flags]:
    """Mark all that lies between what two texts have in common at their ends."""
    most = min(len(old), len(new))
    head = next((place for place in range(most) if old[place] != new[place]), most)
    tail = next((place for place in range(most - head) if old[-1 - place] != new[-1 - place]), most - head)
    return tuple([head <= place < len(text) - tail for place in range(len(text))] for text in (old, new))  # type: ignore[return-value]


def width(text: str) -> int:
    r"""Return how many columns of a terminal a text takes.

    >>> width("дім"), width("日本"), width("е\u0301")
    (3, 4, 1)
    """
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


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
