"""What stands around a word in its line: the neighbours, once the words that decide by themselves are repaired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import scripts
from .scripts import CLOSING, COMMA, DASH, DOT, FOREIGN_CYRILLIC, HYPHEN, LOWER, NEWLINE, OPENING, OTHER, SENTENCE_END, SLASH, SPACE, TECHNICAL, UPPER
from .segments import Index
from .tokens import Words
from .vote import Vote
from .windows import PIECES

Flags = NDArray[np.bool_]
BETWEEN: Final = SPACE | NEWLINE | COMMA | SENTENCE_END | DOT | OPENING | CLOSING | DASH | scripts.APOSTROPHE
NEAR: Final = (-2, -1, 1, 2)
FOREIGN_NAME: Final = 4  # a Latin word of so many letters is a neighbour that makes Latin likely


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of some words, as columns."""

    cyrillic_before: Flags  # the neighbour is a Cyrillic word
    cyrillic_after: Flags
    latin_before: Flags  # the neighbour is a word that can only be Latin
    latin_after: Flags
    number_before: Flags
    number_after: Flags
    small_after: Flags  # the next word begins with a small letter
    shouted: Flags  # a Cyrillic neighbour is written in capitals
    starts: Flags  # the word begins a sentence or a line
    spaced: Flags  # nothing but spaces between it and its neighbours
    prose: Flags  # nothing around it that prose does not have
    damage: Index  # how many other words of the line were damaged for certain
    doubt: Index  # single Latin letters within two words: where there is one variable there are more
    other_alphabet: Flags  # within two words stands a letter of another Cyrillic alphabet, or of none we know
    saturated: Flags  # within two words several are damaged, and none that could be is not


class Evidence(NamedTuple):
    """What is known of all words of a text before the line is asked."""

    repaired: Flags  # to be made Cyrillic, so a Cyrillic neighbour
    damaged: Flags  # proof that its line is damaged
    origin: Index  # the line of the whole text that the word stands in


def surroundings(words: Words, chosen: Index, votes: Vote, evidence: Evidence) -> Context:
    """Describe the surroundings of the chosen words; """
    repaired, damaged, origin = evidence
    is_cyrillic = repaired | ((votes.cyrillic > 0) & (votes.foreign == 0) & (votes.digits == 0))
    is_latin = ~is_cyrillic & (votes.latin > 0) & ((votes.strong_foreign > 0) | (words.size >= FOREIGN_NAME))
    is_number = (votes.digits > 0) & (votes.digits == words.size)
    lone = ~is_cyrillic & (votes.latin == 1) & (words.size == 1) & ((words.glyph[words.first] | np.uint32(32)) != ord("i"))
    alphabet = (words.inside & np.uint32(FOREIGN_CYRILLIC | OTHER)) != 0
    first = words.letter_bits[words.first]
    intact = is_cyrillic & ~damaged & (votes.strong_cyrillic < words.size)
    shouting = is_cyrillic & votes.capitals & (words.size > 1)
    before, after = _dashed(words.before[chosen]), _dashed(words.after[chosen])
    around = before | after
    per_line = np.bincount(origin, damaged)

    def at(column: Flags, step: int) -> Flags:
        place = chosen + step
        safe = np.clip(place, 0, len(words) - 1)
        near = np.abs(words.piece[safe] - words.piece[chosen]) <= PIECES
        return column[safe] & (place == safe) & (words.line[safe] == words.line[chosen]) & near

    return Context(
        at(is_cyrillic, -1), at(is_cyrillic, 1), at(is_latin, -1), at(is_latin, 1), at(is_number, -1), at(is_number, 1),
        at((first & LOWER) != 0, 1), at(shouting, -1) | at(shouting, 1),
        ((before & (NEWLINE | SENTENCE_END | DASH)) != 0) & ((before & (TECHNICAL | SLASH)) == 0),
        (around & ~np.uint32(SPACE | NEWLINE)) == 0, (around & ~np.uint32(BETWEEN)) == 0,
        (per_line[origin[chosen]] - damaged[chosen]).astype(np.intp),
        np.sum([at(lone, step) for step in NEAR], 0, dtype=np.intp),
        np.any([at(alphabet, step) for step in NEAR], 0),
        (np.sum([at(damaged, step) for step in NEAR], 0) > 1) & (np.sum([at(intact, step) for step in NEAR], 0) == 0),
    )  # fmt: skip


def among(column: Flags, words: Words, chosen: Index) -> Flags:
    """Tell which of the chosen words have a word of the column within a window's reach in their line."""
    count = np.append(0, np.cumsum(column))
    piece, line = words.piece[chosen], words.line[chosen]
    low = np.maximum(np.searchsorted(words.piece, piece - PIECES), np.searchsorted(words.line, line))
    high = np.minimum(np.searchsorted(words.piece, piece + PIECES, "right"), np.searchsorted(words.line, line, "right"))
    return count[high] > count[low]


def _dashed(gap: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Count a hyphen that has a space beside it as a dash."""
    dash = (gap & (HYPHEN | SPACE)) == (HYPHEN | SPACE)
    return np.where(dash, (gap | np.uint32(DASH)) & ~np.uint32(HYPHEN), gap)
