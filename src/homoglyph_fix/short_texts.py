"""Short texts: what can be said of them before any array is built, by patterns and by what is remembered of their chunks.

A message, a cell of a table or a line of a file takes some 500 microseconds through arrays, whatever little they hold. Most short texts
hold nothing suspicious, and most suspicious chunks have been met before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from .arrays.memory import spellings_of
from .config import Config
from .letters.apostrophes import FALSE, doubted
from .thresholds import LONGEST

SEARCHED: Final = 1000  # code points: a longer text goes to the screen at once, which is faster there
LARGEST: Final = 1 << 15  # chunks remembered by their spelling: 5 MB

Spell = Callable[[list[str], Config], dict[str, "str | None"]]
"""Tells how chunks are spelled in every line, None where their line decides."""


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
    return re.compile("[ \\r\\n]|\\Z")


def may_change(text: str, signs: str = FALSE) -> bool:
    """Tell whether a word of a text may change, given the signs that may become another apostrophe; a long text is not looked at.

    >>> may_change("Це добре."), may_change("Oт і все!")
    (False, True)
    """
    if text.isascii():
        return False
    if len(text) >= SEARCHED:
        return True
    first, second = _doubts()
    return (first.search(text) is not None and second.search(text) is not None) or has_apostrophe(text, signs)


def has_apostrophe(text: str, signs: str) -> bool:
    """Tell whether one of these signs stands where an apostrophe may.

    >>> has_apostrophe('об"єкт', '"*'), has_apostrophe('"слово" - 2*2', '"*')
    (True, False)
    """
    for sign in signs:
        if sign in text:
            return _apostrophes(signs).search(text) is not None
    return False


@cache
def _apostrophes(signs: str) -> re.Pattern[str]:
    """Return a pattern that finds a sign between letters; what is odd itself needs not be among those."""
    letters = "A-Za-z\\u0400-\\u052f"
    return re.compile(f"[{re.escape(signs)}](?=[{letters}])(?<=[{letters}\\\\].)")


def respelled(text: str, config: Config, spell: Spell) -> str | None:
    """Return a text with its letters restored where its chunks say how; None where a line must be asked.

    >>> respelled("Це мaма.", Config(), lambda chunks, _: dict.fromkeys(chunks, "мама."))
    'Це мама.'
    >>> respelled("Це i все.", Config(), lambda chunks, _: dict.fromkeys(chunks))
    """
    # Tags and code reach over white space, and so do single quotes around a false apostrophe: no chunk knows that it stands in them.
    if "<" in text or "`" in text or has_apostrophe(text, doubted(config.apostrophe)):
        return None
    spans = _suspicious(text)
    known = spellings_of(config)
    if len(known) > LARGEST:
        known.clear()
    if None in [known.get(chunk, chunk) for chunk, _, _ in spans]:
        return None
    new = {chunk for chunk, _, _ in spans if chunk not in known and _doubts()[1].search(chunk)}
    if new:
        # Tabs and the like are blanks too; and long chunks are open, but take too much memory to be known as such.
        if not all(map(str.isprintable, new)) or max(map(len, new)) > LONGEST:
            return None
        known.update(spell(list(new), config))
    parts: list[str] = []
    done = 0
    for chunk, start, end in spans:
        spelling = known.get(chunk, chunk)
        if spelling is None:
            return None
        if spelling is not chunk and spelling != chunk:
            parts += text[done:start], spelling
            done = end
    return "".join([*parts, text[done:]]) if parts else text


def _suspicious(text: str) -> list[tuple[str, int, int]]:
    """Return the chunks that hold what prose is not made of, each with its place."""
    odd, blank = _doubts()[0], _blank()
    found = []
    end = 0
    while (match := odd.search(text, end)) is not None:
        place = match.start()
        start = max(text.rfind(" ", end, place), text.rfind("\n", end, place), text.rfind("\r", end, place)) + 1
        after = blank.search(text, place)
        end = after.start() if after else len(text)
        found.append((text[start:end], start, end))
    return found
