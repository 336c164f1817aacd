"""Arrow arrays and tables, repaired as bytes without a Python string in between."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .. import Normalizer

GATHERED: Final = 1 << 24  # bytes: chunks are repaired together from here on (of 2,048 rows each for itself: 0.21 of the speed)
TOO_LARGE: Final = "repaired, the array has more than 2 GiB, too many for its offsets of 32 bits: cast it to large_string"
TEXT: Final = (pa.string(), pa.large_string(), pa.string_view(), pa.null())
NESTED: Final = [getattr(pa.types, f"is_{x}") for x in "list large_list fixed_size_list list_view large_list_view run_end_encoded".split()]

Column = TypeVar("Column", pa.Array, pa.ChunkedArray)
Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


def normalize_array(array: Column, normalizer: Normalizer | None = None) -> Column:
    """Return an array of texts with their letters restored, of the same type; a clean one comes back as the same object.

    Text is `string`, `large_string` or `string_view`, also in lists, in a dictionary and run-end encoded. Nulls stay. Values of a
    dictionary that become equal become one. Chunks that change are laid together or cut, to some 16 MB.

    Raises:
        TypeError: the array holds no text, or it is none of pyarrow.
        OverflowError: an array of type `string` grows beyond 2 GiB, since Cyrillic letters have two bytes.

    >>> normalize_array(pa.array(["Oт", None, "і все"])).to_pylist()
    ['От', None, 'і все']
    """
    if not isinstance(array, (pa.Array, pa.ChunkedArray)):
        raise TypeError(f"normalize_array takes an array of pyarrow, not {type(array).__name__}; for a table there is normalize_table")
    if array.type == pa.string_view():  # before Arrow 26 nothing says how large it is
        new = normalize_array(old := array.cast(pa.large_string()), normalizer)
        return array if new is old else new.cast(array.type)
    normalizer, chunked = normalizer or Normalizer(), isinstance(array, pa.ChunkedArray)
    groups = list(_gathered(array.chunks if chunked else [array]))
    found = [_repaired(pa.concat_arrays(group) if len(group) > 1 else group[0], normalizer) for group in groups]
    if all(new is None for new in found):
        return array
    pieces = [piece for group, new in zip(groups, found, strict=True) for piece in (group if new is None else [new])]
    try:
        return pa.chunked_array(pieces, array.type) if chunked else pieces[0] if len(pieces) == 1 else pa.concat_arrays(pieces)
    except pa.ArrowInvalid as error:
        raise OverflowError(TOO_LARGE) from error


def normalize_table(table: Rows, columns: Collection[str], normalizer: Normalizer | None = None) -> Rows:
    """Return a table or record batch with these columns (one name or several) repaired by `normalize_array`, and all else as it was.

    Raises:
        KeyError: the table has no column of that name, or two.

    >>> normalize_table(pa.table({"id": [1], "text": ["Oт"]}), ["text"]).to_pylist()
    [{'id': 1, 'text': 'От'}]
    """
    for name in [columns] if isinstance(columns, str) else columns:
        new = normalize_array(old := table.column(name), normalizer)
        table = table if new is old else table.set_column(table.schema.get_field_index(name), table.schema.field(name), new)
    return table


def _gathered(chunks: list[pa.Array]) -> Iterator[list[pa.Array]]:
    """Yield chunks in groups of 16 to 48 MB, larger ones cut; of dictionary arrays, those that share a dictionary."""
    group, size = list[pa.Array](), 0
    for chunk in chunks:
        whole = pa.types.is_dictionary(chunk.type)
        rows = len(chunk) if whole or chunk.nbytes < 2 * GATHERED else max(1, len(chunk) * GATHERED // chunk.nbytes)
        for piece in [chunk.slice(begin, rows) for begin in range(0, len(chunk), rows or 1)]:
            if group and (not piece.dictionary.equals(group[0].dictionary) if whole else size >= GATHERED):
                yield group
                group, size = [], 0
            group.append(piece)
            size += piece.nbytes
    if group:
        yield group


def _repaired(array: pa.Array, normalizer: Normalizer) -> pa.Array | None:
    """Return an array of any type that holds text, repaired; None where nothing changes."""
    kind = array.type
    if kind in TEXT:
        return _texts(array, normalizer)
    if pa.types.is_dictionary(kind):
        if (new := _repaired(array.dictionary, normalizer)) is not None:  # equal values become one: double ones give wrong counts
            once = new.dictionary_encode()
            indices = once.indices.take(array.indices).cast(kind.index_type)
            new = pa.DictionaryArray.from_arrays(indices, once.dictionary, ordered=kind.ordered)
        return new
    if any(holds(kind) for holds in NESTED):
        array = pa.concat_arrays([array])  # of a slice only what it shows: its parent may have a thousand others
        new = _repaired(array.values, normalizer)
        children = [array.run_ends, new] if pa.types.is_run_end_encoded(kind) else [new]
        return None if new is None else pa.Array.from_buffers(kind, len(array), array.buffers()[: kind.num_buffers], children=children)
    raise TypeError(f"there is no text in an array of type {kind}")


def _texts(array: pa.Array, normalizer: Normalizer) -> pa.Array | None:
    large, size = array.cast(pa.large_string()), len(array)
    _, places, data = large.buffers()
    if not size or data is None:
        return None
    # Without validity: a null would make the whole null. What bytes stand in the slot of a null is of no matter.
    bare = pa.Array.from_buffers(pa.large_binary(), size, [None, places, data], offset=large.offset)
    joined = pc.binary_join(pa.ListArray.from_arrays([0, size], bare), pa.scalar(b"\n", pa.large_binary()))[0].as_py()
    offsets = np.frombuffer(places, np.int64, size + 1, large.offset * 8)
    begin, end = offsets[[0, -1]].tolist()
    found = normalizer.repairs(joined, offsets[1:] - begin + np.arange(size))
    if found is None:
        return None
    new, offsets = found.applied(memoryview(data)[begin:end], offsets - begin)
    if array.type == pa.string() and len(new) >= 1 << 31:
        raise OverflowError(TOO_LARGE)
    valid = array.is_valid().buffers()[1] if array.null_count else None
    return pa.Array.from_buffers(pa.large_string(), size, [valid, pa.py_buffer(offsets), pa.py_buffer(new)]).cast(array.type)
