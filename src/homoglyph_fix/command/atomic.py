"""New files that take their place only when they are complete."""
# Paths are used as they were typed, and os.open is needed for O_EXCL:
# ruff: noqa: PTH105, PTH108, PTH110, PTH112, PTH113, PTH114, PTH115, PTH118, PTH120, PTH123

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import time
from collections.abc import Callable
from typing import ClassVar

from ..errors import FileError
from .leftovers import kept_locked, lock, name_for, remove_leftovers
from .messages import _
from .output import write_all

_COPY = 1 << 20
# Bytes copied together from the unchanged head of a file.


_DESCRIPTORS = re.compile(r"/proc/(\d+)(?:/task/\d+)?/fd|/dev/fd")
# Folders of open files: on Linux /dev/fd is a link to the first, on other systems a folder of its own.

_ACCESS_LIST = "system.posix_acl_access"

_MOST_LINKS = 40
# Links followed one by one; as many as Linux follows.


class Replacement:
    """A file written beside its target, that takes the target's place when it is complete.

    Whatever ends the program earlier, the target stays as it was; only kill -9 or a power cut can leave the
    new file behind, as `.homoglyph-fix-*.tmp`, until the next command writes to that folder. `like` gives mode and
    owner (if allowed); extended attributes are those of the target; `name` is for messages.
    """

    _numbers = itertools.count(time.time_ns())  # no later process of the same number uses these names again
    _swept: ClassVar[set[str]] = set()

    def __init__(self, target: str, like: os.stat_result | None, name: str) -> None:
        self._target = target
        self._like = like
        self._name = name
        try:
            self._path, self._handle = self._create(os.path.dirname(target))
        except OSError as error:
            raise FileError.of(name, error) from error
        self._open = True

    def _create(self, directory: str) -> tuple[str, int]:
        """Create the new file, under a hidden name that no other process uses."""
        if directory not in self._swept:
            self._swept.add(directory)
            remove_leftovers(directory)
        access = 0o666 if self._like is None else 0o600  # nobody may read it before the mode is set
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        while True:
            path = os.path.join(directory, name_for(next(self._numbers)))
            with contextlib.suppress(FileExistsError):
                handle = os.open(path, flags, access)
                if lock(handle):
                    return path, handle
                os.close(handle)

    def copy_head(self, source: str, size: int) -> None:
        """Write the first bytes of a file."""
        try:
            with open(source, "rb") as file:
                while size and (data := file.read(min(size, _COPY))):
                    self.write(data)
                    size -= len(data)
        except OSError as error:
            raise FileError.of(self._name, error) from error

    def write(self, data: bytes) -> None:
        """Write all of it."""
        try:
            write_all(self._handle, data)
        except OSError as error:
            raise FileError.of(self._name, error) from error

    def commit(self, before: Callable[[], None] = lambda: None) -> None:
        """Take the target's place; a file that is there gives way only to one that is safe on the disk.

        `before` is called when all is done but the last step.
        """
        try:
            if self._like is not None:
                _set_owner_and_mode(self._handle, self._like)
            if os.path.exists(self._target):
                _copy_attributes(self._target, self._handle)
                os.fsync(self._handle)  # after a power cut there must be the old file or the new one
            before()
            with kept_locked(self._handle):
                self._close()
                os.replace(self._path, self._target)
        except OSError as error:
            raise FileError.of(self._name, error) from error

    def is_in_place(self) -> bool:
        """Tell whether the new file has taken the target's place; a signal may end `commit` on either side of that."""
        return not os.path.lexists(self._path)

    def discard(self) -> None:
        """Remove the new file; do nothing if it has taken its place."""
        with contextlib.suppress(OSError):
            self._close()
        with contextlib.suppress(OSError):
            os.unlink(self._path)

    def _close(self) -> None:
        """Close the new file, once."""
        if self._open:
            self._open = False
            os.close(self._handle)


class Straight:
    """A device, a pipe or an open file, which cannot be replaced: written to as it comes."""

    def __init__(self, target: str | int, name: str) -> None:
        self._name = name
        try:
            self._file = open(target, "wb", buffering=0)  # noqa: SIM115  # closed by commit or discard
        except OSError as error:
            raise FileError.of(name, error) from error

    def write(self, data: bytes) -> None:
        """Write all of it."""
        try:
            write_all(self._file.fileno(), data)
        except OSError as error:
            raise FileError.of(self._name, error) from error

    def commit(self) -> None:
        """Close it."""
        self._file.close()

    def discard(self) -> None:
        """Close it: what is written is written."""
        self._file.close()


def destination(path: str, like: os.stat_result | None) -> Replacement | Straight:
    """Return what writes to a path.

    The name of an open file, such as /dev/stdout, is written into: its file may be a log that others write to as well.
    """
    process, number = open_file(path) or (None, 0)
    special = is_special(path)
    if process is None or (process != os.getpid() and special):
        return Straight(path, path) if special else Replacement(os.path.realpath(path), like, path)
    if process != os.getpid():
        raise FileError(path, _("is open in another process, cannot be replaced"))
    try:
        if not os.get_inheritable(number):  # opened by this program itself: what it was given can be inherited again
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return Straight(os.dup(number), path)
    except OSError as error:
        raise FileError.of(path, error) from error


def open_file(path: str) -> tuple[int, int] | None:
    """Return process and number of the open file that a path names, itself or by links; None for all other paths."""
    for _step in range(_MOST_LINKS):
        folder, name = os.path.split(path)
        found = _DESCRIPTORS.fullmatch(os.path.realpath(folder))
        if found and name.isdecimal():
            return int(found[1] or os.getpid()), int(name)
        if not os.path.islink(path):
            break
        path = os.path.join(folder, os.readlink(path))
    return None


def is_special(path: str) -> bool:
    """Tell whether there is a device or pipe at a path."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def _set_owner_and_mode(handle: int, like: os.stat_result) -> None:
    """Make a new file as accessible as an old one; without the right to give it away it stays ours."""
    if hasattr(os, "fchown"):
        with contextlib.suppress(PermissionError):
            os.fchown(handle, like.st_uid, like.st_gid)
        os.fchmod(handle, stat.S_IMODE(like.st_mode))


def _copy_attributes(source: str, handle: int) -> None:
    """Give a new file the extended attributes of an old one, of which access lists are one; what only the system may set is up to it."""
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):  # it has none, and may have inherited one from its folder
        os.removexattr(handle, _ACCESS_LIST)
    try:
        names = os.listxattr(source)
    except OSError:  # not on this file system
        return
    for name in names:
        try:
            os.setxattr(handle, name, os.getxattr(source, name))
        except OSError:
            if name.startswith("user.") or name == _ACCESS_LIST:
                raise
