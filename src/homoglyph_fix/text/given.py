"""What callers hand in: one text, or a column of texts in which some are missing. All else is refused in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np


def refused(value: object, caller: str) -> TypeError:
    """Return the error for what is no text.

    >>> str(refused(None, "normalize"))
    'normalize takes a str, not None; among many texts normalize_many lets missing ones stay'
    >>> str(refused(b"", "normalize"))
    'normalize takes a str, not bytes: decode them, or let Normalizer().normalize_utf8 take them'
    """
    many = "analyze_many" if caller.startswith("analyze") else "normalize_many"
    if is_missing(value):
        return TypeError(f"{caller} takes a str, not {_named(value)}; among many texts {many} lets missing ones stay")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return TypeError(f"{caller} takes a str, not {_named(value)}: decode them, or let Normalizer().normalize_utf8 take them")
    if isinstance(value, Iterable):
        return TypeError(f"{caller} takes one str, not {_named(value)}; for many texts there is {many}")
    return TypeError(f"{caller} takes a str, not {_named(value)}")


def as_column(texts: Iterable[Any], caller: str) -> tuple[list[Any], list[int] | range]:
    """Return what is in a column, and the places of the texts in it that are not empty.

    Raises:
        TypeError: one text was given, a table, or something that is no text and not missing either.

    >>> as_column(["а", None, "", "б"], "normalize_many")
    (['а', None, '', 'б'], [0, 3])
    """
    one = caller.removesuffix("_many")
    if isinstance(texts, (str, bytes, bytearray)):
        raise TypeError(f"{caller} takes many texts; for one there is {one}")
    if _is_table(texts):
        raise TypeError(f"{caller} takes one column of texts, not {_named(texts)}: pass one column of it")
    try:
        items = iter(texts)
    except TypeError:
        raise TypeError(f"{caller} takes many texts, not {_named(texts)}") from None
    found = list(items)
    kinds = set(map(type, found))
    if kinds <= {str}:
        return found, range(len(found)) if all(found) else [place for place, text in enumerate(found) if text]
    if kinds <= {str, type(None)}:
        return found, [place for place, text in enumerate(found) if text]
    return found, [place for place, text in enumerate(found) if _is_text(text, place, caller) and text]


def is_missing(value: object) -> bool:
    """Tell whether a value is none: None, NaN of any kind, pandas.NA or NaT.

    >>> is_missing(None), is_missing(float("nan")), is_missing(np.float32("nan")), is_missing(0.0), is_missing("")
    (True, True, True, False, False)
    """
    if value is None:
        return True
    if isinstance(value, (float, np.floating)):
        return bool(value != value)  # noqa: PLR0124  # only NaN is not itself
    kind = type(value)  # pandas is not imported to know its own
    return kind.__name__ in ("NAType", "NaTType") and kind.__module__.partition(".")[0] == "pandas"


def _is_text(value: object, place: int, caller: str) -> bool:
    if isinstance(value, str):
        return True
    if is_missing(value):
        return False
    raise TypeError(f"{caller} takes texts and missing ones; number {place} is {_named(value)}")


def _is_table(texts: object) -> bool:
    """Tell whether something has columns, or keys, over which a loop would go instead of over texts."""
    if isinstance(texts, Mapping):
        return True
    shape = getattr(texts, "shape", None)
    return isinstance(shape, tuple) and len(shape) != 1


def _named(value: object) -> str:
    """Name a value for a message."""
    if value is None:
        return "None"
    if is_missing(value):
        return "NaN" if isinstance(value, (float, np.floating)) else type(value).__name__.removesuffix("Type")
    kind = type(value).__name__
    shape = getattr(value, "shape", None)
    if kind == "ndarray" and isinstance(shape, tuple):
        return f"an array of {len(shape)} dimensions"
    if kind in ("bytes", "str"):
        return kind
    return f"{'an' if kind[0] in 'aeiouAEIO' else 'a'} {kind}"
