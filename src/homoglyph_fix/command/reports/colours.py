"""The diff in colour, for people: the plain one with its letters marked, so that the two never differ in what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lines import split_lines
from .diff import DiffPrinter
from .marks import Ink, differing, dyed, painted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from . import Checked


class ColouredDiff:
    """A unified diff with the lines of each pair compared letter by letter."""

    def __init__(self, path: str) -> None:
        self._plain = DiffPrinter(path)

    def block(self, event: Checked) -> bytes:
        """Return the hunks that are complete after this block."""
        return b"".join(_coloured(self._plain.block(event)))

    def end(self) -> bytes:
        """Return the hunk that is still open."""
        return b"".join(_coloured(self._plain.end()))


def _coloured(diff: bytes) -> Iterator[bytes]:
    """Yield whole hunks in colour. In a hunk as many lines are added as are removed, and in the same order."""
    lines = split_lines(diff)
    at = 0
    while at < len(lines):
        if at and lines[at].startswith(b"-"):  # the first line of all may be the name of the old file
            end = at
            while end < len(lines) and lines[end][:1] in b"-+\\":
                end += 1
            yield from _pairs(lines[at:end])
            at = end
        else:
            style = {b"@": "dim", b"-": "strong", b"+": "strong"}.get(lines[at][:1])
            yield _whole(lines[at], style) if style else lines[at]
            at += 1


def _pairs(run: list[bytes]) -> Iterator[bytes]:
    """Yield the removed lines of a run, then the added ones."""
    removed = [number for number, line in enumerate(run) if line.startswith(b"-")]
    added = [number for number, line in enumerate(run) if line.startswith(b"+")]
    done = list(run)
    for old, new in zip(removed, added, strict=True):
        texts = [run[number].decode("utf-8", "surrogateescape") for number in (old, new)]
        flags = differing(texts[0][1:], texts[1][1:])
        for number, text, some, style in zip((old, new), texts, flags, ("old", "added"), strict=True):
            done[number] = _line(text, some, style)
    yield from (_whole(line, "dim") if line.startswith(b"\\") else line for line in done)


def _line(text: str, flags: list[bool], style: str) -> bytes:
    """Return a line of which letters are marked, with its end as it was."""
    body = text[1:].rstrip("\r\n")
    shown = dyed(text[0], style, Ink.COLOUR) + painted(body, flags[: len(body)], Ink.COLOUR, new=style == "added")
    return (shown + text[1 + len(body) :]).encode("utf-8", "surrogateescape")


def _whole(line: bytes, style: str) -> bytes:
    """Return a whole line in one style."""
    before, after = dyed("\0", style, Ink.COLOUR).encode().split(b"\0")
    body = line.rstrip(b"\n")
    return before + body + after + line[len(body) :]
