"""A configuration file: TOML whose keys are the names of flags."""
# Paths are used as they were typed:
# ruff: noqa: PTH118, PTH120, PTH123

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import FileError
from .messages import _
from .parser import FILE, NUMBER, key_of, nearest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from .parser import Parser


_MOST = 2**63 - 1
# No number of TOML need be greater, and Python does not write one of thousands of digits.


@dataclass(frozen=True)
class Settings:
    """What a configuration file says: the values of flags and the keys that they are from, by the names that options have for them."""

    path: str
    values: dict[str, object]
    keys: dict[str, str]


def read_settings(parser: Parser, path: str, *, is_shared: bool) -> Settings | None:
    """Read the settings of a file, None if it has no table for them; raise FileError if they are not what flags take."""
    table = read_table(path, is_shared=is_shared)
    if table is None:
        return None
    values: dict[str, object] = {}
    keys: dict[str, str] = {}
    for key, value in table.items():
        action = parser.keys().get(key)
        if action is None:
            raise FileError(path, _no_key(parser, key))
        values[action.dest] = _value(parser, action, value, path)
        keys[action.dest] = key
    return Settings(path, values, keys)


def read_table(path: str, *, is_shared: bool) -> dict[str, Any] | None:
    """Return the keys of a file; of one that is shared with other tools those of our table, None if it has none."""
    try:
        with open(path, "rb") as file:
            table: Any = tomllib.loads(file.read().decode("utf-8-sig"))
    except OSError as error:
        raise FileError.of(path, error) from error
    except UnicodeDecodeError as error:
        raise FileError(path, _("is no TOML: not UTF-8 at byte {start}").format(start=error.start)) from error
    except RecursionError as error:
        raise FileError(path, _("is no TOML that can be read: too deep")) from error
    except ValueError as error:  # that of TOML, or that a number has too many digits
        raise FileError(path, _("is no TOML: {error}").format(error=error)) from error
    for name in ("tool", "homoglyph-fix") if is_shared else ():
        table = table.get(name) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise FileError(path, _("[tool.homoglyph-fix] is no table"))
    return table


def _no_key(parser: Parser, key: str) -> str:
    """Say that there is no such key, and which one may be meant."""
    if parser.is_typed_only(key):
        return _("no such key: {key}; it is for the command line only").format(key=key)
    meant = parser.key_meant(key) or nearest(key, parser.keys())
    if meant is None:
        return _("no such key: {key}; --show-config lists all").format(key=key)
    return _("no such key: {key}; did you mean {meant}?").format(key=key, meant=meant)


def _value(parser: Parser, action: argparse.Action, value: object, path: str) -> object:
    """Return what a flag makes of a value of the file."""
    key = key_of(action)
    if action.nargs == 0:
        if not isinstance(value, bool):
            raise FileError(path, _("{key} is true or false, not {value}").format(key=key, value=_written(value)))
        return value
    if not isinstance(action, argparse._AppendAction):
        return _one_value(parser, action, value, path)
    if not isinstance(value, list):
        raise FileError(path, _("{key} is a list, as in {key} = [...], not {value}").format(key=key, value=_written(value)))
    return [_one_value(parser, action, item, path) for item in value]


def _one_value(parser: Parser, action: argparse.Action, value: object, path: str) -> object:
    """Return what a flag makes of a number or a text; the name of a file is that of one beside this file."""
    key = key_of(action)
    if action.metavar == NUMBER:
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MOST:
            raise FileError(path, _("{key} takes a number, not {value}").format(key=key, value=_written(value)))
    elif not isinstance(value, str) or "\0" in value:
        raise FileError(path, _("{key} takes a text in quotes, not {value}").format(key=key, value=_written(value)))
    text = os.path.join(os.path.dirname(path), str(value)) if action.metavar == FILE else str(value)
    try:
        return parser.value(action, text)
    except argparse.ArgumentError as error:
        raise FileError(path, f"{key}: {error.message}") from error


def _written(value: object) -> str:
    """Write a value as TOML does, where that is short.

    >>> _written(True), _written("a"), _written({"a": 1})
    ('true', '"a"', 'a table')
    """
    if isinstance(value, int) and abs(value) > _MOST:
        return _("one of that size")
    if isinstance(value, (bool, int, float, str)):
        from json import dumps  # noqa: PLC0415  # writes these as TOML does; only where something is wrong

        return dumps(value, ensure_ascii=False)
    if isinstance(value, (dict, list)):
        return _("a table") if isinstance(value, dict) else _("a list")
    return _("a date or time")
