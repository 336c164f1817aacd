"""Which arguments are options and which are paths, and what --help and --version do."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import BAD, GOOD, content, run
from homoglyph_fix import cli

OPTIONS = sorted(cli._parser()._option_string_actions)
ATTACHED = ["-ob", "-o=b", "--output=b", "-j2", "--jobs=2", "--expl=x", "--explain=x", "-qw", "-wq", "--wri", "--", "-x", "--no-such", "-1"]
LIKE_OPTIONS = [*OPTIONS, *ATTACHED]


@pytest.mark.parametrize("before", [[], ["a"], ["-q", "a"], ["-j1", "a", "-q"]], ids=" ".join)
@pytest.mark.parametrize("name", LIKE_OPTIONS)
def test_after_two_hyphens_everything_is_a_path(
    name: str, before: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A file whose name looks like an option is repaired to standard output like any other, and nothing is written to."""
    for file in ("a", "b", name):
        (tmp_path / file).write_text(BAD)
    monkeypatch.chdir(tmp_path)

    status = cli.main([*before, "--", name, "b"])

    assert (capfdbinary.readouterr().out, status) == (GOOD.encode() * (2 + ("a" in before)), 0)
    assert content(tmp_path) == dict.fromkeys(("a", "b", name), BAD.encode())


@pytest.mark.parametrize("name", LIKE_OPTIONS)
def test_a_missing_path_after_two_hyphens(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """It is missed by its name."""
    monkeypatch.chdir(tmp_path)

    assert cli.main(["--", name]) == 2
    assert capfdbinary.readouterr().err.decode() == f"homoglyph-fix: {name}: No such file or directory\n"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("-- -w a", ""),
        ("-- -ob a", ""),
        ("-w -- a -w", "a -w"),
        ("-w a -- -w", "a -w"),
        ("a -w -- -w", "a -w"),
        ("-qw -- -w", "-w"),
        ("-j2 -qw a b", "a b"),
        ("--wri a", "a"),
        ("a --write b", "a b"),
        ("-o c -- -w", "c"),
        ("-oc -w", ""),  # two things at a time: a usage error, as before
        ("-o -- a", ""),  # `--` is no value
        ("-- a -- -w", ""),  # the second `--` is a file that is missing
    ],
)
def test_only_what_was_asked_for_is_written(line: str, written: str, tmp_path: Path) -> None:
    """Options before `--`, also between files, are options; all others are files."""
    for name in ("a", "b", "-w", "-ob"):
        (tmp_path / name).write_text(BAD)

    run(*line.split(), cwd=tmp_path)

    changed = {name for name, data in content(tmp_path).items() if data != BAD.encode()}
    assert changed == set(written.split())


@pytest.mark.parametrize("option", ["-o", "--output", "-j", "--jobs", "--explain"])
@pytest.mark.parametrize("after", [[], ["a"]], ids=["alone", "with a file"])
def test_two_hyphens_are_no_value(option: str, after: list[str], tmp_path: Path) -> None:
    """An option that wants a value does not find it in `--` or behind it."""
    (tmp_path / "a").write_text(BAD)

    done = run(option, "--", *after, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.endswith(b": expected one argument\n")
    assert content(tmp_path) == {"a": BAD.encode()}


def test_a_folder_named_by_a_pattern(tmp_path: Path) -> None:
    """`homoglyph-fix -- *` writes to no file, whatever the files are called."""
    names = ["-w", "--write", "-ob", "a", "b"]
    for name in names:
        (tmp_path / name).write_text(BAD)

    done = run("--", *sorted(content(tmp_path)), cwd=tmp_path)

    assert (done.returncode, done.stdout.decode()) == (0, GOOD * len(names))
    assert content(tmp_path) == dict.fromkeys(sorted(names), BAD.encode())


def test_standard_input_after_two_hyphens() -> None:
    """`-` is standard input there too, as cat has it; a file of that name is ./-."""
    assert run("--", "-", data=BAD.encode()).stdout == GOOD.encode()
    assert run("--", data=BAD.encode()).stdout == GOOD.encode()
