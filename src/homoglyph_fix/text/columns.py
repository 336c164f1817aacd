"""A column of texts in UTF-8, laid end to end: which bytes of which text change, and the column with its changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Index, Spans, where
from .encodings import LINE_END
from .marks import has_sign, restored
from .patches import Patches


class Repairs(NamedTuple):
    """What changes in a column of texts: each row is a stretch of one text and the bytes that are to stand there."""

    text: Index
    """The number of the text."""
    start: Index
    """Where the stretch begins, in bytes of all texts laid end to end."""
    end: Index
    new: list[bytes]

    def applied(self, column: memoryview, offsets: NDArray[np.integer]) -> tuple[bytes, NDArray[np.int64]]:
        """Return the texts laid end to end with their repairs, and where each begins and the last ends, both in bytes.

        `column` holds the texts end to end and nothing else; text i is `column[offsets[i] : offsets[i + 1]]`, and `offsets[0]` is 0.

        >>> old = "Oтi все".encode()
        >>> repairs = Repairs(np.array([0]), np.array([0]), np.array([1]), ["О".encode()])
        >>> data, places = repairs.applied(memoryview(old), np.array([0, 4, len(old)]))
        >>> data.decode(), places.tolist()
        ('Отi все', [0, 5, 12])
        """
        parts: list[bytes | memoryview] = [b""] * (2 * len(self.new) + 1)
        parts[0::2] = map(column.__getitem__, map(slice, [0, *self.end.tolist()], [*self.start.tolist(), len(column)]))
        parts[1::2] = self.new
        grown = np.fromiter(map(len, self.new), np.int64, len(self.new)) - (self.end - self.start)
        more = np.bincount(self.text + 1, grown, len(offsets)).astype(np.int64)
        return b"".join(parts), offsets.astype(np.int64) + more.cumsum()


    def without_kept_lines(self, joined: bytes, ends: Index) -> Repairs | None:
        """Return the repairs without those of lines that marks keep; None if none is left. Texts are joined as `repairs_of` has it."""
        rows: list[tuple[int, int, int, bytes]] = []
        every = zip(self.text.tolist(), self.start.tolist(), self.end.tolist(), self.new, strict=True)
        for number, group in groupby(every, itemgetter(0)):
            some = list(group)
            begin = int(ends[number - 1]) + 1 if number else 0
            old = joined[begin : int(ends[number])]
            if has_sign(old):
                done = at = begin - number  # where the text begins among all texts end to end
                parts: list[bytes] = []
                for _, start, end, new in some:
                    parts += old[done - at : start - at], new
                    done = end
                whole = restored(old, b"".join([*parts, old[done - at :]]))
                some = [] if whole is old else [(number, at, at + len(old), whole)]
            rows += some
        if not rows:
            return None
        text, start, end = (np.array([row[field] for row in rows], np.intp) for field in range(3))
        return Repairs(text, start, end, [row[3] for row in rows])


def repairs_of(joined: bytes, ends: Index, found: Patches) -> Repairs | None:
    """Return patches of texts that are joined by line ends as repairs of each text; None where nothing changes.

    `ends[i]` is where text i ends in `joined`. A patch over several texts is cut at their ends: no repair adds or takes a line end.
    """
    if not found.new:
        return None
    first, last = (ends.searchsorted(edge) for edge in found.spans)
    across = where(first != last)
    if len(across):
        found, first = _cut(joined, ends, found, (first, last))
        if not found.new:
            return None
    return Repairs(first, found.spans.start - first, found.spans.end - first, found.new)


def _cut(joined: bytes, ends: Index, found: Patches, texts: tuple[Index, Index]) -> tuple[Patches, Index]:
    """Return the patches, those over several texts cut at the ends of texts, without pieces that stay; and the text of each."""
    rows: list[tuple[int, int, bytes, int]] = []
    places = [edge.tolist() for edge in (*found.spans, *texts)]
    for start, end, first, last, new in zip(*places, found.new, strict=True):
        if first == last:
            rows.append((start, end, new, first))
        else:
            rows += _pieces(joined[start:end], new, ends[first:last] - start, start, first)
    starts, stops, news, owners = zip(*rows, strict=True) if rows else ((), (), (), ())
    spans = Spans(np.array(starts, np.intp), np.array(stops, np.intp))
    return Patches(spans, list(news)), np.array(owners, np.intp)


def _pieces(old: bytes, new: bytes, cuts: Index, begin: int, first: int) -> Iterator[tuple[int, int, bytes, int]]:
    """Yield the start, the end, the new bytes and the text of each piece of a patch that changes; `cuts` is where texts end in it."""
    old_ends, new_ends = (where(np.frombuffer(part, np.uint8) == LINE_END) for part in (old, new))
    new_cuts = new_ends[old_ends.searchsorted(cuts)].tolist()
    was, becomes = 0, 0
    for number, (cut, new_cut) in enumerate(zip([*cuts.tolist(), len(old)], [*new_cuts, len(new)], strict=True), first):
        if old[was:cut] != new[becomes:new_cut]:
            yield begin + was, begin + cut, new[becomes:new_cut], number
        was, becomes = cut + 1, new_cut + 1
