"""A quick look at JSON Lines by msgspec, if it is there: most lines need no other, for nothing in their fields changes.

msgspec finds a field four times as fast as the walk does and refuses all that the walk refuses, but of duplicate keys it tells only the
last, and not where a string stands. So lines that change, that may have a key twice or that it refuses are left to the walk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ... import Normalizer

_SIMPLE = re.compile(r"[A-Za-z0-9_-]+").fullmatch
# Names that are no paths, and that nobody escapes.

_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b'"': b'"', b"/": b"/"}
# What is meant by a letter behind a backslash.

_LINE_END = ord("\n")


class Glimpse(NamedTuple):
    """Which records are to be read, and what becomes of some of their strings.

    `repaired` are records, by their number, that need not be read any more; `lacking` counts those that lack the fields.
    """

    numbers: Sequence[int]
    known: dict[str, str]
    repaired: dict[int, bytes]
    lacking: int


@dataclass(frozen=True, slots=True)
class Glimpser:
    """Decodes the fields of a line as f0, f1, ..., each as it is written; `text` decodes a string that holds escapes.

    `keys` are the fields as they are spelled in a line, `escaped` matches a letter of theirs that is spelled otherwise.
    """

    decode: Callable[[bytes], Any]
    text: Callable[[bytes], str]
    keys: tuple[bytes, ...]
    escaped: re.Pattern[bytes]

    def look(self, normalizer: Normalizer, data: bytes, records: list[bytes], places: bool) -> Glimpse:
        """Look at a block; where places are asked for, every line that changes is to be read."""
        rows, unread = self._rows(records)
        numbers = set(unread)
        has_some = set(unread)
        known: dict[str, str] = {}
        repaired: dict[int, bytes] = {}
        for at, key in enumerate(self.keys):
            raws = [(number, bytes(getattr(row, f"f{at}"))) for number, row in enumerate(rows) if row is not None]
            raws = [(number, raw) for number, raw in raws if raw]
            numbers |= self._repeated(key, data, records, len(raws))
            strings = [(number, raw) for number, raw in raws if raw[:1] == b'"']
            has_some.update(number for number, _ in strings)
            texts = [raw[1:-1] if b"\\" not in raw else self._unescaped(raw) for _, raw in strings]
            for place, new in _changed(normalizer, texts):
                number, raw = strings[place]
                record = None if places or number in numbers else _rewritten(repaired.get(number, records[number]), key, raw, new)
                if record is None:
                    numbers.add(number)
                    known[texts[place].decode()] = new.decode()
                else:
                    repaired[number] = record
        repaired = {number: record for number, record in repaired.items() if number not in numbers}
        return Glimpse(sorted(numbers), known, repaired, len(records) - len(has_some | numbers))

    def _rows(self, records: list[bytes]) -> tuple[list[Any], set[int]]:
        """Return the fields of each line, None for lines that are refused, and the numbers of these."""
        rows: list[Any] = []
        for record in records:
            try:
                rows.append(self.decode(record))
            except (ValueError, RecursionError):  # no JSON, or NaN, a lone surrogate, a BOM
                rows.append(None)
        return rows, {number for number, row in enumerate(rows) if row is None}

    def _unescaped(self, raw: bytes) -> bytes:
        """Return a string without its escapes: the common ones are put in at the backslashes, which is faster than to decode it all."""
        first, *rest = raw[1:-1].split(b"\\")
        parts = [first]
        for part in rest:
            sign = _SIGNS.get(part[:1])
            if sign is None:
                return self.text(raw).encode()
            parts += sign, part[1:]
        return b"".join(parts)

    def _repeated(self, key: bytes, data: bytes, records: list[bytes], count: int) -> set[int]:
        """Return in which lines a key may stand twice, or escaped, given that it stands in so many."""
        may_be_escaped = b"\\u00" in data and self.escaped.search(data) is not None
        if not may_be_escaped and data.count(key) == count:
            return set()
        return {
            number for number, record in enumerate(records) if record.count(key) > 1 or (may_be_escaped and self.escaped.search(record))
        }


def _changed(normalizer: Normalizer, texts: list[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers of texts that change, and what each becomes: all are repaired as the lines of one."""
    joined = b"\n".join(texts)
    repaired = normalizer.normalize_utf8(joined)
    if repaired is joined:
        return
    repaired += b"\n"
    start = 0
    for number, text in enumerate(texts):
        end = start + len(text)
        if not (repaired.startswith(text, start) and repaired[end] == _LINE_END):  # a repair never adds or removes a line
            end = start - 1
            for _ in range(text.count(b"\n") + 1):
                end = repaired.index(b"\n", end + 1)
            yield number, repaired[start:end]
        start = end + 1


def _rewritten(record: bytes, key: bytes, raw: bytes, new: bytes) -> bytes | None:
    """Return a record, in which a key stands once, with a new text in its literal; None if that asks for more than to put it there.

    That is enough where only line ends are escaped.
    """
    if raw.isascii() or raw.count(b"\\") != raw.count(b"\\n") or b'"' in new or b"\\" in new:
        return None
    place = record.index(b'"', record.index(key) + len(key))
    return b'%b"%b"%b' % (record[:place], new.replace(b"\n", b"\\n"), record[place + len(raw) :])


@lru_cache(maxsize=8)
def glimpser(fields: tuple[str, ...]) -> Glimpser | None:
    """Return what looks for some fields; None without msgspec, or where a name is a path or may be spelled in many ways."""
    if not all(map(_SIMPLE, fields)):
        return None
    try:
        import msgspec  # noqa: PLC0415  # an extra
    except ImportError:
        return None
    names = [f"f{at}" for at in range(len(fields))]
    row = msgspec.defstruct("Row", [(name, msgspec.Raw, b"") for name in names], rename=dict(zip(names, fields, strict=True)))
    letters = "|".join(f"{ord(letter):02x}" for letter in sorted(set("".join(fields))))
    keys = tuple(f'"{name}"'.encode() for name in fields)
    escaped = re.compile(rb"\\u00(?:%b)" % letters.encode(), re.IGNORECASE)
    return Glimpser(msgspec.json.Decoder(row).decode, msgspec.json.Decoder(str).decode, keys, escaped)
