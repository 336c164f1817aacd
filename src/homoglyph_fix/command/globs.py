"""PATHs with `*`, `?` or `[`: the shell puts names in their place, where there is a shell that does."""
# Paths are used as they were typed:
# ruff: noqa: PTH207

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Sequence

from ..errors import FileError
from .messages import _

_SIGNS = re.compile(r"[*?[]")

EXPANDS = os.name == "nt"
"""Windows leaves it to each program."""


def expanded(paths: Sequence[str], expands: bool = EXPANDS) -> tuple[str, ...]:
    """Return the names that the PATHs stand for, each pattern's in their order; one that is the name of a file, or matches none, stays."""
    return tuple(name for path in paths for name in _names(path)) if expands else tuple(paths)


def _names(path: str) -> Iterator[str]:
    """Yield the names that one PATH stands for."""
    found = []
    if _SIGNS.search(path) and not os.path.lexists(path):
        import glob  # noqa: PLC0415  # seldom needed

        found = sorted(glob.glob(path))
    yield from found or [path]


def missing(path: str, error: OSError) -> FileError:
    """Return what to say of a PATH that cannot be read: a pattern that is still one has matched nothing.

    >>> str(missing("*.txt", FileNotFoundError(errno.ENOENT, "No such file or directory")))
    '*.txt: no file matches'
    """
    if error.errno in (errno.ENOENT, errno.EINVAL) and _SIGNS.search(path):
        return FileError(path, _("no file matches"))
    return FileError.of(path, error)
