"""Names of open files, such as /dev/stdout: written into, never replaced."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from commands import BAD, GOOD, content, shell

if sys.platform != "linux":
    pytest.skip("the names are Linux's", allow_module_level=True)

OLD = "before\n"
NAMES = [
    "/dev/stdout",
    "/dev/fd/1",
    "/proc/self/fd/1",
    "/proc/thread-self/fd/1",
    "/dev/../dev/stdout",
    "to-stdout",
    "to-link",
    "folder/to-relative",
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a text, a log, and links to standard output."""
    (tmp_path / "a").write_text(BAD)
    (tmp_path / "log").write_text(OLD)
    (tmp_path / "to-stdout").symlink_to("/dev/stdout")
    (tmp_path / "to-link").symlink_to("to-stdout")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "to-relative").symlink_to("../to-stdout")
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_output_is_added_to_a_log(name: str, place: Path) -> None:
    """What is in the log stays, the log stays the same file, and what the shell writes afterwards follows."""
    done = shell(f"{{ echo first; homoglyph-fix -o {name} a; echo last; }} >> log", place)

    assert (done.returncode, done.stderr) == (0, b"homoglyph-fix: 2 words in 1 of 1 file repaired\n")
    assert (place / "log").read_text() == OLD + "first\n" + GOOD + "last\n"
    assert (place / "to-stdout").is_symlink()


@pytest.mark.parametrize(("name", "jobs"), [("/dev/stdout", ""), ("/proc/self/fd/1", "-j2"), ("to-link", "")])
def test_output_goes_on_where_the_shell_is(name: str, jobs: str, place: Path) -> None:
    """A file opened with > is written to at the place where it stands."""
    done = shell(f"{{ echo first; homoglyph-fix {jobs} -o {name} a; echo last; }} > log", place)

    assert done.returncode == 0
    assert (place / "log").read_text() == "first\n" + GOOD + "last\n"


@pytest.mark.parametrize("name", NAMES[:2])
def test_output_into_a_pipe(name: str, place: Path) -> None:
    """As without -o."""
    assert shell(f"homoglyph-fix -o {name} a | cat", place).stdout == GOOD.encode()


@pytest.mark.parametrize("name", ["/dev/stderr", "/dev/fd/2"])
def test_output_into_standard_error(name: str, place: Path) -> None:
    """The log of errors is kept; the summary follows the text."""
    done = shell(f"homoglyph-fix -o {name} a 2>> log", place)

    assert done.returncode == 0
    assert (place / "log").read_text() == OLD + GOOD + "homoglyph-fix: 2 words in 1 of 1 file repaired\n"


@pytest.mark.parametrize("name", ["/dev/fd/7", "/proc/self/fd/7"])
def test_output_into_another_descriptor(name: str, place: Path) -> None:
    """Any number that the shell has opened will do."""
    assert shell(f"homoglyph-fix -o {name} a 7>> log", place).returncode == 0
    assert (place / "log").read_text() == OLD + GOOD


@pytest.mark.parametrize("jobs", ["", "-j2"])
@pytest.mark.parametrize("name", ["/dev/stdin", "/dev/fd/3", "/proc/self/fd/4", "/dev/fd/5", "/dev/fd/17", "/dev/fd/99"])
def test_output_where_nothing_can_be_written(name: str, jobs: str, place: Path) -> None:
    """What is open for reading, is not open, or was opened by the command itself, is an error of one line."""
    done = shell(f"homoglyph-fix {jobs} -o {name} a < log 17< log", place)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"homoglyph-fix: {name}: Bad file descriptor\n"
    assert content(place)["log"] == OLD.encode()


@pytest.mark.parametrize("name", NAMES[:2])
def test_output_into_closed_standard_output(name: str, place: Path) -> None:
    """There is nothing to write to."""
    done = shell(f"homoglyph-fix -o {name} a >&-", place)

    assert (done.returncode, done.stderr.decode()) == (2, f"homoglyph-fix: {name}: Bad file descriptor\n")


@pytest.mark.parametrize("redirect", [">> log", "> log"])
def test_output_into_the_file_of_another_process(redirect: str, place: Path) -> None:
    """It would have to be opened anew, and what the other one has written be lost."""
    done = shell(f"exec {redirect}; echo first; homoglyph-fix -o /proc/$$/fd/1 a; exit $?", place)

    assert done.returncode == 2
    assert done.stderr.endswith(b"is open in another process, cannot be replaced\n")
    assert (place / "log").read_text() == (OLD if redirect == ">> log" else "") + "first\n"


def test_output_into_the_pipe_of_another_process(place: Path) -> None:
    """There is nothing to lose."""
    assert shell("homoglyph-fix -o /proc/$$/fd/1 a; true", place).stdout == GOOD.encode()


def test_output_tree_with_a_link_to_standard_output(place: Path) -> None:
    """A file of the tree that is such a name is written into as well."""
    (place / "tree").mkdir()
    (place / "tree" / "a").symlink_to("/dev/stdout")

    assert shell("homoglyph-fix -o tree a >> log", place).returncode == 0
    assert (place / "log").read_text() == OLD + GOOD
    assert (place / "tree" / "a").is_symlink()


def test_output_into_a_file_that_was_removed(place: Path) -> None:
    """No file called `gone (deleted)` appears."""
    before = content(place)

    done = shell("exec 7> gone; rm gone; homoglyph-fix -o /dev/fd/7 a; cat /dev/fd/7", place)

    assert done.stdout == GOOD.encode()
    assert content(place) == before


def test_output_is_the_input(place: Path) -> None:
    """A file that grows while it is read would never end."""
    done = shell("homoglyph-fix -o /dev/stdout a >> a", place)

    assert (done.returncode, (place / "a").read_text()) == (2, BAD)
    assert b"is both input and output" in done.stderr


@pytest.mark.parametrize(
    "name", ["/dev/stdin", "/dev/fd/0", "/dev/stdout", "/dev/stderr", "/proc/self/fd/7", "/proc/$$/fd/0", "link-to-link"]
)
def test_in_place(name: str, place: Path) -> None:
    """-w takes the name of a file, not that of an open one: whoever has opened it would keep the old file."""
    (place / "link-to-link").symlink_to("folder/to-relative")
    (place / "b").write_text(BAD)
    inode = (place / "b").stat().st_ino

    done = shell(f"exec < b 7<> b; homoglyph-fix -w {name} >> b 2> log", place)

    assert done.returncode == 2
    assert b"an open file, cannot be replaced\n" in (place / "log").read_bytes() or name == "/dev/stderr"
    assert (place / "b").read_text() == BAD
    assert (place / "b").stat().st_ino == inode


def test_ordinary_names(place: Path) -> None:
    """A file or link that is only called like one is an ordinary file."""
    (place / "fd").mkdir()
    (place / "fd" / "1").symlink_to("../b")
    (place / "b").write_text(BAD)

    assert shell("homoglyph-fix -o fd/1 a", place).returncode == 0
    assert (place / "b").read_text() == GOOD
    (place / "b").write_text(BAD)
    assert shell("homoglyph-fix -w fd/1 < b", place).returncode == 0
    assert (place / "b").read_text() == GOOD


def test_a_link_that_leads_to_itself(place: Path) -> None:
    """The search for an open file ends; the output takes its place, as before."""
    (place / "loop").symlink_to("loop")

    assert shell("homoglyph-fix -o loop a", place).returncode == 0
    assert (place / "loop").read_text() == GOOD
