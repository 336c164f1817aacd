"""Word, OpenDocument and EPUB: which letters become what, and that every other byte of the package stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from document_files import MAIN, document, members_of, packed, unpacked, xml_of
from homoglyph_fix import Normalizer
from homoglyph_fix.command import blocks
from homoglyph_fix.command.packages.form import Package

NORMALIZER = Normalizer()
DOCUMENTS = Path(__file__).parent / "documents"


def _rows() -> list[tuple[str, str, str, str]]:
    """Read the rows of all kinds: kind, name, XML before and after."""
    found = []
    for kind in MAIN:
        _, *rows = (DOCUMENTS / f"{kind}.rows").read_text("utf-8").split("\n= ")
        for row in rows:
            name, _, xml = row.partition("\n")
            before, after = (re.sub(r"\{([^|{}\n]*)\|([^|{}\n]*)\}", rf"\{group}", xml.strip("\n")) for group in (1, 2))
            found.append((kind, name, before, after))
    assert len(found) > 70
    return found


def _repaired(kind: str, package: bytes) -> bytes:
    """Return a package repaired; a second time nothing changes."""
    outcome = blocks.repair(NORMALIZER, package, Package(kind))
    assert outcome.refused is None
    new = package if outcome.new is None else outcome.new
    assert blocks.repair(NORMALIZER, new, Package(kind)).new is None
    return new


@pytest.mark.parametrize(("kind", "name", "before", "after"), _rows(), ids=lambda value: value if len(value) < 60 else "")
def test_rows(kind: str, name: str, before: str, after: str) -> None:
    """Letters change where they stand, and every other byte of the part stays."""
    package = document(kind, before)

    new = unpacked(_repaired(kind, package))

    assert new.pop(MAIN[kind]).decode() == xml_of(kind, after)
    old = unpacked(package)
    del old[MAIN[kind]]
    assert new == old
