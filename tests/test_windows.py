"""Where markup may lie: found near each place or over the whole text, alike."""

from __future__ import annotations

import random

import numpy as np
import pytest

from homoglyph_fix.arrays.ragged import where
from homoglyph_fix.text import windows
from homoglyph_fix.text.windows import markup_in


def _one_by_one(text: list[int], places: list[int], reach: int) -> list[tuple[int, int]]:
    """Return the spans as one would look for them by eye."""
    found: list[tuple[int, int]] = []
    for place in places:
        end = place
        while end < min(place + reach, len(text)) and not (
            text[end] == 10 or (text[end] == 13 and (end + 1 == len(text) or text[end + 1] == 10))
        ):
            end += 1
        if found and place <= found[-1][1]:
            found[-1] = found[-1][0], end
        else:
            found.append((place, end))
    return found


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.uint32])
def test_markup_ends_with_its_line(kind: type[np.unsignedinteger], monkeypatch: pytest.MonkeyPatch) -> None:
    """A span ends at the end of the line, at a carriage return before that, or where nothing can reach; neighbours belong together."""
    rng = random.Random(1)
    for size in [40, 300, 3000] * 40:
        monkeypatch.setattr(windows, "MARKUP", rng.choice([3, 10, 40]))
        text = [rng.choice([10, 13, 13, 60, 65, 66, 96, 32]) for _ in range(size)]
        units = np.array(text, kind)
        places = where((units == 60) & (np.array([rng.random() for _ in text]) < rng.choice([0.01, 0.5])))
        reach = windows.MARKUP * (4 if kind == np.uint8 else 1)
        found = markup_in(units, places)

        assert list(zip(found.start.tolist(), found.end.tolist(), strict=True)) == _one_by_one(text, places.tolist(), reach)
