"""Chunks of a text, runs without white space, that hold something suspicious; the known ones are answered before windows are cut.

What becomes of most damaged chunks is the same in every line. It is found out once, in a line of its own, and remembered by its
characters: whether the chunk stays, how it is spelled, or that it asks its line.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays.hashing import keys, random_numbers
from .arrays.memory import Keys, Records, memory_of
from .arrays.ragged import Flags, Index, Spans, offsets, ranges, where
from .config import Config
from .decisions.decide import foretell
from .decisions.policy import TO_CYRILLIC
from .decisions.spelling import Decisions, hang_on_their_place, rewrite
from .letters.apostrophes import FALSE, doubted
from .letters.properties import DIGIT, FALSE_APOSTROPHE, FOREIGN, INVISIBLE, MARK, OPENING, slots
from .screen import apostrophes_in, flagged
from .text.encodings import BLANK, LINE_END, UTF32, Points, Units, as_points, decode, encode
from .text.patches import lines_at
from .text.windows import cut_out, parts_of
from .thresholds import LONGEST
from .words.apostrophes import find_apostrophes
from .words.shields import marks_of, shields_at
from .words.tokens import Words, chunks_of, properties_of, tokenize

TOGETHER: Final = 1 << 13  # chunks whose keys are worked out at once: they stay in cache
CLOSE: Final = 12  # code units searched first: nine places in ten have the end of their chunk so near
LEARNT: Final = 1 << 13  # chunks found out about at once: all at once take 10 MB more, and no less time
REACH: Final = 2 * LONGEST + 1  # code units in which such a chunk ends: a letter takes two bytes of UTF-8
ASKS, STAYS, CHANGES = range(3)
RECORD: Final = np.dtype([("verdict", "u1"), ("new", "<u2", (LONGEST,))])
"""What becomes of a chunk in every line, and how it is spelled, with as many characters as before."""
_CODE: Final = np.isin(np.arange(0x80), [ord(mark) for mark in "<`"])  # tags and code reach over white space

CHANGEABLE: Final = FOREIGN | DIGIT | MARK | INVISIBLE  # a word that changes has one of these



class Fates(NamedTuple):
    """What becomes of some chunks, as columns."""

    asks: Flags
    changed: Index  # which chunks change
    new: Points  # what they become, one after the other
    size: Index  # code points of each of those, as many as it had


def chunks_at(units: Units, places: Index) -> Spans:
    """Return the chunks that some places lie in, given in order; an empty span stands for a place in a chunk that is too long."""
    # Two code units at most between two places are looked at one by one: that spares two searches in three.
    between = (units[places[:-1] + 1] <= BLANK) | (units[places[1:] - 1] <= BLANK)
    apart = np.ones(len(places), bool)
    apart[1:] = between | (np.diff(places) > 3)
    places = places[where(apart)]
    end = _blank(units, places, 1)
    # All places of a chunk have one end; of a long chunk some may have none, and count as chunks of their own.
    fresh = np.ones(len(places), bool)
    fresh[1:] = (end[1:] != end[:-1]) | (end[1:] < 0)
    places, end = places[where(fresh)], end[where(fresh)]
    start = _blank(units, places, -1) + 1
    known = (end >= 0) & (start >= 0) & (end - start < REACH)
    return Spans(np.where(known, start, places), np.where(known, end, places))


def _blank(units: Units, places: Index, way: int) -> Index:
    """Return the white space next to each place in a direction, or the end of the text; -2 where it is too far away."""
    found = np.full(len(places), -2)
    rest = np.arange(len(places))
    for reach in (CLOSE, REACH):
        at = places[rest, None] + way * np.arange(1, reach + 1)
        blank: Flags = units.take(at, mode="clip") <= BLANK
        if len(rest) and (at[0, -1] < 0 or at[-1, -1] >= len(units)):
            blank = blank | (at < 0) | (at >= len(units))
        ends = np.logical_or.reduce(blank, 1)
        done, left = where(ends), where(~ends)
        found[rest[done]] = places[rest[done]] + way * (blank[done].argmax(1) + 1)
        rest = rest[left]
    return found


def chunks_in(points: Points, signs: str = FALSE) -> Spans:
    """Return all chunks of a text that hold what prose is not made of; it must begin and end with white space.

    Those with a sign between letters are among them, if it is one of those that may become another apostrophe.
    """
    before, end = chunks_of(points)
    if not len(end):
        return Spans(before, end)
    odd = flagged(points)
    odd[apostrophes_in(points, signs)] = True
    flags = odd.cumsum(dtype=np.int32)  # half a nanosecond a character, `reduceat` two
    return Spans(before + 1, end).take(where(flags.take(end) != flags.take(before)))


def all_ask(chunks: Spans) -> Fates:
    """Return the fates of chunks of which nothing is to be found out."""
    return Fates(np.ones(len(chunks), bool), chunks.start[:0], np.zeros(0, np.uint32), chunks.start[:0])


def fates_of(points: Points, chunks: Spans, config: Config, *, doubts: bool = False) -> Fates:
    """Return what becomes of chunks of a text; where `doubts` are to be told, those that may be for review ask their line."""
    size = chunks.end - chunks.start
    short = where((size > 0) & (size <= LONGEST))
    known = chunks.take(short)

    def learn_some(new: Index) -> Records:
        parts = [cut_out(points, known.take(new[low : low + LEARNT])) for low in range(0, len(new), LEARNT)]
        return np.concatenate([learn(as_points(part, UTF32), config, doubts=doubts) for part in parts])

    records = memory_of("doubts" if doubts else "chunks", RECORD).recall(_keys(points, known, config), learn_some)
    asks = np.ones(len(chunks), bool)
    asks[short] = records["verdict"] == ASKS
    changed = where(records["verdict"] == CHANGES)
    size = size[short[changed]]
    spelled = records.take(changed)["new"]
    new = spelled[np.arange(LONGEST) < size[:, None]].astype(np.uint32)
    return Fates(asks, short[changed], new, size)


def _keys(points: Points, chunks: Spans, config: Config) -> Keys:
    """Return the key of each chunk, by its characters; chunks are remembered for each config apart."""
    found = [np.zeros(0, np.uint64)]
    for low in range(0, len(chunks), TOGETHER):
        start, end = chunks.start[low : low + TOGETHER], chunks.end[low : low + TOGETHER]
        size, first = end - start, offsets(end - start)
        at = ranges(start, size)
        found.append(keys(slots(points.take(at)), at - start.repeat(size), first))
    return np.maximum(np.concatenate(found) ^ _salt(config), np.uint64(1))


_configs: Final = count()


@lru_cache(maxsize=256)
def _salt(config: Config) -> np.uint64:
    return random_numbers(1, next(_configs))[0]


def learn(points: Points, config: Config, *, doubts: bool = False) -> Records:
    """Return what becomes of chunks, given as lines."""
    verdict, spelled = _decided(points, config, doubts)
    changed = where(verdict == CHANGES)
    parts = parts_of(points)
    size = parts.end - parts.start
    left = where((properties_of(spelled) & np.uint32(CHANGEABLE)) != 0)
    twice = np.intersect1d(lines_at(points, left), changed)
    if len(twice):
        # What a second look would change again asks its line: a letter and a mark that are one letter of ours only now.
        again, _ = _decided(as_points(cut_out(spelled, parts.take(twice)), UTF32), config, doubts)
        verdict[twice[where(again != STAYS)]] = ASKS
    records = np.zeros(len(size), RECORD)
    records["verdict"] = verdict
    new = np.zeros((len(size), LONGEST), np.uint16)
    new.ravel()[ranges(np.arange(len(size)) * LONGEST, size)] = spelled[ranges(parts.start, size)]
    records["new"] = new
    return records


def _decided(points: Points, config: Config, doubts: bool) -> tuple[NDArray[np.uint8], Points]:
    """Return the verdict on each chunk, given as lines, and the text with the words that are spelled otherwise in every line."""
    bits = properties_of(points)
    marks = marks_of(points, bits)
    shields = shields_at(points, marks)
    words = tokenize(points, find_apostrophes(points, bits, shields, config.apostrophe), shields)
    decisions, asks = foretell(words, config, doubts=doubts)
    rewritten = rewrite(words, decisions)
    # Words that become Cyrillic words of the same length can be put down at once; all others that change ask.
    word, size = decisions.word[rewritten.rows], rewritten.size
    some = where((decisions.action[rewritten.rows] == TO_CYRILLIC) & (size == words.end[word] - words.start[word]))
    fixed, size = word[some], size[some]
    spelled = points.copy()
    spelled[ranges(words.start[fixed], size)] = rewritten.points[ranges(rewritten.first[some], size)]
    asks[decisions.word] = True
    asks[fixed] = False
    asks[_hanging(words, decisions)] = True
    asks |= (words.inside & np.uint32(FALSE_APOSTROPHE)) != 0  # single quotes some chunks away may hold the sign
    verdict = np.full(np.count_nonzero(points == LINE_END) - 1, STAYS, np.uint8)
    verdict[words.line[fixed] - 1] = CHANGES
    verdict[words.line[where(asks)] - 1] = ASKS
    signs = apostrophes_in(points, doubted(config.apostrophe))
    marked = lines_at(points, np.append(marks, signs))  # where a repair may make a shield, undo one, or make a sign an apostrophe
    verdict[marked[where(verdict[marked] != STAYS)]] = ASKS
    verdict[lines_at(points, where(_reaching(points)))] = ASKS
    return verdict, spelled


def _hanging(words: Words, decisions: Decisions) -> Index:
    """Return the words that begin with a capital or not by what stands before their chunk: its first word, and one that is quoted."""
    word = decisions.word[where(hang_on_their_place(decisions))]
    inner = (words.line[word - 1] == words.line[word]) & (word > 0) & ((words.before[word] & np.uint32(OPENING)) == 0)
    return word[where(~inner)]


def _reaching(points: Points) -> Flags:
    """Tell which characters let the pattern of the shields look over white space: tags, code, and formats with no number before them."""
    found = _CODE.take(points, mode="clip") | (points > 0xFFFF)  # and what the record has no room for
    found[1:] |= (points[1:] == ord("%")) & (points[:-1] == LINE_END)
    return found


def spellings(chunks: list[str], config: Config) -> dict[str, str | None]:
    """Return how each chunk is spelled in every line, None where its line decides."""
    points = encode("\n".join(["", *chunks, ""]))
    fates = fates_of(points, parts_of(points), config)
    found = dict(zip(chunks, [None if asks else chunk for chunk, asks in zip(chunks, fates.asks.tolist(), strict=True)], strict=True))
    ends = fates.size.cumsum().tolist()
    letters = decode(fates.new)
    for number, start, end in zip(fates.changed.tolist(), [0, *ends], ends, strict=False):
        found[chunks[number]] = letters[start:end]
    return found
