"""Which script a word belongs to, from its letters: strong letters count, weak letters follow."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Flags, Index, where
from ..letters.confusables import confusables
from ..letters.properties import APOSTROPHE, CYRILLIC, DIGIT, FOREIGN, NATIVE, PLAIN_LATIN, properties
from .facts import COUNTED
from .tokens import Chosen

MOST: Final = 0xFFFF  # letters: longer words count as this long
_BITS: Final = 9  # of a counter: seven of them in a number of 64 bits count the letters of words of up to 511
_TOGETHER: Final = 7
_SHIFTS: Final = (_BITS * np.arange(_TOGETHER, dtype=np.uint64))[:, None]


def counts(chosen: Chosen) -> NDArray[np.integer]:
    """Count the letters of each word, the borders between scripts, and the letters of each kind in `COUNTED`."""
    found = np.empty((len(COUNTED) + 2, len(chosen)), np.intp)
    found[0] = chosen.size
    found[1] = borders(chosen)
    if chosen.size.max() < 1 << _BITS:
        for first, table in zip(range(2, len(found), _TOGETHER), _counters(), strict=True):
            together = np.add.reduceat(table.take(chosen.slots, mode="clip"), chosen.first)
            found[first : first + _TOGETHER] = (together >> _SHIFTS[: len(found) - first]) & np.uint64((1 << _BITS) - 1)
    else:
        for place, mask in enumerate(COUNTED, 2):
            np.add.reduceat((chosen.bits & np.uint32(mask)) != 0, chosen.first, dtype=np.intp, out=found[place])
    return np.minimum(found, MOST).T


@cache
def _counters() -> list[NDArray[np.uint64]]:
    """Return, for each row of the tables by character, a one for each kind that it is of, in a counter of its own."""
    kinds = [(properties() & np.uint32(mask)) != 0 for mask in COUNTED]
    tables = [np.zeros(len(kinds[0]), np.uint64) for _ in range(0, len(COUNTED), _TOGETHER)]
    for place, kind in enumerate(kinds):
        tables[place // _TOGETHER] |= kind.astype(np.uint64) << np.uint64(_BITS * (place % _TOGETHER))
    return tables


def borders(chosen: Chosen) -> Index:
    """Tell how often the script changes from letter to letter; digits and apostrophes have none."""
    bits = chosen.bits
    side = ((bits & np.uint32(NATIVE)) != 0).astype(np.int8) - ((bits & np.uint32(FOREIGN & ~NATIVE)) != 0)
    sided = where(side)
    word = chosen.first.searchsorted(sided, "right") - 1
    change = (side[sided[1:]] != side[sided[:-1]]) & (word[1:] == word[:-1])
    return np.bincount(word[1:], change, len(chosen)).astype(np.intp)


def readable(chosen: Chosen) -> Flags:
    """Tell in which words every letter is Cyrillic or may stand for a Cyrillic one."""
    plain = (chosen.bits & np.uint32(CYRILLIC | APOSTROPHE)) != 0
    return chosen.all(plain | chosen.numbers | (confusables().becomes.take(chosen.slots, mode="clip") != 0))


def latinable(chosen: Chosen) -> Flags:
    """Tell in which words every letter is Latin or looks like one."""
    plain = (chosen.bits & np.uint32(PLAIN_LATIN | DIGIT | APOSTROPHE)) != 0
    return chosen.all(plain | (confusables().latin.take(chosen.slots, mode="clip") != 0))
