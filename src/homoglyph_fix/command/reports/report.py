"""What is written of a run as a whole; by itself only figures, if they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .marks import Ink

if TYPE_CHECKING:
    from ...errors import FileError
    from . import Checked, Printer
    from .stats import Statistics


class Report:
    """Makes the printer of each file, and says what stands before, between and behind all files.

    `statistics` are None unless they are asked for.
    """

    def __init__(self, ink: Ink = Ink.PLAIN) -> None:
        self.ink = ink
        self.statistics: Statistics | None = None

    def printer(self) -> Printer:
        """Return what prints the findings of a file: by itself none."""
        return _Silent()

    def head(self) -> bytes:
        """Return what stands before all files."""
        return b""

    def failed(self, error: FileError) -> bytes:
        """Take note of a file that could not be read or written, and return what is said of it."""
        return b""

    def left_out(self, path: str, kind: str) -> None:
        """Take note of a walked file that was not read for its content."""

    def tail(self, status: int) -> bytes:
        """Return what stands behind all files, given the exit status."""
        return self.statistics.page(self.ink) if self.statistics else b""


class _Silent:
    """Prints nothing."""

    def block(self, event: Checked) -> bytes:
        """Return nothing."""
        return b""

    def end(self) -> bytes:
        """Return nothing."""
        return b""
