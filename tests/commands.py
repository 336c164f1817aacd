"""The command in a process of its own, for tests that need one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import homoglyph_fix

BAD, GOOD = "Пpoпoнyємo poбoтy\n", "Пропонуємо роботу\n"
CLEAN = "Це добре.\n"

COMMAND = [sys.executable, "-m", "homoglyph_fix"]
SOURCE = Path(homoglyph_fix.__file__).parent.parent
"""The folder in which other processes find the package under test, installed or not."""


def run(
    *args: object, data: bytes = b"", cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command with these arguments, this standard input and these variables."""
    return subprocess.run([*COMMAND, *map(str, args)], input=data, cwd=cwd, env=env, capture_output=True, check=False, timeout=60)


def shell(line: str, cwd: Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell, in which `homoglyph-fix` is the command under test."""
    line = line.replace("homoglyph-fix", f"'{sys.executable}' -m homoglyph_fix")
    return subprocess.run(["bash", "-c", line], input=data, cwd=cwd, capture_output=True, check=False, timeout=60)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder, hidden ones too; a link as what it points to."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
