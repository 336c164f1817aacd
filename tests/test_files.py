"""Walking, streaming and replacing, with real files and no language model."""

from __future__ import annotations

import io
import os
import random
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from homoglyph_fix.command.atomic import Replacement
from homoglyph_fix.command.leftovers import name_for
from homoglyph_fix.command.outcome import Outcome
from homoglyph_fix.command.reading import Piece, Source, find_sources, read_blocks, read_sources, size_at_least, total_size
from homoglyph_fix.command.utf8 import CHUNK, first_invalid
from homoglyph_fix.command.writing import CopySink, InPlaceSink
from homoglyph_fix.errors import EncodingError, FileError

not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do everything")


def _names(*paths: object) -> list[str]:
    """Return the names found, errors in brackets."""
    found = find_sources(map(str, paths))
    return [f"<{source}>" if isinstance(source, FileError) else source.name for source in found]


def _pieces(*paths: object) -> list[Piece]:
    """Read some paths."""
    return list(read_sources(find_sources(map(str, paths))))


def test_walk_keeps_names_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.` and `./d` stay in front of what is found there."""
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.txt").touch()
    monkeypatch.chdir(tmp_path)

    assert _names(".", "./d", "d/", "./d/a.txt") == ["./d/a.txt", "./d/a.txt", "d/a.txt", "./d/a.txt"]


def test_walk_order_is_by_parts(tmp_path: Path) -> None:
    """Whatever the order on disk, a directory stands where its name belongs."""
    for name in ("b/x", "a.txt", "b.txt", "c", "a/z/1", "a/b"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    found = [Path(name).relative_to(tmp_path).as_posix() for name in _names(tmp_path)]

    assert found == ["a/b", "a/z/1", "a.txt", "b/x", "b.txt", "c"]


def test_walk_follows_a_named_link_only(tmp_path: Path) -> None:
    """A directory named through a link is walked; links inside are not followed, so there are no loops."""
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.txt").touch()
    (tmp_path / "d" / "loop").symlink_to(tmp_path / "d")
    (tmp_path / "link").symlink_to(tmp_path / "d")

    assert [str(tmp_path / "link" / "a.txt")] == _names(tmp_path / "link")


def test_walk_leaves_out_pipes(tmp_path: Path) -> None:
    """Reading a pipe without a writer would wait for ever."""
    os.mkfifo(tmp_path / "pipe")

    assert _names(tmp_path) == []


def test_missing_and_dangling(tmp_path: Path) -> None:
    """Each is an error of its own, in its place."""
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "a.txt").touch()

    assert [f"<{tmp_path}/dangling: No such file or directory>", f"{tmp_path}/a.txt"] == _names(tmp_path / "dangling", tmp_path / "a.txt")


@not_root
def test_unreadable(tmp_path: Path) -> None:
    """An unreadable directory or file is one error each; the rest goes on."""
    (tmp_path / "d").mkdir(mode=0)
    (tmp_path / "a.txt").touch(mode=0)
    (tmp_path / "z.txt").touch()

    assert [piece.error is not None for piece in _pieces(tmp_path)] == [True, True, False]


def test_directory_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says about a directory becomes an error with its name, also for root."""
    (tmp_path / "d").mkdir()
    listdir = os.listdir

    def refuse(path: str) -> list[str]:
        if path.endswith("d"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)

    assert [f"<{tmp_path}/d: Permission denied>"] == _names(tmp_path)


def test_binary_is_a_nul_in_the_first_8_kib(tmp_path: Path) -> None:
    """A NUL further on is no sign; a named file is not looked at."""
    (tmp_path / "binary").write_bytes(b"a" * 8191 + b"\0")
    (tmp_path / "text").write_bytes(b"a" * 8192 + b"\0")

    assert [(piece.source.place, piece.unread) for piece in _pieces(tmp_path)] == [("binary", "binary"), ("text", None)]
    assert [str(tmp_path / "binary")] == [piece.source.name for piece in _pieces(tmp_path / "binary")]


PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\x01"


@pytest.mark.parametrize("size", [4, 7, 8, 9, 100, 1 << 21])
@pytest.mark.parametrize(
    "data",
    [PNG, PNG + b"\xff" * 9000, b"\n\0", b"\n" * 100 + b"\0", b"a\nb\n\0\n", b"\0", b"\0\n", b"a" * 8000 + b"\n" + b"b" * 190 + b"\0"],
    ids=["png", "larger png", "line end", "line ends", "lines", "nul", "nul line", "late"],
)
def test_binary_whatever_the_blocks(data: bytes, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first bytes tell, not where a block happens to be cut."""
    monkeypatch.setattr(read_blocks, "__defaults__", (size,))
    (tmp_path / "binary").write_bytes(data)
    (tmp_path / "text").write_bytes(data.replace(b"\0", b"0"))

    pieces = _pieces(tmp_path)

    assert {piece.source.name for piece in pieces if piece.unread is None} == {str(tmp_path / "text")}
    assert b"".join(piece.data for piece in pieces) == data.replace(b"\0", b"0")


@pytest.fixture
def standard_input() -> Iterator[Callable[[int], object]]:
    """Another file in the place of standard input."""
    before = os.dup(0)
    yield lambda handle: os.dup2(handle, 0)
    os.dup2(before, 0)
    os.close(before)


def test_total_size(tmp_path: Path, standard_input: Callable[[int], object]) -> None:
    """Known for files, also where they are standard input, of which something may have been read already; not for pipes."""
    (tmp_path / "a.txt").write_bytes(b"12345")

    with (tmp_path / "a.txt").open("rb") as file:
        standard_input(file.fileno())
        os.lseek(0, 2, os.SEEK_SET)
        assert total_size([str(tmp_path), str(tmp_path / "a.txt"), "no"]) == 10
        assert total_size([str(tmp_path), "-"]) == 8
        assert size_at_least([str(tmp_path), str(tmp_path / "a.txt"), "no", "-"]) == 8
    read, write = os.pipe()
    standard_input(read)
    assert total_size([str(tmp_path), "-"]) is None
    assert size_at_least([str(tmp_path / "a.txt"), "-"]) == 5
    os.close(read)
    os.close(write)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("data", [b"", b"\n", b"a", b"\n\n\n", b"aaa\nb\ncccccccc\n\nd", b"long line" * 50 + b"\nx\n", b"a\r\nb\rc\n"])
def test_blocks_are_whole_lines(data: bytes, size: int) -> None:
    """Put together they are the input; each but the last ends at a line end and none is empty."""
    blocks = list(read_blocks(io.BytesIO(data), size))

    assert b"".join(blocks) == data
    assert all(block.endswith(b"\n") for block in blocks[:-1])
    assert all(blocks)


class Terminal(io.BytesIO):
    """A stream that must not be read once it has ended: a terminal would wait for a second ^D."""

    ended = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, and remember the end."""
        assert not self.ended
        data = super().read(size)
        self.ended = len(data) < (size or 0)
        return data


@pytest.mark.parametrize("data", [b"", b"a", b"a\n", b"aaaa", b"aaa\n", b"aaaa\nb"])
def test_the_end_is_read_once(data: bytes) -> None:
    """A short read is the end."""
    assert b"".join(read_blocks(Terminal(data), 4)) == data


def test_blocks_are_not_much_longer_than_asked() -> None:
    """A block is its size and a line at most."""
    data = b"0123456789\n" * 1000

    assert max(map(len, read_blocks(io.BytesIO(data), 100))) <= 111


def test_pieces_know_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Offsets count on, the last piece is marked; an empty file is one empty piece."""
    monkeypatch.setattr(read_blocks, "__defaults__", (4,))
    (tmp_path / "a").write_bytes(b"1\n22\n\n333333\n4")
    (tmp_path / "b").touch()

    pieces = _pieces(tmp_path / "a", tmp_path / "b")

    assert [piece.offset for piece in pieces] == [0, 2, 6, 13, 0]
    assert [piece.last for piece in pieces] == [False, False, False, True, True]
    assert b"".join(piece.data for piece in pieces) == b"1\n22\n\n333333\n4"


def test_a_failed_source_is_not_read_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds a file bad saves the reading of the rest."""
    monkeypatch.setattr(read_blocks, "__defaults__", (4,))
    (tmp_path / "a").write_bytes(b"1\n22\n" * 100)
    (tmp_path / "b").write_bytes(b"1\n")
    pieces = read_sources(find_sources([str(tmp_path / "a"), str(tmp_path / "b")]))

    next(pieces).source.failed = True

    assert [str(tmp_path / "b")] == [piece.source.name for piece in pieces]


def test_reading_a_directory_as_a_file(tmp_path: Path) -> None:
    """An error of the system while reading is a piece with the name of the file."""
    pieces = list(read_sources([Source("d", str(tmp_path), "d", "d")]))

    assert [str(piece.error) for piece in pieces] == ["d: Is a directory"]
    assert pieces[0].last


def _content(folder: Path) -> list[str]:
    """Return the names in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def _repair(path: Path, *blocks: tuple[bytes, bytes | None], done: set[str] | None = None) -> InPlaceSink:
    """Hand the blocks of a file, each with its repair or None, to a sink; return it before it is closed."""
    source = Source(str(path), str(path), "", "", state=path.stat())
    sink = InPlaceSink(source, set() if done is None else done)
    offset = 0
    for old, new in blocks:
        sink.block(Piece(source, old, offset), Outcome(new))
        offset += len(old)
    return sink


def test_in_place_keeps_the_head(tmp_path: Path) -> None:
    """What came before the first repair is taken from the file."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n2\n3\n4")

    _repair(path, (b"1\n", None), (b"2\n", None), (b"3\n", b"three\n"), (b"4", None)).close()

    assert path.read_bytes() == b"1\n2\nthree\n4"
    assert _content(tmp_path) == ["a.txt"]


def test_in_place_does_not_touch_unchanged_files(tmp_path: Path) -> None:
    """Same file, same times: it is never opened for writing."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n2\n")
    os.utime(path, (1, 1))
    before = path.stat()

    _repair(path, (b"1\n", None), (b"2\n", None)).close()

    assert before == path.stat()


def test_in_place_keeps_mode_and_owner(tmp_path: Path) -> None:
    """A script stays a script, a private file stays private."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n")
    path.chmod(0o750)
    before = path.stat()

    _repair(path, (b"1\n", b"one\n")).close()

    after = path.stat()
    assert (0o750, before.st_uid, before.st_gid) == (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid)


def test_in_place_leaves_links_and_gives_up_hard_links(tmp_path: Path) -> None:
    """A symbolic link stays and shows the repaired file; another hard link keeps the old content."""
    (tmp_path / "d").mkdir()
    path, hard, link = tmp_path / "d" / "a.txt", tmp_path / "hard", tmp_path / "link"
    path.write_bytes(b"1\n")
    hard.hardlink_to(path)
    link.symlink_to("d/a.txt")

    _repair(link, (b"1\n", b"one\n")).close()

    assert link.is_symlink()
    assert [file.read_bytes() for file in (link, path, hard)] == [b"one\n", b"one\n", b"1\n"]
    assert _content(tmp_path) == ["d", "hard", "link"]


def test_in_place_aborted(tmp_path: Path) -> None:
    """Nothing is left behind."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n")

    _repair(path, (b"1\n", b"one\n")).abort()

    assert path.read_bytes() == b"1\n"
    assert _content(tmp_path) == ["a.txt"]


def test_in_place_respects_others(tmp_path: Path) -> None:
    """A file that has changed since it was read is not replaced."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n")
    sink = _repair(path, (b"1\n", b"one\n"))
    path.write_bytes(b"12\n")

    with pytest.raises(FileError, match="changed by another program"):
        sink.close()
    sink.abort()

    assert path.read_bytes() == b"12\n"
    assert _content(tmp_path) == ["a.txt"]


def test_in_place_twice(tmp_path: Path) -> None:
    """A file that this command has replaced already is left at that."""
    path, done = tmp_path / "a.txt", set[str]()
    path.write_bytes(b"1\n")
    first, second = (_repair(path, (b"1\n", b"one\n"), done=done) for _ in range(2))

    first.close()
    second.close()

    assert path.read_bytes() == b"one\n"
    assert _content(tmp_path) == ["a.txt"]


def test_read_only_is_respected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory would allow to replace it, but its owner has said no."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n")
    path.chmod(0o444)
    if os.access(path, os.W_OK):  # root
        monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(FileError, match="Permission denied"):
        _repair(path, (b"1\n", b"one\n"))


def _repair_while_it_vanishes(path: Path, when: str, whole_folder: bool) -> None:
    """Repair a file of two lines that is taken away on the way, alone or with its folder."""
    source = Source(str(path), str(path), "", "", state=path.stat())
    sink = InPlaceSink(source, set())
    steps: dict[str, Callable[[], object]] = {
        "before the first repair": lambda: sink.block(Piece(source, b"1\n"), Outcome(None if when == "between blocks" else b"one\n")),
        "between blocks": lambda: sink.block(Piece(source, b"2\n", 2), Outcome(b"two\n")),
        "before the end": sink.close,
    }
    try:
        for name, step in steps.items():
            if name == when:
                path.unlink()
                if whole_folder:
                    path.parent.rmdir()
            step()
    finally:
        sink.abort()


VANISHING = [(when, whole) for when in ("before the first repair", "between blocks") for whole in (False, True)]


@pytest.mark.parametrize(("when", "whole_folder"), [*VANISHING, ("before the end", False)])
def test_a_file_that_vanishes(when: str, whole_folder: bool, tmp_path: Path) -> None:
    """It is missed by its name whenever it goes, and is not made anew."""
    path = tmp_path / "d" / "a.txt"
    path.parent.mkdir()
    path.write_bytes(b"1\n2\n")

    with pytest.raises(FileError) as caught:
        _repair_while_it_vanishes(path, when, whole_folder)

    assert str(caught.value) == f"{path}: No such file or directory"
    assert not path.parent.exists() or _content(path.parent) == []


@not_root
def test_read_only_directory(tmp_path: Path) -> None:
    """Where no new file can be written nothing is replaced."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n")
    tmp_path.chmod(0o555)

    with pytest.raises(FileError, match="Permission denied"):
        _repair(path, (b"1\n", b"one\n"))

    assert path.read_bytes() == b"1\n"


def test_a_name_that_is_taken_is_passed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the file of that name is not overwritten."""
    monkeypatch.setattr(Replacement, "_numbers", iter([7, 8]))
    taken = tmp_path / name_for(7)
    taken.write_bytes(b"taken")
    monkeypatch.setattr("homoglyph_fix.command.atomic.remove_leftovers", lambda _: None)

    new = Replacement(str(tmp_path / "a.txt"), None, "a.txt")
    new.write(b"new")
    new.commit()

    assert [taken.read_bytes(), (tmp_path / "a.txt").read_bytes()] == [b"taken", b"new"]


def test_new_file_is_private_until_complete(tmp_path: Path) -> None:
    """Nobody else may read a copy of a private file, not even for a moment."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n")
    path.chmod(0o644)

    sink = _repair(path, (b"1\n", b"one\n"))

    (new,) = tmp_path.glob(".homoglyph-fix-*")
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    sink.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_failed_replacing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error at the very end names the file, and leaves it."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"1\n")

    def refuse(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    sink = _repair(path, (b"1\n", b"one\n"))
    with pytest.raises(FileError, match=r"a\.txt: Input/output error"):
        sink.close()
    sink.abort()

    assert path.read_bytes() == b"1\n"
    assert _content(tmp_path) == ["a.txt"]


def _copy(source: Path, target: Path) -> None:
    """Copy a file of one line without a repair."""
    given = Source(str(source), str(source), "", "", state=source.stat())
    sink = CopySink(given, str(target))
    sink.block(Piece(given, source.read_bytes()), Outcome())
    sink.close()


def test_copy_has_the_mode_of_its_source_or_of_what_it_replaces(tmp_path: Path) -> None:
    """As cp has it."""
    old, new, there = tmp_path / "old", tmp_path / "sub" / "new", tmp_path / "there"
    for path, mode in ((old, 0o640), (there, 0o600)):
        path.write_bytes(b"1\n")
        path.chmod(mode)

    _copy(old, new)
    _copy(old, there)

    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, there)] == [0o640, 0o600]
    assert new.read_bytes() == b"1\n"


def test_copy_of_standard_input_has_the_usual_mode(tmp_path: Path) -> None:
    """What the umask leaves."""
    mask = os.umask(0o027)
    try:
        sink = CopySink(Source("<stdin>", None, "-", "-"), str(tmp_path / "a.txt"))
        sink.close()
    finally:
        os.umask(mask)

    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_copy_below_a_file(tmp_path: Path) -> None:
    """A place that cannot be is an error."""
    (tmp_path / "a.txt").write_bytes(b"1\n")

    with pytest.raises(FileError, match=r"Not a directory|File exists"):
        _copy(tmp_path / "a.txt", tmp_path / "a.txt" / "b" / "c")


def test_encoding_error_carries_its_data() -> None:
    """For programs, not only for readers."""
    error = EncodingError("a.txt", 12)

    assert (error.path, error.offset, str(error)) == ("a.txt", 12, "a.txt: not UTF-8 at byte 12")


CHARACTERS = ["а", "і", "a", "\n", "—", "€", "\u0800", "한", "\U00010000", "😀", "\U0010ffff", "\u07ff", "\uffff"]
BYTES = [0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF, 0x41]


def _damaged(choice: random.Random) -> bytes:
    """Return some UTF-8, mostly with a few wrong, missing or additional bytes."""
    weights = [20, 20, 20, 5, 2] + [0.3] * (len(CHARACTERS) - 5)
    data = bytearray("".join(choice.choices(CHARACTERS, weights, k=choice.randrange(300))).encode())
    for _ in range(choice.choice([0, 0, 1, 2])):
        at = choice.randrange(len(data) + 1)
        data[at : at + choice.randrange(3)] = bytes(choice.choices(BYTES, k=choice.randrange(5)))
    return bytes(data)


def _decoder_says(data: bytes) -> int | None:
    """Ask Python."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def test_utf8_as_the_decoder_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast way finds the same first error, wherever the chunks are cut."""
    monkeypatch.setattr("homoglyph_fix.command.utf8.CHUNK", 64)
    monkeypatch.setattr("homoglyph_fix.command.utf8._SMALL", 4)
    choice = random.Random(20)

    for _ in range(5000):
        data = _damaged(choice)
        assert first_invalid(data) == _decoder_says(data), data


def test_utf8_every_short_sequence() -> None:
    """All pairs of bytes, in the middle of Cyrillic text long enough for the arrays."""
    around = "ї".encode() * 600
    for first in range(256):
        for second in (0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xD0, 0xFF):
            data = around + bytes([first, second]) + around
            assert first_invalid(data) == _decoder_says(data), (first, second)


BROKEN = [b"\x80", b"\xff", b"\xd1", b"\xd1\xd1\x97", b"\xd1\x97\x97", b"\xe2\x80", b"\x80" * 5, b"\xf0\x9f\x98", b"\xf5\x80\x80\x80"]


@pytest.mark.parametrize("piece", [*(char.encode() for char in "aї—한😀"), *BROKEN])
def test_utf8_at_the_border_of_a_chunk(piece: bytes) -> None:
    """Whole characters and broken ones, before, across and after the place where a text is cut, amid Cyrillic letters or ASCII."""
    for size in range(CHUNK - 6, CHUNK + 3):
        for head in (b"a" * size, b"a" * (size % 2) + "ї".encode() * (size // 2)):
            for tail in (b"", b"a" * CHUNK, "—".encode() * CHUNK):
                data = head + piece + tail
                assert first_invalid(data) == _decoder_says(data), (size, head[-2:], tail[:3])


@pytest.mark.parametrize("text", ["ї", "—", "ї—a"])
def test_utf8_without_the_decoder(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text of common characters is never decoded: chunks are cut between characters."""
    monkeypatch.setattr("homoglyph_fix.command.utf8._decodes", None)
    monkeypatch.setattr("homoglyph_fix.command.utf8._error_offset", None)
    for before in range(4):
        assert first_invalid(b"a" * before + text.encode() * CHUNK) is None


@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
def test_long_file_names(tmp_path: Path) -> None:
    """The new file has a short name of its own, so the longest name can be replaced."""
    path = tmp_path / ("a" * 255)
    path.write_bytes(b"1\n")

    _repair(path, (b"1\n", b"one\n")).close()

    assert path.read_bytes() == b"one\n"
