"""Which files, and their bytes in blocks: walking and streaming."""
# Paths are shown and opened as they were typed: Path would turn ./a into a:
# ruff: noqa: PTH116, PTH118, PTH119, PTH123, PTH208

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ..errors import EncodingError, FileError
from . import charset
from .compression import Decompressed, compression_of, missing_module
from .globs import missing
from .ignoring import ALL, Patterned, Selection
from .messages import _
from .streams import Begun, Stream
from .unread import UNDO, UNDO_MARK, kind_of
from .utf8 import first_invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader

    from .outcome import Form

BLOCK = 1 << 21
"""Bytes read together. A block ends at a line end, so a line longer than this makes a longer block.

Blocks of 4 MiB take a tenth less time on sound text and a sixth less with 1 % damaged, but 201 MB where every word is damaged anew, 226 MB
for two processes, instead of 171 and 183.
"""

STDIN = "<stdin>"
"""The name under which standard input appears in messages."""


@dataclass(slots=True)
class Source:
    """One input: what it is called, where it lies (None for standard input), by which argument it was found.

    `root` is that argument and `place` the path from there; `walked` tells that `root` is a directory. `state` is what
    the file looked like when it was opened. `failed` is set by whoever finds the file bad: the rest is not read.
    `stays` tells that it is excluded, but has to come out: byte for byte as it is.
    """

    name: str
    path: str | None
    root: str
    place: str
    walked: bool = False
    state: os.stat_result | None = None
    failed: bool = False
    encoding: str = charset.UTF8
    stays: bool = False

    @property
    def compression(self) -> str:
        """How the file is compressed, "" if it is not."""
        return compression_of(self.path)

    @property
    def is_plain(self) -> bool:
        """Whether the bytes of the file are those of the pieces."""
        return self.encoding == charset.UTF8 and not self.compression


class Piece(NamedTuple):
    """A block of one source as UTF-8, or the error that reading it met, or the kind of a walked file that is not read.

    `offset` is where the block starts in the text. `last` is true for the last piece of a source, also after an error.
    """

    source: Source
    data: bytes = b""
    offset: int = 0
    last: bool = False
    error: FileError | None = None
    unread: str | None = None
    form: Form | None = None


def find_sources(paths: Iterable[str], selection: Selection = ALL, stdin_name: str | None = None) -> Iterator[Source | FileError]:
    """Yield what the arguments stand for, in their order; directories are walked.

    A path that cannot be read is yielded as its error. Standard input is taken for the file `stdin_name`.
    """
    for path in paths:
        if path == "-":
            yield Source(stdin_name or STDIN, None, path, path, stays=stdin_name is not None and selection.excludes(stdin_name))
            continue
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            yield missing(path, error)
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, selection)
        else:
            yield Source(path, path, path, os.path.basename(path))


def _walk(root: str, selection: Selection) -> Iterator[Source | FileError]:
    """Yield the files below a directory, sorted by their path, without following links.

    Hidden and excluded files and directories are left out, so are sockets, pipes and devices.
    """
    avoid = selection.skip and os.path.realpath(selection.skip)
    todo = [root]
    try:
        patterned = Patterned(root, selection)
    except FileError as error:
        yield error
        return
    while todo:
        path = todo.pop()
        try:
            mode = os.lstat(path).st_mode
            is_folder = path == root or stat.S_ISDIR(mode)
            if path != root and (is_folder or stat.S_ISREG(mode)) and patterned.leave_out(path, is_folder):
                continue
            if is_folder:
                if avoid is None or os.path.realpath(path) != avoid:
                    patterned.enter(path)
                    todo += _visible(path, selection)
            elif stat.S_ISREG(mode) and not (selection.backup and path.endswith(selection.backup)):
                yield Source(path, path, root, os.path.relpath(path, root), walked=True)
        except FileError as error:
            yield error
        except OSError as error:
            yield FileError.of(path, error)


def _visible(directory: str, selection: Selection) -> list[str]:
    """Return the paths in a directory that are looked at, the last first."""
    names = sorted(os.listdir(directory), reverse=True)
    return [os.path.join(directory, name) for name in names if selection.shows(name)]


def total_size(paths: Iterable[str], selection: Selection = ALL) -> int | None:
    """Return the number of bytes to be read, None if that cannot be known (pipes, compressed files)."""
    total = 0
    for source in find_sources(paths, selection):
        if isinstance(source, FileError):
            continue
        size = None if source.compression else _size(source.path)
        if size is None:
            return None
        total += size
    return total


def size_at_least(paths: Iterable[str]) -> int:
    """Return a number of bytes that there are to read at the least: directories are not walked for it, pipes not read."""
    sizes = (_size(None if path == "-" else path) for path in paths)
    return sum(size for size in sizes if size is not None)


def _size(path: str | None) -> int | None:
    """Return what is left to read of a file, of standard input where there is no path; None if it is no regular file."""
    try:
        state = os.fstat(0) if path is None else os.stat(path)
        if not stat.S_ISREG(state.st_mode):
            return None
        return state.st_size if path is not None else max(0, state.st_size - os.lseek(0, 0, os.SEEK_CUR))
    except OSError:
        return None


def read_sources(sources: Iterable[Source | FileError], encoding: str = charset.UTF8, line_buffered: bool = False) -> Iterator[Piece]:
    """Yield every source in pieces; what cannot be read becomes a piece with its error.

    `encoding` is that of all files, or charset.AUTO. Walked files that are binary become a piece with their kind.
    With `line_buffered` a line is yielded as soon as it can be read, and does not wait for a block to be full.
    """
    for source in sources:
        if isinstance(source, FileError):
            yield Piece(Source(source.path, source.path, "", ""), last=True, error=source)
        else:
            yield from _read_source(source, encoding, line_buffered)


def _read_source(source: Source, encoding: str, line_buffered: bool) -> Iterator[Piece]:
    """Yield one source in pieces, the last of them marked."""
    offset = 0
    try:
        if source.walked and source.compression and missing_module(source.compression):
            yield Piece(source, last=True, unread=source.compression)
            return
        with _open(source) as file:
            source.state = os.fstat(file.fileno())
            if line_buffered and encoding == charset.UTF8 and not source.compression:
                blocks = read_lines(file)  # nothing is looked at ahead, for that would wait
            elif source.stays:
                blocks = read_blocks(file)
            else:
                stream = Begun(_plain(file, source))
                kind = _settle_encoding(source, stream, encoding)
                if kind is not None:
                    yield Piece(source, last=True, unread=kind)
                    return
                blocks = read_blocks(_as_utf8(stream, source))
            block = b""
            for following in blocks:
                if block:
                    yield Piece(source, block, offset)
                if source.failed:
                    return
                offset += len(block)
                block = following
        yield Piece(source, block, offset, last=True)
    except OSError as error:
        yield Piece(source, last=True, error=FileError.of(source.name, error))
    except FileError as error:
        yield Piece(source, last=True, error=error)


def _plain(file: BinaryIO, source: Source) -> Stream:
    """Return the bytes of a file without their compression."""
    return Decompressed(file, source.compression, source.name) if source.compression else file


def _as_utf8(stream: Stream, source: Source) -> Stream:
    """Return the text of a source whose encoding is known as UTF-8."""
    return stream if source.encoding == charset.UTF8 else charset.Decoded(stream, source.encoding, source.name)


def read_again(source: Source, size: int) -> Iterator[bytes]:
    """Yield the first bytes of the text of a file once more, as UTF-8; raise FileError if that is no longer possible."""
    try:
        with _open(source) as file:
            stream = _as_utf8(_plain(file, source), source)
            while size and (data := stream.read(min(size, BLOCK))[:size]):
                yield data
                size -= len(data)
    except OSError as error:
        raise FileError.of(source.name, error) from error


def read_raw(source: Source) -> Iterator[bytes]:
    """Yield the bytes of a file as they are."""
    try:
        with _open(source) as file:
            while data := file.read(BLOCK):
                yield data
    except OSError as error:
        raise FileError.of(source.name, error) from error


def _settle_encoding(source: Source, stream: Begun, wanted: str) -> str | None:
    """Find out in which encoding a source is to be read, or its kind if it is not to be read; raise FileError if it is another one."""
    head = stream.ahead(charset.SNIFF)
    wide = charset.wide_encoding(head)
    if wide is None and source.walked and b"\0" in head and not charset.is_wide(wanted):
        return kind_of(source.name)
    if source.walked and head.startswith(UNDO_MARK):
        return UNDO
    if wanted == charset.AUTO:
        source.encoding = wide or _found_encoding(source, stream)
        return None
    source.encoding = charset.byte_order(wanted, head)
    other = wide if wide != source.encoding else None
    if wide is None and source.encoding != charset.UTF8 and _is_plainly_utf8(head, charset.is_wide(source.encoding)):
        other = charset.UTF8
    if other is None:
        return None
    if source.walked:
        return charset.family(other)
    found, named = charset.family(other), charset.family(wanted)
    if found == named:  # in another byte order
        found, named = other, wanted
    raise FileError(source.name, _("is {found}, not {named} (--encoding auto)").format(found=found, named=named))


def _is_plainly_utf8(head: bytes, not_wide: bool) -> bool:
    """Tell whether the beginning of a text can only be UTF-8: letters in another encoding do not make whole characters by chance.

    ASCII is the same in most encodings, but not in UTF-16 and UTF-32 (`not_wide`).
    """
    if head.isascii() and not (not_wide and head and b"\0" not in head and b"\4" not in head):
        return False
    return _first_odd_byte(head, len(head) < charset.SNIFF) is None


def _first_odd_byte(block: bytes, is_whole: bool) -> int | None:
    """Return where a text stops being UTF-8, None if it does not; one that is not whole may end within a character."""
    bad = first_invalid(block)
    return None if bad is not None and not is_whole and bad >= len(block) - 3 else bad


def _found_encoding(source: Source, stream: Begun) -> str:
    """Return the encoding of a text without a mark: UTF-8 if its first block with other letters than those of ASCII is that.

    A pipe cannot be read twice: there only the first block is looked at.
    """
    block = stream.ahead(BLOCK)
    if not block.isascii() or len(block) < BLOCK or not source.state or not stat.S_ISREG(source.state.st_mode) or source.path is None:
        return _encoding_of(block, 0, source.name, len(block) < BLOCK)
    offset = 0
    with _open(source) as file:
        for block in read_blocks(_plain(file, source)):
            if not block.isascii():
                return _encoding_of(block, offset, source.name, True)
            offset += len(block)
    return charset.UTF8


def _encoding_of(block: bytes, offset: int, name: str, is_whole: bool) -> str:
    """Return the encoding of a block; raise EncodingError if nothing tells it."""
    at = _first_odd_byte(block, is_whole)
    if at is None:
        return charset.UTF8
    found = charset.likely_encoding(block)
    if found is None:
        raise EncodingError(name, offset + at, hint=charset.hint(block))
    return found


def _open(source: Source) -> BufferedReader:
    """Open a source for reading; standard input stays open afterwards."""
    if source.path is None:
        if hasattr(os, "set_blocking"):
            os.set_blocking(0, True)  # else a pause of whoever writes there would be taken for the end
        return open(0, "rb", closefd=False)
    return open(source.path, "rb")


def read_blocks(stream: Stream, size: int = BLOCK) -> Iterator[bytes]:
    r"""Yield the bytes of a stream in blocks of about `size`, each but the last ending at a line end.

    >>> import io
    >>> list(read_blocks(io.BytesIO(b"a\nbb\nccccccc\nd"), 4))
    [b'a\n', b'bb\n', b'ccccccc\n', b'd']
    """
    pieces: list[bytes | memoryview] = []
    while chunk := stream.read(size):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield b"".join([*pieces, memoryview(chunk)[:cut]])
            pieces = [chunk[cut:]]
        else:
            pieces.append(chunk)
        if len(chunk) < size:
            break  # the end: to read on would make a terminal ask for it twice
    if rest := b"".join(pieces):
        yield rest


def read_lines(stream: BufferedReader) -> Iterator[bytes]:
    r"""Yield the lines of a stream, as many as can be read without waiting for more; and nothing behind each, so that it need not wait.

    >>> import io
    >>> list(read_lines(io.BufferedReader(io.BytesIO(b"a\nbb\nc"))))
    [b'a\nbb\n', b'', b'c']
    """
    pieces: list[bytes] = []
    while chunk := stream.read1(BLOCK):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield b"".join([*pieces, chunk[:cut]])
            yield b""
            pieces = []
        pieces.append(chunk[cut:])
    if rest := b"".join(pieces):
        yield rest
