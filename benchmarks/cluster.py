"""What the repair costs on Spark and Ray beside one process: CPU time of all processes, and whether all rows are equal."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Event, Thread
from time import process_time
from typing import Any, Final

from benchmarks import corpus, damage

TESTS: Final = corpus.ROOT / "tests" / "integrations"
TICK: Final = os.sysconf("SC_CLK_TCK")
LINES: Final = 10_000  # rows that Spark hands over at once, and of a file here in one group


def cpu_of_children(stop: Event, seconds: dict[int, tuple[str, float]]) -> None:
    """Note the CPU time of every process that this one has started, and of theirs, ten times a second: most end unseen."""
    while not stop.wait(0.1):
        parents, found = {}, {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                name, _, rest = (folder / "stat").read_text().rpartition(")")
            except OSError:
                continue  # ended meanwhile
            fields = rest.split()
            parents[int(folder.name)] = int(fields[1])
            found[int(folder.name)] = name.partition("(")[2], (int(fields[11]) + int(fields[12])) / TICK
        for pid, what in found.items():
            at = pid
            while at > 1 and at != os.getpid():
                at = parents.get(at, 0)
            if at == os.getpid() != pid:
                seconds[pid] = what


@contextmanager
def cpu() -> Iterator[Counter[str]]:
    """Yield a counter that holds the CPU time of the started processes by their names, in seconds, when the block has ended."""
    stop, seconds, total = Event(), dict[int, tuple[str, float]](), Counter[str]()
    watch = Thread(target=cpu_of_children, args=(stop, seconds))
    watch.start()
    try:
        yield total
    finally:
        stop.set()
        watch.join()
        for name, used in seconds.values():
            total[name] += used  # type: ignore[assignment]  # a Counter counts in fractions as well


def texts(size: int) -> Iterator[str]:
    """Yield paragraphs of so many bytes together, 1 % of the words damaged; after some 30 MB they come again."""
    for text in cycle(paragraphs()):
        yield text
        size -= len(text.encode())
        if size <= 0:
            return


@cache
def paragraphs() -> list[str]:
    """Return a text eight times, damaged anew each time."""
    rng, clean = Random("cluster"), corpus.load(None).text
    return [line for _ in range(8) for line in damage.words(clean, rng, 0.01).split("\n") if line]


def write(folder: Path, size: int, files: int) -> int:
    """Write such texts with ids to Parquet files; return how many bytes of text they are."""
    pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    folder.mkdir()
    written, first = 0, 0
    for number in range(files):
        column = pa.array(texts(size // files))
        pq.write_table(pa.table({"id": range(first, first + len(column)), "text": column}), folder / f"{number:03}.parquet")
        first += len(column)
        written += column.nbytes
    return written


def one_process(source: Path, target: Path) -> None:
    """Do it file by file with pyarrow alone."""
    pq, arrow = import_module("pyarrow.parquet"), import_module("homoglyph_fix.integrations.arrow")
    target.mkdir()
    for path in sorted(source.iterdir()):
        pq.write_table(arrow.normalize_table(pq.read_table(path, use_threads=False), ["text"]), target / path.name)


def in_batches(source: Path) -> Callable[[], object]:
    """Return what a Python worker of Spark does, without the transfer: batches of 10,000 rows through `normalize_batches`."""
    spark, table = import_module("homoglyph_fix.integrations.spark"), import_module("pyarrow.parquet").read_table(next(source.iterdir()))
    batches = table.combine_chunks().to_batches(max_chunksize=LINES)
    return lambda: list(spark.normalize_batches(["text"])(iter(batches)))


def plain(source: Path) -> Callable[[], object]:
    """Return `normalize_utf8` on the same texts, joined."""
    column = import_module("pyarrow.parquet").read_table(next(source.iterdir())).column("text")
    data = "\n".join(column.to_pylist()).encode()
    return partial(import_module("homoglyph_fix").Normalizer().normalize_utf8, data)


def seconds_of(run: Callable[[], object]) -> float:
    """Return the CPU time of a call."""
    start = process_time()
    run()
    return process_time() - start


def on_ray(source: Path, target: Path, batch_size: int | None) -> None:
    """Do it by the recipe for Ray Data."""
    data, arrow = import_module("ray.data"), import_module("homoglyph_fix.integrations.arrow")
    repair = partial(arrow.normalize_table, columns=["text"])
    data.DataContext.get_current().enable_progress_bars = False
    found = data.read_parquet(str(source)).map_batches(repair, batch_format="pyarrow", batch_size=batch_size, zero_copy_batch=True)
    found.write_parquet(str(target))


def main() -> None:
    """Print what each way took."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    size = parser.parse_args().megabytes * 1_000_000
    sys.path.append(str(TESTS))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gigabytes = write(folder / "in", size, files=max(2, size // 32_000_000)) / 1e9
        print(f"{gigabytes:.3f} GB of text, 1 % of words damaged", flush=True)
        tries = [[seconds_of(run) for run in (plain(folder / "in"), in_batches(folder / "in"))] for _ in range(5)]
        print(f"normalize_batches, batches of 10,000: {sorted(a / b for a, b in tries)[2]:.2f} x normalize_utf8", flush=True)
        print(f"pyarrow alone: {seconds_of(lambda: one_process(folder / 'in', folder / 'one')) / gigabytes:.1f} s a GB", flush=True)
        right = _read(folder / "one")
        with cpu() as used, import_module("spark_cluster").cluster(folder / "cluster") as cluster:
            cluster.submit(folder / "in", folder / "spark").finishes()
        _report("Spark", used, _read(folder / "spark").equals(right))
        ray = import_module("ray")
        for batch_size in (None, 1024):
            with cpu() as used:
                ray.init(num_cpus=2, object_store_memory=1_000_000_000, include_dashboard=False, log_to_driver=False)
                before = process_time()
                on_ray(folder / "in", folder / f"ray-{batch_size}", batch_size)
                used["driver"] += process_time() - before  # type: ignore[assignment]
                ray.shutdown()
            _report(f"Ray, batch_size={batch_size}", used, _read(folder / f"ray-{batch_size}").equals(right))


def _read(folder: Path) -> Any:  # noqa: ANN401  # a table of Arrow
    return import_module("pyarrow.parquet").read_table(folder).sort_by("id")


def _report(name: str, used: Counter[str], equal: bool) -> None:
    parts = ", ".join(f"{what} {seconds:.1f}" for what, seconds in used.most_common(8))
    print(f"{name}: {sum(used.values()):.1f} s in all, also to start ({parts}); rows {'equal' if equal else 'DIFFER'}", flush=True)


if __name__ == "__main__":
    main()
