"""Time the whole command beside `iconv`, start included, from one file to another, in interleaved rounds."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from random import Random
from shutil import which
from typing import Final

from benchmarks import arguments, corpus, damage, results
from benchmarks.measure import Job, speeds
from homoglyph_fix import normalize

COMMANDS: Final = {
    "iconv -f utf8 -t utf8": ["iconv", "-f", "utf8", "-t", "utf8"],
    "homoglyph-fix": [sys.executable, "-m", "homoglyph_fix", "-q"],
    "homoglyph-fix -j1": [sys.executable, "-m", "homoglyph_fix", "-q", "-j1"],
    "homoglyph-fix -j2": [sys.executable, "-m", "homoglyph_fix", "-q", "-j2"],
}
ROUNDS: Final = 7


def run(command: list[str], source: Path, target: Path) -> None:
    """Run a command as a filter of one file into another."""
    with source.open("rb") as data, target.open("wb") as out:
        subprocess.run(command, stdin=data, stdout=out, check=True)


def measure(text: str, size: int, folder: Path) -> list[str]:
    """Return the seconds of every command for a text that is repeated up to so many bytes."""
    source = folder / "in.txt"
    data = f"{text}\n".encode()
    with source.open("wb") as file:
        for _ in range(-(-size // len(data))):
            file.write(data)
    total = source.stat().st_size
    jobs = [Job(name, partial(run, command, source, folder / "out.txt"), total) for name, command in COMMANDS.items() if which(command[0])]
    found = speeds(jobs, ROUNDS)
    return [f"{total / 1e6:.0f}", *(f"{total / 1e6 / found[name]:.2f}" if name in found else "–" for name in COMMANDS)]


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and write if asked."""
    parser = arguments.parser("whole", __doc__)
    options = parser.parse_args(argv)
    text = corpus.load(options.text, options.quick)
    clean = normalize(text.text)
    megabytes = [4] if options.quick else [10, 100, 400]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, some in (("clean", clean), ("1 % of words damaged", damage.words(clean, Random("whole"), 0.01))):
            rows += [[name, *measure(some, size * 1_000_000, Path(folder))] for size in megabytes]
    body = (
        f"Text: {text.name}, again and again. Seconds from one file into another, start included, medians of {ROUNDS} rounds in turn.\n\n"
        f"{results.table(['text', 'MB', *COMMANDS], rows)}"
    )
    results.publish("whole", "Whole commands", body, write=options.write)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
