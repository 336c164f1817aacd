"""Standard output, and writing as such; nothing else, so that --help need not wait for more."""

from __future__ import annotations

import os
import sys

from ..errors import OutputError

TO_CONSOLE = os.name == "nt"
"""Whether a terminal wants text: Windows takes bytes for those of an old encoding."""


def write_out(data: bytes, encoding: str = "utf-8") -> None:
    """Write to standard output; BrokenPipeError means that nobody reads on. `encoding` matters only where text is wanted."""
    try:
        if TO_CONSOLE and os.isatty(1):
            sys.stdout.write(data.decode(encoding, "replace"))
            sys.stdout.flush()
        else:
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
