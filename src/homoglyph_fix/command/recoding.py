"""The bytes of a file, of its text: encoded and compressed as the file was."""

from __future__ import annotations

from . import charset
from .compression import compressor, require


class Recoder:
    """Makes of the text of one file, given as UTF-8, what is written; `name` is for messages."""

    def __init__(self, name: str, encoding: str, compression: str) -> None:
        self._name = name
        self._encoding = encoding
        if compression:
            require(compression, name)
        self._compressor = compressor(compression) if compression else None

    def take(self, data: bytes) -> bytes:
        """Return what can be written of it and of what came before; raise FileError if the encoding lacks a letter."""
        if self._encoding != charset.UTF8:
            data = charset.encode(data, self._encoding, self._name)
        return data if self._compressor is None else self._compressor.compress(data)

    def end(self) -> bytes:
        """Return what is left to write."""
        return b"" if self._compressor is None else self._compressor.flush()
