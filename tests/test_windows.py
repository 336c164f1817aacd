"""Where markup may lie, found near each place or over the whole text, alike; and windows, which end with their lines."""

from __future__ import annotations

import random

import numpy as np
import pytest

from homoglyph_fix import analyze, normalize
from homoglyph_fix.arrays.ragged import Spans, where
from homoglyph_fix.text import windows
from homoglyph_fix.text.windows import markup_in, windows_around


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


def test_windows_end_with_their_lines_whatever_their_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that are searched no further, since the text has few spaces, are those of the line."""
    rng = random.Random(2)
    for size in [1200, 3000] * 10:
        text = np.array([rng.choice([10, 13, 32] + [65] * rng.choice([900, 20])) for _ in range(size)], np.uint16)
        places = where(text == 65)[:: rng.choice([1, 7])]
        monkeypatch.setattr(windows, "WIDEST", 0)
        cut = windows_around(text, Spans(places, places + 1), Spans(places[:0], places[:0]))

        assert all(10 not in text[start:end] for start, end in zip(cut.start.tolist(), cut.end.tolist(), strict=True))


def test_long_lines_without_spaces() -> None:
    """A thousand words in a row that ask their line: each line decides alone, in `analyze` as well."""
    lines = ["|a" * 3000, "Oт і все", "|poбoта" * 3000, "|poбoта" * 3000, "i все"]
    alone = [normalize(line) for line in lines]

    assert normalize("\n".join(lines)).split("\n") == alone
    assert analyze("\n".join(lines)).text.split("\n") == alone
