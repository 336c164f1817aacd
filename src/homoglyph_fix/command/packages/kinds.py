"""Which files are packages, by the ending of a name or as the command says."""

from __future__ import annotations

from ..endings import ending_of

DOCX, ODT, EPUB = "docx", "odt", "epub"

KINDS = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), DOCX),
    **dict.fromkeys((".odt", ".ott"), ODT),
    ".epub": EPUB,
}
"""The endings of names, and what such a file is."""

PACKAGES = (DOCX, ODT, EPUB)
"""What `--as` may say."""


def kind_of(path: str, said: str | None = None) -> str | None:
    """Return what a package is, None if it is none; `said` is what the command says of all files.

    >>> kind_of("d/Звіт.DOCX"), kind_of("notes.txt"), kind_of("<stdin>", "epub"), kind_of("d/Звіт.DOCX", "text")
    ('docx', None, 'epub', None)
    """
    if said is not None:
        return said if said in PACKAGES else None
    return KINDS.get(ending_of(path))
