"""Random numbers that stay the same for ever, and keys for short runs of characters."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .ragged import Index

Hashes = NDArray[np.uint64]
PLACES: Final = 1 << 10  # places that all but the longest words have enough of
REMEMBERED: Final = 1 << 16  # places: the weights of more are made each time, since those of a word of 50 MB would take 512 MB for good


def random_numbers(count: int, seed: int) -> Hashes:
    """Return numbers of 64 bits that look random, the same ones for ever."""
    # SplitMix64 written out: the word list on disk hangs on every bit, and NumPy does not promise that its generators stay as they are.
    keys = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def keys(letters: NDArray[np.integer], place: Index, first: Index) -> Hashes:
    """Return a number for each run of letters (rows of a table of at most `2**17`), by its letters and their places; never 0.

    Each letter and each place weighs a random number of this process, independent of all others (multilinear hashing, Lemire and Kaser
    2014): two given runs have one key with a probability of less than 2**-57, and no text can be made in which they have. The powers of
    one number in the place of independent weights would not do: modulo 2**64 there are runs whose keys agree for every odd number.
    """
    return np.maximum(np.add.reduceat(_weights(letters, place), first), np.uint64(1))


def keys_of_beginnings(letters: NDArray[np.integer], place: Index, first: Index) -> Hashes:
    """Return for each letter the key of its run up to it, as `keys` has it."""
    weights = _weights(letters, place)
    total = weights.cumsum(dtype=np.uint64)
    before = (total - weights)[first]
    return np.maximum(total - before.repeat(np.diff(np.append(first, len(letters)))), np.uint64(1))


def _weights(letters: NDArray[np.integer], place: Index) -> Hashes:
    """Return what each letter adds to the key of its run."""
    places = max(PLACES, 1 << int(place.max(initial=0)).bit_length())
    numbers = _random if places <= REMEMBERED else random_numbers
    return _random(1 << 17, _SEEDS[0]).take(letters) * numbers(places, _SEEDS[1]).take(place)


_SEEDS: Final = [int.from_bytes(os.urandom(7), "little") for _ in range(2)]
_random: Final = lru_cache(maxsize=3)(random_numbers)
