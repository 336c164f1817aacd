"""Compressed files: which they are by their ending, read and written as streams."""

from __future__ import annotations

import importlib
import sys
import zlib
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import FileError
from .endings import ending_of, without_ending
from .messages import _

if TYPE_CHECKING:
    from .streams import Stream

ENDINGS = (".gz", ".bz2", ".xz", ".zst")
"""Endings of the names of files that are read and written compressed."""

ZSTD = "pip install 'homoglyph-fix[zstd]'"
"""How to get what reads `.zst` before Python 3.14."""

_READ = 1 << 16
# Compressed bytes read together.

_GZIP = zlib.MAX_WBITS | 16
# A deflated stream in the clothes of gzip, with its check sum.


class Compressor(Protocol):
    """Compresses one stream."""

    def compress(self, data: bytes, /) -> bytes:
        """Take more data; return what is ready."""

    def flush(self) -> bytes:
        """Return the rest."""


class Decompressor(Protocol):
    """Decompresses one stream; a file may hold several, one after the other."""

    @property
    def eof(self) -> bool:
        """Tell whether the stream has ended."""

    @property
    def needs_input(self) -> bool:
        """Tell whether nothing more comes without more data."""

    @property
    def unused_data(self) -> bytes:
        """Return what follows the stream."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Take more data; return so many bytes at most."""


class _Inflater:
    """zlib with the manners of its younger brothers."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_GZIP)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        out = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self.needs_input = len(out) < max_length and not self._inner.unconsumed_tail
        return out


def compression_of(path: str | None) -> str:
    """Return the ending that tells how a file is compressed, "" if it is not.

    >>> compression_of("d/news.txt.GZ"), compression_of("news.txt"), compression_of(None)
    ('.gz', '', '')
    """
    ending = ending_of(path or "")
    return ending if ending in ENDINGS else ""


def without_compression(name: str) -> str:
    """Return the name that a file has when it is decompressed.

    >>> without_compression("d/news.txt.gz"), without_compression("news.txt")
    ('d/news.txt', 'news.txt')
    """
    return without_ending(name) if compression_of(name) else name


def missing_module(compression: str) -> str:
    """Return how to get what reads such files, "" if it is there.

    >>> missing_module(".gz")
    ''
    """
    try:
        _module(compression)
    except ImportError:
        if compression == ".zst":
            return ZSTD
        return _("a Python that has the module {module}").format(module=_MODULES[compression])
    return ""


def require(compression: str, name: str) -> None:
    """Raise FileError if what reads and writes such files is missing; `name` is that of the file at hand."""
    missing = missing_module(compression)
    if missing:
        raise FileError(name, _("{compression} files need {missing}").format(compression=compression, missing=missing))


_MODULES = {".gz": "zlib", ".bz2": "bz2", ".xz": "lzma", ".zst": "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"}


def _module(compression: str) -> Any:  # noqa: ANN401  # there is no type for any one of four modules
    """Import what reads and writes such files, when it is needed and not before."""
    return importlib.import_module(_MODULES[compression])


def compressor(compression: str) -> Compressor:
    """Return what compresses one stream, as the program of that ending does by itself; no name and no time go into it."""
    module = _module(compression)
    if compression == ".gz":
        return module.compressobj(wbits=_GZIP)
    if compression == ".zst":
        return module.ZstdCompressor(options={module.CompressionParameter.checksum_flag: 1})
    return module.BZ2Compressor() if compression == ".bz2" else module.LZMACompressor()


def _decompressor(compression: str) -> Decompressor:
    """Return what decompresses one stream."""
    if compression == ".gz":
        return _Inflater()
    names = {".bz2": "BZ2Decompressor", ".xz": "LZMADecompressor", ".zst": "ZstdDecompressor"}
    return getattr(_module(compression), names[compression])()


class Decompressed:
    """The text in a compressed file, a piece at a time; raises FileError where the file is damaged, cut off or not compressed at all.

    The readers of the standard library drop what follows the last stream without a word; here it is an error, or -w would lose it.
    Zeros there fill up a tape or a block, and are nothing.
    """

    def __init__(self, stream: Stream, compression: str, name: str) -> None:
        require(compression, name)
        self._stream = stream
        self._compression = compression
        self._name = name
        self._inner = _decompressor(compression)
        self._data = b""
        self._is_empty = True
        self._ended = False

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer at the end only."""
        pieces: list[bytes] = []
        while size and not self._ended:
            piece = self._decompress(size)
            size -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def _decompress(self, size: int) -> bytes:
        """Take a step: more of the file, or more of the text."""
        if self._inner.eof:
            self._next_stream()
            return b""
        if self._inner.needs_input and not self._data:
            self._data = self._stream.read(_READ)
            if not self._data:
                self._ended = True
                if self._is_empty:
                    return b""  # nothing at all: no text
                raise FileError(self._name, _("the {compression} file is cut off").format(compression=self._compression))
            self._is_empty = False
        data, self._data = self._data, b""
        try:
            return self._inner.decompress(data, size)
        except Exception as error:  # each of the four modules has an error of its own, and only one of them is an OSError
            if isinstance(error, MemoryError):
                raise
            message = _("damaged, or no {compression} file: {error}").format(compression=self._compression, error=error)
            raise FileError(self._name, message) from error

    def _next_stream(self) -> None:
        """Begin the stream that follows the one that has ended, if there is one."""
        rest = self._inner.unused_data.lstrip(b"\0")
        while not rest:
            rest = self._stream.read(_READ)
            if not rest:
                self._ended = True
                return
            rest = rest.lstrip(b"\0")
        self._inner = _decompressor(self._compression)
        self._data = rest
