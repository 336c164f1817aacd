"""Parts of a text on their way through it, and their windows put together for one call and taken apart again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from .pieces import Answers
from .segments import Index, Spans, any_of, where
from .splice import Changes, all_of
from .tokens import NEWLINE_POINT, Points
from .units import Source
from .windows import BATCH, Proof, Windows, in_batches, joined, markup_of, windows_around

CHAIN: Final = 4  # times that windows around letters may hold more letters: in exact30 once is the rule
GROUP: Final = 1 << 22  # code units of crowded lines whose windows may be settled together: of exact30 one batch, with 20 MB more


class Part(NamedTuple):
    """What of a part of a text becomes the same in every line, and the windows in which its lines are asked."""

    source: Source
    everywhere: Changes
    windows: list[Windows]


def part_of(source: Source, pieces: Spans, known: Answers, markup: Index) -> Part:
    """Tell the pieces of which it is known what becomes of them in every line from those that need a window."""
    code = markup_of(source, markup)
    asking = known.open
    if len(code):
        asking = asking | code.touch(pieces)
        asking[known.letters] = True  # their line may be damaged in its code only, which stays
    around = partial(windows_around, source.units, markup=code, pairs=known.pairs)
    windows = around(pieces.take(where(asking)))
    # A letter that a window holds is asked too: cut off at its edge it would be decided by less. Where that goes on, all are asked.
    free = where(~asking[known.letters])
    for more in reversed(range(CHAIN)):
        held = windows.hold(pieces.start[known.letters[free]]) | (not more)
        if not any_of(held):
            break
        windows = joined(windows, around(pieces.take(known.letters[free[held]])))
        free = free[~held]
    proof = Proof(pieces.start, known.damaged, known.repaired) if any_of(known.damaged | known.repaired) else None
    everywhere = Changes(pieces.take(known.changed), known.new, known.size).take(where(~asking[known.changed]))
    between = Changes(pieces.take(known.letters[free]), known.spelled[free], np.ones(len(free), np.intp))
    return Part(source, all_of([everywhere, between]), list(in_batches(source, windows, proof)))


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
