"""A text in memory as an array of code units, in one of three encodings."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Text = TypeVar("Text", str, bytes)
Units = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.uint32]
Points = NDArray[np.uint32]
"""Code points."""

LINE_END: Final = 10
RETURN: Final = 13  # belongs to the line end behind it
BLANK: Final = 32  # up to here all is white space, which parts chunks
LESS: Final = 0x3C
QUOTE: Final = 0x60  # the back-quote; as < it opens what may hold white space


class Encoding(NamedTuple):
    """How a text lies in memory: the codec, what it does with what it cannot encode, and its code unit."""

    codec: str
    errors: str
    unit: type[np.unsignedinteger]


UTF8: Final = Encoding("utf-8", "surrogateescape", np.uint8)
UTF16: Final = Encoding("utf-16-le", "strict", np.uint16)
UTF32: Final = Encoding("utf-32-le", "surrogatepass", np.uint32)


class Source(NamedTuple):
    """A text and its code units, one for each of its items."""

    text: str | bytes
    units: Units
    encoding: Encoding


def source_of(text: str | bytes) -> Source:
    """Return a text with its code units: of UTF-8 the bytes, of a `str` one for each code point, in UTF-16 where that is possible."""
    if isinstance(text, bytes):
        return Source(text, np.frombuffer(text, np.uint8), UTF8)
    try:
        data = text.encode(*UTF16[:2])
    except UnicodeEncodeError:  # lone surrogates: two of them must not become a pair
        data = b""
    if len(data) == 2 * len(text):
        return Source(text, np.frombuffer(data, np.uint16), UTF16)
    return Source(text, np.frombuffer(text.encode(*UTF32[:2]), np.uint32), UTF32)


def as_points(units: Units, encoding: Encoding) -> Points:
    """Return the code points of some code units."""
    if encoding is not UTF8:
        return units.astype(np.uint32, copy=False)  # nobody writes into code points
    text = str(np.ascontiguousarray(units).data, encoding.codec, encoding.errors)
    return np.frombuffer(text.encode(*UTF32[:2]), np.uint32)


def encode(text: str) -> Points:
    """Return the code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def decode(points: Points) -> str:
    """Return the text of some code points."""
    return str(np.ascontiguousarray(points, "<u4").data, "utf-32-le", "surrogatepass")  # of a copy as bytes it takes a third more
