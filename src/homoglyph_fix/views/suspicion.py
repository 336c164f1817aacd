r"""How suspicious a text is: the share of its words that are damaged, doubtful, or written so that no program reads them.

Nobody strikes words through, spaces them out or puts emoji into them by mistake. Such words are not repaired, for nothing says what
they were before; they are counted. What people write is no such thing: flags, initials (`І. Б.`), abbreviations (`С.С.С.Р.`),
alphabets (`а б в г`), cries (`а-а-а-а`), an emoji before or behind a word, a stressed vowel.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

LETTER: Final = r"[^\W\d_]"
MARKS: Final = r"[\u0300-\u036f\u0483-\u0489\ufe0e\ufe0f]*"
OVERLAID: Final = r"\u0305\u0332-\u0338\u033f\u0488\u0489\u20d2\u20d3\u20d8-\u20da\u20dd-\u20e0\u20e2-\u20e5\u20ea\u20eb"
ENCLOSED: Final = r"\u249c-\u24e9\U0001f110-\U0001f12b\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
STYLED: Final = r"\U0001d400-\U0001d7cb\uff21-\uff3a\uff41-\uff5a"
FLAG: Final = r"\U0001f1e6-\U0001f1ff"
ROUND: Final = r"\u2715-\u2718\u274c\u274e\u2b55\u2795\u26aa\u26ab\u2b24\u25cb\u25cf"
PICTURES: Final = rf"(?:[{ROUND}]|[0-9]\ufe0f?\u20e3)"
SIGNS: Final = r"[.,*_|/+~=·•\-‐‑–—]"

_WORD: Final = re.compile(rf"(?:{LETTER}|[{ENCLOSED}{FLAG}])")
_ODD: Final = re.compile(rf"[{OVERLAID}{ENCLOSED}{STYLED}{FLAG}{ROUND}\u20e3\u0300-\u036f]")
_WRITTEN_OVER: Final = re.compile(
    rf"{LETTER}[\u0300-\u036f]*[{OVERLAID}]"  # struck through, underlined, encircled
    rf"|{LETTER}[\u0300-\u036f]{{3}}"  # heaps of marks
    rf"|[{ENCLOSED}]\ufe0f?[{ENCLOSED}]|{LETTER}\ufe0f?[{ENCLOSED}]|(?![ⓘⓂⓅⓇⒸⓒ🅿])[{ENCLOSED}](?!\ufe0f){LETTER}"
    rf"|{LETTER}\ufe0f?{PICTURES}\ufe0f?{LETTER}"
    rf"|[а-яіїєґА-ЯІЇЄҐ][{STYLED}]|[{STYLED}][а-яіїєґА-ЯІЇЄҐ]"
    rf"|(?<![{FLAG}])[{FLAG}](?:[{FLAG}]{{2}})*(?![{FLAG}])"  # two are a flag
)
_SPACED: Final = re.compile(rf"(?<!\S){LETTER}{MARKS}(?:[ \u00a0\u2000-\u200a\u202f]{{1,3}}{LETTER}{MARKS}){{3,}}(?!\S)")
_PARTED: Final = re.compile(rf"(?<!{LETTER}){LETTER}{MARKS}({SIGNS}){LETTER}{MARKS}(?:\1{LETTER}{MARKS}){{2,}}(?!{LETTER})")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")


def suspicion(text: str, touched: Iterable[tuple[int, int]]) -> float:
    """Return the share of words, from 0 to 1, that are among the spans which were touched or doubted, or are written in such a way.

    Words are parted by white space and hold a letter, or were touched. Letters with a space or a few between them are one word.

    >>> suspicion("Oт і все", [(0, 2)]), suspicion("с̶л̶о̶в̶о̶ за словом", []), suspicion("к у п и т и зараз", []), suspicion("", [])
    (0.3333333333333333, 0.3333333333333333, 0.5, 0.0)
    """
    spans = sorted(touched)
    starts = [start for start, _ in spans]
    words = strange = 0
    odd = _ODD.search(text) is not None
    for start, end, spaced in _words(text):
        last = bisect_left(starts, end) - 1
        found = last >= 0 and spans[last][1] > start
        if found or spaced or _WORD.search(text, start, end):
            words += 1
            strange += found or spaced or (odd and _WRITTEN_OVER.search(text, start, end) is not None) or _is_parted(text, start, end)
    return strange / words if words else 0.0


def _words(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the place of each word, and whether it is spaced out; such a word is yielded once."""
    done = 0
    for run in _SPACED.finditer(text):
        if _is_spelled_out(run[0]):
            yield from ((*word.span(), False) for word in _CHUNK.finditer(text, done, run.start()))
            yield (*run.span(), True)
            done = run.end()
    yield from ((*word.span(), False) for word in _CHUNK.finditer(text, done))


_CHUNK: Final = re.compile(r"\S+")


def _is_parted(text: str, start: int, end: int) -> bool:
    """Tell whether the letters of a word are parted by signs: `к.у.п.и.т.и`, but not `С.С.С.Р.`."""
    if end - start < 7:
        return False
    found = _PARTED.search(text, start, end)
    return found is not None and not found[0].isupper() and _is_spelled_out(found[0])


def _is_spelled_out(run: str) -> bool:
    """Tell whether letters one by one are a word rather than an alphabet, a cry or variables."""
    letters = [character.lower() for character in run if character.isalpha()]
    return letters != sorted(letters) and len(set(letters)) > 2 and _CYRILLIC.search(run) is not None
