"""A zip archive in memory: members are read by zipfile, and some written anew among the others, of which every byte stays."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Final, NamedTuple

from ..messages import _
from .refusing import DAMAGED, ENCRYPTED, TOO_LARGE, RefusedError

LARGEST: Final = 1 << 28
"""Bytes of XML that are read from one package: a novel has some 10 MB of them, and a bomb any number."""

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What files begin with that are no archives: Word before 2007, and what Word encrypts.

_WIDE: Final = 0xFFFFFFFF
# A number of 32 bits that says: look into the extra field, where there are 64.

_LEVELS: Final = (6, 9, 3, 1)
# How hard deflate tried, by two bits among the flags of a member: normal, most, fast, fastest.

_SIZES_FOLLOW: Final = 1 << 3
# The flag of a member whose check sum and sizes stand behind it, for whoever wrote it did not know them before.

_DESCRIPTORS: Final = ("<4sIII", "<4sIQQ", "<III", "<IQQ")
# How they stand there: with a mark or without, in 32 bits or in 64.


class Archive:
    """The members of an archive. Raises RefusedError for what is no archive, or cannot be copied faithfully."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = LARGEST
        self._contents: dict[str, bytes] = {}
        if data.startswith(_OLD_OFFICE):
            is_locked = "EncryptedPackage".encode("utf-16-le") in data
            raise RefusedError(*ENCRYPTED) if is_locked else RefusedError(DAMAGED, _("a file of Word before 2007"))
        with _refusing(_("no zip archive, or cut off")):
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """Return a member, which must be there."""
        if name not in self._contents:
            self._contents[name] = self._read(name)
        return self._contents[name]

    def _read(self, name: str) -> bytes:
        """Take a member out, unless it is locked or more than there may be."""
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise RefusedError(*ENCRYPTED)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedError(DAMAGED, _("{name} is compressed in a way that no document is").format(name=name))
        with _refusing(_("{name} cannot be unpacked").format(name=name)), self._zip.open(info) as file:
            content = file.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise RefusedError(TOO_LARGE, _("more than {size} MB of text").format(size=LARGEST >> 20))
        return content

    def rewritten(self, contents: Mapping[str, bytes]) -> bytes:
        """Return the archive with new contents of some members; all else is copied: order, dates, attributes, what is compressed."""
        with _refusing("its directory does not fit its members"):
            return b"".join(self._rewritten(contents))

    def _rewritten(self, contents: Mapping[str, bytes]) -> Iterator[bytes]:
        """Yield the archive in pieces: what stands before, the members, the directory, its end."""
        infos = sorted(self._zip.infolist(), key=lambda info: info.header_offset)
        changed = {self._zip.getinfo(name).header_offset: content for name, content in contents.items()}
        starts, directory = [info.header_offset for info in infos], self._zip.start_dir
        yield self._data[: starts[0]]
        shift = 0
        shifts: dict[int, int] = {}
        sums: dict[int, _Sums] = {}
        for info, (start, end) in zip(infos, pairwise([*starts, directory]), strict=True):
            member = self._data[start:end]
            if len(member) < _LOCAL.fixed + info.compress_size:
                raise zipfile.BadZipFile("members overlap")
            shifts[start] = shift
            if start in changed:
                member, sums[start] = _with_content(member, info, changed[start])
            shift += len(member) - (end - start)
            yield member
        at = directory
        for info in self._zip.infolist():  # in the order of the directory
            entry = _Header(self._data, at, _CENTRAL)
            at += len(entry.data)
            entry.put(_CENTRAL.offset, entry.get(_CENTRAL.offset) + shifts[info.header_offset])
            if info.header_offset in sums:
                entry.put_sums(sums[info.header_offset])
            yield bytes(entry.data)
        yield _moved_end(self._data[at:], shift)


class _Sums(NamedTuple):
    """What headers say of the content of a member."""

    check: int
    compressed: int
    size: int


class _Layout(NamedTuple):
    """Where the numbers of a header stand; behind the `fixed` bytes come the name, the extra fields, and in the directory a remark.

    Only the directory has an `offset`; of a member it lies beyond the fixed bytes.
    """

    mark: bytes
    fixed: int
    check: int
    compressed: int
    size: int
    offset: int
    lengths: tuple[int, ...]


_LOCAL: Final = _Layout(b"PK\3\4", 30, 14, 18, 22, 30, (26, 28))
_CENTRAL: Final = _Layout(b"PK\1\2", 46, 16, 20, 24, 42, (28, 30, 32))


class _Header:
    """The header of a member, or its entry in the directory, of which numbers can be changed."""

    def __init__(self, data: bytes, at: int, layout: _Layout) -> None:
        if not data.startswith(layout.mark, at):
            raise zipfile.BadZipFile("a header is missing")
        name, extra, *remark = (struct.unpack_from("<H", data, at + place)[0] for place in layout.lengths)
        self.data = bytearray(data[at : at + layout.fixed + name + extra + sum(remark)])
        self._layout = layout
        self._extra = layout.fixed + name, layout.fixed + name + extra

    def get(self, field: int) -> int:
        """Return a number."""
        place, form = self._place(field)
        return struct.unpack_from(form, self.data, place)[0]

    def put(self, field: int, number: int) -> None:
        """Change a number."""
        place, form = self._place(field)
        struct.pack_into(form, self.data, place, number)

    def put_sums(self, sums: _Sums) -> None:
        """Change the check sum and the sizes."""
        struct.pack_into("<I", self.data, self._layout.check, sums.check)
        self.put(self._layout.compressed, sums.compressed)
        self.put(self._layout.size, sums.size)

    def _place(self, field: int) -> tuple[int, str]:
        """Return where a number stands and how it is written: those too large for the header stand in the extra field, in 64 bits each."""
        at, end = self._extra
        while at + 4 <= end:
            kind, size = struct.unpack_from("<HH", self.data, at)
            if kind == 1:
                wide = [one for one in (self._layout.size, self._layout.compressed, self._layout.offset) if self._is_wide(one)]
                if field in wide and 8 * len(wide) <= size:
                    return at + 4 + 8 * wide.index(field), "<Q"
            at += 4 + size
        return field, "<I"

    def _is_wide(self, field: int) -> bool:
        """Tell whether a number stands in the extra field."""
        return field < self._layout.fixed and struct.unpack_from("<I", self.data, field)[0] == _WIDE


def _with_content(member: bytes, info: zipfile.ZipInfo, content: bytes) -> tuple[bytes, _Sums]:
    """Return a member with another content, compressed as the old one, and what is to be said of it."""
    header = _Header(member, 0, _LOCAL)
    end = len(header.data) + info.compress_size
    packed = content
    if info.compress_type == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(_LEVELS[info.flag_bits >> 1 & 3], zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(content) + packer.flush()
    sums, behind = _Sums(zlib.crc32(content), len(packed), len(content)), member[end:]
    if not info.flag_bits & _SIZES_FOLLOW:
        header.put_sums(sums)
    else:
        if header.get(_LOCAL.compressed):  # some say it twice
            header.put_sums(sums)
        behind = _described(behind, _Sums(info.CRC, info.compress_size, info.file_size), sums)
    return b"".join([header.data, packed, behind]), sums


def _described(behind: bytes, old: _Sums, new: _Sums) -> bytes:
    """Return what stands behind a member with new sums, in the form of the old ones."""
    for form in _DESCRIPTORS:
        mark = (b"PK\7\x08",) if "s" in form else ()
        said = struct.pack(form, *mark, *old)
        if behind.startswith(said):
            return struct.pack(form, *mark, *new) + behind[len(said) :]
    raise zipfile.BadZipFile("the sizes of a member are missing")


def _moved_end(end: bytes, shift: int) -> bytes:
    """Return the end of the directory, which says where the directory begins; its 64-bit form, if there is one, and where that is."""
    data, at = bytearray(end), 0
    if data.startswith(b"PK\6\6"):
        _add(data, "<Q", 48, shift)
        at = 12 + struct.unpack_from("<Q", data, 4)[0]
        if data[at : at + 4] != b"PK\6\7":
            raise zipfile.BadZipFile("the end is damaged")
        _add(data, "<Q", at + 8, shift)
        at += 20
    if data[at : at + 4] != b"PK\5\6":
        raise zipfile.BadZipFile("the end is damaged")
    if struct.unpack_from("<I", data, at + 16)[0] != _WIDE:
        _add(data, "<I", at + 16, shift)
    return bytes(data)


def _add(data: bytearray, form: str, at: int, shift: int) -> None:
    """Add to a number."""
    struct.pack_into(form, data, at, struct.unpack_from(form, data, at)[0] + shift)


@contextmanager
def _refusing(reason: str) -> Iterator[None]:
    """Turn whatever is raised for a bad archive into a refusal with this reason; zipfile has no one error for all that can be."""
    try:
        yield
    except (MemoryError, RefusedError):
        raise
    except Exception as error:
        raise RefusedError(DAMAGED, reason) from error
