"""Time single calls, the import, the first use, the command, and the memory that they take."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from random import Random
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks import arguments, corpus, damage, results
from benchmarks.measure import seconds
from homoglyph_fix import normalize
from homoglyph_fix.arrays.memory import forget

# One hundred code points.
CLEAN: Final = "Увечері ми ще довго сиділи біля річки, слухали цвіркунів і говорили про те, як минуло це довге літо."
DAMAGED: Final = CLEAN.replace("довго", "дoвгo")
HEADLINE: Final = corpus.ROOT / "examples" / "headline.txt"

IMPORT: Final = """
import numpy, time
start = time.perf_counter()
import homoglyph_fix
print(time.perf_counter() - start)
"""
FIRST_USE: Final = """
import numpy, time, homoglyph_fix
start = time.perf_counter()
homoglyph_fix.normalize("Готується до nорaзкu")
first = time.perf_counter()
homoglyph_fix.normalize("Готується до nорaзкu")
print(2 * first - start - time.perf_counter())
"""
MEMORY: Final = """
import numpy
from benchmarks.process import resident
before = resident()
import homoglyph_fix
homoglyph_fix.normalize("Готується до nорaзкu")
print(resident() - before)
"""


def in_subprocess(code: str, times: int) -> float:
    """Return the median of what a piece of code prints, run in processes of its own."""
    command = [sys.executable, "-c", code]
    return median(float(subprocess.check_output(command)) for _ in range(times))


def command(arguments: list[str], times: int) -> float:
    """Return the median time of a whole command, in seconds."""
    full = [sys.executable, "-m", "homoglyph_fix", *arguments]
    return median(seconds(lambda: subprocess.check_output(full, stderr=subprocess.DEVNULL)) for _ in range(times))


def per_call(run: Callable[[], object], calls: int, rounds: int) -> float:
    """Return the median over rounds of the mean time of a call, in seconds."""

    def many() -> None:
        for _ in range(calls):
            run()

    many()
    return median(seconds(many) / calls for _ in range(rounds))


def cold(sentences: list[str], count: int) -> float:
    """Return the median time of a call over sentences that each hold one damaged word; nothing is remembered."""
    rng = Random("latency")
    times = []
    for sentence in rng.sample(sentences, min(count, len(sentences))):
        text = _one_damaged_word(sentence, rng)
        forget()
        start = perf_counter()
        normalize(text)
        times.append(perf_counter() - start)
    return median(times)


def message(sentences: list[str], text: str, count: int) -> float:
    """Return the median time of a call over heavily damaged messages, each met for the first time, after much sound text."""
    rng = Random("messages")
    messages = [damage.letters(sentence, rng, 0.3, damage.IDENTICAL) for sentence in rng.sample(sentences, min(count, len(sentences)))]
    forget()
    normalize(corpus.start_of(text, 100_000))
    return median(seconds(lambda text=text: normalize(text)) for text in messages)  # type: ignore[misc]


def _one_damaged_word(sentence: str, rng: Random) -> str:
    parts = sentence.split(" ")
    place = rng.choice([number for number, part in enumerate(parts) if len(part) > 4] or [0])
    parts[place] = damage.words(parts[place], rng, 1.0)
    return " ".join(parts)


def measure(text: str, quick: bool) -> list[list[str]]:
    """Return a row of name and figure for every measurement."""
    calls, rounds, times = (200, 3, 3) if quick else (2000, 7, 15)
    headline = HEADLINE.read_text(encoding="utf-8")
    normalize(headline)  # load the data
    sentences = [sentence for sentence in corpus.sentences(text) if 80 <= len(sentence) <= 120]
    longer = [sentence for sentence in corpus.sentences(text) if 130 <= len(sentence) <= 170]
    return [
        ["a message of 150 characters, 30 % of its letters damaged, met first", _time(message(longer, text, calls // 4))],
        ["a clean sentence of 100 characters", _time(per_call(lambda: normalize(CLEAN), calls, rounds))],
        ["a sentence with one damaged word, nothing remembered", _time(cold(sentences, calls // 4))],
        ["the same, the word met before", _time(per_call(lambda: normalize(DAMAGED), calls, rounds))],
        ["examples/headline.txt, six words damaged", _time(per_call(lambda: normalize(headline), calls // 10, rounds))],
        ["`import homoglyph_fix` after NumPy", _time(in_subprocess(IMPORT, times))],
        ["first use: loading the data", _time(in_subprocess(FIRST_USE, times))],
        ["memory beyond NumPy once loaded", f"{in_subprocess(MEMORY, times):.1f} MB"],
        ["`homoglyph-fix --help`, whole command", _time(command(["--help"], times))],
        ["`homoglyph-fix examples/headline.txt`, whole command", _time(command([str(HEADLINE)], times))],
        ["an empty Python process, for comparison", _time(median(seconds(_empty_process) for _ in range(times)))],
    ]


def _empty_process() -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)


def _time(value: float) -> str:
    """Write a time with a fitting unit.

    >>> _time(0.0123), _time(0.0000012)
    ('12.3 ms', '1.2 µs')
    """
    return f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.1f} µs"


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write if asked."""
    parser = arguments.parser("latency", __doc__)
    options = parser.parse_args(argv)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command does: NumPy's idle threads would count as memory
    body = results.table(["median", ""], measure(corpus.load(options.text, options.quick).text, options.quick))
    results.publish("latency", "Latency", body, write=options.write)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
