"""The compiled files in `_data/`: loaded from a folder or a zip archive, and checked.

Each time a file is loaded it must be there and as long as its head says. Whether every byte is as it was built is looked at only when
somebody asks, by `--version -v`: that takes longer than most commands.
"""

from __future__ import annotations

import io
import mmap
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError

DATA: Final = Path(__file__).parent.parent / "_data"
_HEAD: Final = 1 << 10  # bytes in which the head of a table ends


def load(name: str) -> NDArray[Any]:
    """Return a table, read-only; that of a folder is memory-mapped, so processes share it."""
    path = DATA / f"{name}.npy"
    content = _content(path)
    try:
        head = io.BytesIO(content[:_HEAD])
        np.lib.format.read_magic(head)
        shape, _, dtype = np.lib.format.read_array_header_1_0(head)
        return np.frombuffer(content, dtype, offset=head.tell()).reshape(shape)  # a file of another size does not fit
    except Exception as error:  # a head with one bit wrong makes NumPy raise whatever Python's own parser does
        raise DataError(str(path), "damaged") from error


def verify() -> int:
    """Compare every file with the manifest, and the manifest with itself; return the number of tables."""
    import hashlib  # noqa: PLC0415  # needed here only, as is json
    import json  # noqa: PLC0415

    path = DATA / "manifest.json"
    try:
        manifest = json.loads(bytes(_content(path)))
        own = manifest.pop("sha256")
        files: dict[str, str] = {name: told["sha256"] for name, told in manifest["files"].items()}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DataError(str(path), "damaged") from error
    if own != hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest():
        raise DataError(str(path), "damaged")
    for name, told in files.items():
        if told != hashlib.sha256(_content(DATA / name)).hexdigest():
            raise DataError(str(DATA / name), "damaged")
    return len(files)


def _content(path: Path) -> mmap.mmap | bytes:
    """Return the bytes of a file; where it cannot be mapped it is read as this module itself was, perhaps from a zip archive."""
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # ValueError: an empty file
        try:
            return cast("bytes", __loader__.get_data(str(path)))  # type: ignore[name-defined]  # every module has one
        except OSError as error:
            raise DataError(str(path), error.strerror or "not in the archive") from error
