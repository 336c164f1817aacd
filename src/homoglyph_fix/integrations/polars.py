"""Expressions and series of polars: importing this module gives them `.homoglyphs.normalize()`."""

from __future__ import annotations

from functools import partial

import polars as pl

from .. import Normalizer
from .arrow import normalize_array


@pl.api.register_expr_namespace("homoglyphs")
class HomoglyphsExpr:
    """Repair the texts of an expression, in lazy and streaming queries too."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def normalize(self, normalizer: Normalizer | None = None) -> pl.Expr:
        """Return an expression for the texts with their letters restored, as String; name and nulls stay.

        Raises:
            TypeError: when the query runs, if the column holds no text.

        >>> frame = pl.DataFrame({"text": ["Oт", None, "і все"]})
        >>> frame.select(pl.col("text").homoglyphs.normalize())["text"].to_list()
        ['От', None, 'і все']
        """
        return self._expr.map_batches(partial(_repaired, normalizer=normalizer), return_dtype=pl.String, is_elementwise=True)


@pl.api.register_series_namespace("homoglyphs")
class HomoglyphsSeries:
    """Repair the texts of a series."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def normalize(self, normalizer: Normalizer | None = None) -> pl.Series:
        """Return the series with its letters restored, as String also where it was Categorical or Enum; name and nulls stay.

        Raises:
            TypeError: the series holds no text.

        >>> pl.Series(["Oт", None, "і все"]).homoglyphs.normalize().to_list()
        ['От', None, 'і все']
        """
        return _repaired(self._series, normalizer)


def _repaired(series: pl.Series, normalizer: Normalizer | None) -> pl.Series:
    if series.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        raise TypeError(f"homoglyphs is for texts, and {series.name!r} is a series of {series.dtype}")
    texts = series.cast(pl.String)
    old = texts.to_arrow(compat_level=pl.CompatLevel.oldest())  # large_string: of views, Arrow would make it in a second step
    new = normalize_array(old, normalizer)
    return texts if new is old else pl.Series(series.name, new)
