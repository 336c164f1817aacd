"""Write decided words: letters in the right case, invisible characters and swallowed marks gone, accents added; once, by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .confusables import ACCENT
from .decide import Decisions
from .scripts import CASELESS, INVISIBLE, LOWER, NEWLINE, OPENING, SENTENCE_END, SPACE, UPPER
from .segments import Index, offsets, ranges
from .tokens import Points, Words

ACUTE: Final = 0x301
_ROUND: Final = np.zeros(0x10000, bool)
_ROUND[[ord(letter) for letter in "OCXОСХ"]] = True  # capitals that differ from their small letters in size only


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The new spellings of some words, end to end: word `i` of `rows` is `points[first[i]:first[i] + size[i]]`."""

    rows: Index  # which decisions change their word at all
    points: Points
    first: Index
    size: Index


def rewrite(words: Words, decisions: Decisions) -> Rewritten:
    """Spell the decided words anew, and drop those that come out as they were."""
    word = decisions.word
    length = words.end[word] - words.start[word]
    letter = ranges(words.first[word], words.size[word])
    place = ranges(words.start[word], length)
    new = words.points[place]
    copies = ((words.bits[place] & np.uint32(INVISIBLE)) == 0).astype(np.intp)
    within = words.at[letter] + np.repeat(offsets(length) - words.start[word], words.size[word])
    new[within] = _with_case(words, decisions, letter)
    composed = np.flatnonzero(words.glyph[letter] != words.points[words.at[letter]])
    copies[within[composed] + 1] = 0
    accented = within[decisions.kinds == ACCENT]
    copies[accented] = 2
    changed = (new != words.points[place]) | (copies != 1)
    rows = np.flatnonzero(np.add.reduceat(changed, offsets(length)) > 0) if len(word) else word
    kept = np.zeros(len(word), bool)
    kept[rows] = True
    written = np.repeat(new, copies)
    written[(np.cumsum(copies) - 1)[accented]] = ACUTE
    size = np.add.reduceat(copies, offsets(length)) if len(word) else word
    points = written[np.repeat(np.repeat(kept, length), copies)]
    return Rewritten(rows, points, offsets(size[rows]), size[rows])


def _with_case(words: Words, decisions: Decisions, letter: Index) -> Points:
    """Give the letters of glyphs without case, and of O, C and X among small letters, the case of their place."""
    bits = words.letter_bits[letter]
    caseless = (bits & np.uint32(CASELESS)) != 0
    round_letter = _ROUND[np.minimum(words.glyph[letter], 0xFFFF)]
    doubtful = caseless | round_letter
    if not doubtful.any():
        return decisions.letters
    size = words.size[decisions.word]
    first = offsets(size)
    opens = np.zeros(len(letter), bool)
    opens[first] = True
    upper = ((bits & np.uint32(UPPER)) != 0) & ~doubtful
    lower = ((bits & np.uint32(LOWER)) != 0) & ~caseless
    uppers = np.add.reduceat(upper, first, dtype=np.intp)
    lowers = np.add.reduceat(lower, first, dtype=np.intp)
    shouted = np.repeat((uppers > 0) & (lowers == 0) & (uppers + lowers > 1), size)
    gap = words.before[decisions.word]
    # A line of fewer than four words is a cell, a list or a chat as often as a sentence: there what looks small is small.
    sentence = words.all_together(decisions.word, 3) | ((bits[first] & np.uint32(LOWER)) == 0)
    quoted = ((gap & np.uint32(OPENING)) != 0) & ((words.after[decisions.word] & np.uint32(SPACE)) != 0)
    begins = (((gap & np.uint32(NEWLINE)) != 0) & sentence) | ((gap & np.uint32(SENTENCE_END)) != 0) | quoted
    begins |= decisions.proper
    capital = shouted | (opens & np.repeat(begins & (uppers == 0), size))
    result = decisions.letters.copy()
    small_inside = round_letter & (decisions.kinds != 0) & ~opens & ~np.repeat(uppers > 0, size) & np.repeat(lowers > 1, size)
    # The first letter is a capital or not by itself; only what follows is brought in line.
    to_upper, to_lower = caseless & capital, (caseless & ~capital) | small_inside
    result[to_upper] = _CASE[1][np.minimum(result[to_upper], 0xFFFF)]
    result[to_lower] = _CASE[0][np.minimum(result[to_lower], 0xFFFF)]
    return result


def _case_tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    lower, upper = np.arange(0x10000, dtype=np.uint32), np.arange(0x10000, dtype=np.uint32)
    for point in range(0x400, 0x530):
        lower[point], upper[point] = ord(chr(point).lower()), ord(chr(point).upper())
    return lower, upper


_CASE: Final = _case_tables()
