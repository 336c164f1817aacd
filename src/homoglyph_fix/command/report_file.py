"""The file of --report: whether it may be written, what a walk leaves out for it, and writing it."""
# Paths are used as they were typed:
# ruff: noqa: PTH110, PTH112, PTH113, PTH116, PTH118, PTH120, PTH121, PTH123

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

from ..errors import FileError, UsageError
from .atomic import destination, is_special
from .messages import _
from .output import write_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .reading import Source

STDOUT: Final = "-"


MARK: Final = b"<!doctype html><!-- homoglyph-fix report -->"
"""How every report begins, so that it can be told from other files."""


def check_report(path: str, inputs: Iterable[str]) -> None:
    """Raise UsageError if a report cannot be written to a path, or would overwrite what is read."""
    if not path:
        raise UsageError(_("--report needs the name of a file"))
    if path == STDOUT or is_special(path):
        return
    if os.path.isdir(path):
        raise UsageError(_("--report {path}: is a directory; name a file in it").format(path=path))
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isdir(folder):
        raise UsageError(f"--report {path}: {_(os.strerror(errno.ENOENT))}")
    if not os.access(folder, os.W_OK):
        raise UsageError(f"--report {path}: {_(os.strerror(errno.EACCES))}")
    if not os.path.exists(path):
        return
    for name in inputs:
        if os.path.isfile(name) and os.path.samefile(name, path):
            raise UsageError(_("--report {path}: is both input and report").format(path=path))
        if os.path.isdir(name) and _is_below(path, name) and not _is_report(path):
            said = _("--report {path}: lies in {name} and is no earlier report, it would be overwritten")
            raise UsageError(said.format(path=path, name=name))


def _is_below(path: str, folder: str) -> bool:
    """Tell whether a walk of a folder may meet a file."""
    folder = os.path.realpath(folder)
    return os.path.realpath(path).startswith(os.path.join(folder, ""))


def _is_report(path: str) -> bool:
    """Tell whether a file is an earlier report, or empty."""
    try:
        with open(path, "rb") as file:
            return file.read(len(MARK)) in (MARK, b"")
    except OSError:
        return False


def without_report(sources: Iterable[Source | FileError], path: str) -> Iterator[Source | FileError]:
    """Leave out an earlier report where it is met in a directory."""
    avoid = os.path.realpath(path)
    for source in sources:
        if isinstance(source, FileError) or not source.walked or os.path.realpath(source.path or "") != avoid:
            yield source


def write_report(path: str, data: bytes) -> None:
    """Write a report; a file that is there gives way when the new one is complete."""
    if path == STDOUT:
        write_out(data)
        return
    try:
        like = os.stat(path) if os.path.isfile(path) else None
    except OSError as error:
        raise FileError.of(path, error) from error
    new = destination(path, like)
    try:
        new.write(data)
        new.commit()
    finally:
        new.discard()
