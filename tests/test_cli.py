"""The command as a user meets it: goldens run in this process, and what needs a process of its own."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import golden_files
from commands import BAD, CLEAN, COMMAND, GOOD
from commands import run as _run
from homoglyph_fix.command import output
from homoglyph_fix.command.cli import main
from homoglyph_fix.command.console import say

GOLDENS = sorted((Path(__file__).parent / "cli_goldens").glob("*.txt"))
assert GOLDENS, "no goldens found"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc or writes to /dev/full")


@pytest.fixture
def stdin() -> Iterator[Callable[[Path], None]]:
    """Let a file be standard input of this process for the time of a test."""
    saved = os.dup(0)

    def use(path: Path) -> None:
        with path.open("rb") as file:
            os.dup2(file.fileno(), 0)

    yield use
    os.dup2(saved, 0)
    os.close(saved)


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.stem)
def test_golden(
    path: Path,
    tmp_path: Path,
    stdin: Callable[[Path], None],
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The command answers as written, touches what it should and nothing else."""
    golden = golden_files.load(path)
    folder = tmp_path / "folder"
    folder.mkdir()
    golden.prepare(folder)
    (tmp_path / "stdin").write_bytes(golden.stdin)
    stdin(tmp_path / "stdin")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "1000")
    for name, value in golden.env.items():
        monkeypatch.setenv(name, value)

    status = _status(golden.args)

    out, err = capfdbinary.readouterr()
    assert golden_files.matches(golden.stderr, err), err.decode(errors="replace")
    assert golden_files.matches(golden.stdout, out), out.decode(errors="replace")
    assert status == golden.exit
    assert _files(folder) == golden.expected_files()
    assert all((folder / name).is_symlink() for name in golden.links)


def _status(args: Sequence[str]) -> object:
    """Run the command here; argparse ends it by SystemExit."""
    try:
        return main(args)
    except SystemExit as end:
        return end.code


def _files(folder: Path) -> dict[str, bytes]:
    """Return every regular file below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(folder)): golden_files.decompressed(path.name, path.read_bytes()) for path in found}


def _content(folder: Path) -> list[str]:
    """Return the names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start the command in a process group of its own, after some code that gets in its way."""
    with contextlib.ExitStack() as stack:

        def start_with(code: str, *args: object) -> subprocess.Popen[bytes]:
            # A shell that runs the tests in the background lets what they start ignore Ctrl-C.
            listen = "signal.signal(signal.SIGINT, signal.default_int_handler)"
            begin = "import os, signal, sys, time\nfrom homoglyph_fix import Normalizer\nfrom homoglyph_fix.command import cli"
            script = f"{begin}\n{listen}\n{code}\nsys.exit(cli.main())"
            command = [sys.executable, "-c", script, *map(str, args)]
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
            )
            stack.enter_context(process)
            stack.callback(_kill_group, process.pid)
            return process

        yield start_with


def _kill_group(pid: int) -> None:
    """Let nothing outlive a test that failed."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _wait_ready(process: subprocess.Popen[bytes]) -> None:
    """Wait until the code in the way has been reached."""
    assert process.stdout
    assert process.stdout.read(5) == b"ready"


STALL = """
def stall(*_):
    os.write(1, b"ready")
    time.sleep(60)
"""
STALL_WORK = STALL + "Normalizer.normalize_utf8 = stall"
STALL_REPLACING = STALL + "os.replace = stall"


def test_module_is_the_command() -> None:
    """`python -m homoglyph_fix` is a filter as well."""
    done = _run(data=BAD.encode())

    assert (0, GOOD.encode(), b"") == (done.returncode, done.stdout, done.stderr)


def test_help_and_version() -> None:
    """Both go to standard output and leave with 0."""
    assert b"exit status" in _run("--help").stdout
    assert _run("--version").stdout.startswith(b"homoglyph-fix")
    assert _run("--version").returncode == 0


def test_help_loads_nothing_heavy() -> None:
    """The module with the options needs no worker, no NumPy and no file of data of its own."""
    code = "import sys; import homoglyph_fix; a = set(sys.modules); import homoglyph_fix.command.cli; print(*set(sys.modules) - a)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()

    assert not {"numpy", "concurrent.futures", "multiprocessing", "homoglyph_fix.command.run", "tempfile"} & set(loaded)


@pytest.mark.parametrize("args", [["a.txt"], ["--check", "a.txt"], ["--diff", "a.txt"], ["-q", "-w", "a.txt"]], ids=" ".join)
def test_names_are_loaded_when_they_are_read(args: list[str], tmp_path: Path) -> None:
    """Programs read no names of characters, and wait for none."""
    (tmp_path / "a.txt").write_text(BAD)
    code = f"import sys; from homoglyph_fix.command.cli import main; main({args}); print(*sys.modules, file=sys.stderr)"

    loaded = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True, text=True).stderr.split()

    assert "homoglyph_fix.command.run" in loaded
    assert not {"unicodedata2", "difflib", "ftfy", "shlex", "homoglyph_fix.command.undo"} & set(loaded)


def test_large_input_in_blocks(tmp_path: Path) -> None:
    """Input of several blocks gives the same by a file, a pipe, one process and two."""
    clean = CLEAN * 100_000
    text = (clean + BAD + clean + CLEAN.strip()).encode()
    (tmp_path / "a.txt").write_bytes(text)
    expected = (clean + GOOD + clean + CLEAN.strip()).encode()

    assert expected == _run("-j1", tmp_path / "a.txt").stdout
    assert expected == _run("-j2", tmp_path / "a.txt").stdout
    assert expected == _run("-j2", data=text).stdout
    assert f"{tmp_path}/a.txt:100001:12: poбoтy".encode() in _run("--check", "-j2", tmp_path / "a.txt").stdout


def test_bad_byte_in_a_later_block(tmp_path: Path) -> None:
    """The offset counts from the start of the file; whole blocks before it have been written to standard output only."""
    head = (CLEAN * 200_000).encode()
    path = tmp_path / "a.txt"
    path.write_bytes(BAD.encode() + head + b"\xff" + head)
    before = path.read_bytes()
    offset = before.index(b"\xff")

    shown = _run(path)
    written = _run("-w", path)

    assert (2, f"homoglyph-fix: {path}: not UTF-8 at byte {offset}\n".encode()) == (shown.returncode, shown.stderr)
    assert (GOOD.encode() + head).startswith(shown.stdout)
    assert shown.stdout
    assert (2, b"", shown.stderr) == (written.returncode, written.stdout, written.stderr)
    assert path.read_bytes() == before
    assert _content(tmp_path) == ["a.txt"]


def test_reader_that_stops() -> None:
    """`| head` ends the command without a word."""
    ours, theirs = os.pipe()
    os.close(ours)

    done = subprocess.run(COMMAND, input=CLEAN.encode(), stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)

    assert (done.returncode, done.stderr) == (141, b"")


@linux_only
def test_full_disk_on_standard_output(tmp_path: Path) -> None:
    """One line, exit 2, and the command ends."""
    (tmp_path / "a.txt").write_text(BAD)
    with Path("/dev/full").open("wb") as full:
        args = [*COMMAND, str(tmp_path / "a.txt"), str(tmp_path / "no.txt")]
        done = subprocess.run(args, stdout=full, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr) == (2, b"homoglyph-fix: <stdout>: No space left on device\n")


@linux_only
def test_full_disk_on_output_file(tmp_path: Path) -> None:
    """A device named as output is written, not replaced; its error is one line."""
    (tmp_path / "a.txt").write_text(BAD)

    done = _run("-o", "/dev/full", tmp_path / "a.txt")

    assert (done.returncode, done.stderr) == (2, b"homoglyph-fix: /dev/full: No space left on device\n")
    assert Path("/dev/full").is_char_device()


def test_full_disk_in_place(tmp_path: Path, start: Start) -> None:
    """A new file that cannot be written to the end is removed, the original stays, the next file is done."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BAD + CLEAN * (100_000 if name == "a.txt" else 1))
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))"
    )

    command = start(limit, "-w", tmp_path / "a.txt", tmp_path / "b.txt")
    _, err = command.communicate()

    assert (2, f"homoglyph-fix: {tmp_path}/a.txt: File too large".encode()) == (command.returncode, err.splitlines()[0])
    assert (tmp_path / "a.txt").read_text().startswith(BAD)
    assert (tmp_path / "b.txt").read_text() == GOOD + CLEAN
    assert _content(tmp_path) == ["a.txt", "b.txt"]


def test_kill_leaves_the_original(tmp_path: Path, start: Start) -> None:
    """Killed when the new file is complete but not in place, the original is intact."""
    (tmp_path / "a.txt").write_text(BAD)
    command = start(STALL_REPLACING, "-w", tmp_path / "a.txt")
    _wait_ready(command)

    command.kill()
    command.communicate()

    assert (tmp_path / "a.txt").read_text() == BAD


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_interrupted(tmp_path: Path, start: Start, number: signal.Signals, status: int) -> None:
    """Ended by a signal, the command removes its new file and is quiet."""
    (tmp_path / "a.txt").write_text(BAD)
    command = start(STALL_REPLACING, "-w", tmp_path / "a.txt")
    _wait_ready(command)

    os.killpg(command.pid, number)
    _, err = command.communicate(timeout=10)

    assert (status, b"") == (command.returncode, err)
    assert _content(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == BAD


def test_interrupted_at_work_in_several_processes(tmp_path: Path, start: Start) -> None:
    """Ctrl-C reaches the workers too; nobody complains."""
    (tmp_path / "a.txt").write_text(BAD)
    command = start(STALL_WORK, "-j2", "-w", tmp_path / "a.txt")
    _wait_ready(command)

    os.killpg(command.pid, signal.SIGINT)
    _, err = command.communicate(timeout=10)

    assert (command.returncode, err) == (130, b"")


@linux_only
def test_worker_that_dies(tmp_path: Path, start: Start) -> None:
    """A worker that is killed is told in one line, and nothing is half written."""
    (tmp_path / "a.txt").write_text(BAD)
    command = start(STALL_WORK, "-j2", "-w", tmp_path / "a.txt")
    _wait_ready(command)

    for child in _children(command.pid):
        os.kill(child, signal.SIGKILL)
    _, err = command.communicate(timeout=10)

    assert (command.returncode, err.count(b"\n"), b"worker process" in err) == (2, 1, True)
    assert _content(tmp_path) == ["a.txt"]


@linux_only
def test_workers_end_with_their_parent(tmp_path: Path, start: Start) -> None:
    """A command that is killed leaves no process behind."""
    (tmp_path / "a.txt").write_text(BAD)
    command = start(STALL_WORK, "-j2", tmp_path / "a.txt")
    _wait_ready(command)
    children = _children(command.pid)

    command.kill()
    command.communicate(timeout=10)  # until the last worker has closed its end of the pipes

    assert len(children) == 1  # the command works too
    end = time.monotonic() + 10
    while any(_is_alive(child) for child in children) and time.monotonic() < end:
        time.sleep(0.01)
    assert not any(_is_alive(child) for child in children)


def _children(pid: int) -> list[int]:
    """Return the processes begun by a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that is dead and not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(("closed", "status"), [("<&-", 2), (">&-", 2), ("2>&-", 0)])
def test_closed_standard_files(tmp_path: Path, closed: str, status: int) -> None:
    """Without standard input or output there is an error; without standard error there is silence."""
    (tmp_path / "a.txt").write_text(BAD)
    argument = "" if closed == "<&-" else "a.txt"
    line = f"{sys.executable} -m homoglyph_fix {argument} {closed}"

    done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, check=False, timeout=60)

    assert status == done.returncode
    assert done.stderr.count(b"\n") == (1 if status else 0)
    assert done.stdout == (b"" if status else GOOD.encode())


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    """After a while a terminal shows how far the work is; the line is gone at the end."""
    (tmp_path / "a.txt").write_text(CLEAN)
    ours, theirs = pty.openpty()
    code = "from homoglyph_fix.command import console; console._DELAY = 0.0"
    script = f"import sys\n{code}\nfrom homoglyph_fix.command import cli\nsys.exit(cli.main())"

    command = [sys.executable, "-c", script, "--check", str(tmp_path), str(tmp_path / "a.txt")]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)

    assert "0.0 MB of 0.0 MB" in shown
    assert shown.endswith("\r\x1b[K")


def _on_a_terminal(*args: object, talks: bool = False, **env: str) -> str:
    """Return what the command shows where its standard output is a terminal; with `talks` its standard error as well."""
    ours, theirs = pty.openpty()
    settings = {**os.environ, "TERM": "xterm", **env}
    subprocess.run([*COMMAND, *map(str, args)], stdout=theirs, stderr=theirs if talks else subprocess.DEVNULL, env=settings, check=False)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    return shown.replace("\r\n", "\n")


def test_findings_on_a_terminal(tmp_path: Path) -> None:
    """They are in colour and with their line; NO_COLOR and a terminal that has none leave brackets, --format the form."""
    path = tmp_path / "a.txt"
    path.write_text("Oт і все!\n")
    brackets = f"{path}:1:1    [O]т → [О]т   known-word\n   1 │ [O]т і все!\n     │  ^ Latin O U+004F\n"

    shown = _on_a_terminal("--check", path)

    assert f"\x1b[1m{path}\x1b[0m:1:1    \x1b[1;4;31mO\x1b[0mт " in shown
    assert shown.endswith("^\x1b[0m Latin O U+004F\n")
    assert _on_a_terminal("--check", path, NO_COLOR="1") == _on_a_terminal("--check", path, TERM="dumb") == brackets
    assert _on_a_terminal("--check", "--color", "never", path, FORCE_COLOR="1") == brackets
    assert _on_a_terminal("--check", "--format", "short", path, NO_COLOR="1") == f"{path}:1:1: Oт -> От (known-word)\n"


def test_what_to_do_next_on_a_terminal(tmp_path: Path) -> None:
    """Whoever looks on sees the closing line in bold, and hints, of -w where it would do something; a pipe or -q gets neither."""
    path = tmp_path / "a.txt"
    path.write_text("Oт і все!\n")
    (tmp_path / "b.txt").write_text("Хочу NАТО.\n")

    def end(*args: object, **env: str) -> list[str]:
        return _on_a_terminal(*args, talks=True, **env).split("\n")[-7:]

    assert end("--check", tmp_path) == [
        "",
        "homoglyph-fix: \x1b[1m1 word to repair in 1 of 2 files, 1 to decide\x1b[0m",
        "\x1b[2m  -w instead of --check  repairs them\x1b[0m",
        "\x1b[2m  --explain WORD         tells why a word is here\x1b[0m",
        "\x1b[2m  --keep WORD            lets a word stay\x1b[0m",
        "\x1b[2m  --report FILE          makes a page of them, to look through in a browser\x1b[0m",
        "",
    ]
    assert end("--check", path, NO_COLOR="1")[1:3] == [
        "homoglyph-fix: 1 word to repair in 1 of 1 file",
        "  -w instead of --check  repairs them",
    ]
    assert end("--check", tmp_path / "b.txt", NO_COLOR="1")[2:] == [
        "homoglyph-fix: nothing to repair, 1 to decide",
        "  --explain WORD         tells why a word is here",
        "  --keep WORD            lets a word stay",
        "  --report FILE          makes a page of them, to look through in a browser",
        "",
    ]
    assert "--explain" not in _on_a_terminal("--check", "--format", "short", path, talks=True)
    assert "--explain" not in _on_a_terminal("--check", "-q", path, talks=True)
    assert "\x1b[1m1 word in 1 of 1 file repaired\x1b[0m\n" in _on_a_terminal("-w", path, talks=True)


def test_a_diff_and_an_explanation_on_a_terminal(tmp_path: Path) -> None:
    """They are in colour; without it a diff has no marks, and an explanation has brackets."""
    path = tmp_path / "a.txt"
    path.write_text("Oт і все!\n")

    assert "\x1b[31m-\x1b[0m\x1b[1;4;31mO\x1b[0mт і все!\n" in _on_a_terminal("--diff", path)
    assert "-Oт і все!\n+От і все!\n" in _on_a_terminal("--diff", path, NO_COLOR="1")
    assert _on_a_terminal("--explain", "вiн").startswith("в\x1b[1;4;31mi\x1b[0mн ")
    assert _on_a_terminal("--explain", "вiн", NO_COLOR="1").startswith("в[i]н → в[і]н ")


def test_progress_makes_way_for_findings(tmp_path: Path) -> None:
    """Where both are shown on one terminal, the line of progress is taken away before findings are printed."""
    for name in "abc":
        (tmp_path / name).write_text(BAD)
    ours, theirs = pty.openpty()
    code = "from homoglyph_fix.command import console; console._DELAY = 0.0; console._PAUSE = 0.0"
    script = f"import sys\n{code}\nfrom homoglyph_fix.command import cli\nsys.exit(cli.main())"

    subprocess.run([sys.executable, "-c", script, "--check", "--format", "short", tmp_path], stdout=theirs, stderr=theirs, check=False)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)

    assert shown.count("MB of") == 3
    assert not any("MB/s" in line.rpartition("\x1b[K")[2] for line in shown.split("\r\n"))


def test_progress_in_a_log(tmp_path: Path) -> None:
    """Where it is asked for, a log gets whole lines, with the files done."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CLEAN)
    code = "from homoglyph_fix.command import console; console._LOG_PAUSE = 0.0"
    script = f"import sys\n{code}\nfrom homoglyph_fix.command import cli\nsys.exit(cli.main())"

    shown = [
        subprocess.run([sys.executable, "-c", script, *options, tmp_path / "a.txt", tmp_path / "b.txt"], capture_output=True, check=True)
        for options in (["--progress", "always", "-q"], ["--progress", "never"], [])
    ]

    lines = shown[0].stderr.decode().splitlines()
    assert [line.partition(" MB/s")[0].rpartition(", ")[0] for line in lines] == [
        "homoglyph-fix: 0.0 MB of 0.0 MB, 1 file",
        "homoglyph-fix: 0.0 MB of 0.0 MB, 2 files",
    ]
    assert shown[1].stderr == shown[2].stderr == b""


@pytest.mark.parametrize(("typed", "shown"), [("Oт і все!\n\x04", "От і все!\n"), ("\x04", ""), ("Oт\nі\x04\x04", "От\nі")])
def test_a_terminal_is_read_to_its_end(typed: str, shown: str) -> None:
    """One ^D at the start of a line ends the input, two in the middle of one."""
    ours, theirs = pty.openpty()
    command = subprocess.Popen(COMMAND, stdin=theirs, stdout=subprocess.PIPE)
    try:
        os.write(ours, typed.encode())
        out, _ = command.communicate(timeout=20)
    finally:
        command.kill()
        os.close(ours)
        os.close(theirs)

    assert (command.returncode, out.decode()) == (0, shown)


def test_reading_a_terminal_is_told() -> None:
    """Once, on standard error, before it is read; -q leaves it out."""
    told = []
    for args in ([], ["-q"], ["-", "-"]):
        ours, theirs = pty.openpty()
        with subprocess.Popen([*COMMAND, *args], stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as command:
            os.write(ours, b"\x04\x04")
            told.append(command.communicate(timeout=20)[1])
        os.close(ours)
        os.close(theirs)

    line = b"homoglyph-fix: reads the terminal, to Ctrl-D\n"
    assert told == [line, b"", line]


def test_a_console_gets_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where bytes are taken for those of an old encoding, as on Windows, a terminal is written to by way of Python's own files."""
    monkeypatch.setattr(output, "TO_CONSOLE", True)
    monkeypatch.setattr(os, "isatty", lambda handle: handle in (1, 2))

    output.write_out("їжак\n".encode())
    output.write_out("їжак\r\n".encode("cp1251"), "cp1251")
    output.write_out(b"\xff\n")
    say("їжак\n")

    assert capsys.readouterr() == ("їжак\nїжак\r\n\ufffd\n", "їжак\n")


def test_input_that_is_not_always_ready() -> None:
    """Standard input that does not block, as a program of another kind may have left it, is waited for."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    with subprocess.Popen(COMMAND, stdin=read, stdout=subprocess.PIPE) as command:
        for line in (BAD, CLEAN, BAD):
            time.sleep(0.3)
            os.write(write, line.encode())
        os.close(write)
        os.close(read)
        out, _ = command.communicate(timeout=20)

    assert (command.returncode, out.decode()) == (0, GOOD + CLEAN + GOOD)


def test_errors_are_one_line(tmp_path: Path) -> None:
    """A line end or odd byte in a file name does not break the message."""
    done = _run("no\nsuch\udcff")

    assert (done.returncode, done.stderr) == (2, b"homoglyph-fix: no\\nsuch\\udcff: No such file or directory\n")


def test_file_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A name with odd bytes comes back in the findings as it is."""
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_text(BAD)

    done = subprocess.run([*COMMAND, "--check", tmp_path], capture_output=True, check=False)

    assert done.stdout.startswith(path + b":1:1: ")


@linux_only
def test_one_line_needs_one_thread(tmp_path: Path) -> None:
    """NumPy would start one for each core, and that costs more than the repair."""
    (tmp_path / "a.txt").write_text("Oт і все!\n")
    code = "import os; from homoglyph_fix.command.cli import main; main(['-j1', 'a.txt']); print(len(os.listdir('/proc/self/task')))"
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}

    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=True)

    assert done.stdout.decode() == "От і все!\n1\n"
