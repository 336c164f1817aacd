"""Pack words into the table that `homoglyph_fix.language` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from homoglyph_fix.letters.language import CODE, VALUE_BITS, Codes, Hashes, buckets, fingerprints, hash_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

WIDTH: Final = 4
_MOST_MOVES: Final = 20_000


def encode(words: Sequence[str]) -> tuple[Codes, NDArray[np.intp], NDArray[np.intp]]:
    """Return the letter codes of all words in one row, and where each starts and ends.

    >>> codes, starts, ends = encode(["аб", "в"])
    >>> codes.tolist(), starts.tolist(), ends.tolist()
    ([1, 2, 3], [0, 2], [2, 3])
    """
    codes = CODE[np.frombuffer("".join(words).encode("utf-16-le"), np.uint16)]
    ends = np.cumsum([len(word) for word in words], dtype=np.intp)
    return codes, np.concatenate([np.zeros(1, np.intp), ends[:-1]]), ends


def hashes_of(words: Sequence[str]) -> Hashes:
    """Hash words as the reader does."""
    return hash_words(*encode(words))


def pack(hashes: Hashes, values: NDArray[np.uint32], count: int) -> NDArray[np.uint32]:
    """Return the table `[count, 4]` of words, each with its cost and marks; raise `ValueError` when they do not fit."""
    entries = (fingerprints(hashes) << np.uint32(VALUE_BITS)) | values
    first, second = (bucket.tolist() for bucket in buckets(hashes, count))
    table: list[list[int]] = [[] for _ in range(count)]
    slots = _any_slots()
    for word in range(len(entries)):
        _insert(word, table, (first, second), slots)
    packed = np.zeros((count, WIDTH), np.uint32)
    for bucket, words in enumerate(table):
        packed[bucket, : len(words)] = entries[words]
    return packed


def _insert(word: int, table: list[list[int]], choices: tuple[list[int], list[int]], slots: Iterator[int]) -> None:
    """Put a word into its emptier bucket; if both are full, push another word out and place that one."""
    first, second = choices
    bucket = min(first[word], second[word], key=lambda at: len(table[at]))
    for _ in range(_MOST_MOVES):
        if len(table[bucket]) < WIDTH:
            table[bucket].append(word)
            return
        slot = next(slots)
        word, table[bucket][slot] = table[bucket][slot], word
        bucket = second[word] if first[word] == bucket else first[word]
    raise ValueError(f"the table of {len(table)} buckets is too small")


def _any_slots() -> Iterator[int]:
    """Yield slots without end, as good as at random and the same each time, whatever the version of Python."""
    state = 1
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFF_FFFF_FFFF_FFFF
        yield state >> 62
