"""All settings of a command as TOML that can be a configuration file, each with where it is from."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING

from ..parser import key_of

if TYPE_CHECKING:
    from argparse import Action, Namespace

    from ..parser import Parser

_FIRST = "# for homoglyph-fix.toml; in pyproject.toml [tool.homoglyph-fix] stands above it\n"

_DEFAULT = re.compile(r"\(default: (.+)\)$")
# What the help says of a flag without a value.


def settings_page(parser: Parser, options: Namespace) -> str:
    """Return the settings, in the groups of the help; those that have no value are remarks, for TOML has none for them."""
    page = _FIRST
    for title, actions in parser.groups():
        lines = [_line(action, options) for action in actions if action.dest in parser.defaults]
        width = max((len(line) for line, _ in lines), default=0)
        page += f"\n# {title}\n" * bool(lines) + "".join(f"{line:{width}}  # {origin}\n" for line, origin in lines)
    return page


def _line(action: Action, options: Namespace) -> tuple[str, str]:
    """Return the line of a key, and where its value is from; if it has none, what then holds."""
    key, value, origin = key_of(action), getattr(options, action.dest), options.origins.of(action.dest)
    if value is not None:
        return f"{key} = {_toml(value)}", origin
    found = _DEFAULT.search(action.help or "")
    return f"# {key}", f"{origin}: {found[1]}" if found else origin


def _toml(value: object) -> str:
    r"""Write a value; what JSON makes of texts, numbers, lists and truth is TOML, too.

    >>> _toml(["*.log", "a\t"]), _toml(True), _toml(2)
    ('["*.log", "a\\t"]', 'true', '2')
    """
    return "".join(c if c.isprintable() else _escape(c) for c in dumps(value, ensure_ascii=False))


def _escape(character: str) -> str:
    r"""Return what stands for a character that nobody could see, or that a terminal would obey.

    >>> _escape("\x7f"), _escape("\U000e0041")
    ('\\u007f', '\\U000e0041')
    """
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
