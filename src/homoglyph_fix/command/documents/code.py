"""Code: only what stands in comments and strings is looked at."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pygments.lexers import find_lexer_class_by_name, find_lexer_class_for_filename
from pygments.token import Comment, String
from pygments.util import ClassNotFound

from ..compression import without_compression
from ..endings import ending_of
from .staying import Repaired, Span, Staying
from .staying import repaired as repaired_around

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from ... import Normalizer

_PROSE = (Comment, String)
_NO_PROSE = (
    Comment.Preproc, Comment.PreprocFile, Comment.Hashbang,
    String.Affix, String.Char, String.Delimiter, String.Escape, String.Interpol, String.Regex, String.Symbol,
)  # fmt: skip

_IN_BACKQUOTES = (String, String.Backtick)
# Strings of Go and JavaScript. Their quotes are not seen by the words, which would take them for those of code within prose.

_LANGUAGES = {
    ".sql": "sql", ".pl": "perl", ".pm": "perl", ".fs": "fsharp", ".r": "r", ".d": "d", ".m": "objective-c", ".v": "verilog",
    ".mts": "ts", ".cts": "ts", ".gql": "graphql",
}  # fmt: skip
# Languages by the endings that Pygments does not know, or knows for several: it would guess by the text.

_INTERPRETERS = {"node": "js", "nodejs": "js", "deno": "ts", "pwsh": "powershell"}
# What languages are called whose interpreters have names of their own.


def repaired(normalizer: Normalizer, text: str, name: str, *, tell: bool) -> Repaired:
    """Repair the comments and strings of code in the language that the name of its file or its first line tells; all of it if none does."""
    return repaired_around(normalizer, text, Staying(staying(text, name), edges=""), tell=tell)


def staying(text: str, name: str) -> list[Span]:
    """Return the parts of code that are neither comments nor strings."""
    first = int(text.startswith("\ufeff"))
    lexer = _lexer(text[first:], name)
    if lexer is None:
        return []
    source = text[first:].replace("\r", " ") + "\n"  # some lexers know no other end of a comment than \n
    spans: list[Span] = []
    for start, kind, value in lexer.get_tokens_unprocessed(source):
        low, high = first + start, min(len(text), first + start + len(value))
        if not any(kind in some for some in _PROSE) or any(kind in some for some in _NO_PROSE):
            spans.append((low, high))
        elif kind in _IN_BACKQUOTES:
            spans += ((at, at + 1) for at in (low, high - 1) if text[at : at + 1] == "`")
    return spans


def _lexer(text: str, name: str) -> Lexer | None:
    """Return what knows the language, None if nothing tells it."""
    name = os.path.basename(without_compression(name))  # noqa: PTH119
    language = _LANGUAGES.get(ending_of(name))
    found = None if language else find_lexer_class_for_filename(name) or find_lexer_class_for_filename(name.lower())
    if found is None:
        try:
            found = find_lexer_class_by_name(language or _interpreter(text))
        except ClassNotFound:
            return None
    return found()


def _interpreter(text: str) -> str:
    """Return the language that the first line of a script names, "" for none.

    >>> _interpreter("#!/usr/bin/env python3.12"), _interpreter("#!/bin/sh -e")
    ('python', 'sh')
    """
    words = text[2:].partition("\n")[0].split() if text.startswith("#!") else []
    names = [os.path.basename(word) for word in words if not word.startswith("-")]  # noqa: PTH119
    name = next((name for name in names if name != "env"), "").rstrip("0123456789.")
    return _INTERPRETERS.get(name, name)
