"""What the command shows on a terminal, as SVG for light and dark pages: real output, drawn anew by `python -m benchmarks.terminal`."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "examples"
PICTURE: Final = FOLDER / "check.svg"
COMMANDS: Final = ("homoglyph-fix --check article.txt", "homoglyph-fix --explain HATO https://сайт.укр/пoле")
CELL, LINE, SIZE, EDGE = 8.43, 20, 14, 16  # pixels; a cell of the common monospaced letters is 0.602 of their size
FONTS: Final = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"
STYLE: Final = f"""
text {{ font: {SIZE}px {FONTS}; white-space: pre; fill: #1f2328 }}
.page {{ fill: #f6f8fa }} .b {{ font-weight: bold }} .u {{ text-decoration: underline }} .dim {{ fill: #59636e }}
.c31 {{ fill: #cf222e }} .c32 {{ fill: #116329 }} .c33 {{ fill: #8a5a00 }} .c36 {{ fill: #0b6e80 }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #d8dee4 }} .page {{ fill: #17191e }} .dim {{ fill: #8b949e }}
.c31 {{ fill: #ff7b72 }} .c32 {{ fill: #7ee787 }} .c33 {{ fill: #f2cc60 }} .c36 {{ fill: #76d9e6 }}
}}
"""


def main() -> None:
    """Draw the picture of the README."""
    PICTURE.write_text(svg(screen()), encoding="utf-8")


def screen() -> str:
    """Return what the commands show, with their codes of colour."""
    shown = []
    for command in COMMANDS:
        program, *arguments = shlex.split(command)
        more = ["--format", "full"] if "--check" in arguments else []
        line = [sys.executable, "-m", program.replace("-", "_"), "--color", "always", *more, *arguments]
        done = subprocess.run(line, cwd=FOLDER, env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, check=False)
        shown += [f"\x1b[1m$ {command}\x1b[0m", *(done.stdout + done.stderr).decode().splitlines(), ""]
    return "\n".join(shown[:-1])


def svg(text: str) -> str:
    r"""Return a text with codes of colour as a picture; its width is that of the longest line.

    >>> svg("\x1b[1;31mo\x1b[0mт").splitlines()[-2]
    '<text y="30"><tspan x="16.0" class="b c31">o</tspan><tspan x="24.4">т</tspan></text>'
    """
    lines = text.split("\n")
    width = max(sum(len(run) for run, _ in _runs(line)) for line in lines) * CELL + 2 * EDGE
    height = len(lines) * LINE + 2 * EDGE - 6
    size = f'viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" {size}>',
            "<title>What homoglyph-fix shows on a terminal</title>",
            f"<style>{STYLE}</style>",
            '<rect class="page" width="100%" height="100%" rx="8"/>',
            *(f'<text y="{EDGE + SIZE + number * LINE}">{_line(line)}</text>' for number, line in enumerate(lines)),
            "</svg>\n",
        ]
    )


def _line(line: str) -> str:
    """Return the runs of a line, each put at its column."""
    parts, column = [], 0
    for run, classes in _runs(line):
        kind = f' class="{classes}"' if classes else ""
        parts.append(f'<tspan x="{EDGE + column * CELL:.1f}"{kind}>{escape(run, quote=False)}</tspan>')
        column += len(run)
    return "".join(parts)


def _runs(line: str) -> Iterator[tuple[str, str]]:
    """Yield the runs of a line with their classes."""
    names = {"0": "", "1": "b", "2": "dim", "4": "u"}
    pieces = re.split(r"\x1b\[([0-9;]*)m", line)
    for codes, run in zip(["0", *pieces[1::2]], pieces[::2], strict=True):
        if run:
            yield run, " ".join(filter(None, (names.get(code, f"c{code}") for code in codes.split(";"))))


if __name__ == "__main__":
    main()
