"""The pinned inputs: found, checked against `sources.json`, read."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import subprocess
import tarfile
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

HERE: Final = Path(__file__).parent
PINNED: Final[dict[str, Any]] = json.loads((HERE / "sources.json").read_text("utf-8"))
_HUNSPELL: Final = "hunspell-uk"
_DEB: Final[str] = next(iter(PINNED[_HUNSPELL]["sha256"]))


class SourceError(Exception):
    """An input is missing, or is not the pinned one."""


def check(name: str, file: str, content: bytes) -> None:
    """Raise `SourceError` unless `content` is what `sources.json` promises for `file`.

    >>> try:
    ...     check("wordfreq", "large_uk.msgpack.gz", b"other")
    ... except SourceError as error:
    ...     print(error)
    large_uk.msgpack.gz is not the pinned one of wordfreq 3.1.1
    """
    if hashlib.sha256(content).hexdigest() != PINNED[name]["sha256"][file]:
        raise SourceError(f"{file} is not the pinned one of {name} {PINNED[name]['version']}")


def frequencies(language: str) -> dict[str, float]:
    """Read the largest frequency list that wordfreq has for a language; a frequency is a share of all words."""
    check_version("wordfreq")
    import wordfreq  # noqa: PLC0415  # installed only where the data is built

    file = f"large_{language}.msgpack.gz"
    check("wordfreq", file, (Path(wordfreq.__file__).parent / "data" / file).read_bytes())
    return dict(wordfreq.get_frequency_dict(language, "large"))


def check_version(name: str) -> None:
    """Raise `SourceError` unless the pinned version of a Python package is installed."""
    wanted = PINNED[name]["version"]
    try:
        installed = metadata.version(name)
    except metadata.PackageNotFoundError:
        installed = "none"
    if installed != wanted:
        raise SourceError(f"{name} {installed} is installed; run: pip install {name}=={wanted}")


def hunspell(package: Path | None) -> tuple[str, str]:
    """Read the affix file and the word list out of Debian's package, which is fetched if no path is given."""
    content = package.read_bytes() if package else _fetch(_DEB, f"{_HUNSPELL}={PINNED[_HUNSPELL]['version']}")
    check(_HUNSPELL, _DEB, content)
    folder = "./usr/share/hunspell/uk_UA"
    with tarfile.open(fileobj=io.BytesIO(_data_member(content))) as archive:
        affixes, words = (archive.extractfile(f"{folder}.{ending}") for ending in ("aff", "dic"))
        if affixes is None or words is None:
            raise SourceError(f"{_DEB} holds no dictionary")
        return affixes.read().decode("utf-8"), words.read().decode("utf-8")


def _fetch(file: str, package: str) -> bytes:
    """Fetch a package with apt."""
    with TemporaryDirectory() as folder:
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True)
        return (Path(folder) / file).read_bytes()


def _data_member(package: bytes) -> bytes:
    """Return the unpacked `data.tar` of a Debian package, which is an `ar` archive: 60 bytes of header, content, even length."""
    at = 8
    while at < len(package):
        name, size = package[at : at + 16].strip(b" /"), int(package[at + 48 : at + 58])
        if name == b"data.tar.xz":
            return lzma.decompress(package[at + 60 : at + 60 + size])
        at += 60 + size + size % 2
    raise SourceError("no data.tar.xz in the package")
