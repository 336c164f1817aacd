"""Where a text may need work: array operations only, over raw code units, in blocks that fit the cache.

A place is suspicious when it holds a Latin letter near Cyrillic ones or digits, a digit beside a Cyrillic letter, or a character that
running Ukrainian text does not have. The screen may name more places than need work, never fewer; nothing later depends on the surplus.
In Ukrainian prose it names about one word in a hundred (measured on 270,000 words); the rest goes no further.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .scripts import STRONG_FOREIGN, properties
from .segments import Index

BLOCK: Final = 1 << 17  # code units: the handful of arrays a block needs stay in a 2 MB cache
MARGIN: Final = 32  # code units seen on both sides of a block: more than any test looks away
CROWDED: Final = 16  # one hit in so many units: then Latin letters far from Cyrillic ones are worth sorting out
NEAR: Final = 6  # characters between a Latin word and the Cyrillic letter or digit that makes it suspicious
NEWLINE: Final = 10
LESS: Final = 0x3C
QUOTE: Final = 0x60

Units = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.uint32]
Flags = NDArray[np.bool_]

# Third and second bytes after E2 that prose has: general punctuation without the zero-width characters, currency, № and ™, arrows.
_PROSE_PUNCTUATION: Final = np.zeros((256, 256), bool)
_PROSE_PUNCTUATION[0x80, [*range(0x80, 0x8B), *range(0x90, 0xAA), *range(0xAF, 0xC0)]] = True
_PROSE_PUNCTUATION[0x81, 0x80:0xA0] = True
_PROSE_PUNCTUATION[0x82, :] = True
_PROSE_PUNCTUATION[0x84, [0x96, 0xA2]] = True
_PROSE_PUNCTUATION[0x86:0x8A, :] = True

# Code points that prose has, as the screen of wider code units sees them: Latin-1 signs, the letters that only look foreign, № and ™.
_PLAIN: Final = np.zeros(0x3000, bool)
_PLAIN[0xA0:0xC0] = True
_PLAIN[[0x401, 0x404, 0x406, 0x407, 0x40E, 0x490, 0x491, 0x2116, 0x2122]] = True
_PLAIN[0x2013:0x2027] = True
_PLAIN[[0xAA, 0xAD, 0xB4, 0xB5, 0xBA, 0x2018, 0x2019]] = False


_NATIVE: Final = np.zeros(0x3000, bool)  # Cyrillic letters and digits
_NATIVE[0x400:0x530] = True
_NATIVE[0x30:0x3A] = True
_NATIVE[0x1C80:0x1C90] = True
_NATIVE[0x2DE0:0x2E00] = True
_NATIVE[[0x1D2B, 0x2FFF]] = True  # the last stands for all that is beyond
_NATIVE_LEAD: Final = np.zeros(256, bool)  # the bytes that such characters begin with in UTF-8, and digits
_NATIVE_LEAD[0x30:0x3A] = True
_NATIVE_LEAD[[*range(0xD0, 0xD5), 0xE1, 0xE2, 0xEA]] = True


class Places(NamedTuple):
    """What one walk through a text finds, in order."""

    suspects: Index
    newlines: Index
    markup: Index  # < and back-quotes


def suspects(units: Units) -> Index:
    """Return the places in UTF-8, UTF-16 or UTF-32 code units that may need work, in order.

    >>> suspects(np.frombuffer("Oт і все".encode(), np.uint8)).tolist()
    [0]
    >>> suspects(np.frombuffer("Це добре.".encode(), np.uint8)).tolist()
    []
    """
    return look_through(units).suspects


def look_through(units: Units) -> Places:
    """Walk through a text once, block by block, each block in the cache, and note all that the next steps need."""
    flag: Callable[[Any], Flags] = _flag_utf8 if units.dtype == np.uint8 else _flag_wide
    found, newlines, markup = [], [], []
    for start in range(0, len(units), BLOCK):
        low = max(0, start - MARGIN)
        block = units[low : start + BLOCK + MARGIN]
        hits = np.flatnonzero(flag(block)[start - low : start - low + BLOCK])
        found.append(hits + start)
        inner = units[start : start + BLOCK]
        newlines.append(np.flatnonzero(inner == NEWLINE) + start)
        markup.append(np.flatnonzero((inner == LESS) | (inner == QUOTE)) + start)
    if not found:
        return Places(*(np.zeros(0, np.intp) for _ in Places._fields))
    places = np.concatenate(found)
    places = places[_confirmed(units, places)] if len(places) else places
    return Places(places, np.concatenate(newlines), np.concatenate(markup))


def _confirmed(units: Units, places: Index) -> Flags:
    """Tell which flagged places stay suspicious at a closer look, which is too dear to take everywhere."""
    unit = units[places]
    after = units[np.minimum(places + 1, len(units) - 1)]
    before = units[np.maximum(places - 1, 0)]
    ascii_unit = unit < 0x80
    letter = ascii_unit & (((unit | unit.dtype.type(32)) - unit.dtype.type(97)) < 26)
    digit = ascii_unit & ((unit - unit.dtype.type(48)) < 10)
    keep = letter | digit | ~ascii_unit
    # A digit that no Cyrillic letter touches may be a word if it stands alone, and only 3 or 6.
    alone = digit & (before <= 0x20) & ((after < 0x80) | (places + 1 == len(units)))
    single = (unit == 0x33) | (unit == 0x36)
    keep &= ~alone | (single & ((after <= 0x20) | (after == 0x2D) | (after == 0x27) | (after == 0x60) | (places + 1 == len(units))))
    if units.dtype == np.uint8:
        keep &= (unit < 0x80) | (unit > 0xC2) | ((unit == 0xC2) & (after == 0xAD))
        ghe = (unit == 0xD2) & ((after & np.uint8(0xFE)) == 0x90)
        next_char = units[np.minimum(places + 2, len(units) - 1)]
        keep &= ~ghe
    else:
        ghe = (unit | unit.dtype.type(1)) == 0x491
        next_char = after
        keep &= ~_PLAIN[np.minimum(unit, 0x2FFF)]
    keep |= ghe & (_in_word(before) | _in_word(next_char))  # ґ is plain, but the tests for digits beside Cyrillic do not know it
    words = np.flatnonzero(letter)
    if len(words):
        keep[words] = _readable_latin(units, places[words])
    return keep


def _readable_latin(units: Units, places: Index) -> Flags:
    """Tell which Latin letters stand in words that may be meant as Cyrillic: none with a d, f or z, unless Cyrillic letters touch it."""
    fresh = np.ones(len(places), bool)
    fresh[1:] = np.diff(places) != 1
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(places)) - 1
    strong = np.logical_or.reduceat((properties()[units[places]] & np.uint32(STRONG_FOREIGN)) != 0, first)
    free = np.flatnonzero(_apart(units, places[first], -1) & _apart(units, places[last], 1))
    keep = np.ones(len(first), bool)
    keep[free] = ~strong[free] & _in_company(units, places[first[free]], places[last[free]])
    return np.repeat(keep, last - first + 1)


def _in_company(units: Units, first: Index, last: Index) -> Flags:
    """Tell which words have a Cyrillic letter or a digit within reach in their line."""
    found = np.zeros(len(first), bool)
    reach = np.arange(1, (MARGIN if units.dtype == np.uint8 else MARGIN // 2) + 1)
    for edge, way in ((first, -1), (last, 1)):
        at = edge[:, None] + way * reach
        unit = units[np.minimum(np.maximum(at, 0), len(units) - 1)]
        line = np.logical_and.accumulate((unit != NEWLINE) & (at >= 0) & (at < len(units)), 1)
        found |= ((_NATIVE[np.minimum(unit, 0x2FFF)] if units.dtype != np.uint8 else _NATIVE_LEAD[unit]) & line).any(1)
    return found


def _apart(units: Units, places: Index, way: int) -> Flags:
    """Tell where the next character in a direction can belong to no Cyrillic word."""
    beside = [units[np.minimum(np.maximum(places + way * step, 0), len(units) - 1)] for step in (1, 2, 3)]
    near = beside[0]
    edge = (places + way < 0) | (places + way >= len(units))
    apart = edge | ((near < 0x80) & ~_in_word(near))
    if units.dtype != np.uint8:
        return apart | (_PLAIN[np.minimum(near, 0x2FFF)] & (near > 0x80) & ((near < 0x400) | (near > 0x4FF)))
    lead, middle, end = (near, beside[1], beside[2]) if way > 0 else (beside[2], beside[1], near)
    quote = (lead == 0xE2) & (middle == 0x80) & (end >= 0x93) & (end != 0x98) & (end != 0x99)
    lead, end = (near, beside[1]) if way > 0 else (beside[1], near)
    return apart | quote | ((lead == 0xC2) & (end != 0xAD) & (end != 0xB4))


def _in_word(unit: Units) -> Flags:
    """Tell which ASCII code units join what stands beside them to a word: letters, digits and apostrophes."""
    letter = ((unit | unit.dtype.type(32)) - unit.dtype.type(97)) < 26
    return (unit < 0x80) & (letter | ((unit - unit.dtype.type(48)) < 10) | (unit == 0x27) | (unit == 0x60))


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
        latin &= _near(((block - np.uint8(0xD0)) < 5) | ((block - np.uint8(48)) < 10), MARGIN)  # here ґ counts too
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
        latin &= _near((place < 0x130) | ((block - unit(48)) < 10), MARGIN // 2)
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
