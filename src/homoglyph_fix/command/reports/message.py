"""What is said of a finding where its letters cannot be seen: a line that names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from .marks import Ink, differing, marked
from .names import called

if TYPE_CHECKING:
    from . import Checked, Finding

REPAIR: Final = "repair"
REVIEW: Final = "review"
"""The kinds of findings: what would be repaired, and what is for a person to decide."""

LEVELS: Final = {REPAIR: "error", REVIEW: "warning"}
"""How grave a kind is for services, which have words for that."""

_MOST: Final = 8
# Letters of a word that are named; a word has more only where nearly all of it is foreign.


def in_order(event: Checked) -> Iterator[tuple[Finding, str]]:
    """Yield all findings of a block as they stand in it, each with its kind."""
    found = [*((at, REPAIR) for at in event.findings), *((at, REVIEW) for at in event.doubts)]
    yield from sorted(found, key=lambda pair: (pair[0].line, pair[0].column))


def message(finding: Finding, kind: str) -> str:
    r"""Return one line about a finding, with its foreign letters in brackets and by name.

    >>> from . import Finding
    >>> message(Finding(0, 1, "nорaзкu", "поразки", "known word", 99.0), REPAIR)
    '[n]ор[a]зк[u] → [п]ор[а]зк[и]: Latin n U+006E, Latin a U+0061, Latin u U+0075'
    >>> message(Finding(0, 1, "NАТО", "ПАТО", "no reading is a word", 1.0), REVIEW)
    '[N]АТО → ? [П]АТО, for you to decide: Latin N U+004E'
    """
    old, new = marked(finding.old, finding.new, Ink.BRACKETS)
    said = f"{old} → {new}" if kind == REPAIR else f"{old} → ? {new}, for you to decide"
    flags, _ = differing(finding.old, finding.new)
    letters = list(dict.fromkeys(letter for letter, flag in zip(finding.old, flags, strict=True) if flag))
    if not letters:
        return said
    names = ", ".join(map(called, letters[:_MOST]))
    return f"{said}: {names}{', and others' if len(letters) > _MOST else ''}"
