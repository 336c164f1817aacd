"""A column of texts in UTF-8: each comes out as `normalize_utf8` makes it, and nothing else of the column changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix import Config, Normalizer
from strategies import damaged_lines, many, texts

ODD = [
    "", "\n", "\nмaма", "мaма\n", "мaма\n\nтaто", "Це й усе", "Oт і все", "сло\u00adво", "𝐦ама", "i", "3 такою метою", "\0мaма\0", "мaма\r",
    "\r\nмaма\r\n", "3", "нічого",
]  # fmt: skip
CROWDED = ["мaма рoбота пaпа щaстя тaто", "", "слово", "cлово\nмoва"] * 4000  # more than a block of the screen


def repaired(column: list[bytes], normalizer: Normalizer) -> list[bytes]:
    """Repair a column as an adapter does: joined by line ends, and put back into the texts laid end to end."""
    sizes = np.array([len(text) for text in column], np.intp)
    found = normalizer.repairs(b"\n".join(column), (sizes + 1).cumsum() - 1)
    if found is None:
        return column
    data, places = found.applied(memoryview(b"".join(column)), np.append(0, sizes.cumsum()))
    return [data[low:high] for low, high in zip(places.tolist(), places[1:].tolist(), strict=False)]


@pytest.mark.parametrize("column", [ODD * 5, CROWDED, ["Це добре."] * 3, [""], ["мaма"], ["", "", "мaма"]], ids=len)
def test_columns(column: list[str]) -> None:
    """Odd texts together, and so many damaged ones that a patch spans them."""
    normalizer, encoded = Normalizer(), [text.encode() for text in column]

    assert repaired(encoded, normalizer) == list(map(normalizer.normalize_utf8, encoded))


def test_what_changes() -> None:
    """Clean columns have no repairs, and a repair lies in its text."""
    normalizer, column = Normalizer(), ["чисте", "Oт", "\nмoва\n"]
    joined = "\n".join(column).encode()
    found = normalizer.repairs(joined, np.array([10, 14, 25]))

    assert normalizer.repairs("чисте\nслово".encode(), np.array([10, 21])) is None
    assert found is not None
    assert found.text.tolist() == [1, 2]
    laid = "".join(column).encode()
    for text, start, end in zip(found.text.tolist(), found.start.tolist(), found.end.tolist(), strict=True):
        assert column[text].encode() in laid
        assert start < end <= len(laid)


def test_wrong_encoding_in_a_column() -> None:
    """With `mojibake` whole lines change."""
    column = [text.encode() for text in ["ÐÐ¾Ð²Ð°", "чисте", "мaма"]]
    normalizer = Normalizer(Config(mojibake=True))

    assert repaired(column, normalizer) == list(map(normalizer.normalize_utf8, column))


@pytest.mark.property
@many
@given(st.lists(texts | damaged_lines | st.sampled_from(ODD), max_size=8))
def test_columns_of_anything(column: list[str]) -> None:
    """Whatever stands in a column, each text comes out as by itself."""
    normalizer, encoded = Normalizer(), [text.encode("utf-8", "replace") for text in column]

    assert repaired(encoded, normalizer) == list(map(normalizer.normalize_utf8, encoded))
