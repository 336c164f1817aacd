"""Expressions and series of polars: lazy, streaming, in groups and over windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from homoglyph_fix import Config, Normalizer

pl = pytest.importorskip("polars", reason="needs polars: make test-integrations")
pytest.importorskip("pyarrow", reason="needs pyarrow: make test-integrations")
pytest.importorskip("homoglyph_fix.integrations.polars")

FRAME = pl.DataFrame({"group": [1, 1, 2], "text": ["Oт", None, "мoва"]})
REPAIRED = pl.col("text").homoglyphs.normalize()


def test_groups_and_windows() -> None:
    """An expression works wherever polars lets one stand."""
    groups = FRAME.group_by("group", maintain_order=True).agg(REPAIRED)

    assert groups["text"].to_list() == [["От", None], ["мова"]]
    assert FRAME.with_columns(REPAIRED.over("group"))["text"].to_list() == ["От", None, "мова"]
    assert FRAME.filter(REPAIRED == "мова")["group"].to_list() == [2]


def test_sinks(tmp_path: Path) -> None:
    """A file goes through without being in memory as a whole."""
    FRAME.write_parquet(tmp_path / "old.parquet")
    pl.scan_parquet(tmp_path / "old.parquet").with_columns(REPAIRED).sink_parquet(tmp_path / "new.parquet")

    assert pl.read_parquet(tmp_path / "new.parquet")["text"].to_list() == ["От", None, "мова"]


@pytest.mark.parametrize("kind", [pl.Categorical, pl.Enum(["Oт", "мoва"])], ids=repr)
def test_categories_come_back_as_text(kind: object) -> None:
    """An Enum has a fixed list of values, so what is repaired may have no place in it."""
    frame = FRAME.with_columns(pl.col("text").cast(kind))

    assert frame.select(REPAIRED).schema == {"text": pl.String}
    assert frame["text"].homoglyphs.normalize().to_list() == ["От", None, "мова"]


def test_clean_series() -> None:
    """Clean text is not laid anew."""
    series = pl.Series("text", ["чисте"])

    assert series.homoglyphs.normalize().equals(series, check_names=True)


def test_config() -> None:
    """The normalizer that is given decides."""
    series, normalizer = pl.Series(["п'ять"]), Normalizer(Config(apostrophe="’"))

    assert series.homoglyphs.normalize(normalizer).to_list() == [normalizer.normalize("п'ять")]


def test_what_is_no_text_is_refused() -> None:
    """By name."""
    with pytest.raises(TypeError, match="'group'"):
        FRAME["group"].homoglyphs.normalize()
