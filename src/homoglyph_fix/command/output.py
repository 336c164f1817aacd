"""Standard output, and writing as such; nothing else, so that --help need not wait for more."""

from __future__ import annotations

import os

from ..errors import OutputError


def write_out(data: bytes) -> None:
    """Write to standard output; BrokenPipeError means that nobody reads on."""
    try:
        write_all(1, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError.of("<stdout>", error) from error


def write_all(handle: int, data: bytes) -> None:
    """Write until nothing is left; a single write may take only a part."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
