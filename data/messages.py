"""The table of Ukrainian messages: brought up to date with the code, and compiled. `make tables` runs it.

A new message is written into the code within `_()`, `counted()` or `later()`. A run adds its row to the table, `homoglyph-fix.po`, where
its translation is written by hand; the next run compiles the table. Rows of messages that the code has no more are dropped.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from babel.messages import Catalog, extract, mofile, pofile

from homoglyph_fix.command.messages import DOMAIN, LOCALES
from homoglyph_fix.decisions.policy import KEEPERS, WRONG_ENCODING
from homoglyph_fix.text.marks import REASON
from homoglyph_fix.words.shields import KINDS

TABLE: Final = Path(LOCALES, "uk", "LC_MESSAGES", f"{DOMAIN}.po")
COMPILED: Final = TABLE.with_suffix(".mo")

_SOURCES: Final = Path(LOCALES).parent
_CALLS: Final = {"_": None, "later": None, "counted": (2, 3)}
# Which arguments of a function are messages; None: the only one.

_OF_ARGPARSE: Final = (
    "usage: ",
    "positional arguments",
    "options",
    "argument %(argument_name)s: %(message)s",
    "ambiguous option: %(option)s could match %(matches)s",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "not allowed with argument %s",
    "ignored explicit argument %r",
    "expected one argument",
    "expected at least one argument",
    "unrecognized arguments: %s",
)
# What argparse says for us; Python has no translations of its own.

_OF_SYSTEM: Final = tuple(map(os.strerror, (errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EROFS)))
# What the system says most often of a file; it speaks English to Python.

_OF_LIBRARY: Final = ("damaged", "not in the archive")

_HEADER: Final = """\
# Ukrainian messages of homoglyph-fix. Rows come and go with the messages of the code: python -m data.messages
msgid ""
msgstr ""
"Language: uk\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

"""

Message = str | tuple[str, ...]


def in_code() -> dict[Message, list[str]]:
    """Return each message of the command with the modules that say it."""
    found: dict[Message, list[str]] = {}
    for path in sorted(_SOURCES.rglob("*.py")):
        name = path.relative_to(_SOURCES).as_posix()
        for _, message, _, _ in extract.extract("python", io.BytesIO(path.read_bytes()), _CALLS):
            found.setdefault(message, []).append(name)
    for reason in (*KINDS, *(rule.reason for rule in (*KEEPERS, WRONG_ENCODING)), REASON):
        found.setdefault(reason, []).append("explain")
    for message in _OF_ARGPARSE:
        found.setdefault(message, []).append("argparse")
    for message in (*_OF_SYSTEM, *_OF_LIBRARY):
        found.setdefault(message, []).append("errors")
    return found


def read() -> Catalog:
    """Read the table."""
    with TABLE.open("rb") as file:
        return pofile.read_po(file, locale="uk", domain=DOMAIN)


def compiled(table: Catalog) -> bytes:
    """Return the table as gettext reads it."""
    file = io.BytesIO()
    table.creation_date = table.revision_date = datetime(2026, 1, 1, tzinfo=timezone.utc)  # else each day would make another file
    mofile.write_mo(file, table)
    return file.getvalue()


def untranslated(table: Catalog) -> Iterator[Message]:
    """Yield the messages that have no translation, or not in all three forms of number."""
    for message in table:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(forms):
            yield message.id if isinstance(message.id, str) else tuple(message.id)


def _updated(old: Catalog) -> Catalog:
    """Return a table with a row for each message of the code, translated as in the old one."""
    new = Catalog("uk", DOMAIN)
    for message, modules in in_code().items():
        row = old.get(message[0] if isinstance(message, tuple) else message)
        new.add(message, row.string if row is not None else None, [(name, 0) for name in dict.fromkeys(modules)])
    return new


def _write(table: Catalog) -> None:
    """Write the table, and compile it as it is written."""
    file = io.BytesIO()
    pofile.write_po(file, table, width=140, omit_header=True, include_lineno=False)
    TABLE.write_bytes(_HEADER.encode() + file.getvalue())
    COMPILED.write_bytes(compiled(read()))


if __name__ == "__main__":
    _write(_updated(read()))
    for lacking in untranslated(read()):
        print("not translated:", lacking)
