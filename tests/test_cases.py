"""Run the rows of tests/cases: what must be repaired, what must stay, what is only pointed out, what fails so far."""

from collections import Counter

import pytest
from _pytest.mark.structures import ParameterSet

from case_files import Case, notation_errors, plain, read_cases, unexplained_change
from homoglyph_fix import Edit, analyze, normalize

ALL = read_cases()


def rows(file_prefix: str) -> list[ParameterSet]:
    """Collect the rows of the files whose names begin with a prefix."""
    return [pytest.param(case, id=case.name) for case in ALL if case.path.stem.startswith(file_prefix)]


def outcome(case: Case) -> None:
    """Assert what the row asks of its kind."""
    before = case.before  # each look makes a new string, and identity counts
    after = normalize(before)

    if case.kind == "review":
        assert after is before
        assert apply(before, analyze(before).reviews) == case.after
    else:
        assert after == case.after
        assert (after is before) == (case.kind == "keep")


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    """Write edits into a text, last one first so that earlier spans stay right."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


@pytest.mark.parametrize("case", rows("fix"))
def test_fix(case: Case) -> None:
    """Damage is repaired, and the repaired text is left alone."""
    outcome(case)

    assert normalize(case.after) == case.after


@pytest.mark.parametrize("case", rows("keep"))
def test_keep(case: Case) -> None:
    """Text that is right as it stands comes back as the same object."""
    outcome(case)


@pytest.mark.parametrize("case", rows("review"))
def test_review(case: Case) -> None:
    """A doubtful spot stays as it is and is proposed for review."""
    outcome(case)


@pytest.mark.parametrize("case", rows("known_failures"))
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="the gold is right, the program not yet")
def test_known_failure(case: Case) -> None:
    """A row that starts to pass belongs in another file."""
    outcome(case)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in ALL])
def test_notation(case: Case) -> None:
    """Braces hold what is not Ukrainian, and only what stands in braces changes."""
    assert notation_errors(case.marked_before, case.scripts) == []
    assert notation_errors(case.marked_after, case.scripts) == []
    assert not unexplained_change(case)
    assert (case.before == case.after) == (case.kind == "keep")
    assert case.section


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in ALL if not case.path.stem.startswith("known_failures")])
def test_kind_fits_file(case: Case) -> None:
    """A file holds rows of the kind that its name says."""
    assert case.path.stem.split("_")[0] == case.kind


def test_rows_are_unique_and_many() -> None:
    """No row stands twice, and both sides of the balance are well filled."""
    twice = [text for text, n in Counter(plain(case.marked_before) for case in ALL).items() if n > 1]
    kinds = Counter(case.kind for case in ALL if not case.path.stem.startswith("known_failures"))

    assert twice == []
    assert kinds["fix"] >= 250
    assert kinds["keep"] >= 250
    assert kinds["keep"] >= kinds["fix"]
