"""Many texts as the lines of one: which to join, and what has become of each when the whole is repaired."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from operator import ne
from typing import Final

import numpy as np

from ..arrays.ragged import Index, offsets, where
from .patches import Patches

TEXTS: Final = 1 << 16  # texts joined at once ...
JOINED: Final = 1 << 24  # ... and how many characters, if a single text does not have more


def joinable(sizes: Index, most: int = 0) -> Iterator[tuple[int, int]]:
    """Yield which texts to join, given how many characters each has; of `JOINED` characters at most where nothing else is said.

    >>> list(joinable(np.array([5, 1 << 24, 1 << 23])))
    [(0, 1), (1, 2), (2, 3)]
    """
    ends, most = sizes.cumsum(), most or JOINED
    low = 0
    while low < len(ends):
        begin = int(ends[low - 1]) if low else 0
        high = min(low + TEXTS, max(low + 1, int(ends.searchsorted(begin + most, "right"))))
        yield low, high
        low = high


def put_into(texts: list[str], sizes: Index, found: Patches) -> list[tuple[int, str]]:
    """Return the number and the new form of each text that changes, given patches of all texts joined by line ends."""
    changed: list[tuple[int, str]] = []
    if not found.new:
        return changed
    ends = (sizes + 1).cumsum() - 1
    first, last = map(ends.searchsorted, found.spans)  # a window may hold the line end before a text that begins with one
    # Patches of one text, or of texts that share a patch, go together.
    fresh = where(np.append(True, first[1:] > np.maximum.accumulate(last)[:-1]))
    starts, stops = first[fresh], np.maximum.reduceat(last, fresh)
    cuts = np.append(fresh, len(found.new))
    shift = np.append(0, ends + 1)[starts].repeat(np.diff(cuts))
    patches = list(zip((found.spans.start - shift).tolist(), (found.spans.end - shift).tolist(), found.new, strict=True))
    for start, stop, low, high in zip(starts.tolist(), stops.tolist(), fresh.tolist(), cuts[1:].tolist(), strict=True):
        some = texts[start : stop + 1]
        joined = "\n".join(some) if stop > start else some[0]
        new = _patched(joined, patches[low:high])
        if stop > start:
            changed += [(start + place, text) for place, text in compared(some, joined, new)]
        elif new != joined:
            changed.append((start, new))
    return changed


def _patched(text: str, patches: list[tuple[int, int, str]]) -> str:
    """Return a text with a few patches, in a third of the time that arrays of their places would take."""
    parts: list[str] = []
    done = 0
    for start, end, new in patches:
        parts += text[done:start], new
        done = end
    return "".join([*parts, text[done:]])


def compared(texts: list[str], joined: str, repaired: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the new form of each text that changes, given all as the lines of one text and that text repaired."""
    old, new = joined.split("\n"), repaired.split("\n")
    changed = where(np.fromiter(map(ne, old, new), bool, len(old)))
    starts = offsets(np.fromiter(map(str.count, texts, repeat("\n")), np.intp, len(texts)) + 1)
    ends = np.append(starts[1:], len(old))
    for place in np.unique(starts.searchsorted(changed, "right") - 1).tolist():
        yield place, "\n".join(new[starts[place] : ends[place]])
