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
from .scripts import APOSTROPHE, CYRILLIC, DIGIT, LATIN, NATIVE
from .segments import Index, cheapest, offsets, ranges
from .tokens import Chosen, Points

KNOWN_SHARE: Final = np.float32(-np.log(0.85))  # a word of the list ...
UNKNOWN_SHARE: Final = np.float32(-np.log(0.15))  # ... and one of the n-grams alone
WIDTH: Final = 192  # readings of one word that are followed at once
TURNS: Final = 20  # ambiguous letters of one word that are tried; a number of 64 bits holds as many choices
UNREADABLE: Final = np.float32(1e6)

Costs = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Readings:
    """The best reading of each of some words, as columns; `letters` has an item for each letter of those words."""

    letters: Points
    channel: Costs  # what the replaced glyphs cost
    word: Costs  # what the word costs: its frequency, or its n-grams
    known: NDArray[np.bool_]  # it stands in the word list
    proper: NDArray[np.bool_]  # it is a proper name there
    kinds: NDArray[np.uint8]  # of each letter: which kind of pair was used, 0 where the letter stayed

    def take(self, rows: Index, letters: Index) -> Readings:
        """Return the readings of some of the words, whose letters are given too."""
        return Readings(
            self.letters[letters], self.channel[rows], self.word[rows], self.known[rows], self.proper[rows], self.kinds[letters]
        )

    @property
    def total(self) -> Costs:
        """What each reading costs as a whole, in nats."""
        return self.channel + self.word


class _Slots:
    """The foreign letters of some words, and what each may stand for; all other letters stand for themselves."""

    def __init__(self, chosen: Chosen) -> None:
        table = confusables()
        plain = (chosen.bits & np.uint32(CYRILLIC | APOSTROPHE)) != 0
        self.at = np.flatnonzero(~plain)
        reading = table.to_cyrillic[chosen.rows[self.at]]
        self.letter, self.cost, self.kind = reading["letter"], reading["cost"], reading["kind"]
        unreadable = np.flatnonzero(self.letter[:, 0] == 0)
        if len(unreadable):
            native = (chosen.bits[self.at[unreadable]] & np.uint32(NATIVE)) != 0
            self.letter[unreadable, 0] = np.minimum(chosen.glyph[self.at[unreadable]], 0xFFFF)
            self.cost[unreadable, 0] = np.where(native, np.float32(0), UNREADABLE)
        self.code = CODE[self.letter]
        self.count = (self.letter != 0).sum(1)
        self.owner = np.searchsorted(chosen.first, self.at, "right") - 1
        self.place = chosen.place[self.at] % POSITIONS
        # The letters with a choice, and their turn: the first of each word is tried at once, then the second, and so on.
        self.open = np.flatnonzero(self.count > 1)
        opened = self.owner[self.open]
        self.first_open = np.searchsorted(opened, np.arange(len(chosen)))
        self.opens = np.bincount(opened, minlength=len(chosen))
        self.turn = np.arange(len(self.open)) - self.first_open[opened]


def best_cyrillic(chosen: Chosen) -> Readings:
    """Return the best Cyrillic reading of each chosen word; its channel costs `UNREADABLE` where a letter has none."""
    slots = _Slots(chosen)
    letters = chosen.glyph.copy()
    letters[slots.at] = slots.letter[:, 0]
    codes = CODE[np.minimum(letters, 0xFFFF)]
    owner, choice, channel, hashes = _expand(chosen, slots, codes)
    lang = language()
    entries = lang.look_up(hashes)
    cost = lang.word_costs(entries) + KNOWN_SHARE
    starts = _starts(owner)
    unknown = np.logical_and.reduceat(entries == 0, starts)
    if unknown.any():
        spell = np.flatnonzero(unknown[owner])
        cost[spell] = _spelling(chosen, slots, codes, owner[spell], choice[spell]) + UNKNOWN_SHARE
    best = cheapest(channel + np.where(np.isinf(cost), UNREADABLE, cost), starts)
    kinds = np.zeros(len(letters), np.uint8)
    kinds[slots.at] = slots.kind[:, 0]
    taken = _taken(slots, choice[best])
    at = slots.at[slots.open]
    letters[at] = slots.letter[slots.open, taken]
    kinds[at] = slots.kind[slots.open, taken]
    proper = (entries[best] & np.uint32(0x100)) != 0
    return Readings(letters, channel[best], cost[best], entries[best] != 0, proper, kinds)


def _expand(chosen: Chosen, slots: _Slots, codes: NDArray[np.uint8]) -> tuple[Index, NDArray[np.int64], Costs, NDArray[np.uint64]]:
    """Return every reading as (word, choice, cost, hash): a choice is a number whose digits, base 8, are the options taken."""
    hashes = np.add.reduceat(KEYS[chosen.place % POSITIONS, codes], chosen.first)
    channel = np.bincount(slots.owner, slots.cost[:, 0], len(chosen)).astype(np.float32)
    owner = np.arange(len(chosen))
    choice = np.zeros(len(owner), np.int64)
    for number in range(min(int(slots.opens.max()), TURNS)):
        slot = np.where(slots.opens > number, slots.first_open + number, -1)
        at = np.where(slot >= 0, slots.open[np.minimum(slot, len(slots.open) - 1)], -1)[owner]
        copies = np.where(at < 0, 1, slots.count[at])
        option = ranges(np.zeros(len(copies), np.intp), copies)
        owner, choice, channel, hashes, at = (np.repeat(column, copies) for column in (owner, choice, channel, hashes, at))
        changed = np.flatnonzero(option)
        at, option = at[changed], option[changed]
        keys = KEYS[slots.place[at]]
        row = np.arange(len(at))
        hashes[changed] += keys[row, slots.code[at, option]] - keys[row, slots.code[at, 0]]
        channel[changed] += slots.cost[at, option] - slots.cost[at, 0]
        choice[changed] += option.astype(np.int64) << (3 * number)
        keep = _within_width(owner, channel)
        if keep is not None:
            owner, choice, channel, hashes = owner[keep], choice[keep], channel[keep], hashes[keep]
    return owner, choice, channel, hashes


def _taken(slots: _Slots, choice: NDArray[np.int64]) -> Index:
    """Return the option that each letter with a choice takes, given the choice of each word."""
    digit = (choice[slots.owner[slots.open]] >> (3 * np.minimum(slots.turn, TURNS))) & 7
    return np.where(slots.turn < TURNS, digit, 0)


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


def _spelling(chosen: Chosen, slots: _Slots, codes: NDArray[np.uint8], owner: Index, choice: NDArray[np.int64]) -> Costs:
    """Return what each reading costs by its n-grams."""
    size = chosen.size[owner]
    first = offsets(size)
    spelled = codes[ranges(chosen.first[owner], size)]
    opens = slots.opens[owner]
    which = ranges(slots.first_open[owner], opens)
    slot, turn = slots.open[which], slots.turn[which]
    taken = np.where(turn < TURNS, (np.repeat(choice, opens) >> (3 * np.minimum(turn, TURNS))) & 7, 0)
    spelled[slots.at[slot] + np.repeat(first - chosen.first[owner], opens)] = slots.code[slot, taken]
    return language().spelling_costs(spelled, first, first + size)


def best_latin(chosen: Chosen, possible: NDArray[np.bool_]) -> Readings:
    """Return the Latin reading of each chosen word; where none is possible the channel costs `UNREADABLE`."""
    rows = np.flatnonzero(possible)
    if len(rows) == len(chosen):
        return _all_latin(chosen)
    result = Readings(
        chosen.glyph.copy(), np.full(len(chosen), UNREADABLE), np.zeros(len(chosen), np.float32), np.zeros(len(chosen), bool),
        np.zeros(len(chosen), bool), np.zeros(len(chosen.glyph), np.uint8),
    )  # fmt: skip
    if len(rows):
        found = _all_latin(Chosen(chosen.words, chosen.index[rows]))
        letters = ranges(chosen.first[rows], chosen.size[rows])
        result.letters[letters], result.kinds[letters] = found.letters, found.kinds
        result.channel[rows], result.word[rows], result.known[rows] = found.channel, found.word, found.known
    return result


def _all_latin(chosen: Chosen) -> Readings:
    reading = confusables().to_latin[chosen.rows]
    own = (chosen.bits & np.uint32(LATIN | DIGIT | APOSTROPHE)) != 0
    found = reading["letter"] != 0
    letters = np.where(own | ~found, chosen.glyph, reading["letter"])
    cost = np.where(own, np.float32(0), np.where(found, reading["cost"], UNREADABLE))
    codes = CODE[np.minimum(letters, 0xFFFF)]
    lang = language()
    entries = lang.look_up(np.add.reduceat(KEYS[chosen.place % POSITIONS, codes], chosen.first))
    known = entries != 0
    word = lang.word_costs(entries) + KNOWN_SHARE
    if not known.all():
        rest = np.flatnonzero(~known)
        word[rest] = lang.spelling_costs(codes, chosen.first[rest], chosen.first[rest] + chosen.size[rest]) + UNKNOWN_SHARE
    kinds = np.where(own | ~found, 0, TO_LATIN).astype(np.uint8)
    return Readings(letters, np.add.reduceat(cost, chosen.first), word, known, np.zeros(len(known), bool), kinds)
