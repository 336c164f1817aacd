"""A bounded memory of what was found out about words: repeated words cost a look.

A word may stand at one of four places, which its key names. A memory that is a quarter full grows; one that has reached its bound
begins anew. What is remembered follows from the word alone, so a result never depends on what came before.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .segments import Index

SMALLEST: Final = 1 << 10  # records at first: a program that repairs one sentence takes 100 KB
LARGEST: Final = 1 << 18  # records at most: 25 MB
FULL: Final = 2  # one record in so many places at most
PLACES: Final = 4  # where a word may stand; with half of them taken one word in a hundred finds none and is forgotten

Keys = NDArray[np.uint64]


class Memory:
    """Records by key; the records of `kind` have a field `key`, never 0 in a record that is kept."""

    def __init__(self, kind: np.dtype[np.void]) -> None:
        """Begin with nothing."""
        self._kind = kind
        self._clear(SMALLEST)

    def _clear(self, size: int) -> None:
        self._records: NDArray[np.void] = np.zeros(size, self._kind)
        self._keys = np.zeros(size, np.uint64)  # again, and closer together: comparing them takes a tenth of fetching records
        self._kept = 0

    def find(self, keys: Keys) -> tuple[NDArray[np.void], Index]:
        """Return a record for each key, and which of them are still to be found out."""
        at = self._places(keys, 0)
        rest = np.flatnonzero(self._keys.take(at) != keys)
        for turn in range(1, PLACES):
            if not len(rest):
                break
            at[rest] = self._places(keys.take(rest), turn)
            rest = rest.take(np.flatnonzero(self._keys.take(at.take(rest)) != keys.take(rest)))
        return self._records.take(at), rest  # take: brackets need nine times as long for records

    def keep(self, records: NDArray[np.void]) -> None:
        """Remember records of different keys."""
        size = len(self._keys)
        while (self._kept + len(records)) * FULL > size and size < LARGEST:
            size *= 4
        if size > len(self._keys):
            old = self._records.take(np.flatnonzero(self._keys))
            self._clear(size)
            self._put(old)
        elif (self._kept + len(records)) * FULL > size:
            self._clear(size)
        self._put(records[: size // FULL])

    def _put(self, records: NDArray[np.void]) -> None:
        self._kept += len(records)
        keys = np.ascontiguousarray(records["key"])
        for turn in range(PLACES):
            at = self._places(keys, turn)
            free = np.flatnonzero(self._keys.take(at) == 0)
            self._records[at[free]] = records.take(free)
            self._keys[at[free]] = keys[free]  # of several words at one place the last stays
            left = np.flatnonzero(self._keys.take(at) != keys)
            if not len(left):
                break
            records, keys = records.take(left), keys.take(left)

    def _places(self, keys: Keys, turn: int) -> Index:
        return ((keys >> np.uint64(16 * turn)) & np.uint64(len(self._keys) - 1)).astype(np.intp)
