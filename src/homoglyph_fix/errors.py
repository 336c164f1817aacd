"""The exceptions of homoglyph-fix: one small tree whose leaves carry path and position."""

from __future__ import annotations


class HomoglyphFixError(Exception):
    """Stand at the root: catch this to catch every error of this package."""


class UsageError(HomoglyphFixError):
    """Tell that the arguments of a command do not fit together."""


class WorkerError(HomoglyphFixError):
    """Tell that a worker process ended before its work was done."""


class DataError(HomoglyphFixError):
    """Tell which file of the package is missing or damaged.

    >>> str(DataError("_data/latin.npy", "damaged"))
    '_data/latin.npy: damaged; install homoglyph-fix anew'
    """

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        """Return the one line shown to the user."""
        return f"{self.path}: {self.problem}; install homoglyph-fix anew"


class FileError(HomoglyphFixError):
    """Tell what is wrong with one file; the other files can go on.

    >>> str(FileError("a.txt", "is a directory"))
    'a.txt: is a directory'
    """

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)  # both, so that the error can be pickled
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        """Return the one line shown to the user."""
        return f"{self.path}: {self.problem}"

    @classmethod
    def of(cls, path: str, error: OSError) -> FileError:
        """Make one from what the system said about `path`."""
        return cls(path, error.strerror or str(error))


class EncodingError(FileError):
    """Tell where a file stops being text in its encoding.

    `offset` counts bytes from the start of the file, after decompression, the first is 0; `hint` is what could be done about it.

    >>> str(EncodingError("a.txt", 12))
    'a.txt: not UTF-8 at byte 12'
    >>> str(EncodingError("a.txt", 0, hint=", likely cp1251 (--encoding auto)"))
    'a.txt: not UTF-8 at byte 0, likely cp1251 (--encoding auto)'
    """

    def __init__(self, path: str, offset: int, encoding: str = "UTF-8", hint: str = "") -> None:
        super().__init__(path, f"not {encoding} at byte {offset}{hint}")
        self.args = (path, offset, encoding, hint)
        self.offset = offset
        self.encoding = encoding
        self.hint = hint


class OutputError(FileError):
    """Tell that standard output cannot be written: the whole command ends."""
