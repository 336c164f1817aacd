"""The way of a text: screen, verdicts, windows, decisions, patches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import accumulate
from typing import Any, Final, overload

import numpy as np

from .analysis import Analysis, Edit
from .arrays.ragged import Index, Spans, any_of, where
from .config import Config
from .decisions.decide import decide, kept
from .decisions.keeping import keep_list
from .decisions.policy import KEEP, KEEPERS, REVIEW, RULES, WRONG_ENCODING, check_names
from .decisions.spelling import Decisions, Rewritten, put_words, rewrite
from .letters.apostrophes import doubted
from .screen import look_through, suspects
from .short_texts import may_change, respelled
from .text.columns import Repairs, repairs_of
from .text.encodings import LESS, LINE_END, QUOTE, UTF8, UTF32, Points, Source, Text, Units, as_points, decode, encode, source_of
from .text.given import as_column, refused
from .text.many import compared, joinable, put_into
from .text.marks import REASON, each_line, has_sign, holds, kept_lines, restored
from .text.patches import (
    NOTHING,
    Changes,
    Patches,
    changes,
    in_order,
    lines_at,
    patched,
    patches,
    put,
    put_lines,
    take_lines,
    together,
    whole_patch,
)
from .text.windows import cut_out, in_batches, markup_in, parts_of, whole_lines, windows_around
from .verdicts import Fates, all_ask, chunks_at, chunks_in, fates_of, spellings
from .words.apostrophes import find_apostrophes
from .words.shields import find_shields, kinds_of_shields
from .words.tokens import Words, properties_of, tokenize

# A repaired word lets its neighbours be decided: a list of years is repaired from its Cyrillic end on, one a pass, so 64 in a line.
# Other text has not needed a third pass.
PASSES: Final = 64
SMALL: Final = 600  # code units: in a shorter text every chunk asks its line, which costs less than to find out which of them must
ANALYZED: Final = 1 << 18  # code points of texts that are analysed at once: their words and windows take 100 MB
FAMILIAR: Final = 2000  # code points: longest text to try the dictionary on; in longer ones every third has a chunk that asks its line


class Normalizer:
    """Restore the letters of Ukrainian text, as a `Config` allows.

    A normalizer has no state beside its config: it can be pickled, and shared between threads. What is remembered of words belongs to
    the thread, and changes no result.

    >>> Normalizer().normalize("Oт і все!")
    'От і все!'
    """

    def __init__(self, config: Config | None = None) -> None:
        """Take a config; without one, the defaults.

        Raises:
            ValueError: the config names a rule that there is not, or keeps what is not one word.
        """
        self.config = config or Config()
        check_names(self.config)
        keep_list(self.config.keep)
        self._mends_encoding = self.config.mojibake and self.config.allows(WRONG_ENCODING.name)
        self._signs = doubted(self.config.apostrophe)

    def normalize(self, text: str) -> str:
        """Return a text with its letters restored; clean text comes back as the same object.

        Raises:
            TypeError: something that is no str was given.

        >>> Normalizer().normalize("Це добре.")
        'Це добре.'
        """
        if not isinstance(text, str):
            raise refused(text, "normalize")
        new = self._normalize(text)
        return new if new is text or not has_sign(text) else restored(text, new)

    def _normalize(self, text: str) -> str:
        """Return a text with its letters restored, marks or no marks."""
        if self._mends_encoding:
            text = _unmangle(text)
        if not may_change(text, self._signs):
            return text
        known = respelled(text, self.config, spellings) if len(text) < FAMILIAR else None
        return self._repair(text) if known is None else known

    def normalize_utf8(self, data: bytes) -> bytes:
        r"""Return UTF-8 text with its letters restored; clean text comes back as the same object.

        Bytes that are no UTF-8 are kept as they are.

        Raises:
            TypeError: something that is no bytes was given.

        >>> Normalizer().normalize_utf8("Oт і все!\n".encode()).decode()
        'От і все!\n'
        """
        if not isinstance(data, bytes):
            raise TypeError(f"normalize_utf8 takes bytes, not {type(data).__name__}; for a str there is normalize")
        plain = data
        if self._mends_encoding:
            plain = _unmangle(data.decode(*UTF8[:2])).encode(*UTF8[:2])
            plain = data if plain == data else plain
        new = plain if plain.isascii() else self._repair(plain)
        return new if new is data or not has_sign(data) else restored(data, new)

    @overload
    def normalize_many(self, texts: Iterable[str]) -> list[str]: ...
    @overload
    def normalize_many(self, texts: Iterable[str | None]) -> list[str | None]: ...
    def normalize_many(self, texts: Iterable[str | None]) -> list[Any]:
        """Return the texts with their letters restored, in order; clean texts stay the same objects, missing ones stay as they are.

        Missing are None, NaN and pandas.NA.

        Raises:
            TypeError: one text was given instead of many, a table instead of a column, or something that is neither a text nor missing.

        >>> Normalizer().normalize_many(["Oт", None, "і все"])
        ['От', None, 'і все']
        """
        result, places = as_column(texts, "normalize_many")
        there = result if len(places) == len(result) else [result[place] for place in places]
        sizes = np.fromiter(map(len, there), np.intp, len(there))
        for low, high in joinable(sizes):
            for place, new in self._changed(there[low:high], sizes[low:high]):
                text = there[low + place]
                result[places[low + place]] = restored(text, new) if has_sign(text) else new
        return result

    def repairs(self, joined: bytes, ends: Index) -> Repairs | None:
        r"""Return which bytes of which text change, of texts in UTF-8 that are joined by line ends; None where nothing does.

        `ends[i]` is where text i ends in `joined`, in bytes. Texts may be empty and hold line ends of their own. What comes out is what
        `normalize_utf8` makes of each text by itself. For columns of data; `homoglyph_fix.integrations.arrow` stands on it.

        >>> found = Normalizer().repairs("Oт\nвсе\nмoва".encode(), np.array([3, 10, 18]))
        >>> found.text.tolist(), [new.decode() for new in found.new]
        ([0, 2], ['От', 'мова'])
        """
        if self.config.mojibake:
            text = joined.decode(*UTF8[:2])
            found = repairs_of(joined, ends, whole_patch(joined, self._normalize(text).encode(*UTF8[:2])))
        else:
            found = None if joined.isascii() else repairs_of(joined, ends, self._patches(source_of(joined)))
        return found.without_kept_lines(joined, ends) if found is not None and has_sign(joined) else found

    def _changed(self, texts: list[str], sizes: Index) -> Iterable[tuple[int, str]]:
        """Return the number and the new form of each text that changes: all are repaired as the lines of one."""
        whole = "\n".join(texts)
        if self._mends_encoding:
            return compared(texts, whole, self._normalize(whole))
        return put_into(texts, sizes, self._patches(source_of(whole))) if may_change(whole, self._signs) else ()

    def analyze(self, text: str) -> Analysis:
        """Return a text with every edit, its reason and its score, and with what a human should look at.

        Raises:
            TypeError: something that is no str was given.

        >>> [(edit.old, edit.new, edit.reason) for edit in Normalizer().analyze("Oт і все!").edits]
        [('Oт', 'От', 'known word')]
        """
        if not isinstance(text, str):
            raise refused(text, "analyze")
        return self._analyses([text])[0]

    @overload
    def analyze_many(self, texts: Iterable[str]) -> list[Analysis]: ...
    @overload
    def analyze_many(self, texts: Iterable[str | None]) -> list[Analysis | None]: ...
    def analyze_many(self, texts: Iterable[str | None]) -> list[Any]:
        """Return the analysis of each text, in order, as `analyze` has it; missing ones stay as they are.

        All are looked through as the lines of one text, which takes a fraction of the time.

        Raises:
            TypeError: as `normalize_many` does.

        >>> [analysis and analysis.text for analysis in Normalizer().analyze_many(["Oт", None, "і все"])]
        ['От', None, 'і все']
        """
        column, places = as_column(texts, "analyze_many")
        result: list[Any] = [Analysis(text, ()) if isinstance(text, str) else text for text in column]
        there = [column[place] for place in places]
        for low, high in joinable(np.fromiter(map(len, there), np.intp, len(there)), ANALYZED):
            for place, analysis in zip(places[low:high], self._analyses(there[low:high]), strict=True):
                result[place] = analysis
        return result

    def _analyses(self, texts: list[str]) -> list[Analysis]:
        """Return the analyses of some texts; a text is looked at again as long as something changes in it."""
        found = [self._decoded(text) for text in texts]
        left: Sequence[int] = range(len(texts))
        for _ in range(PASSES):
            told = self._explain_many([found[place].text for place in left])
            for number, (edits, reviews) in told.items():
                found[left[number]] = found[left[number]].then(edits, reviews)
            left = [left[number] for number, (edits, _) in told.items() if edits]
            if not left:
                break
        return found

    def _decoded(self, text: str) -> Analysis:
        """Return the analysis with which a text begins."""
        if self._mends_encoding and (plain := restored(text, _unmangle(text))) != text:
            return Analysis(text, (Edit(0, len(text), text, plain, WRONG_ENCODING.reason, 0.0, WRONG_ENCODING.name),))
        return Analysis(text, ())

    def _explain_many(self, texts: list[str]) -> dict[int, tuple[list[Edit], list[Edit]]]:
        """Return what one pass changes and doubts in each text of which there is something to say, by its number."""
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        told: dict[int, tuple[list[Edit], list[Edit]]] = {}
        for edit, applied in self._explain("\n".join(texts)):
            number = bisect_right(starts, edit.start) - 1
            edits, reviews = told.setdefault(number, ([], []))
            moved = replace(edit, start=edit.start - starts[number], end=edit.end - starts[number])
            (edits if applied else reviews).append(moved)
        for number, some in told.items():
            if has_sign(texts[number]):
                lines = kept_lines(texts[number])[0]
                for each in some:
                    each[:] = [edit for edit in each if not holds(lines, edit.start)]
        return told

    def kept(self, text: str) -> list[Edit]:
        """Return what has something foreign and stays, with the rule that keeps each word, or the shield that hides it from all rules.

        Each is an edit that changes nothing; a shield is of the rule `"shield"`, and its reason says of what kind it is. A line that a mark
        keeps is one of these edits, of the rule `"mark"`. Offsets are those of the text as given. What is for review is not among them.

        >>> [(edit.old, edit.rule, edit.reason) for edit in Normalizer().kept("Це https://пoле і Google.")]
        [('https://пoле', 'shield', 'address'), ('Google', 'no-cyrillic-word', 'nothing that is a Cyrillic word')]
        """
        analysis = self.analyze(text)
        points = encode(f"\n{analysis.text}\n")
        words, _, _ = self._decide(points)
        index, rules = kept(words, self.config)
        found = [(start, end, "shield", kind) for start, end, kind in kinds_of_shields(points, properties_of(points))]
        for word, number in zip(index.tolist(), rules.tolist(), strict=True):
            rule = KEEPERS[number]
            why = rule.reason if rule.action == KEEP else f"{rule.reason}, a rule that is ignored"
            found.append((int(words.start[word]), int(words.end[word]), rule.name, why))
        if has_sign(analysis.text):
            lines = kept_lines(analysis.text)[0]
            found = [some for some in found if not holds(lines, some[0] - 1)]
            found += [(start + 1, end + 1, "mark", REASON) for start, end in each_line(analysis.text, lines)]
        stays = []
        for first, last, name, reason in sorted(found):
            start, end = analysis.to_original(first - 1), analysis.to_original(last - 1)
            stays.append(Edit(start, end, text[start:end], analysis.text[first - 1 : last - 1], reason, 0.0, name))
        return [edit for edit in stays if edit.old == edit.new]

    def _repair(self, text: Text) -> Text:
        source = source_of(text)
        found = self._patches(source)
        del source  # held while a text of 4 MB is put together, its code units cost 3 ms of page faults
        return patched(text, found)

    def _patches(self, source: Source) -> Patches:
        """Return what changes in a text: in crowded lines, of which most words are suspicious, and around the places elsewhere."""
        small = len(source.units) < SMALL
        seen = look_through(source.units, source.text, self._signs, every_place=small)
        crowded = whole_lines(source, seen.crowded)
        found = [self._in_crowded_lines(source, lines) for lines in crowded.one_by_one()]
        places = seen.suspects[where(~crowded.hold(seen.suspects))]
        if len(places):
            chunks = chunks_at(source.units, places)
            if small:
                fates = all_ask(chunks)
            else:
                points = as_points(cut_out(source.units, chunks), source.encoding)
                fates = fates_of(points, parts_of(points), self.config)
            found.append(patches(self._changes(source, chunks, fates, seen.markup), source.encoding))
        return in_order(found)

    def _in_crowded_lines(self, source: Source, lines: Spans) -> Patches:
        """Return what becomes of lines, worked on in code points: that is faster where nearly every chunk is suspicious."""
        points = as_points(cut_out(source.units, lines), source.encoding)
        chunks = chunks_in(points, self._signs)
        markup = where((points == LESS) | (points == QUOTE))
        found = self._changes(Source("", points, UTF32), chunks, fates_of(points, chunks, self.config), markup)
        if not len(found.size):
            return NOTHING
        new = put(points, found)[1:-1]
        return patches(Changes(lines, new, np.array([len(new)])), source.encoding)

    def _changes(self, source: Source, chunks: Spans, fates: Fates, markup: Index) -> Changes:
        """Return what changes in a text: chunks that are spelled otherwise in every line, and the windows around those that ask theirs."""
        code = markup_in(source.units, markup)
        asks = fates.asks | code.touch(chunks) if len(code) else fates.asks
        windows = windows_around(source.units, chunks.take(where(asks)), code)
        spelled = Changes(chunks.take(fates.changed), fates.new, fates.size)
        found = [spelled.take(where(~windows.hold(spelled.spans.start)))]
        for some in in_batches(windows):
            old = as_points(cut_out(source.units, some), source.encoding)
            new = self._settle(old)
            if new is not old:
                found.append(changes(some, old, new))
        return together(found)

    def _settle(self, points: Points, passes: int = PASSES) -> Points:
        """Repair lines, and again what has changed, until nothing changes: what comes out is what would come out again."""
        words, decisions, rewritten = self._decide(points)
        applied = decisions.action[rewritten.rows] != REVIEW
        if not any_of(applied):
            return points
        changed = np.unique(words.line[decisions.word[rewritten.rows[applied]]] - 1)
        points = put_words(points, words, decisions, rewritten, applied)
        some = take_lines(points, changed)
        left = np.unique(lines_at(some, suspects(some, self._signs)))
        if passes > 1 and len(left):
            points = put_lines(points, changed[left], self._settle(take_lines(some, left), passes - 1))
        return points

    def _decide(self, points: Points) -> tuple[Words, Decisions, Rewritten]:
        bits = properties_of(points)
        shields = find_shields(points, bits)
        words = tokenize(points, find_apostrophes(points, bits, shields, self.config.apostrophe), shields)
        decisions = decide(words, self.config)
        return words, decisions, rewrite(words, decisions)

    def _windows_to_tell(self, units: Units, chunks: Spans, code: Spans) -> Spans:
        """Return the windows around the chunks that may change or be doubtful: in a long text few of the suspicious ones."""
        if len(units) >= SMALL:
            points = as_points(cut_out(units, chunks), UTF32)
            fates = fates_of(points, parts_of(points), self.config, doubts=True)
            told = fates.asks | code.touch(chunks) if len(code) else fates.asks
            told[fates.changed] = True
            chunks = chunks.take(where(told))
        return windows_around(units, chunks, code)

    def _explain(self, text: str) -> Iterator[tuple[Edit, bool]]:
        """Yield every edit of one pass, and whether it is applied."""
        units = encode(text)
        seen = look_through(units, text, self._signs, every_place=True)
        windows = self._windows_to_tell(units, chunks_at(units, seen.suspects), markup_in(units, seen.markup))
        for some in in_batches(windows):
            points = cut_out(units, some)
            words, decisions, rewritten = self._decide(as_points(points, UTF32))
            begins = where(points == LINE_END) + 1
            for number, row in enumerate(rewritten.rows.tolist()):
                word = int(decisions.word[row])
                window = int(words.line[word]) - 1
                start = int(words.start[word] - begins[window] + some.start[window])
                end = start + int(words.end[word] - words.start[word])
                new = decode(rewritten.points[rewritten.first[number] : rewritten.first[number] + rewritten.size[number]])
                rule = RULES[decisions.rule[row]]
                edit = Edit(start, end, text[start:end], new, rule.reason, float(decisions.score[row]), rule.name)
                yield edit, bool(decisions.action[row] != REVIEW)


def _unmangle(text: str) -> str:
    ftfy = import_module("ftfy")  # only here: most users never ask for it, and it takes 30 ms to import
    return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))


_default: Final = Normalizer()


def normalize(text: str) -> str:
    """Return a text with its letters restored; clean text comes back as the same object.

    Raises:
        TypeError: something that is no str was given.

    >>> normalize("Пpoпoнyємo poбoтy")
    'Пропонуємо роботу'
    """
    return _default.normalize(text)


@overload
def normalize_many(texts: Iterable[str]) -> list[str]: ...
@overload
def normalize_many(texts: Iterable[str | None]) -> list[str | None]: ...
def normalize_many(texts: Iterable[str | None]) -> list[Any]:
    """Return the texts with their letters restored, in order; clean texts stay the same objects, missing ones stay as they are.

    Missing are None, NaN and pandas.NA. One call for many texts is far faster than a call for each.

    Raises:
        TypeError: one text was given instead of many, a table instead of a column, or something that is neither a text nor missing.

    >>> normalize_many(["Пpoпoнyємo", "роботу", None])
    ['Пропонуємо', 'роботу', None]
    """
    return _default.normalize_many(texts)


def analyze(text: str) -> Analysis:
    """Return a text with every edit, its reason and its score, and with what a human should look at.

    Raises:
        TypeError: something that is no str was given.

    >>> analyze("Пpoпoнyємo").text
    'Пропонуємо'
    """
    return _default.analyze(text)


@overload
def analyze_many(texts: Iterable[str]) -> list[Analysis]: ...
@overload
def analyze_many(texts: Iterable[str | None]) -> list[Analysis | None]: ...
def analyze_many(texts: Iterable[str | None]) -> list[Any]:
    """Return the analysis of each text, in order, as `analyze` has it; missing ones stay as they are.

    One call for many texts is far faster than a call for each.

    Raises:
        TypeError: as `normalize_many` does.

    >>> [analysis.suspicion for analysis in analyze_many(["Oт і все", "Це добре."])]
    [0.3333333333333333, 0.0]
    """
    return _default.analyze_many(texts)
