"""Lines: how bytes are cut into them, and where those of a text begin."""

from __future__ import annotations

from itertools import accumulate


def split_lines(data: bytes) -> list[bytes]:
    r"""Cut at b"\n" only, which stays at the end of its line: `splitlines` would also cut at CR, FF, NEL and others.

    >>> split_lines(b"a\r\nb\x0cc\n\nd")
    [b'a\r\n', b'b\x0cc\n', b'\n', b'd']
    """
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def line_starts(text: str) -> list[int]:
    r"""Return where lines begin, and where one would that followed the last.

    >>> line_starts("a\r\nбв\n")
    [0, 3, 6, 7]
    """
    return [*accumulate(map(len, text.split("\n")), lambda start, size: start + size + 1, initial=0)]
