"""Columns that are not wholly known: a rule runs on them unchanged and answers yes, no, or that it depends.

The logic is Kleene's, as columnar engines have it for nulls: what holds whatever the unknown turns out to be is known. Two unknowns that
hang on each other (`x & ~x`) are taken for independent, so an answer may be less sure than it could be, and is never wrong. An operation
that is not listed here raises TypeError: a rule that needs it must be told how.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

Column: TypeAlias = NDArray[Any]

_RISING: Final = frozenset({np.add, np.minimum, np.maximum})  # the more goes in, the more comes out
_OF_FLAGS: Final = frozenset({np.bitwise_and, np.bitwise_or})  # of counts their bits would be taken
_ORDERED: Final = frozenset({np.less, np.less_equal, np.greater, np.greater_equal})


class Range(NDArrayOperatorsMixin):
    """A column of flags or counts, of each item of which two bounds are known.

    >>> unknown, yes = Range(np.array([False]), np.array([True])), np.array([True])
    >>> (unknown | yes).known(), (unknown & yes).known()
    (array([ True]), array([False]))
    """

    def __init__(self, low: Column, high: Column) -> None:
        """Take the bounds; both may be reached."""
        self.low = low
        self.high = high

    def known(self) -> NDArray[np.bool_]:
        """Tell of which items the bounds meet."""
        return np.equal(self.low, self.high)

    def astype(self, kind: type) -> Range:
        """Return the same bounds as other numbers."""
        return Range(self.low.astype(kind), self.high.astype(kind))

    def __len__(self) -> int:
        return len(self.low)

    def __bool__(self) -> bool:
        raise TypeError("a column that is not wholly known is neither true nor false")

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **settings: Any) -> Any:
        """Answer for every value within the bounds; an operation in place gives a new column, as Python allows."""
        if method != "__call__" or settings.keys() - {"out"}:
            return NotImplemented
        bounds = _bounds(ufunc, [_low(each) for each in inputs], [_high(each) for each in inputs])
        return NotImplemented if bounds is None else Range(*bounds)

    def __array_function__(self, function: Callable[..., Any], _types: object, given: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        """Choose by a condition, and count what is possible: so `any_of` asks whether anything may hold."""
        if function is np.where and len(given) == 3 and not settings:
            return _chosen(*given)
        return np.count_nonzero(given[0].high) if function is np.count_nonzero and len(given) == 1 and not settings else NotImplemented


def _bounds(ufunc: np.ufunc, lows: list[Column], highs: list[Column]) -> tuple[Column, Column] | None:
    """Return the least and the most that comes out of an operation on columns between bounds, None where that is not known."""
    if ufunc in _RISING or (ufunc in _OF_FLAGS and _are_flags(lows)):
        return ufunc(*lows), ufunc(*highs)
    if ufunc is np.invert and _are_flags(lows):
        return ~highs[0], ~lows[0]
    if ufunc in (np.subtract, np.multiply) or ufunc in _ORDERED:
        ends = [ufunc(lows[0], highs[1]), ufunc(highs[0], lows[1])]
        if ufunc is np.multiply:  # either factor may be negative
            ends += [ufunc(lows[0], lows[1]), ufunc(highs[0], highs[1])]
        return np.minimum.reduce(ends), np.maximum.reduce(ends)
    if ufunc in (np.equal, np.not_equal):
        apart = (highs[0] < lows[1]) | (highs[1] < lows[0])
        same = (lows[0] == highs[0]) & (lows[1] == highs[1]) & ~apart
        return (same, ~apart) if ufunc is np.equal else (apart, ~same)
    return None


def _are_flags(columns: list[Column]) -> bool:
    return all(getattr(column, "dtype", None) == np.bool_ for column in columns)


class Gap(NDArrayOperatorsMixin):
    """The property bits found in some gaps between words, of which some are sure and others possible.

    The gap at the edge of a chunk is such: its own marks and white space are sure, and anything may follow.

    >>> edge = Gap(np.array([1], np.uint32), np.array([3], np.uint32))
    >>> ((edge & 1) == 1).known(), ((edge & 2) == 2).known(), ((edge & 4) == 4).known()
    (array([ True]), array([False]), array([ True]))
    """

    def __init__(self, sure: Column, possible: Column) -> None:
        """Take the bits; what is sure is possible too."""
        self.sure = sure
        self.possible = possible

    def __len__(self) -> int:
        return len(self.sure)

    def __bool__(self) -> bool:
        raise TypeError("a gap that is not wholly known is neither true nor false")

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **settings: Any) -> Any:
        """Take bits out, add the bits of another gap, or compare with bits that are known."""
        if method != "__call__" or settings.keys() - {"out"} or len(inputs) != 2:
            return NotImplemented
        gap, other = inputs if isinstance(inputs[0], Gap) else inputs[::-1]
        other = np.uint32(other) if isinstance(other, int) else other
        if ufunc in (np.bitwise_or, np.bitwise_and):
            return Gap(ufunc(gap.sure, _sure(other)), ufunc(gap.possible, _possible(other)))
        if ufunc not in (np.equal, np.not_equal) or isinstance(other, Gap):
            return NotImplemented
        may = ((gap.sure & ~other) == 0) & ((other & ~gap.possible) == 0)
        must = may & (gap.sure == gap.possible)
        return Range(must, may) if ufunc is np.equal else Range(~may, ~must)

    def __array_function__(self, function: Callable[..., Any], _types: object, given: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        """Choose by a condition."""
        return _chosen(*given) if function is np.where and len(given) == 3 and not settings else NotImplemented


def _chosen(condition: Any, first: Any, second: Any) -> Any:
    """Return what `np.where` would; where the condition is unknown, what both columns leave possible."""
    must, may = _low(condition), _high(condition)

    def within(a: Column, b: Column, either: np.ufunc) -> Column:
        return np.where(must, a, np.where(may, either(a, b), b))

    if isinstance(first, Gap) or isinstance(second, Gap):
        sure = within(_sure(first), _sure(second), np.bitwise_and)
        return Gap(sure, within(_possible(first), _possible(second), np.bitwise_or))
    return Range(within(_low(first), _low(second), np.minimum), within(_high(first), _high(second), np.maximum))


def _low(column: Any) -> Any:
    return column.low if isinstance(column, Range) else column


def _high(column: Any) -> Any:
    return column.high if isinstance(column, Range) else column


def _sure(column: Any) -> Any:
    return column.sure if isinstance(column, Gap) else column


def _possible(column: Any) -> Any:
    return column.possible if isinstance(column, Gap) else column
