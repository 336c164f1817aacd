"""Keys of words for an index: letters of identical shape are one letter, whatever their script and style."""

from __future__ import annotations

import unicodedata
from functools import cache

from .data_files import load


def fold(word: str) -> str:
    """Return the key under which an index and a query meet: equal for words that differ only in letters of identical shape.

    Latin letters typeset exactly as Cyrillic ones become those (`a`, `o`, `B`, `H`), and styled letters plain ones (`𝐦`, `ｍ`, `ⓜ`).
    What only looks near stays apart (`k` and к, `u` and и, і and ї), and so do capitals and small letters. Lower the key, not the
    word, where case is not to matter: `H` has the shape of Н, `h` not that of н. A key is no word to show: that is for `normalize`.

    Raises:
        TypeError: something that is no str was given.

    >>> fold("HATO") == fold("НАТО"), fold("𝐦ама") == fold("mама"), fold("кит") == fold("kит"), fold(fold("cat")) == fold("cat")
    (True, True, False, True)
    """
    if not isinstance(word, str):
        raise TypeError(f"fold takes a str, not {type(word).__name__}")
    return unicodedata.normalize("NFC", word.translate(_shapes()))


@cache
def _shapes() -> dict[int, str]:
    """Return what each character becomes, composed: `ï` is ї. A letter that meets its mark only then is composed by `fold`."""
    return {glyph: "".join(map(chr, filter(None, points))) for glyph, *points in load("folds").tolist()}
