"""Series of pandas: importing this module gives them `Series.homoglyphs.normalize()`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from .. import Normalizer
from .arrow import normalize_array


@pd.api.extensions.register_series_accessor("homoglyphs")
class HomoglyphsAccessor:
    """Repair a series of texts: of dtype `str`, `string`, `object`, of categories, or of an Arrow type that holds text.

    Raises:
        AttributeError: the series holds something else.
    """

    def __init__(self, series: pd.Series) -> None:
        self._series = series
        dtype = series.dtype.categories.dtype if isinstance(series.dtype, pd.CategoricalDtype) else series.dtype
        if not (isinstance(dtype, pd.StringDtype) or _holds_text(dtype, series)):
            raise AttributeError(f"homoglyphs is for texts, and this is a series of {series.dtype} with something else in it")

    def normalize(self, normalizer: Normalizer | None = None) -> pd.Series:
        """Return the series with its letters restored; index, name, dtype and missing values stay.

        Of categories that become equal one is left.

        >>> pd.Series(["Oт", None, "і все"], dtype="string").homoglyphs.normalize().tolist()
        ['От', <NA>, 'і все']
        """
        old, normalizer = self._series, normalizer or Normalizer()
        new: Any
        if isinstance(old.dtype, pd.CategoricalDtype):
            numbers, categories = pd.factorize(old.cat.categories.to_series().homoglyphs.normalize(normalizer))
            new = pd.Categorical.from_codes(np.append(numbers, -1)[old.cat.codes], categories, ordered=old.cat.ordered)
        elif old.dtype == object:
            new = normalizer.normalize_many(old.to_numpy())  # what is missing stays the object that it was
        else:
            new = old.dtype.__from_arrow__(normalize_array(pa.array(old.array), normalizer))
        return pd.Series(new, old.index, old.dtype if old.dtype == object else None, old.name).__finalize__(old)


def _holds_text(dtype: Any, series: pd.Series) -> bool:  # noqa: ANN401  # pandas has dtypes of several kinds
    if isinstance(dtype, pd.ArrowDtype):
        try:
            normalize_array(pa.nulls(1, dtype.pyarrow_dtype))
        except TypeError:
            return False
        return True
    texts = series.cat.categories if isinstance(series.dtype, pd.CategoricalDtype) else series
    return pd.api.types.is_object_dtype(dtype) and pd.api.types.infer_dtype(texts) in ("string", "empty")
