"""Who works on the blocks: this process, and others when there is much to do."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from itertools import chain

from .blocks import Result, Work, run_here
from .reading import Piece

PATIENCE = 0.5
"""Seconds of work after which other processes are asked for help: starting them costs a tenth of that."""

MUCH = 1 << 26
"""Bytes known to be read for which they are asked at once: a second process halves the work, and there is half a second of it."""

MOST = 8
"""Processes used unless more are asked for: reading and writing stay in one process, and each takes its memory."""

LIMIT = 61
"""Processes used at most: Windows cannot wait for more, and no machine reads and writes fast enough for so many."""


def usual_jobs() -> int:
    """Return how many processes this machine is good for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST)


def jobs_for(size: int) -> int | None:
    """Return how many processes work on so many bytes from the start; None where that is left to how long the work takes."""
    return usual_jobs() if size >= MUCH else None


def run(work: Work, pieces: Iterable[Piece], jobs: int | None = None) -> Generator[Result, None, None]:
    """Yield every piece with its outcome, in order; a piece without data has an empty one.

    Without `jobs` this process begins alone, and is joined by others when the work turns out to be much.
    Raises WorkerError if a worker dies.
    """
    pieces = iter(pieces)
    if jobs is None:
        yield from run_here(work, pieces, PATIENCE)
        jobs = usual_jobs()
    first = next(pieces, None)
    if first is None:
        return  # nothing left: nothing to start processes for
    pieces = chain([first], pieces)
    yield from run_here(work, pieces) if jobs == 1 else _run_there(work, pieces, min(jobs, LIMIT))


def _run_there(work: Work, pieces: Iterator[Piece], jobs: int) -> Iterator[Result]:
    """Work in several processes, where Python has them."""
    try:
        from .pool import run_there  # noqa: PLC0415  # 25 ms that most commands need not spend
    except ImportError:
        return run_here(work, pieces)
    return run_there(work, pieces, jobs)
