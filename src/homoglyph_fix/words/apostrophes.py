"""Which signs of a text are apostrophes of words, and which of those are to become another one.

A false sign is an apostrophe where the word list knows the whole word, with an apostrophe between a consonant and є, ї, ю or я:
`об"єкт`, but not `слово"яма`. Its letters may be damaged, too. True apostrophes, which a config may unify, need no list.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Flags, Index, where
from ..letters.apostrophes import CONSONANTS, IOTATED, KEEP, TRUE, among, doubted, wanted
from ..letters.properties import (
    APOSTROPHE,
    CLOSING,
    DIGIT,
    FALSE_APOSTROPHE,
    INVISIBLE,
    LETTER,
    MARK,
    OPENING,
    SHIELD,
    STRONG_FOREIGN,
    TECHNICAL,
)
from ..text.encodings import BLANK, LINE_END, Points
from ..thresholds import HEARD
from .facts import Facts
from .lookup import records_of
from .readings import spell_cyrillic
from .tokens import Bits, Chosen, Words, chunks_of, tokenize

BACKSLASH: Final = ord("\\")
SINGLE_QUOTE: Final = ord("'")
STAR: Final = ord("*")
_PUNCTUATION: Final = APOSTROPHE | OPENING | CLOSING | TECHNICAL  # each sign is one of these


def find_apostrophes(points: Points, bits: Bits, shields: NDArray[np.uint32] | None, choice: str) -> Bits:
    """Return the properties of a text, with its apostrophes told by the words that they stand in, for `tokenize`.

    Those that are to become another one are `FALSE_APOSTROPHE`; those of them that code may need as they are, `SHIELD` as well. `choice`
    is what the config says of apostrophes.
    """
    if choice == KEEP:
        return bits
    marks = where((bits & np.uint32(_PUNCTUATION)) != 0)
    sign = points[marks]
    escaped = (sign == SINGLE_QUOTE) & (points[marks - 1] == BACKSLASH)
    signs = marks[where(among(doubted(choice), sign) | escaped)]
    if len(signs):
        signs = signs[where(_between_letters(points, bits, signs))]
    if shields is not None and len(signs):
        signs = signs[where(shields[signs] != SHIELD)]
    if not len(signs):
        return bits
    true = among(TRUE, points[signs])
    for some in (signs[where(~true)], signs[where(true)]):
        if len(some):
            bits = _with_apostrophes(points, bits, shields, some, ord(wanted(choice)))
    return bits


def _after_backslash(points: Points, signs: Index) -> Flags:
    escaped: Flags = points[signs - 1] == BACKSLASH
    return escaped


def _between_letters(points: Points, bits: Bits, signs: Index) -> Flags:
    """Tell which signs have letters beside them, before the backslash if there is one; no digit is one here."""
    beside, escaped = np.uint32(LETTER | MARK | INVISIBLE), _after_backslash(points, signs)
    before = bits[signs - 1 - escaped] & np.where(escaped, np.uint32(LETTER), beside)
    return (before != 0) & ((bits[signs + 1] & beside) != 0)


def _with_apostrophes(points: Points, bits: Bits, shields: NDArray[np.uint32] | None, signs: Index, new: int) -> Bits:
    """Return the properties once some signs are apostrophes, where with all of its signs a word is one."""
    words = tokenize(points, _as_apostrophes(points, bits, signs, new), shields)
    if not len(words):
        return bits
    word = np.maximum(words.start.searchsorted(signs, "right") - 1, 0)
    inside = where((words.start[word] < signs) & (signs < words.end[word]))
    signs, word = signs[inside], word[inside]
    if not len(signs):
        return bits
    index, host = np.unique(word, return_inverse=True)
    fits = _fits(words, index, host, signs)
    kept = signs[where(np.bincount(host, ~fits)[host] == 0)]
    if not len(kept):
        return bits
    found = _as_apostrophes(points, bits, kept, new)
    held = (points[kept] != new) & (_after_backslash(points, kept) | _enclosed(points, bits, kept))
    found[kept[where(held)]] |= np.uint32(SHIELD)
    return found


def _as_apostrophes(points: Points, bits: Bits, signs: Index, new: int) -> Bits:
    """Return the properties of a text in which some signs are apostrophes; a backslash before one stays in the word, as a mark does."""
    found = bits.copy()
    found[signs] = np.where(points[signs] == new, np.uint32(APOSTROPHE), np.uint32(APOSTROPHE | FALSE_APOSTROPHE))
    found[signs[where(_after_backslash(points, signs))] - 1] = MARK
    return found


def _fits(words: Words, index: Index, host: Index, signs: Index) -> Flags:
    """Tell which signs are apostrophes of the words that they stand in: sign `i` in word `index[host[i]]`."""
    chosen = Chosen(words, index)
    facts = Facts(records_of(chosen))
    letters = spell_cyrillic(chosen, facts.choice).letters
    place = words.at.searchsorted(signs) + (chosen.first - words.first[index])[host]
    between = among(CONSONANTS, letters[place - 1]) & among(IOTATED, letters[place + 1])
    readable = facts.readable & (facts.cyrillic > 0)
    known = readable & facts.as_cyrillic.known
    intact = readable & (facts.foreign == 0) & (facts.digits == 0)
    sign, escaped = words.points[signs], _after_backslash(words.points, signs)
    # The screen passes over words with d, f or z that touch no Cyrillic letter, and `\'` is not what it looks for.
    unseen = escaped & ((words.inside[index] & np.uint32(STRONG_FOREIGN)) != 0)[host]
    emphasis = (sign == STAR) & _closed_by_a_star(words, index)[host]
    return np.where(among(TRUE, sign) & ~escaped, (known | intact)[host], known[host] & between & ~unseen & ~emphasis)


def _closed_by_a_star(words: Words, index: Index) -> Flags:
    """Tell which words a star follows and none precedes: those inside of them opens something (`з*їзд*`)."""
    closed: Flags = (words.points[words.end[index]] == STAR) & (words.points[words.start[index] - 1] != STAR)
    return closed


def _enclosed(points: Points, bits: Bits, signs: Index) -> Flags:
    """Tell which signs stand between single quotes, as in strings of code: the next quote before them opens, or the next after them closes.

    One of the two is enough, and they are looked for within `HEARD` chunks in the line: strings are long, and windows as wide as that.
    """
    quotes, opens, closes = _single_quotes(points, bits)
    found = np.zeros(len(signs), bool)
    if not len(quotes):
        return found
    chunks, lines = chunks_of(points)[0], where(points == LINE_END)
    after = quotes.searchsorted(signs)
    for place, kind in ((after - 1, opens), (after, closes)):
        safe = np.minimum(np.maximum(place, 0), len(quotes) - 1)
        quote = quotes[safe]
        near = np.abs(chunks.searchsorted(quote) - chunks.searchsorted(signs)) <= HEARD
        same_line = lines.searchsorted(quote) == lines.searchsorted(signs)
        found |= (safe == place) & near & same_line & kind[safe]
    return found


def _single_quotes(points: Points, bits: Bits) -> tuple[Index, Flags, Flags]:
    """Return where single quotes stand that are neither apostrophes nor escaped, and which of them may open and close something."""
    quotes = where(points == SINGLE_QUOTE)
    before, after = bits[quotes - 1], bits[quotes + 1]
    apart = where(((before & after & np.uint32(LETTER)) == 0) & ~_after_backslash(points, quotes))
    quotes, before, after = quotes[apart], before[apart], after[apart]
    written = np.uint32(LETTER | DIGIT)
    opens = ((before & written) == 0) & (points[quotes + 1] > BLANK)
    closes = ((after & written) == 0) & (points[quotes - 1] > BLANK)
    return quotes, opens, closes
