"""Completion in shells: what the package ships is what the flags are, and a shell makes of it what was typed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE = ROOT / "completions" / "homoglyph-fix.bash"

needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
needs_zsh = pytest.mark.skipif(not shutil.which("zsh"), reason="needs zsh")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_are_fresh(shell: str) -> None:
    """`make completions` would change nothing."""
    pytest.importorskip("shtab", reason="needs shtab")
    from completions import make  # noqa: PLC0415  # imports shtab

    assert (make.FOLDER / make.FILES[shell]).read_text("utf-8") == make.completion(shell), "make completions"


def _completed(words: list[str], folder: Path) -> list[str]:
    """Return what bash offers for the last of some words."""
    script = """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _shtab_homoglyph_fix
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    command = ["bash", "-c", script, "bash", str(FILE), "homoglyph-fix", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True, timeout=60)
    assert done.stderr == ""
    return sorted(done.stdout.split())


@needs_bash
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["--no-i"], ["--no-ignore", "--no-invisible"]),
        (["--stdin"], ["--stdin-filename"]),
        (["--color", ""], ["always", "auto", "never"]),
        (["--color", "n"], ["never"]),
        (["-w", "--patch", "one"], ["one.txt"]),
        (["-w", "o"], ["one.txt", "other"]),
        (["-w", "one.txt", "o"], ["one.txt", "other"]),
        (["--check", "--", "o"], ["one.txt", "other"]),
        (["--encoding", "o"], []),
    ],
    ids=" ".join,
)
def test_bash_completes(words: list[str], offered: list[str], tmp_path: Path) -> None:
    """Flags, the values that they can have, and files where files are meant."""
    (tmp_path / "one.txt").touch()
    (tmp_path / "other").mkdir()

    found = _completed(words, tmp_path)

    assert found == offered


@needs_zsh
def test_zsh_can_read_it() -> None:
    """It has no fault of syntax."""
    subprocess.run(["zsh", "-n", str(ROOT / "completions" / "_homoglyph-fix")], check=True, timeout=60)
