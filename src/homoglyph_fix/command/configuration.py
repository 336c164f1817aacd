"""Which configuration file is taken, and what each flag is worth that is not typed."""
# Paths are used as they were typed:
# ruff: noqa: PTH100, PTH109, PTH110, PTH112, PTH113, PTH118, PTH119, PTH120, PTH123

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from ..errors import FileError, UsageError
from .console import printable
from .ignoring import REPOSITORY
from .messages import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from .parser import Parser
    from .toml_keys import Settings

OWN, SHARED = "homoglyph-fix.toml", "pyproject.toml"
"""The names of configuration files: one of ours, and one that has a table for each tool."""


class Origins:
    """Where each flag has its value from: `typed` names those that stand on the command line, `settings` are those of the file."""

    def __init__(self, typed: frozenset[str], defaults: dict[str, object], settings: Settings | None) -> None:
        self.typed = typed
        self.defaults = defaults
        self.settings = settings

    def of(self, name: str) -> str:
        """Say where the value of a flag is from."""
        if name in self.typed:
            return "flag"
        return f"file {printable(self.settings.path)}" if self.settings and self.is_file(name) else "default"

    def is_file(self, name: str) -> bool:
        """Tell whether a flag has its value from the configuration file."""
        return self.settings is not None and name in self.settings.values and name not in self.typed

    def let_rest(self, options: Namespace, *names: str) -> None:
        """Take back what the configuration file says of some flags: the command at hand has no use for it."""
        for name in names:
            if self.is_file(name):
                setattr(options, name, self.defaults[name])

    def at_fault(self, error: UsageError) -> FileError | None:
        """Return the error as one of the configuration file, if it speaks of a flag that has its value from there."""
        words = str(error).replace(":", " ").replace(",", " ").split()
        if self.settings and any(f"--{key}" in words for name, key in self.settings.keys.items() if self.is_file(name)):
            return FileError(self.settings.path, str(error))
        return None


def settle(parser: Parser, options: Namespace) -> str | None:
    """Give every flag that is not typed its value: that of the configuration file, else its default. `options.origins` tells which.

    Return what is to be said of a file that is not taken; raise FileError if a file is none, or says what no flag takes.
    """
    settings, remark = (None, None) if options.no_config else _settings(parser, options.config, _places(options))
    typed = frozenset(name for name in parser.defaults if hasattr(options, name))
    told = parser.defaults | (settings.values if settings else {})
    for name in told.keys() - typed:
        setattr(options, name, told[name])
    options.origins = Origins(typed, parser.defaults, settings)
    return remark


def _places(options: Namespace) -> list[str]:
    """Return the paths that a command is about: a file whose text is standard input lies where its name says."""
    if options.explain is not None:
        return []
    return [options.stdin_filename or path if path == "-" else path for path in options.paths or ["-"]]


def _settings(parser: Parser, named: str | None, paths: Sequence[str]) -> tuple[Settings | None, str | None]:
    """Return what the configuration file says, and which one is not taken."""
    if named is not None:
        from .toml_keys import read_settings  # noqa: PLC0415

        found = read_settings(parser, named, is_shared=os.path.basename(named) == SHARED)
        if found is None:
            raise FileError(named, _("has no table [tool.homoglyph-fix]"))
        return found, None
    for folder in _upwards(_common_folder(paths)):
        own, shared = os.path.join(folder, OWN), os.path.join(folder, SHARED)
        if os.path.isfile(own):
            return _own_settings(parser, _shown(own), _shown(shared))
        if os.path.isfile(shared) and _names_us(shared):
            from .toml_keys import read_settings  # noqa: PLC0415

            found = read_settings(parser, _shown(shared), is_shared=True)
            if found is not None:
                return found, None
    return None, None


def _own_settings(parser: Parser, own: str, shared: str) -> tuple[Settings | None, str | None]:
    """Return what our own file says, and that the shared one beside it is not taken."""
    from .toml_keys import read_settings, read_table  # noqa: PLC0415

    settings, remark = read_settings(parser, own, is_shared=False), None
    with suppress(FileError):  # a shared file that is broken is for others to complain of
        if os.path.isfile(shared) and _names_us(shared) and read_table(shared, is_shared=True) is not None:
            remark = _("{own} is taken, [tool.homoglyph-fix] of {shared} is not").format(own=own, shared=shared)
    return settings, remark


def _upwards(folder: str | None) -> Iterator[str]:
    """Yield a folder and those above it, to the top of its repository."""
    while folder:
        yield folder
        above = os.path.dirname(folder)
        folder = None if above == folder or os.path.exists(os.path.join(folder, REPOSITORY)) else above


def _common_folder(paths: Sequence[str]) -> str | None:
    """Return the folder in which all paths lie, the working directory for standard input without a name; None if that is no more."""
    with suppress(FileNotFoundError):
        here = os.getcwd()
        places = {here if path == "-" else os.path.abspath(path) for path in paths} or {here}
        try:
            common = os.path.commonpath(places)
        except ValueError:  # on several drives
            return here
        return common if os.path.isdir(common) else os.path.dirname(common)
    return None


def _shown(path: str) -> str:
    """Return a path as seen from the working directory, if it lies in there."""
    return path.removeprefix(os.path.join(os.getcwd(), ""))


def _names_us(path: str) -> bool:
    """Tell whether a file names us at all: most do not, and need not be parsed."""
    try:
        with open(path, "rb") as file:
            return b"homoglyph-fix" in file.read()
    except OSError as error:
        raise FileError.of(_shown(path), error) from error
