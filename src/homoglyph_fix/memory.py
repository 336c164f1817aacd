"""A bounded memory of what was found out about words: repeated words cost a look.

A word may stand at one of four places, which its key names. A memory that is half full grows; one that has reached its bound
begins anew. What is remembered follows from the word alone, so a result never depends on what came before.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .segments import Index

SMALLEST: Final = 1 << 10  # places at first: a program that repairs one sentence takes 120 KB
LARGEST: Final = 1 << 18  # places at most: 32 MB
FULL: Final = 2  # one word for so many places at most
PLACES: Final = 4  # where a word may stand; with half of them taken one word in a hundred finds none and is forgotten

Keys = NDArray[np.uint64]
Records = NDArray[np.void]


class Memory:
    """Two records for each key: a head, of what every occurrence of a word needs, and a body, of what few ask for."""

    def __init__(self, head: np.dtype[np.void], body: np.dtype[np.void]) -> None:
        """Begin with nothing."""
        self._kinds = head, body
        self._clear(SMALLEST)

    def _clear(self, size: int) -> None:
        self._keys = np.zeros(size, np.uint64)  # 0 where nothing stands
        self._heads, self._bodies = (np.zeros(size, kind) for kind in self._kinds)
        self._kept = 0

    def find(self, keys: Keys) -> tuple[Index, Index]:
        """Return the place of each key, good until something is kept, and which of the keys have none."""
        at = self._places(keys, 0)
        rest = np.flatnonzero(self._keys.take(at) != keys)
        for turn in range(1, PLACES):
            if not len(rest):
                break
            at[rest] = self._places(keys.take(rest), turn)
            rest = rest.take(np.flatnonzero(self._keys.take(at.take(rest)) != keys.take(rest)))
        return at, rest

    def heads(self, at: Index) -> Records:
        """Return the heads at some places."""
        return self._heads.take(at)  # brackets need nine times as long for records

    def bodies(self, at: Index) -> Records:
        """Return the bodies at some places."""
        return self._bodies.take(at)

    def keep(self, keys: Keys, heads: Records, bodies: Records) -> None:
        """Remember the records of different keys, none of which is remembered yet."""
        size = len(self._keys)
        while (self._kept + len(keys)) * FULL > size and size < LARGEST:
            size *= 4
        if size > len(self._keys):
            old = np.flatnonzero(self._keys)
            kept = self._keys.take(old), self._heads.take(old), self._bodies.take(old)
            self._clear(size)
            self._put(*kept)
        elif (self._kept + len(keys)) * FULL > size:
            self._clear(size)
        most = size // FULL
        self._put(keys[:most], heads[:most], bodies[:most])

    def _put(self, keys: Keys, heads: Records, bodies: Records) -> None:
        self._kept += len(keys)
        left = np.arange(len(keys))
        for turn in range(PLACES):
            at = self._places(keys.take(left), turn)
            free = np.flatnonzero(self._keys.take(at) == 0)
            some, at = left.take(free), at.take(free)
            self._keys[at] = keys.take(some)
            stays = np.flatnonzero(self._keys.take(at) == keys.take(some))  # of several words at one place the last
            some, at = some.take(stays), at.take(stays)
            self._heads[at], self._bodies[at] = heads.take(some), bodies.take(some)
            left = np.setdiff1d(left, some, assume_unique=True)
            if not len(left):
                break

    def _places(self, keys: Keys, turn: int) -> Index:
        return ((keys >> np.uint64(16 * turn)) & np.uint64(len(self._keys) - 1)).astype(np.intp)
