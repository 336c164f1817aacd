"""The way of a text: screen, tokenize, decide, apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Final

import numpy as np

from .config import Config
from .context import Lines
from .decide import Decisions, decide
from .edits import Analysis, Edit
from .lists import compared, put_into, together
from .parts import Part, apart, batches, end_to_end, in_groups, part_of
from .pieces import answers, pieces_at, pieces_in
from .policy import REVIEW, RULES
from .rewrite import Rewritten, rewrite
from .screen import LESS, QUOTE, look_through, suspects
from .segments import Index, Spans, any_of, offsets, where
from .shields import find_shields
from .short import SEARCHED, may_change, mixes, respelled
from .splice import (
    NOTHING,
    Changes,
    Patches,
    apply,
    changes,
    in_order,
    lines_at,
    lines_of,
    patched,
    patches,
    put,
    put_lines,
    take_lines,
)
from .tokens import NEWLINE_POINT, Points, Words, decode, encode, properties_of, tokenize
from .units import UTF8, UTF32, Source, Text, as_points, as_text, framed, source_of
from .windows import cut_out, in_batches, markup_of, parts_of, whole_lines, windows_around

# A repaired word lets its neighbours be decided: a list of years is repaired from its Cyrillic end on, one a pass, so 64 in a line.
# Other text has not needed a third pass.
PASSES: Final = 64
SMALL: Final = 600  # code units: shorter texts are worked on whole
FAMILIAR: Final = 2000  # code points: of longer texts every third has a piece that its line decides, and all was for nothing


class Normalizer:
    """Restore the letters of Ukrainian text, as a `Config` allows.

    A normalizer has no state beside its config: it can be pickled, and shared between threads. What is remembered of words belongs to
    the thread, and changes no result.

    >>> Normalizer().normalize("Oт і все!")
    'От і все!'
    """

    def __init__(self, config: Config | None = None) -> None:
        """Take a config; without one, the defaults."""
        self.config = config or Config()

    def normalize(self, text: str) -> str:
        """Return a text with its letters restored; clean text comes back as the same object.

        >>> Normalizer().normalize("Це добре.")
        'Це добре.'
        """
        if self.config.mojibake:
            text = _unmangle(text)
        if not may_change(text):
            return text
        known = respelled(text, self.config) if len(text) < FAMILIAR else None
        return self._repair(text) if known is None else known

    def normalize_utf8(self, data: bytes) -> bytes:
        r"""Return UTF-8 text with its letters restored; clean text comes back as the same object.

        Bytes that are no UTF-8 are kept as they are.

        >>> Normalizer().normalize_utf8("Oт і все!\n".encode()).decode()
        'От і все!\n'
        """
        if self.config.mojibake:
            text = data.decode(*UTF8[:2])
            data = data if (plain := _unmangle(text)) == text else plain.encode(*UTF8[:2])
        return data if data.isascii() else self._repair(data)

    def normalize_many(self, texts: Iterable[str | None]) -> list[str | None]:
        """Return the texts with their letters restored, in order; None stays None, clean texts stay the same objects.

        Raises:
            TypeError: one text was given instead of many, or something that is no text.

        >>> Normalizer().normalize_many(["Oт", None, "і все"])
        ['От', None, 'і все']
        """
        if isinstance(texts, (str, bytes)):
            raise TypeError("normalize_many takes many texts; for one there is normalize")
        result = list(texts)
        there = list(filter(None, result))  # None and empty texts stay
        if len(there) + result.count(None) + result.count("") < len(result):
            raise TypeError("one of the texts is neither a str nor None")
        sizes = np.fromiter(map(len, there), np.intp, len(there))
        places = range(len(result)) if len(there) == len(result) else [place for place, text in enumerate(result) if text]
        for low, high in together(sizes):
            for place, new in self._changed(there[low:high], sizes[low:high]):
                result[places[low + place]] = new
        return result

    def _changed(self, texts: list[str], sizes: Index) -> Iterable[tuple[int, str]]:
        """Return the number and the new form of each text that changes: all are repaired as the lines of one."""
        whole = "\n".join(texts)
        if self.config.mojibake:
            return compared(texts, whole, self.normalize(whole))
        return put_into(texts, sizes, self._patches(source_of(whole))) if may_change(whole) else ()

    def analyze(self, text: str) -> Analysis:
        """Return a text with every edit, its reason and its score, and with what a human should look at.

        >>> [(edit.old, edit.new, edit.reason) for edit in Normalizer().analyze("Oт і все!").edits]
        [('Oт', 'От', 'known word')]
        """
        analysis = Analysis(text, ())
        if self.config.mojibake and (plain := _unmangle(text)) != text:
            analysis = Analysis(text, (Edit(0, len(text), text, plain, "wrong encoding", 0.0),))
        for _ in range(PASSES):
            found = list(self._explain(analysis.text))
            edits = [edit for edit, applied in found if applied]
            analysis = analysis.then(edits, [edit for edit, applied in found if not applied])
            if not edits:
                break
        return analysis

    def _repair(self, text: Text) -> Text:
        source = source_of(text)
        if len(source.units) < SMALL:
            return self._repair_whole(text, source) if mixes(text) or len(suspects(source.units)) else text
        found = self._patches(source)
        del source  # held while a text of 4 MB is put together, its code units cost 3 ms of page faults
        return patched(text, found)

    def _repair_whole(self, text: Text, source: Source) -> Text:
        """Repair a text that would be cut into windows more slowly than it is worked on whole."""
        points = as_points(source.units, source.encoding)
        framed = np.full(len(points) + 2, NEWLINE_POINT, np.uint32)
        framed[1:-1] = points
        settled = self._settle(framed, Lines(np.arange(np.count_nonzero(framed == NEWLINE_POINT) - 1)))
        return text if settled is framed else as_text(settled[1:-1], text)

    def _patches(self, source: Source) -> Patches:
        """Return what changes in a text: in crowded lines as a whole, elsewhere piece by piece and window by window."""
        seen = look_through(source.units)
        if not seen.dense and not len(seen.suspects):
            return NOTHING
        crowded = whole_lines(source, seen.dense)
        found: list[Patches] = []
        for some in in_groups(crowded):
            found += self._repair_crowded(source, some)
        pieces = pieces_at(source.units, seen.suspects[where(~crowded.hold(seen.suspects))])
        points = as_points(cut_out(source.units, pieces), source.encoding)
        part = part_of(source, pieces, answers(points, parts_of(points), self.config), seen.markup)
        changed = part.everywhere
        for inside in self._in_windows([part])[0]:
            found.append(patches(inside, source.encoding))
            changed = changed.take(where(~inside.spans.hold(changed.spans.start)))
        return in_order([*found, patches(changed, source.encoding)])

    def _repair_crowded(self, source: Source, spans: Spans) -> list[Patches]:
        """Return lines that are repaired in code points, which is faster where nearly every word is suspicious."""
        parts = []
        for start, end in zip(spans.start.tolist(), spans.end.tolist(), strict=True):
            lines, points = framed(source, start, end)
            pieces = pieces_in(points)
            markup = where((points == LESS) | (points == QUOTE))
            parts.append(part_of(lines, pieces, answers(points, pieces, self.config), markup))
        found = []
        for number, (part, inside) in enumerate(zip(parts, self._in_windows(parts), strict=True)):
            points = as_points(part.source.units, part.source.encoding)
            for some in (part.everywhere, *reversed(inside)):  # windows may change their length, pieces never do
                points = put(points, some)
            whole = Changes(spans.take(np.array([number])), points[1:-1], np.array([len(points) - 2]))
            found.append(patches(whole, source.encoding))
        return found

    def _in_windows(self, parts: list[Part]) -> list[list[Changes]]:
        """Return what changes in the windows of each part; many are settled together, since each call takes 1.5 ms at least."""
        found: list[list[Changes]] = [[] for _ in parts]
        for batch in batches(parts):
            sources = [parts[number].source for number, _ in batch]
            cut = [as_points(cut_out(of.units, windows.spans), of.encoding) for of, (_, windows) in zip(sources, batch, strict=True)]
            points = end_to_end(cut)
            settled = self._settle(points, Lines.of([windows.lines for _, windows in batch]))
            if settled is not points:
                for (number, windows), old, new in zip(batch, cut, apart(settled, cut), strict=True):
                    found[number].append(changes(windows, old, new))
        return found

    def _settle(self, points: Points, lines: Lines, passes: int = PASSES) -> Points:
        """Repair lines, and again what has changed, until nothing changes: what comes out is what would come out again."""
        words, decisions, rewritten = self._decide(points, lines)
        applied = decisions.action[rewritten.rows] != REVIEW
        changed = np.append(words.line[decisions.word[rewritten.rows[applied]]] - 1, lines.repaired_elsewhere())
        if not len(changed):
            return points
        if any_of(applied):
            points = apply(points, words, decisions, rewritten, applied)
        # Only what has changed can change again, and only where there is something left to look at.
        if len(lines.origin) == 1:
            again, some = np.zeros(1, np.intp), points
        else:
            again = lines_of(lines.origin, changed)
            some = take_lines(points, again)
        if len(some) < SEARCHED and not may_change(decode(some)):  # the screen would take 20 microseconds more
            return points
        left = lines_of(lines.origin[again], lines_at(some, suspects(some)))
        if passes > 1 and len(left):
            again, some = again[left], take_lines(some, left)
            points = put_lines(points, again, self._settle(some, Lines(lines.origin[again]), passes - 1))
        return points

    def _decide(self, points: Points, lines: Lines, *, scored: bool = False) -> tuple[Words, Decisions, Rewritten]:
        bits = properties_of(points)
        words = tokenize(points, bits, find_shields(points, bits))
        decisions = decide(words, lines._replace(origin=lines.origin[words.line - 1]), self.config, scored=scored)
        return words, decisions, rewrite(words, decisions)

    def _explain(self, text: str) -> Iterator[tuple[Edit, bool]]:
        """Yield every edit of one pass, and whether it is applied."""
        source = Source(text, encode(text), UTF32)
        seen = look_through(source.units, every_place=True)
        markup = markup_of(source, seen.markup)
        for windows in in_batches(source, windows_around(source.units, Spans(seen.suspects, seen.suspects + 1), markup)):
            points = as_points(cut_out(source.units, windows.spans), UTF32)
            words, decisions, rewritten = self._decide(points, windows.lines, scored=True)
            begins = offsets(windows.end - windows.start + 1)
            for number, row in enumerate(rewritten.rows.tolist()):
                word = int(decisions.word[row])
                place = int(words.start[word]) - 1
                window = int(begins.searchsorted(place, "right")) - 1
                start = place - int(begins[window]) + int(windows.start[window])
                end = start + int(words.end[word] - words.start[word])
                new = decode(rewritten.points[rewritten.first[number] : rewritten.first[number] + rewritten.size[number]])
                edit = Edit(start, end, text[start:end], new, RULES[decisions.rule[row]].reason, float(decisions.score[row]))
                yield edit, bool(decisions.action[row] != REVIEW)


def _unmangle(text: str) -> str:
    ftfy = import_module("ftfy")  # only here: most users never ask for it, and it takes 30 ms to import
    return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))


_default: Final = Normalizer()


def normalize(text: str) -> str:
    """Return a text with its letters restored; clean text comes back as the same object.

    >>> normalize("Пpoпoнyємo poбoтy")
    'Пропонуємо роботу'
    """
    return _default.normalize(text)


def normalize_many(texts: Iterable[str | None]) -> list[str | None]:
    """Return the texts with their letters restored, in order; None stays None, clean texts stay the same objects.

    >>> normalize_many(["Пpoпoнyємo", "роботу"])
    ['Пропонуємо', 'роботу']
    """
    return _default.normalize_many(texts)


def analyze(text: str) -> Analysis:
    """Return a text with every edit, its reason and its score, and with what a human should look at.

    >>> analyze("Пpoпoнyємo").text
    'Пропонуємо'
    """
    return _default.analyze(text)
