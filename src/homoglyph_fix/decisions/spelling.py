"""Spell decided words: letters in the right case, invisible characters and swallowed marks gone, accents added; once, by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Flags, Index, Spans, any_of, offsets, ranges, where
from ..letters.confusables import ACCENT
from ..letters.properties import CASELESS, INVISIBLE, LOWER, NEWLINE, OPENING, SENTENCE_END, SPACE, UPPER
from ..text.encodings import Points
from ..text.patches import Changes, put
from ..words.tokens import Chosen, Words

ACUTE: Final = 0x301
_ROUND: Final = np.zeros(0x10000, bool)
_ROUND[[ord(letter) for letter in "OCXОСХ"]] = True  # capitals that differ from their small letters in size only


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is to be done to some words, as columns in the order of the text; words that stay have no row.

    `letters` and `kinds` have an item for each letter of those words, one word after the other.
    """

    chosen: Chosen  # the words
    action: NDArray[np.uint8]
    rule: NDArray[np.uint8]  # the number in `policy.RULES`
    score: NDArray[np.float32]
    proper: Flags
    exact: Flags  # its capitals and small letters are as they stand
    letters: Points
    kinds: NDArray[np.uint8]

    @property
    def word(self) -> Index:
        """The number of each word."""
        return self.chosen.index


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The new spellings of some words, end to end: word `i` of `rows` is `points[first[i]:first[i] + size[i]]`."""

    rows: Index  # which decisions change their word at all
    points: Points
    first: Index
    size: Index


def rewrite(words: Words, decisions: Decisions) -> Rewritten:
    """Spell the decided words anew, and drop those that come out as they were."""
    chosen, word = decisions.chosen, decisions.word
    size, first = chosen.size, chosen.first
    at, new = words.at[chosen.letters], _with_case(words, decisions)
    accented = where(decisions.kinds == ACCENT)
    if len(accented) or any_of(words.end[word] - words.start[word] != size):
        return _rewrite_otherwise(words, decisions, (at, new), accented)
    rows = where(np.logical_or.reduceat(new != words.points[at], first)) if len(word) else word
    if len(rows) < len(word):
        some = ranges(first[rows], size[rows])
        at, new, size = at[some], new[some], size[rows]
        first = offsets(size)
    return Rewritten(rows, new, first, size)


def _rewrite_otherwise(words: Words, decisions: Decisions, letters: tuple[Index, Points], accented: Index) -> Rewritten:
    """Spell anew words of which some have invisible characters, letters in two parts, or get an accent: their length changes."""
    word = decisions.word
    at, spelled = letters
    length = words.end[word] - words.start[word]
    place = ranges(words.start[word], length)
    new = words.points[place]
    copies = ((words.bits[place] & np.uint32(INVISIBLE)) == 0).astype(np.intp)
    within = at + np.repeat(offsets(length) - words.start[word], words.size[word])
    new[within] = spelled
    composed = where(decisions.chosen.glyph != words.points[at])
    copies[within[composed] + 1] = 0
    accents = within[accented]
    copies[accents] = 2
    changed = (new != words.points[place]) | (copies != 1)
    rows = where(np.logical_or.reduceat(changed, offsets(length)))
    kept = np.zeros(len(word), bool)
    kept[rows] = True
    written = new.repeat(copies)
    written[(copies.cumsum() - 1)[accents]] = ACUTE
    size = np.add.reduceat(copies, offsets(length))
    points = written[where(np.repeat(kept.repeat(length), copies))]
    return Rewritten(rows, points, offsets(size[rows]), size[rows])


def _with_case(words: Words, decisions: Decisions) -> Points:
    """Give the letters of glyphs without case, and of O, C and X among small letters, the case of their place."""
    chosen = decisions.chosen
    doubtful = ((chosen.bits & np.uint32(CASELESS)) != 0) | _ROUND.take(chosen.glyph, mode="clip")
    if any_of(decisions.exact):
        doubtful &= ~decisions.exact.repeat(chosen.size)
    if not any_of(doubtful):
        return decisions.letters
    rows = where(np.logical_or.reduceat(doubtful, chosen.first))
    some = ranges(chosen.first[rows], chosen.size[rows])
    result = decisions.letters.copy()
    result[some] = _doubtful_case(words, decisions, rows, some)
    return result


def _doubtful_case(words: Words, decisions: Decisions, rows: Index, some: Index) -> Points:
    """Return the letters of the words that have letters of doubtful case: `rows` of the decisions, `some` of their letters."""
    word, size = decisions.word[rows], decisions.chosen.size[rows]
    first = offsets(size)
    bits, glyph, kinds = decisions.chosen.bits[some], decisions.chosen.glyph[some], decisions.kinds[some]
    caseless, round_letter = (bits & np.uint32(CASELESS)) != 0, _ROUND.take(glyph, mode="clip")
    opens = np.zeros(len(some), bool)
    opens[first] = True
    upper = ((bits & np.uint32(UPPER)) != 0) & ~(caseless | round_letter)
    lower = ((bits & np.uint32(LOWER)) != 0) & ~caseless
    uppers = np.add.reduceat(upper, first, dtype=np.intp)
    lowers = np.add.reduceat(lower, first, dtype=np.intp)
    shouted = np.repeat((uppers > 0) & (lowers == 0) & (uppers + lowers > 1), size)
    gap = words.before[word]
    # A line of fewer than four words is a cell, a list or a chat as often as a sentence: there what looks small is small.
    sentence = words.all_together(word, 3) | ((bits[first] & np.uint32(LOWER)) == 0)
    quoted = ((gap & np.uint32(OPENING)) != 0) & ((words.after[word] & np.uint32(SPACE)) != 0)
    begins = (((gap & np.uint32(NEWLINE)) != 0) & sentence) | ((gap & np.uint32(SENTENCE_END)) != 0) | quoted
    begins |= decisions.proper[rows]
    capital = shouted | (opens & np.repeat(begins & (uppers == 0), size))
    result = decisions.letters[some]
    small_inside = round_letter & (kinds != 0) & ~opens & ~np.repeat(uppers > 0, size) & np.repeat(lowers > 1, size)
    # The first letter is a capital or not by itself; only what follows is brought in line.
    small = caseless & ~capital & ~(opens & ((bits & np.uint32(UPPER)) != 0))
    for chosen, case in ((caseless & capital, _CASE[1]), (small | small_inside, _CASE[0])):
        changed = where(chosen)
        result[changed] = case.take(result[changed], mode="clip")
    return result


def hang_on_their_place(decisions: Decisions) -> Flags:
    """Tell which words begin with a small letter or a capital by what stands before them: those that open with a glyph without case."""
    chosen = decisions.chosen
    caseless = ((chosen.bits & np.uint32(CASELESS)) != 0) | _ROUND.take(chosen.glyph, mode="clip")
    capitals = np.logical_or.reduceat(((chosen.bits & np.uint32(UPPER)) != 0) & ~caseless, chosen.first) if len(chosen) else caseless
    return ((chosen.bits[chosen.first] & np.uint32(CASELESS)) != 0) & ~capitals & ~decisions.proper


def _case_tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    lower, upper = np.arange(0x10000, dtype=np.uint32), np.arange(0x10000, dtype=np.uint32)
    for point in range(0x400, 0x530):
        lower[point], upper[point] = ord(chr(point).lower()), ord(chr(point).upper())
    return lower, upper


_CASE: Final = _case_tables()


def put_words(points: Points, words: Words, decisions: Decisions, rewritten: Rewritten, applied: Flags) -> Points:
    """Return the text with the new spellings that are to be applied in the place of the old ones."""
    row = where(applied)
    word = decisions.word[rewritten.rows[row]]
    size = rewritten.size[row]
    new = rewritten.points if len(row) == len(applied) else rewritten.points[ranges(rewritten.first[row], size)]
    return put(points, Changes(Spans(words.start[word], words.end[word]), new, size))
