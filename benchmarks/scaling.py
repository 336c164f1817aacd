"""Time and peak memory of the command against the size of its input, and of `normalize_utf8` against the share of damaged words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import cycle
from random import Random
from threading import Thread
from time import perf_counter
from typing import IO, Final, NamedTuple

from benchmarks import arguments, corpus, damage, memory, results
from benchmarks.measure import Job, speeds
from homoglyph_fix import Normalizer, normalize

COMMAND: Final = """
import sys
from homoglyph_fix.command.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
from benchmarks.process import peak
print(peak(), file=sys.stderr)
raise SystemExit(code)
"""
"""The command itself, which says at the end how much memory it had; asking from outside would count our own."""

SHARES: Final = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
BLOCKS: Final = 8  # damaged each in its own way and fed in turn


class Run(NamedTuple):
    """One run of the command: MB in, seconds, MB of memory at the peak."""

    size: float
    seconds: float
    memory: float


def run_command(blocks: list[bytes], size: int, options: list[str]) -> Run:
    """Feed the command so many bytes through a pipe."""
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *options], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as child:
        feeder = Thread(target=_feed, args=(child.stdin, blocks, size))
        feeder.start()
        report = child.stderr.read().decode() if child.stderr else ""
        feeder.join()
    if child.returncode:
        raise RuntimeError(f"the command failed: {report}")
    return Run(size / 1e6, perf_counter() - start, float(report.split()[-1]))


def by_size(text: str, sizes: list[int]) -> str:
    """Return the table over sizes."""
    blocks = [damage.words(text, Random(number), 0.01).encode() for number in range(BLOCKS)]
    rows = []
    for size in sizes:
        print(f"{size / 1e6:,.0f} MB", file=sys.stderr)
        one = run_command(blocks, size, ["--jobs", "1", "--quiet"])
        free = run_command(blocks, size, ["--quiet"])
        cells = (one.size, one.seconds, one.size / one.seconds, one.memory, free.seconds, free.size / free.seconds, free.memory)
        rows.append([results.figure(cell) for cell in cells])
    return results.table(["MB", "s", "MB/s", "peak MB", "s, default jobs", "MB/s, default jobs", "peak MB of the first process"], rows)


def by_share(text: str, shares: tuple[float, ...], rounds: int) -> str:
    """Return the table over shares of damaged words."""
    normalize("Oт")  # load the data
    rows = []
    for share in shares:
        print(f"{share:.0%}", file=sys.stderr)
        dirty = damage.words(text, Random(f"share {share}"), share)
        data = dirty.encode()
        found = speeds(_jobs(data, dirty), rounds)
        ratios = [results.figure(found[name] / found["decode"]) for name in ("utf8", "str")]
        rates = [results.figure(found[name]) for name in ("utf8", "str")]
        rows.append([f"{share:.0%}", *rates, *ratios, results.figure(memory.added("normalize_utf8", dirty))])
    head = ["damaged words", "normalize_utf8, MB/s", "normalize, MB/s", "normalize_utf8, decode = 1", "normalize, decode = 1"]
    return results.table([*head, "peak MB added"], rows)


def _jobs(data: bytes, text: str) -> list[Job]:
    runs: dict[str, Callable[[], object]] = {
        "decode": lambda: data.decode("utf-8"),
        "utf8": lambda: Normalizer().normalize_utf8(data),
        "str": lambda: normalize(text),
    }
    return [Job(name, run, len(data)) for name, run in runs.items()]


def _feed(pipe: IO[bytes], blocks: list[bytes], size: int) -> None:
    """Write so many bytes: the blocks in turn, the last one cut at a line end."""
    with pipe:
        for block in cycle(blocks):
            if size <= len(block):
                pipe.write(block[: block.rfind(b"\n", 0, size) + 1])
                return
            pipe.write(block)
            size -= len(block)


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write if asked."""
    parser = arguments.parser("scaling", __doc__)
    options = parser.parse_args(argv)
    text = corpus.load(options.text, options.quick)
    megabytes = [1, 4, 16] if options.quick else [1, 4, 16, 64, 256, 1024]
    sizes = by_size(text.text, [size * 1_000_000 for size in megabytes])
    shares = by_share(text.text, SHARES, 3 if options.quick else 5)
    body = (
        f"Text: {text.name}. The whole command, start and loading included, through a pipe; 1 % of the words damaged, "
        f"in {BLOCKS} ways in turn.\n\n{sizes}\n\n"
        f"The share of damaged words, in one process, {len(text.text.encode()) / 1e6:.1f} MB.\n\n{shares}"
    )
    results.publish("scaling", "Scaling", body, write=options.write)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
