"""The memory of words: what is kept is found with its own records, what is not kept is never found."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest

from homoglyph_fix import memory
from homoglyph_fix.language import random_numbers
from homoglyph_fix.memory import LARGEST, SMALLEST, Keys, Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = np.dtype([("key", "<u8")])
BODY = np.dtype([("rest", "<u8"), ("twice", "<u8", (2,))])
MASK = (1 << 64) - 1


def _memory() -> Memory:
    return Memory(HEAD, BODY)


def _keys(count: int, seed: int = 1) -> Keys:
    """Return different keys."""
    return random_numbers(count, seed)


def _keep(kept: Memory, keys: Keys) -> None:
    """Keep records that follow from the keys."""
    heads, bodies = np.zeros(len(keys), HEAD), np.zeros(len(keys), BODY)
    heads["key"], bodies["rest"], bodies["twice"] = keys, ~keys, keys[:, None]
    kept.keep(keys, heads, bodies)


def _missing(kept: Memory, keys: Keys) -> set[int]:
    """Return the places of the keys that are not found; the others must have records of their own."""
    rows, new = kept.find(keys)
    found = np.delete(np.arange(len(keys)), new)

    assert len(set(new.tolist())) == len(new)
    assert (kept.heads(rows[found])["key"] == keys[found]).all()
    assert (kept.bodies(rows[found])["rest"] == ~keys[found]).all()
    assert (kept.bodies(rows[found])["twice"] == keys[found, None]).all()
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
