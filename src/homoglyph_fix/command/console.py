"""What the command says on standard error: errors, a summary, one line of progress."""

from __future__ import annotations

import contextlib
import os
import sys
import time

from ..errors import DataError, EncodingError, FileError, HomoglyphFixError
from . import output
from .messages import _, counted

_DELAY = 2.0
# Seconds before progress is shown: shorter work needs none.

_PAUSE = 0.2
# Seconds between two looks of the line.

_LOG_PAUSE = 60.0
# Seconds between two lines in a log.

_CLEAR = "\r\x1b[K"
# To the start of the line, and empty it.


class Talk:
    """Speaks on standard error. `total` is the work in bytes, None if unknown.

    Progress is one line on a terminal, drawn anew, and elsewhere a line of its own every minute; by itself only the former.
    """

    def __init__(self, quiet: bool = False, total: int | None = None, progress: bool | None = None) -> None:
        self._quiet = quiet
        self._total = total
        self._progress = is_terminal() and not quiet if progress is None else progress
        self._done = 0
        self._start = time.monotonic()
        self._files = 0
        self._draws = is_terminal()
        self._next = self._start + (_DELAY if self._draws else _LOG_PAUSE)
        self._shown = False

    def error(self, error: Exception) -> None:
        """Say what went wrong, in one line."""
        self.clear()
        say(f"homoglyph-fix: {printable(told(error) if isinstance(error, HomoglyphFixError) else str(error))}\n")

    def note(self, text: str) -> None:
        """Say something that may be left out."""
        self.clear()
        if not self._quiet:
            say(f"homoglyph-fix: {text}\n")

    def add(self, lines: str) -> None:
        """Say more, in whole lines that need no name before them, and may be left out."""
        if lines and not self._quiet:
            self.clear()
            say(lines)

    def advance(self, size: int, files: int = 0) -> None:
        """Take note of bytes and files done; say how far the work is when it is time."""
        self._done += size
        self._files += files
        now = time.monotonic()
        if not self._progress or now < self._next:
            return
        line = progress_line(self._done, self._total, now - self._start, self._files)
        self._next = now + (_PAUSE if self._draws else _LOG_PAUSE)
        self._shown = self._draws
        say(_CLEAR + line if self._draws else f"homoglyph-fix: {line}\n")

    def clear(self) -> None:
        """Take the line of progress away."""
        if self._shown:
            self._shown = False
            say(_CLEAR)


def told(error: HomoglyphFixError) -> str:
    """Return the line about an error. The library, which knows no command, says it in English, and so does the system.

    >>> told(EncodingError("a.txt", 12)), told(FileError("a.txt", "Permission denied"))
    ('a.txt: not UTF-8 at byte 12', 'a.txt: Permission denied')
    """
    if isinstance(error, EncodingError):
        place = _("not {encoding} at byte {offset}").format(encoding=error.encoding, offset=error.offset)
        return f"{error.path}: {place}{error.hint}"
    if isinstance(error, DataError):
        return _("{path}: {problem}; install homoglyph-fix anew").format(path=error.path, problem=_(error.problem))
    return f"{error.path}: {_(error.problem)}" if isinstance(error, FileError) else _(str(error))


def is_terminal() -> bool:
    """Tell whether somebody is likely to look at standard error now."""
    return os.isatty(2)


def progress_line(done: int, total: int | None, seconds: float, files: int = 0) -> str:
    """Say how far the work is.

    >>> progress_line(250_000_000, 1_000_000_000, 5.0)
    '250.0 MB of 1000.0 MB, 50.0 MB/s, 0:15 left'
    >>> progress_line(250_000_000, None, 5.0)
    '250.0 MB, 50.0 MB/s'
    >>> progress_line(250_000_000, None, 5.0, 12)
    '250.0 MB, 12 files, 50.0 MB/s'
    """
    rate = done / seconds
    speed = counted(files, "{} file", "{} files") + ", " if files else ""
    speed += _("{rate:.1f} MB/s").format(rate=rate / 1e6)
    if not total or not rate:
        return _("{done:.1f} MB, {speed}").format(done=done / 1e6, speed=speed)
    minutes, seconds_left = divmod(round(max(0, total - done) / rate), 60)
    left = f"{minutes}:{seconds_left:02}"
    return _("{done:.1f} MB of {total:.1f} MB, {speed}, {left} left").format(done=done / 1e6, total=total / 1e6, speed=speed, left=left)


def printable(text: str) -> str:
    r"""Escape what would break the line, such as a line end in a file name.

    >>> printable("a\nb\udcff")
    'a\\nb\\udcff'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def is_odd_byte(character: str) -> bool:
    """Tell whether a character stands for a byte of a file name that is not UTF-8: reports keep it, so that the file can be found."""
    return "\udc80" <= character <= "\udcff"


def say(text: str) -> None:
    """Write to standard error; that nobody can hear it is no reason to stop."""
    with contextlib.suppress(OSError):
        if output.TO_CONSOLE and os.isatty(2):
            sys.stderr.write(text)
            sys.stderr.flush()
        else:
            os.write(2, text.encode())
