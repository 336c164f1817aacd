"""List every word that changes in a clean text, as rows for harm.md, where each gets a verdict by hand.

The rows hold words only, never a sentence: to judge them, run with --show, which prints each with its line.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import arguments, corpus, results
from homoglyph_fix import Edit, Normalizer, analyze

HARM: Final = Path(__file__).with_name("harm.md")
VERDICTS: Final = ("true repair", "wrong", "doubtful")
UNJUDGED: Final = "?"


class Change(NamedTuple):
    """A word, what became of it and why."""

    old: str
    new: str
    reason: str


Judged = dict[Change, tuple[str, str]]
"""Verdict and its ground for every change."""


def changes(edits: tuple[Edit, ...]) -> Counter[Change]:
    """Count the edits that are alike."""
    return Counter(Change(edit.old, edit.new, edit.reason) for edit in edits)


def letters(change: Change) -> str:
    """Name the letters that differ, since both spellings look alike.

    >>> letters(Change("Oт", "От", ""))
    'U+004F → U+041E'
    """
    pairs = zip(change.old, change.new, strict=False) if len(change.old) == len(change.new) else [(change.old, change.new)]
    return ", ".join(f"{_points(old)} → {_points(new)}" for old, new in pairs if old != new)


def read_verdicts(path: Path) -> Judged:
    """Read the verdicts that have been given, so that a new run asks only about new changes."""
    judged: Judged = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 7 and cells[5] in VERDICTS:
            old, new, _, reason, _, verdict, ground = cells
            judged[Change(old, new, reason)] = verdict, ground
    return judged


def report(name: str, words: int, found: Counter[Change], judged: Judged) -> str:
    """Return the page: totals, then a row for every change."""
    verdicts = Counter(dict.fromkeys(VERDICTS, 0))
    rows = []
    for change, count in found.most_common():
        verdict, ground = judged.get(change, (UNJUDGED, ""))
        verdicts[verdict] += count
        rows.append([change.old, change.new, letters(change), change.reason, str(count), verdict, ground])
    totals = results.table(
        ["words", "changed", *verdicts, "wrong in 250,000"],
        [[f"{words:,}", str(found.total()), *map(str, verdicts.values()), results.figure(verdicts["wrong"] * 250_000 / words)]],
        0,
    )
    head = ["word", "became", "letters", "reason", "count", "verdict", "why"]
    return (
        f"# What changes in clean text\n\nEvery word of {name} that the program changes, judged by hand in its sentence. "
        f"`python -m benchmarks.harm --write` renews the page and keeps the verdicts.\n\n{results.machine()}\n\n{totals}\n\n"
        f"{results.table(head, rows, len(head))}\n"
    )


def show(text: str, edits: tuple[Edit, ...]) -> None:
    """Print every edit with its line."""
    for edit in edits:
        start = text.rfind("\n", 0, edit.start) + 1
        end = text.find("\n", edit.end)
        line = text[edit.end : end if end >= 0 else None]
        print(f"{edit.old} → {edit.new} ({edit.reason}, {edit.score:.1f}): {text[start : edit.start]}[{edit.old}]{line}")


def _points(letters: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in letters)


def main(argv: list[str] | None = None) -> int:
    """Find the changes, print them, and write if asked."""
    parser = arguments.parser("harm", __doc__, "renew harm.md; verdicts given there are kept")
    parser.add_argument("--show", action="store_true", help="print every change with its line, and what is left for review")
    options = parser.parse_args(argv)
    text = corpus.load(options.text, options.quick)
    analysis = analyze(text.text)
    if Normalizer().normalize_utf8(text.text.encode()).decode() != analysis.text:
        raise RuntimeError("normalize_utf8 and analyze disagree")
    if options.show:
        show(text.text, analysis.edits)
        print("\nLeft for review:\n")
        show(text.text, analysis.reviews)
        return 0
    page = report(text.name, len(text.text.split()), changes(analysis.edits), read_verdicts(HARM))
    print(page)
    if options.write:
        HARM.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
