"""What a damaged word may have been, best first: the noisy channel.

A reading replaces each foreign glyph of a word by one of the letters that it may stand for. Its cost is the cost of those pairs plus
the cost of the word that comes out. All readings of all words are weighed together, as arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .confusables import TO_LATIN, confusables
from .language import CODE, KEYS, POSITIONS, language
from .scripts import APOSTROPHE, DIGIT, LATIN, NATIVE
from .segments import Index, cheapest, offsets, ranges
from .tokens import Points, Words

KNOWN_SHARE: Final = np.float32(-np.log(0.85))  # a word of the list ...
UNKNOWN_SHARE: Final = np.float32(-np.log(0.15))  # ... and one of the n-grams alone
WIDTH: Final = 192  # readings of one word that are followed at once
UNREADABLE: Final = np.float32(1e6)

Costs = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Readings:
    """The best reading of each of some words, as columns; `letters` has an item for each letter of those words."""

    first: Index
    letters: Points
    channel: Costs  # what the replaced glyphs cost
    word: Costs  # what the word costs: its frequency, or its n-grams
    known: NDArray[np.bool_]  # it stands in the word list
    proper: NDArray[np.bool_]  # it is a proper name there
    kinds: NDArray[np.uint8]  # of each letter: which kind of pair was used, 0 where the letter stayed

    @property
    def total(self) -> Costs:
        """What each reading costs as a whole, in nats."""
        return self.channel + self.word


@dataclass(frozen=True, slots=True)
class _Options:
    """What each letter of some words may stand for: the letter as it is, or a row of the confusable table."""

    first: Index  # where the letters of each word begin
    size: Index
    key: Index  # the place of each letter in its word, for the hash
    letter: NDArray[np.uint16]  # [letters, options]
    code: NDArray[np.uint8]
    cost: Costs
    kind: NDArray[np.uint8]
    count: Index  # options of each letter


def best_cyrillic(words: Words, chosen: Index) -> Readings:
    """Return the best Cyrillic reading of each chosen word; its channel costs `UNREADABLE` where a letter has none."""
    options = _cyrillic_options(words, chosen)
    owner, choice, channel, hashes = _expand(options)
    lang = language()
    entries = lang.look_up(hashes)
    cost = lang.word_costs(entries) + KNOWN_SHARE
    unknown = np.isinf(cost)
    open_words = np.flatnonzero(np.logical_and.reduceat(unknown, _starts(owner)))
    if len(open_words):
        spell = np.isin(owner, open_words)
        cost[spell] = _spelling(options, owner[spell], choice[spell]) + UNKNOWN_SHARE
    best = cheapest(channel + np.where(np.isinf(cost), UNREADABLE, cost), _starts(owner))
    column = _columns(options, owner[best], choice[best])
    row = np.arange(len(column))
    return Readings(
        options.first, options.letter[row, column].astype(np.uint32), channel[best], cost[best],
        entries[best] != 0, (entries[best] & 0x100) != 0, options.kind[row, column],
    )  # fmt: skip


def _cyrillic_options(words: Words, chosen: Index) -> _Options:
    letters = words.letters_of(chosen)
    size = words.size[chosen]
    table = confusables()
    glyph = words.glyph[letters]
    rows = table.rows(glyph)
    reading = table.to_cyrillic[rows]
    letter, cost, kind = reading["letter"].copy(), reading["cost"].copy(), reading["kind"].copy()
    native = (words.letter_bits[letters] & NATIVE) != 0
    own = native & ((rows == 0) | (letter[:, 0] == 0) | ((words.letter_bits[letters] & np.uint32(1)) != 0))
    letter[own, 0] = glyph[own]
    letter[own, 1:] = 0
    cost[own, 0] = 0
    kind[own, 0] = 0
    unreadable = letter[:, 0] == 0
    letter[unreadable, 0] = np.minimum(glyph[unreadable], 0xFFFF)
    cost[unreadable, 0] = np.where(CODE[letter[unreadable, 0]] == CODE[ord("'")], np.float32(0), UNREADABLE)
    kind[unreadable, 0] = 0
    place = ranges(np.zeros(len(size), np.intp), size) % POSITIONS
    return _Options(offsets(size), size, place, letter, CODE[letter], cost, kind, np.maximum((letter != 0).sum(1), 1))


def _expand(options: _Options) -> tuple[Index, NDArray[np.int64], Costs, NDArray[np.uint64]]:
    """Return every reading as (word, choice, cost, hash): a choice is a number whose digits, base 8, are the options taken.

    The words' ambiguous letters are taken in turn, the first of all words at once, then the second, and so on.
    """
    keys = KEYS[options.key, options.code[:, 0]]
    hashes = np.add.reduceat(keys, options.first)
    channel = np.add.reduceat(options.cost[:, 0], options.first)
    owner = np.arange(len(options.first))
    choice = np.zeros(len(owner), np.int64)
    at = np.flatnonzero(options.count > 1)
    if not len(at):
        return owner, choice, channel, hashes
    of = np.searchsorted(options.first, at, "right") - 1
    turn = np.arange(len(at)) - np.searchsorted(of, of)
    for number in range(min(int(turn.max()) + 1, 20)):
        letter_of = np.full(len(options.first), -1, np.intp)
        letter_of[of[turn == number]] = at[turn == number]
        letter = letter_of[owner]
        copies = np.where(letter < 0, 1, options.count[letter])
        option = ranges(np.zeros(len(copies), np.intp), copies)
        owner, choice, channel, hashes, letter = (np.repeat(a, copies) for a in (owner, choice, channel, hashes, letter))
        taken = np.flatnonzero(option)
        at_letter, at_option = letter[taken], option[taken]
        place = options.key[at_letter]
        hashes[taken] += KEYS[place, options.code[at_letter, at_option]] - KEYS[place, options.code[at_letter, 0]]
        channel[taken] += options.cost[at_letter, at_option] - options.cost[at_letter, 0]
        choice[taken] += at_option.astype(np.int64) << (3 * number)
        keep = _within_width(owner, channel)
        if keep is not None:
            owner, choice, channel, hashes = owner[keep], choice[keep], channel[keep], hashes[keep]
    return owner, choice, channel, hashes


def _within_width(owner: Index, channel: Costs) -> Index | None:
    """Return the readings to follow where a word has more than `WIDTH`, the cheapest; None where no word has."""
    starts = _starts(owner)
    lengths = np.diff(np.append(starts, len(owner)))
    if lengths.max() <= WIDTH:
        return None
    order = np.lexsort((channel, owner))
    rank = np.arange(len(owner)) - np.repeat(starts, lengths)
    return np.sort(order[rank < WIDTH])


def _starts(owner: Index) -> Index:
    change = np.ones(len(owner), bool)
    change[1:] = owner[1:] != owner[:-1]
    return np.flatnonzero(change)


def _columns(options: _Options, owner: Index, choice: NDArray[np.int64]) -> Index:
    """Return which option each letter of each reading takes."""
    size = options.size[owner]
    letter = ranges(options.first[owner], size)
    ambiguous = options.count[letter] > 1
    run = np.cumsum(ambiguous)
    first = offsets(size)
    turn = run - 1 - np.repeat(run[first] - ambiguous[first], size)
    digit = (np.repeat(choice, size) >> (3 * np.minimum(turn, 20))) & 7
    return np.where(ambiguous & (turn < 20), digit, 0)


def _spelling(options: _Options, owner: Index, choice: NDArray[np.int64]) -> Costs:
    """Return what each reading costs by its n-grams."""
    size = options.size[owner]
    codes = options.code[ranges(options.first[owner], size), _columns(options, owner, choice)]
    first = offsets(size)
    return language().spelling_costs(codes, first, first + size)


def best_latin(words: Words, chosen: Index) -> Readings:
    """Return the Latin reading of each chosen word; its channel costs `UNREADABLE` where a letter has none."""
    letters = words.letters_of(chosen)
    size = words.size[chosen]
    reading = confusables().to_latin[confusables().rows(words.glyph[letters])]
    own = (words.letter_bits[letters] & (LATIN | DIGIT | APOSTROPHE)) != 0
    letter = np.where(own, words.glyph[letters], reading["letter"]).astype(np.uint32)
    cost = np.where(own, np.float32(0), np.where(reading["letter"] == 0, UNREADABLE, reading["cost"]))
    kept = letter == 0
    letter[kept] = words.glyph[letters][kept]
    codes = CODE[np.minimum(letter, 0xFFFF)]
    first = offsets(size)
    place = ranges(np.zeros(len(size), np.intp), size) % POSITIONS
    hashes = np.add.reduceat(KEYS[place, codes], first)
    lang = language()
    entries = lang.look_up(hashes)
    known = entries != 0
    word = np.where(known, lang.word_costs(entries) + KNOWN_SHARE, lang.spelling_costs(codes, first, first + size) + UNKNOWN_SHARE)
    kinds = np.where(own | kept, 0, TO_LATIN).astype(np.uint8)
    return Readings(first, letter, np.add.reduceat(cost, first), word, known, np.zeros(len(known), bool), kinds)
