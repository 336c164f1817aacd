"""New files that a killed command has left behind: known by their names, told from those of live commands by a lock, removed."""
# Paths are used as they were typed:
# ruff: noqa: PTH108, PTH118, PTH208

from __future__ import annotations

import binascii
import contextlib
import os
import re
import stat
from collections.abc import Iterator

try:
    import fcntl

    _HAS_LOCKS = True
except ImportError:  # Windows: files are not locked there, and none is removed
    _HAS_LOCKS = False

_NAME = re.compile(r"(\.homoglyph-fix-\d+-\d+)-([0-9a-f]{8})\.tmp")


def name_for(number: int) -> str:
    """Return a hidden name for a new file; it ends in a checksum, so that nobody else's file has such a name by chance."""
    return _checked(f".homoglyph-fix-{os.getpid()}-{number}")


def _checked(stem: str) -> str:
    """Return a stem with its checksum; another machine makes others, for its locks may not be seen here, nor ours there."""
    machine = os.uname().nodename if hasattr(os, "uname") else ""
    return f"{stem}-{binascii.crc32(f'{machine} {stem}'.encode()):08x}.tmp"


def lock(handle: int) -> bool:
    """Lock a new file as long as it is open in any process; false if somebody took it for a leftover and has removed it."""
    if not _HAS_LOCKS:
        return True
    with contextlib.suppress(OSError):  # no locks on this file system: then nobody can take it for a leftover either
        fcntl.flock(handle, fcntl.LOCK_EX)
    return os.fstat(handle).st_nlink > 0


@contextlib.contextmanager
def kept_locked(handle: int) -> Iterator[None]:
    """Keep the lock although the file is closed inside."""
    copy = os.dup(handle) if _HAS_LOCKS else None
    try:
        yield
    finally:
        if copy is not None:
            os.close(copy)


def remove_leftovers(folder: str) -> None:
    """Remove what commands that are no more have left in a folder."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            found = _NAME.fullmatch(name)
            if found and name == _checked(found[1]) and _HAS_LOCKS:
                with contextlib.suppress(OSError):
                    _remove_unlocked(os.path.join(folder, name))


def _remove_unlocked(path: str) -> None:
    """Remove a file of this user unless a process has it locked; the system takes the locks of a process away when it ends."""
    state = os.lstat(path)
    if not stat.S_ISREG(state.st_mode) or state.st_uid != os.geteuid():
        return
    handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(path)
    finally:
        os.close(handle)
