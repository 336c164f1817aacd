"""Repairs undone: by patch and git from what --patch has written, by backups, and after whatever came between."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from commands import BAD, CLEAN, COMMAND, GOOD, run
from homoglyph_fix.command.outcome import Outcome
from homoglyph_fix.command.reading import Piece, Source
from homoglyph_fix.command.undo import Patch, Undoing
from homoglyph_fix.command.writing import InPlaceSink
from homoglyph_fix.errors import FileError, UsageError


def _is_gnu_patch() -> bool:
    """Tell whether there is the program; that of BSD reads no names in quotes."""
    found = shutil.which("patch")
    return found is not None and b"GNU patch" in subprocess.run([found, "--version"], capture_output=True, check=False).stdout


needs_patch = pytest.mark.skipif(not _is_gnu_patch(), reason="needs GNU patch")
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="mounts a file system")

WAYS = [
    pytest.param(["patch", "-R", "-p0", "-i"], marks=needs_patch, id="patch"),
    pytest.param(["git", "apply", "-R", "-p0"], marks=needs_git, id="git"),
]
"""Commands that take a patch back, without its name."""

TEXTS = {
    "line ends": f"{BAD}{BAD[:-1]}\r\n{BAD[:-1]}\r{CLEAN}\r\n",
    "no final line end": f"{CLEAN}{BAD[:-1]}",
    "no final line end, clean": f"{BAD}{CLEAN[:-1]}",
    "one line": BAD,
    "one line without its end": BAD[:-1],
    "two hunks": BAD + CLEAN * 7 + BAD,
    "one hunk": BAD + CLEAN * 6 + BAD,
    "only carriage returns": f"{BAD[:-1]}\r{CLEAN[:-1]}\r",
    "controls": f"\x1b[1m{BAD[:-1]}\x1b[0m\x07\x0b\x0c\x85\u2028\n{CLEAN}",
    "byte order mark": f"\ufeff{BAD}{CLEAN}",
    "signs of a patch": f"--- a.txt\n+++ b.txt\n@@ -1 +1 @@\n-{BAD}\\ No newline at end of file\n\n\n{BAD}diff --git a/x b/x\n",
    "blanks": f" \n\t{BAD}\n \n\n{BAD}  \n",
}
NAMES = [
    *("a.txt", "a b.txt", "a 2020-01-01 10:00:00", "d/ e/f g", "їжак.txt", "їжак і вуж.txt", "-R", " before", "behind "),
    *("tab\tin", "tab behind\t", "line\nend", '"q".txt', "'", "back\\slash", "behind\\"),
    *map(os.fsdecode, [b"odd\xff.txt", b"odd \xff.txt"]),
]


def _tree(folder: Path) -> dict[bytes, bytes]:
    """Return every file below a folder."""
    paths = [Path(root) / name for root, _, names in os.walk(folder) for name in names]
    return {os.fsencode(path.relative_to(folder)): path.read_bytes() for path in paths}


def _write(path: Path, text: str | bytes) -> None:
    """Write a file, and the folder that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def _undo(way: list[str], folder: Path, patch: Path, status: int = 0) -> None:
    """Take a patch back in a folder."""
    done = subprocess.run([*way, str(patch)], cwd=folder, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == status, done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in no repository."""
    (tmp_path / "t").mkdir()
    return tmp_path / "t"


@pytest.mark.parametrize("way", WAYS)
def test_every_text_comes_back(way: list[str], folder: Path, tmp_path: Path) -> None:
    """Byte for byte, whatever ends its lines and stands in them."""
    for name, text in TEXTS.items():
        _write(folder / name, text)
    before = _tree(folder)

    done = run("-w", "--patch", tmp_path / "undo", ".", cwd=folder)
    after = _tree(folder)
    _undo(way, folder, tmp_path / "undo")

    assert done.returncode == 0, done.stderr
    assert [name for name in before if before[name] == after[name]] == []
    assert before == _tree(folder)


PIECES = [
    *(BAD[:-1], CLEAN[:-1], "\n", "\n", "\n", "\r", "\r\n", "\\", "\0", "\t", " ", "\x0c", "\x85", "\u2028"),
    *("+", "-", "--- ", "+++ b\n", "@@ -1 +1 @@\n"),
]


@pytest.mark.parametrize("way", WAYS)
def test_chance_texts_come_back(way: list[str], folder: Path, tmp_path: Path) -> None:
    """Two hundred files, put together of what might disturb."""
    chance = random.Random(4)
    names = [f"{number}" for number in range(200)]
    for name in names:
        _write(folder / name, "".join(chance.choices(PIECES, k=chance.randrange(1, 60))))
    before = _tree(folder)

    done = run("-w", "--patch", tmp_path / "undo", *names, cwd=folder)
    after = _tree(folder)
    _undo(way, folder, tmp_path / "undo")

    assert done.returncode == 0, done.stderr
    assert sum(before[name] != after[name] for name in before) > 100
    assert before == _tree(folder)


@pytest.mark.parametrize("way", WAYS)
def test_every_name_is_found(way: list[str], folder: Path, tmp_path: Path) -> None:
    """As patch and git read names, which both write otherwise."""
    for number, name in enumerate(NAMES):
        _write(folder / name, BAD + f"{number}\n")
    before = _tree(folder)

    done = run("-w", "--patch", tmp_path / "undo", ".", cwd=folder)
    after = _tree(folder)
    _undo(way, folder, tmp_path / "undo")

    assert done.returncode == 0, done.stderr
    assert len(before) == len(NAMES)
    assert [name for name in before if before[name] == after[name]] == []
    assert before == _tree(folder)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "mac-cyrillic", "iso8859-5", "cp1125"])
@pytest.mark.parametrize("way", WAYS)
def test_every_encoding_comes_back(way: list[str], encoding: str, folder: Path, tmp_path: Path) -> None:
    """Of bytes the patch knows lines only."""
    _write(folder / "a.txt", (CLEAN + BAD + CLEAN).encode(encoding))
    before = _tree(folder)

    run("-w", "--encoding", encoding, "--patch", tmp_path / "undo", "a.txt", cwd=folder)
    after = _tree(folder)
    _undo(way, folder, tmp_path / "undo")

    assert after == {b"a.txt": (CLEAN + GOOD + CLEAN).encode(encoding)}
    assert before == _tree(folder)


@pytest.mark.parametrize("way", WAYS)
def test_a_file_of_many_blocks(way: list[str], folder: Path, tmp_path: Path) -> None:
    """Lines are counted on from block to block, in several processes too."""
    _write(folder / "a.txt", (CLEAN * 100_000 + BAD) * 3 + CLEAN[:-1])
    before = _tree(folder)

    run("-w", "-j2", "--patch", tmp_path / "undo", ".", cwd=folder)
    _undo(way, folder, tmp_path / "undo")

    assert (tmp_path / "undo").read_text().count("@@ -") == 3
    assert before == _tree(folder)


@needs_patch
def test_the_diff_made_before_undoes_as_well(folder: Path, tmp_path: Path) -> None:
    """As long as no line has characters that a terminal would obey: those are shown escaped."""
    for name in ("one line", "two hunks", "no final line end"):
        _write(folder / name, TEXTS[name])
    before = _tree(folder)

    (tmp_path / "undo").write_bytes(run("--diff", ".", cwd=folder).stdout)
    run("-w", ".", cwd=folder)
    _undo(["patch", "-R", "-p0", "-i"], folder, tmp_path / "undo")

    assert before == _tree(folder)


@needs_patch
@pytest.mark.parametrize("place", [".", "below", "beside"])
def test_the_patch_says_how_it_is_used(place: str, folder: Path) -> None:
    """Its first line is the command, wherever that was started: patch takes no name that leads up or to the root."""
    for name in ("below/a.txt", "beside/b c.txt"):
        _write(folder / name, BAD)
    before = _tree(folder)

    run("-w", "--patch", "undo it", folder / "below/a.txt", folder / "beside", cwd=folder / place)
    written = folder / place / "undo it"
    line = written.read_text().splitlines()[0].partition(": ")[2]
    done = subprocess.run(["sh", "-c", line], cwd=folder / place, capture_output=True, check=False, timeout=60)
    written.unlink()

    assert done.returncode == 0, done.stdout + done.stderr
    assert before == _tree(folder)


def test_the_patch_is_private(folder: Path) -> None:
    """It has lines of files that others may not read."""
    _write(folder / "a.txt", BAD)

    run("-w", "--patch", "undo", "a.txt", cwd=folder)

    assert stat.S_IMODE((folder / "undo").stat().st_mode) == 0o600


def test_several_disks_have_no_common_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Windows says of C: and D: is told in words."""

    def refuse(_: object) -> str:
        raise ValueError("Paths don't have the same drive")

    monkeypatch.setattr(os.path, "commonpath", refuse)

    with pytest.raises(UsageError, match="several disks"):
        Patch("undo", ["a", "b"])


def test_a_file_that_is_not_replaced_is_in_neither(folder: Path) -> None:
    """Its hunks have been written when the bad byte is met, and are cut off."""
    _write(folder / "a.txt", (BAD + CLEAN * 10 + BAD + CLEAN * 100_000).encode() + b"\xff" + BAD.encode())
    _write(folder / "b.txt", BAD)

    done = run("-w", "--patch", "undo", "--backup", ".bak", "a.txt", "b.txt", cwd=folder)

    assert done.returncode == 2
    assert sorted(_tree(folder)) == [b"a.txt", b"b.txt", b"b.txt.bak", b"undo"]
    assert (folder / "undo").read_text().splitlines()[1:] == ["--- b.txt", "+++ b.txt", "@@ -1 +1 @@", f"-{BAD[:-1]}", f"+{GOOD[:-1]}"]


@pytest.mark.parametrize("suffix", [None, ".bak"])
def test_lines_that_are_no_pairs(suffix: str | None, folder: Path) -> None:
    """A packed document has other bytes throughout when it is repaired, line ends too: no patch of it is tried."""
    path = folder / "a.bin"
    path.write_bytes(b"PK\n")
    source = Source(str(path), str(path), "", "", state=path.stat())
    sink = InPlaceSink(source, set(), Undoing(suffix, Patch(str(folder / "undo"), [str(path)])))

    with pytest.raises(FileError, match="a document cannot be repaired with a patch") if suffix is None else nullcontext():
        sink.block(Piece(source, b"PK\n", last=True), Outcome(b"P\n\nK", shown=(BAD.encode(), GOOD.encode())))
        sink.close()
    sink.abort()

    assert _tree(folder) == ({b"a.bin": b"PK\n"} if suffix is None else {b"a.bin": b"P\n\nK", b"a.bin.bak": b"PK\n"})


def test_a_backup_is_the_old_file(folder: Path) -> None:
    """With its mode and times, and no byte of it is written anew."""
    path = folder / "a.txt"
    _write(path, BAD)
    path.chmod(0o750)
    os.utime(path, (1, 1))
    before = path.stat()

    run("-w", "--backup=~", path)

    kept = (folder / "a.txt~").stat()
    assert (kept.st_ino, kept.st_mode, kept.st_mtime_ns) == (before.st_ino, before.st_mode, before.st_mtime_ns)
    assert path.read_text() == GOOD


NO_LINKS = "import errno\ndef refuse(*_): raise OSError(errno.EPERM, 'no links')\nos.link = refuse"


def _started(code: str, *args: object, cwd: Path) -> subprocess.Popen[bytes]:
    """Start the command after some code that gets in its way."""
    script = f"import os, signal, sys, time\nfrom homoglyph_fix.command import cli\n{code}\nsys.exit(cli.main())"
    return subprocess.Popen([sys.executable, "-c", script, *map(str, args)], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_backup_where_there_are_no_links(folder: Path) -> None:
    """It is a copy then, with mode and times; one that is there stays."""
    for name in ("a.txt", "b.txt", "c.txt"):
        _write(folder / name, BAD)
        (folder / name).chmod(0o640)
        os.utime(folder / name, (1, 1))
    _write(folder / "b.txt.bak", "kept")
    _write(folder / "c.txt.bak", BAD)

    with _started(NO_LINKS, "-w", "--backup", ".bak", ".", cwd=folder) as command:
        _, err = command.communicate(timeout=60)

    kept = (folder / "a.txt.bak").stat()
    assert (stat.S_IMODE(kept.st_mode), kept.st_mtime) == (0o640, 1)
    assert b"b.txt: not replaced: there is another backup, ./b.txt.bak\n" in err
    assert [(folder / name).read_text() for name in ("a.txt", "a.txt.bak", "b.txt", "b.txt.bak")] == [GOOD, BAD, BAD, "kept"]
    assert [(folder / name).read_text() for name in ("c.txt", "c.txt.bak")] == [GOOD, BAD]
    assert len(_tree(folder)) == 6


def test_a_failed_replacing_keeps_nothing(folder: Path) -> None:
    """The last step fails: the file is as it was, and stands nowhere else."""
    _write(folder / "a.txt", BAD)
    code = "import errno\ndef refuse(*_): raise OSError(errno.EIO, 'no')\nos.replace = refuse"

    with _started(code, "-w", "--backup", ".bak", "--patch", "undo", "a.txt", cwd=folder) as command:
        command.communicate(timeout=60)

    assert command.returncode == 2
    assert _tree(folder) == {b"a.txt": BAD.encode()}


@pytest.mark.parametrize("when", ["before", "behind"])
def test_interrupted_at_the_last_step(when: str, folder: Path) -> None:
    """Ctrl-C: what is replaced can be undone, of what is not nothing is kept."""
    _write(folder / "a.txt", BAD)
    code = f"""
replace = os.replace
def interrupt(*args):
    {"replace(*args)" if when == "behind" else "pass"}
    raise KeyboardInterrupt
os.replace = interrupt
"""
    with _started(code, "-w", "--backup", ".bak", "--patch", "undo", "a.txt", cwd=folder) as command:
        command.communicate(timeout=60)

    assert command.returncode == 130
    if when == "before":
        assert _tree(folder) == {b"a.txt": BAD.encode()}
    else:
        assert sorted(_tree(folder)) == [b"a.txt", b"a.txt.bak", b"undo"]
        assert [(folder / name).read_text() for name in ("a.txt", "a.txt.bak")] == [GOOD, BAD]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do everything")
def test_read_only_folder(folder: Path) -> None:
    """Nothing can be kept there, so nothing is replaced."""
    _write(folder / "d" / "a.txt", BAD)
    (folder / "d").chmod(0o555)

    done = run("-w", "--backup", ".bak", "--patch", "undo", "d/a.txt", cwd=folder)

    assert (done.returncode, b"Permission denied" in done.stderr) == (2, True)
    assert _tree(folder) == {b"d/a.txt": BAD.encode()}


@needs_patch
def test_killed_at_any_moment(folder: Path, tmp_path: Path) -> None:
    """Every file is the old one or the new one; every new one comes back from the patch, and its backup is the old one."""
    names = [f"{number:03}.txt" for number in range(100)]
    chance = random.Random(6)
    killed = 0
    for _ in range(8):
        for name in names:
            _write(folder / name, BAD + CLEAN * 20 + BAD)
        before = _tree(folder)
        with subprocess.Popen(
            [*COMMAND, "-w", "--backup", ".bak", "--patch", str(tmp_path / "undo"), "."], cwd=folder, stderr=subprocess.PIPE
        ) as command:
            assert command.stderr
            command.stderr.readline()  # the first file is done
            time.sleep(chance.random() * 0.2)
            command.kill()
        killed += command.returncode == -signal.SIGKILL
        files = _tree(folder)
        replaced = [name for name in before if files[name] != before[name]]

        assert replaced
        assert all(files[name] == (GOOD + CLEAN * 20 + GOOD).encode() for name in replaced)
        assert all(files[name + b".bak"] == before[name] for name in replaced)
        subprocess.run(
            ["patch", "-R", "-p0", "--force", "-i", str(tmp_path / "undo")], cwd=folder, capture_output=True, check=False, timeout=60
        )
        assert before.items() <= _tree(folder).items()
        shutil.rmtree(folder)
        folder.mkdir()
        (tmp_path / "undo").unlink()
    assert killed


@needs_patch
def test_a_patch_that_is_cut_off(folder: Path, tmp_path: Path) -> None:
    """Wherever its last piece ends, when a command is killed in the middle of that: the pieces before hold."""
    for name in ("a.txt", "b.txt", "c.txt"):
        _write(folder / name, CLEAN + BAD + CLEAN)
    before = _tree(folder)
    run("-w", "--patch", tmp_path / "undo", ".", cwd=folder)
    after = _tree(folder)
    whole = (tmp_path / "undo").read_bytes()

    for size in range(whole.index(b"--- c.txt"), len(whole), 3):
        _write(tmp_path / "cut", whole[:size])
        command = ["patch", "-R", "-p0", "--force", "-i", str(tmp_path / "cut")]
        subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
        assert [_tree(folder)[name] for name in (b"a.txt", b"b.txt")] == [before[b"a.txt"], before[b"b.txt"]]
        for path, data in after.items():
            _write(folder / os.fsdecode(path), data)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 KB."""
    (tmp_path / "disk").mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(tmp_path / "disk")], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"needs the right to mount: {mounted.stderr.decode().strip()}")
    yield tmp_path / "disk"
    subprocess.run(["umount", str(tmp_path / "disk")], check=True)


@linux_only
def test_read_only_disk(small_disk: Path, tmp_path: Path) -> None:
    """For root too: nothing is replaced, and nothing stands in the patch."""
    _write(small_disk / "a.txt", BAD)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    done = run("-w", "--backup", ".bak", "--patch", tmp_path / "undo", "a.txt", cwd=small_disk)

    assert (done.returncode, done.stderr) == (2, b"homoglyph-fix: a.txt: Permission denied\n")
    assert _tree(small_disk) == {b"a.txt": BAD.encode()}
    assert not (tmp_path / "undo").exists()


@linux_only
@pytest.mark.parametrize("has_links", [True, False])
def test_full_disk(has_links: bool, small_disk: Path) -> None:
    """Where there is no room for what would undo the repair nothing is lost, and nothing is left behind."""
    _write(small_disk / "a.txt", BAD + CLEAN * 8000)  # 144 KB: there is room for one more of these, not for two
    before = _tree(small_disk)

    with _started("" if has_links else NO_LINKS, "-w", "--backup", ".bak", "a.txt", cwd=small_disk) as command:
        _, err = command.communicate(timeout=60)

    if has_links:
        assert command.returncode == 0
        assert _tree(small_disk)[b"a.txt.bak"] == before[b"a.txt"]
    else:
        assert (command.returncode, err) == (2, b"homoglyph-fix: a.txt.bak: No space left on device\n")
        assert _tree(small_disk) == before


@linux_only
def test_full_disk_for_the_patch(small_disk: Path, folder: Path) -> None:
    """It ends the command: further files could not be undone either. What is replaced is in the patch."""
    for name in ("a.txt", "b.txt", "c.txt"):
        _write(folder / name, BAD * 4000)  # a patch of 270 KB for each
    before = _tree(folder)

    done = run("-w", "--patch", small_disk / "undo", ".", cwd=folder)
    written = (small_disk / "undo").read_bytes()

    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"homoglyph-fix: {small_disk}/undo: No space left on device".encode())
    assert [name for name, data in _tree(folder).items() if data != before[name]] == [b"a.txt"]
    assert written.count(b"--- ") == 1
    assert written.endswith(f"+{GOOD}".encode())
