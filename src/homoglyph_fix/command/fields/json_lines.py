r"""JSON Lines: an object in every line, of which some strings are repaired.

A walk with the scanner of the json module finds the strings, at about the speed of `json.loads`: it knows where each literal stands, meets
every one of duplicate keys, and takes NaN. With msgspec (the extra `jsonl`) most lines need no walk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from json.decoder import scanstring  # type: ignore[attr-defined]  # as old as the module, and not in its types
from json.scanner import make_scanner
from typing import TYPE_CHECKING, Any

from ..lines import split_lines
from .form import Literal, RepairsFields
from .glimpse import Glimpse, glimpser
from .paths import Node, tree_of
from .spelling import Escapes

if TYPE_CHECKING:
    from ... import Normalizer

_BEGIN = re.compile("\ufeff?[ \t\r\n]*\\{").match  # a byte order mark is set aside
_BLANK = re.compile("[ \t\r\n]*").match
_FIRST_KEY = re.compile('[ \t\r\n]*(?:"|(}))').match
_NEXT_KEY = re.compile('[ \t\r\n]*(?:,[ \t\r\n]*"|(}))').match
_COLON = re.compile("[ \t\r\n]*:[ \t\r\n]*").match
_FIRST_ITEM = re.compile("[ \t\r\n]*(])?").match
_NEXT_ITEM = re.compile("[ \t\r\n]*(?:,[ \t\r\n]*|(]))").match

_skip: Callable[[str, int], tuple[Any, int]] = make_scanner(json.JSONDecoder(parse_int=len, parse_float=len))  # type: ignore[arg-type]
# Numbers are looked over and not read: an int of 5,000 digits would be refused.

_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.")
# An escape in a literal that is known to be sound; a surrogate without its other half is a letter, too.


@dataclass(frozen=True, slots=True)
class JsonLines(RepairsFields):
    r"""The form of JSON Lines.

    >>> JsonLines(("text",)).literals('{"id": 1, "text": "O\\u0442"}')
    [Literal(start=19, end=26, text='Oт', field='text')]
    >>> JsonLines(("text",)).literals('{"id": 1'), JsonLines(("text",)).literals('{"id": 1}')
    (None, [])
    """

    fields: tuple[str, ...]

    @property
    def skip(self) -> int:
        """Return 0: there is no heading."""
        return 0

    def cut(self, data: bytes) -> list[bytes]:
        """Return the lines."""
        return split_lines(data)

    def glimpse(self, normalizer: Normalizer, data: bytes, records: list[bytes], places: bool) -> Glimpse | None:
        """Look by msgspec, if it is there."""
        quick = None if data.isascii() else glimpser(self.fields)  # where every letter is escaped the walk is quicker
        return quick.look(normalizer, data, records, places) if quick else None

    def text(self, data: bytes) -> bytes:
        """Return the texts of the fields in a block, by msgspec if it is there."""
        quick = None if data.isascii() else glimpser(self.fields)
        if quick is None:
            return RepairsFields.text(self, data)
        records = self.cut(data)
        texts, numbers = quick.texts(data, records)
        return b"\n".join([*texts, RepairsFields.text(self, b"".join(records[number] for number in numbers))])

    def literals(self, record: str) -> list[Literal] | None:
        """Walk through a line; a blank one has no strings, and is no error."""
        begin = _BEGIN(record)
        if begin is None:
            return [] if record.isspace() else None
        found: list[Literal] = []
        try:
            end = _walk_object(record, begin.end(), _tree(self.fields), "", found)
        except (ValueError, StopIteration, RecursionError):  # the scanner stops where there is no value
            return None
        return found if _blank_end(record, end) == len(record) else None

    def escapes(self, raw: str, text: str) -> Escapes:
        """Find what begins with a backslash."""
        return Escapes(raw, text, _ESCAPE)

    def written(self, raw: str, text: str) -> str:
        """Escape letters as the literal does."""
        if not raw.isascii() and not any("\ud800" <= letter <= "\udfff" for letter in text):
            return json.dumps(text, ensure_ascii=False)[1:-1]
        escaped = json.dumps(text)[1:-1]
        if re.search(r"\\u[0-9a-f]*[A-F]", raw):
            return re.sub(r"(?<=\\u)....", lambda found: found[0].upper(), escaped)
        return escaped


_tree = lru_cache(maxsize=8)(tree_of)


def _walk_object(line: str, at: int, node: Node, name: str, found: list[Literal]) -> int:
    """Go through an object, from behind its brace to behind the other; raise ValueError or StopIteration if it is none."""
    key_at = _FIRST_KEY(line, at)
    while key_at is not None:
        if key_at[1]:
            return key_at.end()
        key, at = scanstring(line, key_at.end(), True)
        colon = _COLON(line, at)
        if colon is None:
            break
        asked = node.keys.get(key)
        if asked is None:
            at = _skip(line, colon.end())[1]
        else:
            at = _walk_value(line, colon.end(), asked, f"{name}.{key}" if name else key, found)
        key_at = _NEXT_KEY(line, at)
    raise ValueError


def _walk_list(line: str, at: int, node: Node, name: str, found: list[Literal]) -> int:
    """Go through a list, as through an object."""
    number = 0
    item_at = _FIRST_ITEM(line, at)
    while item_at is not None:
        if item_at[1]:
            return item_at.end()
        at = _walk_value(line, item_at.end(), node, f"{name}[{number}]", found)
        number += 1
        item_at = _NEXT_ITEM(line, at)
    raise ValueError


def _walk_value(line: str, at: int, node: Node, name: str, found: list[Literal]) -> int:
    """Go through a value of which something is asked, and return where it ends."""
    first = line[at : at + 1]
    if first == '"' and node.is_asked:
        text, end = scanstring(line, at + 1, True)
        found.append(Literal(at + 1, end - 1, text, name))
        return end
    if first == "{" and node.keys:
        return _walk_object(line, at + 1, node, name, found)
    if first == "[" and node.items:
        return _walk_list(line, at + 1, node.items, name, found)
    return _skip(line, at)[1]


def _blank_end(line: str, at: int) -> int:
    """Return where the white space ends."""
    blank = _BLANK(line, at)
    return blank.end() if blank else at
