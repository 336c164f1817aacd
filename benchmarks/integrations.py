"""Compare the modules and recipes for other libraries with `normalize_utf8` by CPU time, in one run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle
from random import Random
from statistics import median
from time import process_time
from typing import Any, Final, NamedTuple

from benchmarks import arguments, corpus, damage, results
from homoglyph_fix import Normalizer, normalize, normalize_many

Run = Callable[[], object]

PLAIN: Final = "normalize_utf8 of the joined bytes"


class Rows(NamedTuple):
    """A kind of text, as rows."""

    name: str
    texts: list[str]


def kinds(text: str, size: int) -> Iterator[Rows]:
    """Yield sentences, paragraphs and documents of 2 kB, of so many bytes together, clean and with 1 % of the words damaged."""
    sentences, paragraphs = corpus.sentences(text), [line for line in text.split("\n") if line]
    documents = [" ".join(sentences[place : place + 16]) for place in range(0, len(sentences), 16)]
    for name, parts in (("sentences", sentences), ("paragraphs", paragraphs), ("documents", documents)):
        clean = list(_up_to(parts, size))
        yield Rows(f"{name}, clean", clean)
        yield Rows(f"{name}, 1 %", damage.words("\n".join(clean), Random(name), 0.01).split("\n"))


def _up_to(parts: list[str], size: int) -> Iterator[str]:
    """Yield parts, again from the first where they end, until they have so many bytes."""
    for part in cycle(parts):
        yield part
        size -= len(part.encode()) + 1
        if size <= 0:
            return


def ways(texts: list[str]) -> dict[str, Run]:
    """Return what is to be timed over some texts, by name; all that is only input is made before."""
    data, arrow = "\n".join(texts).encode(), _module("homoglyph_fix.integrations.arrow")
    array = _module("pyarrow").array(texts)
    batches = _module("pyarrow").chunked_array([array.slice(place, 2048) for place in range(0, len(array), 2048)])
    found: dict[str, Run] = {
        PLAIN: lambda: Normalizer().normalize_utf8(data),
        "arrow": lambda: arrow.normalize_array(array),
        "arrow, chunks of 2,048": lambda: arrow.normalize_array(batches),
        "arrow, each chunk of 2,048 for itself": lambda: [arrow.normalize_array(chunk) for chunk in batches.chunks],
        "normalize_many of str": lambda: normalize_many(texts),
    }
    for name, library, more in (("pandas", "pandas", _pandas), ("polars", "polars", _polars), ("datasets", "datasets", _datasets),
                                ("datatrove", "datatrove", _datatrove), ("DuckDB", "duckdb", _duckdb)):  # fmt: skip
        if find_spec(library):
            found |= {f"{name} {way}": run for way, run in more(texts, array).items()}
    return found


def _module(name: str) -> Any:  # noqa: ANN401  # a module
    return import_module(name)


def _pandas(texts: list[str], array: Any) -> dict[str, Run]:  # noqa: ANN401
    _module("homoglyph_fix.integrations.pandas")
    pandas = _module("pandas")
    text, plain = pandas.Series(texts, dtype="str"), pandas.Series(texts, dtype=object)
    typed = pandas.Series(pandas.arrays.ArrowExtensionArray(array))
    return {
        "str": text.homoglyphs.normalize,
        "ArrowDtype": typed.homoglyphs.normalize,
        "object": plain.homoglyphs.normalize,
        "str through a list": lambda: normalize_many(text.tolist()),
    }


def _polars(texts: list[str], array: Any) -> dict[str, Run]:  # noqa: ANN401
    _module("homoglyph_fix.integrations.polars")
    polars = _module("polars")
    frame = polars.DataFrame({"text": texts})
    expression = polars.col("text").homoglyphs.normalize()
    return {
        "expression": lambda: frame.select(expression),
        "streaming": lambda: frame.lazy().select(expression).collect(engine="streaming"),
    }


def _datasets(texts: list[str], array: Any) -> dict[str, Run]:  # noqa: ANN401
    datasets, repair = _module("datasets"), _module("homoglyph_fix.integrations.datasets").Repair("text")
    datasets.disable_progress_bars()
    old = datasets.Dataset.from_dict({"text": texts})

    def rows(batch: dict[str, list[str]]) -> dict[str, list[str]]:
        return {"text": normalize_many(batch["text"])}

    settings: dict[str, Any] = {"batched": True, "load_from_cache_file": False}
    return {
        "Arrow, 50,000": lambda: old.with_format("arrow").map(repair, batch_size=50_000, **settings),
        "Arrow, 1,000": lambda: old.with_format("arrow").map(repair, batch_size=1_000, **settings),
        "dicts, 1,000": lambda: old.map(rows, **settings),
    }


def _datatrove(texts: list[str], array: Any) -> dict[str, Run]:  # noqa: ANN401
    document = _module("datatrove.data").Document
    block = _module("homoglyph_fix.integrations.datatrove").HomoglyphFormatter
    documents = [document(text, "") for text in texts]

    def run() -> None:
        for old, text in zip(documents, texts, strict=True):
            old.text = text
        for _ in block()(documents):
            pass

    return {"block": run}


def _duckdb(texts: list[str], array: Any) -> dict[str, Run]:  # noqa: ANN401
    con, arrow = _module("duckdb").connect(), _module("homoglyph_fix.integrations.arrow")
    con.execute("SET threads = 1")
    con.register("given", _module("pyarrow").table({"text": array}))
    con.execute("CREATE TABLE rows AS SELECT text FROM given")
    one = lambda texts: arrow.normalize_array(texts)  # noqa: E731, PLW0108  # DuckDB counts parameters, and there may be one
    con.create_function("homoglyphs_normalize", one, ["VARCHAR"], "VARCHAR", type="arrow", null_handling="special")
    return {
        "to Arrow": lambda: arrow.normalize_array(con.sql("SELECT text FROM rows").to_arrow_table()["text"]),
        "function": lambda: con.sql("SELECT sum(strlen(homoglyphs_normalize(text))) FROM rows").fetchall(),
    }


def times_of(runs: dict[str, Run], rounds: int) -> dict[str, float]:
    """Return the median CPU time of each in seconds, run in turn in an order that changes; the first run is not counted."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for counted in range(rounds + 1):
        for name in Random(counted).sample(list(runs), len(runs)):
            start = process_time()
            runs[name]()
            if counted:
                times[name].append(process_time() - start)
    return {name: median(found) for name, found in times.items()}


def report(found: dict[str, dict[str, float]], size: int, name: str) -> str:
    """Return the table: MB/s of CPU time of `normalize_utf8`, and by how much the others are slower."""
    columns = list(found)
    first = [PLAIN + ", MB/s", *(results.figure(size / times[PLAIN] / 1e6) for times in found.values())]
    rest = [[way, *(f"{times[PLAIN] / times[way]:.2f}" for times in found.values())] for way in found[columns[0]] if way != PLAIN]
    return (
        f"Text: {name}, {results.figure(size / 1e6)} MB of it. CPU time of `normalize_utf8` divided by that of each, in one run: "
        f"1 is as fast, less is slower.\n\n{results.table(['', *columns], [first, *rest])}"
    )


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write if asked."""
    parser = arguments.parser("integrations", __doc__)
    parser.add_argument("--only", metavar="WORD", default="", help="ways whose name holds WORD")
    options = parser.parse_args(argv)
    text = corpus.load(options.text, options.quick)
    size, rounds = (100_000, 1) if options.quick else (20_000_000, 5)
    found = {}
    for rows in kinds(normalize(text.text), size):
        print(rows.name, file=sys.stderr)
        runs = {way: run for way, run in ways(rows.texts).items() if way == PLAIN or options.only in way}
        found[rows.name] = times_of(runs, rounds)
    results.publish("integrations", "Integrations", report(found, size, text.name), write=options.write)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
