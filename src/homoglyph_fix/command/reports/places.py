"""Where files lie for those who read reports elsewhere: below the top of the checkout, whatever folder the command ran in."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote_from_bytes


def top() -> str:
    """Return the folder that paths are told from: that of the checkout where GitHub runs the command within it, else the current one."""
    here, checkout = Path.cwd().resolve(), Path(os.environ.get("GITHUB_WORKSPACE") or ".").resolve()
    return str(checkout if here.is_relative_to(checkout) else here)


@lru_cache(maxsize=1)
def below(folder: str, path: str) -> str | None:
    """Return the path from a folder to a file, with slashes; None if it does not lie below."""
    name = Path(path)
    whole = Path(os.path.realpath(name.parent), name.name)  # a link is named as the link that it is
    try:
        return whole.relative_to(folder).as_posix()
    except ValueError:
        return None


def uri(path: str) -> str:
    r"""Return a path as a relative reference: bytes that are no UTF-8, too, stand in it as percent signs and numbers.

    >>> uri("звіт: 1%.txt"), uri("a\n\udcff"), uri("a/b.txt")
    ('%D0%B7%D0%B2%D1%96%D1%82%3A%201%25.txt', 'a%0A%FF', 'a/b.txt')
    """
    return quote_from_bytes(os.fsencode(path))


def file_uri(path: str) -> str:
    """Return a path as an address of this machine."""
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100  # links stay as they are
