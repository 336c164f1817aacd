"""The page of --report as a program reads it, for tests: its data, and texts to make it of."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from commands import run

DAMAGED = "Oт і все, готуйся до nорaзкu.\nХочу NАТО.\n"
"""A text with three words to repair and one to decide."""

HOSTILE = (
    'Oт </script><script>alert(1)</script><img src=x onerror=alert(1)> nорaзкu " onclick="alert(1)\n'
    "Oт </title> <!-- nорaзкu ]]> {{data}} {{script}} &lt;b&gt; javascript:alert(1)\n"
    "\u202eOт\u2066 \x1b[31mnорaзкu\x07\u2028 \u2029 \ufeff po\u200bбoтa\n"
)
"""A text that would act, or hide, in a page that let it."""


def report(folder: Path, *args: object) -> bytes:
    """Run the command with --report, and return the page."""
    done = run(*args, "--report", "page.html", cwd=folder)
    assert done.returncode in (0, 1), done.stderr.decode()
    return (folder / "page.html").read_bytes()


def part(page: bytes, name: str) -> str:
    """Return what stands in an element of the page that has this name."""
    found = re.findall(rf'<(script|style)(?: type="application/json")?(?: id="{name}")?>(.*?)</\1>', page.decode(), re.DOTALL)
    contents = {"style": [text for tag, text in found if tag == "style"], "script": [found[-1][1]]}
    if name in contents:
        return contents[name][0]
    (text,) = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', page.decode(), re.DOTALL)
    return text


def data(page: bytes) -> dict[str, Any]:
    """Return what the script of a page reads."""
    read: dict[str, Any] = json.loads(part(page, "data"))
    return read


def sides(parts: list[Any]) -> tuple[str, str]:
    """Return a word before and after.

    >>> sides(["по", ["n", "п"], "с"])
    ('поnс', 'попс')
    """
    old, new = ("".join(part if isinstance(part, str) else part[side] for part in parts) for side in (0, 1))
    return old, new


def words(page: bytes) -> list[tuple[str, int, str, str, str, bool]]:
    """Return file, line, rule, word before, word after, and whether it is doubtful, of every word in the order of the page."""
    read = data(page)
    return [
        (read["files"][file][0], line, read["rules"][piece[0]][0], *sides(piece[2]), bool(piece[1]))
        for file, line, _, _, _, pieces in read["places"]
        for piece in pieces
        if not isinstance(piece, str)
    ]


def lines(page: bytes) -> list[str]:
    """Return the excerpts of a page as they stand in the files, with … where they are cut."""
    return [
        "…" * before + "".join(piece if isinstance(piece, str) else sides(piece[2])[0] for piece in pieces) + "…" * behind
        for _, _, _, before, behind, pieces in data(page)["places"]
    ]


def sha256(text: str) -> str:
    """Return the hash by which a policy names a script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
