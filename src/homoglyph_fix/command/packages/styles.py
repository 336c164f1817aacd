"""Which styles are those of code: by their names, or by the names of the styles that they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

_CODE: Final = re.compile(
    r"code|verbatim|preformatted|source.text|teletype|typewriter|keyboard|listing|macro|лістинг|\bкод\b", re.IGNORECASE
)
# Word keeps the English names of its own styles in every language; others are those of LibreOffice, of pandoc, and what people call theirs.


class Style(NamedTuple):
    """A style by the name that text refers to it by, what people see, and what it is based on."""

    key: str
    name: str
    base: str


def codes_among(styles: Iterable[Style]) -> frozenset[str]:
    """Return the keys of the styles of code.

    >>> sorted(codes_among([Style("T1", "T1", "Q"), Style("Q", "Source Text", ""), Style("N", "Normal", "")]))
    ['Q', 'T1']
    """
    known = {style.key: style for style in styles}
    return frozenset(key for key in known if _is_code(key, known))


def _is_code(key: str, known: dict[str, Style]) -> bool:
    """Tell whether a style or one of those below it is one of code; a circle of them is none."""
    seen = set()
    while key in known and key not in seen:
        seen.add(key)
        if _CODE.search(known[key].name):
            return True
        key = known[key].base
    return False
