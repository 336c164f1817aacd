"""Arrow arrays and tables: what stays, what is refused, and what is done at once."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest

from homoglyph_fix import Config, Normalizer

pa = pytest.importorskip("pyarrow", reason="needs pyarrow: make test-integrations")

from homoglyph_fix.integrations import arrow  # noqa: E402  # only where pyarrow is
from homoglyph_fix.integrations.arrow import normalize_array, normalize_table  # noqa: E402

CLEAN = ["чисте", None, "слово"]


def _kind(array: Any) -> str:  # noqa: ANN401
    """Name an array in pytest's reports; its `repr` holds an address, and so differs from process to process."""
    return f"{len(array)} rows of {array.type} in {type(array).__name__}"


@pytest.mark.parametrize(
    "array",
    [
        pa.array(CLEAN),
        pa.array(CLEAN, pa.string_view()),
        pa.array(CLEAN).slice(1),
        pa.chunked_array([CLEAN, [], CLEAN]),
        pa.chunked_array([], pa.string()),
        pa.array(CLEAN).dictionary_encode(),
        pa.array([CLEAN, []]),
        pa.array(["", ""]),
        pa.nulls(3),
    ],
    ids=_kind,
)
def test_clean_is_the_same_object(array: Any) -> None:  # noqa: ANN401
    """Nothing is copied where nothing changes."""
    assert normalize_array(array) is array


def test_clean_table_is_the_same_object() -> None:
    """A table too."""
    table = pa.table({"text": CLEAN, "more": CLEAN})

    assert normalize_table(table, ["more", "text"]) is table


def test_bytes_that_are_no_utf8_stay() -> None:
    """As they stay in `normalize_utf8`."""
    rows = [b"\xffO\xd1\x82", "Oт".encode(), b"\xd0"]
    raw = pa.array(rows, pa.binary())
    array = pa.Array.from_buffers(pa.string(), 3, raw.buffers())

    assert normalize_array(array).cast(pa.binary()).to_pylist() == [Normalizer().normalize_utf8(text) for text in rows]


def test_config() -> None:
    """The normalizer that is given decides."""
    array, normalizer = pa.array(["ÐÐ¾Ð²Ð°", "i все"]), Normalizer(Config(mojibake=True, standalone=False))

    assert normalize_array(array, normalizer).to_pylist() == normalizer.normalize_many(array.to_pylist())


def test_equal_values_of_a_dictionary_become_one() -> None:
    """Left double they give wrong counts; the null among the values and the order stay."""
    indices = pa.array([0, 1, None, 2, 3, 0], pa.int8())
    array = pa.DictionaryArray.from_arrays(indices, pa.array(["Oт", "От", None, "мoва"]), ordered=True)
    new = normalize_array(array)

    assert new.to_pylist() == ["От", "От", None, None, "мова", "От"]
    assert new.type == array.type
    assert new.dictionary.to_pylist() == ["От", "мова"]
    assert new.value_counts().field("counts").to_pylist() == [3, 2, 1]


def test_one_dictionary_of_many_chunks_is_repaired_once() -> None:
    """Slices of a column share their dictionary."""
    column = pa.array(["Oт", "мoва"] * 50).dictionary_encode()
    normalizer = Mock(wraps=Normalizer())
    new = normalize_array(pa.chunked_array([column.slice(place, 10) for place in range(0, 100, 10)]), normalizer)

    assert normalizer.repairs.call_count == 1
    assert new.to_pylist() == ["От", "мова"] * 50


def test_more_values_than_one_dictionary_can_hold() -> None:
    """Chunks with dictionaries of their own are not laid together: their indices would not do."""
    chunks = [pa.array([f"{word} мoва {number}" for number in range(100)]).dictionary_encode().cast(pa.dictionary(pa.int8(), pa.string()))
              for word in ("одна", "інша")]  # fmt: skip
    new = normalize_array(pa.chunked_array(chunks))

    assert new.num_chunks == 2
    assert new.type == chunks[0].type
    assert new.to_pylist()[100] == "інша мова 0"


def test_small_chunks_are_gathered() -> None:
    """A call has a fixed cost; a thousand chunks are one."""
    normalizer = Mock(wraps=Normalizer())
    new = normalize_array(pa.chunked_array([["Oт"]] * 1000), normalizer)

    assert normalizer.repairs.call_count == 1
    assert new.to_pylist() == ["От"] * 1000


@pytest.mark.parametrize("chunked", [False, True])
def test_large_arrays_are_cut(monkeypatch: pytest.MonkeyPatch, chunked: bool) -> None:
    """What is worked on at once has a bound; pieces that stay are kept as they are."""
    monkeypatch.setattr(arrow, "GATHERED", 256)
    rows = ["мoва" if place == 500 else None if place % 7 == 0 else "слово" for place in range(1000)]
    array = pa.chunked_array([rows]) if chunked else pa.array(rows)
    normalizer = Mock(wraps=Normalizer())
    new = normalize_array(array, normalizer)

    assert type(new) is type(array)
    assert new.to_pylist() == Normalizer().normalize_many(rows)
    assert normalizer.repairs.call_count > 20
    assert max(len(call.args[0]) for call in normalizer.repairs.call_args_list) < 2 * 256


def test_an_array_that_outgrows_its_offsets() -> None:
    """A Cyrillic letter has two bytes: `string` has no room for more than 2 GiB, `large_string` has."""
    new = np.zeros(1 << 31, np.uint8)  # which takes no memory as long as nobody writes to it
    normalizer = Mock()
    normalizer.repairs.return_value.applied.return_value = new, np.array([0, 1 << 31])

    with pytest.raises(OverflowError, match="large_string"):
        normalize_array(pa.array(["Oт"]), normalizer)
    assert normalize_array(pa.array(["Oт"], pa.large_string()), normalizer).nbytes > 1 << 31


@pytest.mark.parametrize(
    "array", [pa.array([1]), pa.array([b"O"]), pa.array([[1]]), pa.array([{"a": "Oт"}]), pa.chunked_array([[1.0]])], ids=_kind
)
def test_what_is_no_text_is_refused(array: Any) -> None:  # noqa: ANN401
    """Rather than handed back as if it were clean."""
    with pytest.raises(TypeError, match="no text"):
        normalize_array(array)


def test_columns_that_are_not_there() -> None:
    """A name that is misspelt must not look like a clean column."""
    with pytest.raises(KeyError, match="txt"):
        normalize_table(pa.table({"text": ["Oт"]}), ["txt"])


@pytest.mark.parametrize("given", ["Oт", ["Oт"], None, pa.scalar("Oт"), pa.table({"text": ["Oт"]})], ids=lambda given: type(given).__name__)
def test_what_is_no_array_is_named(given: Any) -> None:  # noqa: ANN401
    """A column of another library, or a whole table."""
    with pytest.raises(TypeError, match=f"takes an array of pyarrow, not {type(given).__name__}; for a table"):
        normalize_array(given)


def test_one_name_is_one_column() -> None:
    """And not a column for each of its letters."""
    table = pa.table({"text": ["Oт"], "t": ["Oт"]})

    assert normalize_table(table, "text").to_pydict() == {"text": ["От"], "t": ["Oт"]}
