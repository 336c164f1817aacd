r"""CSV and TSV: rows of which some cells are repaired. A row ends at `\n` outside of quotes, with or without a `\r` before it.

Quotes enclose a cell where they begin it, as RFC 4180 has it; elsewhere they are letters. The module csv tells no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, AnyStr

from ...errors import FileError
from ..lines import split_lines
from ..messages import _
from .form import Literal, RepairsFields
from .glimpse import Glimpse
from .spelling import Escapes

if TYPE_CHECKING:
    from ... import Normalizer
    from .kinds import Fields

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
        rows, begin, at = [], 0, 0
        for low, high in [*_quoted(data, self.delimiter), (len(data), len(data))]:
            while end := data.find(b"\n", at, low) + 1:
                rows.append(data[begin:end])
                begin = at = end
            at = high
        return [*rows, data[begin:]] if begin < len(data) else rows

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


def rows_of(path: str, head: bytes, fields: Fields, delimiter: str) -> Rows:
    r"""Return the form of a file that begins with `head`, in which columns are named by their heading or their number from 1.

    Raises:
        FileError: there is no such column, and the fields are not those of all data of a project.

    >>> from .kinds import Fields
    >>> rows_of("a.csv", b"id;text\n1;...", Fields(("text",)), ";").columns
    ((1, 'text'),)
    """
    has_heading = fields.has_heading
    rows = Rows(delimiter, ()).cut(head)
    try:
        first = rows[0].decode() if rows else ""
    except UnicodeDecodeError:
        first = ""
    if not first:  # nothing to repair, or nothing that can be: whoever reads the block will say where it is no UTF-8
        return Rows(delimiter, (), has_heading)
    names = [(text or "").strip() for _, _, text in _cells(first, delimiter)]
    columns: dict[int, str] = {}
    for name in fields.names:
        places = _places(names if has_heading else [], name, len(names))
        if not places and fields.data_only:
            raise FileError(path, _no_column(names if has_heading else [], name, len(names)))
        columns.update((number, (has_heading and names[number]) or name) for number in places)
    return Rows(delimiter, tuple(columns.items()), has_heading)


def _places(names: list[str], name: str, count: int) -> list[int]:
    """Return the numbers of the columns of a name, all if it stands twice in the heading."""
    places = [number for number, heading in enumerate(names) if heading == name.strip()]
    return [int(name) - 1] if not places and name.isdecimal() and 1 <= int(name) <= count else places


def _no_column(names: list[str], name: str, count: int) -> str:
    """Say that there is no such column, and which there are."""
    said = _("no column {name!r} among {names}") if names else _("no column {name!r}: there are {count}")
    return said.format(name=name, names=", ".join(names), count=count)


def sniffed(head: bytes) -> str:
    r"""Return the likeliest sign between cells: the commonest of the heading, outside of quotes.

    >>> sniffed(b'"a,b";c\n1,2,3')
    ';'
    """
    line = re.sub(_QUOTED + '"?', "", head.decode(errors="replace")).partition("\n")[0]
    return max(DELIMITERS, key=line.count)


@lru_cache(maxsize=8)
def _opening(delimiter: str) -> re.Pattern[bytes]:
    """Return the pattern of a quote that begins a cell."""
    return re.compile(rb'(?:(?<=[\n%b])|\A(?:\xef\xbb\xbf)?)"' % re.escape(delimiter).encode())


def _closing(data: AnyStr, quote: AnyStr, start: int) -> int:
    """Return where the quote stands that ends a cell, two being one letter of it; the end of the data if there is none."""
    while (at := data.find(quote, start)) >= 0:
        if data[at + 1 : at + 2] != quote:
            return at
        start = at + 2
    return len(data)


def _quoted(data: bytes, delimiter: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where cells in quotes begin and end, quotes included; the last ends behind the data if its quotes are open."""
    opening = _opening(delimiter)
    while found := opening.search(data, start):
        start = _closing(data, b'"', found.end()) + 1
        yield found.start(), start


def _cells(row: str, delimiter: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield where each cell of a row stands, without quotes, and its text; None for the text of a broken one."""
    last = len(row) - row.endswith("\n") - row.endswith(("\r\n", "\r"))
    at = int(row.startswith(_BOM))
    end = -1
    while end < last:
        if row.startswith('"', at):
            start, stop = at + 1, _closing(row, '"', at + 1)
            end = row.find(delimiter, stop, last)
            end = last if end < 0 else end
            yield start, stop, row[start:stop].replace('""', '"') if end == stop + 1 else None
        else:
            end = row.find(delimiter, at, last)
            end = last if end < 0 else end
            yield at, end, row[at:end]
        at = end + 1


class RowEnds:
    r"""Finds where blocks of whole lines may be cut, while they stream by: not within quotes.

    >>> ends = RowEnds(",")
    >>> ends.last(b'1,"a\n'), ends.last(b'b"\n2,"c\n'), ends.last(b'd"\n')
    (0, 3, 3)
    """

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter
        self._is_inside = False

    def last(self, data: bytes) -> int:
        """Return where the last row ends that ends in the next block; 0 if none does."""
        start = 0
        if self._is_inside:
            start = _closing(data, b'"', 0) + 1
            if start > len(data):
                return 0
        quoted = list(_quoted(data, self._delimiter, start))
        self._is_inside = bool(quoted) and quoted[-1][1] > len(data)
        begins = [start, *(end for _, end in quoted)]
        ends = [*(begin for begin, _ in quoted), len(data)]
        for begin, end in zip(reversed(begins), reversed(ends), strict=True):
            if cut := data.rfind(b"\n", begin, end) + 1:
                return cut
        return 0
