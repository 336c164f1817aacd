"""The options that the scripts have in common."""

from __future__ import annotations

import argparse
from pathlib import Path


def parser(name: str, description: str | None, writes: str = "put the tables into RESULTS.md") -> argparse.ArgumentParser:
    """Return a parser with --quick, --text and --write, which says what it writes."""
    made = argparse.ArgumentParser(f"python -m benchmarks.{name}", description=description)
    made.add_argument("--quick", action="store_true", help="a small part of the work, to see that it runs; its figures mean little")
    made.add_argument(
        "--text",
        type=Path,
        metavar="FILE",
        help="clean Ukrainian text in UTF-8, .xz allowed (default: the evaluation text if present, else made of the test cases)",
    )
    made.add_argument("--write", action="store_true", help=writes)
    return made
