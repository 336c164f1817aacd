"""Which files a walk leaves out by their names: as git has it, from wherever the walk begins."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from homoglyph_fix.command.globs import expanded, missing
from homoglyph_fix.command.ignoring import ALL, Selection, check_patterns
from homoglyph_fix.command.reading import find_sources
from homoglyph_fix.errors import FileError, UsageError


def _make(folder: Path, *names: str) -> None:
    """Make empty files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def _found(root: Path | str, selection: Selection = ALL) -> set[str]:
    """Return the files of a walk, from its root; errors in brackets."""
    return {f"<{found}>" if isinstance(found, FileError) else found.place for found in find_sources([str(root)], selection)}


ROWS: list[tuple[str, str, str]] = [
    ("*.log", "a.log b.txt d/c.log", "b.txt"),
    ("*.log\n!c.log", "a.log d/c.log", "d/c.log"),
    ("/a", "a d/a", "d/a"),
    ("a/", "a d/a/b", "a"),
    ("d/*\n!d/keep", "d/keep d/other e", "d/keep e"),
    ("d\n!d/keep", "d/keep e", "e"),  # what lies in a folder that is left out cannot be taken back
    ("**/x", "x d/x d/e/x y", "y"),
    ("d/**/x", "d/x d/e/x x", "x"),
    ("*\n!b", "b/c a", ""),  # b is taken back, what lies in it is not
    ("d/**\n!d/keep", "d/keep d/other", "d/keep"),
    ("*\n!*/\n!*.txt", "a.txt d/b.txt d/e/c.txt d/f", "a.txt d/b.txt d/e/c.txt"),
    ("[ab]/\n!*/", "a/c b/d/e", "a/c b/d/e"),
    ("# a", "a b", "a b"),
    ("\\#a", "#a b", "b"),
    ("a ", "a b", "b"),
    ("a\\ ", "a b", "a b"),
    ("\ufeffa", "a b", "b"),
    ("a\r\n", "a b", "b"),
    ("!", "a", "a"),  # no pattern
    ("[z-a]\nb", "a b", "a"),
    ("\\\nb", "a b", "a"),
    ("", "a", "a"),
    ("їжак*", "їжак.txt їж.txt", "їж.txt"),
]


@pytest.mark.parametrize("name", [".gitignore", ".ignore"])
@pytest.mark.parametrize(("patterns", "names", "left"), ROWS)
def test_patterns(patterns: str, names: str, left: str, name: str, tmp_path: Path) -> None:
    """What is left of some files."""
    _make(tmp_path, *names.split())
    (tmp_path / name).write_bytes(patterns.encode())

    assert _found(tmp_path) == set(left.split())
    assert _found(tmp_path, Selection(ignore=False)) == set(names.split())


@pytest.mark.parametrize("root", ["d", "d/", "./d", "d/../d", "link", "{}/d", "{}/link"])
def test_however_the_root_is_named(root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patterns of the repository above hold, by whatever way one comes."""
    _make(tmp_path, "r/.git/config", "r/d/a.log", "r/d/b", "r/d/e/c", "r/d/e/f.log")
    (tmp_path / "r" / ".gitignore").write_text("*.log\n/d/e/c\n")
    (tmp_path / "r" / "link").symlink_to("d")
    monkeypatch.chdir(tmp_path / "r")

    assert _found(root.format(tmp_path / "r")) == {"b"}


def test_a_folder_that_is_named_is_wanted(tmp_path: Path) -> None:
    """Though the patterns above leave it out; those within it hold."""
    _make(tmp_path, ".git/config", "build/a", "build/b")
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / "build" / ".gitignore").write_text("b\n")

    assert _found(tmp_path) == set()
    assert _found(tmp_path / "build") == {"a"}


def test_outside_of_a_repository(tmp_path: Path) -> None:
    """Files above the root say nothing."""
    _make(tmp_path, "d/a")
    (tmp_path / ".gitignore").write_text("a\n")

    assert _found(tmp_path / "d") == {"a"}


@pytest.mark.parametrize("exclude", [["*.log"], ["d/"], ["/a"], ["d/x", "a"], ["**/x"], ["d/**"]])
def test_exclude_is_as_gitignore(exclude: list[str], tmp_path: Path) -> None:
    """The same patterns mean the same."""
    _make(tmp_path, "a", "b.log", "d/a", "d/x", "d/e/x", "c")
    excluded = _found(tmp_path, Selection(exclude=tuple(exclude)))
    (tmp_path / ".gitignore").write_text("\n".join(exclude))

    assert excluded == _found(tmp_path)
    assert excluded < {"a", "b.log", "d/a", "d/x", "d/e/x", "c"}


def test_hidden(tmp_path: Path) -> None:
    """All but git's own, and new files of other commands."""
    _make(tmp_path, ".a", ".git/config", "d/.git", "d/.b/c", ".homoglyph-fix-1-1-00000000.tmp", ".gitignore")
    (tmp_path / ".gitignore").write_text(".a\n")

    assert _found(tmp_path) == set()
    assert _found(tmp_path, Selection(hidden=True)) == {"d/.b/c", ".gitignore"}
    assert _found(tmp_path, Selection(hidden=True, ignore=False)) == {"d/.b/c", ".gitignore", ".a"}


def test_a_file_of_patterns_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder is not read: who knows what should be left out. The others are."""
    _make(tmp_path, "a", "d/b", "d/.gitignore")

    def refuse(path: object, *args: object, **kwargs: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("homoglyph_fix.command.ignoring.open", refuse, raising=False)

    assert _found(tmp_path) == {"a", f"<{tmp_path}/d/.gitignore: Permission denied>"}
    assert _found(tmp_path / "d") == {f"<{tmp_path}/d/.gitignore: Permission denied>"}


def test_patterns_that_are_none() -> None:
    """One line names them."""
    check_patterns(["*.log", "d/", "!a"])
    for pattern in ("!", "\\", "[z-a]"):
        with pytest.raises(UsageError, match="no such pattern"):
            check_patterns(["*.log", pattern])


PIECES = ["a", "b", "c", "d", "*", "?", "a*", "*.x", "[ab]", "**", "a.x", "b.x"]


def _line(choice: random.Random) -> str:
    """Return a line of .gitignore, often odd; but no `a/**/`, which pathspec takes for `a/`."""
    body = "/".join(choice.choices(PIECES, k=choice.choice([1, 1, 1, 2, 2, 3])))
    end = "" if body.endswith("**") else choice.choice(["", "", "/"])
    return choice.choice(["", "", "", "!"]) + choice.choice(["", "", "/"]) + body + end


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("seed", range(25))
def test_as_git_has_it(seed: int, tmp_path: Path) -> None:
    """The files that git would add are those of the walk, whatever the patterns of three folders."""
    choice = random.Random(seed)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    names = ["/".join(choice.choices(["a", "b", "c", "d"], k=depth)) for depth in (0, 0, 1, 1, 2, 2) for _ in range(4)]
    _make(tmp_path, *(f"{name}/{choice.choice('abcd')}.{choice.choice('xy')}".lstrip("/") for name in names))
    for folder in ("", "a", "b"):
        if (tmp_path / folder).is_dir():
            (tmp_path / folder / ".gitignore").write_text("\n".join(_line(choice) for _ in range(choice.randrange(5))))

    listed = subprocess.run(["git", "ls-files", "-z", "-o", "--exclude-standard"], cwd=tmp_path, capture_output=True, check=True, text=True)

    assert _found(tmp_path) == {name for name in listed.stdout.split("\0") if name and not name.endswith(".gitignore")}


def test_globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no shell does it, the names stand in for the pattern, in order; a file of such a name is that file."""
    _make(tmp_path, "b.txt", "a.txt", "c.md", "[d].txt", "e/f.txt")
    monkeypatch.chdir(tmp_path)

    assert expanded(["*.txt", "c.md", "[d].txt", "e/*", "no*", "-"], expands=True) == (
        *("[d].txt", "a.txt", "b.txt", "c.md", "[d].txt"),
        os.path.join("e", "f.txt"),  # noqa: PTH118
        *("no*", "-"),
    )
    assert expanded(["*.txt"], expands=False) == ("*.txt",)
    assert str(missing("no*", FileNotFoundError(2, "No such file or directory"))) == "no*: no file matches"
    assert str(missing("no", FileNotFoundError(2, "No such file or directory"))) == "no: No such file or directory"
    assert str(missing("a*", PermissionError(13, "Permission denied"))) == "a*: Permission denied"
