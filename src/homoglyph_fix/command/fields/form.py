"""What all forms of data share: records in, strings out, all of them repaired together, and the changed letters put back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..outcome import Outcome
from ..reports import Finding, Spot
from ..utf8 import first_invalid
from .glimpse import Glimpse
from .spelling import Escapes, respelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ... import Normalizer


class Literal(NamedTuple):
    """A string as it is written in a record, `record[start:end]` without its quotes, what it says, and the name of its field."""

    start: int
    end: int
    text: str
    field: str


class Form(Protocol):
    """How data are written. A form is handed to workers, with every block."""

    @property
    def skip(self) -> int:
        """Return how many records at the start of the block are a heading."""

    def cut(self, data: bytes) -> list[bytes]:
        """Return the records of a block, which joined are that block."""

    def glimpse(self, normalizer: Normalizer, data: bytes, records: list[bytes], places: bool) -> Glimpse | None:
        """Find out quickly which records change, and repair some unless their places are asked for; None if there is no quick way."""

    def literals(self, record: str) -> list[Literal] | None:
        """Return the strings of the fields asked for, in their order; None if this is no record of the form."""

    def escapes(self, raw: str, text: str) -> Escapes:
        """Return where the letters of a text stand in its literal."""

    def written(self, raw: str, text: str) -> str:
        """Return how some letters are written in a literal."""

    def repair(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair the fields in a block."""

    def find(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair the fields in a block and tell each edit."""

    def text(self, data: bytes) -> bytes:
        """Return the texts of the fields in a block, a line end between them."""


@dataclass(slots=True)
class _Repairs:
    """Records by their number: some that are repaired, and others with what changes in each; and how many are none, or lack the fields."""

    repaired: dict[int, bytes]
    changed: dict[int, list[tuple[Literal, str]]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    broken: int = 0
    lacking: int = 0


class RepairsFields:
    """The way from a block to its repair, for every form."""

    def repair(self: Form, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair the fields in a block of whole records."""
        bad = first_invalid(data)
        if bad is not None:
            return Outcome(bad=bad)
        records = self.cut(data)
        return _outcome(self, records, _repairs(self, normalizer, data, records, places=False))

    def find(self: Form, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair the fields in a block of whole records and tell each edit."""
        bad = first_invalid(data)
        if bad is not None:
            return Outcome(bad=bad)
        records = self.cut(data)
        repairs = _repairs(self, normalizer, data, records, places=True)
        return _outcome(self, records, repairs)._replace(findings=tuple(_findings(self, normalizer, records, repairs)))

    def text(self: Form, data: bytes) -> bytes:
        """Return the texts of the fields in a block, a line end between them."""
        records = self.cut(data)[self.skip :]
        literals = chain.from_iterable(self.literals(record.decode()) or () for record in records)
        return "\n".join(literal.text for literal in literals).encode("utf-8", "surrogatepass")


def _repairs(form: Form, normalizer: Normalizer, data: bytes, records: list[bytes], *, places: bool) -> _Repairs:
    """Find out what changes: every string is repaired as a text of its own, all of a block in one call."""
    glimpse = form.glimpse(normalizer, data, records, places) or Glimpse(range(form.skip, len(records)), {}, {}, 0)
    numbers, known = glimpse.numbers, glimpse.known
    repairs = _Repairs(glimpse.repaired, lacking=glimpse.lacking)
    found: list[tuple[int, Literal]] = []
    for number in numbers:
        record = records[number].decode()
        literals = form.literals(record)
        if literals:
            repairs.texts[number] = record
            found += [(number, literal) for literal in literals]
        elif literals is None:
            repairs.broken += 1
        elif not record.isspace():
            repairs.lacking += 1
    others = [literal.text for _, literal in found if literal.text not in known]
    known.update((old, new) for old, new in zip(others, normalizer.normalize_many(others), strict=True))
    for number, literal in found:
        if known[literal.text] != literal.text:
            repairs.changed.setdefault(number, []).append((literal, known[literal.text]))
    return repairs


def _outcome(form: Form, records: list[bytes], repairs: _Repairs) -> Outcome:
    """Put the changed records among the others."""
    passed = repairs.broken, repairs.lacking
    if not repairs.changed and not repairs.repaired:
        return Outcome(passed=passed, records=len(records) - form.skip)
    records = records.copy()
    for number, record in repairs.repaired.items():
        records[number] = record
    for number, changes in repairs.changed.items():
        records[number] = _rewritten(form, repairs.texts[number], changes).encode()
    return Outcome(b"".join(records), passed=passed, records=len(records) - form.skip)


def _rewritten(form: Form, record: str, changes: list[tuple[Literal, str]]) -> str:
    """Return a record with some of its strings changed."""
    parts: list[str] = []
    done = 0
    for literal, new in changes:
        raw = record[literal.start : literal.end]
        escapes = form.escapes(raw, literal.text)
        parts += record[done : literal.start], respelled(raw, escapes, (literal.text, new), partial(form.written, raw))
        done = literal.end
    return "".join([*parts, record[done:]])


def _findings(form: Form, normalizer: Normalizer, records: list[bytes], repairs: _Repairs) -> Iterator[Finding]:
    """Yield every edit, placed in its record and in its field."""
    lines = list(accumulate((record.count(b"\n") for record in records), initial=0)) if repairs.changed else []
    for number, changes in repairs.changed.items():
        record = repairs.texts[number]
        for literal, _ in changes:
            raw = record[literal.start : literal.end]
            escapes = form.escapes(raw, literal.text)
            for edit in normalizer.analyze(literal.text).edits:
                word = raw[escapes.place(edit.start) : escapes.place(edit.end)]
                repair = respelled(word, form.escapes(word, edit.old), (edit.old, edit.new), partial(form.written, raw))
                place = literal.start + escapes.place(edit.start)
                line = lines[number] + record.count("\n", 0, place)
                column = place - record.rfind("\n", 0, place)
                spot = Spot(literal.field, number - form.skip + 1, edit.start, word, repair)
                yield Finding(line, column, edit.old, edit.new, edit.reason, edit.score, edit.rule, spot)
