"""Lines of bytes."""

from __future__ import annotations


def split_lines(data: bytes) -> list[bytes]:
    r"""Cut at b"\n" only, which stays at the end of its line: `splitlines` would also cut at CR, FF, NEL and others.

    >>> split_lines(b"a\r\nb\x0cc\n\nd")
    [b'a\r\n', b'b\x0cc\n', b'\n', b'd']
    """
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])
