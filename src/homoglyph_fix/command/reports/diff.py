"""The unified diff that --diff prints."""

from __future__ import annotations

import os
import re
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from ..console import is_odd_byte, printable
from ..lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from . import Checked

CONTEXT = 3
"""Lines shown around a change."""

_COMMANDS = re.compile(rb"[\x00-\x08\x0b\x0d-\x1f\x7f]|\xc2[\x80-\x9f]")
# What a terminal may obey: C0 but tab, form feed and CR at a line end, DEL and C1. All else must stay, or the diff would not
# be a patch: no-break spaces, soft hyphens (which are what is repaired) and marks of direction are met in ordinary text.
# It is escaped into a file or pipe as well: what is printed there is read on a terminal in the end, by cat, less -R or the log
# of a build. The patch of such a line is refused, since it does not fit; -w is the way to repair it.


class DiffPrinter:
    """A unified diff, printed while the file streams by.

    A repair never adds or removes a line, so old and new lines are pairs and no search for a common part is needed.
    Kept between blocks: the hunk that is open and the last lines, which may become its context. As a hunk begins with
    the number of its lines, a file that changes throughout is held in memory. With `raw` no control character is escaped.
    """

    def __init__(self, path: str, *, raw: bool = False) -> None:
        name = _head_name(path)
        self._header = b"--- %b\n+++ %b\n" % (name, name)
        self._before: deque[bytes] = deque(maxlen=CONTEXT)
        self._hunk: list[tuple[bytes, bytes]] = []
        self._first = 0
        self._same = 0  # unchanged lines at the end of the open hunk
        self._marked = partial(_marked, raw=raw)

    def block(self, event: Checked) -> bytes:
        """Return the hunks that are complete after this block."""
        if event.new is event.old and not self._hunk:
            self._before.extend(_last_lines(event.old))
            return b""
        old, new = split_lines(event.old), split_lines(event.new)
        pairs = enumerate(zip(old, new, strict=True), event.line)
        return b"".join(self._line(number, pair) for number, pair in pairs)

    def end(self) -> bytes:
        """Return the hunk that is still open."""
        return self._close() if self._hunk else b""

    def _line(self, number: int, pair: tuple[bytes, bytes]) -> bytes:
        """Take one line; return the hunk that it completes, if any."""
        old, new = pair
        done = b""
        if old != new:
            if not self._hunk:
                self._first = number - len(self._before)
                self._hunk = [(line, line) for line in self._before]
            self._same = 0
            self._hunk.append(pair)
        elif self._hunk:
            self._same += 1
            self._hunk.append(pair)
            if self._same > 2 * CONTEXT:
                done = self._close()
        self._before.append(old)
        return done

    def _close(self) -> bytes:
        """Return the open hunk with its head, without the unchanged lines that are too many."""
        extra = max(0, self._same - CONTEXT)
        pairs = self._hunk[: len(self._hunk) - extra]
        size = b"%d" % self._first if len(pairs) == 1 else b"%d,%d" % (self._first, len(pairs))
        head = self._header + b"@@ -%b +%b @@\n" % (size, size)
        self._header, self._hunk = b"", []
        return head + b"".join(self._body(pairs))

    def _body(self, pairs: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
        """Yield the lines of a hunk: a run of removed lines, then the lines that replace them."""
        added: list[bytes] = []
        for old, new in pairs:
            if old == new:
                yield from added
                added.clear()
                yield self._marked(b" ", old)
            else:
                yield self._marked(b"-", old)
                added.append(self._marked(b"+", new))
        yield from added


def _head_name(path: str) -> bytes:
    """Return a file name as diff and patch write it: in quotes if it has controls, or begins or ends as no name does for patch."""
    if all(c.isprintable() or is_odd_byte(c) for c in path) and path == path.strip(" ") and not path.startswith('"'):
        return os.fsencode(path) + (b"\t" if " " in path else b"")  # where the name ends
    return b'"%b"' % b"".join(map(_in_quotes, path))


def _in_quotes(character: str) -> bytes:
    """Return a character of a file name as it stands in quotes."""
    data = os.fsencode(character)
    if is_odd_byte(character) or (character.isprintable() and character not in '"\\'):
        return data
    return b"".join(b"\\%03o" % byte for byte in data)


def _last_lines(data: bytes) -> list[bytes]:
    """Return the last lines of a block, without cutting up all of it."""
    start = len(data)
    for _ in range(CONTEXT):
        start = data.rfind(b"\n", 0, max(0, start - 1)) + 1
    return split_lines(data[start:])


def _marked(mark: bytes, line: bytes, *, raw: bool) -> bytes:
    """Return one line of a diff; a line without its end is told apart as diff and patch do it."""
    if not raw:
        text = line.rstrip(b"\r\n")
        line = _COMMANDS.sub(lambda found: printable(found[0].decode()).encode(), text) + line[len(text) :]
    if line.endswith(b"\n"):
        return mark + line
    return mark + line + b"\n\\ No newline at end of file\n"
