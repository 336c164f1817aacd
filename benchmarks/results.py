"""Markdown tables, the description of the machine, and RESULTS.md, of which every script owns a part."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.programs import our_version

RESULTS: Final = Path(__file__).with_name("RESULTS.md")
_HEAD: Final = """\
# Results

Speed and accuracy, measured together. Each part is written by its script with `--write` and names its day and machine.
MB are millions of bytes of UTF-8. Predictions and what came of them stand in NOTES.md.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    """Return a Markdown table; so many columns at the left are text, the others are figures.

    >>> print(table(["a", "b"], [["x", "1"]]))
    | a | b |
    |---|---:|
    | x | 1 |
    """
    lines = [_row(head), "|" + "---|" * texts + "---:|" * (len(head) - texts), *map(_row, rows)]
    return "\n".join(lines)


def figure(value: float) -> str:
    """Write a figure with two digits that count, and no exponent.

    >>> figure(123.4), figure(5.678), figure(0.01234), figure(0.0)
    ('123', '5.7', '0.012', '0')
    """
    if value == 0:
        return "0"
    if value >= 10:
        return f"{value:,.0f}"
    digits = 1 if value >= 1 else 2
    while value < 10**-digits * 10 and digits < 8 and value < 1:
        digits += 1
    return f"{value:.{digits}f}"


def machine() -> str:
    """Say when and on what was measured; no name of a host, no path."""
    return (
        f"Measured on {date.today().isoformat()}: {_processor()}, {os.cpu_count()} cores, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}, NumPy {np.__version__}, homoglyph-fix {our_version()}."
    )


def publish(part: str, title: str, body: str, *, write: bool) -> None:
    """Print a part, and put it into RESULTS.md if asked, in the place of the one before or at the end."""
    print(f"{machine()}\n\n{body}")
    if not write:
        return
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else _HEAD
    block = f"<!-- {part} -->\n## {title}\n\n{machine()}\n\n{body.strip()}\n<!-- end of {part} -->\n"
    old = re.compile(f"<!-- {part} -->.*<!-- end of {part} -->\n", re.DOTALL)
    text = old.sub(lambda _: block, text) if old.search(text) else f"{text}\n{block}"
    RESULTS.write_text(text, encoding="utf-8")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _processor() -> str:
    """Return the model of the processor."""
    info = Path("/proc/cpuinfo")
    rows = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
