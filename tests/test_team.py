"""Several processes: the same results in the same order, however they are started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commands import BAD, GOOD, run
from homoglyph_fix.command import workers
from homoglyph_fix.command.outcome import Outcome
from homoglyph_fix.command.pool import run_there
from homoglyph_fix.command.reading import BLOCK, Piece, Source
from homoglyph_fix.command.shared_memory import SLOT, Slots
from homoglyph_fix.errors import FileError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Source("a", "a", "a", "a")


def double(data: bytes, form: object = None) -> Outcome:
    """Double what begins with x, keep the rest."""
    return Outcome(data * 2 if data.startswith(b"x") else None)


def late(seconds: float, data: bytes, form: object = None) -> Outcome:
    """Let the first results be the last to be ready."""
    time.sleep(seconds / (1 + len(data)))
    return Outcome(data)


def die(data: bytes, form: object = None) -> Outcome:
    """End without a word."""
    os._exit(3)


def where(data: bytes, form: object = None) -> Outcome:
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
    monkeypatch.setattr("homoglyph_fix.command.pool.run_there", None)

    assert list(workers.run(double, [], 4)) == []


FAILING = """
import errno, mmap, os, sys, threading, time
from homoglyph_fix.command import cli

def fail_at(call, number, error, seconds=0):
    count = iter(range(1, 1000))
    def instead(*args, **kwargs):
        if next(count) == number:
            time.sleep(seconds)
            raise error
        return call(*args, **kwargs)
    return instead

def fail_in_run(run):
    def instead(self):
        threading.Thread.start = fail_at(threading.Thread.start, 1, THREAD)
        run(self)
    return instead

EAGAIN, ENOMEM, ENOSYS = (OSError(number, os.strerror(number)) for number in (errno.EAGAIN, errno.ENOMEM, errno.ENOSYS))
THREAD = RuntimeError("can't start new thread")
{}
status = cli.main()
sys.modules["_multiprocessing"] = sys.modules["_multiprocessing"] or object()
import multiprocessing
left = multiprocessing.active_children()
sys.exit(f"{{left}} left" if left else status)
"""

SPAWN = """
import multiprocessing.util as util
from homoglyph_fix.command import pool
pool.run_there.__defaults__ = ("spawn",)
util.spawnv_passfds = fail_at(util.spawnv_passfds, {})
"""
SEMAPHORE = """
from multiprocessing.synchronize import SemLock
SemLock.__init__ = fail_at(SemLock.__init__, {}, ENOSYS)
"""
CANNOT_START = {
    "first fork": "os.fork = fail_at(os.fork, 1, EAGAIN)",
    "second fork": "os.fork = fail_at(os.fork, 2, ENOMEM)",
    "third fork": "os.fork = fail_at(os.fork, 3, EAGAIN)",
    "first thread": "threading.Thread.start = fail_at(threading.Thread.start, 1, THREAD)",
    "second thread": "threading.Thread.start = fail_at(threading.Thread.start, 2, THREAD)",
    "late thread": "threading.Thread.start = fail_at(threading.Thread.start, 2, THREAD, seconds=0.5)",
    "threads of workers": "from multiprocessing import process; process.BaseProcess.run = fail_in_run(process.BaseProcess.run)",
    "shared memory": "mmap.mmap = fail_at(mmap.mmap, 1, ENOMEM)",
    "semaphores": SEMAPHORE.format(1),
    "later semaphores": SEMAPHORE.format(3),
    "no semaphores": "sys.modules['multiprocessing.synchronize'] = None",
    "no processes": "sys.modules['_multiprocessing'] = None",
    "first program": SPAWN.format("1, EAGAIN"),
    "second program": SPAWN.format("2, ENOMEM"),
    "third program": SPAWN.format("3, EAGAIN"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems start workers in another way")
@pytest.mark.parametrize("kind", CANNOT_START)
def test_workers_that_cannot_be_started(kind: str, tmp_path: Path) -> None:
    """The work is done all the same, in order, without a word, and no process is left."""
    texts = [(f"{number} {BAD}" * 8000).encode() for number in range(12)]
    for number, text in enumerate(texts):
        (tmp_path / f"{number:02}").write_bytes(text)
    command = [sys.executable, "-c", FAILING.format(CANNOT_START[kind]), "-q", "-j4", *map(str, sorted(tmp_path.iterdir()))]

    done = subprocess.run(command, capture_output=True, check=False, timeout=60)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"".join(text.replace(BAD.encode(), GOOD.encode()) for text in texts)


def test_more_workers_than_any_machine_has() -> None:
    """As many as are of use are started."""
    done = run("-j9999", data=BAD.encode())

    assert (done.returncode, done.stdout, done.stderr) == (0, GOOD.encode(), b"")


def test_without_semaphores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has none, the work is done in this process."""

    def refuse(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("homoglyph_fix.command.pool.ProcessPoolExecutor", refuse)

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
