"""List every word that changes in clean texts, as rows for harm.md, where each gets a verdict by hand.

The rows hold the words and a few letters around them, never a sentence: to judge them, run with --show, which prints each
with its line. The texts are the evaluation text, and the translations of Debian's packages where they are found.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import arguments, corpus, results, translations
from homoglyph_fix import Edit, Normalizer, analyze, normalize_many

HARM: Final = Path(__file__).with_name("harm.md")
UNREAD: Final = "?"
WRONG: Final = "wrong"
VERDICTS: Final = (UNREAD, WRONG, "doubtful", "true repair")
"""In the order of the page: what has to be read, what has to be mended, what is as it should be."""

AROUND: Final = 20
"""Letters of the line that are kept on each side of a word: enough to know the place again, too few to be a sentence."""

HEAD: Final = ["word", "became", "letters", "in", "reason", "count", "verdict", "why"]

_UNSEEN = re.compile(r"[^\S ]|[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARK = re.compile(r"[\\|`*_<&~\[\]]")


class Texts(NamedTuple):
    """Clean texts under the heading that they have on the page, and what they are."""

    heading: str
    about: str
    texts: list[str]

    @property
    def words(self) -> int:
        """The words with a Cyrillic letter."""
        return sum(map(translations.words, self.texts))


class Change(NamedTuple):
    """A word, what became of it, and the letters around it: what a verdict is given on."""

    old: str
    new: str
    around: str


class Verdict(NamedTuple):
    """What was found when a change was read, and its ground."""

    verdict: str = UNREAD
    why: str = ""


Found = Counter[tuple[Change, str]]
"""How often each change was made, for which reason."""


def change(text: str, edit: Edit) -> Change:
    r"""Cut a change out of its text.

    >>> text = "Раз\nслово, i друге слово"
    >>> change(text, analyze(text).edits[0]).around
    'слово, i друге слово'
    """
    before = text[max(0, edit.start - AROUND) : edit.start].rpartition("\n")[2]
    after = text[edit.end : edit.end + AROUND].partition("\n")[0]
    return Change(edit.old, edit.new, " ".join(f"{before}{edit.old}{after}".split()))


def changes(texts: Iterable[tuple[str, tuple[Edit, ...]]]) -> Found:
    """Count the changes that are alike."""
    return Counter((change(text, edit), edit.reason) for text, edits in texts for edit in edits)


def letters(old: str, new: str) -> str:
    """Name the letters that differ, since both spellings look alike.

    >>> letters("Oт", "От")
    'U+004F → U+041E'
    >>> letters("Це\u0438\u0306", "Цей")
    'U+0438 U+0306 → U+0439'
    """
    if len(old) == len(new):
        return ", ".join(f"{_points(one)} → {_points(other)}" for one, other in zip(old, new, strict=True) if one != other)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    return f"{_points(old[start : len(old) - end])} → {_points(new[start : len(new) - end])}"


def read_verdicts(page: str) -> dict[Change, Verdict]:
    """Read the verdicts that have been given, so that a new run asks only about new changes."""
    judged = {}
    for line in page.splitlines():
        cells = [_text(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == len(HEAD) and cells[6] in VERDICTS[1:]:
            old, new, _, around, _, _, verdict, why = cells
            judged[Change(old, new, around)] = Verdict(verdict, why)
    return judged


def report(texts: Texts, found: Found, judged: dict[Change, Verdict]) -> str:
    """Return a section of the page: totals, then a row for every change."""
    rows = [(each, reason, count, judged.get(each, Verdict())) for (each, reason), count in found.items()]
    rows.sort(key=lambda row: (VERDICTS.index(row[3].verdict), row[1], row[0]))
    sums = Counter(dict.fromkeys(VERDICTS, 0))
    for _, _, count, verdict in rows:
        sums[verdict.verdict] += count
    words = texts.words
    totals = results.table(
        ["words", "changed", "unread", *VERDICTS[1:], "wrong in a million"],
        [[f"{words:,}", *map(str, (found.total(), *sums.values())), results.figure(sums[WRONG] * 1_000_000 / words)]],
        0,
    )
    cells = [
        [*map(_cell, (each.old, each.new, letters(each.old, each.new), each.around, reason, str(count), *verdict))]
        for each, reason, count, verdict in rows
    ]
    return f"## {texts.heading}\n\n{texts.about}\n\n{results.machine()}\n\n{totals}\n\n{results.table(HEAD, cells, len(HEAD))}\n"


def renewed(page: str, sections: list[str]) -> str:
    r"""Return the page with the sections of this run in the places of those before; the others stay.

    >>> renewed("# Page\n\n## One\n\nold\n\n## Two\n\nstays\n", ["## One\n\nnew\n"])
    '# Page\n\n## One\n\nnew\n\n## Two\n\nstays\n'
    """
    head, *old = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    kept = {section.partition("\n")[0]: section.strip() for section in [*old, *sections]}
    return "\n\n".join([head.strip(), *kept.values(), ""]).rstrip() + "\n"


def edits(texts: list[str]) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield the texts that change, with their edits; all of them are normalized first, which tells of most that they do not."""
    for text, normalized in zip(texts, normalize_many(texts), strict=True):
        if normalized == text:
            continue
        analysis = analyze(text)
        if not normalized == analysis.text == Normalizer().normalize_utf8(text.encode()).decode():
            raise RuntimeError("normalize_many, normalize_utf8 and analyze disagree")
        yield text, analysis.edits


def sources(options: argparse.Namespace) -> Iterator[Texts]:
    """Yield the texts that are found here; a quick run takes every fiftieth of the translations."""
    text = corpus.load(options.text, options.quick)
    yield Texts(text.name, "Edited prose; what is damaged in it has slipped through.", [text.text])
    found = translations.read(options.translations)[:: 50 if options.quick else 1]
    if found:
        about = f"{len(found):,} messages of programs, pages of help and of the manual: see `benchmarks/translations.py`."
        yield Texts("Debian's translations", about, found)


def show_all(texts: Texts) -> None:
    """Print what is changed in texts, then what is left for review."""
    analyses = [(text, analyze(text)) for text in texts.texts]
    print(f"{texts.heading}\n")
    for text, analysis in analyses:
        show(text, analysis.edits)
    print("\nLeft for review:\n")
    for text, analysis in analyses:
        show(text, analysis.reviews)


def show(text: str, edits: Iterable[Edit]) -> None:
    """Print every edit with its line."""
    for edit in edits:
        start = text.rfind("\n", 0, edit.start) + 1
        end = text.find("\n", edit.end)
        line = text[edit.end : end if end >= 0 else None]
        print(f"{edit.old} → {edit.new} ({edit.reason}, {edit.score:.1f}): {text[start : edit.start]}[{edit.old}]{line}")


def _points(letters: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in letters)


def _alike(one: str, other: str) -> int:
    """Count the letters in which two words begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cell(text: str) -> str:
    r"""Write a text so that a table can hold it: no mark of Markdown works in it, and nothing goes unseen.

    >>> _cell("a|b\u00adc")
    'a\\|b{00AD}c'
    """
    return _UNSEEN.sub(lambda found: f"{{{ord(found[0]):04X}}}", _MARK.sub(r"\\\g<0>", text))


def _text(cell: str) -> str:
    r"""Read what `_cell` has written.

    >>> _text(_cell("a|b\\\\\u00adc")) == "a|b\\\\\u00adc"
    True
    """
    return re.sub(r"\\(.)", r"\1", re.sub(r"\{([0-9A-F]{4})\}", lambda found: chr(int(found[1], 16)), cell))


def main(argv: list[str] | None = None) -> int:
    """Find the changes, print them, and write if asked."""
    parser = arguments.parser("harm", __doc__, "renew harm.md; verdicts given there are kept")
    parser.add_argument("--show", action="store_true", help="print every change with its line, and what is left for review")
    parser.add_argument(
        "--translations",
        type=Path,
        default=translations.INSTALLED,
        metavar="DIR",
        help="where packages with Ukrainian translations stand unpacked (default: those that are installed)",
    )
    options = parser.parse_args(argv)
    page = HARM.read_text(encoding="utf-8")
    judged = read_verdicts(page)
    sections = []
    for texts in sources(options):
        if options.show:
            show_all(texts)
            continue
        sections.append(report(texts, changes(edits(texts.texts)), judged))
        print(sections[-1])
    if options.write and sections:
        HARM.write_text(renewed(page, sections), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
