"""The files of data as they are found: missing, cut off, damaged, or inside a zip archive."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from commands import BAD, GOOD, SOURCE, run
from homoglyph_fix import HomoglyphFixError
from homoglyph_fix.errors import DataError
from homoglyph_fix.letters import data_files

PACKAGE = Path(data_files.__file__).parent.parent
TABLES = sorted(path.name for path in (PACKAGE / "_data").glob("*.npy"))
assert TABLES, "no data found"

Damage = Callable[[Path], object]


def _cut(size: float) -> Damage:
    """Keep some bytes from the start, or leave out some at the end."""
    return lambda path: path.write_bytes(path.read_bytes()[: int(size)])


def _flip(path: Path) -> None:
    """Turn one bit, far from the head."""
    content = bytearray(path.read_bytes())
    content[len(content) * 2 // 3] ^= 0x10
    path.write_bytes(content)


def _make_folder(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink()
    path.mkdir()


LOADING: dict[str, tuple[Damage, str]] = {
    "missing": (Path.unlink, "No such file or directory"),
    "empty": (_cut(0), "damaged"),
    "cut in its head": (_cut(50), "damaged"),
    "cut after its head": (_cut(128), "damaged"),
    "cut by a byte": (_cut(-1), "damaged"),
    "cut in half": (lambda path: _cut(path.stat().st_size // 2)(path), "damaged"),
    "longer": (lambda path: path.write_bytes(path.read_bytes() + b"\0" * 4), "damaged"),
    "another file": (lambda path: path.write_text("version https://git-lfs.github.com/spec/v1\n"), "damaged"),
    "a folder": (_make_folder, "Is a directory"),
}


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which other processes find; returns its folder of data."""
    shutil.copytree(PACKAGE, tmp_path / "homoglyph_fix", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    return tmp_path / "homoglyph_fix" / "_data"


@pytest.mark.parametrize("kind", LOADING)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_cannot_be_loaded(name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the file and what to do; it is one of ours and survives the way from a worker."""
    shutil.copy(PACKAGE / "_data" / name, tmp_path)
    damage, problem = LOADING[kind]
    damage(tmp_path / name)
    monkeypatch.setattr(data_files, "DATA", tmp_path)

    with pytest.raises(DataError) as caught:
        data_files.load(name.removesuffix(".npy"))

    assert isinstance(caught.value, HomoglyphFixError)
    assert str(caught.value) == f"{tmp_path / name}: {problem}; install homoglyph-fix anew"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("name", TABLES)
def test_a_head_with_any_byte_wrong(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands there, no other error comes out."""
    monkeypatch.setattr(data_files, "DATA", tmp_path)
    content = (PACKAGE / "_data" / name).read_bytes()
    choice = random.Random(name)
    for at in range(content.index(b"\n")):
        (tmp_path / name).write_bytes(content[:at] + bytes([content[at] ^ 1 << choice.randrange(8)]) + content[at + 1 :])
        with contextlib.suppress(DataError):
            data_files.load(name.removesuffix(".npy"))


@pytest.mark.parametrize("name", [*TABLES, "manifest.json"])
@pytest.mark.parametrize("kind", ["missing", "cut in half", "flipped"])
def test_version_looks_through_all_files(name: str, kind: str, copy: Path) -> None:
    """`--version -v` finds what loading does not see."""
    damage: Damage = _flip if kind == "flipped" else LOADING[kind][0]
    damage(copy / name)

    done = run("--version", "-v")

    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    problem = "No such file or directory" if kind == "missing" else "damaged"
    assert done.stderr.decode() == f"homoglyph-fix: {copy / name}: {problem}; install homoglyph-fix anew\n"


@pytest.mark.parametrize(("name", "jobs"), [*((name, "-j1") for name in TABLES if name != "folds.npy"), ("lexicon.npy", "-j2")])
def test_a_command_without_a_table(name: str, jobs: str, copy: Path, tmp_path: Path) -> None:
    """One line, exit 2, and no file is touched, in one process and in several; keys for an index are no part of the command."""
    LOADING["cut by a byte"][0](copy / name)
    text = f"{BAD} и\u0306"  # a letter in two parts: its table is loaded only then
    (tmp_path / "a").write_text(text)

    done = run(jobs, "-w", "a", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.decode() == f"homoglyph-fix: {copy / name}: damaged; install homoglyph-fix anew\n"
    assert (tmp_path / "a").read_text() == text
    assert sorted(os.listdir(tmp_path)) == ["a", "homoglyph_fix"]  # noqa: PTH208


def test_version_of_sound_files() -> None:
    """It tells what else may matter in a report of a fault."""
    done = run("--version", "-v")

    assert (done.returncode, done.stderr) == (0, b"")
    assert f"Python {sys.version.split()[0]}, NumPy {np.__version__}" in done.stdout.decode()
    assert f"{len(TABLES)} files of data in {PACKAGE / '_data'}" in done.stdout.decode()


def test_tables_are_mapped_and_cannot_be_written() -> None:
    """They are shared by all processes, and no slip can change them for the others."""
    for name in TABLES:
        table = data_files.load(name.removesuffix(".npy"))
        assert type(table) is np.ndarray
        assert not table.flags.writeable
        assert np.array_equal(table, np.load(PACKAGE / "_data" / name))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it stands in a zip archive."""
    path = tmp_path_factory.mktemp("zip") / "package.zip"
    with zipfile.ZipFile(path, "w") as file:
        for found in sorted(PACKAGE.rglob("*")):
            if "__pycache__" not in found.parts:
                file.write(found, found.relative_to(SOURCE))
    return path


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_from_a_zip_archive(jobs: str, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library and the command work from there."""
    monkeypatch.setenv("PYTHONPATH", str(archive))
    monkeypatch.chdir(tmp_path)
    code = "import homoglyph_fix as h; print(h.__file__); print(h.normalize('Пpoпoнyємo poбoтy'))"

    done = run(jobs, data=BAD.encode())
    library = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout

    assert (done.returncode, done.stdout, done.stderr) == (0, GOOD.encode(), b"")
    assert library == f"{archive}/homoglyph_fix/__init__.py\n{GOOD}"
    assert run("--version", "-v").returncode == 0


def test_from_a_zip_archive_with_a_damaged_file(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same error as for files."""
    with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(tmp_path / "cut.zip", "w") as cut:
        for name in whole.namelist():
            cut.writestr(name, whole.read(name)[:-1] if name.endswith("lexicon.npy") else whole.read(name))
        assert json.loads(whole.read("homoglyph_fix/_data/manifest.json"))["files"]
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "cut.zip"))

    done = run(data=BAD.encode())

    path = tmp_path / "cut.zip" / "homoglyph_fix" / "_data" / "lexicon.npy"
    assert (done.returncode, done.stderr.decode()) == (2, f"homoglyph-fix: {path}: damaged; install homoglyph-fix anew\n")
