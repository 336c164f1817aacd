"""Which files a walk leaves out by their names: hidden ones, and those that patterns exclude."""
# Paths are used as they were typed:
# ruff: noqa: PTH100, PTH110, PTH113, PTH118, PTH119, PTH120, PTH123

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..errors import FileError, UsageError
from .messages import _

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILES = (".gitignore", ".ignore")
"""Files with patterns of files to leave out, in the notation of git; what the later one says counts."""

_MARK = "ps_d"
# The group of the slash behind a folder in the regular expressions of pathspec.

REPOSITORY = ".git"
"""A folder of this name tells the top of a repository; it is never entered, not even with --hidden."""


class Selection(NamedTuple):
    """Which files of a folder are taken: `hidden` ones too, those that `.gitignore` and `.ignore` name or not, none of `exclude`.

    `skip` is a folder that is not entered: the one that is written to. Files whose names end in `backup` are copies of others. `base` is
    the folder that `exclude` is meant from, None for the one that is walked. `spared` are files that say what is to stay, such as the
    configuration file: to repair them would undo that.
    """

    hidden: bool = False
    ignore: bool = True
    exclude: tuple[str, ...] = ()
    skip: str | None = None
    backup: str | None = None
    base: str | None = None
    spared: tuple[str, ...] = ()

    def shows(self, name: str) -> bool:
        """Tell whether a file of this name is looked at: what a killed command has left never is."""
        if self.hidden:
            return name != REPOSITORY and not name.startswith(".homoglyph-fix-")
        return not name.startswith(".")

    def excludes(self, path: str) -> bool:
        """Tell whether a walk would leave out a file that is not met in one: it is spared, or excluded, or a folder that it lies in is.

        Patterns are seen from where they are meant, else from the current folder.
        """
        if os.path.realpath(path) in map(os.path.realpath, self.spared):
            return True
        if not self.exclude:
            return False
        spec, path = _spec(self.exclude), os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
        folders = [os.path.realpath(folder) for folder in (self.base, os.curdir) if folder is not None]
        folder = next((folder for folder in folders if path.startswith(os.path.join(folder, ""))), "")
        names = _place(path, folder).split("/")
        return any(_decided(spec, "/".join(names[:depth]), depth < len(names)) for depth in range(1, len(names) + 1))


ALL = Selection()
"""What a walk takes if nothing is said."""


class _Patterns(NamedTuple):
    """The patterns of one folder, and those of the folders above it."""

    folder: str
    spec: GitIgnoreSpec
    above: _Patterns | None

    def leave_out(self, path: str, is_folder: bool) -> bool:
        """Tell whether a file or folder is excluded; the innermost folder that has a pattern for it decides, there the last pattern."""
        here: _Patterns | None = self
        while here is not None:
            found = _decided(here.spec, _place(path, here.folder), is_folder)
            if found is not None:
                return found
            here = here.above
        return False


def _place(path: str, folder: str) -> str:
    """Return the way from a folder to what lies in it, in the notation of patterns."""
    return path[len(folder.rstrip(os.sep)) + 1 :].replace(os.sep, "/")


def _decided(spec: GitIgnoreSpec, place: str, is_folder: bool) -> bool | None:
    """Return what the last pattern that fits says: whether the file or folder is excluded; None if none fits."""
    for pattern in reversed(list(spec.patterns)):
        if pattern.include is not None and pattern.regex and _fits(pattern.regex, place, is_folder):
            return pattern.include
    return None


def _fits(pattern: re.Pattern[str], place: str, is_folder: bool) -> bool:
    """Tell whether a pattern fits a file or folder itself, and not only a folder above it.

    pathspec lets `b` fit all that lies in b, for it never walks: then `*` and `!b` would take `b/c` back, which git leaves out.
    Its expressions mark the slash behind the folder that they have found: that must be this one.
    """
    found = pattern.search(place)
    if found and found.groupdict().get(_MARK) is None:
        return True
    behind = (pattern.search(f"{place}/", start) for start in (0, len(place)) if is_folder)
    return any(found and _MARK in found.groupdict() and found.start(_MARK) == len(place) for found in behind)


class Patterned:
    """Knows for one walk what is excluded where. Inside, paths are without links: a folder above may have another name on the way to it."""

    def __init__(self, root: str, selection: Selection) -> None:
        self._root = root
        self._real = os.path.realpath(root)
        self._ignore = selection.ignore
        self._excluded = _spec(selection.exclude) if selection.exclude else None
        self._spared = {os.path.realpath(path) for path in selection.spared}
        self._way = "" if selection.base is None else _way(selection.base, root)
        self._known: dict[str, _Patterns | None] = {}
        if self._ignore:
            self._known[self._real] = _within(self._real, _above(self._real))

    def enter(self, folder: str) -> None:
        """Read the patterns of a folder; those of the folder that it lies in are known."""
        folder = self._real_path(folder)
        if self._ignore and folder not in self._known:
            self._known[folder] = _within(folder, self._known[os.path.dirname(folder)])

    def leave_out(self, path: str, is_folder: bool) -> bool:
        """Tell whether a file or folder is excluded; the folder that it lies in has been entered."""
        path = self._real_path(path)
        if path in self._spared:
            return True
        if self._excluded is not None and _decided(self._excluded, self._way + _place(path, self._real), is_folder):
            return True
        patterns = self._known[os.path.dirname(path)] if self._ignore else None
        return patterns is not None and patterns.leave_out(path, is_folder)

    def _real_path(self, path: str) -> str:
        """Return a path below the root, by way of its real folder."""
        place = path[len(self._root) :].lstrip(os.sep)
        return os.path.join(self._real, place) if place else self._real


def _way(base: str, root: str) -> str:
    """Return the way from a folder to one that is walked, "" if it does not lie in there."""
    base, root = os.path.abspath(base), os.path.abspath(root)
    inside = root != base and root.startswith(os.path.join(base, ""))
    return f"{_place(root, base)}/" if inside else ""


def _within(folder: str, above: _Patterns | None) -> _Patterns | None:
    """Return the patterns that hold in a folder."""
    lines = [line for name in IGNORE_FILES for line in _lines(os.path.join(folder, name))]
    return _Patterns(folder, _spec(lines), above) if lines else above


def _above(root: str) -> _Patterns | None:
    """Return the patterns of the folders above the one that is walked, up to the top of its repository.

    Outside of a repository there are none, nor are there any for a folder that they exclude: it is wanted, or it would not be named.
    """
    folders = [root]
    while not os.path.exists(os.path.join(folders[-1], REPOSITORY)):
        folders.append(os.path.dirname(folders[-1]))
        if folders[-1] == folders[-2]:
            return None
    found = None
    for folder in reversed(folders[1:]):
        found = _within(folder, found)
    below = [*reversed(folders[:-1])]
    return None if found is None or any(found.leave_out(folder, True) for folder in below) else found


def _lines(path: str) -> list[str]:
    """Return the lines of a file of patterns, none if there is no such file."""
    if not os.path.isfile(path):
        return []
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:
            return file.read().split("\n")
    except OSError as error:
        raise FileError.of(path, error) from error


def check_patterns(patterns: Sequence[str]) -> None:
    """Raise UsageError if one of them is none."""
    for pattern in patterns:
        if not _is_pattern(pattern):
            raise UsageError(_("--exclude {pattern}: no such pattern").format(pattern=pattern))


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    """Compile patterns; a line that is none says nothing, as git has it."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  # 40 ms, and most folders have no such file

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    """Tell whether a line can be compiled."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  # as above

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True
