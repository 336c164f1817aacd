"""Several processes: the same results in the same order, however they are started."""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from homoglyph_fix import workers
from homoglyph_fix.blocks import Outcome
from homoglyph_fix.errors import FileError, WorkerError
from homoglyph_fix.files import BLOCK, Piece, Source
from homoglyph_fix.slots import SLOT, Slots
from homoglyph_fix.team import run_there

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Source("a", "a", "a", "a")


def double(data: bytes) -> Outcome:
    """Double what begins with x, keep the rest."""
    return Outcome(data * 2 if data.startswith(b"x") else None)


def late(seconds: float, data: bytes) -> Outcome:
    """Let the first results be the last to be ready."""
    time.sleep(seconds / (1 + len(data)))
    return Outcome(data)


def die(data: bytes) -> Outcome:
    """End without a word."""
    os._exit(3)


def where(data: bytes) -> Outcome:
    """Tell the process."""
    return Outcome(b"%d" % os.getpid())


def _pieces(*sizes: int) -> list[Piece]:
    """Return pieces of these sizes, every other to be doubled."""
    return [Piece(SOURCE, (b"x" if number % 2 else b"y") * size) for number, size in enumerate(sizes)]


STARTS = ["fork", "spawn"] if sys.platform == "linux" else ["spawn"]


@pytest.mark.parametrize("start", STARTS)
def test_same_as_alone(start: str) -> None:
    """Small pieces travel together, big ones in shared memory, bigger ones in the pipe: nothing changes."""
    pieces = _pieces(0, 10, 20, 300_000, 300_001, 0, BLOCK, BLOCK, SLOT + 1, SLOT + 1, SLOT, SLOT // 2, SLOT // 2 + 1, 5, 7)
    pieces.insert(3, Piece(SOURCE, error=FileError("b", "bad")))

    found = list(run_there(double, iter(pieces), 2, start))

    assert [id(piece) for piece in pieces] == [id(piece) for piece, _ in found]
    assert [double(piece.data).new for piece in pieces] == [outcome.new for _, outcome in found]


def test_order_is_kept() -> None:
    """Also if a later block is ready first."""
    pieces = _pieces(*[300_000, 400_000] * 5)

    found = workers.run(partial(late, 3000.0), pieces, 3)

    assert pieces == [piece for piece, _ in found]


def test_bounded_reading() -> None:
    """No more is read than can be worked on."""
    taken: list[Piece] = []

    def pieces() -> Iterator[Piece]:
        for piece in _pieces(*[BLOCK] * 20):
            taken.append(piece)
            yield piece

    results = run_there(double, pieces(), 2)
    next(results)
    most = len(taken)
    rest = list(results)

    assert most <= 5
    assert len(rest) == 19


def test_dead_worker() -> None:
    """One clear error."""
    with pytest.raises(WorkerError, match="worker process ended"):
        list(workers.run(die, _pieces(1), 2))


def test_auto_begins_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short work starts no process, a long one does."""
    monkeypatch.setattr(workers, "usual_jobs", lambda: 2)
    here = b"%d" % os.getpid()
    assert {here} == {outcome.new for _, outcome in workers.run(where, _pieces(1, 2, 3))}

    monkeypatch.setattr(workers, "PATIENCE", -1.0)
    first, *others = [outcome.new for _, outcome in workers.run(where, _pieces(1, 2, 3))]

    assert first == here
    assert here not in others


def test_much_work_is_shared_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the size is known nobody waits to see how long it takes."""
    monkeypatch.setattr(workers, "usual_jobs", lambda: 2)

    assert workers.jobs_for(workers.MUCH) == 2
    assert workers.jobs_for(workers.MUCH - 1) is None


def test_nothing_to_do_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even if several jobs are asked for."""
    monkeypatch.setattr("homoglyph_fix.team.run_there", None)

    assert list(workers.run(double, [], 4)) == []


def test_without_semaphores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has none, the work is done in this process."""

    def refuse(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("homoglyph_fix.team.ProcessPoolExecutor", refuse)

    assert {b"%d" % os.getpid()} == {outcome.new for _, outcome in workers.run(where, _pieces(1, 2), 2)}


def test_slots_are_used_again() -> None:
    """A slot is taken until it is given back; what is too long finds none."""
    slots = Slots(2)
    first, second = slots.take(b"one"), slots.take(b"two")
    assert first is not None
    assert slots.take(b"three") is None

    slots.free(first)

    assert slots.take(b"x" * (SLOT + 1)) is None
    assert slots.take(b"four") == first
    assert (slots.get(first, 4), slots.get(second or 0, 3)) == (b"four", b"two")
