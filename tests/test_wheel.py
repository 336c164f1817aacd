"""The wheel: its licences, and that all its papers point to what is in it."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

from commands import BAD, GOOD, run
from homoglyph_fix import BEHAVIOUR
from pages import words

ROOT = Path(__file__).parent.parent
TEXTS = {
    "MIT": ("LICENSE", "Permission is hereby granted, free of charge"),
    "CC-BY-SA-4.0": ("LICENSES/CC-BY-SA-4.0.txt", "Attribution-ShareAlike 4.0 International"),
    "MPL-1.1": ("LICENSES/MPL-1.1.txt", "MOZILLA PUBLIC LICENSE"),
    "Unicode-3.0": ("LICENSES/Unicode-3.0.txt", "UNICODE LICENSE V3"),
    "MPL-2.0": ("LICENSES/MPL-2.0.txt", "Mozilla Public License Version 2.0"),
}
SHELLS = {
    "homoglyph-fix.bash": "share/bash-completion/completions/homoglyph-fix",
    "_homoglyph-fix": "share/zsh/site-functions/_homoglyph-fix",
    "homoglyph-fix.fish": "share/fish/vendor_completions.d/homoglyph-fix.fish",
}
"""Where each shell looks for what completes a command, by its name in the sources."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True, timeout=300)
    return next(folder.glob("homoglyph_fix-*.whl"))


@pytest.fixture(scope="module")
def files(wheel: Path) -> dict[str, bytes]:
    """What is in it; the names of its papers are those that they have in the sources."""
    with zipfile.ZipFile(wheel) as archive:
        return {re.sub(r"^[^/]+\.dist-info/(licenses/)?", "", name): archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def metadata(files: dict[str, bytes]) -> Message:
    """What an index of packages knows of it."""
    return message_from_string(files["METADATA"].decode())


def test_the_licence_is_that_of_all_parts(metadata: Message) -> None:
    """Code and each kind of data; nothing says that it was MIT alone."""
    assert metadata["License-Expression"] == " AND ".join(TEXTS)
    assert not metadata["License"]
    assert not [line for line in metadata.get_all("Classifier", []) if line.startswith("License")]


@pytest.mark.parametrize("licence", TEXTS)
def test_every_licence_is_there_in_full(licence: str, files: dict[str, bytes], metadata: Message) -> None:
    """Its text, as the index is told, with the words by which one knows it."""
    name, words = TEXTS[licence]

    assert name in metadata.get_all("License-File", [])
    assert words in files[name].decode()
    assert files[name] == (ROOT / name).read_bytes()
    assert licence == "MIT" or len(files[name]) > 1900


@pytest.mark.parametrize("licence", sorted(set(TEXTS) - {"MIT", "MPL-2.0"}))
def test_every_licence_is_needed(licence: str, files: dict[str, bytes]) -> None:
    """The manifest names it for one of the sources."""
    assert licence in files["homoglyph_fix/_data/manifest.json"].decode()


@pytest.mark.parametrize("name", SHELLS)
def test_shells_find_their_completion(name: str, files: dict[str, bytes]) -> None:
    """Where they look for it, under the prefix that the package is installed to; its licence is that of what has made it."""
    found = [data for path, data in files.items() if path.endswith(f".data/data/{SHELLS[name]}")]

    assert found == [(ROOT / "completions" / name).read_bytes()]
    assert b"tqdm/shtab" in found[0]


@pytest.mark.parametrize("paper", ["NOTICE", "data/CREDITS.md"])
def test_papers_point_to_what_is_there(paper: str, files: dict[str, bytes]) -> None:
    """Every file that they name is in the wheel."""
    text = re.sub(r"https?://\S+", "", files[paper].decode())
    named = set(re.findall(r"[\w./-]*\w\.(?:md|json|npy|txt)\b|\bLICENSE\b", text))

    assert len(named) > 4
    assert {name for name in named if not any(file == name or file.endswith(f"/{name}") for file in files)} == set()


def test_data_and_types_are_there(files: dict[str, bytes]) -> None:
    """All of the package, as it is in the sources, and nothing else."""
    package = ROOT / "src" / "homoglyph_fix"
    sources = {
        f"homoglyph_fix/{path.relative_to(package)}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert "homoglyph_fix/py.typed" in sources
    assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name.startswith("homoglyph_fix/")} == sources


def test_the_wheel_runs_as_it_is(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel is a zip archive: the command can be run from it, writes its page, and knows its version there."""
    monkeypatch.setenv("PYTHONPATH", str(wheel))

    assert run(data=BAD.encode(), cwd=tmp_path).stdout == GOOD.encode()
    assert len(words(run("--report", "-", data=BAD.encode(), cwd=tmp_path).stdout)) == 2
    assert run("--version", cwd=tmp_path).stdout.decode() == f"homoglyph-fix {wheel.name.split('-')[1]}, behaviour {BEHAVIOUR}\n"
