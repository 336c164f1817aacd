"""A slow, plain twin of the screen, the windows and the splice: what they do with arrays over a whole text, done line by line.

It shares the decisions with the package (`tokenize`, `find_shields`, `decide`, `rewrite`) and nothing else: a line is looked at whole,
character by character, and rewritten with string slices. Whatever the bulk path gives must be what comes out here.
"""

from functools import cache
from itertools import groupby
from typing import NamedTuple

from homoglyph_fix import Config
from homoglyph_fix.arrays.ragged import offsets
from homoglyph_fix.decisions.decide import decide
from homoglyph_fix.decisions.policy import REVIEW
from homoglyph_fix.decisions.spelling import rewrite
from homoglyph_fix.letters.apostrophes import doubted
from homoglyph_fix.letters.properties import (
    APOSTROPHE,
    DIGIT,
    FOREIGN,
    FOREIGN_CYRILLIC,
    INVISIBLE,
    LATIN,
    LETTER,
    MARK,
    NATIVE,
    STRONG_FOREIGN,
)
from homoglyph_fix.normalizer import PASSES
from homoglyph_fix.text.encodings import decode, encode
from homoglyph_fix.words.apostrophes import find_apostrophes
from homoglyph_fix.words.shields import find_shields
from homoglyph_fix.words.tokens import properties_of, tokenize

IN_WORD = LETTER | DIGIT | MARK | INVISIBLE | APOSTROPHE


class Change(NamedTuple):
    """One word spelled anew: its place in the line, in code points, and what is to stand there."""

    start: int
    end: int
    new: str


def twin_normalize(text: str, config: Config | None = None) -> str:
    """Return a text with its letters restored.

    >>> twin_normalize("Oт і все!")
    'От і все!'
    """
    lines = text.split("\n")
    kept = kept_lines(lines)
    return "\n".join(line if stays else twin_line(line, config or Config()) for line, stays in zip(lines, kept, strict=True))


def kept_lines(lines: list[str]) -> list[bool]:
    """Tell which lines marks keep.

    >>> kept_lines(["a", "b homoglyph-fix: off", "c", "homoglyph-fix: on", "homoglyph-fix: ignore-next", "d", "e"])
    [False, True, True, True, False, True, False]
    """
    found = []
    is_off = is_next = False
    for line in lines:
        words = marks_in(line)
        found.append(is_off or is_next or any(word != "ignore-next" for word in words))
        is_next = "ignore-next" in words
        switches = [word for word in words if word in ("off", "on")]
        is_off = switches[-1] == "off" if switches else is_off
    return found


def marks_in(line: str) -> list[str]:
    r"""Return the words of the marks in a line.

    >>> marks_in("homoglyph-fix: off, homoglyph-fix:\tignore-->"), marks_in("homoglyph-fix: offer"), marks_in("my-homoglyph-fix: on")
    (['off', 'ignore'], [], [])
    """
    found = []
    before, *parts = line.split("homoglyph-fix:")
    for part in parts:
        behind = part.lstrip(" \t")
        word = next((word for word in ("ignore-next", "ignore", "off", "on") if behind.startswith(word)), "")
        if word and not _joins(before[::-1]) and not _joins(behind[len(word) :]):
            found.append(word)
        before = f"{before}homoglyph-fix:{part}"
    return found


def _joins(beside: str) -> bool:
    """Tell whether a Latin letter, a digit or an underscore is next, or a hyphen and then one."""
    near = beside[1:2] if beside.startswith("-") else beside[:1]
    return near.isascii() and (near.isalnum() or near == "_")


def twin_line(line: str, config: Config) -> str:
    r"""Return a line with its letters restored; a `\r` behind it belongs to its line end."""
    return _repaired(line[:-1], config) + "\r" if line.endswith("\r") else _repaired(line, config)


def _repaired(line: str, config: Config) -> str:
    for _ in range(PASSES):
        changes = twin_changes(line, config) if suspicious_words(line) or suspicious_signs(line, config) else []
        if not changes:
            break
        for change in reversed(changes):
            line = line[: change.start] + change.new + line[change.end :]
    return line


def twin_changes(line: str, config: Config) -> list[Change]:
    """Return the words of one whole line that are to be spelled anew, in order.

    >>> twin_changes("Це мaма", Config())
    [Change(start=3, end=7, new='мама')]
    """
    points = encode("\n" + line + "\n")
    bits = properties_of(points)
    shields = find_shields(points, bits)
    words = tokenize(points, find_apostrophes(points, bits, shields, config.apostrophe), shields)
    decisions = decide(words, config)
    rewritten = rewrite(words, decisions)
    changes = []
    for row, first, size in zip(rewritten.rows, offsets(rewritten.size), rewritten.size, strict=True):
        word = decisions.word[row]
        if decisions.action[row] != REVIEW:
            new = decode(rewritten.points[first : first + size])
            changes.append(Change(int(words.start[word]) - 1, int(words.end[word]) - 1, new))
    return changes


def suspicious_words(line: str) -> list[tuple[int, int]]:
    """Return where the words stand that a decision may change: all others are Cyrillic, plainly foreign or numbers.

    >>> suspicious_words("Це мaма, 3 нею He Rudolf; 15 м")
    [(3, 7), (9, 10), (15, 17)]
    """
    found, start = [], 0
    for in_word, run in groupby(line, key=lambda char: bool(bits_of(char) & IN_WORD)):
        chars = list(run)
        if in_word and is_suspicious(chars):
            found.append((start, start + len(chars)))
        start += len(chars)
    return found


def suspicious_signs(line: str, config: Config) -> list[int]:
    """Return where a sign that may become another apostrophe stands between letters, Cyrillic or Latin ones.

    >>> suspicious_signs('об"єкт "і" п`ять', Config())
    [2, 12]
    """
    spots = range(1, len(line) - 1)
    return [spot for spot in spots if line[spot] in doubted(config.apostrophe) and _is_letter(line[spot + 1]) and _opens(line[spot - 1])]


def _is_letter(char: str) -> bool:
    return bool(bits_of(char) & (NATIVE | LATIN))


def _opens(char: str) -> bool:
    return _is_letter(char) or char == "\\"


def is_suspicious(chars: list[str]) -> bool:
    """Tell whether a word may hold letters that only look right."""
    inside = 0
    for char in chars:
        inside |= bits_of(char)
    visible = [char for char in chars if not bits_of(char) & (MARK | INVISIBLE | APOSTROPHE)]
    if visible in (["3"], ["6"]):
        return True  # a preposition or a particle typed as a digit
    if inside & NATIVE:
        return bool(inside & (FOREIGN | DIGIT | INVISIBLE | MARK))
    if inside & FOREIGN_CYRILLIC and inside & LATIN:
        return True
    return bool(inside & FOREIGN) and not inside & STRONG_FOREIGN


@cache
def bits_of(char: str) -> int:
    """Return the properties of one character."""
    return int(properties_of(encode(char))[0])
