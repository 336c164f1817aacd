"""The Ukrainian translations of Debian's packages: messages of programs, pages of help and of the manual.

They are technical text of many hands, full of marks, options and formats, and clean but for slips. Fetched without being installed:

    xargs apt-get download < benchmarks/translations.txt
    for package in *.deb; do dpkg-deb -x "$package" translations; done
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

INSTALLED: Final = Path("/usr/share")
"""Where the packages put them."""

QT_END, QT_TRANSLATION, QT_MESSAGES = 1, 3, 0x69

_UKRAINIAN = re.compile(r"(?<![A-Za-z])uk(?![A-Za-z])")
_CYRILLIC = re.compile("[А-Яа-яЄІЇҐєіїґ]")


def read(folder: Path) -> list[str]:
    """Return the distinct texts of a folder with a Cyrillic letter, in the order of the files' names."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*")):
        reader = READERS.get(path.suffix)
        if reader and path.is_file() and _UKRAINIAN.search(str(path.relative_to(folder))):
            found.update(dict.fromkeys(text for text in _texts(reader, path) if _CYRILLIC.search(text)))
    return list(found)


def words(text: str) -> int:
    """Count the words with a Cyrillic letter, since half of a page of help is tags.

    >>> words("<p>Вилучити файл %s</p>")
    2
    """
    return sum(1 for word in text.split() if _CYRILLIC.search(word))


def _texts(reader: Callable[[bytes], Iterator[str]], path: Path) -> list[str]:
    """Return the texts of a file; none of one that is in another encoding, as Vim's for Windows is."""
    try:
        return list(reader(path.read_bytes()))
    except UnicodeDecodeError:
        return []


def _whole(data: bytes) -> Iterator[str]:
    """Yield a page as it stands, with its tags."""
    yield data.decode()


def _manual(data: bytes) -> Iterator[str]:
    r"""Yield a page of the manual as it stands: `\fIслово\fP` is what the program meets in such files."""
    yield gzip.decompress(data).decode()


def _messages(data: bytes) -> Iterator[str]:
    """Yield the translations of a compiled catalogue; each form of a plural is a text.

    A catalogue begins with a magic number, its revision, the number of messages, and where the tables of the originals and
    of the translations stand: a length and a place for each. The translation of the empty original is the catalogue's head.
    """
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack_from(f"{order}3I", data, 8)
    for row in range(count):
        original, _ = struct.unpack_from(f"{order}2I", data, originals + 8 * row)
        length, start = struct.unpack_from(f"{order}2I", data, translations + 8 * row)
        if original:
            yield from data[start : start + length].decode().split("\0")


def _qt_messages(data: bytes) -> Iterator[str]:
    """Yield the translations of a compiled catalogue of Qt.

    Sections follow a magic number of 16 bytes, each a tag and a length. That of the messages is made of fields: a tag, and for all
    but the ends of messages a length and so many bytes, which are UTF-16 in a translation. One without text has the length -1.
    """
    for section, messages in _tagged(data, 16, len(data)):
        if section == QT_MESSAGES:
            yield from (
                data[field].decode("utf-16-be") for tag, field in _tagged(data, messages.start, messages.stop) if tag == QT_TRANSLATION
            )


def _tagged(data: bytes, place: int, end: int) -> Iterator[tuple[int, slice]]:
    """Yield tags and where the bytes behind them stand."""
    while place + 5 <= end:
        tag, length = struct.unpack_from(">Bi", data, place)
        if tag == QT_END:
            place += 1
            continue
        yield tag, slice(place + 5, place + 5 + max(0, length))
        place += 5 + max(0, length)


def _extension(data: bytes) -> Iterator[str]:
    """Yield the files of messages of a language pack for Firefox or Thunderbird."""
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        for name in sorted(pack.namelist()):
            if name.endswith((".ftl", ".properties", ".dtd")):
                yield pack.read(name).decode()


READERS: Final[dict[str, Callable[[bytes], Iterator[str]]]] = {
    ".mo": _messages,
    ".qm": _qt_messages,
    ".page": _whole,
    ".docbook": _whole,
    ".html": _whole,
    ".gz": _manual,
    ".xpi": _extension,
}
"""What is read, by the end of its name."""
