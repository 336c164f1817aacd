"""Which files, and their bytes in blocks: walking and streaming."""
# Paths are shown and opened as they were typed: Path would turn ./a into a:
# ruff: noqa: PTH116, PTH118, PTH119, PTH123, PTH208

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from ..errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader

    from .. import Normalizer
    from .blocks import Outcome

BLOCK = 1 << 21
"""Bytes read together. A block ends at a line end, so a line longer than this makes a longer block.

Blocks of 4 MiB take a tenth less time on sound text and a sixth less with 1 % damaged, but 201 MB where every word is damaged anew, 226 MB
for two processes, instead of 171 and 183.
"""

_SNIFF = 1 << 13
# A NUL among the first 8 KiB of a walked file marks it as binary, as git and grep have it.

STDIN = "<stdin>"
"""The name under which standard input appears in messages."""


@dataclass(slots=True)
class Source:
    """One input: what it is called, where it lies (None for standard input), by which argument it was found.

    `root` is that argument and `place` the path from there; `walked` tells that `root` is a directory. `state` is what
    the file looked like when it was opened. `failed` is set by whoever finds the file bad: the rest is not read.
    """

    name: str
    path: str | None
    root: str
    place: str
    walked: bool = False
    state: os.stat_result | None = None
    failed: bool = False


class Form(Protocol):
    """How data are written of which some fields are repaired, and which those are; text has none."""

    def repair(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair a block of whole records."""

    def find(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair a block of whole records and tell each edit."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of one source, or the error that reading it met.

    `offset` is where the block starts in its file. `last` is true for the last piece of a source, also after an error.
    """

    source: Source
    data: bytes = b""
    offset: int = 0
    last: bool = False
    error: FileError | None = None
    form: Form | None = None


def find_sources(paths: Iterable[str], skip: str | None = None) -> Iterator[Source | FileError]:
    """Yield what the arguments stand for, in their order; directories are walked.

    A path that cannot be read is yielded as its error. `skip` is a directory that is not entered: the one written to.
    """
    for path in paths:
        if path == "-":
            yield Source(STDIN, None, path, path)
            continue
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            yield FileError.of(path, error)
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, skip)
        else:
            yield Source(path, path, path, os.path.basename(path))


def _walk(root: str, skip: str | None) -> Iterator[Source | FileError]:
    """Yield the files below a directory, sorted by their path, without following links.

    Hidden files and directories are left out, so are sockets, pipes and devices.
    """
    avoid = skip and os.path.realpath(skip)
    todo = [root]
    while todo:
        path = todo.pop()
        try:
            mode = os.lstat(path).st_mode
            if path == root or stat.S_ISDIR(mode):
                if avoid is None or os.path.realpath(path) != avoid:
                    todo += _visible(path)
            elif stat.S_ISREG(mode):
                yield Source(path, path, root, os.path.relpath(path, root), walked=True)
        except OSError as error:
            yield FileError.of(path, error)


def _visible(directory: str) -> list[str]:
    """Return the paths in a directory that are not hidden, the last first."""
    names = sorted(os.listdir(directory), reverse=True)
    return [os.path.join(directory, name) for name in names if not name.startswith(".")]


def total_size(paths: Iterable[str]) -> int | None:
    """Return the number of bytes to be read, None if that cannot be known (pipes)."""
    total = 0
    for source in find_sources(paths):
        if isinstance(source, FileError):
            continue
        size = _size(source.path)
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


def read_sources(sources: Iterable[Source | FileError], line_buffered: bool = False) -> Iterator[Piece]:
    """Yield every source in pieces; what cannot be read becomes a piece with its error.

    With `line_buffered` a line is yielded as soon as it can be read, and does not wait for a block to be full.
    Walked files that are binary are left out without a word.
    """
    for source in sources:
        if isinstance(source, FileError):
            yield Piece(Source(source.path, source.path, "", ""), last=True, error=source)
        else:
            yield from _read_source(source, line_buffered)


def _read_source(source: Source, line_buffered: bool) -> Iterator[Piece]:
    """Yield one source in pieces, the last of them marked."""
    offset = 0
    try:
        with _open(source) as stream:
            source.state = os.fstat(stream.fileno())
            if source.walked:
                if b"\0" in stream.read(_SNIFF):
                    return
                stream.seek(0)
            block = b""
            for following in read_lines(stream) if line_buffered else read_blocks(stream):
                if block:
                    yield Piece(source, block, offset)
                if source.failed:
                    return
                offset += len(block)
                block = following
        yield Piece(source, block, offset, last=True)
    except OSError as error:
        yield Piece(source, last=True, error=FileError.of(source.name, error))


def _open(source: Source) -> BufferedReader:
    """Open a source for reading; standard input stays open afterwards."""
    if source.path is None:
        if hasattr(os, "set_blocking"):
            os.set_blocking(0, True)  # else a pause of whoever writes there would be taken for the end
        return open(0, "rb", closefd=False)
    return open(source.path, "rb")


def read_blocks(stream: BinaryIO, size: int = BLOCK) -> Iterator[bytes]:
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
