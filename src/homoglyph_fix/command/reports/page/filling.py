"""The page itself: a template, and what was gathered as data in it that cannot be anything but data."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import time
import unicodedata
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ...console import printable
from .. import jsonl
from ..marks import short_name
from ..names import name_of, script_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .gathering import Gathered, Tally
    from .pieces import Place, Word

_MOST_PATHS: Final = 3
# Arguments of the command that the page names.


class Told(NamedTuple):
    """What the page says of the command beside what was found."""

    mode: str
    """`check`, where nothing was changed, `write` or `copy`."""
    version: str
    paths: Sequence[str]
    unread: Sequence[tuple[str, int, str]] = ()
    """Kind, number and way to read of files that were left out."""
    empty: Sequence[str] = ()
    """Directories without text."""


def page(gathered: Gathered, told: Told) -> bytes:
    """Return the page. Its script and its style are the only ones that a browser may run: the policy names their hashes."""
    style, script = _resource("page.css"), _resource("page.js")
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    parts = {"policy": policy, "style": style, "script": script}
    parts["strings"] = as_json(json.loads(_resource("strings.json")))
    parts["data"] = as_json(_data(gathered, told))
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _resource("page.html")).encode()


def _resource(name: str) -> str:
    """Return a file that lies beside this module, also where the package is a zip archive."""
    return files(__package__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """Return how a policy names a script or a style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def as_json(value: object) -> str:
    r"""Return a value as JSON that can stand in a page: nothing in it ends a script, and nothing in it is invisible.

    >>> as_json({"a": "</script>\u202e&"})
    '{"a":"\\u003c/script\\u003e\\u202e\\u0026"}'
    """
    text = jsonl.as_json(value, (",", ":")).decode()
    return re.sub("[<>&]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _data(gathered: Gathered, told: Told) -> dict[str, Any]:
    """Return what the script of the page reads."""
    tally = gathered.tally
    rules = sorted({*tally.rules[False], *tally.rules[True]})
    numbers = {rule: number for number, rule in enumerate(rules)}
    return {
        "mode": told.mode,
        "version": told.version,
        "paths": [printable(path) for path in told.paths[:_MOST_PATHS]],
        "morePaths": max(0, len(told.paths) - _MOST_PATHS),
        "date": _today(),
        "numbers": {
            "repairs": tally.rules[False].total(),
            "doubts": tally.rules[True].total(),
            "letters": tally.letters[False],
            "damaged": gathered.damaged,
            "files": gathered.read,
            "words": gathered.words,
        },
        "shown": [tally.shown[False], tally.shown[True]],
        "rules": [[rule, tally.rules[False][rule], tally.rules[True][rule]] for rule in rules],
        "letters": _letters(tally),
        "files": gathered.files,
        "characters": {character: _called(character) for character in sorted(set(_characters(gathered)))},
        "unread": told.unread,
        "empty": [printable(path) for path in told.empty],
        "errors": gathered.errors,
        "failed": gathered.failed,
        "places": [_place(file, place, numbers) for file, place in gathered.places],
    }


def _letters(tally: Tally) -> list[tuple[str, str, int, int]]:
    """Return pairs of letters, how often each is repaired and how often it is doubtful."""
    repaired, doubtful = tally.pairs[False], tally.pairs[True]
    pairs = sorted({*repaired, *doubtful}, key=lambda pair: (-repaired[pair], -doubtful[pair], pair))
    return [(*pair, repaired[pair], doubtful[pair]) for pair in pairs]


def _place(file: int, place: Place, numbers: dict[str, int]) -> list[object]:
    """Return one excerpt: its file, its line, the column of its first word, whether it is cut before and behind, its pieces."""
    pieces = [piece if isinstance(piece, str) else _word(piece, numbers) for piece in place.pieces]
    return [file, place.line, place.column, int(not place.starts), int(not place.ends), pieces]


def _word(word: Word, numbers: dict[str, int]) -> list[object]:
    """Return one word: the number of its rule, whether it is doubtful, its parts, and whether it is cut."""
    return [numbers[word.rule], int(word.is_doubt), word.parts, *[1] * word.is_cut]


def _characters(gathered: Gathered) -> Iterator[str]:
    """Yield the characters that the page must be able to name: those of pairs, and those that cannot be seen."""
    pieces = (piece for _, place in gathered.places for piece in place.pieces)
    parts = ((piece,) if isinstance(piece, str) else piece.parts for piece in pieces)
    for part in chain(*gathered.tally.pairs.values(), chain.from_iterable(parts)):
        if not isinstance(part, str):
            yield from chain.from_iterable(part)
        elif not part.isprintable():
            yield from filter(_is_hidden, part)


def _called(character: str) -> list[str]:
    """Return the script of a letter, the name of a character, and what stands for it if it cannot be seen."""
    name = [script_of(character), name_of(character)]
    return [*name, short_name(character)] if _is_hidden(character) else name


def _is_hidden(character: str) -> bool:
    """Tell whether a character cannot be seen: a space can, between words."""
    return not character.isprintable() and character != "\t" and unicodedata.category(character) != "Zs"


def _today() -> str:
    """Return the date; that of SOURCE_DATE_EPOCH, if it is set, for pages that are to be the same tomorrow."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return time.strftime("%Y-%m-%d", time.gmtime(int(epoch)) if epoch.isdecimal() else time.localtime())
