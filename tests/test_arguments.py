"""Which arguments are options and which are paths, and what --help and --version do."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import BAD, GOOD, content, run, shell
from homoglyph_fix.command import cli
from homoglyph_fix.command.flags import make_parser

OPTIONS = sorted(make_parser()._option_string_actions)
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


@pytest.mark.parametrize("option", ["-o", "--output", "-j", "--jobs", "--select", "--ignore", "--format", "--color"])
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("option", ["--help", "-h", "--version", "--version -v", "--explain слово"])
def test_full_disk(option: str, tmp_path: Path) -> None:
    """What cannot be written is one line and exit 2, as everywhere."""
    done = shell(f"homoglyph-fix {option} > /dev/full", tmp_path)

    assert (done.returncode, done.stderr) == (2, b"homoglyph-fix: <stdout>: No space left on device\n")


@pytest.mark.parametrize("option", ["--help", "--version", "--version -v", "--explain слово"])
def test_closed_output_and_reader_that_stops(option: str, tmp_path: Path) -> None:
    """An error where there is no standard output, silence where nobody reads on."""
    closed = shell(f"homoglyph-fix {option} >&-", tmp_path)
    stopped = shell(f"homoglyph-fix {option} | true; exit ${{PIPESTATUS[0]}}", tmp_path)

    assert (closed.returncode, closed.stderr) == (2, b"homoglyph-fix: <stdout>: Bad file descriptor\n")
    assert (stopped.returncode, stopped.stderr) in ((141, b""), (0, b""))  # 0 if it was written before the reader ended


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_nowhere_to_complain(tmp_path: Path) -> None:
    """A usage error that cannot be written keeps its exit."""
    assert shell("homoglyph-fix -w 2> /dev/full", tmp_path).returncode == 2
    assert shell("homoglyph-fix --no-such 2> /dev/full", tmp_path).returncode == 2


CONTROL = "x\x1b[31m\n\x9b\u202e"


@pytest.mark.parametrize(
    "args", [["-o", "{}", "a", "b"], ["--{}"], ["-j", "{}"], ["-j{}"], ["-q{}"], ["a/{}", "{}", "-o", "c"], ["--{}", "--", "a"]]
)
def test_usage_errors_are_escaped(args: list[str], tmp_path: Path) -> None:
    """What was typed is shown as in other error messages."""
    for name in ("a", "b", CONTROL):
        (tmp_path / name).write_text(BAD)

    done = run(*(arg.format(CONTROL) for arg in args), cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(b"homoglyph-fix: error: ")
    assert not set(CONTROL) & set(done.stderr.decode().rstrip("\n").rpartition("\n")[2]) - set("x[31m")


def test_verbose_alone(tmp_path: Path) -> None:
    """It is for --version and --explain only."""
    done = run("-v", cwd=tmp_path)

    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, b"homoglyph-fix: error: -v goes with --version or --explain")


@pytest.mark.parametrize("option", ["--version", "--vers", "--ver", "--v"])
def test_version(option: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Also by a name that is cut short, and whatever else is asked for."""
    assert cli.main([option]) == 0
    assert cli.main([option, "-w", "a"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"homoglyph-fix ")
