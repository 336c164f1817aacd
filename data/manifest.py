"""What is in `_data/` and where it is from; `make tables` writes it anew after a change of the tables of characters."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from data import sources
from homoglyph_fix.letters.data_files import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH: Final = DATA / "manifest.json"


def describe(counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the manifest of the files as they are now; `counts` says how many words of each origin the word list holds.

    `sha256` is the hash of all the rest, so that a damaged manifest is told from a damaged file.
    """
    told = {
        "sources": sources.PINNED,
        "words": dict(counts),
        "files": {path.name: fingerprint(path.read_bytes()) for path in sorted(DATA.glob("*.npy"))},
    }
    return {**told, "sha256": fingerprint(json.dumps(told, sort_keys=True).encode())["sha256"]}


def fingerprint(content: bytes) -> dict[str, int | str]:
    """Return the size and the SHA-256 of a file.

    >>> fingerprint(b"")["bytes"], str(fingerprint(b"")["sha256"])[:8]
    (0, 'e3b0c442')
    """
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def read() -> dict[str, Any]:
    """Read the manifest."""
    return dict(json.loads(PATH.read_text("utf-8")))


def write(counts: Mapping[str, int]) -> None:
    """Write the manifest of the files as they are now."""
    PATH.write_text(json.dumps(describe(counts), indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    write(read()["words"])
