"""The memory of words: what is kept is found with its own records, what is not kept is never found."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest

from homoglyph_fix.arrays import memory
from homoglyph_fix.arrays.hashing import random_numbers
from homoglyph_fix.arrays.memory import CONFIGS, LARGEST, SMALLEST, Keys, Memory, Records, forget, memory_of, spellings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from homoglyph_fix.arrays.ragged import Index

RECORD = np.dtype([("key", "<u8"), ("rest", "<u8"), ("twice", "<u8", (2,))])
MASK = (1 << 64) - 1


def _memory() -> Memory:
    return Memory(RECORD)


def _keys(count: int, seed: int = 1) -> Keys:
    """Return different keys."""
    return random_numbers(count, seed)


def _records(keys: Keys) -> Records:
    """Return records that follow from the keys."""
    records = np.zeros(len(keys), RECORD)
    records["key"], records["rest"], records["twice"] = keys, ~keys, keys[:, None]
    return records


def _keep(kept: Memory, keys: Keys) -> None:
    """Keep such records."""
    kept.keep(keys, _records(keys))


def _missing(kept: Memory, keys: Keys) -> set[int]:
    """Return the places of the keys that are not found; the others must have records of their own."""
    rows, new = kept.find(keys)
    found = np.delete(np.arange(len(keys)), new)

    assert len(set(new.tolist())) == len(new)
    assert (kept.records(rows[found]) == _records(keys[found])).all()
    return set(new.tolist())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let memories begin with 16 words and hold 256."""
    monkeypatch.setattr(memory, "SMALLEST", 16)
    monkeypatch.setattr(memory, "LARGEST", 256)


def test_nothing_is_found_in_an_empty_memory() -> None:
    """Every key is new; no keys are no new ones."""
    assert _missing(_memory(), _keys(100)) == set(range(100))
    assert _missing(_memory(), _keys(0)) == set()


def test_growth() -> None:
    """From the smallest to the largest size all but a few in a hundred thousand are found; nothing that was not kept is."""
    kept, keys, others = _memory(), _keys(LARGEST), _keys(5000, 2)
    done = 0
    for size in (1, SMALLEST - 1, 1, 0, 1, SMALLEST * 3 - 1, 7, 10 * SMALLEST, 100 * SMALLEST, LARGEST):
        batch = keys[done : done + size]
        _keep(kept, batch)
        done += len(batch)

        assert len(_missing(kept, keys[:done])) <= done * 2 // 100_000
        assert len(_missing(kept, others)) == len(others)
    assert done == LARGEST


def test_asked_in_any_order() -> None:
    """A key may be asked for several times, known and unknown ones in every mixture."""
    kept, keys = _memory(), _keys(2000)
    _keep(kept, keys[::2])
    order = np.array(random.Random(3).choices(range(2000), k=5000))

    assert _missing(kept, keys[order]) == {place for place, key in enumerate(order.tolist()) if key % 2}


def test_overflow(small: None) -> None:
    """A memory at its bound begins anew with what comes; until then it forgets nothing."""
    kept, keys = _memory(), _keys(257)
    _keep(kept, keys[:200])
    _keep(kept, keys[200:256])
    assert _missing(kept, keys) == {256}

    _keep(kept, keys[256:])

    assert _missing(kept, keys) == set(range(256))


def test_overflow_again_and_again(small: None) -> None:
    """Batches of all sizes: at every time exactly what came since the last beginning is found."""
    rng, numbers = random.Random(4), iter(_keys(60_000).tolist())
    kept, ever, begun = _memory(), _keys(0), 0
    there: list[int] = []
    for _ in range(300):
        batch = np.array(list(islice(numbers, rng.choice([1, 1, 2, 5, 15, 16, 17, 60, 255, 256]))), np.uint64)
        _keep(kept, batch)
        if len(there) + len(batch) > 256:
            there, begun = [], begun + 1
        there += batch.tolist()
        ever = np.append(ever, batch)

        assert _missing(kept, ever) == set(range(len(ever) - len(there)))
    assert begun > 50


@pytest.mark.parametrize("before", [0, 10, 256])
@pytest.mark.parametrize("size", [257, 1000])
def test_more_at_once_than_it_holds(small: None, before: int, size: int) -> None:
    """Of a batch bigger than the bound the first are kept; then it goes on as ever."""
    kept, keys, earlier = _memory(), _keys(size), _keys(before, 2)
    _keep(kept, earlier)
    _keep(kept, keys)

    assert _missing(kept, keys) == set(range(256, size))
    assert len(_missing(kept, earlier)) == before

    _keep(kept, earlier[:1])

    assert _missing(kept, earlier[:1]) == set()


def _of_one_place(count: int) -> Keys:
    """Return keys whose first place is the same: the first turn makes small numbers of them, whose upper bits are 0."""
    undo = pow(int(memory._TURNS[0]), -1, 1 << 64)
    return np.array([number * undo & MASK for number in range(1, count + 1)], np.uint64)


@pytest.mark.parametrize("at_once", [True, False])
def test_keys_that_want_the_same_place(at_once: bool) -> None:
    """Whether they come together or one by one, each has its own records."""
    kept, keys = _memory(), _of_one_place(100)
    assert set(kept._places(keys, 0).tolist()) == {0}

    for batch in [keys] if at_once else keys[:, None]:
        _keep(kept, batch)

    assert _missing(kept, keys) == set()
    assert len(_missing(kept, _of_one_place(200)[100:])) == 100


def _batches(keys: Keys) -> Iterator[Keys]:
    for first in range(0, len(keys), 40):
        yield keys[first : first + 40]


def test_keys_that_find_no_place(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two places for a word many find none: they are new again, and are never taken for another word."""
    monkeypatch.setattr(memory, "_TURNS", memory._TURNS[:2])
    kept, keys = _memory(), _keys(200)
    for batch in _batches(keys):
        _keep(kept, batch)
    lost = sorted(_missing(kept, keys))
    assert 0 < len(lost) < 40

    _keep(kept, keys[lost])

    assert _missing(kept, keys) == set(lost)


@pytest.mark.parametrize("turns", [1, 8])
def test_each_key_is_learnt_once(small: None, turns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is recalled, in batches with repetition and over the bound, is what is learnt; nothing known is learnt again."""
    monkeypatch.setattr(memory, "_TURNS", memory._TURNS[:turns])
    kept, keys, rng = _memory(), _keys(300), np.random.default_rng(5)
    for size in (1, 1, 2, 50, 50, 250, 1000, 10):
        asked = keys[rng.integers(0, min(len(keys), 2 * size), size)]
        known = set(asked[np.delete(np.arange(size), kept.find(asked)[1])].tolist())
        learnt: list[int] = []

        def learn(new: Index, asked: Keys = asked, learnt: list[int] = learnt) -> Records:
            learnt += asked[new].tolist()
            return _records(asked[new])

        assert (kept.recall(asked, learn) == _records(asked)).all()
        assert sorted(learnt) == sorted(set(asked.tolist()) - known)


def test_half_kept_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted while it keeps, a memory begins anew."""
    kept, keys = _memory(), _keys(100)
    _keep(kept, keys[:50])

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(kept, "_put", interrupt)
        with pytest.raises(KeyboardInterrupt):
            kept.recall(keys, lambda new: _records(keys[new]))

    assert _missing(kept, keys) == set(range(100))


def test_memories_by_name() -> None:
    """Words and chunks have a memory each, and each config its spellings; all are forgotten at once."""
    words, chunks = memory_of("some words", RECORD), memory_of("some chunks", RECORD)
    spellings_of("a config")["a"] = "b"
    assert words is memory_of("some words", RECORD) is not chunks
    assert spellings_of("another config") == {}

    forget()

    assert memory_of("some words", RECORD) is not words
    assert spellings_of("a config") == {}


def test_no_end_of_configs_is_remembered() -> None:
    """A program that makes configs without end holds the spellings of few."""
    for number in range(3 * CONFIGS):
        spellings_of(number)["a"] = "b"

    assert sum(bool(spellings_of(number)) for number in range(3 * CONFIGS)) <= CONFIGS
