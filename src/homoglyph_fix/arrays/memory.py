"""A bounded memory of what was found out about words, and about chunks of text: what is repeated costs a look.

A word may stand at one of eight places, which its key names; a memory at its bound begins anew. What is remembered follows from the
word alone, so a result never depends on what came before. Each thread has memories of its own, so that none needs a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .hashing import random_numbers
from .ragged import Index, where

SMALLEST: Final = 1 << 10  # words at first: a program that repairs one sentence takes 150 KB
LARGEST: Final = 1 << 18  # words at most: 34 MB
CONFIGS: Final = 256  # configs whose spellings are remembered: a program that makes more begins anew
SPARE: Final = 4  # places for one word: with a quarter of them taken, two words in a hundred thousand find none of theirs free
_TURNS: Final = random_numbers(8, 0) | np.uint64(1)

Keys = NDArray[np.uint64]
Records = NDArray[np.void]
Learn = Callable[[Index], Records]


class Memory:
    """A record for each key."""

    def __init__(self, kind: np.dtype[np.void]) -> None:
        """Begin with nothing."""
        self._kind = kind
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._clear(SMALLEST, np.zeros(SMALLEST, self._kind))

    def _clear(self, size: int, records: Records) -> None:
        self._count = 0
        self._keys = np.zeros(size * SPARE, np.uint64)  # by place, 0 where nothing stands
        self._rows = np.zeros(size * SPARE, np.int32)  # by place: which record
        self._records = records
        self._shift = np.uint64(65 - (size * SPARE).bit_length())

    def recall(self, keys: Keys, learn: Learn) -> Records:
        """Return the record of each key; keys met for the first time are found out by `learn`, each once, given where they first stand."""
        at, new = self.find(keys)
        found = self.records(at)
        if len(new):
            different, first, which = _different(keys.take(new))
            learnt = learn(new[first])
            found[new] = learnt.take(which)
            try:
                self.keep(different, learnt)
            except BaseException:  # interrupted, or out of memory: half kept is worse than forgotten
                self.forget()
                raise
        return found

    def find(self, keys: Keys) -> tuple[Index, Index]:
        """Return the record of each key, good until something is kept, and which of the keys have none."""
        at = self._places(keys, 0)
        there = self._keys.take(at)
        new = [where(there == 0)]  # words fill their places in turn: behind a free one stands nothing
        rest = where((there != keys) & (there != 0))
        for turn in range(1, len(_TURNS)):
            if not len(rest):
                break
            wanted = keys.take(rest)
            places = self._places(wanted, turn)
            there = self._keys.take(places)
            at[rest] = places
            new.append(rest[where(there == 0)])
            rest = rest[where((there != wanted) & (there != 0))]
        return self._rows.take(at).astype(np.intp), np.concatenate([*new, rest])

    def records(self, rows: Index) -> Records:
        """Return some records."""
        return self._records.take(rows)  # brackets need nine times as long for records

    def keep(self, keys: Keys, records: Records) -> None:
        """Remember the records of different keys, none of which is remembered yet."""
        size = len(self._records)
        if self._count + len(keys) > size:
            kept = self._count if self._count + len(keys) <= LARGEST else 0
            wanted = size
            while wanted < min(kept + len(keys), LARGEST):
                wanted = min(wanted * 4, LARGEST)
            places = where(self._keys)[:kept]
            old, rows = self._keys.take(places), self._rows.take(places)
            self._clear(wanted, _grown(self._records, wanted))
            self._put(old, rows)
            self._count = kept
        new = slice(self._count, min(self._count + len(keys), LARGEST))
        most = new.stop - new.start
        self._records[new] = records[:most]
        self._put(keys[:most], np.arange(new.start, new.stop, dtype=np.int32))
        self._count = new.stop

    def _put(self, keys: Keys, rows: NDArray[np.int32]) -> None:
        for turn in range(len(_TURNS)):
            at = self._places(keys, turn)
            free = where(self._keys.take(at) == 0)
            self._keys[at[free]], self._rows[at[free]] = keys[free], rows[free]  # of several words at one place the last stays
            left = where(self._keys.take(at) != keys)
            if not len(left):
                break
            keys, rows = keys.take(left), rows.take(left)

    def _places(self, keys: Keys, turn: int) -> Index:
        return ((keys * _TURNS[turn]) >> self._shift).astype(np.intp)


class _Memories(threading.local):
    """The memories of each thread, by what they are of."""

    def __init__(self) -> None:
        self.all: dict[str, Memory] = {}
        self.spellings: dict[object, dict[str, str | None]] = {}


_memories: Final = _Memories()


def memory_of(what: str, kind: np.dtype[np.void]) -> Memory:
    """Return this thread's memory of words or of chunks, with such records."""
    if what not in _memories.all:
        _memories.all[what] = Memory(kind)
    return _memories.all[what]


def spellings_of(config: object) -> dict[str, str | None]:
    """Return this thread's memory of how chunks are spelled, for one config (see `short`)."""
    if config not in _memories.spellings:
        if len(_memories.spellings) >= CONFIGS:
            _memories.spellings.clear()
        _memories.spellings[config] = {}
    return _memories.spellings[config]


def forget() -> None:
    """Let all memories of this thread begin anew."""
    _memories.all.clear()
    _memories.spellings.clear()


def _grown(records: Records, size: int) -> Records:
    """Return records with room for so many; the new ones hold anything (`np.resize` fills them, which took 40 of 450 ms of exact30)."""
    if size == len(records):
        return records
    grown = np.empty(size, records.dtype)
    grown[: len(records)] = records
    return grown


def _different(keys: Keys) -> tuple[Keys, Index, Index]:
    """Return the different keys, where each first stands, and which of them each key is."""
    if len(keys) == 1:
        return keys, np.zeros(1, np.intp), np.zeros(1, np.intp)
    return np.unique(keys, return_index=True, return_inverse=True)
