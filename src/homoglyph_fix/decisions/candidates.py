"""The words that a word without a line may be: a query, a key, a name in a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Costs, Flags, Index, where
from ..config import Config
from ..letters.apostrophes import wanted
from ..letters.language import is_acronym, is_proper
from ..letters.properties import FALSE_APOSTROPHE
from ..text.encodings import Points, decode, encode
from ..thresholds import SURE_ACRONYM
from ..words.apostrophes import find_apostrophes
from ..words.facts import Facts
from ..words.lookup import records_of
from ..words.readings import UNREADABLE, known_cyrillic, spell_cyrillic, spell_latin
from ..words.shields import find_shields
from ..words.tokens import Chosen, Words, properties_of, tokenize
from .spelling import Decisions, hang_on_their_place, rewrite

MOST: Final = 8  # candidates of a query, the word itself not counted
WIDTH: Final = 16  # beginnings of a query that are followed at once
LONGEST: Final = 16  # words of a query
FAR: Final = 8.0  # nats: a reading so much less likely than the likeliest is none
NEVER: Final = float(UNREADABLE)  # what a word costs that mixes scripts

Options = list[tuple[float, str]]
"""Spellings of a word, each with what it costs in nats."""


def candidates(word: str) -> tuple[str, ...]:
    """Return what a word may be that stands in no line, likeliest first, itself among them; of several words each may be another.

    A query for `HATO` finds both what is written in Cyrillic and what is not. Words of the list are candidates, and where it has none
    what is spelled like one; numbers, addresses and texts of more than 16 words are only themselves.

    Raises:
        TypeError: something that is no str was given.

    >>> candidates("HATO"), candidates("fаcebook"), candidates("top"), candidates("кіт")
    (('НАТО', 'HATO'), ('facebook', 'fаcebook'), ('top', 'тор'), ('кіт',))
    """
    if not isinstance(word, str):
        raise TypeError(f"candidates takes a str, not {type(word).__name__}")
    points = encode(f"\n{word}\n")
    bits = properties_of(points)
    shields = find_shields(points, bits)
    words = tokenize(points, find_apostrophes(points, bits, shields, Config().apostrophe), shields)
    if not 0 < len(words) <= LONGEST:
        return (word,)
    found: Options = [(0.0, "")]
    done = 1
    for number, options in enumerate(_options(words)):
        gap = decode(points[done : words.start[number]])
        longer = ((cost + more, before + gap + new) for cost, before in found for more, new in options)
        found = sorted(longer)[:WIDTH]
        done = int(words.end[number])
    rest = decode(points[done:-1])
    likely = list(dict.fromkeys(before + rest for cost, before in found if cost < found[0][0] + FAR))[:MOST]
    return tuple(likely if word in likely else [*likely, word])


def _options(words: Words) -> Iterator[Options]:
    """Yield for each word what it may be, itself among it."""
    everything = np.arange(len(words))
    facts = Facts(records_of(Chosen(words, everything)))
    plain = words.end - words.start == words.size  # no invisible character, no letter in two parts
    spelled: list[Options] = [[(_cost(facts, number) if plain[number] else NEVER, words.text(number))] for number in range(len(words))]
    for found in (_in_cyrillic(words, facts), _in_latin(words, facts)):
        for number, cost, new in found:
            spelled[number].append((cost, new))
    yield from spelled


def _cost(facts: Facts, number: int) -> float:
    """Return what a word costs as it stands; numbers and words of neither script cost nothing, for nothing is compared with them."""
    if facts.cyrillic[number] == facts.size[number]:
        return float(facts.as_cyrillic.total[number])
    if facts.latin[number] == facts.size[number]:
        return float(facts.as_latin.total[number])
    return NEVER if facts.cyrillic[number] + facts.foreign[number] else 0.0


def _in_cyrillic(words: Words, facts: Facts) -> Iterator[tuple[int, float, str]]:
    """Yield the readings that are words of the list; where there are none, the likeliest if it is likelier than a Latin word."""
    may = facts.readable & (facts.digits < facts.size)
    readable = where(may)
    if len(readable):
        row, choice, cost, entries = known_cyrillic(Chosen(words, readable))
        # Capitals are an acronym or a variable rather than a word in capitals (`KPI`, `R`).
        doubtful = (facts.latin == facts.size) & (facts.upper == facts.size)
        cost = cost + np.where(doubtful[readable[row]] & ~is_acronym(entries), SURE_ACRONYM, np.float32(0))
        yield from _written(words, _cyrillic(words, readable[row], choice, is_proper(entries)), cost)
    mixed = (facts.cyrillic > 0) & (facts.cyrillic < facts.size)
    rows = where(may & ~facts.as_cyrillic.known & (mixed | ((facts.cyrillic == 0) & (facts.gain > SURE_ACRONYM))))
    yield from _written(words, _cyrillic(words, rows, facts.choice[rows], facts.proper[rows]), facts.as_cyrillic.total[rows])


def _in_latin(words: Words, facts: Facts) -> Iterator[tuple[int, float, str]]:
    """Yield the words that are likelier when read as Latin; those that mix scripts also if the list has them."""
    mixed = (facts.cyrillic < facts.size) & facts.as_latin.known
    rows = where(facts.latinable & (facts.latin < facts.size) & (facts.digits < facts.size) & (mixed | (facts.gain < 0)))
    chosen = Chosen(words, rows)
    spelled = spell_latin(chosen)
    yield from _written(words, _decided(chosen, spelled.letters, spelled.kinds), facts.as_latin.total[rows])


def _cyrillic(words: Words, rows: Index, choice: NDArray[np.int64], proper: Flags) -> Decisions:
    """Spell words in Cyrillic, with true apostrophes."""
    chosen = Chosen(words, rows)
    spelled = spell_cyrillic(chosen, choice)
    spelled.letters[(chosen.bits & np.uint32(FALSE_APOSTROPHE)) != 0] = ord(wanted(Config().apostrophe))
    return _decided(chosen, spelled.letters, spelled.kinds, proper)


def _decided(chosen: Chosen, letters: Points, kinds: NDArray[np.uint8], proper: Flags | None = None) -> Decisions:
    nothing = np.zeros(len(chosen), np.uint8)
    names = nothing.astype(bool) if proper is None else proper
    found = Decisions(chosen, nothing, nothing, nothing.astype(np.float32), names, nothing.astype(bool), letters, kinds)
    return replace(found, exact=hang_on_their_place(found)) if len(chosen) else found  # a query begins no sentence


def _written(words: Words, decisions: Decisions, cost: Costs) -> Iterator[tuple[int, float, str]]:
    """Yield the words that come out otherwise than they stand: the number of each, what it costs, its letters."""
    rewritten = rewrite(words, decisions)
    for place, row in enumerate(rewritten.rows.tolist()):
        first = rewritten.first[place]
        yield int(decisions.word[row]), float(cost[row]), decode(rewritten.points[first : first + rewritten.size[place]])
