"""Parts of a text on their way through it, and their windows put together for one call and taken apart again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from .segments import Spans, where
from .splice import Changes
from .tokens import NEWLINE_POINT, Points
from .units import Source
from .windows import BATCH, Windows

GROUP: Final = 1 << 22  # code units of crowded lines whose windows may be settled together: of exact30 one batch, with 20 MB more


class Part(NamedTuple):
    """What of a part of a text becomes the same in every line, and the windows in which its lines are asked."""

    source: Source
    everywhere: Changes
    windows: list[Windows]


def in_groups(spans: Spans) -> Iterator[Spans]:
    """Yield spans in groups of so many code units.

    >>> [len(group) for group in in_groups(Spans(np.array([0, GROUP, GROUP + 9]), np.array([9, GROUP + 5, GROUP + 20])))]
    [3]
    """
    if len(spans):
        group = (spans.end - spans.start).cumsum() // GROUP
        for number in range(int(group[-1]) + 1):
            yield spans.take(where(group == number))


def batches(parts: list[Part]) -> Iterator[list[tuple[int, Windows]]]:
    """Yield windows that are settled together, each batch with the numbers of their parts."""
    batch: list[tuple[int, Windows]] = []
    size = 0
    for number, part in enumerate(parts):
        for windows in part.windows:
            more = int((windows.end - windows.start).sum())
            if batch and size + more > BATCH:
                yield batch
                batch, size = [], 0
            batch.append((number, windows))
            size += more
    if batch:
        yield batch


def end_to_end(texts: list[Points]) -> Points:
    r"""Return texts, each of which begins and ends with a line end, as one.

    >>> end_to_end([np.array([10, 65, 10]), np.array([10, 66, 10])]).tolist()
    [10, 65, 10, 66, 10]
    """
    return texts[0] if len(texts) == 1 else np.concatenate([texts[0], *(text[1:] for text in texts[1:])])


def apart(points: Points, texts: list[Points]) -> list[Points]:
    """Return what has become of each of the texts that were laid end to end: of lines none is added and none goes."""
    if len(texts) == 1:
        return [points]
    ends = where(points == NEWLINE_POINT)
    cuts = ends[np.cumsum([0, *(np.count_nonzero(text == NEWLINE_POINT) - 1 for text in texts)])].tolist()
    return [points[start : end + 1] for start, end in pairwise(cuts)]
