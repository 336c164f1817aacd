"""Time one call for many texts beside a call for each: sentences and documents, clean and damaged, none of whose words is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, NamedTuple

from benchmarks import arguments, corpus, damage, results
from benchmarks.measure import Job, speeds
from homoglyph_fix import analyze, analyze_many, normalize, normalize_many
from homoglyph_fix.arrays.memory import forget

DOCUMENT: Final = 3700  # code points: 7 KB of UTF-8


class Texts(NamedTuple):
    """Some texts of a kind."""

    kind: str
    texts: list[str]


def kinds(clean: str, most: int) -> Iterator[Texts]:
    """Yield sentences and documents, at most so many of the first and a twentieth of that of the others."""
    rng = Random("many")
    damaged = {
        "clean": clean,
        "1 % of words damaged": damage.words(clean, rng, 0.01),
        "1 % of letters damaged": damage.letters(clean, rng, 0.01, damage.IDENTICAL),
    }
    for name, text in damaged.items():
        yield Texts(f"sentences, {name}", corpus.sentences(text)[:most])
        starts = range(0, min(len(text), most // 20 * DOCUMENT), DOCUMENT)
        yield Texts(f"documents of 7 KB, {name}", [text[start : start + DOCUMENT] for start in starts])


def measure(some: Texts, rounds: int) -> list[str]:
    """Return the row of a kind: how many texts, and the speed of each call in MB/s, one by one and together."""
    size = sum(len(text.encode()) for text in some.texts)
    runs: dict[str, Callable[[], object]] = {
        "normalize": lambda: [normalize(text) for text in some.texts],
        "normalize_many": lambda: normalize_many(some.texts),
        "analyze": lambda: [analyze(text) for text in some.texts],
        "analyze_many": lambda: analyze_many(some.texts),
    }
    found = speeds([Job(name, run, size, forget) for name, run in runs.items()], rounds)
    row = [some.kind, f"{len(some.texts):,}"]
    for one in ("normalize", "analyze"):
        alone, together = found[one], found[f"{one}_many"]
        row += [results.figure(alone), results.figure(together), results.figure(together / alone)]
    return row


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write if asked."""
    options = arguments.parser("many", __doc__).parse_args(argv)
    text = corpus.load(options.text, options.quick)
    normalize("Oт")  # the data is loaded at first use
    rows = [measure(some, 3) for some in kinds(normalize(text.text), 200 if options.quick else 4000)]
    head = ["texts", "", "normalize", "normalize_many", "times", "analyze", "analyze_many", "times"]
    body = f"Text: {text.name}. MB/s, and how many times as fast one call for all texts is.\n\n{results.table(head, rows)}"
    results.publish("many", "One call for many texts", body, write=options.write)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
