"""Where a text may need work: array operations only, over raw code units, in blocks that fit the cache.

A place is suspicious when it holds a Latin letter near Cyrillic ones or digits, a digit beside a Cyrillic letter, or a character that
running Ukrainian text does not have. The screen may name more places than need work, never fewer; nothing later depends on the surplus.
In Ukrainian prose it names about one word in a hundred (measured on 270,000 words); the rest goes no further.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .segments import Index

BLOCK: Final = 1 << 17  # code units: the handful of arrays a block needs stay in a 2 MB cache
MARGIN: Final = 32  # code units seen on both sides of a block: more than any test looks away
CROWDED: Final = 16  # one hit in so many units: then Latin letters far from Cyrillic ones are worth sorting out
NEAR: Final = 6  # characters between a Latin word and the Cyrillic letter or digit that makes it suspicious

Units = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.uint32]
Flags = NDArray[np.bool_]

# Third and second bytes after E2 that prose has: general punctuation without the zero-width characters, currency, № and ™, arrows.
_PROSE_PUNCTUATION: Final = np.zeros((256, 256), bool)
_PROSE_PUNCTUATION[0x80, [*range(0x80, 0x8B), *range(0x90, 0xAA), *range(0xAF, 0xC0)]] = True
_PROSE_PUNCTUATION[0x81, 0x80:0xA0] = True
_PROSE_PUNCTUATION[0x82, :] = True
_PROSE_PUNCTUATION[0x84, [0x96, 0xA2]] = True
_PROSE_PUNCTUATION[0x86:0x8A, :] = True


def suspects(units: Units) -> Index:
    """Return the places in UTF-8, UTF-16 or UTF-32 code units that may need work, in order.

    >>> suspects(np.frombuffer("Oт і все".encode(), np.uint8)).tolist()
    [0]
    >>> suspects(np.frombuffer("Це добре.".encode(), np.uint8)).tolist()
    []
    """
    flag = _flag_utf8 if units.dtype == np.uint8 else _flag_wide
    found = []
    for start in range(0, len(units), BLOCK):
        low = max(0, start - MARGIN)
        block = units[low : start + BLOCK + MARGIN]
        hits = np.flatnonzero(flag(block)[start - low : start - low + BLOCK])
        found.append(hits + start)
    return np.concatenate(found) if found else np.zeros(0, np.intp)


def _flag_utf8(block: NDArray[np.uint8]) -> Flags:
    """Flag the suspicious bytes of a block of UTF-8."""
    lead = (block - np.uint8(0xD0)) < 2  # of а to я, і, ї, є and the few other letters up to U+047F
    digit = (block & np.uint8(0xF8)) == 0x30  # 0 to 7; those that are read as letters are among them
    latin = (block & np.uint8(0xC0)) == 0x40  # letters, @ and some brackets
    odd = block >= 0xC3
    odd ^= lead
    odd[:-1] |= digit[:-1] & lead[1:]
    odd[2:] |= digit[2:] & lead[:-2]
    # One byte that tells apart the pairs that matter: 85 is ѕ or Ѕ, 88 ј or Ј, 8D a soft hyphen.
    pair = block[:-1] + block[:-1]
    pair += pair
    pair += pair
    pair += pair  # times 16: NumPy adds bytes ten times as fast as it shifts them
    pair ^= block[1:]
    odd[:-1] |= (pair | np.uint8(8)) == 0x8D
    odd[:-1] |= pair == 0x88
    lone = (block & np.uint8(0xFA)) == 0x32  # 2, 3, 6 and 7: a 3 or a 6 alone may be З or б
    lone[1:] &= block[:-1] <= 0x20
    odd |= lone
    hits = np.count_nonzero(latin) + np.count_nonzero(odd)
    if hits * CROWDED > len(block):
        latin &= _near(lead | ((block - np.uint8(48)) < 10), MARGIN)
    odd |= latin
    marks = np.flatnonzero(block == 0xE2)
    if len(marks):
        after = np.minimum(marks + 1, len(block) - 1), np.minimum(marks + 2, len(block) - 1)
        odd[marks[_PROSE_PUNCTUATION[block[after[0]], block[after[1]]]]] = False
    return odd


def _flag_wide(block: NDArray[np.uint16] | NDArray[np.uint32]) -> Flags:
    """Flag the suspicious code units of a block of UTF-16 or UTF-32."""
    unit = block.dtype.type
    place = block - unit(0x400)
    native = place < 0x60
    digit = (block & ~unit(7)) == 0x30
    latin = (block & ~unit(0x3F)) == 0x40
    odd = block >= 0x80
    odd ^= native
    odd &= (block - unit(0x2010)) >= 0x17
    odd[1:] |= digit[1:] & native[:-1]
    odd[:-1] |= digit[:-1] & native[1:]
    odd |= place < 0x10
    odd |= block == 0x455
    odd |= block == 0x458
    lone = (block & ~unit(5)) == 0x32
    lone[1:] &= block[:-1] <= 0x20
    odd |= lone
    hits = np.count_nonzero(latin) + np.count_nonzero(odd)
    if hits * CROWDED > len(block):
        latin &= _near(native | ((block - unit(48)) < 10), MARGIN // 2)
    odd |= latin
    return odd


def _near(mask: Flags, reach: int) -> Flags:
    """Tell which places have a set one at most `reach` away."""
    near = mask.copy()
    step = 1
    while reach:
        step = min(step, reach)
        reach -= step
        wider = near.copy()
        wider[step:] |= near[:-step]
        wider[:-step] |= near[step:]
        near = wider
        step *= 2
    return near
