"""Short texts: what can be said of them before any array is built, by patterns and by what is remembered of their pieces.

A message, a cell of a table or a line of a file takes some 500 microseconds through arrays, whatever little they hold. Most short texts
hold nothing suspicious, and most suspicious pieces have been met before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from .config import Config
from .limits import LONGEST
from .memory import spellings_of
from .pieces import CHANGES, STAYS, learn
from .tokens import decode, encode

SEARCHED: Final = 1000  # code points: a longer text goes to the screen at once, which is faster there
LARGEST: Final = 1 << 15  # pieces remembered by their spelling: 5 MB


@cache
def _doubts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return two patterns that find something in every text in which a word may change: the cheap tests for short texts.

    The first is a single set of characters, searched for eleven times as fast as the second, which names the digits that matter.
    """
    odd = "A-Za-z\\u00aa\\u00ad\\u00b4\\u00b5\\u00ba\\u00c0-\\u0400\\u0402\\u0403\\u0405\\u0408-\\u040f"
    odd += "\\u0450\\u0452\\u0453\\u0455\\u0458-\\u200f\\u2027-\\u202e\\u2030-\\U0010ffff"
    digit = "[0-9][\\u0400-\\u04ff]|[\\u0400-\\u04ff][0-9]|(?:^|[\\x00-\\x20])[36](?:$|[^0-9.,])"
    return re.compile(f"[0-9{odd}]"), re.compile(f"[{odd}]|{digit}")


@cache
def _blank() -> re.Pattern[str]:
    return re.compile("[ \\n]|\\Z")


@cache
def _mixture() -> re.Pattern[str]:
    """Return a pattern that finds words which mix scripts: the screen would find them too, 80 microseconds later."""
    return re.compile("[A-Za-z][\\u0400-\\u04ff]|[\\u0400-\\u04ff][A-Za-z]")


def may_change(text: str) -> bool:
    """Tell whether a word of a text may change; a long text is not looked at.

    >>> may_change("Це добре."), may_change("Oт і все!")
    (False, True)
    """
    if text.isascii():
        return False
    if len(text) >= SEARCHED:
        return True
    first, second = _doubts()
    return first.search(text) is not None and second.search(text) is not None


def mixes(text: str | bytes) -> bool:
    """Tell whether a word of a text mixes scripts; bytes are left to the screen."""
    return isinstance(text, str) and _mixture().search(text) is not None


def respelled(text: str, config: Config) -> str | None:
    """Return a text with its letters restored where its pieces say how; None where a line must be asked.

    >>> respelled("Це мaма.", Config())
    'Це мама.'
    >>> respelled("Це i все.", Config())
    """
    if "<" in text or "`" in text:  # tags and code reach over white space: no piece knows that it stands in them
        return None
    spans = _suspicious(text)
    known = spellings_of(config)
    if len(known) > LARGEST:
        known.clear()
    if None in [known.get(piece, piece) for piece, _, _ in spans]:
        return None
    new = {piece for piece, _, _ in spans if piece not in known and _doubts()[1].search(piece)}
    if new:
        # Tabs and the like are blanks too; and long pieces are open, but take too much memory to be known as such.
        if not all(map(str.isprintable, new)) or max(map(len, new)) > LONGEST:
            return None
        known.update(_spellings(list(new), config))
    parts: list[str] = []
    done = 0
    for piece, start, end in spans:
        spelling = known.get(piece, piece)
        if spelling is None:
            return None
        if spelling is not piece and spelling != piece:
            parts += text[done:start], spelling
            done = end
    return "".join([*parts, text[done:]]) if parts else text


def _suspicious(text: str) -> list[tuple[str, int, int]]:
    """Return the pieces that hold what prose is not made of, each with its place."""
    odd, blank = _doubts()[0], _blank()
    found = []
    end = 0
    while (match := odd.search(text, end)) is not None:
        place = match.start()
        start = max(text.rfind(" ", end, place), text.rfind("\n", end, place)) + 1
        after = blank.search(text, place)
        end = after.start() if after else len(text)
        found.append((text[start:end], start, end))
    return found


def _spellings(pieces: list[str], config: Config) -> dict[str, str | None]:
    """Return how each piece is spelled in every line, None where its line decides."""
    found: dict[str, str | None] = dict.fromkeys(pieces)
    heads, bodies = learn(encode("\n".join(["", *pieces, ""])), config)
    for piece, verdict, letters in zip(pieces, heads["verdict"].tolist(), bodies["new"], strict=True):
        if verdict == STAYS:
            found[piece] = piece
        elif verdict == CHANGES:
            found[piece] = decode(letters[: len(piece)])
    return found
