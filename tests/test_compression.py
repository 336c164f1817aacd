"""Compressed files: streams of every shape, and the safety of files that plain ones have."""

from __future__ import annotations

import contextlib
import io
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import BAD, CLEAN, COMMAND, GOOD, run
from golden_files import FORMS, formed
from homoglyph_fix.command import compression
from homoglyph_fix.command.compression import ENDINGS, Decompressed, compressor
from homoglyph_fix.errors import FileError

if sys.platform != "linux":
    pytest.skip("needs /proc, pipes with names and limits of files", allow_module_level=True)

TEXT = (BAD + CLEAN).encode() * 50
TEXTS = {"empty": b"", "a": b"a", "text": TEXT, "zeros": bytes(100_000), "noise": random.Random(1).randbytes(200_000)}
KINDS = sorted(FORMS)


def _read(data: bytes, kind: str, size: int = 1 << 20) -> bytes:
    """Decompress in reads of one size."""
    stream = Decompressed(io.BytesIO(data), f".{kind}", "a")
    pieces = []
    while piece := stream.read(size):
        pieces.append(piece)
        if len(piece) < size:
            break
    assert all(len(piece) == size for piece in pieces[:-1])
    return b"".join(pieces)


def test_every_ending_has_its_twin_here() -> None:
    """What is tried below is all there is."""
    assert {f".{kind}" for kind in KINDS} == set(ENDINGS)


@pytest.mark.parametrize("size", [1, 2, 7, 1000, 1 << 21])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_whatever_the_reads(text: bytes, kind: str, size: int) -> None:
    """Each read is full but the last."""
    if len(text) // size > 20_000:
        text = text[: 20_000 * size]

    assert _read(FORMS[kind][0](text), kind, size) == text


@pytest.mark.parametrize("kind", KINDS)
def test_streams_one_after_the_other(kind: str) -> None:
    """As `cat` joins compressed files, with or without zeros between and behind them."""
    one, two = FORMS[kind][0](TEXT), FORMS[kind][0](b"end")

    assert _read(one + two, kind) == TEXT + b"end"
    assert _read(one + bytes(8) + two + bytes(100_000), kind) == TEXT + b"end"
    assert _read(FORMS[kind][0](b"") * 3, kind) == b""


@pytest.mark.parametrize("kind", KINDS)
def test_cut_off_anywhere(kind: str) -> None:
    """Every beginning of a file but the empty one is an error; none gives a text that looks whole."""
    data = FORMS[kind][0](TEXT)

    for end in range(1, len(data)):
        with pytest.raises(FileError, match=r"cut off$"):
            _read(data[:end], kind)
    assert _read(b"", kind) == b""


@pytest.mark.parametrize("behind", [b"x", b"\n", b"garbage" * 9, bytes(4) + b"x"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_follows_the_last_stream(kind: str, behind: bytes) -> None:
    """It would be lost in silence: the file is refused."""
    with pytest.raises(FileError, match=r"damaged|cut off"):
        _read(FORMS[kind][0](TEXT) + behind, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bit_that_has_turned(kind: str) -> None:
    """It is an error, or it changes nothing of the text."""
    data, choice = FORMS[kind][0](TEXT), random.Random(3)
    refused = 0
    for _ in range(200):
        damaged = bytearray(data)
        damaged[choice.randrange(len(data))] ^= 1 << choice.randrange(8)
        try:
            assert _read(bytes(damaged), kind) == TEXT
        except FileError as error:
            refused += str(error).count("\n") == 0
    assert refused > 100


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_the_same_every_time(kind: str) -> None:
    """Neither the time nor a name goes into it, and other programs can read it."""
    made = []
    for _ in range(2):
        maker = compressor(f".{kind}")
        made.append(maker.compress(TEXT) + maker.compress(b"") + maker.flush())

    assert made[0] == made[1]
    assert FORMS[kind][1](made[0]) == TEXT


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_without_a_repair_has_the_same_bytes(kind: str, tmp_path: Path) -> None:
    """It is not compressed anew; one with a repair is, and so is one of another ending."""
    clean, bad = FORMS[kind][0](CLEAN.encode()) * 2, FORMS[kind][0](BAD.encode()) * 2
    (tmp_path / f"clean.{kind}").write_bytes(clean)
    (tmp_path / f"bad.{kind}").write_bytes(bad)
    (tmp_path / "plain").write_text(CLEAN)

    assert run("-o", "out", f"clean.{kind}", f"bad.{kind}", cwd=tmp_path).returncode == 0
    assert run("-o", f"plain.{kind}", "plain", cwd=tmp_path).returncode == 0
    assert run("-o", "decompressed", f"clean.{kind}", cwd=tmp_path).returncode == 0

    assert (tmp_path / "out" / f"clean.{kind}").read_bytes() == clean
    assert FORMS[kind][1]((tmp_path / "out" / f"bad.{kind}").read_bytes()) == GOOD.encode() * 2
    assert FORMS[kind][1]((tmp_path / f"plain.{kind}").read_bytes()) == CLEAN.encode()
    assert (tmp_path / "decompressed").read_text() == CLEAN * 2


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_file_is_not_touched(kind: str, tmp_path: Path) -> None:
    """Same bytes, same times."""
    path = tmp_path / f"a.{kind}"
    path.write_bytes(FORMS[kind][0](CLEAN.encode()))
    os.utime(path, (1, 1))
    before = path.stat()

    assert run("-w", path).returncode == 0

    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize("forms", ["gz", "zst", "cp1251 xz"])
def test_large_files(forms: str, jobs: str, tmp_path: Path) -> None:
    """Several blocks before the first repair, and after it; in place and to another file."""
    path = tmp_path / f"a.{forms.rpartition(' ')[2]}"
    text = CLEAN * 150_000
    path.write_bytes(formed((text + BAD + text).encode(), forms))
    flags = ["--encoding", "cp1251"] if "cp1251" in forms else []

    copied = run(*flags, jobs, "-o", tmp_path / "copy", path)
    written = run(*flags, jobs, "-w", path)

    encoding = flags[-1] if flags else "utf-8"
    expected = (text + GOOD + text).encode(encoding)
    assert (copied.returncode, written.returncode) == (0, 0)
    assert (tmp_path / "copy").read_bytes() == expected
    assert FORMS[path.suffix[1:]][1](path.read_bytes()) == expected


def test_without_what_reads_it(tmp_path: Path) -> None:
    """Without the extra a file that is named is an error which names the extra; in a walk it is counted."""
    (tmp_path / "a.zst").write_bytes(formed(BAD.encode(), "zst"))
    (tmp_path / "plain").write_text(BAD)
    hide = "sys.modules.update({'compression.zstd': None, 'backports.zstd': None})"
    code = f"import sys; {hide}; from homoglyph_fix.command import cli; sys.exit(cli.main())"

    def command(*args: str) -> tuple[int, bytes]:
        done = subprocess.run([sys.executable, "-c", code, *args], cwd=tmp_path, capture_output=True, check=False)
        return done.returncode, done.stderr

    extra = b"pip install 'homoglyph-fix[zstd]'"
    assert command("a.zst") == (2, b"homoglyph-fix: a.zst: .zst files need %b\n" % extra)
    assert command("-o", "b.zst", "plain") == (2, b"homoglyph-fix: plain: .zst files need %b\n" % extra)
    told = b"homoglyph-fix: 2 words to repair in 1 of 1 file\nhomoglyph-fix: 1 file not read: 1 .zst (%b)\n" % extra
    assert command("--check", ".") == (1, told)
    assert sorted(os.listdir(tmp_path)) == ["a.zst", "plain"]  # noqa: PTH208


def test_nothing_is_loaded_for_nothing(tmp_path: Path) -> None:
    """A plain text needs none of the modules for others; bz2 and lzma NumPy loads itself."""
    (tmp_path / "a").write_text(BAD)
    code = "import sys; from homoglyph_fix.command import cli; cli.main(['-q', '-w', '.']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True, text=True).stdout.split()

    assert not {"backports.zstd", "compression.zstd", "chardet", "pathspec", "glob"} & set(loaded)


LIMITED = r"""
import re, sys
from homoglyph_fix.command import cli
status = cli.main()
sys.stderr.write(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1])
sys.exit(status)
"""


@pytest.mark.parametrize("forms", ["gz", "zst", "utf-16-le gz"])
def test_memory_is_bounded(forms: str, tmp_path: Path) -> None:
    """70 MB of text in a small file take no more memory than plain text does."""
    path = tmp_path / f"a.{forms.rpartition(' ')[2]}"
    part = formed((CLEAN * 100_000).encode(), forms)
    path.write_bytes(part * 40 + formed(BAD.encode(), forms))
    args = [sys.executable, "-c", LIMITED, "-j1", "-q", "--encoding", "utf-16-le" if "utf-16-le" in forms else "utf-8"]

    written = subprocess.run([*args, "-w", path], capture_output=True, check=True)
    small = tmp_path / "small"
    small.write_bytes((CLEAN * 300_000).encode(args[-1]))
    plain = subprocess.run([*args, "-o", "/dev/null", small], capture_output=True, check=True)

    assert int(written.stderr) < int(plain.stderr) + 40_000  # kilobytes


# What plain files have: see test_cli.py, test_files.py and test_leftovers.py.

FORMATS = {"a.gz": "gz", "b.bz2": "bz2", "c.xz": "xz", "d.zst": "zst", "e.txt": "cp1251", "f.txt": "utf-16-le", "g.gz": "koi8-u gz"}
"""Files that are repaired with --encoding auto, and what they go through."""

PART = "Наш їжак спить. Oт і все! Це добре рішення для всіх.\n"
WHOLE = "Наш їжак спить. От і все! Це добре рішення для всіх.\n"


def _write_all(folder: Path, text: str = PART) -> None:
    """Write a file of each format."""
    for name, forms in FORMATS.items():
        (folder / name).write_bytes(formed(text.encode(), forms))


def _texts(folder: Path) -> dict[str, str]:
    """Return the text of each file."""
    found = {}
    for name, forms in FORMATS.items():
        data = (folder / name).read_bytes()
        *encoding, last = forms.split()
        if last in FORMS:
            data = FORMS[last][1](data)
        else:
            encoding = [last]
        found[name] = data.decode(*encoding)
    return found


def _hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".homoglyph-fix-*")]


@pytest.mark.parametrize("seed", range(8))
def test_killed_at_any_time(seed: int, tmp_path: Path) -> None:
    """Each file is as before or repaired, whole and in its encoding; a second command finishes the work and clears up."""
    _write_all(tmp_path, PART * 2000)
    args = [*COMMAND, "-w", "--encoding", "auto", "."]
    with subprocess.Popen(args, cwd=tmp_path, stderr=subprocess.DEVNULL) as command:
        end = time.monotonic() + 20
        while not _hidden(tmp_path) and command.poll() is None and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(random.Random(seed).random() * 0.5)
        command.send_signal(signal.SIGKILL)

    assert set(_texts(tmp_path).values()) <= {PART * 2000, WHOLE * 2000}
    assert run(*args[3:], cwd=tmp_path).returncode == 0
    (tmp_path / "a.gz").write_bytes(formed(PART.encode(), "gz"))  # so that there is something to write
    assert run(*args[3:], cwd=tmp_path).returncode == 0
    texts = _texts(tmp_path)
    assert (texts.pop("a.gz"), set(texts.values())) == (WHOLE, {WHOLE * 2000})
    assert sorted(os.listdir(tmp_path)) == sorted(FORMATS)  # noqa: PTH208


@contextlib.contextmanager
def _stalled(folder: Path, *args: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command that stops before its new file takes its place."""
    listen = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    stall = "def stall(*_):\n    os.write(1, b'ready')\n    time.sleep(60)\nos.replace = stall"
    code = f"import os, signal, sys, time\nfrom homoglyph_fix.command import cli\n{listen}\n{stall}\nsys.exit(cli.main())"
    with subprocess.Popen([sys.executable, "-c", code, *args], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout
            assert process.stdout.read(5) == b"ready"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(name: str, number: signal.Signals, tmp_path: Path) -> None:
    """Ended by a signal, the command removes its new file and is quiet."""
    _write_all(tmp_path)

    with _stalled(tmp_path, "-q", "--encoding", "auto", "-w", name) as command:
        command.send_signal(number)
        _, err = command.communicate(timeout=20)

    assert (command.returncode, err) == (128 + number, b"")
    assert set(_texts(tmp_path).values()) == {PART}
    assert _hidden(tmp_path) == []


def _limit() -> None:
    """Let no file grow beyond a few bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


@pytest.mark.parametrize("args", ["-w NAME", "-o new/NAME NAME"])
@pytest.mark.parametrize("name", FORMATS)
def test_full_disk(name: str, args: str, tmp_path: Path) -> None:
    """A new file that cannot be written to the end is removed, the original stays; also where only the end of the stream is too much."""
    noise = "".join(random.Random(1).choices("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя \n", k=30_000))
    _write_all(tmp_path, PART + noise)
    before = (tmp_path / name).read_bytes()

    command = [*COMMAND, "-q", "--encoding", "auto", *args.replace("NAME", name).split()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, preexec_fn=_limit)

    assert (done.returncode, done.stderr.count(b"\n"), b"File too large" in done.stderr) == (2, 1, True)
    assert (tmp_path / name).read_bytes() == before
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.name not in FORMATS]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("change", ["vanishes", "changes"])
def test_a_file_that_vanishes_or_changes(name: str, change: str, tmp_path: Path) -> None:
    """It is missed by its name, or kept as the other program has left it."""
    _write_all(tmp_path)
    path = tmp_path / name
    action = f"os.unlink({str(path)!r})" if change == "vanishes" else f"open({str(path)!r}, 'ab').write(b'more')"
    code = f"""
import os, sys
from homoglyph_fix.command import cli, writing
start = writing.InPlaceSink.close
def close(self):
    {action}
    start(self)
writing.InPlaceSink.close = close
sys.exit(cli.main())
"""
    done = subprocess.run(
        [sys.executable, "-c", code, "-q", "--encoding", "auto", "-w", name], cwd=tmp_path, capture_output=True, check=False
    )

    problem = b"No such file or directory" if change == "vanishes" else b"changed by another program meanwhile, not replaced"
    assert (done.returncode, done.stderr) == (2, b"homoglyph-fix: %b: %b\n" % (name.encode(), problem))
    assert path.exists() == (change == "changes")
    assert _hidden(tmp_path) == []


@pytest.mark.parametrize("name", FORMATS)
def test_pipes(name: str, tmp_path: Path) -> None:
    """A pipe with such a name is read as its ending says, copied, but not replaced; a reader that stops ends the command quietly."""
    _write_all(tmp_path)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)

    def answer(*args: str) -> subprocess.CompletedProcess[bytes]:
        writer = threading.Thread(target=lambda: (tmp_path / name).write_bytes(data))
        writer.start()
        done = run("-q", "--encoding", "auto", *args, name, cwd=tmp_path)
        writer.join()
        return done

    encodings = [form for form in FORMATS[name].split() if form not in FORMS]
    assert answer().stdout.decode(*encodings) == WHOLE
    assert answer("-o", "copy.gz").returncode == 0
    assert FORMS["gz"][1]((tmp_path / "copy.gz").read_bytes()).decode(*encodings) == WHOLE
    refused = run("-w", name, cwd=tmp_path)
    assert refused.stderr == f"homoglyph-fix: {name}: not a regular file, cannot be replaced\n".encode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_reader_that_stops(name: str, tmp_path: Path) -> None:
    """`| head` ends the command without a word."""
    _write_all(tmp_path)
    ours, theirs = os.pipe()
    os.close(ours)

    command = [*COMMAND, "-q", "--encoding", "auto", name]
    done = subprocess.run(command, cwd=tmp_path, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)

    assert (done.returncode, done.stderr) == (141, b"")


def test_modules_by_the_version_of_python() -> None:
    """The standard library has them all from 3.14 on."""
    assert set(compression._MODULES) == set(ENDINGS)
    assert all(compression.missing_module(ending) == "" for ending in ENDINGS)
