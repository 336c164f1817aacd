"""Score homoglyph-fix and its peers over labelled and made sets and over traps, with their speed from the same run beside it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random
from statistics import mean
from typing import NamedTuple

from benchmarks import arguments, corpus, damage, picture, results, scoring, traps
from benchmarks.measure import fitted, speeds
from benchmarks.picture import Dot
from benchmarks.programs import Program, programs
from benchmarks.scoring import CLEAN, Pair, Score

Sets = dict[str, list[Pair]]


class Summary(NamedTuple):
    """One program on one line: mean share restored over the damaged sets, spoiled words in 10,000, traps sprung in 100, MB/s."""

    program: Program
    restored: float
    spoiled_clean: float
    spoiled_all: float
    sprung: float
    speed: float


def summarize(program: Program, scores: dict[str, Score], sprung: dict[str, float], speed: float) -> Summary:
    """Boil the scores of a program down; every damaged set and every kind of trap weighs the same, however many words it has."""
    restored = mean(found.share for found in scores.values() if found.damaged)
    return Summary(program, restored, scores[CLEAN].harm, sum(scores.values(), Score()).harm, mean(sprung.values()), speed)


def report(name: str, sets: Sets, scores: dict[str, dict[str, Score]], summaries: list[Summary]) -> str:
    """Return the first two tables: one line a program, then every set."""
    short = results.table(
        ["program", "restored, %", "spoiled in clean text", "spoiled in all sets", "traps sprung, %", "MB/s"],
        [[_title(each.program), f"{each.restored:.1f}", *map(results.figure, each[2:])] for each in summaries],
    )
    long = results.table(
        ["set", "texts", "damaged words", *scores],
        [_row(name, len(pairs), [found[name] for found in scores.values()]) for name, pairs in sets.items()],
    )
    return (
        f"Restored: mean over all sets with damage. Spoiled: words that were right and are not any more, in 10,000. "
        f"Traps: texts that are right as they stand and look like damage; one is sprung if a sound word changes. "
        f"Speed: {name} with 1 % of the words damaged, one core.\n\n{short}\n\n"
        f"Every set: restored words in per cent / spoiled words in 10,000.\n\n{long}"
    )


def trap_report(kinds: Sets, sprung: dict[str, dict[str, float]]) -> str:
    """Return the third table: how many of each kind of trap each program springs."""
    rows = [[name, f"{len(pairs):,}", *(results.figure(found[name]) for found in sprung.values())] for name, pairs in kinds.items()]
    return f"Every kind of trap: sprung in per cent.\n\n{results.table(['trap', 'texts', *sprung], rows)}"


def measured_speeds(found: list[Program], text: str, quick: bool) -> dict[str, float]:
    """Return the speed of every program over slightly damaged text, in MB/s, measured in turn."""
    dirty = damage.words(text, Random("accuracy"), 0.01)
    return speeds([fitted(program, dirty, 0.05 if quick else 0.5) for program in found], 3 if quick else 5)


def _sets(options: argparse.Namespace, text: str) -> Sets:
    labelled = scoring.labelled(options.data)
    if options.quick:
        labelled = {name: pairs[:60] for name, pairs in labelled.items()}
    return labelled | scoring.made(corpus.sentences(text), 60 if options.quick else 600)


def _title(program: Program) -> str:
    return f"{program.name} {program.version}: {program.setting}" if program.version else f"{program.name}: {program.setting}"


def _row(name: str, texts: int, found: list[Score]) -> list[str]:
    return [name, f"{texts:,}", f"{found[0].damaged:,}", *map(_cell, found)]


def _cell(found: Score) -> str:
    share = f"{found.share:.1f}" if found.damaged else "–"
    return f"{share} / {results.figure(found.harm)}"


def main(argv: list[str] | None = None) -> int:
    """Score, print, and write if asked."""
    parser = arguments.parser("accuracy", __doc__, "put the tables into RESULTS.md and draw accuracy-speed.svg")
    sets_help = "labelled sets: *.jsonl with dirty and clean (default: where they stand beside the checkout)"
    parser.add_argument("--data", type=Path, default=corpus.EVALUATION, metavar="DIR", help=sets_help)
    options = parser.parse_args(argv)
    text = corpus.load(options.text, options.quick)
    found, missing = programs()
    sets = _sets(options, text.text)
    rates = measured_speeds(found, text.text, options.quick)
    kinds = traps.traps(60 if options.quick else 300)
    scores: dict[str, dict[str, Score]] = {}
    sprung: dict[str, dict[str, float]] = {}
    for program in found:
        print(program.name, file=sys.stderr)
        scores[program.name] = {name: scoring.score(pairs, program.over) for name, pairs in sets.items()}
        sprung[program.name] = {name: 100 * traps.sprung(pairs, program.over) / len(pairs) for name, pairs in kinds.items()}
    summaries = [summarize(program, scores[program.name], sprung[program.name], rates[program.name]) for program in found]
    tables = [report(text.name, sets, scores, summaries), trap_report(kinds, sprung), *(f"Left out: {reason}." for reason in missing)]
    body = "\n\n".join([*tables, "![Restored words against speed](accuracy-speed.svg)"])
    results.publish("accuracy", "Accuracy", body, write=options.write)
    if options.write:
        dots = [Dot(each.program.name, each.speed, each.restored, f"spoils {results.figure(each.spoiled_all)}") for each in summaries]
        picture.draw(Path(__file__).with_name("accuracy-speed.svg"), dots)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
