"""How well a program restores words, and what good words it spoils."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from benchmarks.damage import DAMAGES, IDENTICAL, letters
from benchmarks.kinds import LEGITIMATE

CLEAN: Final = "clean sentences"


class Pair(NamedTuple):
    """A text as found, and as it should be."""

    dirty: str
    clean: str


class Score(NamedTuple):
    """Words that were damaged and are right now, of how many; words that were right and are not any more, of how many."""

    restored: int = 0
    damaged: int = 0
    spoiled: int = 0
    good: int = 0

    def __add__(self, other: object) -> Score:
        """Add up the words of two scores."""
        if not isinstance(other, Score):
            return NotImplemented
        return Score(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def share(self) -> float:
        """Restored words in per cent of the damaged ones."""
        return 100 * self.restored / self.damaged

    @property
    def harm(self) -> float:
        """Spoiled words in 10,000 good ones."""
        return 10_000 * self.spoiled / max(1, self.good)


def score(pairs: Iterable[Pair], repair: Callable[[str], str]) -> Score:
    """Score a program over a set.

    >>> score([Pair("Oт i все", "От і все")], lambda text: text.replace("i", "і"))
    Score(restored=1, damaged=2, spoiled=0, good=1)
    """
    return sum((_score_words(pair, repair(pair.dirty)) for pair in pairs), Score())


def labelled(folder: Path) -> dict[str, list[Pair]]:
    """Read every set of a folder: JSON lines with "dirty" and "clean"."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.jsonl"))}


def made(sentences: list[str], count: int) -> dict[str, list[Pair]]:
    """Damage clean sentences in every way; the first set is ten times as many sentences left clean."""
    pool = sentences[:]
    Random("accuracy").shuffle(pool)
    sets = {CLEAN: [Pair(sentence, sentence) for sentence in pool[: 10 * count]]}
    for name, damage in DAMAGES.items():
        rng = Random(name)
        sets[name] = [Pair(damage(sentence, rng), sentence) for sentence in pool[:count]]
    rng = Random("names")
    named = [with_name(sentence, rng) for sentence in pool[:count]]
    sets["Latin names in clean sentences"] = [Pair(sentence, sentence) for sentence in named]
    sets["Latin names, 30 % of identical letters"] = [Pair(letters(sentence, rng, 0.3, IDENTICAL), sentence) for sentence in named]
    return sets


def with_name(sentence: str, rng: Random) -> str:
    """Put a Latin name, or a mix that is right as it stands, between two words of a sentence.

    >>> len(with_name("Одне речення.", Random(1)).split())
    3
    """
    parts = sentence.split()
    parts.insert(rng.randint(1, len(parts) - 1), rng.choice(LEGITIMATE))
    return " ".join(parts)


def _read(path: Path) -> list[Pair]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Pair(row["dirty"], row["clean"]) for row in rows]


def _score_words(pair: Pair, result: str) -> Score:
    """Compare word by word; where words were joined or split, count which of the right words are still to be found."""
    dirty, clean, got = pair.dirty.split(), pair.clean.split(), result.split()
    if len(dirty) != len(clean):  # a space belongs to the repair: the text is one word
        return Score(int(result == pair.clean), 1)
    if len(got) != len(clean):
        left = Counter(got)
        got = [word if (left.subtract([word]), left[word])[1] >= 0 else "" for word in clean]
    changed = [right == word for old, word, right in zip(dirty, clean, got, strict=True) if old != word]
    kept = [right == word for old, word, right in zip(dirty, clean, got, strict=True) if old == word]
    return Score(sum(changed), len(changed), len(kept) - sum(kept), len(kept))
