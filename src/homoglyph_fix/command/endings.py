"""The endings of file names, which tell what a file is."""

from __future__ import annotations

import os


def ending_of(path: str) -> str:
    """Return the ending of a file name, with its dot, in small letters; "" if it has none.

    >>> ending_of("d/Звіт.DOCX"), ending_of("news.txt.gz"), ending_of("README")
    ('.docx', '.gz', '')
    """
    return os.path.splitext(path)[1].lower()  # noqa: PTH122  # paths are used as they were typed


def without_ending(path: str) -> str:
    """Return a path without the ending of its name.

    >>> without_ending("d/news.txt.gz")
    'd/news.txt'
    """
    return os.path.splitext(path)[0]  # noqa: PTH122
