"""Every way through a module or a recipe, as a function of rows, and the library that it needs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

import pytest

from homoglyph_fix import normalize_many
from rows import Rows

Walk = Callable[[Rows], Rows]


class Way(NamedTuple):
    """A way through a module or recipe."""

    needs: str
    walk: Walk
    surrogates: bool
    """Whether it takes texts that have no UTF-8."""
    nulls: bool
    """Whether it takes None."""


WAYS: Final[dict[str, Way]] = {}


def way(name: str, needs: str, *, surrogates: bool = False, nulls: bool = True) -> Callable[[Walk], Walk]:
    """Put a function on the list of ways."""

    def put(walk: Walk) -> Walk:
        WAYS[name] = Way(needs, walk, surrogates, nulls)
        return walk

    return put


def needed(*libraries: str) -> None:
    """Skip a test for want of a library."""
    for library in libraries:
        if find_spec(library) is None:
            pytest.skip(f"needs {library}: make test-integrations")


def _module(name: str) -> Any:  # noqa: ANN401  # a module
    return import_module(name)


def _array(rows: Rows, kind: str = "string") -> Any:  # noqa: ANN401
    pa = _module("pyarrow")
    return pa.array(rows, getattr(pa, kind)())


def _normalize_array(array: Any) -> Any:  # noqa: ANN401
    new = _module("homoglyph_fix.integrations.arrow").normalize_array(array)
    new.validate(full=True)
    assert new.type == array.type
    assert type(new) is type(array)
    return new


@way("arrow string", "pyarrow")
def _string(rows: Rows) -> Rows:
    return _normalize_array(_array(rows)).to_pylist()


@way("arrow large_string", "pyarrow")
def _large_string(rows: Rows) -> Rows:
    return _normalize_array(_array(rows, "large_string")).to_pylist()


@way("arrow string_view", "pyarrow")
def _string_view(rows: Rows) -> Rows:
    return _normalize_array(_array(rows, "string_view")).to_pylist()


@way("arrow slice", "pyarrow")
def _slice(rows: Rows) -> Rows:
    return _normalize_array(_array(["мoва", *rows, None, "мoва"]).slice(1, len(rows))).to_pylist()


@way("arrow chunks", "pyarrow")
def _chunks(rows: Rows) -> Rows:
    cut = len(rows) // 3
    chunks = [_array(some) for some in (rows[:cut], [], rows[cut:])]
    return _normalize_array(_module("pyarrow").chunked_array(chunks)).to_pylist()


@way("arrow nulls with bytes", "pyarrow")
def _nulls_with_bytes(rows: Rows) -> Rows:
    pa = _module("pyarrow")
    full = pa.array(["\nхoвaне\n" if text is None else text for text in rows], pa.string())
    valid = pa.array([text is not None for text in rows], pa.bool_()).buffers()[1]
    return _normalize_array(pa.Array.from_buffers(pa.string(), len(rows), [valid, *full.buffers()[1:]])).to_pylist()


@way("arrow dictionary", "pyarrow")
def _dictionary(rows: Rows) -> Rows:
    new = _normalize_array(_array(["x", *rows]).dictionary_encode().slice(1))
    assert len(set(new.dictionary.to_pylist())) == len(new.dictionary)
    return new.to_pylist()


@way("arrow chunks of dictionaries", "pyarrow")
def _dictionaries(rows: Rows) -> Rows:
    one, two = _array(rows).dictionary_encode(), _array(rows[::-1]).dictionary_encode()
    chunks = _module("pyarrow").chunked_array([one.slice(0, 2), one.slice(2), two])
    return _normalize_array(chunks).to_pylist()[: len(rows)]


@way("arrow list", "pyarrow")
def _list(rows: Rows) -> Rows:
    pa = _module("pyarrow")
    lists = pa.array([["мoва"], None, rows, [], rows[:1]], pa.list_(pa.string()))
    return _normalize_array(lists.slice(1, 3)).to_pylist()[1]


@way("arrow large_list of lists", "pyarrow")
def _large_list(rows: Rows) -> Rows:
    pa = _module("pyarrow")
    return _normalize_array(pa.array([[rows, []], None], pa.large_list(pa.list_(pa.large_string())))).to_pylist()[0][0]


@way("arrow fixed-size list", "pyarrow")
def _fixed_size_list(rows: Rows) -> Rows:
    pa = _module("pyarrow")
    pairs = pa.array([["a", "мoва"], *([text, "мoва"] for text in rows), None], pa.list_(pa.string(), 2))
    return [pair[0] for pair in _normalize_array(pairs.slice(1)).to_pylist()[:-1]]


@way("arrow list_view", "pyarrow")
def _list_view(rows: Rows) -> Rows:
    pa = _module("pyarrow")
    if int(pa.__version__.partition(".")[0]) < 26:
        pytest.skip("before pyarrow 26 nothing says how large views of lists are, and they are refused")
    views = pa.ListViewArray.from_arrays([1, 0, 0], [len(rows), 1, len(rows) + 1], _array(["мoва", *rows]))
    new = _normalize_array(views).to_pylist()
    assert new[1:] == [["мова"], ["мова", *new[0]]]
    return new[0]


@way("arrow large_list_view", "pyarrow")
def _large_list_view(rows: Rows) -> Rows:
    pa = _module("pyarrow")
    if int(pa.__version__.partition(".")[0]) < 26:
        pytest.skip("before pyarrow 26 nothing says how large views of lists are, and they are refused")
    views = pa.array([["мoва"], None, rows, []], pa.large_list_view(pa.string()))
    return _normalize_array(views.slice(1, 2)).to_pylist()[1]


@way("arrow run-end encoded", "pyarrow")
def _run_ends(rows: Rows) -> Rows:
    runs = _module("pyarrow.compute").run_end_encode(_array([text for text in ["мoва", *rows] for _ in range(2)]))
    return _normalize_array(runs.slice(2)).to_pylist()[::2]


@way("arrow table", "pyarrow")
def _table(rows: Rows) -> Rows:
    pa = _module("pyarrow")
    schema = pa.schema([pa.field("text", pa.string(), metadata={"a": "b"}), pa.field("id", pa.int32())], {"c": "d"})
    table = pa.table([rows, range(len(rows))], schema=schema)
    new = _module("homoglyph_fix.integrations.arrow").normalize_table(table, ["text"])
    assert new.schema.equals(schema, check_metadata=True)
    assert new.column("id").equals(table.column("id"))
    return new.column("text").to_pylist()


@way("arrow record batch", "pyarrow")
def _record_batch(rows: Rows) -> Rows:
    pa = _module("pyarrow")
    batch = pa.record_batch({"id": pa.array(range(len(rows))), "text": _array(rows)})
    return _module("homoglyph_fix.integrations.arrow").normalize_table(batch, ["text"]).column("text").to_pylist()


def _pandas(rows: Rows, dtype: object) -> Rows:
    _module("homoglyph_fix.integrations.pandas")
    pd = _module("pandas")
    series = pd.Series(rows, index=range(5, 5 + len(rows)), name="text", dtype=dtype)
    if [None if pd.isna(text) else text for text in series] != rows:
        pytest.skip("before pandas 3 a category ends at its first NUL")
    new = series.homoglyphs.normalize()
    assert new.index.equals(series.index)
    assert new.name == "text"
    assert new.dtype == series.dtype or dtype == "category"
    assert new.isna().equals(series.isna())
    return [None if pd.isna(text) else text for text in new]


@way("pandas str", "pandas")
def _pandas_str(rows: Rows) -> Rows:
    return _pandas(rows, "str")


@way("pandas string", "pandas")
def _pandas_string(rows: Rows) -> Rows:
    return _pandas(rows, "string")


@way("pandas string[python]", "pandas")
def _pandas_python(rows: Rows) -> Rows:
    return _pandas(rows, "string[python]")


@way("pandas object", "pandas", surrogates=True)
def _pandas_object(rows: Rows) -> Rows:
    return _pandas(rows, object)


@way("pandas category", "pandas")
def _pandas_category(rows: Rows) -> Rows:
    return _pandas(["x", *rows], "category")[1:]


@way("pandas ArrowDtype", "pandas")
def _pandas_arrow(rows: Rows) -> Rows:
    return _pandas(rows, _module("pandas").ArrowDtype(_module("pyarrow").string_view()))


def _polars(rows: Rows) -> Any:  # noqa: ANN401
    _module("homoglyph_fix.integrations.polars")
    pl = _module("polars")
    return pl.Series("text", rows, dtype=pl.String)


@way("polars series", "polars")
def _polars_series(rows: Rows) -> Rows:
    new = _polars(rows).homoglyphs.normalize()
    assert new.name == "text"
    return new.to_list()


@way("polars expression", "polars")
def _polars_expression(rows: Rows) -> Rows:
    return _polars(rows).to_frame().select(_module("polars").col("text").homoglyphs.normalize())["text"].to_list()


@way("polars streaming", "polars")
def _polars_streaming(rows: Rows) -> Rows:
    pl = _module("polars")
    lazy = _polars(rows).to_frame().lazy().with_columns(pl.col("text").homoglyphs.normalize())
    assert lazy.collect_schema() == {"text": pl.String}
    return lazy.collect(engine="streaming")["text"].to_list()


@way("polars categorical", "polars")
def _polars_categorical(rows: Rows) -> Rows:
    return _polars(rows).cast(_module("polars").Categorical).homoglyphs.normalize().to_list()


@way("polars list.eval", "polars")
def _polars_lists(rows: Rows) -> Rows:
    series, pl = _polars(rows), _module("polars")
    frame = pl.DataFrame({"text": [rows, None]}, schema={"text": pl.List(series.dtype)})
    return frame.select(pl.col("text").list.eval(pl.element().homoglyphs.normalize()))["text"].to_list()[0]


def _datasets(rows: Rows) -> Any:  # noqa: ANN401
    datasets = _module("datasets")
    return datasets.Dataset.from_dict({"text": rows}, features=datasets.Features({"text": datasets.Value("string")}))


def _repair() -> Any:  # noqa: ANN401
    return _module("homoglyph_fix.integrations.datasets").Repair("text")


@way("datasets in Arrow batches", "datasets")
def _datasets_arrow(rows: Rows) -> Rows:
    new = _datasets(rows).with_format("arrow").map(_repair(), batched=True, batch_size=50_000).with_format(None)
    return list(new["text"])


@way("datasets in small batches", "datasets")
def _datasets_small(rows: Rows) -> Rows:
    new = _datasets(rows).with_format("arrow").map(_repair(), batched=True, batch_size=3 if len(rows) < 100 else 999).with_format(None)
    return list(new["text"])


@way("datasets streaming", "datasets")
def _datasets_streaming(rows: Rows) -> Rows:
    if not rows:
        pytest.skip("datasets makes no stream of no rows")
    stream = _datasets(rows).to_iterable_dataset(num_shards=min(2, len(rows)))
    new = stream.with_format("arrow").map(_repair(), batched=True, batch_size=50_000)
    return [text for table in new.iter(batch_size=1000) for text in table["text"].to_pylist()]


@way("datatrove", "datatrove", surrogates=True, nulls=False)
def _datatrove(rows: Rows) -> Rows:
    document = _module("datatrove.data").Document
    block = _module("homoglyph_fix.integrations.datatrove").HomoglyphFormatter(batch_size=3)
    return [new.text for new in block([document(text, str(number)) for number, text in enumerate(rows)])]


def _duckdb(rows: Rows) -> Any:  # noqa: ANN401
    con = _module("duckdb").connect()
    con.register("rows", _module("pyarrow").table({"id": range(len(rows)), "text": _array(rows)}))
    return con


@way("DuckDB to Arrow", "duckdb")
def _duckdb_arrow(rows: Rows) -> Rows:
    con, normalize_array = _duckdb(rows), _module("homoglyph_fix.integrations.arrow").normalize_array
    return normalize_array(con.sql("SELECT text FROM rows ORDER BY id").to_arrow_table()["text"]).to_pylist()


@way("DuckDB function", "duckdb")
def _duckdb_function(rows: Rows) -> Rows:
    con, normalize_array = _duckdb(rows), _module("homoglyph_fix.integrations.arrow").normalize_array
    one = lambda texts: normalize_array(texts)  # noqa: E731, PLW0108  # DuckDB counts parameters, and there may be one
    con.create_function("homoglyphs_normalize", one, ["VARCHAR"], "VARCHAR", type="arrow", null_handling="special")
    return [text for (text,) in con.sql("SELECT homoglyphs_normalize(text) FROM rows ORDER BY id").fetchall()]


@way("tokenizers", "tokenizers", nulls=False)
def _tokenizers(rows: Rows) -> Rows:
    tokenizers = _module("tokenizers")
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE({letter: number for number, letter in enumerate(sorted(alphabet))}, []))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    return [tokenizer.decode(encoding.ids) for encoding in tokenizer.encode_batch(normalize_many(rows))]


@way("spaCy", "spacy", nulls=False)
def _spacy(rows: Rows) -> Rows:
    return [doc.text for doc in _module("spacy").blank("uk").pipe(normalize_many(rows))]


@way("scikit-learn", "sklearn", surrogates=True)
def _sklearn(rows: Rows) -> Rows:
    return list(_module("sklearn.preprocessing").FunctionTransformer(normalize_many).transform(rows))


@way("normalize_many", "numpy", surrogates=True)
def _many(rows: Rows) -> Rows:
    return normalize_many(rows)
