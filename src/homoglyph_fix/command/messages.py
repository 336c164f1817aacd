"""What the command says, in the language of its user: Ukrainian messages stand in one table, `locale/uk`, and English ones in the code."""

from __future__ import annotations

import gettext
import os
from functools import cache

DOMAIN = "homoglyph-fix"

LOCALES = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120  # pathlib takes 3 ms to import

gettext.bindtextdomain(DOMAIN, LOCALES)


@cache  # to look for a table takes 0.1 ms, and the help alone has 80 messages
def _table() -> gettext.NullTranslations:
    """Return the messages in the language that the environment asks for, as GNU gettext reads it; English where there is no table."""
    return gettext.translation(DOMAIN, LOCALES, fallback=True)


def _(message: str) -> str:
    """Return a message in the language that LANGUAGE, LC_ALL, LC_MESSAGES or LANG asks for.

    >>> _("no file matches")
    'no file matches'
    """
    return _table().gettext(message) if message else ""  # "" would be answered with the head of the table


def later(message: str) -> str:
    """Return a message as it is: it belongs into the table, and is translated where it is said."""
    return message


def counted(number: int, one: str, many: str, **others: object) -> str:
    """Return a message with a number in it, in the form that goes with the number; `{}` stands for it, names for what else there is.

    >>> counted(1, "{} file", "{} files"), counted(1200, "{some} of {} file", "{some} of {} files", some=3)
    ('1 file', '3 of 1200 files')
    """
    return _table().ngettext(one, many, number).format(number, **others)


def speak() -> None:
    """Begin to speak the language of the environment, argparse too: it asks for the messages of the whole program."""
    _table.cache_clear()
    gettext.textdomain(DOMAIN)
