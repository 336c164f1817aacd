r"""Commands with what they must answer, as text files that can be read and written by hand.

A file in `cli_goldens/` begins with remarks, names the arguments, and goes on in sections:

    # Findings are listed on standard output.
    args: --check a.txt
    env: NO_COLOR=1

    === file a.txt
    Oт і все!
    === stdout
    a.txt:1:1: Oт -> От ([..])
    === stderr
    homoglyph-fix: 1 word to repair in 1 of 1 file
    === exit 1
    === after a.txt
    Oт і все!

Before the command there are `stdin`, `file NAME` and `link NAME` (its text is the target); afterwards `stdout`, `stderr`,
`exit`, and `after NAME` for files as they must then be. What is not named is empty, and the exit 0; `gone NAME` must not
exist. Every file that is neither in `after` nor `gone` must be as before, and no other file may appear.

A NAME may be followed by `as` and what its text goes through: an encoding, `gz`, `bz2`, `xz` or `zst`, `docx`, `odt` or `epub` with a
paragraph for each line, `cut` for its last bytes. What is compressed is compared decompressed, and documents by their text.

`[..]` in an expected text stands for anything within a line. `\r`, `\xff`, `\u00ad` and so on are escapes; a `\` at
the end of a line joins it with the next, so at the end of a section it takes the final line end away.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import shlex
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from document_files import MAIN, of_lines, to_lines

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMS: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "gz": (gzip.compress, gzip.decompress),
    "bz2": (bz2.compress, bz2.decompress),
    "xz": (lzma.compress, lzma.decompress),
    "zst": (partial(zstd.compress, options={zstd.CompressionParameter.checksum_flag: 1}), zstd.decompress),  # as the program zstd does it
}
"""How data is compressed and decompressed, by the ending of a name."""

_FORMS = FORMS | {kind: (partial(of_lines, kind), partial(to_lines, kind)) for kind in MAIN}
# These, and how documents are made and read.

_SECTION = re.compile(r"^=== (\w+) ?(.*)\n", re.MULTILINE)
_ESCAPE = re.compile(r"\\(\n|r|t|0|\\|x[0-9a-f]{2}|u[0-9a-f]{4})")


@dataclass
class Golden:
    """One command, what it finds and what it must answer."""

    args: list[str]
    stdin: bytes = b""
    stdout: bytes = b""
    stderr: bytes = b""
    exit: int = 0
    env: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def prepare(self, folder: Path) -> None:
        """Write the files."""
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        for name, target in self.links.items():
            (folder / name).symlink_to(target)

    def expected_files(self) -> dict[str, bytes]:
        """Return the files that there must be afterwards."""
        files = self.files | self.after
        return {name: decompressed(name, data) for name, data in files.items() if name not in self.gone}


def load(path: Path) -> Golden:
    """Read a golden."""
    head, *rest = _SECTION.split(path.read_bytes().decode())
    args = re.search(r"^args:(.*)$", head, re.MULTILINE)
    assert args, f"{path.name} names no arguments"
    golden = Golden([unescape(arg).decode() for arg in shlex.split(args[1])])
    if env := re.search(r"^env:(.*)$", head, re.MULTILINE):
        golden.env = dict(setting.split("=") for setting in env[1].split())
    for kind, heading, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        name, _, forms = f" {heading}".partition(" as ")
        _fill(golden, kind, name.strip(), formed(unescape(text), forms))
    return golden


def formed(data: bytes, forms: str) -> bytes:
    """Put UTF-8 through the forms that are named.

    >>> formed("їжак".encode(), "cp1251 gz cut")[:2].hex()
    '1f8b'
    """
    for form in forms.split():
        if form == "cut":
            data = data[:-5]
        elif form in _FORMS:
            data = _FORMS[form][0](data)
        else:
            data = data.decode().encode(form)
    return data


def decompressed(name: str, data: bytes) -> bytes:
    """Return what is in a file that is compressed by its ending; the data themselves if they cannot be decompressed."""
    form = _FORMS.get(name.rpartition(".")[2].lower())
    try:
        return form[1](data) if form else data
    except Exception:  # each has its own
        return data


def _fill(golden: Golden, kind: str, name: str, data: bytes) -> None:
    """Take one section."""
    if kind in ("stdin", "stdout", "stderr"):
        setattr(golden, kind, data)
    elif kind == "exit":
        golden.exit = int(name)
    elif kind == "file":
        golden.files[name] = data
    elif kind == "link":
        golden.links[name] = data.decode().strip()
    elif kind == "after":
        golden.after[name] = data
    elif kind == "gone":
        golden.gone.add(name)
    else:
        raise ValueError(f"no such section: {kind}")


def unescape(text: str) -> bytes:
    r"""Return the bytes that a text with escapes stands for.

    >>> unescape("a\\xff\\r\n\\u00ad\\\n")
    b'a\xff\r\n\xc2\xad'
    """
    return b"".join(_piece(piece, bool(at % 2)) for at, piece in enumerate(_ESCAPE.split(text)))


def _piece(text: str, is_escape: bool) -> bytes:
    """Return the bytes of a piece of plain text, or of an escape without its backslash."""
    if not is_escape:
        return text.encode()
    if text[0] == "x":
        return bytes.fromhex(text[1:])
    if text[0] == "u":
        return chr(int(text[1:], 16)).encode()
    return {"\n": b"", "r": b"\r", "t": b"\t", "0": b"\0", "\\": b"\\"}[text]


def matches(expected: bytes, found: bytes) -> bool:
    r"""Compare; `[..]` stands for anything within a line.

    >>> matches(b"a ([..])\n", b"a (why)\n"), matches(b"a ([..])\n", b"a (why)\n(b)\n")
    (True, False)
    """
    return re.fullmatch(re.escape(expected).replace(re.escape(b"[..]"), rb"[^\n]*"), found) is not None
