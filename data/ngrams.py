"""Train the letter 4-grams: interpolated Witten-Bell smoothing down to equal chances for all letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.cuckoo import encode
from homoglyph_fix.language import LATIN_BASE, NATS_PER_STEP, ORDER

Weights = NDArray[np.float64]
BACKOFF: Final = 1.0
"""How much a context trusts its shorter one: Witten-Bell has 1; chosen on held-out words."""
_BLOCK: Final = 1 << 18  # words at a time, for the sake of memory


def grams(words: Sequence[str], size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the index of each 4-gram, edges included, of each word in turn; and the number of the word it is from."""
    codes, starts, ends = encode(words)
    letters = codes.astype(np.intp)
    if size <= LATIN_BASE // 2:
        letters -= LATIN_BASE
    row = np.zeros(len(letters) + len(words) * ORDER, np.intp)
    shift = ORDER - 1
    word = np.repeat(np.arange(len(words)), ends - starts)
    row[np.arange(len(letters)) + word * ORDER + shift] = letters
    index = sum(row[back : len(row) - shift + back] * size ** (shift - back) for back in range(ORDER))
    owner = np.repeat(np.arange(len(words)), ends - starts + ORDER)
    assert isinstance(index, np.ndarray)
    # A window that ends in the padding before a word belongs to no word.
    within = np.arange(len(row)) - np.repeat(starts + np.arange(len(words)) * ORDER, ends - starts + ORDER)
    inside = (within >= shift)[shift:]
    return index[inside], owner[shift:][inside]


def count(words: Sequence[str], weights: Weights, size: int) -> Weights:
    """Count the 4-grams of words, each word as often as its weight says."""
    counts = np.zeros(size**ORDER)
    for start in range(0, len(words), _BLOCK):
        index, owner = grams(words[start : start + _BLOCK], size)
        counts += np.bincount(index, weights[start : start + _BLOCK][owner], size**ORDER)
    return counts


def probabilities(counts: Weights, size: int, backoff: float = BACKOFF) -> Weights:
    """Return the probability of the last letter of each 4-gram after the others."""
    share = np.full(size, 1 / size)
    for order in range(1, ORDER + 1):
        table = counts.reshape(-1, size**order).sum(axis=0).reshape(-1, size)
        kinds = backoff * (table > 0).sum(axis=1, keepdims=True)
        total = table.sum(axis=1, keepdims=True) + kinds
        shorter = share.reshape(-1, size)  # a context less its oldest letter: the rows repeat
        below = np.tile(shorter, (len(table) // len(shorter), 1))
        share = np.where(total > 0, (table + kinds * below) / np.where(total > 0, total, 1), below)
    return share.reshape(-1)


def steps(share: Weights) -> NDArray[np.uint8]:
    """Turn probabilities into the cost bytes of the reader."""
    return np.clip(np.rint(-np.log(share) / NATS_PER_STEP), 1, 255).astype(np.uint8)
