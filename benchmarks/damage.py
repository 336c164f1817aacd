"""Ways to damage clean Ukrainian text: each takes a text and a random generator, and returns a damaged text.

Only Cyrillic letters are touched, so the clean text is the right answer. The tables are small on purpose and independent
of the program's own: they hold what is met in the wild, not what the program happens to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import Final

Table = Mapping[str, str]
Damage = Callable[[str, Random], str]

IDENTICAL: Final[Table] = dict(zip("аеіорсухїАВЕІКМНОРСТУХЇ", "aeiopcyxïABEIKMHOPCTYXÏ", strict=True))
"""Latin letters that no eye can tell from the Cyrillic ones."""

NEAR: Final[Table] = {"к": "k", "т": "tm", "м": "m", "н": "h", "в": "b", "ш": "w", "и": "u", "п": "n", "г": "r", "П": "n", "Г": "r"}
"""Upright, italic and handwritten likenesses."""

DIGITS: Final[Table] = {"о": "0", "О": "0", "з": "3", "З": "3", "б": "6"}
GREEK: Final[Table] = dict(zip("оаіркхАВЕКМНОРТХІ", "οαιρκχΑΒΕΚΜΗΟΡΤΧΙ", strict=True))
STYLED: Final[Table] = {
    cyrillic: chr(ord(latin) + (0x1D400 - 65 if latin.isupper() else 0x1D41A - 97)) + chr(ord(latin) + 0xFEE0)
    for cyrillic, latin in IDENTICAL.items()
    if latin.isascii()
}
"""Mathematical bold and fullwidth forms of the Latin letters."""

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_WORD = re.compile("[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя]+", re.IGNORECASE)


def both(*tables: Table) -> Table:
    """Merge tables: a letter may become any of its images.

    >>> both({"з": "3"}, {"з": "z", "о": "0"})
    {'з': '3z', 'о': '0'}
    """
    merged: dict[str, str] = {}
    for table in tables:
        for letter, images in table.items():
            merged[letter] = merged.get(letter, "") + images
    return merged


def letters(text: str, rng: Random, share: float, table: Table) -> str:
    """Replace a share of the letters that the table knows.

    >>> letters("мама", Random(1), 1.0, {"а": "a"})
    'мaмa'
    """
    return re.sub(f"[{''.join(table)}]", lambda found: rng.choice(table[found[0]]) if rng.random() < share else found[0], text)


def words(text: str, rng: Random, share: float) -> str:
    """Damage a share of the words, each by half of its letters that have an identical image, at least by one where it can be.

    >>> words("ера", Random(1), 1.0) != "ера"
    True
    """

    def damaged(found: re.Match[str]) -> str:
        word = found[0]
        if rng.random() >= share:
            return word
        changed = letters(word, rng, 0.5, IDENTICAL)
        return changed if changed != word else letters(word, rng, 1.0, IDENTICAL)

    return _WORD.sub(damaged, text)


def slips(text: str, rng: Random) -> str:
    """Replace one letter in every fifth word."""

    def slip(found: re.Match[str]) -> str:
        word = found[0]
        places = [place for place, letter in enumerate(word) if letter in IDENTICAL]
        if not places or rng.random() >= 0.2:
            return word
        place = rng.choice(places)
        return word[:place] + IDENTICAL[word[place]] + word[place + 1 :]

    return _WORD.sub(slip, text)


def invisible(text: str, rng: Random) -> str:
    """Put an invisible character inside a third of the longer words."""

    def split(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < 4 or rng.random() >= 1 / 3:
            return word
        place = rng.randrange(1, len(word))
        return word[:place] + rng.choice(INVISIBLE) + word[place:]

    return _WORD.sub(split, text)


def decomposed(text: str, rng: Random) -> str:
    """Write й and ї as a letter and a combining mark, as some keyboards and PDF files do."""
    marked: dict[str, str | int | None] = {"й": "и\u0306", "Й": "И\u0306", "ї": rng.choice(["і\u0308", "i\u0308"]), "Ї": "І\u0308"}
    return text.translate(str.maketrans(marked))


DAMAGES: Final[dict[str, Damage]] = {
    "one letter in every fifth word": slips,
    "30 % of identical letters": partial(letters, share=0.3, table=IDENTICAL),
    "all identical letters": partial(letters, share=1.0, table=IDENTICAL),
    "every і": partial(letters, share=1.0, table={"і": "i", "І": "I"}),
    "30 %, also near shapes": partial(letters, share=0.3, table=both(IDENTICAL, NEAR)),
    "30 %, also digits": partial(letters, share=0.3, table=both(IDENTICAL, DIGITS)),
    "30 % Greek": partial(letters, share=0.3, table=GREEK),
    "30 % mathematical and fullwidth": partial(letters, share=0.3, table=STYLED),
    "invisible characters": invisible,
    "й and ї in two parts": decomposed,
}
