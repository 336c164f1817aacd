"""Speed: jobs run in turn, round by round, so that a busy moment of the machine hits all of them; medians are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.corpus import start_of

if TYPE_CHECKING:
    from benchmarks.programs import Program

PROBE: Final = 10_000  # code points that a program is tried on to see how much it can take


class Job(NamedTuple):
    """Something to time, and how many bytes of UTF-8 it goes through."""

    name: str
    run: Callable[[], object]
    size: int
    before: Callable[[], object] = bool  # done before each run, not timed; by default nothing


def speeds(jobs: Sequence[Job], rounds: int) -> dict[str, float]:
    """Return the median speed of every job, in MB/s."""
    times: dict[str, list[float]] = {job.name: [] for job in jobs}
    for _ in range(rounds):
        for job in jobs:
            job.before()
            times[job.name].append(seconds(job.run))
    return {job.name: job.size / median(times[job.name]) / 1e6 for job in jobs}


def seconds(run: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = perf_counter()
    run()
    return perf_counter() - start


def fitted(program: Program, text: str, budget: float) -> Job:
    """Return a job for a program over as much of a text as it can do in so many seconds."""
    probe = start_of(text, PROBE)
    program.over(probe)  # what is loaded at first use
    rate = len(probe) / seconds(lambda: program.over(probe))
    part = start_of(text, max(PROBE, int(rate * budget)))
    return Job(program.name, lambda: program.over(part), len(part.encode()))
