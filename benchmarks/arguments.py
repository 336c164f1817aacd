"""The options that the scripts have in common."""

from __future__ import annotations

import argparse
from pathlib import Path


def parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """Return a parser with --quick and --text."""
    made = argparse.ArgumentParser(f"python -m benchmarks.{name}", description=description)
    made.add_argument("--quick", action="store_true", help="a small part of the work, to see that it runs; its figures mean little")
    made.add_argument(
        "--text",
        type=Path,
        metavar="FILE",
        help="clean Ukrainian text in UTF-8, .xz allowed (default: the evaluation text if present, else made of the test cases)",
    )
    return made
