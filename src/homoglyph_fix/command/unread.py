"""Files that a walk does not read: of which kind they are, and how they can be read."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..errors import EncodingError

BINARY = "binary"
TOO_LONG = "document above 64 MiB"

_DOCUMENTS = ".docx .doc .odt .rtf .epub .pdf .pages .pptx .ppt .odp .fb2 .mobi .djvu"
_TABLES = ".xlsx .xls .ods .parquet .feather .arrow .avro .orc .sqlite .sqlite3 .db .accdb .mdb"
_ARCHIVES = ".zip .tar .7z .rar .tgz .jar .lz4 .lzma .lz .br .z .zstd .tbz .txz"

_WAYS = {
    **dict.fromkeys(_DOCUMENTS.split(), "save as text"),
    **dict.fromkeys(_TABLES.split(), "export as text"),
    **dict.fromkeys(_ARCHIVES.split(), "unpack"),
    **dict.fromkeys(("UTF-8", "UTF-16", "UTF-32"), "--encoding auto"),
    TOO_LONG: "--as text",
    ".zst": "pip install 'homoglyph-fix[zstd]'",
}
"""What is text inside, by the ending of the file or by its encoding, and how it becomes readable. All else that is binary has no text."""


def kind_of(path: str) -> str:
    """Return the kind of a binary file: its ending, if that promises text.

    >>> kind_of("d/Звіт.DOCX"), kind_of("cat.png")
    ('.docx', 'binary')
    """
    ending = os.path.splitext(path)[1].lower()  # noqa: PTH122  # paths are used as they were typed
    return ending if ending in _WAYS else BINARY


def kind_undecoded(error: EncodingError, is_auto: bool) -> str:
    """Return the kind of a file that is no text in its encoding; if encodings are found out already, the last way is to name it."""
    if not error.hint:
        return f"damaged {error.encoding}"
    return f"not {error.encoding} (--encoding {'NAME' if is_auto else 'auto'})"


def told(kinds: Counter[str]) -> str:
    """Return the line about files that were not read, the most frequent kind first, those without text last.

    >>> told(Counter({".docx": 1, "UTF-16": 2, "binary": 1}))
    '4 files not read: 2 UTF-16 (--encoding auto), 1 .docx (save as text), 1 binary'
    """
    total = sum(kinds.values())
    rows = sorted(kinds.items(), key=lambda row: (row[0] == BINARY, -row[1], row[0]))
    parts = [f"{count} {kind}" + (f" ({_WAYS[kind]})" if kind in _WAYS else "") for kind, count in rows]
    return f"{total} {'file' if total == 1 else 'files'} not read: {', '.join(parts)}"
