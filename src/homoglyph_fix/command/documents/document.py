"""A document as a form of what is repaired: its text goes to the module of its kind, and what that finds is put back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..blocks import placed
from ..lines import line_starts
from ..outcome import Outcome
from ..utf8 import first_invalid
from .kinds import CODE, HTML, MARKDOWN, PO
from .staying import Repaired, rewritten

if TYPE_CHECKING:
    from ... import Normalizer


@dataclass(frozen=True, slots=True)
class Document:
    """The form of a document: its kind, and the name of its file, which tells the language of code. Code is repaired for --check only."""

    kind: str
    name: str
    is_checked: bool

    def repair(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair a whole document."""
        return self._outcome(normalizer, data, tell=False)

    def find(self, normalizer: Normalizer, data: bytes) -> Outcome:
        """Repair a whole document and tell each edit."""
        return self._outcome(normalizer, data, tell=True)

    def text(self, data: bytes) -> bytes:
        """Return all of it: the words of code and of markup are read, too."""
        return data

    def _outcome(self, normalizer: Normalizer, data: bytes, *, tell: bool) -> Outcome:
        """Repair the prose of a document. Without a letter beyond ASCII there is none of Ukrainian."""
        bad = first_invalid(data)
        if bad is not None or data.isascii():
            return Outcome(bad=bad)
        text = data.decode()
        found = _repaired(self.kind, self.name, normalizer, text, tell=tell)
        if self.kind == CODE and not self.is_checked:
            return Outcome(left=len(found.edits))
        if found.note:
            return Outcome(note=found.note)
        new = rewritten(text, found.changes).encode() if found.changes else None
        if not tell:
            return Outcome(new)
        starts = line_starts(text)
        return Outcome(new, findings=placed(found.edits, starts), doubts=placed(found.reviews, starts))


def _repaired(kind: str, name: str, normalizer: Normalizer, text: str, *, tell: bool) -> Repaired:
    """Ask the module of the kind; only that is imported, with the library that it stands on."""
    # ruff: noqa: PLC0415
    if kind == HTML:
        from . import html

        return html.repaired(normalizer, text, tell=tell)
    if kind == MARKDOWN:
        from . import markdown

        return markdown.repaired(normalizer, text, tell=tell)
    if kind == PO:
        from . import po

        return po.repaired(normalizer, text, tell=tell)
    from . import code

    return code.repaired(normalizer, text, name, tell=tell)
