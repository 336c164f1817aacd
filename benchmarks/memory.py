"""Peak memory of one call, in a process of its own: `python -m benchmarks.memory CALL FILE` prints what it adds, in MB."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.process import forget_peak, peak, resident
from homoglyph_fix import Normalizer, normalize, normalize_many


def added(call: str, text: str) -> float:
    """Return what a call needs at its peak beyond the interpreter, the loaded data and its input, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text"
        path.write_bytes(text.encode())
        command = [sys.executable, "-m", "benchmarks.memory", call, str(path)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _prepared(call: str, data: bytes) -> Callable[[], object]:
    """Return a call with its input ready in memory."""
    if call == "normalize_utf8":
        return lambda: Normalizer().normalize_utf8(data)
    text = data.decode()
    if call == "normalize":
        return lambda: normalize(text)
    lines = text.split("\n")
    return lambda: normalize_many(lines)


def main(call: str, path: str) -> None:
    """Run a call over a file and print the memory that it added."""
    normalize("Oт і все! Готується до nорaзкu.")  # what is loaded at first use is measured elsewhere
    run = _prepared(call, Path(path).read_bytes())
    forget_peak()
    before = resident()
    run()
    print(peak() - before)


if __name__ == "__main__":
    main(*sys.argv[1:])
