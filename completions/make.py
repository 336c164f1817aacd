"""Make the files of this folder anew: `make completions`. Nothing of this runs when the command does."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import shtab

from homoglyph_fix.command.flags import make_parser

FOLDER: Final = Path(__file__).parent
FILES: Final = {"bash": "homoglyph-fix.bash", "zsh": "_homoglyph-fix", "fish": "homoglyph-fix.fish"}
"""The file of each shell."""

_ARE_FILES = {"PATH", "FILE", "OUT"}
# What values are called in the help that are names of files.


def completion(shell: str) -> str:
    """Return what teaches a shell the flags of the command."""
    parser = make_parser()
    for action in parser._actions:  # argparse has no other way to all of them
        if action.metavar in _ARE_FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # where shtab looks for it
    return shtab.complete(parser, shell).rstrip("\n") + "\n"


if __name__ == "__main__":
    for shell, name in FILES.items():
        (FOLDER / name).write_text(completion(shell), "utf-8")
