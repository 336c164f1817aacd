"""The apostrophe and the signs that are typed for it: what a config does with each.

Keyboards, fonts and programs for scanned pages put many signs where Ukrainian has an apostrophe: `об"єкт`, `п*ять`, `зв”язок`.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..config import APOSTROPHES

MEND, KEEP, *_ = APOSTROPHES
TRUE: Final = "'’ʼ"
CONSONANTS: Final = "бвгґджзйклмнпрстфхцчшщБВГҐДЖЗЙКЛМНПРСТФХЦЧШЩ"  # an apostrophe stands between one of these ...
IOTATED: Final = "єїюяЄЇЮЯ"  # ... and one of these
FALSE: Final = "\"`´′”“*"

TURNED: Final = "‘"  # what some programs make of a typed `'`: no other sign than `’`, only turned, so it goes where all become one


def wanted(choice: str) -> str:
    """Return the apostrophe that others become."""
    return "'" if choice in (MEND, KEEP) else choice


def doubted(choice: str) -> str:
    """Return the signs that may become the apostrophe that is wanted.

    >>> doubted("mend") == FALSE, doubted("keep"), doubted("'") == FALSE + "‘’ʼ"
    (True, '', True)
    """
    if choice == KEEP:
        return ""
    return FALSE if choice == MEND else FALSE + TURNED + TRUE.replace(choice, "")


def among(characters: str, points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which code points are some of these letters or signs.

    >>> among("бв", np.array([ord(char) for char in "абв…"], np.uint32)).tolist()
    [False, True, True, False]
    """
    return _table_of(characters).take(points, mode="clip")


@cache
def _table_of(characters: str) -> NDArray[np.bool_]:
    return np.isin(np.arange(0x2100), [ord(character) for character in characters])
