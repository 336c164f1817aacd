"""Decide every word of a text: the vote, the readings, the language and the line, through the rules of `policy`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from ..arrays.ragged import Flags, Index, any_of, ranges, where
from ..config import Config
from ..letters.apostrophes import wanted
from ..letters.properties import (
    CYRILLIC,
    DIGIT,
    DIGIT_LETTER,
    FALSE_APOSTROPHE,
    FOREIGN,
    FOREIGN_CYRILLIC,
    HOST,
    HYPHEN,
    INVISIBLE,
    LATIN,
    MARK,
    NATIVE,
    OTHER,
    SHIELD,
    STRONG_FOREIGN,
)
from ..text.encodings import BLANK, Points
from ..thresholds import NEAR
from ..words.context import AnyLine, AnyPlace, Context, Evidence, among
from ..words.facts import NO_WORD, Facts
from ..words.features import Features
from ..words.lookup import records_of
from ..words.readings import spell_cyrillic, spell_latin
from ..words.tokens import Chosen, Words
from . import policy
from .keeping import keep_list
from .policy import ASK, IN_WORD, KEEP, LAST_RULE, NO_WORD_RULE, ON_LIST, REVIEW, STANDALONE, TO_CYRILLIC, TO_LATIN, actions, first_to_hold
from .spelling import Decisions

_NOBODY: Final = np.zeros(0, np.intp)
SURE = np.float32(99.0)  # the score of a word that cannot be Latin, and of all that score higher


class Foretold(NamedTuple):
    """What the words of chunks become in every line."""

    decisions: Decisions  # about those that change
    asks: Flags  # which words their line decides


class _Ruled(NamedTuple):
    """Words with the number of the rule that decided each, and what it does."""

    word: Index
    rule: NDArray[np.uint8]
    action: NDArray[np.uint8]
    facts: Facts


def decide(words: Words, config: Config) -> Decisions:
    """Return what is to be done to the words of a text, each in its line."""
    mixed, alone = (_rows(*some) for some in _ruled(words, config))
    return _in_order(words, config, mixed, alone)


def kept(words: Words, config: Config) -> tuple[Index, Index]:
    """Return the words with something foreign that stay, each with the number of what keeps it in `policy.KEEPERS`."""
    asked = _ruled(words, config)
    other = where((words.inside & np.uint32(FOREIGN)) != 0)  # Latin words that no rule is asked of: there is no Cyrillic one near
    for index in (_mixed(words), _alone(words)):
        other = np.union1d(other, index[_on_list(Chosen(words, index), config)])
    other = np.setdiff1d(other, np.concatenate([some.word for some in asked]))
    strange = (words.inside[other] & np.uint32(NATIVE | STRONG_FOREIGN | OTHER)) != 0
    why = np.where(strange, NO_WORD_RULE, LAST_RULE)
    why[_on_list(Chosen(words, other), config)] = ON_LIST
    stays = [some.action == KEEP for some in asked]
    index = np.concatenate([*(some.word[there] for some, there in zip(asked, stays, strict=True)), other])
    rule = np.concatenate([*(some.rule[there] for some, there in zip(asked, stays, strict=True)), why])
    order = np.argsort(index, kind="stable")
    return index[order], rule[order].astype(np.intp)


def _ruled(words: Words, config: Config) -> tuple[_Ruled, _Ruled]:
    """Decide the words that mix scripts, then those without a Cyrillic letter, which hear of damage that is repaired."""
    groups = _mixed(words), _alone(words) if config.standalone else _NOBODY
    (mixed, known), (alone, of_alone) = ((index, in_their_line(words, index, facts)) for index, facts in _asked(words, groups, config))
    before = _evidence(words, mixed, known)
    rule = first_to_hold(IN_WORD, Features(known, Context(words, mixed, before)))
    action = actions(config)[rule]
    found = _Ruled(mixed, rule, action, known)
    if not len(alone):
        return found, _Ruled(alone, rule[:0], action[:0], of_alone)
    repaired = np.zeros(len(words), bool)
    repaired[mixed] = action == TO_CYRILLIC
    evidence = before._replace(repaired=repaired, damaged=repaired & _hurt(words))
    rule = first_to_hold(STANDALONE, Features(of_alone, Context(words, alone, evidence))) + np.uint8(len(IN_WORD))
    return found, _Ruled(alone, rule, actions(config)[rule], of_alone)


def foretell(words: Words, config: Config, *, doubts: bool = False) -> Foretold:
    """Return what is to be done to the words of chunks, each of them given as a line, in whatever line they stand.

    Where `doubts` are to be told, a word that may be for review asks its line.
    """
    asks = np.zeros(len(words), bool)
    groups = _mixed(words), _without_native(words) if config.standalone else _NOBODY
    found: list[_Rows] = []
    known = actions(config)
    both = (IN_WORD, known[: len(IN_WORD)]), (STANDALONE, known[len(IN_WORD) :])
    for (index, facts), (rules, done) in zip(_asked(words, groups, config), both, strict=True):
        anywhere = cast("Context", AnyLine(words, index))  # which has every column that a `Context` has
        action = policy.foretell(rules, done, Features(facts, anywhere), doubts=doubts)
        action[facts.twofold] = ASK
        asks[index] = action == ASK
        found.append(_rows(index, action, action, facts))
    return Foretold(_in_order(words, config, *found), asks)


def _asked(words: Words, groups: tuple[Index, Index], config: Config) -> Iterator[tuple[Index, Facts]]:
    """Yield groups of words without those that the config keeps, and what is known of them, which is asked for at once."""
    chosen = Chosen(words, np.concatenate(groups))
    records = records_of(chosen)
    cut = len(groups[0])
    if config.keep and any_of(named := _on_list(chosen, config, records)):
        rows = where(~named)
        chosen, records, cut = Chosen(words, chosen.index[rows]), records.take(rows), int(rows.searchsorted(cut))
    yield chosen.index[:cut], Facts(records[:cut])
    yield chosen.index[cut:], Facts(records[cut:])


def _on_list(chosen: Chosen, config: Config, records: NDArray[np.void] | None = None) -> Flags:
    """Tell which words the config keeps: those on its list as they are written, or as they may be spelled in some line."""
    keep = keep_list(config.keep)
    if keep is None or not len(chosen):
        return np.zeros(len(chosen), bool)
    facts = Facts(records_of(chosen) if records is None else records)
    known = keep.names(chosen, facts)
    found: Flags = known["named"].copy()
    rows = where(known["in_latin"] & ~found)
    if len(rows):
        anywhere = cast("Context", AnyPlace(chosen.words, chosen.index[rows]))
        found[rows] = policy.may_be_latin(Features(Facts(facts.records.take(rows)), anywhere), config)
    return found


def in_their_line(words: Words, index: Index, facts: Facts) -> Facts:
    """Give the words that have two Cyrillic readings the one that their line asks for: only here a line has a say in what a word may be."""
    rows = where(facts.twofold)
    if not len(rows):
        return facts
    nothing = np.zeros(len(words), bool)
    here = Context(words, index[rows], Evidence(nothing, nothing, nothing, nothing))
    numbered = here.number_before & (here.before == HYPHEN)
    other = where(np.where(facts.ordinal[rows], numbered | here.cut, here.russian))
    return facts.with_other(rows[other]) if len(other) else facts


class _Rows(NamedTuple):
    """Words that change or are for review, in any order."""

    word: Index
    rule: NDArray[np.uint8]
    action: NDArray[np.uint8]
    choice: NDArray[np.int64]
    proper: Flags
    exact: Flags
    score: NDArray[np.float32]


def _rows(index: Index, rule: NDArray[np.uint8], action: NDArray[np.uint8], facts: Facts) -> _Rows:
    """Return the words of which something is to be done."""
    some = where((action != KEEP) & (action != ASK))
    score = np.minimum(np.abs(facts.gain[some]), SURE)
    return _Rows(index[some], rule[some], action[some], facts.choice[some], facts.proper[some], facts.unit[some], score)


def _hurt(words: Words) -> Flags:
    return (words.inside & np.uint32(FOREIGN | DIGIT)) != 0


def _evidence(words: Words, index: Index, facts: Facts) -> Evidence:
    """Return what is known of all words before those that mix scripts are decided."""
    likely, damaged = np.zeros((2, len(words)), bool)
    # To its neighbours a word with a strong Cyrillic letter counts as repaired before it is.
    likely[index] = facts.strong > 0
    # Only a word that can be repaired is proof of damage: the screen passes over others (`слово9`, `љубав`).
    # A number or a sign beside a word (`Сервер1`, `ΔПС`) is no damage either.
    palochka = facts.palochka & ~facts.as_cyrillic.known
    lettered = (facts.digits > 0) & (facts.foreign == 0) & (facts.cyrillic == 1)  # `3а клас`
    beside = (facts.rest < NO_WORD) & (((facts.digits > 0) & (facts.foreign == 0)) | ((facts.greek == 1) & (facts.upper > 1)))
    damaged[index] = likely[index] & facts.readable & ~(beside | lettered | facts.indexed | palochka) & _hurt(words)[index]
    strange, alien = ((words.inside & np.uint32(kind)) != 0 for kind in (OTHER, FOREIGN_CYRILLIC))
    alien[index] |= palochka
    return Evidence(likely, damaged, strange, alien)


def _mixed(words: Words) -> Index:
    """Return the words with a Cyrillic letter and anything that a Cyrillic word does not have."""
    inside = words.inside
    touched = (inside & np.uint32(FOREIGN | DIGIT | INVISIBLE | HOST | FALSE_APOSTROPHE)) != 0
    marked = where((inside & np.uint32(MARK)) != 0)
    if len(marked):
        chosen = Chosen(words, marked)
        touched[marked] |= np.logical_or.reduceat(chosen.glyph != words.points[words.at[chosen.letters]], chosen.first)
    native = (inside & np.uint32(CYRILLIC)) != 0
    native |= (inside & np.uint32(FOREIGN_CYRILLIC | LATIN)) == (FOREIGN_CYRILLIC | LATIN)
    return where(native & touched)


def _alone(words: Words) -> Index:
    """Return the words without a Cyrillic letter that stand among Cyrillic ones and may be meant as Cyrillic."""
    found = _without_native(words)
    if not len(found):
        return found
    found = found[words.near_native(found, NEAR)]
    return found[among((words.inside & np.uint32(CYRILLIC)) != 0, words, found)]


def _without_native(words: Words) -> Index:
    """Return the words without a Cyrillic letter that may be meant as Cyrillic, wherever they stand."""
    inside = words.inside
    digit = (words.size == 1) & ((inside & np.uint32(DIGIT_LETTER)) != 0) & (words.points[words.start - 1] <= BLANK)
    foreign = ((inside & np.uint32(FOREIGN)) != 0) & ((inside & np.uint32(NATIVE | STRONG_FOREIGN | OTHER)) == 0)
    return where(digit | foreign)


def _in_order(words: Words, config: Config, mixed: _Rows, alone: _Rows) -> Decisions:
    """Return the decisions in the order of the text."""
    found = _merged(mixed, alone) if len(mixed.word) and len(alone.word) else mixed if len(mixed.word) else alone
    latin = found.action == TO_LATIN
    chosen = Chosen(words, found.word)
    letters, kinds = _spelled(chosen, found.choice, latin)
    false = (chosen.bits & np.uint32(FALSE_APOSTROPHE)) != 0
    if any_of(false):
        proposed = ((chosen.bits & np.uint32(SHIELD)) == 0) | (found.action == REVIEW).repeat(chosen.size)
        letters[where(false & proposed & ~latin.repeat(chosen.size))] = ord(wanted(config.apostrophe))
    return Decisions(chosen, found.action, found.rule, found.score, found.proper & ~latin, found.exact, letters, kinds)


def _merged(some: _Rows, others: _Rows) -> _Rows:
    order = np.argsort(np.concatenate([some.word, others.word]), kind="stable")
    pairs: Iterable[tuple[NDArray[Any], NDArray[Any]]] = zip(some, others, strict=True)
    return _Rows(*(np.concatenate(pair)[order] for pair in pairs))


def _spelled(chosen: Chosen, choice: NDArray[np.int64], latin: Flags) -> tuple[Points, NDArray[np.uint8]]:
    spelled = spell_cyrillic(chosen, choice)
    some = where(latin)
    if len(some):
        changed = spell_latin(Chosen(chosen.words, chosen.index[some]))
        at = ranges(chosen.first[some], chosen.size[some])
        spelled.letters[at], spelled.kinds[at] = changed.letters, changed.kinds
    return spelled.letters, spelled.kinds
