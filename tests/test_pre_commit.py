"""The hooks for pre-commit, as a repository uses them that is not this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from commands import BAD, CLEAN, GOOD

ROOT = Path(__file__).parent.parent

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(find_spec("pre_commit") is None, reason="needs pre-commit"),
    pytest.mark.skipif(not shutil.which("git"), reason="needs git"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository of this project, not only its sources"),
]

WHO = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}


def _git(folder: Path, *args: str) -> str:
    """Run git in a folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(["git", *args], cwd=folder, env=env | WHO, capture_output=True, check=True, text=True, timeout=60).stdout


def _committed(folder: Path) -> str:
    """Make a repository of a folder with a commit of all that is in it, and return the commit's name."""
    _git(folder, "init", "-q")
    _git(folder, "add", "-A", "-f")
    _git(folder, "commit", "-q", "-m", "all")
    return _git(folder, "rev-parse", "HEAD").strip()


def _copy_of_this_project(folder: Path) -> Path:
    """Return a repository with the files of this one as they are now, committed or not."""
    for name in _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_both_hooks(tmp_path: Path) -> None:
    """The one that checks fails and lists what it has found, the one that writes fails and repairs; then both pass."""
    project = _copy_of_this_project(tmp_path / "project")
    rev = _committed(project)
    user = tmp_path / "user"
    user.mkdir()
    names = ["a.txt", "-w.txt", "-o", "їжак і вуж.md", *(f"{number}.txt" for number in range(300))]
    for name in names:
        (user / name).write_text(BAD if name in names[:4] else CLEAN)
    (user / "binary").write_bytes(BAD.encode() + b"\0")
    hooks = "[{id: homoglyph-check}, {id: homoglyph-fix}]"
    (user / ".pre-commit-config.yaml").write_text(f"repos: [{{repo: '{project}', rev: {rev}, hooks: {hooks}}}]\n")
    _committed(user)

    def hook(name: str) -> tuple[int, str]:
        """Run a hook on all files."""
        command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never", name]
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # the package is the one that was installed
        env["PRE_COMMIT_HOME"] = str(tmp_path / "home")
        done = subprocess.run(command, cwd=user, env=env, capture_output=True, check=False, text=True, timeout=600)
        return done.returncode, done.stdout + done.stderr

    status, said = hook("homoglyph-check")
    assert status == 1, said
    assert sorted(line.partition(":")[0] for line in said.splitlines() if ":1:1:" in line) == sorted(names[:4]), said
    assert _git(user, "status", "--porcelain") == ""

    status, said = hook("homoglyph-fix")
    assert (status, "files were modified by this hook" in said) == (1, True), said
    assert [(user / name).read_text() for name in names[:4]] == [GOOD] * 4

    assert [hook(name)[0] for name in ("homoglyph-check", "homoglyph-fix")] == [0, 0]
    assert (user / "binary").read_bytes() == BAD.encode() + b"\0"
