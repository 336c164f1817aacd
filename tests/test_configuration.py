"""The configuration file: which flags are keys, where it is sought, and that it stops no command that goes without it."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import BAD, content, run
from homoglyph_fix import Config
from homoglyph_fix.command import cli
from homoglyph_fix.command.configuration import OWN, settle
from homoglyph_fix.command.flags import make_parser
from homoglyph_fix.command.parser import FILE, NUMBER, WIDTH, key_of, opposite_of
from homoglyph_fix.command.reports.settings import settings_page
from homoglyph_fix.command.toml_keys import read_settings
from homoglyph_fix.config import APOSTROPHES
from homoglyph_fix.errors import FileError

DOCS = Path(__file__).parent.parent / "docs"
PARSER = make_parser()
KEYS = PARSER.keys()
FLAGS = {key_of(action): action for _, actions in PARSER.groups() for action in actions if action.option_strings}
ALWAYS_TYPED = "write output check diff explain version help config no-config show-config".split()
"""Flags that say what is done to files, or are about the command itself: no file may say them."""

VALUES = {"as": "text", "encoding": "cp1251", "select": ["digits"], "ignore": ["digits"], "delimiter": ";", "keep-file": ["keep.txt"]}
"""A value of each key that does not take any."""

COMMANDS = ["", "-w .", "--check .", "--diff a.txt", "-o out .", "--explain слово", "--line-buffered a.txt", "--as text -j2 a.txt"]

InProcess = pytest.CaptureFixture[bytes]


def _value(key: str) -> object:
    """Return a value that a key may have, and that is not its default."""
    action = KEYS[key]
    if key in VALUES:
        return VALUES[key]
    if action.nargs == 0:
        return True
    if action.choices:
        return next(choice for choice in reversed([*action.choices]) if choice != PARSER.defaults[action.dest])
    value: object = 2 if action.metavar == NUMBER else "words" if action.metavar == FILE else "a"
    return [value] if isinstance(action, argparse._AppendAction) else value


def _toml(value: object) -> str:
    """Write a value as TOML, in a way of its own."""
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value).lower() if isinstance(value, bool) else f'"""{value}"""' if isinstance(value, str) else str(value)


def _shown(options: str, capfdbinary: InProcess) -> dict[str, tuple[str, str]]:
    """Return what --show-config tells of each key: its line, and where it is from."""
    assert cli.main(["--show-config", *options.split()]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    found = [re.fullmatch(r"((?:# )?([a-z-]+)(?: = .*?)?) *  # ((?:default|flag|file).*)", line) for line in lines]
    return {line[2]: (line[1], line[3]) for line in found if line}


def test_what_is_done_is_no_key() -> None:
    """All other flags of the groups for it are keys."""
    assert set(ALWAYS_TYPED) <= FLAGS.keys() - KEYS.keys()
    assert {"select", "no-digits", "exclude", "encoding", "field", "jobs", "format", "quiet"} <= KEYS.keys()


def test_each_switch_of_the_config_is_a_flag() -> None:
    """A field has the flag of its name, or the one that turns it off; the apostrophe has the same ways."""
    names = {field.name for field in fields(Config)}

    assert names <= {key.removeprefix("no-") for key in KEYS}
    assert tuple(KEYS["apostrophe"].choices or ()) == APOSTROPHES
    assert PARSER.defaults["apostrophe"] == Config().apostrophe
    assert {f"no-{field.name}" for field in fields(Config) if field.default is True} <= KEYS.keys()


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_taken_from_a_file(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: InProcess) -> None:
    """It has the value of the file, which is named; typed, it has that value instead; what is shown can be pasted, and means the same."""
    monkeypatch.chdir(tmp_path)
    before = _shown("", capfdbinary)
    (tmp_path / OWN).write_text(f"{key} = {_toml(_value(key))}\n", "utf-8")

    after = _shown("", capfdbinary)

    assert before.keys() == after.keys() == KEYS.keys()
    assert {name for name in after if after[name] != before[name]} == {key}
    assert before[key][1].startswith("default")
    assert after[key][1] == f"file {OWN}"
    (tmp_path / OWN).write_text("".join(f"{line}\n" for line, _ in after.values()), "utf-8")
    assert {name: line for name, (line, _) in _shown("", capfdbinary).items()} == {name: line for name, (line, _) in after.items()}


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_taken_back(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: InProcess) -> None:
    """By a flag: its opposite, or its default value."""
    monkeypatch.chdir(tmp_path)
    default = PARSER.defaults[KEYS[key].dest]
    before = _shown("", capfdbinary)
    (tmp_path / OWN).write_text(f"{key} = {_toml(_value(key))}\n", "utf-8")

    after = _shown(f"--{key}={default}" if default else opposite_of(f"--{key}"), capfdbinary)

    assert after[key] == (before[key][0], after[key][1])
    assert after[key][1].partition(":")[0] == "flag"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("key", KEYS)
def test_no_key_stops_a_command(key: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: InProcess) -> None:
    """What a file says for other commands rests in this one; only what is typed must fit together."""
    for name in ("a.txt", "words"):
        (tmp_path / name).write_bytes(BAD.encode("cp1251" if key == "encoding" else "utf-8"))
    (tmp_path / "keep.txt").write_text("HATO\n", "utf-8")
    (tmp_path / OWN).write_text(f"{key} = {_toml(_value(key))}\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    status = cli.main(command.split())

    assert status in (0, 1), capfdbinary.readouterr().err.decode()


@pytest.mark.parametrize("key", [key for key, action in KEYS.items() if action.nargs == 0])
@pytest.mark.parametrize("value", ["1", '"true"', "[true]", "{}", "1.0", "1970-01-01"])
def test_a_switch_is_true_or_false(key: str, value: str, tmp_path: Path) -> None:
    """Nothing else passes for it."""
    (tmp_path / OWN).write_text(f"{key} = {value}\n")

    done = run(cwd=tmp_path, data=BAD.encode())

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(f"homoglyph-fix: {OWN}: {key} is true or false, not ".encode())
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("key", [key for key, action in KEYS.items() if action.nargs != 0])
@pytest.mark.parametrize("value", ["true", "{}", "[[]]", "[true]", "1970-01-01", "-1.5"])
def test_a_value_has_its_type(key: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: InProcess) -> None:
    """One line names the file and the key, and nothing is done."""
    (tmp_path / OWN).write_text(f"{key} = {value}\n")
    (tmp_path / "a.txt").write_text(BAD)
    monkeypatch.chdir(tmp_path)

    assert cli.main(["-w", "a.txt"]) == 2
    told = capfdbinary.readouterr().err.decode()
    assert told.startswith(f"homoglyph-fix: {OWN}: {key} ")
    assert told.count("\n") == 1
    assert (tmp_path / "a.txt").read_text() == BAD


@pytest.mark.parametrize("name", [*ALWAYS_TYPED, "v", "w", "o", "h"])
def test_a_file_does_nothing_to_files(name: str, tmp_path: Path) -> None:
    """It cannot say what is done, and is told so."""
    (tmp_path / OWN).write_text(f"{name} = true\n")

    done = run(cwd=tmp_path, data=BAD.encode())

    told = f"homoglyph-fix: {OWN}: no such key: {name}; it is for the command line only\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", told)


BROKEN = ["a = ", "a", "[", "a = 1\na = 2", "no-digits = true\n[", "a = " + "[" * 10_000, "\0", '"a', "= 1", "tool.x = 1"]
BROKEN += [f"jobs = {'9' * 5000}", f"jobs = 0x{'f' * 5000}", "jobs = inf", "jobs = 1970-13-01"]
BROKEN += ['encoding = "\\u0000"', 'encoding = "\\ud800"']


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_file(text: str, tmp_path: Path) -> None:
    """Is one line, whatever is wrong with it, and nothing is repaired by half of what it says."""
    (tmp_path / OWN).write_text(text)

    done = run(cwd=tmp_path, data=BAD.encode())

    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.startswith(f"homoglyph-fix: {OWN}: ".encode())


LINES = st.tuples(
    st.one_of(st.sampled_from([*KEYS, *ALWAYS_TYPED, "tool.homoglyph-fix.jobs"]), st.text(max_size=5)),
    st.one_of(st.sampled_from(["true", "2", '"a"', '["a"]', "[2]", "{a = 1}", "1.5", "'", "[["]), st.text(max_size=8)),
)


@pytest.mark.property
@given(st.one_of(st.binary(max_size=40), st.lists(LINES, max_size=4).map(lambda lines: "".join(f"{k} = {v}\n" for k, v in lines).encode())))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever stands in it, there are settings, or one line that begins with its name."""
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(data)
    settings, told = None, ""
    try:
        settings = read_settings(PARSER, str(file), is_shared=False)
    except FileError as error:
        told = str(error)

    assert settings or told.startswith(f"{file}: ")
    assert settings is None or settings.values.keys() == settings.keys.keys() <= PARSER.defaults.keys()


@pytest.mark.property
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_any_setting_can_be_pasted(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """What is shown is TOML in which nothing is hidden, and means the same."""
    options, _ = PARSER.parse_known_intermixed_args(["--no-config"])
    options.field = names
    settle(PARSER, options)
    page = settings_page(PARSER, options)
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_text(page, "utf-8")

    settings = read_settings(PARSER, str(file), is_shared=False)

    assert settings
    assert settings.values["field"] == names
    assert all(line.isprintable() for line in page.split("\n"))


def test_keys_of_control_characters_are_escaped(tmp_path: Path) -> None:
    """As everything is that stands in a message."""
    (tmp_path / OWN).write_text('"a\\u001b[31m\\n" = 1\n')

    done = run(cwd=tmp_path)

    assert (done.returncode, done.stderr.decode()) == (2, f"homoglyph-fix: {OWN}: no such key: a\\x1b[31m\\n; --show-config lists all\n")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a file that cannot be read: not on Windows, not for root")
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Is an error: to go on without it would do what it forbids."""
    (tmp_path / OWN).write_text("no-digits = true\n")
    (tmp_path / OWN).chmod(0)

    assert run(cwd=tmp_path, data=BAD.encode()).returncode == 2


def test_above_the_working_directory(tmp_path: Path) -> None:
    """A file is sought there, too, and called by its whole path."""
    (tmp_path / OWN).write_text("no-digits = true\n")
    (tmp_path / "d" / "e").mkdir(parents=True)

    done = run("--show-config", cwd=tmp_path / "d" / "e")

    assert f"no-digits = true       # file {tmp_path / OWN}\n" in done.stdout.decode()


def test_by_way_of_a_link(tmp_path: Path) -> None:
    """The way that was typed counts, and not where a linked folder lies."""
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "a.txt").write_text(BAD)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "d").symlink_to(tmp_path / "away")
    (tmp_path / "site" / OWN).write_text('exclude = ["/d/a.txt"]\n')

    done = run("-w", tmp_path / "site" / "d", cwd=tmp_path)

    assert done.stderr.decode() == f"homoglyph-fix: {tmp_path}/site/d: no text file to read\n"
    assert (tmp_path / "away" / "a.txt").read_text() == BAD


def test_a_working_directory_that_is_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: InProcess) -> None:
    """Has no file, and a file above it is not sought."""
    (tmp_path / OWN).write_text("no-digits = true\n")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    assert _shown("", capfdbinary)["no-digits"] == ("no-digits = false", "default")


def test_a_pattern_is_sought_where_its_files_would_lie(tmp_path: Path) -> None:
    """A PATH that is not there has the file of its folder."""
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / OWN).write_text("jobs = 2\n")

    assert f"jobs = 2               # file d/{OWN}\n" in run("--show-config", "d/*.txt", cwd=tmp_path).stdout.decode()


@pytest.mark.parametrize("args", [["a.txt"], ["--check", "a.txt"], ["--help"], ["--version"]], ids=" ".join)
def test_without_a_file_no_toml_is_loaded(args: list[str], tmp_path: Path) -> None:
    """Nor for a pyproject.toml that does not name us, nor what names the nearest."""
    (tmp_path / "a.txt").write_text(BAD)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    end = "except SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    code = f"import sys\nfrom homoglyph_fix.command.cli import main\ntry: main({args})\n{end}"

    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True, text=True)

    assert "homoglyph_fix.command.flags" in done.stderr.split()
    assert not {"tomllib", "tomli", "difflib", "homoglyph_fix.command.toml_keys"} & set(done.stderr.split())


def test_help_and_version_need_no_file(tmp_path: Path) -> None:
    """They help where it is broken."""
    (tmp_path / OWN).write_text("[")

    assert [run(option, cwd=tmp_path).returncode for option in ("--help", "-h", "--version")] == [0, 0, 0]


def test_nothing_is_written_where_the_file_is_wrong(tmp_path: Path) -> None:
    """One wrong key stops all."""
    (tmp_path / OWN).write_text("no-digits = true\ndigit = 1\n")
    (tmp_path / "a.txt").write_text(BAD)
    before = content(tmp_path)

    assert run("-w", ".", cwd=tmp_path).returncode == 2
    assert content(tmp_path) == before


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_has_80_columns(option: str) -> None:
    """Every flag is in it with what it does, and so are the groups and five examples."""
    text = run(option).stdout.decode()
    lines = text.splitlines()

    assert max(map(len, lines)) <= WIDTH
    assert all(re.search(rf"^  (-\w[^,]*, )?--{name}\b", text, re.MULTILINE) for name in FLAGS.keys() - {"v"})
    assert all(f"{title}:" in lines for title, _ in PARSER.groups())
    assert len([line for line in lines if line.startswith("  homoglyph-fix ")]) == 5
    assert ("exit status:" in lines) == (option == "--help")


@pytest.mark.parametrize("action", FLAGS.values(), ids=FLAGS)
def test_each_flag_has_help(action: argparse.Action) -> None:
    """It says what is so without the flag, if it takes a value that has a default."""
    default = PARSER.defaults.get(action.dest)

    assert action.help
    assert "(default" in action.help or not isinstance(default, str)


def _rows() -> dict[str, tuple[str, str, str]]:
    """Return the rows of docs/command.md by the long name of their flag: the heading above, the key with a value, what the flag does."""
    found, heading = {}, ""
    for line in (DOCS / "command.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:].lower()
        elif line.startswith("| `-"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            assert len(cells) == 3, line
            found[re.findall(r"-+([\w-]+)", cells[0])[-1]] = (heading, cells[1], cells[2])
    return found


@pytest.mark.parametrize("name", FLAGS)
def test_each_flag_has_its_line_in_the_docs(name: str, tmp_path: Path) -> None:
    """In the table of its group: what it does, and its key with a value that it may have; a flag that is no key has none."""
    heading, key, told = _rows()[name]
    title = next(title for title, actions in PARSER.groups() if FLAGS[name] in actions)

    assert heading == title
    assert len(told) > 10
    if name not in KEYS:
        assert key == ""
        return
    (tmp_path / OWN).write_text(key.strip("`"), "utf-8")
    settings = read_settings(PARSER, str(tmp_path / OWN), is_shared=False)
    assert settings
    assert settings.keys == {KEYS[name].dest: name}


def test_the_docs_have_no_other_flags() -> None:
    """What is no more is not told of."""
    assert _rows().keys() == FLAGS.keys()
