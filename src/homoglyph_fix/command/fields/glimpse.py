"""A quick look at JSON Lines by msgspec, if it is there: most lines need no other, for nothing in their fields changes.

msgspec finds a field four times as fast as the walk does and refuses all that the walk refuses. But of duplicate keys it tells only the
last, and not where a string stands; and it refuses NaN, a BOM and lone surrogates. Such lines are left to the walk, and so are those that
change where their change must be placed or escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ... import Marks

if TYPE_CHECKING:
    from ... import Normalizer

_SIMPLE = re.compile(r"[A-Za-z0-9_-]+").fullmatch
# Names that are no paths, and that nobody escapes.

_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b'"': b'"', b"/": b"/"}
# What is meant by a letter behind a backslash.

_ENDS = (b"\n", b"")
# What stands behind a line.


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
    """Decodes the fields of a line under other names, each as it is written; `text` decodes a string that holds escapes.

    `keys` are the fields as they are spelled in a line, `escaped` matches a letter of theirs that is spelled otherwise.
    """

    decode: Callable[[bytes], Any]
    text: Callable[[bytes], str]
    names: tuple[str, ...]
    keys: tuple[bytes, ...]
    escaped: re.Pattern[bytes]

    def look(self, normalizer: Normalizer, data: bytes, records: list[bytes], places: bool) -> Glimpse:
        """Look at a block; where places are asked for, every line that changes is to be read."""
        columns, numbers = self._columns(data, records)
        has_some = numbers.copy()
        known: dict[str, str] = {}
        repaired: dict[int, bytes] = {}
        for key, column in zip(self.keys, columns, strict=True):
            strings = [(number, raw) for number, raw in column if raw[:1] == b'"']
            has_some.update(number for number, _ in strings)
            texts = [self._unescaped(raw) if b"\\" in raw else raw[1:-1] for _, raw in strings]
            for place, new in _changed(normalizer, texts):
                number, raw = strings[place]
                before = repaired.get(number, records[number])
                record = None if places or number in numbers else _rewritten(before, key, (raw, texts[place], new))
                if record is None:
                    numbers.add(number)
                    known[texts[place].decode()] = new.decode()
                else:
                    repaired[number] = record
        repaired = {number: record for number, record in repaired.items() if number not in numbers}
        return Glimpse(sorted(numbers), known, repaired, len(records) - len(has_some | numbers))

    def texts(self, data: bytes, records: list[bytes]) -> tuple[list[bytes], list[int]]:
        """Return the strings of a block, and which lines are to be read for theirs."""
        columns, numbers = self._columns(data, records)
        strings = (raw for column in columns for number, raw in column if raw[:1] == b'"' and number not in numbers)
        return [self._unescaped(raw) if b"\\" in raw else raw[1:-1] for raw in strings], sorted(numbers)

    def _columns(self, data: bytes, records: list[bytes]) -> tuple[list[list[tuple[int, bytes]]], set[int]]:
        """Return each field as it is written, with the number of its line, and the numbers of lines that are to be read."""
        rows, unread = self._rows(records)
        columns = [[(number, bytes(raw)) for number, row in enumerate(rows) if row and (raw := getattr(row, name))] for name in self.names]
        return columns, unread | self._repeated(data, records, columns)

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

    def _repeated(self, data: bytes, records: list[bytes], columns: list[list[tuple[int, bytes]]]) -> set[int]:
        """Return in which lines a key may stand twice, or escaped; most often there is none in the block."""
        may_be_escaped = b"\\u00" in data and self.escaped.search(data) is not None
        if not may_be_escaped and all(data.count(key) == len(column) for key, column in zip(self.keys, columns, strict=True)):
            return set()
        return {number for number, record in enumerate(records) if self._may_repeat(record, may_be_escaped)}

    def _may_repeat(self, record: bytes, may_be_escaped: bool) -> bool:
        """Tell whether a key may stand in a line twice, or escaped."""
        return any(record.count(key) > 1 for key in self.keys) or (may_be_escaped and self.escaped.search(record) is not None)


def _changed(normalizer: Normalizer, texts: list[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers of texts that change, and what each becomes: all are repaired as the lines of one, but those with marks."""
    joined = b"\n".join(texts)
    if Marks.may_be_in(joined):  # a mark says nothing of other texts
        for number, text in enumerate(texts):
            if Marks.may_be_in(text) and (new := normalizer.normalize_utf8(text)) != text:
                yield number, new
        texts = [b"" if Marks.may_be_in(text) else text for text in texts]
        joined = b"\n".join(texts)
    repaired = normalizer.normalize_utf8(joined)
    if repaired is joined:
        return
    start = 0
    for number, text in enumerate(texts):
        end = start + len(text)
        if not repaired.startswith(text, start) or repaired[end : end + 1] not in _ENDS:  # a repair never adds or removes a line
            end = _line_end(repaired, start, text.count(b"\n"))
            yield number, repaired[start:end]
        start = end + 1


def _line_end(data: bytes, start: int, more: int) -> int:
    """Return where a line ends that begins somewhere, or so many lines after it."""
    end = data.find(b"\n", start)
    for _ in range(more):
        end = data.find(b"\n", end + 1)
    return len(data) if end < 0 else end


def _rewritten(record: bytes, key: bytes, texts: tuple[bytes, bytes, bytes]) -> bytes | None:
    """Return a record, in which a key stands once, with a new text in its literal; None if that asks for more than to put it there.

    `texts` are the literal, its text and the new one. To put it there is enough where only line ends are escaped.
    """
    raw, old, new = texts
    if raw.isascii() or raw.count(b"\\") != old.count(b"\n") or b'"' in new or b"\\" in new:
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
    names = tuple(f"f{at}" for at in range(len(fields)))
    row = msgspec.defstruct("Row", [(name, msgspec.Raw, b"") for name in names], rename=dict(zip(names, fields, strict=True)))
    letters = "|".join(f"{ord(letter):02x}" for letter in sorted(set("".join(fields))))
    keys = tuple(f'"{name}"'.encode() for name in fields)
    escaped = re.compile(rb"\\u00(?:%b)" % letters.encode(), re.IGNORECASE)
    return Glimpser(msgspec.json.Decoder(row).decode, msgspec.json.Decoder(str).decode, names, keys, escaped)
