"""Which script a word belongs to, from its letters: strong letters count, weak letters follow."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .confusables import confusables
from .facts import COUNTED, Flags
from .scripts import APOSTROPHE, CYRILLIC, DIGIT, FOREIGN, NATIVE, PLAIN_LATIN
from .segments import Index, where
from .tokens import Chosen

_MASKS: Final = np.array(COUNTED, np.uint32)
MOST: Final = 0xFFFF  # letters: longer words count as this long


def counts(chosen: Chosen) -> NDArray[np.integer]:
    """Count the letters of each word, the borders between scripts, and the letters of each kind in `COUNTED`."""
    found = np.empty((len(chosen), len(COUNTED) + 2), np.intp)
    found[:, 0] = chosen.size
    found[:, 1] = borders(chosen)
    np.add.reduceat((chosen.bits[:, None] & _MASKS) != 0, chosen.first, axis=0, dtype=np.intp, out=found[:, 2:])
    return np.minimum(found, MOST)


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
    return chosen.all(plain | (confusables().first.take(chosen.slots, mode="clip") != 0))


def latinable(chosen: Chosen) -> Flags:
    """Tell in which words every letter is Latin or looks like one."""
    plain = (chosen.bits & np.uint32(PLAIN_LATIN | DIGIT | APOSTROPHE)) != 0
    return chosen.all(plain | (confusables().latin.take(chosen.slots, mode="clip") != 0))
