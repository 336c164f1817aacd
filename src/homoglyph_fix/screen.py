"""Where a text may need work: array operations only, over raw code units, in blocks that fit the cache.

A place is suspicious when it holds a Latin letter near Cyrillic ones or digits, a digit beside a Cyrillic letter, a sign between letters
that may be typed for an apostrophe, or a character that running Ukrainian text does not have. The screen may name more places than need
work, never fewer; nothing later depends on the surplus. In every word that changes a place is named; of an identifier, whose parts change
together (`а_vеctor`), in one part of its chunk.
It looks three times, each time at less: a dozen array operations over every block flag what prose is not made of (in Ukrainian prose
one code unit in 150); where a block is full of flags, it is named as a whole if many stand before Cyrillic letters, else lines without
such a letter leave, since no word can change in them; and the places that remain are looked at one by one with what stands beside them.
What is left are 1,200 places in 270,000 words of prose.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays.ragged import Flags, Index, any_of, where
from .letters.apostrophes import FALSE, among
from .letters.properties import STRONG_FOREIGN, properties
from .text.encodings import LESS, LINE_END, QUOTE, Points, Units

BLOCK: Final = 1 << 17  # bytes: the handful of arrays that a block needs stay in a cache of 2 MB
REACH: Final = 32  # bytes searched for a Cyrillic letter or a digit beside a Latin word: more than `limits.NEAR` characters
CLOSE: Final = 4  # code units searched first: a space, and mostly such a letter
FLAGGED: Final = 16  # one flag in so many units: then lines without Cyrillic letters are sorted out first
LIKELY: Final = 40  # one group of eight units with a flag in so many letters: it may be crowded (sound prose has one in 118)
CROWDED: Final = 64  # one flag before a Cyrillic letter in so many letters: everything is worth a look
SCARCE: Final = 1 << 14  # one sign in so many units: then its places are looked up one by one, else it is flagged in every block

BACKSLASH: Final = ord("\\")
ODD, PLAIN, SIGN = range(3)  # what a character beyond ASCII is: no part of prose, one, and one that may be typed for an apostrophe


# Third and second bytes after E2 that prose has: general punctuation without spaces and zero-width characters, currency, № and ™, arrows.
_PROSE_PUNCTUATION: Final = np.zeros((256, 256), bool)
_PROSE_PUNCTUATION[0x80, [*range(0x92, 0xA8), *range(0xB0, 0xC0)]] = True
_PROSE_PUNCTUATION[0x81, 0x80:0x9F] = True
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

_READ_AS_LETTERS: Final = np.zeros(256, bool)
_READ_AS_LETTERS[[ord(digit) for digit in "01346"]] = True
_AFTER_A_WORD: Final = np.zeros(256, bool)  # what may follow a 3 or a 6 that stands for a word
_AFTER_A_WORD[[*range(0x21), ord("-"), ord("'"), ord("`"), 0x7F, 0xA0, 0xC2, 0xE2, 0xFF]] = True
# A no-break space, ’ and ‐ too: in UTF-8 C2 A0, E2 80 99 and E2 80 90; FF stands for all wider code units from there on.

# Times this, Ѕ Ј ѕ ј and no letter of ours come out in the uppermost 2736 numbers of 16 bits: two operations instead of eight.
_SERBIAN: Final = 43434
_SERBIAN_FROM: Final = 0x10000 - 2735 - 1


class Places(NamedTuple):
    """What the screen finds, in order."""

    suspects: Index
    markup: Index  # < and back-quotes
    crowded: list[tuple[int, int]]  # spans in which nearly every word is suspicious: nothing else is named there


def suspects(units: Units, signs: str = FALSE) -> Index:
    """Return the places in UTF-8, UTF-16 or UTF-32 code units that may need work, in order.

    >>> suspects(np.frombuffer("Oт і все".encode(), np.uint8)).tolist()
    [0]
    >>> suspects(np.frombuffer("Це добре.".encode(), np.uint8)).tolist()
    []
    """
    return look_through(units, None, signs, every_place=True).suspects


def look_through(units: Units, text: str | bytes | None = None, signs: str = FALSE, *, every_place: bool = False) -> Places:
    """Return the places that may need work; where they crowd together the whole block, unless every place is asked for.

    `signs` are those that may become another apostrophe; in the text itself, if it is given, rare ones are found sooner.
    """
    often, rare = _unflagged_signs(units, text, signs)
    eye = (_Utf8 if units.dtype == np.uint8 else _Wide)(units, often)
    found = [_Eights(np.zeros(0, np.intp), np.zeros(0, np.uint64))]
    crowded: list[tuple[int, int]] = []
    start = 0
    while start < len(units):
        block = units[start : start + eye.size]
        flags = eye.flag(block, units[start + 1 : start + 1 + eye.size])
        eights = eye.eights(len(block))
        letters = len(block) // eye.letter
        if not every_place and len(eights.place) * LIKELY > letters and eye.borders(block) * CROWDED > letters:
            crowded.append((start, start + len(block)))
            start += len(block)
            continue
        if len(eights.place) * 8 * FLAGGED > len(block) and np.count_nonzero(flags) * FLAGGED > len(block):
            lines = where(block == LINE_END) + 1
            if len(lines) and start + len(block) < len(units):  # the line that goes on comes with the next block
                block, flags = block[: lines[-1]], flags[: lines[-1]]
            opens = start == 0 or bool(units[start - 1] == LINE_END)
            _keep_cyrillic_lines(flags, eye, block, np.append(0, lines[lines < len(block)]), opens=opens)
            eights = eye.eights(len(block))
        found.append(_Eights(eights.place + start, eights.flags))
        start += len(block)
    place, flag = map(np.concatenate, zip(*found, strict=True))
    inner = where(flag.view(bool))
    places = place.take(inner >> 3) + (inner & 7)
    unit = units[places]
    suspicious = places[_confirmed(units, places, signs)]
    if len(rare):
        suspicious = np.insert(suspicious, suspicious.searchsorted(rare), rare)
    return Places(suspicious, places[where((unit == LESS) | (unit == QUOTE))], crowded)


def apostrophes_in(points: Points, signs: str) -> Index:
    """Return where one of these signs stands between letters, as an apostrophe does.

    >>> apostrophes_in(np.array([ord(char) for char in 'об"єкт "і"'], np.uint32), '"').tolist()
    [2]
    """
    places = where(among(signs, points))
    return places[where(_joins(points, places, 1))]


def flagged(points: Units) -> Flags:
    """Flag what prose is not made of, without a closer look, in code points.

    >>> flagged(np.array([ord(char) for char in "Oт і"], np.uint32)).tolist()
    [True, False, False, False]
    """
    eye = _Wide(points)
    flags = np.empty(len(points), bool)
    for start in range(0, len(points), eye.size):
        flags[start : start + eye.size] = eye.flag(points[start : start + eye.size], points)
    return flags


def _unflagged_signs(units: Units, text: str | bytes | None, signs: str) -> tuple[int, Index]:
    """Return where signs below 0, which blocks do not flag, stand between letters; and first one of them that is to be flagged, or 0."""
    often, rare = 0, [np.zeros(0, np.intp)]
    for sign in signs:
        if sign < "0":
            places = _few_places(text, sign)
            if places is None and not often:
                often = ord(sign)
            else:
                rare.append(where(units == ord(sign)) if places is None else places)
    places = np.concatenate(rare)
    return often, np.sort(places[where(_joins(units, places, 1))]) if len(places) else places


class _Eights(NamedTuple):
    """Eight flags at once, where one of them is set: found in half the time that the set flags take."""

    place: Index  # of the first
    flags: NDArray[np.uint64]


class _Eye:
    """A look at one block after the other."""

    def __init__(self, units: Units, sign: int = 0) -> None:
        # A sign between 20 and 2F is flagged as well: its last four bits are turned so that it comes out as 2F, next to what is flagged.
        self._turn, self._least = (sign ^ 0x2F, 0x2F) if sign else (0, 0x30)
        self.size = min(BLOCK // units.itemsize, len(units)) or 1
        # Memory is taken once: arrays of this size go back to the system when freed, and coming again cost three times the work.
        self._numbers, self._flags, self._more = (np.empty(self.size + 7, kind) for kind in (units.dtype, bool, bool))

    def eights(self, size: int) -> _Eights:
        """Return the flags of the first code units that were looked at last."""
        self._flags[size : size + 7] = False
        eights = self._flags[: (size + 7) // 8 * 8].view(np.uint64)
        at = where(eights != 0)
        return _Eights(at * 8, eights.take(at))


class _Utf8(_Eye):
    """What to flag in blocks of UTF-8."""

    letter = 2  # code units

    def flag(self, block: Units, following: Units) -> Flags:
        """Flag ASCII from 0 on, leads but those of the common Cyrillic letters, and ѕ, ј; `following` is the block, one byte on."""
        # Signed bytes are compared in 3 microseconds a block, unsigned ones in 5: ASCII is what is above zero ...
        byte, flags, more = (array[: len(block)] for array in (self._numbers, self._flags, self._more))
        turned = np.bitwise_xor(block, self._turn, out=byte) if self._turn else block
        np.greater_equal(turned.view(np.int8), self._least, out=flags)
        # ... and once 90 is added without carry, D0 and D1, of Є to я, і, ї, є, are 40 and 41, and nothing is above but the other leads.
        np.bitwise_xor(block, 0x90, out=byte)
        np.bitwise_or(flags, np.greater(byte.view(np.int8), 0x41, out=more), out=flags)
        # D0 85 and D1 95 are Ѕ and ѕ, D0 88 and D1 98 Ј and ј: the second bytes differ by sixteen times what the first ones do.
        byte, more, flags = (array[: len(following)] for array in (byte, more, flags))
        np.subtract(following, np.multiply(block[: len(following)], 16, out=byte), out=byte)
        for serbian in (0x85, 0x88):
            np.bitwise_or(flags, np.equal(byte, serbian, out=more), out=flags)
        return self._flags[: len(block)]

    def borders(self, block: Units) -> int:
        """Count the flags before common Cyrillic letters."""
        byte, more = self._numbers[: len(block) - 1], self._more[: len(block) - 1]
        np.less(np.bitwise_xor(block[1:], 0x50, out=byte).view(np.int8), -126, out=more)  # D0 and D1 come out as the least
        return int(np.count_nonzero(np.bitwise_and(more, self._flags[: len(more)], out=more)))

    def cyrillic(self, block: Units, starts: Index) -> Flags:
        """Tell in which lines a Cyrillic letter stands, of other alphabets too; `starts` is where they begin."""
        least = np.minimum.reduceat(np.subtract(block, 0xD0, out=self._numbers[: len(block)]), starts)
        found = least < 5
        if any_of(~found & (least <= 0xEA - 0xD0)):  # else there are no letters of E1 .., E2 B7 .. and EA ..
            rare = np.append(where((block == 0xE1) | (block == 0xEA)), where((block[:-1] == 0xE2) & (block[1:] == 0xB7)))
            found[starts.searchsorted(rare, "right") - 1] = True
        return found


class _Wide(_Eye):
    """What to flag in blocks of UTF-16 or UTF-32."""

    letter = 1

    def flag(self, block: Units, _following: Units) -> Flags:
        """Flag all from 0 on but the letters from Є to ї, and ѕ, ј among those."""
        number, flags, more = (array[: len(block)] for array in (self._numbers, self._flags, self._more))
        np.greater_equal(np.subtract(block, 0x404, out=number), 0x5C, out=flags)
        turned = np.bitwise_xor(block, self._turn, out=number) if self._turn else block
        np.bitwise_and(flags, np.greater_equal(turned, self._least, out=more), out=flags)
        # Times this, Ѕ, Ј, ѕ and ј come out at the upper end of the numbers of a code unit, and no letter of ours does.
        shift = 8 * block.itemsize - 16
        np.multiply(block, _SERBIAN << shift, out=number)
        np.bitwise_or(flags, np.greater_equal(number, _SERBIAN_FROM << shift, out=more), out=flags)
        return flags

    def borders(self, block: Units) -> int:
        """Count the flags before common Cyrillic letters."""
        number, more = self._numbers[: len(block) - 1], self._more[: len(block) - 1]
        np.less(np.subtract(block[1:], 0x404, out=number), 0x5C, out=more)
        return int(np.count_nonzero(np.bitwise_and(more, self._flags[: len(more)], out=more)))

    def cyrillic(self, block: Units, starts: Index) -> Flags:
        """Tell in which lines a Cyrillic letter stands, of other alphabets too; `starts` is where they begin."""
        least = np.minimum.reduceat(np.subtract(block, 0x400, out=self._numbers[: len(block)]), starts)
        found = least < 0x130
        if any_of(~found & (least < np.iinfo(block.dtype).max - 0x3FF)):  # else there is nothing from 0x400 on
            rare = where(block >= 0x1C80)
            rare = rare[where(_NATIVE[np.minimum(block[rare], 0x2FFF)])]
            found[starts.searchsorted(rare, "right") - 1] = True
        return found


def _keep_cyrillic_lines(flags: Flags, eye: _Utf8 | _Wide, block: Units, starts: Index, *, opens: bool) -> None:
    """Take away the flags of lines without a Cyrillic letter; a line that is cut by the block's edge is taken to have one."""
    kept = eye.cyrillic(block, starts)
    kept[0] |= not opens
    kept[-1] |= block[-1] != LINE_END
    flags &= kept.repeat(np.append(starts[1:], len(block)) - starts)


def _confirmed(units: Units, places: Index, signs: str) -> Index:
    """Return which flagged places stay suspicious at a closer look, which is too dear to take everywhere."""
    if not len(places):
        return places
    unit = units[places]
    keep = np.zeros(len(places), bool)
    ascii_unit = unit < 0x80
    number = unit.dtype.type
    letters = where(((unit | number(32)) - number(97)) < 26)
    digits = where((unit - number(48)) < 10)
    others = where(~ascii_unit)
    for chosen, test in ((letters, _readable_latin), (digits, _digit_in_word)):
        if len(chosen):
            keep[chosen] = test(units, places[chosen])
    if len(others):
        keep[others] = _odd(units, places[others], signs)
    for sign in signs:
        if sign.isascii() and any_of(found := unit == ord(sign)):
            keep[found] = _joins(units, places[where(found)], 1)
    return where(keep)


def _few_places(text: str | bytes | None, sign: str) -> Index | None:
    """Return where a sign stands in a text, if there is one and it has few of it: a search does 100 bytes a nanosecond."""
    if text is None:
        return None
    within: Any = text
    wanted = sign.encode() if isinstance(text, bytes) else sign
    most = len(text) // SCARCE + 1
    found: list[int] = []
    at = within.find(wanted)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = within.find(wanted, at + 1)
    return np.array(found, np.intp) if at < 0 else None


def _joins(units: Units, places: Index, size: int) -> Flags:
    """Tell which signs, of some code units, stand between what may be letters; a backslash may come before."""
    before, after = units[np.maximum(places - 1, 0)], units.take(places + size, mode="clip")
    opens = _is_latin(before) | (before == BACKSLASH)
    if units.dtype == np.uint8:
        return (opens | (before >= 0x80)) & (_is_latin(after) | ((after - np.uint8(0xD0)) < 5))
    first, letters = units.dtype.type(0x400), 0x130
    return (opens | ((before - first) < letters)) & (_is_latin(after) | ((after - first) < letters))


def _is_latin(unit: Units) -> Flags:
    return ((unit | unit.dtype.type(32)) - unit.dtype.type(97)) < 26


def _odd(units: Units, places: Index, signs: str) -> Flags:
    """Tell which characters beyond ASCII prose does not have; it has the signs, but not between letters."""
    unit = units[places]
    if units.dtype != np.uint8:
        kind = _kinds(signs).take(unit, mode="clip")
        odd, asked, size = kind == ODD, kind == SIGN, 1
    else:
        after, last = units[np.minimum(places + 1, len(units) - 1)], units[np.minimum(places + 2, len(units) - 1)]
        odd = unit > 0xC2
        odd[(unit == 0xC2) & ((after == 0xAD) | (after == 0xB4))] = True
        odd[(unit == 0xD2) & ((after & np.uint8(0xFE)) == 0x90)] = False  # ґ
        kind, punctuation = _kinds_of_punctuation(signs)[after, last], unit == 0xE2
        odd[punctuation & (kind != ODD)] = False
        asked, size = punctuation & (kind == SIGN), 3
    if any_of(asked):
        rows = where(asked)
        odd[rows] = _joins(units, places[rows], size)
    return odd


@cache
def _kinds(signs: str) -> NDArray[np.uint8]:
    """Return what each code point is, signs that prose has apart; the last is what all beyond is."""
    kinds = _PLAIN.astype(np.uint8)
    for sign in signs:
        kinds[ord(sign)] *= SIGN
    return kinds


@cache
def _kinds_of_punctuation(signs: str) -> NDArray[np.uint8]:
    """Return the same by the second and the third byte after E2."""
    kinds = _PROSE_PUNCTUATION.astype(np.uint8)
    for sign in signs:
        first, *more = sign.encode()
        if first == 0xE2:
            kinds[tuple(more)] *= SIGN
    return kinds


def _digit_in_word(units: Units, places: Index) -> Flags:
    """Tell which digits may be letters: those beside a Cyrillic letter, and a 3 or a 6 that stands alone."""
    unit = units[places]
    before, after = units[np.maximum(places - 1, 0)], units[np.minimum(places + 1, len(units) - 1)]
    if units.dtype == np.uint8:
        touching = ((units[np.maximum(places - 2, 0)] - np.uint8(0xD0)) < 5) & (before >= 0x80)
        touching |= (after - np.uint8(0xD0)) < 5
    else:
        first, letters = units.dtype.type(0x400), 0x130
        touching = ((before - first) < letters) | ((after - first) < letters)
    alone = (before <= 0x20) | (places == 0)
    alone &= _AFTER_A_WORD[np.minimum(after, 0xFF)] | (places + 1 == len(units))
    return (_READ_AS_LETTERS[unit] & touching) | (((unit == 0x33) | (unit == 0x36)) & alone)


def _readable_latin(units: Units, places: Index) -> Flags:
    """Tell which Latin letters stand in words that may be meant as Cyrillic: none with a d, f or z, unless Cyrillic letters touch it."""
    fresh = np.ones(len(places), bool)
    fresh[1:] = np.diff(places) != 1
    first = where(fresh)
    last = np.append(first[1:], len(places)) - 1
    is_strong = (properties()[:0x80] & np.uint32(STRONG_FOREIGN)) != 0
    strong = np.logical_or.reduceat(is_strong.take(units[places], mode="clip"), first)
    free = _apart(units, places[first], -1) & _apart(units, places[last], 1)
    keep = ~(free & strong)
    asked = where(free & ~strong)
    keep[asked] = _in_company(units, places[first[asked]], places[last[asked]])
    return keep.repeat(last - first + 1)


def _in_company(units: Units, first: Index, last: Index) -> Flags:
    """Tell which words have a Cyrillic letter or a digit within reach in their line."""
    found = np.zeros(len(first), bool)
    for reach in (CLOSE, REACH // min(units.itemsize, 2)):  # the second look, at eight times as much, is for one word in six
        for edge, way in ((first, -1), (last, 1)):
            rest = where(~found)
            if not len(rest):
                break
            at = edge[rest, None] + way * np.arange(1, reach + 1)
            unit = units.take(at, mode="clip")  # beyond the text its first and last character repeat: no harm
            native = _NATIVE_LEAD.take(unit) if units.dtype == np.uint8 else _NATIVE.take(unit, mode="clip")
            # In the line: no line end comes before the first such character.
            found[rest] = native.any(1) & (native.argmax(1) <= np.where((ends := unit == LINE_END).any(1), ends.argmax(1), reach))
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
    return (unit < 0x80) & (_is_latin(unit) | ((unit - unit.dtype.type(48)) < 10) | (unit == 0x27) | (unit == 0x60))
