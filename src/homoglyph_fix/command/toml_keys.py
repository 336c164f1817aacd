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
from .parser import FILE, NUMBER, key_of, nearest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from .parser import Parser


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
        raise FileError(path, f"is no TOML: not UTF-8 at byte {error.start}") from error
    except RecursionError as error:
        raise FileError(path, "is no TOML that can be read: too deep") from error
    except tomllib.TOMLDecodeError as error:
        raise FileError(path, f"is no TOML: {error}") from error
    for name in ("tool", "homoglyph-fix") if is_shared else ():
        table = table.get(name) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise FileError(path, "[tool.homoglyph-fix] is no table")
    return table


def _no_key(parser: Parser, key: str) -> str:
    """Say that there is no such key, and which one may be meant."""
    if parser.is_typed_only(key):
        return f"no such key: {key}; it is for the command line only"
    meant = parser.key_meant(key) or nearest(key, parser.keys())
    return f"no such key: {key}; --show-config lists all" if meant is None else f"no such key: {key}; did you mean {meant}?"


def _value(parser: Parser, action: argparse.Action, value: object, path: str) -> object:
    """Return what a flag makes of a value of the file."""
    key, folder = key_of(action), os.path.dirname(path)
    if action.nargs == 0:
        if not isinstance(value, bool):
            raise FileError(path, f"{key} is true or false, not {_written(value)}")
        return value
    wanted, kind = ("number", int) if action.metavar == NUMBER else ("text in quotes", str)
    is_list = isinstance(action, argparse._AppendAction)
    if is_list and not isinstance(value, list):
        raise FileError(path, f"{key} is a list: {key} = [{_written(value)}]")
    found = []
    for item in value if is_list and isinstance(value, list) else [value]:
        if not isinstance(item, kind) or isinstance(item, bool):
            raise FileError(path, f"{key} takes a {wanted}, not {_written(item)}")
        try:
            text = os.path.join(folder, str(item)) if action.metavar == FILE else str(item)
            found.append(parser.value(action, text))
        except argparse.ArgumentError as error:
            raise FileError(path, f"{key}: {error.message}") from error
    return found if is_list else found[0]


def _written(value: object) -> str:
    """Write a value as TOML does, where that is short.

    >>> _written(True), _written("a"), _written({"a": 1})
    ('true', '"a"', 'a table')
    """
    if isinstance(value, (bool, int, float, str)):
        from json import dumps  # noqa: PLC0415  # writes these as TOML does; only where something is wrong

        return dumps(value, ensure_ascii=False)
    if isinstance(value, (dict, list)):
        return "a table" if isinstance(value, dict) else "a list"
    return "a date or time"
