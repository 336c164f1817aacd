"""New files of killed commands, and what a file keeps when it is replaced."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import BAD, CLEAN, COMMAND, GOOD, run
from homoglyph_fix.command import leftovers
from homoglyph_fix.command.atomic import Replacement
from homoglyph_fix.command.leftovers import name_for, remove_leftovers
from homoglyph_fix.errors import FileError

if sys.platform != "linux":
    pytest.skip("needs locks, ACLs and /proc", allow_module_level=True)

STALL = """
import os, sys, time
from homoglyph_fix.command import cli
replace = os.replace
def stall(*args):
    os.write(1, b"ready")
    sys.stdin.read()
    replace(*args)
os.replace = stall
sys.exit(cli.main())
"""


@contextlib.contextmanager
def _stalled(folder: Path, *args: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command that stops before its new file takes its place, until its standard input ends."""
    command = [sys.executable, "-c", STALL, *args]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout
            assert process.stdout.read(5) == b"ready"
            yield process
        finally:
            process.kill()


def _hidden(folder: Path) -> list[str]:
    """Return the names of new files in a folder and below."""
    return [path.name for path in sorted(folder.rglob(".homoglyph-fix-*"))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three texts."""
    for name in ("a", "b", "d/c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BAD)
    return tmp_path


@pytest.mark.parametrize("args", ["-w a", "-o d/new a", "-o d a", "-w .", "-o tree d"])
def test_a_killed_command_leaves_nothing_for_long(args: str, folder: Path) -> None:
    """The next command that writes there removes the new file."""
    with _stalled(folder, *args.split()) as killed:
        killed.kill()
        killed.wait()
    assert len(_hidden(folder)) == 1

    assert run(*args.split(), cwd=folder).returncode == 0

    assert _hidden(folder) == []


def test_a_live_command_keeps_its_file(folder: Path) -> None:
    """Another one beside it does its work and removes nothing of it."""
    with _stalled(folder, "-w", "a") as live:
        before = _hidden(folder)
        assert run("-w", "b", cwd=folder).returncode == 0
        assert _hidden(folder) == before

        _, err = live.communicate(timeout=20)

    assert (live.returncode, err) == (0, b"homoglyph-fix: a: 2 words repaired\nhomoglyph-fix: 2 words in 1 of 1 file repaired\n")
    assert [(folder / name).read_text() for name in "ab"] == [GOOD, GOOD]
    assert _hidden(folder) == []


@pytest.mark.parametrize("args", ["--check .", "--diff .", "a", "-w d", "-o new d/c --quiet", "-w b"])
def test_only_folders_that_are_written_to(args: str, folder: Path) -> None:
    """A command that only reads removes nothing; nor does one where it has nothing to write."""
    (folder / "b").write_text(CLEAN)
    (folder / name_for(1)).write_bytes(b"left")

    run(*args.split(), cwd=folder)

    assert _hidden(folder) == ([] if "new" in args else [name_for(1)])


def test_the_number_of_a_live_process_is_no_sign_of_life(tmp_path: Path) -> None:
    """Numbers are used again: the lock counts."""
    (tmp_path / name_for(1)).write_bytes(b"left")

    remove_leftovers(str(tmp_path))

    assert _hidden(tmp_path) == []


SOUND = name_for(1)
LOOKALIKES = [
    SOUND + "~",
    SOUND.upper(),
    SOUND[1:],
    SOUND.replace(".tmp", ".txt"),
    f".homoglyph-fix-{os.getpid()}-7.tmp",
    f".homoglyph-fix-{os.getpid()}-1-{'0' * 8}.tmp",
    SOUND.replace("-1-", "-2-"),
    ".homoglyph-fix-.tmp",
    ".homoglyph-fix-notes.tmp",
    SOUND + "\n",
    "copy of " + SOUND,
]


@pytest.mark.parametrize("name", LOOKALIKES, ids=range(len(LOOKALIKES)))
def test_what_only_resembles(name: str, tmp_path: Path) -> None:
    """A file of somebody else stays whatever it is called."""
    (tmp_path / name).write_bytes(b"mine")

    remove_leftovers(str(tmp_path))

    assert (tmp_path / name).read_bytes() == b"mine"


def test_what_is_no_file_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under such a name there is a folder, a link, a pipe, a file of another user or of another machine: it stays."""
    (tmp_path / "target").write_bytes(b"mine")
    (tmp_path / name_for(1)).mkdir()
    (tmp_path / name_for(2)).symlink_to("target")
    os.mkfifo(tmp_path / name_for(3))
    (tmp_path / name_for(4)).symlink_to("nowhere")
    names = [name_for(number) for number in range(1, 6)]
    with monkeypatch.context() as other:
        other.setattr(os, "uname", lambda: type("Names", (), {"nodename": "elsewhere"}))
        names[4] = name_for(5)
    (tmp_path / names[4]).write_bytes(b"theirs")
    if os.geteuid() == 0:
        names.append(name_for(6))
        (tmp_path / names[5]).write_bytes(b"theirs")
        os.chown(tmp_path / names[5], 12345, -1)

    remove_leftovers(str(tmp_path))

    assert sorted(names) == _hidden(tmp_path)
    assert (tmp_path / "target").read_bytes() == b"mine"


def test_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are none nothing is removed, and files are replaced all the same."""
    for refuse in (OSError(errno.ENOLCK, "No locks available"), OSError(errno.EOPNOTSUPP, "Operation not supported")):

        def flock(*_: object, error: OSError = refuse) -> None:
            raise error

        (tmp_path / name_for(1)).write_bytes(b"left")
        monkeypatch.setattr(fcntl, "flock", flock)
        _replace(tmp_path / "a")

        assert (tmp_path / "a").read_bytes() == b"new"
        assert _hidden(tmp_path) == [name_for(1)]
        monkeypatch.setattr(leftovers, "_HAS_LOCKS", False)


def _replace(path: Path) -> None:
    """Replace a file, or make it, as a command with a fresh memory of folders does."""
    Replacement._swept.clear()
    new = Replacement(str(path), path.stat() if path.exists() else None, path.name)
    try:
        new.write(b"new")
        new.commit()
    finally:
        new.discard()


def test_somebody_always_sweeps(tmp_path: Path) -> None:
    """A new file is never taken away, not even between its making and its lock, or between its closing and its renaming."""
    done = threading.Event()

    def sweep() -> None:
        while not done.is_set():
            remove_leftovers(str(tmp_path))

    sweepers = [threading.Thread(target=sweep) for _ in range(2)]
    for sweeper in sweepers:
        sweeper.start()
    try:
        end = time.monotonic() + 3
        while time.monotonic() < end:
            _replace(tmp_path / "a")
            (tmp_path / "a").unlink()
    finally:
        done.set()
        for sweeper in sweepers:
            sweeper.join()

    assert _hidden(tmp_path) == []


def test_many_commands_at_once(tmp_path: Path) -> None:
    """They repair the files of one folder together, over what killed ones have left."""
    for number in range(24):
        (tmp_path / f"{number:02}").write_text(BAD * 2000)
        (tmp_path / name_for(number)).write_bytes(b"left")
    parts = [[f"{number:02}" for number in range(start, 24, 4)] for start in range(4)]

    commands = [subprocess.Popen([*COMMAND, "-w", *part], cwd=tmp_path, stderr=subprocess.PIPE) for part in parts]
    told = [command.communicate(timeout=60)[1] for command in commands]

    assert [lines.splitlines()[-1] for lines in told] == [b"homoglyph-fix: 24000 words in 6 of 6 files repaired"] * 4
    assert {path.read_text() for path in tmp_path.iterdir()} == {GOOD * 2000}


@pytest.mark.parametrize("seconds", [0.0, 0.002, 0.005, 0.01, 0.02, 0.04])
def test_killed_at_any_time(seconds: float, tmp_path: Path) -> None:
    """Each file is as before or repaired; a second command finishes the work and clears up."""
    for number in range(40):
        (tmp_path / f"{number:02}").write_text(BAD)
    with subprocess.Popen([*COMMAND, "-w", "."], cwd=tmp_path, stderr=subprocess.DEVNULL) as command:
        end = time.monotonic() + 20
        while not _hidden(tmp_path) and command.poll() is None and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(seconds)
        command.send_signal(signal.SIGKILL)

    assert {path.read_text() for path in tmp_path.glob("[0-9]*")} <= {BAD, GOOD}
    assert run("-w", ".", cwd=tmp_path).returncode == 0
    (tmp_path / "40").write_text(BAD)  # so that there is something to write
    assert run("-w", ".", cwd=tmp_path).returncode == 0

    assert {path.read_text() for path in tmp_path.iterdir()} == {GOOD}
    assert len(os.listdir(tmp_path)) == 41  # noqa: PTH208


def _acl(*entries: tuple[int, int, int]) -> bytes:
    """Return an access list as the kernel has it: tag, rights and user of each entry."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NOBODY = 0xFFFFFFFF
LISTED = _acl((1, 6, NOBODY), (2, 4, 12345), (4, 0, NOBODY), (0x10, 4, NOBODY), (0x20, 0, NOBODY))
ATTRIBUTES = {
    "one": {"user.comment": b"x"},
    "several": {"user.mime_type": b"text/plain", "user.a": b"\0\xff", "user.empty": b""},
    "access list": {"system.posix_acl_access": LISTED},
    "all": {"user.comment": b"x" * 500, "system.posix_acl_access": LISTED},
    "none": {},
}


def _attributes(path: Path) -> dict[str, bytes]:
    """Return the extended attributes of a file."""
    return {name: os.getxattr(path, name) for name in os.listxattr(path) if not name.startswith("security.")}


def _give(path: Path, attributes: dict[str, bytes]) -> None:
    """Give a file extended attributes, if it can have any."""
    try:
        for name, value in attributes.items():
            os.setxattr(path, name, value)
    except OSError as error:
        if error.errno != errno.EOPNOTSUPP:
            raise
        pytest.skip("not on this file system")


@pytest.mark.parametrize("inherits", [False, True], ids=["", "folder with a default list"])
@pytest.mark.parametrize("kind", ATTRIBUTES)
@pytest.mark.parametrize("args", ["-w a", "-o a b"])
def test_extended_attributes_are_kept(args: str, kind: str, inherits: bool, folder: Path) -> None:
    """The file that is replaced has the attributes, rights and mode that it had: no more and no less."""
    if inherits:
        default = _acl((1, 7, NOBODY), (2, 7, 23456), (4, 7, NOBODY), (0x10, 7, NOBODY), (0x20, 7, NOBODY))
        _give(folder, {"system.posix_acl_default": default})
    _give(folder / "a", ATTRIBUTES[kind])
    before, mode = _attributes(folder / "a"), (folder / "a").stat().st_mode

    assert run(*args.split(), cwd=folder).returncode == 0

    assert (folder / "a").read_text() == GOOD
    assert before == _attributes(folder / "a") == ATTRIBUTES[kind]
    assert (folder / "a").stat().st_mode == mode


@pytest.mark.parametrize(
    ("name", "number", "is_kept"),
    [
        ("user.a", errno.ENOSPC, False),
        ("user.a", errno.EPERM, False),
        ("system.posix_acl_access", errno.EPERM, False),
        ("security.selinux", errno.EPERM, True),
        ("security.selinux", errno.EOPNOTSUPP, True),
        ("trusted.a", errno.EPERM, True),
        ("system.nfs4_acl", errno.EOPNOTSUPP, True),
    ],
)
def test_an_attribute_that_cannot_be_kept(name: str, number: int, is_kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its owner has given a file is not lost in silence: the file stays; what the system gives is left to it."""

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "listxattr", lambda _: [name])
    monkeypatch.setattr(os, "getxattr", lambda *_: b"x")
    monkeypatch.setattr(os, "setxattr", refuse)

    with contextlib.nullcontext() if is_kept else pytest.raises(FileError, match=f"a: {os.strerror(number)}"):
        _replace(tmp_path / "a")

    assert (tmp_path / "a").read_bytes() == (b"new" if is_kept else b"old")
    assert _hidden(tmp_path) == []


def test_a_file_system_without_attributes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to keep."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    (tmp_path / "a").write_bytes(b"old")
    for name in ("listxattr", "getxattr", "setxattr", "removexattr"):
        monkeypatch.setattr(os, name, refuse)
    _replace(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"new"

    for name in ("listxattr", "getxattr", "setxattr", "removexattr"):
        monkeypatch.delattr(os, name)
    (tmp_path / "a").write_bytes(b"old")
    _replace(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"new"
