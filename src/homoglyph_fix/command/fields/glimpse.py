"""A quick look at JSON Lines by msgspec, if it is there: most lines need no other, for nothing in their fields changes.

msgspec finds a field four times as fast as the walk does and refuses all that the walk refuses, but of duplicate keys it tells only the
last, and not where a string stands. So lines that change, that may have a key twice or that it refuses are left to the walk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ... import Normalizer

_SIMPLE = re.compile(r"[A-Za-z0-9_-]+").fullmatch
# Names that are no paths, and that nobody escapes.

_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b'"': b'"', b"/": b"/"}
# What is meant by a letter behind a backslash.


class Glimpse(NamedTuple):
    """Which records are to be read, what becomes of some of their strings, and how many of the others lack the fields."""

    numbers: Sequence[int]
    known: dict[str, str]
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

    def look(self, normalizer: Normalizer, data: bytes, records: list[bytes]) -> Glimpse:
        """Look at a block."""
        rows, numbers = self._rows(records)
        known: dict[str, str] = {}
        has_some: set[int] = set(numbers)
        for at, key in enumerate(self.keys):
            raws = [(number, bytes(getattr(row, f"f{at}"))) for number, row in enumerate(rows) if row is not None]
            raws = [(number, raw) for number, raw in raws if raw]
            numbers |= self._repeated(key, data, records, len(raws))
            there, texts = self._texts(raws)
            has_some.update(there)
            for place, old, new in _changed(normalizer, texts):
                numbers.add(there[place])
                known[old.decode()] = new.decode()
        has_some |= numbers
        return Glimpse(sorted(numbers), known, len(records) - len(has_some))

    def _rows(self, records: list[bytes]) -> tuple[list[Any], set[int]]:
        """Return the fields of each line, None for lines that are refused, and the numbers of these."""
        rows: list[Any] = []
        for record in records:
            try:
                rows.append(self.decode(record))
            except (ValueError, RecursionError):  # no JSON, or NaN, a lone surrogate, a BOM
                rows.append(None)
        return rows, {number for number, row in enumerate(rows) if row is None}

    def _texts(self, raws: list[tuple[int, bytes]]) -> tuple[list[int], list[bytes]]:
        """Return the texts of the strings among some values, and the numbers of their lines."""
        there, texts = [], []
        for number, raw in raws:
            if raw[:1] == b'"':
                there.append(number)
                texts.append(raw[1:-1] if b"\\" not in raw else self._unescaped(raw))
        return there, texts

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
        """Return in which lines a key may stand twice, given that it stands in so many."""
        found: set[int] = set()
        if data.count(key) != count:
            found.update(number for number, record in enumerate(records) if record.count(key) > 1)
        if b"\\u00" in data and self.escaped.search(data):
            found.update(number for number, record in enumerate(records) if self.escaped.search(record))
        return found


def _changed(normalizer: Normalizer, texts: list[bytes]) -> Sequence[tuple[int, bytes, bytes]]:
    """Return the numbers of texts that change, with the old and the new: all are repaired as the lines of one."""
    joined = b"\n".join(texts)
    repaired = normalizer.normalize_utf8(joined)
    if repaired is joined or repaired == joined:
        return ()
    lines = repaired.split(b"\n")
    ends = accumulate(count + 1 for count in map(bytes.count, texts, repeat(b"\n")))
    changed, start = [], 0
    for number, (text, end) in enumerate(zip(texts, ends, strict=True)):
        new = lines[start] if end == start + 1 else b"\n".join(lines[start:end])
        if new != text:
            changed.append((number, text, new))
        start = end
    return changed


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
