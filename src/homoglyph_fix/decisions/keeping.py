"""The keep list of a config: words that no rule is asked about, and how such a list is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np

from ..arrays.hashing import Hashes, keys
from ..arrays.ragged import Flags, Index, offsets, ranges, where
from ..letters.apostrophes import FALSE, TRUE, TURNED, among
from ..letters.properties import CASELESS, slots
from ..text.encodings import LINE_END, Points, decode, encode
from ..words.facts import Facts
from ..words.readings import spell_cyrillic, spell_latin
from ..words.tokens import Chosen, properties_of, tokenize

ANY_ENDING: Final = "*"  # behind an entry
COMMENT: Final = "#"
_SIGNS: Final = TRUE + FALSE + TURNED  # all of them are one apostrophe
_PLAIN: Final = dict.fromkeys(map(ord, _SIGNS.replace(ANY_ENDING, "")), "'")


def keep_words(text: str) -> frozenset[str]:
    r"""Return the words of a keep list, for `Config(keep=...)`: one a line, `*` at its end for any ending, `#` before a comment.

    Raises:
        ValueError: a line is not one word; the message says which.

    >>> sorted(keep_words("# names\nHATO  # Latin H, A, T, O\n\nXbox*\n"))
    ['HATO', 'Xbox*']
    >>> keep_words("HATO\nIT-компанія\n")
    Traceback (most recent call last):
    ValueError: line 2: 'IT-компанія' is not one word; white space, hyphens and the like part words
    """
    found: dict[str, int] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if entry := line.partition(COMMENT)[0].strip():
            found.setdefault(entry, number)
    for entry, letters in zip(found, _letters_of(found), strict=True):
        if not letters:
            raise ValueError(f"line {found[entry]}: {_refused(entry)}")
    return frozenset(found)


@lru_cache(maxsize=16)  # a list of a thousand words takes 5 ms to make
def keep_list(words: frozenset[str]) -> KeepList | None:
    """Return the list of these words, None if there are none.

    Raises:
        ValueError: an entry is not one word.

    >>> keep_list(frozenset({"HATO", "на то"}))
    Traceback (most recent call last):
    ValueError: keep: 'на то' is not one word; white space, hyphens and the like part words
    """
    found = []
    entries = sorted(words)
    for entry, letters in zip(entries, _letters_of(entries), strict=True):
        if not letters:
            raise ValueError(f"keep: {_refused(entry)}")
        found.append(Entry(letters, entry.endswith(ANY_ENDING)))
    return KeepList(found) if found else None


class Entry(NamedTuple):
    """A word of a list: its letters, with `'` for an apostrophe, and whether any ending may follow."""

    letters: str
    has_ending: bool

    def is_in(self, word: str, loose: list[bool]) -> bool:
        """Tell whether a word is the entry: a small letter of it stands for a capital too, and for a `loose` letter either does."""
        if len(word) != len(self.letters) and not (self.has_ending and len(word) > len(self.letters)):
            return False
        return all(
            own in (letter, letter.lower()) or (free and own.lower() == letter.lower())
            for own, letter, free in zip(self.letters, word, loose, strict=False)
        )


class KeepList:
    """The entries of a list, found by the keys of their letters."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the entries."""
        some = list(entries)
        size = np.array([len(entry.letters) for entry in some])
        found = _keys(_small(encode("".join(entry.letters for entry in some))), offsets(size), size)
        has_ending = np.array([entry.has_ending for entry in some])
        self._whole = np.sort(found[~has_ending])
        self._beginnings = {length: np.sort(found[has_ending & (size == length)]) for length in np.unique(size[has_ending]).tolist()}
        self._by_key: dict[int, list[Entry]] = {}
        for entry, key in zip(some, found.tolist(), strict=True):
            self._by_key.setdefault(key, []).append(entry)

    def names(self, chosen: Chosen, facts: Facts) -> Flags:
        """Tell which words are on the list as they are written, or as they are read in Cyrillic, whatever reading their line asks for."""
        found = self._hold(chosen, chosen.glyph, np.zeros(len(chosen.glyph), bool))
        for may, choices in ((facts.readable, facts.choice), (facts.twofold, facts.records["other_choice"])):
            rows = where(may & ~found)
            if len(rows):
                some = Chosen(chosen.words, chosen.index[rows])
                found[rows] = self._hold(some, spell_cyrillic(some, choices[rows]).letters, _caseless(some))
        return found

    def names_in_latin(self, chosen: Chosen) -> Flags:
        """Tell which words are on the list as they are read in Latin."""
        return self._hold(chosen, spell_latin(chosen).letters, _caseless(chosen))

    def _hold(self, chosen: Chosen, letters: Points, loose: Flags) -> Flags:
        """Tell which words are on the list in a spelling."""
        letters = np.where(among(_SIGNS, letters), np.uint32(ord("'")), letters)
        found = np.zeros(len(chosen), bool)
        for row, key in self._candidates(_small(letters), chosen):
            own = slice(chosen.first[row], chosen.first[row] + chosen.size[row])
            word, free = decode(letters[own]), loose[own].tolist()
            found[row] |= any(entry.is_in(word, free) for entry in self._by_key[key])
        return found

    def _candidates(self, letters: Points, chosen: Chosen) -> Iterator[tuple[int, int]]:
        """Yield words that may be on the list, but for capitals, with the key of the entry."""
        if len(self._whole):
            yield from _both(np.arange(len(chosen)), _keys(letters, chosen.first, chosen.size), self._whole)
        for size, beginnings in self._beginnings.items():
            rows = where(chosen.size >= size)
            yield from _both(rows, _keys(letters, chosen.first[rows], np.full(len(rows), size)), beginnings)


def _caseless(chosen: Chosen) -> Flags:
    """Tell which letters may be read as a capital or as a small letter, which their place says."""
    return (chosen.bits & np.uint32(CASELESS)) != 0


def _both(rows: Index, found: Hashes, wanted: Hashes) -> Iterator[tuple[int, int]]:
    """Yield the rows of which the key is one of those wanted, given in order, with that key."""
    hits = where(wanted.take(wanted.searchsorted(found), mode="clip") == found)
    yield from zip(rows[hits].tolist(), found[hits].tolist(), strict=True)


def _keys(letters: Points, first: Index, size: Index) -> Hashes:
    """Return a number for each run of letters."""
    if not len(size):
        return np.zeros(0, np.uint64)
    place = ranges(np.zeros(len(size), np.intp), size)
    return keys(slots(letters[ranges(first, size)]), place, offsets(size))


def _letters_of(entries: Iterable[str]) -> list[str]:
    """Return the letters of each entry as they stand in words of a text; "" where it is not one word.

    >>> _letters_of(["п’ять", "сло\u00adво*", "на то", "*", "a*b"])
    ["п'ять", 'слово', '', '', '']
    """
    stems = [entry.removesuffix(ANY_ENDING) for entry in entries]
    plain = [stem.translate(_PLAIN) if min(stem, default="") > " " else "" for stem in stems]
    points = encode("\n" + "".join(f"{stem}\n" for stem in plain))
    words = tokenize(points, properties_of(points))
    ends = where(points == LINE_END)
    found = [""] * len(stems)
    for word in where((words.start == ends[words.line - 1] + 1) & (words.end == ends[words.line])).tolist():
        found[words.line[word] - 1] = decode(words.glyph[words.first[word] : words.last[word]])
    return found


def _refused(entry: str) -> str:
    return f"{entry!r} is not one word; white space, hyphens and the like part words"


def _small(letters: Points) -> Points:
    """Return the small letters of all."""
    return np.where(letters < len(_lower()), _lower().take(letters, mode="clip"), letters)


@cache
def _lower() -> Points:
    lower = (chr(point).lower() for point in range(0x10000))
    return np.array([ord(small) if len(small) == 1 else point for point, small in enumerate(lower)], np.uint32)
