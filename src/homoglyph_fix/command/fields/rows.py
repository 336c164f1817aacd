r"""CSV and TSV: rows of which some cells are repaired. A row ends at `\n` outside of quotes, with or without a `\r` before it.

Quotes enclose a cell where they begin it, as RFC 4180 has it; elsewhere they are letters. The module csv tells no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ...errors import FileError
from ..reports.diff import split_lines
from .form import Literal, RepairsFields
from .glimpse import Glimpse
from .spelling import Escapes

if TYPE_CHECKING:
    from ... import Normalizer

DELIMITERS = ",;\t"
"""Signs between cells that are found without being told."""

_BOM = "\ufeff"
_QUOTED = '"[^"]*(?:""[^"]*)*'
_TWO_QUOTES = re.compile('""')


@dataclass(frozen=True, slots=True)
class Rows(RepairsFields):
    r"""The form of CSV: the sign between cells, the numbers of the columns from 0 with their names; a first block may have the heading.

    >>> Rows(";", ((1, "text"),)).literals('1;"Oт ""і"" все"\r\n')
    [Literal(start=3, end=15, text='Oт "і" все', field='text')]
    """

    delimiter: str
    columns: tuple[tuple[int, str], ...]
    has_heading: bool = False

    @property
    def skip(self) -> int:
        """Return 1 where the first row is the heading."""
        return int(self.has_heading)

    def cut(self, data: bytes) -> list[bytes]:
        """Return the rows."""
        if b'"' not in data:
            return split_lines(data)
        return [row[0] for row in _row(self.delimiter).finditer(data) if row[0]]

    def glimpse(self, normalizer: Normalizer, data: bytes, records: list[bytes], places: bool) -> Glimpse | None:
        """Return None: reading a row is quick."""
        return None

    def literals(self, record: str) -> list[Literal] | None:
        """Return the cells of the columns; a row with something behind a closing quote, or without that quote, is broken."""
        names = dict(self.columns)
        found = []
        for number, (start, end, text) in enumerate(_cells(record, self.delimiter)):
            if text is None:
                return None
            if number in names:
                found.append(Literal(start, end, text, names[number]))
        return found

    def escapes(self, raw: str, text: str) -> Escapes:
        """Find two quotes that stand for one; in a cell without quotes they are two letters."""
        return Escapes(raw, text, _TWO_QUOTES)

    def written(self, raw: str, text: str) -> str:
        """Return the letters; no repair makes a quote."""
        return text

    def after_heading(self) -> Rows:
        """Return the form of the blocks that follow the first."""
        return replace(self, has_heading=False) if self.has_heading else self


def rows_of(path: str, head: bytes, fields: Sequence[str], delimiter: str, *, has_heading: bool) -> Rows:
    r"""Return the form of a file that begins with `head`, in which columns are named by their heading or their number from 1.

    Raises:
        FileError: there is no such column.

    >>> rows_of("a.csv", b"id;text\n1;...", ["text"], ";", has_heading=True).columns
    ((1, 'text'),)
    """
    row = _row(delimiter).match(head)
    try:
        first = row[0].decode() if row else ""
    except UnicodeDecodeError:
        first = ""
    if not first:  # nothing to repair, or nothing that can be: whoever reads the block will say where it is no UTF-8
        return Rows(delimiter, (), has_heading)
    names = [(text or "").strip() for _, _, text in _cells(first, delimiter)]
    columns: dict[int, str] = {}
    for name in fields:
        places = _places(path, names if has_heading else [], name, len(names))
        columns.update((number, (has_heading and names[number]) or name) for number in places)
    return Rows(delimiter, tuple(columns.items()), has_heading)


def _places(path: str, names: list[str], name: str, count: int) -> list[int]:
    """Return the numbers of the columns of a name, all if it stands twice in the heading."""
    places = [number for number, heading in enumerate(names) if heading == name.strip()]
    if not places and name.isdecimal() and 1 <= int(name) <= count:
        places = [int(name) - 1]
    if not places:
        raise FileError(path, f"no column {name!r}" + (f" among {', '.join(names)}" if names else f": there are {count}"))
    return places


def sniffed(head: bytes) -> str:
    r"""Return the likeliest sign between cells: the commonest of the heading, outside of quotes.

    >>> sniffed(b'"a,b";c\n1,2,3')
    ';'
    """
    line = re.sub(_QUOTED + '"?', "", head.decode(errors="replace")).partition("\n")[0]
    return max(DELIMITERS, key=line.count)


@lru_cache(maxsize=8)
def _row(delimiter: str) -> re.Pattern[bytes]:
    """Return the pattern of a row with its line end, of bytes; it matches everywhere."""
    sign = re.escape(delimiter)
    cell = f'(?:{_QUOTED}"?[^{sign}\n]*|[^{sign}\n]*)'
    return re.compile(f"{cell}(?:{sign}{cell})*\n?".encode())


@lru_cache(maxsize=8)
def _cell(delimiter: str) -> re.Pattern[str]:
    """Return the pattern of a cell: what its quotes enclose, the closing quote, and what is behind it; or the cell without quotes."""
    sign = re.escape(delimiter)
    return re.compile(f'"([^"]*(?:""[^"]*)*)("?)([^{sign}\n]*)|([^{sign}\n]*)')


def _cells(row: str, delimiter: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield where each cell of a row stands, without quotes, and its text; None for the text of a broken one."""
    pattern, at = _cell(delimiter), 1 if row.startswith(_BOM) else 0
    while (cell := pattern.match(row, at)) is not None:
        start, end = cell.span(4 if cell[1] is None else 1)
        if cell[1] is None:
            if cell.end() == len(row.rstrip("\n")) and row[start:end].endswith("\r"):
                end -= 1
            yield start, end, row[start:end]
        else:
            is_sound = cell[2] and cell[3] in ("", "\r")
            yield start, end, row[start:end].replace('""', '"') if is_sound else None
        at = cell.end() + 1
        if row[cell.end() : at] != delimiter:
            return


class RowEnds:
    r"""Finds where blocks of whole lines may be cut, while they stream by: not within quotes.

    >>> ends = RowEnds(",")
    >>> ends.last(b'1,"a\n'), ends.last(b'b"\n2,"c\n'), ends.last(b'd"\n')
    (0, 3, 3)
    """

    def __init__(self, delimiter: str) -> None:
        sign = re.escape(delimiter).encode()
        self._quoted = re.compile(rb'(?:(?<=[%b\n])|\A)"[^"]*(?:""[^"]*)*("?)' % sign)
        self._rest = re.compile(rb'[^"]*(?:""[^"]*)*("?)')
        self._is_inside = False

    def last(self, data: bytes) -> int:
        """Return where the last row ends that ends in the next block; 0 if none does."""
        gaps: list[int] = [0]  # where quotes end and begin, in turns
        start = 0
        if self._is_inside:
            first = self._rest.match(data)
            start = first.end() if first else 0
            gaps = [start]
            self._is_inside = not (first and first[1])
        if not self._is_inside and b'"' in data[start:]:
            for quoted in self._quoted.finditer(data, start):
                gaps += quoted.span()
                self._is_inside = not quoted[1]
        gaps.append(len(data))
        for begin, end in zip(gaps[-2::-2], gaps[::-2], strict=False):
            cut = data.rfind(b"\n", begin, end) + 1
            if cut:
                return cut
        return 0
