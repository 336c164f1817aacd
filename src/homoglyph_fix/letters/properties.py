"""The script and strength of every character, as lookup arrays.

A character has a set of properties, the bits of one `uint32`. They are compiled by `data/build` from Unicode's own data (UAX #24 for
scripts, general categories for the rest) into `_data/properties.npy`; what stands here is their meaning and the way to look them up.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .data_files import load

# Letters. A letter has exactly one of the first six.
CYRILLIC: Final = 1 << 0  # of the Ukrainian, Russian or Belarusian alphabet
LATIN: Final = 1 << 1  # ASCII or accented Latin
GREEK: Final = 1 << 2
ALIEN: Final = 1 << 3  # any other letter that can be read as a Ukrainian one: Armenian, Cherokee, styled, small capitals ...
FOREIGN_CYRILLIC: Final = 1 << 4  # Cyrillic letters of other alphabets: ѕ ј һ ԁ ӏ қ ...
OTHER: Final = 1 << 5  # letters of which we know nothing
UPPER: Final = 1 << 6
LOWER: Final = 1 << 7
STRONG: Final = 1 << 8  # a Cyrillic letter whose shape exists in Cyrillic only: б ж ф
ROMAN: Final = 1 << 9  # I V X L C D M, and the Cyrillic letters that look like them
DIGIT: Final = 1 << 10  # 0 to 9
DIGIT_LETTER: Final = 1 << 11  # a digit that can be read as a letter: 0 1 3 4 6
# Inside words
FALSE_APOSTROPHE: Final = 1 << 12  # a sign that is to become the apostrophe it stands for; set by `words.apostrophes`, not by a character
APOSTROPHE: Final = 1 << 13  # ' ’ ʼ `: a letter of the word when letters stand on both sides
MARK: Final = 1 << 14  # combining marks
INVISIBLE: Final = 1 << 15  # soft hyphen, zero-width, word joiner, BOM
# Between words
SPACE: Final = 1 << 16
NEWLINE: Final = 1 << 17
SENTENCE_END: Final = 1 << 18  # . ! ? …
HYPHEN: Final = 1 << 19
COMMA: Final = 1 << 20  # , ; :
OPENING: Final = 1 << 21  # brackets and quotes that open
CLOSING: Final = 1 << 22
TECHNICAL: Final = 1 << 23  # / \\ @ # _ = + * < > { } | ~ ^ & % $: marks of formulas, code and addresses
DOT: Final = 1 << 24
DASH: Final = 1 << 25  # – —
STRONG_FOREIGN: Final = 1 << 26  # a foreign letter that looks like no letter of ours: d, f, z
HOST: Final = 1 << 27  # of a domain label that mixes scripts; set by the shields, not by a character
SHIELD: Final = TECHNICAL  # what a shielded character looks like from outside
IDENTIFIER: Final = HOST | SHIELD  # of an identifier that is Latin but for intruders; no letter is TECHNICAL by itself
PLAIN_LATIN: Final = 1 << 28  # a to z, A to Z
VOWEL: Final = 1 << 29  # Cyrillic and Latin vowels: a word needs one
HUNDREDS: Final = 1 << 31  # C D M of Roman numerals, and their Cyrillic lookalikes
CASELESS: Final = 1 << 30  # stands for a small letter and for a capital: digits, and n and r for П and Г

LETTER: Final = CYRILLIC | LATIN | GREEK | ALIEN | FOREIGN_CYRILLIC | OTHER
NATIVE: Final = CYRILLIC | FOREIGN_CYRILLIC
FOREIGN: Final = LATIN | GREEK | ALIEN | FOREIGN_CYRILLIC

BLOCKS: Final = (
    range(0x10000),  # the Basic Multilingual Plane
    range(0x10280, 0x10580),  # Lycian, Carian, Old Italic, Gothic, Deseret, Shavian, Osage, Elbasan, Caucasian Albanian
    range(0x10920, 0x10940),  # Lydian
    range(0x10A80, 0x10AA0),  # Old North Arabian
    range(0x10C00, 0x10D00),  # Old Turkic, Old Hungarian
    range(0x11000, 0x11080),  # Brahmi
    range(0x118A0, 0x11900),  # Warang Citi
    range(0x11AC0, 0x11B00),  # Pau Cin Hau
    range(0x16A40, 0x16A70),  # Mro
    range(0x16F00, 0x16FA0),  # Miao
    range(0x1D400, 0x1D800),  # mathematical letters
    range(0x1F100, 0x1F200),  # enclosed letters
)
"""The characters that have a row of their own in the compiled tables: all that have readings are among them."""
SLOTS: Final = sum(map(len, BLOCKS)) + 1
_OTHER_SLOT: Final = SLOTS - 1
_START: Final = np.array([block.start for block in BLOCKS], np.uint32)
_STOP: Final = np.array([block.stop for block in BLOCKS], np.uint32)
_FIRST: Final = np.cumsum([0, *map(len, BLOCKS[:-1])]).astype(np.uint32)


def slots(points: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the row of each code point in the compiled tables.

    The code points of `BLOCKS` have a row each, all others share one.

    >>> slots(np.array([65, 0x10280, 0x20000], np.uint32)).tolist()
    [65, 65536, 68400]
    """
    if not len(points) or points.max() < 0x10000:
        return points
    result = points.copy()
    far = np.flatnonzero(points >= 0x10000)
    beyond = points[far]
    block = _START.searchsorted(beyond, "right") - 1
    result[far] = np.where(beyond < _STOP[block], beyond - _START[block] + _FIRST[block], np.uint32(_OTHER_SLOT))
    return result


@cache
def properties() -> NDArray[np.uint32]:
    """Load the property bits of every row of `slots`."""
    table: NDArray[np.uint32] = load("properties")
    return table
