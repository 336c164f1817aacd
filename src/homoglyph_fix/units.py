"""A text in memory as an array of code units, in one of three encodings."""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .tokens import Points, decode, encode

Text = TypeVar("Text", str, bytes)
Units = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.uint32]


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


def framed(source: Source, start: int, end: int) -> tuple[Source, Points]:
    """Return a part of a text between two line ends, these included, and its code points."""
    if isinstance(source.text, str):
        text = f"\n{source.text[start:end]}\n"
    else:
        text = b"".join((b"\n", memoryview(source.text)[start:end], b"\n")).decode(*UTF8[:2])
    points = encode(text)
    return Source(text, points, UTF32), points


def as_points(units: Units, encoding: Encoding) -> Points:
    """Return the code points of some code units."""
    if encoding is not UTF8:
        return units.astype(np.uint32, copy=False)  # nobody writes into code points
    text = str(np.ascontiguousarray(units).data, encoding.codec, encoding.errors)
    return np.frombuffer(text.encode(*UTF32[:2]), np.uint32)


def as_text(points: Points, old: Text) -> Text:
    """Return a text of the type of an old one; the old object itself where it is the same."""
    new: Any = decode(points)
    kind: type = type(old)
    new = new if kind is str else new.encode(*UTF8[:2])
    return old if new == old else new
