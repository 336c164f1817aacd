"""Time the calls of homoglyph-fix and its peers over kinds of text, beside `bytes.decode("utf-8")` in the same rounds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from benchmarks import arguments, corpus, memory, results
from benchmarks.kinds import Kind, kinds
from benchmarks.measure import Job, fitted, speeds
from benchmarks.programs import OURS, Program, programs
from homoglyph_fix import Normalizer, normalize, normalize_many
from homoglyph_fix.arrays.memory import forget

DECODE: Final = "decode"
CALLS: Final = ("normalize_utf8", "normalize", "normalize_many")
"""The first two get one text, the last gets its lines; their peak memory is measured too."""
MET_FIRST: Final = "normalize_utf8, met first"
LINE_BY_LINE: Final = "line by line"
OWN: Final = (MET_FIRST, *CALLS, LINE_BY_LINE)
"""Text that is met for the first time is what users have: one half of it is done before, the other half is timed. The other calls meet
the same text again and again, so what is measured is the memory of words as well."""


class Row(NamedTuple):
    """What was measured of one kind of text: its size and speeds in MB/s, memory in MB."""

    kind: str
    size: float
    speed: dict[str, float]
    memory: dict[str, float]


def own_jobs(kind: Kind) -> list[Job]:
    """Return decoding and the calls of homoglyph-fix as jobs over the whole text."""
    text, lines = kind.text, kind.lines
    data = text.encode()
    cut = data.find(b"\n", len(data) // 2) + 1 or len(data) // 2
    runs: dict[str, Callable[[], object]] = {
        DECODE: lambda: data.decode("utf-8"),
        "normalize_utf8": lambda: Normalizer().normalize_utf8(data),
        "normalize": lambda: normalize(text),
        "normalize_many": lambda: normalize_many(lines),
        LINE_BY_LINE: lambda: [normalize(line) for line in lines],
    }
    met_first = Job(MET_FIRST, lambda: Normalizer().normalize_utf8(data[cut:]), len(data) - cut, lambda: _warm(data[:cut]))
    return [*(Job(name, run, len(data)) for name, run in runs.items()), met_first]


def _warm(data: bytes) -> None:
    """Remember one part of a text and nothing else."""
    forget()
    Normalizer().normalize_utf8(data)


def measure(kind: Kind, peers: list[Program], rounds: int, budget: float) -> Row:
    """Measure one kind of text; a peer gets as much of it as it does in the budget of seconds."""
    jobs = own_jobs(kind)
    normalize("Oт")  # the data is loaded at first use
    text = kind.text
    found = speeds([*jobs, *(fitted(peer, text, budget) for peer in peers)], rounds)
    peaks = {call: memory.added(call, text) for call in CALLS}
    return Row(kind.name, jobs[0].size / 1e6, found, peaks)


def report(rows: list[Row], others: list[Program], missing: list[str], name: str) -> str:
    """Return the tables: ratios to decoding, MB/s, memory."""
    columns = (*OWN, *(peer.name for peer in others))
    ratios = grid(rows, columns, lambda row, name: row.speed[name] / row.speed[DECODE])
    rates = grid(rows, (DECODE, *columns), lambda row, name: row.speed[name])
    peaks = grid(rows, CALLS, lambda row, name: row.memory[name])
    skipped = "".join(f"\nLeft out: {reason}." for reason in missing)
    settings = ", ".join(f"{peer.name} {peer.version} ({peer.setting})".replace("  ", " ") for peer in others)
    return (
        f"Text: {name}, and what is made of it. One core. Beside it: {settings}.{skipped}\n\n"
        f"Time of `bytes.decode` over the same bytes divided by the time of each: 1 is as fast as decoding, more is faster.\n\n{ratios}\n\n"
        f"The same in MB/s.\n\n{rates}\n\n"
        f"Peak memory in MB beyond the interpreter, the loaded tables and the input.\n\n{peaks}"
    )


def grid(rows: list[Row], columns: Sequence[str], value: Callable[[Row, str], float]) -> str:
    """Return a table of the kinds of text and their sizes against some columns."""
    cells = [[row.kind, results.figure(row.size), *(results.figure(value(row, name)) for name in columns)] for row in rows]
    return results.table(["text", "MB", *columns], cells)


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write if asked."""
    parser = arguments.parser("speed", __doc__)
    parser.add_argument("--only", metavar="WORD", default="", help="kinds of text whose name holds WORD")
    parser.add_argument("--no-peers", action="store_true", help="homoglyph-fix only")
    options = parser.parse_args(argv)
    text = corpus.load(options.text, options.quick)
    found, missing = programs()
    peers = [] if options.no_peers else [program for program in found if program.name != OURS]
    rounds, budget, count = (3, 0.02, 20_000) if options.quick else (5, 0.5, 1_000_000)
    rows = []
    # Two words of 270,000 are damaged in it (harm.md); a clean text is one that comes back as the same object.
    for kind in kinds(normalize(text.text), count):
        if options.only in kind.name:
            print(kind.name, file=sys.stderr)
            rows.append(measure(kind, peers, rounds, budget))
    body = report(rows, peers, missing, text.name)
    results.publish("speed", "Speed", body, write=options.write)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
