"""Clean Ukrainian text to measure on: a file, or lines made of the project's own test cases."""

from __future__ import annotations

import lzma
import random
import re
import sys
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
EVALUATION: Final = ROOT.parent / "shared" / "eval" / "data"
"""Labelled sets and a long text, where a checkout has them beside it; measured on, never copied."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_PLAIN = re.compile(r"""[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ,.!?…:;«»"'’()—–-]+""", re.IGNORECASE)
_UKRAINIAN = re.compile("[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя]", re.IGNORECASE)


class Corpus(NamedTuple):
    """A text and what to call it in a report."""

    name: str
    text: str


def load(path: Path | None, quick: bool = False) -> Corpus:
    """Read a text; without a path the evaluation text, and where there is none, made text.

    A quick text is the first tenth of a megabyte or so.
    """
    path = path or EVALUATION / "bruk-half.txt.xz"
    if path.exists():
        raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        corpus = Corpus(path.name, raw.decode("utf-8"))
    else:
        corpus = Corpus("made of the test cases", made_of_cases(1_900_000))
    return corpus._replace(text=start_of(corpus.text, 80_000)) if quick else corpus


def start_of(text: str, length: int) -> str:
    r"""Return the beginning of a text, cut at a line end where there is one, else at a space.

    >>> start_of("один\nдва три\n", 8)
    'один\n'
    """
    if length >= len(text):
        return text
    cut = text.rfind("\n", 0, length) + 1 or text.rfind(" ", 0, length) + 1
    return text[: cut or length]


def sentences(text: str) -> list[str]:
    """Return the distinct sentences of a text that are Ukrainian and of middling length.

    >>> sentences("Коротко. " + "Довге речення українською мовою, без жодної помилки.")
    ['Довге речення українською мовою, без жодної помилки.']
    """
    found = dict.fromkeys(part.strip() for line in text.split("\n") for part in _SENTENCE_END.split(line))
    return [part for part in found if 40 <= len(part) <= 300 and len(_UKRAINIAN.findall(part)) > len(part) * 0.6]


def made_of_cases(length: int) -> str:
    """Make a text of about so many code points out of the plainest clean sides of the test cases, in seeded disorder.

    The hard ones would make it a text that nobody has: Latin words, numbers and other alphabets are in the kinds of text.
    """
    sys.path.append(str(ROOT / "tests"))
    from case_files import read_cases  # noqa: PLC0415  # the tests are no package: only now on the path

    clean = [case.after for case in read_cases() if _PLAIN.fullmatch(case.after)]
    rng = random.Random("made of cases")
    lines: list[str] = []
    while length > 0:
        lines.append(" ".join(rng.choices(clean, k=rng.randint(1, 12))))
        length -= len(lines[-1]) + 1
    return "\n".join([*lines, ""])
