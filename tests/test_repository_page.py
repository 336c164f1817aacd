"""docs/repository.md: what it says to copy is read by what it is for, as far as that is installed, and works."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from commands import BAD, CLEAN, COMMAND, GOOD, run, shell
from homoglyph_fix.command.flags import make_parser

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "repository.md").read_text("utf-8")
BLOCKS = [dedent(block).strip("\n") for block in re.findall(r"(?:^(?: {4}.*)?\n)+", PAGE, re.MULTILINE) if block.strip()]
CALLS = sorted({call for block in BLOCKS for call in re.findall(r"\bhomoglyph-fix (-(?:(?!\"}]| *[|>#]).)*)", block.replace("\\ ", " "))})
"""What stands behind the name of the command."""

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")
needs_patch = pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
needs_vim = pytest.mark.skipif(not shutil.which("vim"), reason="needs vim")


def _block(words: str) -> str:
    """Return the first block with these words."""
    return next(block for block in BLOCKS if words in block)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Texts, some with damage."""
    for name in ("articles/a b.txt", "articles/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{CLEAN}\n😀 {BAD[:-1]}, {BAD}{CLEAN}")
    return tmp_path


def _files(folder: Path) -> dict[str, str]:
    """Return the texts below a folder."""
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.txt"))}


@pytest.mark.parametrize("call", CALLS)
def test_every_flag_exists(call: str) -> None:
    """The command understands every line that calls it."""
    arguments = shlex.split(call.replace('\\"', '"'))
    parser = make_parser()
    forms = next(action.choices or () for action in parser._actions if "--format" in action.option_strings)
    missing = {after for before, after in pairwise(arguments) if before == "--format"} - {*forms}
    if missing:
        pytest.skip(f"needs --format {missing.pop()}")

    parser.parse_intermixed_args(arguments[: arguments.index("--")] if "--" in arguments else arguments)


def test_calls_are_found() -> None:
    """Or nothing would be tried."""
    assert len(CALLS) > 8
    assert any("--format sarif" in call for call in CALLS)


@pytest.mark.parametrize("words", ["homoglyph-check", "additional_dependencies", "--format github", "sarif_file", "CI_PIPELINE_SOURCE"])
def test_settings_in_yaml(words: str) -> None:
    """They can be read, and name what there is."""
    yaml = pytest.importorskip("yaml", reason="needs pyyaml, which comes with pre-commit")
    settings = yaml.safe_load(_block(words))

    assert isinstance(settings, dict)
    if "repos" in settings:
        hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
        assert {hook["id"] for hook in settings["repos"][0]["hooks"]} <= hooks
    elif "jobs" in settings:
        assert [step for step in settings["jobs"]["letters"]["steps"] if "homoglyph-fix --check" in step.get("run", "")]


def test_the_line_of_the_makefile(folder: Path) -> None:
    """Make hands it to the shell."""
    (folder / "Makefile").write_text(_block(".PHONY").replace("docs README.md", "articles"))

    line = shell("make --dry-run letters", folder).stdout.decode()
    done = shell(line, folder)

    assert done.stdout.startswith(b"articles/a b.txt:3:3: "), done.stderr


@needs_git
def test_what_a_branch_has_changed(folder: Path) -> None:
    """Only that is looked at, and what it has deleted is not missed."""
    commit = "git add . && git -c user.name=a -c user.email=a@b commit -q -m c"
    (folder / "gone.txt").write_text(BAD)
    shell(f"git init -q -b main && {commit} && git switch -q -c other && git rm -q gone.txt", folder)
    (folder / "-w").write_text(BAD)
    shell(commit, folder)

    done = shell(_block("git diff --name-only"), folder)

    assert [line.partition(b":")[0] for line in done.stdout.splitlines()] == [b"-w", b"-w"], done.stderr
    assert (folder / "-w").read_text() == BAD


@needs_patch
@pytest.mark.parametrize("words", ["--backup .bak", "--diff articles/"])
def test_repairs_are_undone(words: str, folder: Path) -> None:
    """By the lines as they stand there, one after the other."""
    before = _files(folder)
    lines = _block(words).splitlines()

    for line in lines if "--diff" in words else lines[1:]:
        done = shell(line, folder)
        assert done.returncode == (1 if "--diff" in line else 0), done.stderr
        if " -w " in line:
            assert _files(folder) == {name: text.replace(BAD[:-1], GOOD[:-1]) for name, text in before.items()}

    assert _files(folder) == before
    assert shell(lines[0], folder).returncode == (1 if "--diff" in words else 0)


def _places(pattern: str, args: list[str], folder: Path) -> list[tuple[str, ...]]:
    """Return what a pattern for places finds in what the command prints."""
    found = [re.match(pattern, line) for line in run(*args, cwd=folder).stdout.decode().splitlines()]
    assert all(found)
    return [match.groups() for match in found if match]


def _settings(words: str) -> Any:  # noqa: ANN401  # of any shape
    """Return a block as JSON."""
    return json.loads(_block(words))


COLUMNS = ["3", "14", "22", "33"]


def test_places_for_vs_code(folder: Path) -> None:
    """The pattern splits every line into file, line, column and message."""
    task = _settings("problemMatcher")["tasks"][0]
    pattern = task["problemMatcher"]["pattern"]

    found = _places(pattern["regexp"], task["args"], folder)

    expected = [(f"./articles/{name}", "3", column) for name in ("a b.txt", "c.txt") for column in COLUMNS]
    assert [tuple(place[pattern[part] - 1] for part in ("file", "line", "column")) for place in found] == expected
    assert all(re.fullmatch(r"\w+ -> \w+ \([\w-]+\)", place[pattern["message"] - 1]) for place in found)


def test_places_for_sublime(folder: Path) -> None:
    """The pattern has them in the order that Sublime Text asks for."""
    system = _settings("file_regex")
    args = [argument.replace("$file", "articles/a b.txt") for argument in system["cmd"][1:]]

    found = _places(system["file_regex"], args, folder)

    assert [place[:3] for place in found] == [("articles/a b.txt", "3", column) for column in COLUMNS]


def test_saving_in_vs_code(folder: Path) -> None:
    """The command repairs the file, in silence."""
    rule = _settings("runonsave")["emeraldwalk.runonsave"]["commands"][0]

    done = shell(rule["cmd"].replace("${file}", "articles/a b.txt"), folder)

    assert re.search(rule["match"], "a b.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert BAD[:-1] not in (folder / "articles/a b.txt").read_text()


@needs_vim
def test_vim(folder: Path) -> None:
    """Vim goes to the place of a finding, and repairs what is not saved."""
    text = (folder / "articles/a b.txt").read_text().replace("😀", "є")  # which Vim counts once, as it stands in one column
    (folder / "articles/a b.txt").write_text(text)
    command = folder / "bin" / "homoglyph-fix"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n')
    command.chmod(0o755)
    repair, *settings, make = _block("makeprg").splitlines()
    lines = [
        "set nocompatible encoding=utf-8",
        "edit articles/a\\ b.txt",
        *settings,
        f"silent {make.removeprefix(':')}",
        "silent cc 2",
        'call writefile([len(getqflist()) . " " . bufname() . " " . line(".") . " " . charcol(".")], "place")',
        f'call append(0, "{BAD[:-1]}")',
        f"silent {repair.removeprefix(':')}",
        "write! repaired",
        "qall!",
    ]
    (folder / "script.vim").write_text("\n".join(lines))

    env = os.environ | {"PATH": f"{command.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    vim = ["vim", "-u", "NONE", "-es", "-S", "script.vim"]
    subprocess.run(vim, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=60)

    assert (folder / "place").read_text() == "4 articles/a b.txt 3 14\n"
    assert (folder / "repaired").read_text() == (BAD + text).replace(BAD[:-1], GOOD[:-1])
