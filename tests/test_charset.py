"""Files in other encodings: told apart, repaired, and written back byte for byte."""

from __future__ import annotations

import io
import itertools
import os
import pickle
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import run
from homoglyph_fix import normalize
from homoglyph_fix.command import charset, cli
from homoglyph_fix.command.charset import Decoded, codec_named, hint, likely_encoding, wide_encoding
from homoglyph_fix.command.reading import BLOCK, Piece, find_sources, read_sources
from homoglyph_fix.command.streams import Begun
from homoglyph_fix.errors import EncodingError, FileError, UsageError

LINES = [
    "Наш їжак спить. Oт і все! Це добре рішення для всіх.",
    "Пpoпoнyємo poбoтy молодим спеціалістам.",
    "",
    "Plain words stay: Yes, O'Neil.",
    "кінець",
]
NARROW = ["cp1251", "koi8-u", "cp1125", "mac-cyrillic", "iso8859-5"]
WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
TABLE = [
    *itertools.product(NARROW, [""], ["\n", "\r\n", "\r"]),
    *itertools.product([*WIDE, "utf-8"], ["", "\ufeff"], ["\n", "\r\n", "\r"]),
]
"""Encoding, byte order mark, line end."""


def _text(mark: str, line_end: str) -> str:
    """Return the sample, without a line end at its end."""
    return mark + line_end.join(LINES)


@pytest.mark.parametrize("named", [False, True], ids=["auto", "named"])
@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(map(ascii, row)))
def test_every_encoding_and_line_end(
    row: tuple[str, str, str], named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Repaired in place, to another file and to standard output: what a repair of the decoded text gives, in the encoding of the file."""
    encoding, mark, line_end = row
    text = _text(mark, line_end)
    given, wanted = text.encode(encoding), normalize(text).encode(encoding)
    assert given != wanted
    monkeypatch.chdir(tmp_path)
    Path("a").write_bytes(given)
    flags = ["-q", "--encoding", encoding if named else "auto"]

    assert cli.main([*flags, "a"]) == 0
    assert capfdbinary.readouterr().out == wanted
    assert cli.main([*flags, "--check", "a"]) == 1
    first = capfdbinary.readouterr().out.decode().splitlines()[0]
    assert first.startswith(f"a:1:{text.index('Oт') + 1}: Oт -> От")
    assert cli.main([*flags, "-o", "b", "a"]) == 0
    assert cli.main([*flags, "-w", "a"]) == 0
    assert {name: Path(name).read_bytes() for name in os.listdir()} == {"a": wanted, "b": wanted}  # noqa: PTH208
    assert cli.main([*flags, "--check", "a"]) == 0


@pytest.mark.parametrize(("encoding", "mark"), [(encoding, mark) for encoding, mark, end in TABLE if end == "\n"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_whatever_the_blocks(encoding: str, mark: str, size: int) -> None:
    """A stream is cut within characters, and gives the text all the same."""
    text = _text(mark, "\n") * 3
    if encoding == "utf-8":
        return
    decoded = Decoded(io.BytesIO(text.encode(encoding)), encoding, "a")

    pieces = list(iter(lambda: decoded.read(size), b""))

    assert b"".join(pieces) == text.encode()
    assert all(len(piece) >= size for piece in pieces[:-1])


@pytest.mark.parametrize("encoding", "cp932 gb18030 big5 euc_jp shift_jis cp037 utf-16 cp1006 mac_arabic koi8_t".split())
def test_any_encoding_comes_back_or_is_refused(encoding: str) -> None:
    """Random bytes in any encoding: what is decoded is encoded to the same bytes."""
    choice = random.Random(encoding)
    name = charset.byte_order(codec_named(encoding), b"")
    kept = 0
    for _ in range(300):
        data = bytes(choice.choices(range(256), k=choice.randrange(12)))
        try:
            text = Decoded(io.BytesIO(data), name, "a").read(100)
        except FileError:
            continue
        assert charset.encode(text, name, "a") == data
        kept += 1
    assert kept


def test_a_spelling_that_would_not_come_back() -> None:
    """Two codes of one character: what would be written is not what was read."""
    with pytest.raises(FileError, match="a: cp932 text that would not be written back the same"):
        Decoded(io.BytesIO(b"abc\x81\xca\xfa\x54"), "cp932", "a").read(100)  # both are NOT SIGN


@pytest.mark.parametrize("name", ["utf-7", "hz", "iso2022_jp", "punycode", "idna", "unicode_escape", "raw_unicode_escape"])
def test_encodings_with_a_memory(name: str) -> None:
    """They cannot be written back line by line."""
    with pytest.raises(UsageError, match="cannot be written back"):
        codec_named(name)


@pytest.mark.parametrize("name", ["", "no", "rot13", "hex", "zlib", "base64", "cp1251\0", "ї"])
def test_names_of_no_encoding(name: str) -> None:
    """One clear line."""
    with pytest.raises(UsageError, match="no such encoding"):
        codec_named(name)


@pytest.mark.parametrize("version", [None, "5.2.0", "6.0.0"])
def test_without_chardet(version: str | None, tmp_path: Path) -> None:
    """`auto` names the extra in one line; without it a file that is not UTF-8 has no likely encoding, but a next step."""
    (tmp_path / "a").write_bytes("Наш їжак спить".encode("cp1251"))
    (tmp_path / "lib").mkdir()
    code = "raise ImportError" if version is None else f"__version__ = {version!r}"
    (tmp_path / "lib" / "chardet.py").write_text(code)
    started = {**os.environ, "PYTHONPATH": str(tmp_path / "lib")}

    found = run("--encoding", "auto", "a", cwd=tmp_path, env=started)
    plain = run("a", cwd=tmp_path, env=started)

    message = b"homoglyph-fix: error: --encoding auto needs chardet 7 or newer: pip install 'homoglyph-fix[encodings]'"
    assert (found.returncode, found.stderr.splitlines()[-1]) == (2, message)
    assert (plain.returncode, plain.stderr) == (2, b"homoglyph-fix: a: not UTF-8 at byte 0 (--encoding NAME, or auto)\n")


@pytest.mark.parametrize("encoding", NARROW)
def test_likely(encoding: str) -> None:
    """Two dozen letters are enough, also if some of them are damaged, and whatever ASCII there is beside them."""
    text = "Вийшли на вулиці міста люди, i poбoтy знайшли всі їхні друзі"

    assert likely_encoding(text.encode(encoding)) == encoding
    assert likely_encoding(f"{'only ASCII here ' * 1000}{text}\n{'and there ' * 1000}".encode(encoding)) == encoding


@pytest.mark.parametrize(("encoding", "wider"), [("koi8-r", "koi8-u"), ("cp866", "cp1125")])
def test_likely_where_no_ukrainian_letter_is_left(encoding: str, wider: str) -> None:
    """The encoding that has the letters which a repair needs, where the text is the same in both."""
    text = "Бiльшiсть людей вийшла на вулицi мiста, i poбoтy знайшли друзi"

    assert likely_encoding(text.encode(encoding)) == wider


@pytest.mark.parametrize("data", [b"\xff", b"caf\xe9", "Це добре.\n".encode() * 20 + b"\xff\xfe\xfd", "Це".encode("cp1251"), bytes(5)])
def test_nothing_is_likely(data: bytes) -> None:
    """Damaged UTF-8 is no other encoding, and a few bytes tell nothing."""
    assert likely_encoding(data) is None
    assert hint(data) == ""


@pytest.mark.parametrize(
    "data",
    [b"", b"a", b"a\0", b"\0", b"ab\0cd\0", bytes(100), b"\0\1\0\2\0\3\0\4", b"RIFF\0\0\0\0WAVE", "Це\0добре".encode(), b"\0\4"],
)
def test_zeros_are_not_always_utf16(data: bytes) -> None:
    """Binary files and text with zeros are not taken for it."""
    assert wide_encoding(data) is None


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("text", ["abc", "Київ", "їжак", "Oт і все!\r\n", "№ 5 — «так»\n", "x" * 5000, "Слава\n" * 2000])
def test_utf16_without_a_mark(encoding: str, text: str) -> None:
    """It is told by where the high bytes stand."""
    assert wide_encoding(text.encode(encoding)[: charset.SNIFF]) == encoding


def _big(encoding: str) -> tuple[bytes, bytes]:
    """Return a text of several blocks with ASCII alone for the first two of them, and its repair."""
    text = "only ASCII letters\n" * (BLOCK // 8) + "Наш їжак спить. Oт і все! Це добре рішення для всіх.\n" * 20_000
    return text.encode(encoding), normalize(text).encode(encoding)


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_auto_looks_beyond_the_first_blocks(jobs: str, tmp_path: Path) -> None:
    """A file is read until it has other letters than those of ASCII; of a pipe only the first block can be seen."""
    given, wanted = _big("cp1251")
    (tmp_path / "a").write_bytes(given)

    piped = run("--encoding", "auto", jobs, data=given)
    done = run("--encoding", "auto", "-w", jobs, "a", cwd=tmp_path)

    told = [b"a: read as cp1251", b"a: 20000 words repaired", b"20000 words in 1 of 1 file repaired"]
    assert (done.returncode, done.stderr.splitlines()) == (0, [b"homoglyph-fix: " + line for line in told])
    assert (tmp_path / "a").read_bytes() == wanted
    assert piped.returncode == 2
    assert piped.stderr == b"homoglyph-fix: <stdin>: not UTF-8 at byte %d, likely cp1251 (--encoding auto)\n" % given.index(b"\xcd")


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16-le"])
def test_a_large_file_in_place(encoding: str, tmp_path: Path) -> None:
    """The head before the first repair is read and encoded again."""
    clean = "Це добре рішення для всіх.\n" * 200_000
    (tmp_path / "a").write_bytes((clean + "Oт і все!\n" + clean).encode(encoding))

    assert run("-w", "--encoding", encoding, "a", cwd=tmp_path).returncode == 0

    assert (tmp_path / "a").read_bytes() == (clean + "От і все!\n" + clean).encode(encoding)


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize("encoding", ["cp1251", "utf-16-le"])
def test_a_file_that_is_named_twice(encoding: str, jobs: str, tmp_path: Path) -> None:
    """It is repaired once, and what is read of it before that is not mixed with what is there afterwards."""
    text = "Oт і все!\n" + "Це добре рішення для всіх.\n" * 100_000 + "Oт і все!\n"
    (tmp_path / "a").write_bytes(text.encode(encoding))

    done = run("-w", jobs, "--encoding", encoding, "a", "./a", cwd=tmp_path)

    assert done.returncode == 0
    assert (tmp_path / "a").read_bytes() == normalize(text).encode(encoding)


def test_a_file_that_changes_while_it_is_read_again() -> None:
    """Its head may end within a character then: one line, and the file stays."""
    with pytest.raises(FileError, match="changed by another program"):
        charset.encode("ї".encode()[:1], "cp1251", "a")


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16-le", "cp932"])
def test_where_decoding_fails(encoding: str, tmp_path: Path) -> None:
    """The offset is that of the byte in the file, also far in."""
    bad = {"cp1251": b"\x98", "utf-16-le": b"\x00\xdca\0", "cp932": b"\x81\xff"}[encoding]
    head = ("abcdefgh\n" * 700_000).encode(encoding)
    (tmp_path / "a").write_bytes(head + bad + "\n".encode(encoding))

    pieces = list(read_sources(find_sources([str(tmp_path / "a")]), encoding))

    error = pieces[-1].error
    assert isinstance(error, EncodingError)
    assert error.offset == len(head)
    assert len(pieces) > 2


def test_the_error_can_be_pickled() -> None:
    """With all that it knows."""
    error = pickle.loads(pickle.dumps(EncodingError("a", 3, "cp1251", ", likely x")))

    assert (error.path, error.offset, error.encoding, error.hint) == ("a", 3, "cp1251", ", likely x")
    assert str(error) == "a: not cp1251 at byte 3, likely x"


class Terminal(io.BytesIO):
    """A stream that must not be read once it has ended."""

    ended = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, and remember the end."""
        assert not self.ended
        data = super().read(size)
        self.ended = len(data) < (size or 0)
        return data


WRAPS = {
    "begun": Begun,
    "wide": lambda stream: Decoded(stream, "utf-16-le", "a"),
    "both": lambda stream: Decoded(Begun(stream), "cp1251", "a"),
}


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
@pytest.mark.parametrize("data", [b"", b"a\0", b"a\0\n\0", b"a\0b\0c\0d\0", b"a\0" * 50])
def test_the_end_is_read_once(data: bytes, wrap: Callable[[io.BytesIO], Decoded | Begun]) -> None:
    """A short read is the end, whatever is put around a stream."""
    stream = wrap(Terminal(data))
    if isinstance(stream, Begun):
        stream.ahead(3)

    assert b"".join(iter(lambda: stream.read(4), b"")).replace(b"\0", b"") == data.replace(b"\0", b"")


def _pieces(folder: Path, encoding: str) -> list[Piece]:
    """Read a folder."""
    return list(read_sources(find_sources([str(folder)]), encoding))


def test_pieces_are_of_the_text(tmp_path: Path) -> None:
    """They are UTF-8, and know the encoding of their file."""
    (tmp_path / "a").write_bytes("їжак\n".encode("utf-16-be"))
    (tmp_path / "b").write_bytes("їжак\n".encode())

    found = [(piece.data.decode(), piece.source.encoding) for piece in _pieces(tmp_path, "auto")]

    assert found == [("їжак\n", "utf-16-be"), ("їжак\n", "utf-8")]


def test_a_letter_that_the_encoding_lacks_on_standard_output(tmp_path: Path) -> None:
    """Blocks before it have gone; the error is one line, the exit 2."""
    (tmp_path / "a").write_bytes("Пpoпoзицiя\n".encode("koi8-r"))

    done = run("--encoding", "koi8-r", "a", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "homoglyph-fix: a: cannot be repaired in koi8-r, which lacks і (U+0456)\n"
