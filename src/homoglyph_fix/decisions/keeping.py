"""The keep list of a config: words that no rule is asked about, and how such a list is written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache, partial
from itertools import count
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays.hashing import Hashes, keys_of_beginnings, random_numbers
from ..arrays.memory import memory_of
from ..arrays.ragged import Flags, Index, offsets, where
from ..letters.apostrophes import FALSE, TRUE, TURNED, among
from ..letters.properties import CASELESS, slots
from ..text.encodings import LINE_END, Points, decode, encode
from ..words.facts import Facts
from ..words.readings import spell_cyrillic, spell_latin
from ..words.tokens import Chosen, properties_of, tokenize

ANY_ENDING: Final = "*"  # behind an entry
COMMENT: Final = "#"
SIEVED: Final = 16  # bits of a key: of other words one in seventy passes a sieve of a thousand
RECORD: Final = np.dtype([("named", "?"), ("in_latin", "?")])
"""Whether a word is on the list as it is written, or as read in Cyrillic, whatever its line asks for; and whether as read in Latin."""
_lists: Final = count()
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


class _Spellings(NamedTuple):
    """Words as they are written or read, laid end to end."""

    row: Index  # of which word
    letters: Points
    size: Index  # how many letters each has
    loose: Flags  # which letters may be small ones or capitals: their place in the line says


class KeepList:
    """The entries of a list, found by the keys of their letters."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the entries."""
        self._salt = random_numbers(1, next(_lists))[0]
        self._entries: dict[int, list[Entry]] = {}
        self._sieves = np.zeros((2, 1 << SIEVED), bool)  # the first bits of the keys that whole words have, and beginnings
        some = list(entries)
        size = np.array([len(entry.letters) for entry in some])
        found = _keys(encode("".join(entry.letters for entry in some)), size)[size.cumsum() - 1]
        for entry, key in zip(some, found.tolist(), strict=True):
            self._entries.setdefault(key, []).append(entry)
            self._sieves[int(entry.has_ending), key >> 64 - SIEVED] = True

    def names(self, chosen: Chosen, facts: Facts) -> NDArray[np.void]:
        """Return which words are on the list, as `RECORD` has it; words that have been met before are remembered."""

        def learn(new: Index) -> NDArray[np.void]:
            return self._found_out(Chosen(chosen.words, chosen.index[new]), Facts(facts.records.take(new)))

        return memory_of("keep", RECORD).recall(np.maximum(chosen.keys ^ self._salt, np.uint64(1)), learn)

    def _found_out(self, chosen: Chosen, facts: Facts) -> NDArray[np.void]:
        """Return the same of words that are met for the first time."""
        found = np.zeros(len(chosen), RECORD)
        readings = [(np.arange(len(chosen)), _as_written)]
        for may, choices in ((facts.readable, facts.choice), (facts.twofold, facts.records["other_choice"])):
            readings.append((rows := where(may), partial(_in_cyrillic, choices[rows])))
        readings.append((latin := where(facts.latin_possible & (facts.cyrillic + facts.foreign_cyrillic > 0)), _in_latin))
        spellings = [spell(Chosen(chosen.words, chosen.index[rows]), rows) for rows, spell in readings if len(rows)]
        every = _Spellings(*map(np.concatenate, zip(*spellings, strict=True)))
        hits, of_latin = self._hits(every), len(every.row) - len(latin)
        found["named"][every.row[hits[hits < of_latin]]] = True
        found["in_latin"][every.row[hits[hits >= of_latin]]] = True
        return found

    def _hits(self, spellings: _Spellings) -> Index:
        """Return which spellings are on the list."""
        letters = np.where(among(_SIGNS, spellings.letters), np.uint32(ord("'")), spellings.letters)
        found = _keys(letters, spellings.size)
        last = spellings.size.cumsum() - 1
        sieved = (found >> np.uint64(64 - SIEVED)).astype(np.intp)
        may = self._sieves[1].take(sieved)
        may[last] |= self._sieves[0].take(sieved[last])
        hits = []
        for at in where(may).tolist():
            number = int(last.searchsorted(at))
            own = slice(int(last[number] + 1 - spellings.size[number]), int(last[number]) + 1)
            word, loose = decode(letters[own]), spellings.loose[own].tolist()
            if any(entry.is_in(word, loose) for entry in self._entries.get(int(found[at]), ())):
                hits.append(number)
        return np.array(hits, np.intp)


def _as_written(chosen: Chosen, rows: Index) -> _Spellings:
    return _Spellings(rows, chosen.glyph, chosen.size, np.zeros(len(chosen.glyph), bool))


def _in_cyrillic(choices: NDArray[np.int64], chosen: Chosen, rows: Index) -> _Spellings:
    return _Spellings(rows, spell_cyrillic(chosen, choices).letters, chosen.size, _caseless(chosen))


def _in_latin(chosen: Chosen, rows: Index) -> _Spellings:
    return _Spellings(rows, spell_latin(chosen).letters, chosen.size, _caseless(chosen))


def _caseless(chosen: Chosen) -> Flags:
    return (chosen.bits & np.uint32(CASELESS)) != 0


def _keys(letters: Points, size: Index) -> Hashes:
    """Return for each letter of some words, laid end to end, the key of its word up to it, capitals and small letters alike."""
    first = offsets(size)
    return keys_of_beginnings(slots(_small(letters)), np.arange(len(letters)) - first.repeat(size), first)


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
