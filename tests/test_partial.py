"""Columns that are not wholly known: what comes out of them holds whatever the unknown turns out to be, and no more than that is said."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix.arrays.partial import Gap, Range
from homoglyph_fix.arrays.ragged import any_of
from strategies import many

Do = Callable[..., Any]

OF_FLAGS: dict[str, Do] = {
    "&": operator.and_, "|": operator.or_, "+": operator.add, "*": operator.mul, "==": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "minimum": np.minimum, "maximum": np.maximum,
}  # fmt: skip
OF_COUNTS: dict[str, Do] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "==": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "minimum": np.minimum, "maximum": np.maximum,
}  # fmt: skip
IN_PLACE_OF_FLAGS: dict[str, Do] = {"&=": operator.iand, "|=": operator.ior}
IN_PLACE_OF_COUNTS: dict[str, Do] = {"+=": operator.iadd, "-=": operator.isub, "*=": operator.imul}
IN_PLACE = {"&=": operator.and_, "|=": operator.or_, "+=": operator.add, "-=": operator.sub, "*=": operator.mul}

Bounds = list[tuple[int, int]]
FLAGS: Bounds = [(0, 0), (0, 1), (1, 1)]
COUNTS: Bounds = [(low, high) for low in range(-2, 4) for high in range(low, 4)]


def _range(bounds: Bounds, kind: type) -> Any:
    return Range(*(np.array(column, kind) for column in zip(*bounds, strict=True)))


def _values(bounds: tuple[int, int]) -> range:
    return range(bounds[0], bounds[1] + 1)


def _low_high(found: Any) -> list[tuple[Any, Any]]:
    assert isinstance(found, Range)
    return list(zip(found.low.tolist(), found.high.tolist(), strict=True))


def _exact(do: Do, kind: type, *bounds: tuple[int, int]) -> tuple[Any, Any]:
    """Return the least and the most that comes out for any values within their bounds."""
    found = [do(*(np.array([value], kind) for value in values)).tolist()[0] for values in product(*map(_values, bounds))]
    return min(found), max(found)


def assert_exact(do: Do, kind: type, pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Assert that an operation gives for two columns what it gives item by item, value by value, if one of them is known too."""
    left, right = (_range(list(column), kind) for column in zip(*pairs, strict=True))

    assert _low_high(do(left, right)) == [_exact(do, kind, a, b) for a, b in pairs]
    assert _low_high(do(left, right.low)) == [_exact(do, kind, a, (b[0], b[0])) for a, b in pairs]
    assert _low_high(do(left.low, right)) == [_exact(do, kind, (a[0], a[0]), b) for a, b in pairs]
    assert _low_high(do(Range(left.low, left.low), right.high)) == [_exact(do, kind, (a[0], a[0]), (b[1], b[1])) for a, b in pairs]


@pytest.mark.parametrize("name", OF_FLAGS)
def test_operations_on_flags(name: str) -> None:
    """All pairs of flags, known and unknown."""
    assert_exact(OF_FLAGS[name], bool, list(product(FLAGS, FLAGS)))


@pytest.mark.parametrize("kind", [np.intp, np.float32])
@pytest.mark.parametrize("name", OF_COUNTS)
def test_operations_on_counts(name: str, kind: type) -> None:
    """All pairs of bounds among a few numbers, below 0 too."""
    assert_exact(OF_COUNTS[name], kind, list(product(COUNTS, COUNTS)))


_bounds = st.tuples(st.integers(-9, 9), st.integers(0, 3)).map(lambda pair: (pair[0], sum(pair)))


@pytest.mark.property
@many
@given(st.sampled_from(sorted(OF_COUNTS)), st.lists(st.tuples(_bounds, _bounds), min_size=1, max_size=3))
def test_operations_on_any_counts(name: str, pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """The same of any bounds."""
    assert_exact(OF_COUNTS[name], np.intp, pairs)


@pytest.mark.parametrize("number", [-1, 0, 2])
@pytest.mark.parametrize("name", OF_COUNTS)
def test_numbers_beside_columns(name: str, number: int) -> None:
    """A plain number stands for a column of it, on either side."""
    do, column, known = OF_COUNTS[name], _range(COUNTS, np.intp), (number, number)

    assert _low_high(do(column, number)) == [_exact(do, np.intp, bounds, known) for bounds in COUNTS]
    assert _low_high(do(number, column)) == [_exact(do, np.intp, known, bounds) for bounds in COUNTS]
    assert _low_high(do(np.float32(number), column)) == [_exact(do, np.intp, known, bounds) for bounds in COUNTS]


def test_not() -> None:
    """What is unknown stays so."""
    assert _low_high(~_range(FLAGS, bool)) == [(True, True), (False, True), (False, False)]


@pytest.mark.parametrize("name", [*IN_PLACE_OF_FLAGS, *IN_PLACE_OF_COUNTS])
def test_in_place(name: str) -> None:
    """An operation in place gives what the plain one gives, and leaves both columns as they were."""
    flags = name in IN_PLACE_OF_FLAGS
    do, kind = (IN_PLACE_OF_FLAGS | IN_PLACE_OF_COUNTS)[name], bool if flags else np.intp
    left, right = (_range(list(side), kind) for side in zip(*product(*[FLAGS if flags else COUNTS] * 2), strict=True))
    before = [column.tolist() for column in (left.low, left.high, right.low, right.high)]
    for first, second in ((left, right), (left, right.low), (left.low, right)):
        assert _low_high(do(first, second)) == _low_high(IN_PLACE[name](first, second))

    assert [column.tolist() for column in (left.low, left.high, right.low, right.high)] == before


@pytest.mark.parametrize(("kind", "bounds"), [(bool, FLAGS), (np.intp, COUNTS[::3])])
def test_choice(kind: type, bounds: Bounds) -> None:
    """`np.where` with conditions and columns of which each may be known or not."""
    rows = list(product(FLAGS, bounds, bounds))
    condition, first, second = (list(column) for column in zip(*rows, strict=True))
    some, a, b = _range(condition, bool), _range(first, kind), _range(second, kind)

    def choose(condition: Any, first: Any, second: Any) -> Any:
        return np.where(condition, first, second)

    def exact(*which: int) -> list[tuple[Any, Any]]:
        """Return what comes out where the columns that are not named are known to be at their low bound."""
        found = []
        for row in rows:
            held, *options = (each if place in which else (each[0], each[0]) for place, each in enumerate(row))
            ends = [options[0] if yes else options[1] for yes in _values(held)]
            found.append((min(low for low, _ in ends), max(high for _, high in ends)))
        return found

    assert _low_high(choose(some, a, b)) == exact(0, 1, 2)
    assert _low_high(choose(some, a.low, b.low)) == exact(0)
    assert _low_high(choose(some.low, a, b.low)) == exact(1)
    assert _low_high(choose(some.low, a.low, b)) == exact(2)
    assert _low_high(choose(some, 0, 1)) == [(0, 0) if low else (0, 1) if high else (1, 1) for low, high in condition]


def test_whether_anything_is_possible() -> None:
    """Counted is what may hold: only where nothing may hold a rule may stop."""
    assert np.count_nonzero(_range(FLAGS, bool)) == 2
    assert any_of(_range([(0, 0), (0, 1)], bool))
    assert not any_of(_range([(0, 0), (0, 0)], bool))


def test_what_is_known() -> None:
    """Where the bounds meet; as other numbers they are the same bounds."""
    assert _range(FLAGS, bool).known().tolist() == [True, False, True]
    assert _low_high(_range(FLAGS, bool).astype(np.intp) + 1) == [(1, 1), (1, 2), (2, 2)]
    assert (len(_range(FLAGS, bool)), len(Gap(np.zeros(3), np.ones(3)))) == (3, 3)


Expression = tuple[Any, ...]
"""The name of an operation and what it is applied to, or of a kind of column and which one."""

FLAGS_FROM = ["flag", "flag", "flag", *"< <= > >= == != & | ~ where".split()]
COUNTS_FROM = ["count", "count", "count", *"+ - * minimum maximum where".split()]
_DO = OF_FLAGS | OF_COUNTS | {"~": operator.invert, "where": np.where}


def _expression(rng: random.Random, flags: bool, depth: int) -> Expression:
    """Return a random expression of flags or of counts."""
    name = rng.choice(FLAGS_FROM if flags else COUNTS_FROM) if depth else ("flag" if flags else "count")
    if name in ("flag", "count"):
        return name, rng.randrange(3)
    if name == "where":
        return name, *(_expression(rng, kind, depth - 1) for kind in (True, flags, flags))
    kind = flags and (name in "&|~" or (name in ("==", "!=") and rng.random() < 0.5))
    return name, *(_expression(rng, kind, depth - 1) for _ in range(1 if name == "~" else 2))


def _worked_out(expression: Expression, columns: dict[str, list[Any]]) -> Any:
    name, *parts = expression
    return columns[name][parts[0]] if name in columns else _DO[name](*(_worked_out(part, columns) for part in parts))


@pytest.mark.property
@many
@given(st.booleans(), st.integers(0, 1 << 32), st.integers(0, 1 << 16))
def test_long_expressions(flags: bool, seed: int, which: int) -> None:
    """However often an unknown turns up in an expression, whatever comes out for a value of it lies within the bounds."""
    rng = random.Random(which)
    bounds = [*rng.choices(FLAGS, k=3), *rng.choices(COUNTS, k=3)]
    rows = np.array(list(product(*map(_values, bounds))))
    unknown = {"flag": [_range([each], bool) for each in bounds[:3]], "count": [_range([each], np.intp) for each in bounds[3:]]}
    known = {"flag": list(rows.T[:3].astype(bool)), "count": list(rows.T[3:])}
    expression = _expression(random.Random(seed), flags, 5)
    found, expected = _worked_out(expression, unknown), _worked_out(expression, known)

    assert found.low[0] <= expected.min(), expression
    assert expected.max() <= found.high[0], expression


BITS = list(product([(0, 0), (0, 1), (1, 1)], repeat=3))  # of each bit whether it is sure and whether it is possible
GAPS = [tuple(sum(bit[end] << place for place, bit in enumerate(bits)) for end in (0, 1)) for bits in BITS]


def _gap(bounds: list[tuple[int, ...]]) -> Any:
    return Gap(*(np.array(column, np.uint32) for column in zip(*bounds, strict=True)))


def _sets(bounds: tuple[int, ...]) -> list[int]:
    """Return all that a gap may hold."""
    sure, possible = bounds
    return [bits for bits in range(8) if bits & sure == sure and bits & ~possible == 0]


def _sure_possible(found: Any) -> list[tuple[int, int]]:
    assert isinstance(found, Gap)
    assert {found.sure.dtype, found.possible.dtype} == {np.dtype(np.uint32)}
    return list(zip(found.sure.tolist(), found.possible.tolist(), strict=True))


def _bits(found: list[int]) -> tuple[int, int]:
    """Return the bits that all of these have, and those that any has."""
    return int(np.bitwise_and.reduce(found)), int(np.bitwise_or.reduce(found))


@pytest.mark.parametrize("do", [operator.and_, operator.or_], ids=["&", "|"])
def test_bits_of_gaps(do: Do) -> None:
    """Bits taken out and added, of a gap and of what is known, on either side."""
    pairs = list(product(GAPS, GAPS))
    left, right = (_gap(list(column)) for column in zip(*pairs, strict=True))

    assert _sure_possible(do(left, right)) == [_bits([do(x, y) for x in _sets(a) for y in _sets(b)]) for a, b in pairs]
    assert _sure_possible(do(left, right.sure)) == [_bits([do(x, b[0]) for x in _sets(a)]) for a, b in pairs]
    assert _sure_possible(do(left.sure, right)) == [_bits([do(a[0], y) for y in _sets(b)]) for a, b in pairs]
    for some in (5, np.uint32(5)):
        expected = [_bits([do(x, 5) for x in _sets(a)]) for a in GAPS]

        assert _sure_possible(do(_gap(GAPS), some)) == _sure_possible(do(some, _gap(GAPS))) == expected


@pytest.mark.parametrize("do", [operator.iand, operator.ior], ids=["&=", "|="])
def test_bits_of_gaps_in_place(do: Do) -> None:
    """An operation in place leaves the gap as it was."""
    before = _gap(GAPS)
    after = do(before, np.uint32(3))

    assert _sure_possible(before) == GAPS
    assert _sure_possible(after) == _sure_possible((operator.and_ if do is operator.iand else operator.or_)(before, np.uint32(3)))


@pytest.mark.parametrize("do", [operator.eq, operator.ne], ids=["==", "!="])
def test_comparison_of_gaps(do: Do) -> None:
    """A gap is what it is compared with for sure, perhaps, or never."""
    for bits in range(8):
        expected = [(min(found), max(found)) for a in GAPS for found in [[do(x, bits) for x in _sets(a)]]]

        assert _low_high(do(_gap(GAPS), bits)) == _low_high(do(bits, _gap(GAPS))) == expected
        assert _low_high(do(_gap(GAPS), np.full(len(GAPS), bits, np.uint32))) == expected


def test_choice_of_gaps() -> None:
    """`np.where` of gaps, with a condition that is known or not."""
    rows = list(product(FLAGS, GAPS, GAPS[::4]))
    condition, first, second = (list(column) for column in zip(*rows, strict=True))
    some, a, b = _range(condition, bool), _gap(first), _gap(second)

    def expected(held: Bounds, known: bool = False) -> list[tuple[int, int]]:
        options = [(_sets(a), [b[0]] if known else _sets(b)) for _, a, b in rows]
        return [_bits([bits for yes in _values(each) for bits in pair[not yes]]) for each, pair in zip(held, options, strict=True)]

    assert _sure_possible(np.where(some, a, b)) == expected(condition)
    assert _sure_possible(np.where(some.low, a, b)) == expected([(low, low) for low, _ in condition])
    assert _sure_possible(np.where(some, a, b.sure)) == expected(condition, known=True)


def _counted() -> Any:
    return _range(COUNTS, np.intp)


def _flagged() -> Any:
    return _range(FLAGS, bool)


UNKNOWN: dict[str, Do] = {
    "division": lambda: _counted() / 2,
    "whole division": lambda: _counted() // 2,
    "remainder": lambda: _counted() % 2,
    "power": lambda: _counted() ** 2,
    "minus": lambda: -_counted(),
    "size": lambda: abs(_counted()),
    "shift": lambda: _counted() << 1,
    "either": lambda: _flagged() ^ np.array([True, False, True]),
    "product of matrices": lambda: _counted() @ _counted(),
    "bits of counts": lambda: _counted() & 1,
    "bits or-ed into counts": lambda: _counted() | 1,
    "bits of counts turned": lambda: ~_counted(),
    "counts among flags": lambda: _flagged() & _range([(0, 1)] * 3, np.intp),
    "logical and": lambda: np.logical_and(_flagged(), _flagged()),
    "is not a number": lambda: np.isnan(_counted()),
    "at some items only": lambda: np.add(_counted(), 1, where=np.ones(len(COUNTS), bool)),
    "as another kind": lambda: np.add(_counted(), 1, dtype=float),
    "sum": lambda: np.add.reduce(_counted()),
    "running total": lambda: np.add.accumulate(_counted()),
    "any": lambda: np.any(_flagged()),
    "all": lambda: np.all(_flagged()),
    "total": lambda: np.sum(_counted()),
    "end to end": lambda: np.concatenate([_counted(), _counted()]),
    "where it holds": lambda: np.where(_flagged()),
    "counted along an axis": lambda: np.count_nonzero(_flagged(), axis=0),
    "one item": lambda: _flagged()[0],
    "truth": lambda: bool(_flagged()),
    "truth of nothing": lambda: bool(Range(np.zeros(0, bool), np.zeros(0, bool))),
    "a number for each": lambda: np.arange(5).take(_counted()),
    "gap: truth": lambda: bool(_gap(GAPS)),
    "gap: sum": lambda: _gap(GAPS) + 1,
    "gap: bits turned": lambda: ~_gap(GAPS),
    "gap: order": lambda: _gap(GAPS) < 1,
    "gap: shift": lambda: _gap(GAPS) >> np.uint32(1),
    "gap: the same as another gap": lambda: _gap(GAPS) == _gap(GAPS),
    "gap: other than another gap": lambda: _gap(GAPS) != _gap(GAPS),
    "gap: bits by a range": lambda: _gap(GAPS[:3]) & _flagged(),
    "gap: the same as a range": lambda: _gap(GAPS[:3]) == _flagged(),
    "gap: any bits": lambda: np.bitwise_or.reduce(_gap(GAPS)),
    "gap: counted": lambda: np.count_nonzero(_gap(GAPS)),
    "range by a gap": lambda: _flagged() | _gap(GAPS[:3]),
    "range and gap added": lambda: _counted() + _gap([GAPS[0]] * len(COUNTS)),
    "range or gap": lambda: np.where(_flagged(), _flagged(), _gap(GAPS[:3])),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_known_is_not_answered(name: str) -> None:
    """A rule that needs another operation must be told how: it raises."""
    with pytest.raises(TypeError):
        UNKNOWN[name]()
