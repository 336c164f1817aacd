"""Several processes at work on blocks, results in the order of the input."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import Future, InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import WorkerError
from .blocks import run_here
from .messages import _
from .outcome import Form
from .reading import BLOCK, Piece
from .shared_memory import SLOT, Slots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .blocks import Result, Work
    from .outcome import Outcome

_BATCH = 1 << 18
# Small files travel together up to this size: handing over costs as much as repairing some 30 KB of clean text.

_EACH = 2
# Blocks under way for each worker: the one it works on, and one that waits for it or for its turn to be written.
# While they are busy this process works too: a third process would only wait for the two cores (400 MB: 1.30 s, so 1.23).

_START = "fork" if sys.platform == "linux" else None
# A forked process shares the language model with its parent. Elsewhere fork is unsafe or missing: take the default.


def run_there(work: Work, pieces: Iterator[Piece], jobs: int, start: str | None = _START) -> Iterator[Result]:
    """Work in other processes, begun by the start method named."""
    context = multiprocessing.get_context(start)
    helpers = jobs - 1
    try:
        slots = Slots(_EACH * helpers) if context.get_start_method() == "fork" else None
        pool = ProcessPoolExecutor(helpers, context, _begin, (work, slots))
    except (OSError, NotImplementedError):  # no memory to share, or no semaphores, as in some sandboxes: then alone
        yield from run_here(work, pieces)
        return
    team = _Team(work, pool, slots, _EACH * helpers)
    before, threading.excepthook = threading.excepthook, team.lose
    try:
        yield from team.run(pieces)
    except BrokenProcessPool as error:
        raise WorkerError(_("a worker process ended before its work was done (out of memory?)")) from error
    finally:
        threading.excepthook = before
        pool.shutdown(cancel_futures=True)


class _Sent(NamedTuple):
    """A block under way to a worker: in a slot of the shared memory, or as it is."""

    slot: int | None
    size: int
    data: bytes | None
    form: Form | None


class _Batch(NamedTuple):
    """Pieces under way."""

    pieces: list[Piece]
    sent: list[_Sent]
    future: Future[list[Outcome]]


class _Team:
    """This process and its helpers, and the order of their results; helpers have `most` blocks under way at a time."""

    def __init__(self, work: Work, pool: ProcessPoolExecutor, slots: Slots | None, most: int) -> None:
        self._work = work
        self._pool = pool
        self._slots = slots
        self._most = most
        self._waiting: deque[_Batch] = deque()
        self._has_begun = False
        self._is_alone = False

    def lose(self, *_: object) -> None:
        """Go on alone: neither processes nor threads for them can be started, and the pool may never finish what it was given.

        A thread of the pool cannot raise in this one: it comes here by `threading.excepthook`.
        """
        self._is_alone = True
        for batch in list(self._waiting):
            _lose(batch.future)
        for child in multiprocessing.active_children():
            child.kill()  # it would wait for work for ever

    def run(self, pieces: Iterator[Piece]) -> Iterator[Result]:
        """Hand out batches, and yield results as soon as they are next."""
        for pieces_together in _batches(pieces):
            if self._is_full():
                self._do_here(pieces_together)
            else:
                self._submit(pieces_together)
            while self._waiting and (self._waiting[0].future.done() or len(self._waiting) > 2 * self._most):
                yield from self._results()
        while self._waiting:
            yield from self._results()

    def _submit(self, pieces: list[Piece]) -> None:
        """Send a batch to whoever is free; if nobody can be started, do it and all that follows here."""
        sent = [self._send(piece.data, piece.form) for piece in pieces]
        future: Future[list[Outcome]] = Future()
        try:
            future = self._pool.submit(_do, sent)
            self._has_begun = True
        except (OSError, RuntimeError):  # no process, no thread, or a pool that broke: if work was lost with it, its batch will say so
            self._is_alone = True
            if not self._has_begun:
                self._pool.shutdown(wait=False)
                self.lose()
        self._waiting.append(_Batch(pieces, sent, future))
        if self._is_alone:
            _lose(future)

    def _do_here(self, pieces: list[Piece]) -> None:
        """Do the work on a batch while all helpers are busy."""
        done: Future[list[Outcome]] = Future()
        done.set_result([self._work(piece.data, piece.form) for piece in pieces])
        self._waiting.append(_Batch(pieces, [_Sent(None, 0, None, None)] * len(pieces), done))

    def _send(self, data: bytes, form: Form | None) -> _Sent:
        """Put a big block in shared memory, if there is any; a small one costs little in the pipe."""
        slot = self._slots.take(data) if self._slots and len(data) >= _BATCH else None
        return _Sent(slot, len(data), data if slot is None else None, form)

    def _is_full(self) -> bool:
        """Tell whether the helpers have enough to do."""
        if self._is_alone:
            return True
        under_way = [sum(sent.size for sent in batch.sent) for batch in self._waiting if not batch.future.done()]
        return sum(under_way) > self._most * BLOCK or len(under_way) >= self._most

    def _results(self) -> Iterator[Result]:
        """Wait for the batch that is next and yield its results."""
        is_lost = _is_lost(self._waiting[0].future)  # waits; `lose` must find the batch in its place meanwhile
        batch = self._waiting.popleft()
        if is_lost:  # what lies in its slots is anybody's guess
            yield from run_here(self._work, iter(batch.pieces))
            return
        for piece, sent, outcome in zip(batch.pieces, batch.sent, batch.future.result(), strict=True):
            yield piece, self._received(sent, outcome)

    def _received(self, sent: _Sent, outcome: Outcome) -> Outcome:
        """Take a repaired block out of shared memory."""
        if sent.slot is None or self._slots is None:
            return outcome
        if outcome.size:
            outcome = outcome._replace(new=self._slots.get(sent.slot, outcome.size))
        self._slots.free(sent.slot)
        return outcome


class _LostError(Exception):
    """Tell that nobody works on a batch."""


def _lose(future: Future[list[Outcome]]) -> None:
    """Mark a batch as one that nobody works on, unless it is done."""
    with contextlib.suppress(InvalidStateError):
        future.set_exception(_LostError())


def _is_lost(future: Future[list[Outcome]]) -> bool:
    """Tell whether nobody has worked on a batch; since Python 3.12 a pool that lacks a thread says so itself, if not in so many words."""
    error = future.exception()
    return isinstance(error, _LostError) or (isinstance(error, BrokenProcessPool) and "can't start new thread" in str(error.__cause__))


def _batches(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    """Put small pieces together; a big one goes alone."""
    batch: list[Piece] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece.data)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_here: dict[str, Any] = {}
# The work and the shared memory of this process, if it is a worker.


def _begin(work: Work, slots: Slots | None) -> None:
    """Set up a worker: it ends quietly at Ctrl-C, and when its parent is gone."""
    _here.update(work=work, slots=slots)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    except RuntimeError:  # no thread can be started: then look once a second
        signal.signal(signal.SIGALRM, lambda *_: _end_with_parent(0))
        signal.setitimer(signal.ITIMER_REAL, 1, 1)


def _end_with_parent(seconds: float | None = None) -> None:
    """Wait for the end of the parent: killed, it cannot tell its workers to stop."""
    parent = multiprocessing.parent_process()
    if parent is not None and wait([parent.sentinel], seconds):
        os._exit(1)


def _do(batch: list[_Sent]) -> list[Outcome]:
    """Do the work on a batch, in a worker."""
    work: Work = _here["work"]
    slots: Slots | None = _here["slots"]
    return [_do_one(work, slots, sent) for sent in batch]


def _do_one(work: Work, slots: Slots | None, sent: _Sent) -> Outcome:
    """Do the work on a block; if it came in a slot, so goes its repair, if that fits."""
    if slots is None or sent.slot is None:
        return work(sent.data or b"", sent.form)
    outcome = work(slots.get(sent.slot, sent.size), sent.form)
    if outcome.new is None or len(outcome.new) > SLOT:
        return outcome
    slots.put(sent.slot, outcome.new)
    return outcome._replace(new=None, size=len(outcome.new))
