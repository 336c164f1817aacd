"""What a damaged word may have been, best first: the noisy channel.

A reading replaces each foreign glyph of a word by one of the letters that it may stand for. Its cost is the cost of those pairs plus
the cost of the word that comes out. The readings of all words, the cheapest 192 of each, are weighed together, as arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Costs, Flags, Index, any_of, cheapest, offsets, ranges, where
from ..letters.confusables import TO_LATIN, confusables
from ..letters.language import CODE, KEYS, POSITIONS, SILENT, is_acronym, is_proper, is_russian, language
from ..letters.properties import APOSTROPHE, CYRILLIC, DIGIT, LATIN, NATIVE, UPPER
from ..text.encodings import Points
from ..thresholds import BEHIND, LEAN
from .facts import Reading
from .tokens import Chosen

KNOWN_SHARE: Final = np.float32(-np.log(0.85))  # a word of the list ...
UNKNOWN_SHARE: Final = np.float32(-np.log(0.15))  # ... and one of the n-grams alone
WIDTH: Final = 192  # readings of one word that are followed at once
TURNS: Final = 20  # ambiguous letters of one word that are tried; a number of 64 bits holds as many choices
LONGEST: Final = 256  # letters: a longer word is in no list; each glyph is read as its likeliest letter, else its readings fill the memory
TOGETHER: Final = 1 << 14  # letters whose readings are weighed at once: with all glyphs ambiguous 190 MB (measured)
UNREADABLE: Final = np.float32(1e6)


class Readings(NamedTuple):
    """The best Cyrillic reading of each of some words, as columns."""

    channel: Costs  # what the replaced glyphs cost
    cost: Costs  # what the word costs: its frequency, or its n-grams
    known: Flags  # it stands in the word list
    proper: Flags  # it is a proper name there
    acronym: Flags  # it is an acronym there
    russian: Flags  # it is a word there that only Russian has
    choice: NDArray[np.int64]  # a number whose digits, base 8, are the options that its letters with a choice take
    twofold: Flags  # where the line is Russian another reading is the best one, and a Russian word
    other_channel: Costs
    other_cost: Costs
    other_choice: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spelled:
    """New letters for some words, laid end to end, and for each the kind of pair that was used, 0 where the letter stayed."""

    letters: Points
    kinds: NDArray[np.uint8]


class _Slots:
    """The foreign letters of some words, and what each may stand for; all other letters stand for themselves."""

    def __init__(self, chosen: Chosen) -> None:
        table = confusables()
        plain = (chosen.bits & np.uint32(CYRILLIC | APOSTROPHE)) != 0
        self.at = where(~plain)
        reading = table.to_cyrillic.take(table.glyphs.take(chosen.slots[self.at], mode="clip"), 0)
        self.letter, self.cost, self.kind = reading["letter"], reading["cost"], reading["kind"]
        unreadable = where(self.letter[:, 0] == 0)
        if len(unreadable):
            native = (chosen.bits[self.at[unreadable]] & np.uint32(NATIVE)) != 0
            self.letter[unreadable, 0] = np.minimum(chosen.glyph[self.at[unreadable]], 0xFFFF)
            self.cost[unreadable, 0] = np.where(native, np.float32(0), UNREADABLE)
        self.code = CODE[self.letter]
        numbers = where(chosen.numbers[self.at])
        if len(numbers):
            self._let_stand(chosen, numbers)
        self.count = (self.letter != 0).sum(1)
        self.owner = chosen.first.searchsorted(self.at, "right") - 1
        if chosen.size.max() > LONGEST:
            self.count[chosen.size[self.owner] > LONGEST] = 1
        if chosen.size.min() == 1:  # a lone capital is an initial: E is Е, though є is a common word
            self.count[(chosen.size[self.owner] == 1) & ((chosen.bits[self.at] & np.uint32(UPPER)) != 0)] = 1
        self.place = chosen.place[self.at] % POSITIONS
        # The letters with a choice, and their turn: the first of each word is tried at once, then the second, and so on.
        self.open = where(self.count > 1)
        opened = self.owner[self.open]
        self.first_open = opened.searchsorted(np.arange(len(chosen)))
        self.opens = np.bincount(opened, minlength=len(chosen))
        self.turn = np.arange(len(self.open)) - self.first_open[opened]


    def _let_stand(self, chosen: Chosen, numbers: Index) -> None:
        """Let digits behind a word that mixes scripts be a number, as one more option, or the only one of digits that are no letters."""
        option = (self.letter[numbers] != 0).sum(1) * (self.cost[numbers, 0] < UNREADABLE)
        wider = np.zeros((len(self.letter), 1), np.uint16)
        self.letter, self.kind = (np.hstack([column, wider.astype(column.dtype)]) for column in (self.letter, self.kind))
        self.cost, self.code = (np.hstack([column, wider.astype(column.dtype)]) for column in (self.cost, self.code))
        self.letter[numbers, option] = chosen.glyph[self.at[numbers]]
        self.cost[numbers, option] = np.where(option > 0, BEHIND, np.float32(0))
        self.code[numbers, option], self.kind[numbers, option] = SILENT, 0


def best_cyrillic(chosen: Chosen) -> Readings:
    """Return the best Cyrillic reading of each chosen word; its channel costs `UNREADABLE` where a letter has none."""
    if len(chosen.letters) <= TOGETHER:
        return _best_cyrillic(chosen)
    group = (chosen.first + chosen.size) // TOGETHER
    cuts = np.append(where(np.append(True, group[1:] != group[:-1])), len(chosen)).tolist()
    parts = [_best_cyrillic(Chosen(chosen.words, chosen.index[low:high])) for low, high in pairwise(cuts)]
    return Readings(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def known_cyrillic(chosen: Chosen) -> tuple[Index, NDArray[np.int64], Costs, NDArray[np.uint32]]:
    """Return all readings that stand in the word list: the word of each, its choice, what it costs as a whole, its entry."""
    slots, codes = _first_readings(chosen)
    owner, choice, channel, hashes = _expand(chosen, slots, codes)
    lang = language()
    entries = lang.look_up(hashes)
    known = where((entries != 0) & (channel < UNREADABLE))
    entries = entries[known]
    return owner[known], choice[known], channel[known] + lang.word_costs(entries) + KNOWN_SHARE, entries


def _first_readings(chosen: Chosen) -> tuple[_Slots, NDArray[np.uint8]]:
    """Return what the letters of some words may stand for, and the codes of those that they stand for first."""
    slots = _Slots(chosen)
    letters = np.minimum(chosen.glyph, 0xFFFF)
    letters[slots.at] = slots.letter[:, 0]
    codes = CODE.take(letters)
    codes[slots.at] = slots.code[:, 0]
    return slots, codes


def _best_cyrillic(chosen: Chosen) -> Readings:
    slots, codes = _first_readings(chosen)
    owner, choice, channel, hashes = _expand(chosen, slots, codes)
    lang = language()
    entries = lang.look_up(hashes)
    cost = lang.word_costs(entries) + KNOWN_SHARE
    starts = _starts(owner)
    unknown = np.logical_and.reduceat(entries == 0, starts)
    if any_of(unknown):
        spell = where(unknown[owner])
        cost[spell] = _spelling(chosen, slots, codes, owner[spell], choice[spell]) + UNKNOWN_SHARE
    total, russian = channel + np.where(np.isinf(cost), UNREADABLE, cost), is_russian(entries)
    if not any_of(russian):
        best = other = cheapest(total, starts)
    else:
        lean = np.where(russian, LEAN, np.float32(0))
        best, other = cheapest(total + lean, starts), cheapest(total - lean, starts)
    entry, twofold = entries[best], russian[other] & (other != best)
    columns = channel[best], cost[best], entry != 0, is_proper(entry), is_acronym(entry), russian[best], choice[best]
    return Readings(*columns, twofold, channel[other], cost[other], choice[other])


def nearest(chosen: Chosen) -> tuple[Costs, Costs]:
    """Return what the reading costs that takes the nearest shape of each letter: its glyphs, and its word by the n-grams."""
    slots, first = _Slots(chosen), chosen.first
    codes = CODE.take(np.minimum(confusables().as_cyrillic(chosen.glyph), 0xFFFF))
    channel = np.bincount(slots.owner, slots.cost[:, 0], len(chosen)).astype(np.float32)
    return channel, language().spelling_costs(codes, first, first + chosen.size) + UNKNOWN_SHARE


def spell_cyrillic(chosen: Chosen, choice: NDArray[np.int64]) -> Spelled:
    """Return the letters of the chosen words in the readings that were found to be the best."""
    table = confusables()
    letters, kinds = table.as_cyrillic(chosen.glyph), table.kind.take(chosen.slots, mode="clip")
    rows = where(choice)
    if len(rows):
        some = Chosen(chosen.words, chosen.index[rows])
        slots = _Slots(some)
        taken = _taken(slots, choice[rows])
        at = ranges(chosen.first[rows], chosen.size[rows])[slots.at[slots.open]]
        letters[at] = slots.letter[slots.open, taken]
        kinds[at] = slots.kind[slots.open, taken]
    return Spelled(letters, kinds)


def _expand(chosen: Chosen, slots: _Slots, codes: NDArray[np.uint8]) -> tuple[Index, NDArray[np.int64], Costs, NDArray[np.uint64]]:
    """Return every reading as (word, choice, cost, hash): a choice is a number whose digits, base 8, are the options taken."""
    hashes = np.add.reduceat(_key(chosen.place % POSITIONS, codes), chosen.first)
    channel = np.bincount(slots.owner, slots.cost[:, 0], len(chosen)).astype(np.float32)
    owner = np.arange(len(chosen))
    choice = np.zeros(len(owner), np.int64)
    for number in range(min(int(slots.opens.max()), TURNS)):
        slot = np.where(slots.opens > number, slots.first_open + number, -1)
        at = np.where(slot >= 0, slots.open[np.minimum(slot, len(slots.open) - 1)], -1)[owner]
        copies = np.where(at < 0, 1, slots.count[at])
        option = ranges(np.zeros(len(copies), np.intp), copies)
        owner, choice, channel, hashes, at = (np.repeat(column, copies) for column in (owner, choice, channel, hashes, at))
        changed = where(option)
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
    rank = np.arange(len(owner)) - starts.repeat(lengths)
    return np.sort(order[rank < WIDTH])


def _starts(owner: Index) -> Index:
    change = np.ones(len(owner), bool)
    change[1:] = owner[1:] != owner[:-1]
    return where(change)


def _spelling(chosen: Chosen, slots: _Slots, codes: NDArray[np.uint8], owner: Index, choice: NDArray[np.int64]) -> Costs:
    """Return what each reading costs by its n-grams."""
    size = chosen.size[owner]
    first = offsets(size)
    spelled = codes[ranges(chosen.first[owner], size)]
    opens = slots.opens[owner]
    which = ranges(slots.first_open[owner], opens)
    slot, turn = slots.open[which], slots.turn[which]
    taken = np.where(turn < TURNS, (choice.repeat(opens) >> (3 * np.minimum(turn, TURNS))) & 7, 0)
    spelled[slots.at[slot] + np.repeat(first - chosen.first[owner], opens)] = slots.code[slot, taken]
    return language().spelling_costs(spelled, first, first + size)


def best_latin(chosen: Chosen) -> Reading:
    """Return the Latin reading of each chosen word; its channel costs `UNREADABLE` where a letter has none."""
    letters, cost, _ = _as_latin(chosen)
    codes = CODE.take(np.minimum(letters, 0xFFFF))
    lang = language()
    entries = lang.look_up(np.add.reduceat(_key(chosen.place % POSITIONS, codes), chosen.first))
    known = entries != 0
    word = lang.word_costs(entries) + KNOWN_SHARE
    rest = where(~known)
    if len(rest):
        word[rest] = lang.spelling_costs(codes, chosen.first[rest], chosen.first[rest] + chosen.size[rest]) + UNKNOWN_SHARE
    return Reading(np.add.reduceat(cost, chosen.first), word, known)


def spell_latin(chosen: Chosen) -> Spelled:
    """Return the letters of the chosen words read as Latin."""
    letters, _, own = _as_latin(chosen)
    return Spelled(letters, np.where(own, 0, TO_LATIN).astype(np.uint8))


def _as_latin(chosen: Chosen) -> tuple[Points, Costs, Flags]:
    """Return the Latin letter of each letter, what it costs, and which letters stay as they are."""
    table = confusables()
    reading = table.to_latin.take(table.glyphs.take(chosen.slots, mode="clip"))
    stays = (chosen.bits & np.uint32(LATIN | DIGIT | APOSTROPHE)) != 0
    found = reading["letter"] != 0
    cost = np.where(stays, np.float32(0), np.where(found, reading["cost"], UNREADABLE))
    stays |= ~found
    return np.where(stays, chosen.glyph, reading["letter"]), cost, stays


def _key(place: Index, codes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return the Zobrist key of each letter."""
    return _FLAT_KEYS.take(place * KEYS.shape[1] + codes)


_FLAT_KEYS: Final = KEYS.ravel()
