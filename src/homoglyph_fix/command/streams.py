"""What is read from: a stream of bytes, and one of which the beginning has been looked at."""

from __future__ import annotations

from typing import Protocol


class Stream(Protocol):
    """Gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Return so many bytes; fewer are the end, after which it is not asked again: a terminal would wait for more."""


class Begun:
    r"""A stream whose first bytes can be looked at before they are read, also where it cannot be rewound.

    >>> import io
    >>> stream = Begun(io.BytesIO(b"abcdef"))
    >>> stream.ahead(2), stream.read(3), stream.read(10)
    (b'ab', b'abc', b'def')
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._head = b""
        self._ended = False

    def ahead(self, size: int) -> bytes:
        """Return the next bytes, fewer at the end only, and keep them to be read."""
        self._fill(size)
        return self._head[:size]

    def read(self, size: int, /) -> bytes:
        """Return so many bytes, fewer at the end only."""
        self._fill(size)
        data, self._head = self._head[:size], self._head[size:]
        return data

    def _fill(self, size: int) -> None:
        """Read on until so many bytes are known."""
        wanted = size - len(self._head)
        if wanted > 0 and not self._ended:
            data = self._stream.read(wanted)
            self._ended = len(data) < wanted
            self._head = self._head + data if self._head else data
