"""Files that a walk does not read: of which kind they are, and how they can be read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .compression import ZSTD
from .endings import ending_of
from .messages import _, counted, later
from .packages.kinds import KINDS as PACKAGE_ENDINGS
from .packages.refusing import DAMAGED

if TYPE_CHECKING:
    from ..errors import EncodingError

BINARY = later("binary")
TOO_LONG = later("document above 64 MiB")

UNDO_MARK = b"# Undoes what homoglyph-fix repaired"
"""What a patch of --patch begins with. Its old lines are damaged on purpose: repaired, it would undo nothing."""

UNDO = later("patch that undoes repairs")

_OLD_DOCUMENTS = ".doc .rtf .pages"
_DOCUMENTS = ".pdf .pptx .ppt .odp .fb2 .mobi .djvu"
_TABLES = ".xlsx .xls .ods .parquet .feather .arrow .avro .orc .sqlite .sqlite3 .db .accdb .mdb"
_ARCHIVES = ".zip .tar .7z .rar .tgz .jar .lz4 .lzma .lz .br .z .zstd .tbz .txz"

_WAYS = {
    **dict.fromkeys(PACKAGE_ENDINGS, later("without --as")),
    **dict.fromkeys(_OLD_DOCUMENTS.split(), later("save as .docx")),
    **dict.fromkeys(_DOCUMENTS.split(), later("save as text")),
    **dict.fromkeys(_TABLES.split(), later("export as text")),
    **dict.fromkeys(_ARCHIVES.split(), later("unpack")),
    **dict.fromkeys(("UTF-8", "UTF-16", "UTF-32"), "--encoding auto"),
    TOO_LONG: "--as text",
    ".zst": ZSTD,
}
"""What is text inside, by the ending of the file or by its encoding, and how it becomes readable. All else that is binary has no text."""


def kind_of(path: str) -> str:
    """Return the kind of a binary file: its ending, if that promises text.

    >>> kind_of("d/Звіт.DOCX"), kind_of("cat.png")
    ('.docx', 'binary')
    """
    ending = ending_of(path)
    return ending if ending in _WAYS else BINARY


def kind_refused(kind: str, reason: str, path: str) -> str:
    """Return the kind of a package that is not touched, with the reason if it is not its fault.

    >>> kind_refused("signed", "a repair would break the signature", "d/a.DOCX"), kind_refused("damaged", "no end", "b.odt")
    ('signed .docx (a repair would break the signature)', 'damaged .odt')
    """
    ending = ending_of(path)
    return f"{_(kind)} {ending}" if kind == DAMAGED else f"{_(kind)} {ending} ({_(reason)})"


def kind_undecoded(error: EncodingError, is_auto: bool) -> str:
    """Return the kind of a file that is no text in its encoding; if encodings are found out already, the last way is to name it."""
    if not error.hint:
        return f"{_(DAMAGED)} {error.encoding}"
    way = "NAME" if is_auto else "auto"
    return _("not {encoding} (--encoding {way})").format(encoding=error.encoding, way=way)


def with_way(kind: str) -> str:
    """Return a kind with the way to read it, if there is one.

    >>> with_way("UTF-16"), with_way("binary")
    ('UTF-16 (--encoding auto)', 'binary')
    """
    return f"{_(kind)} ({_(_WAYS[kind])})" if kind in _WAYS else _(kind)


def told(kinds: Counter[str]) -> str:
    """Return the line about files that were not read, the most frequent kind first, those without text last.

    >>> told(Counter({".doc": 1, "UTF-16": 2, "binary": 1}))
    '4 files not read: 2 UTF-16 (--encoding auto), 1 .doc (save as .docx), 1 binary'
    """
    total = sum(kinds.values())
    parts = [f"{count} {with_way(kind)}" for kind, count, _ in listed(kinds)]
    return counted(total, "{} file not read: {kinds}", "{} files not read: {kinds}", kinds=", ".join(parts))


def listed(kinds: Counter[str]) -> list[tuple[str, int, str]]:
    """Return kind, number and way to read of files that were not read, in the same order; no way is an empty one."""
    rows = sorted(kinds.items(), key=lambda row: (row[0] == BINARY, -row[1], row[0]))
    return [(kind, count, _WAYS.get(kind, "")) for kind, count in rows]
