r"""Read the behaviour cases of tests/cases/*.txt.

A file is a list of sections; a section is a heading, then one row a line:

    = identical | One key of the wrong layout; the other letters decide.
    м{a}ма -> мама                  fix: the left side becomes the right side
    {IT}-компанія                   keep: the text comes back as the same object
    у {TAM} не були ?> у ТАМ не були    review: the text stays and the right side is proposed

Braces turn a look-alike into something that can be seen:

    {...}       what is not Ukrainian: a letter of another alphabet, a digit that stands for a letter
    {..{..}..}  a second pair turns back: the Cyrillic intruder in a Latin word, `{f{а}cebook}`
    {U+00AD}    a character by number, `{U+0438 U+0306}` for several; for what is invisible or easily mistaken
    \{ \}       a brace that belongs to the text; every other backslash stands for itself
    {}          the empty text

Letters in braces are Latin unless the section says `braces: GREEK COPTIC` (first words of Unicode names).
A line that begins with "# " is a comment. Space at both ends of a row is not part of it (write `{U+0020}`).
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"
UKRAINIAN = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ")
SEEN_AS_CYRILLIC = frozenset("ыэъўЫЭЪЎ")  # Russian and Belarusian letters that nobody takes for another script's
APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"
ARROWS = {" -> ": "fix", " ?> ": "review"}

_TOKEN = re.compile(r"\\([{}])|\{(U\+[0-9A-F]{4,6}(?: U\+[0-9A-F]{4,6})*)\}|([{}])|([^{}\\]+|\\)")


class Piece(NamedTuple):
    """A stretch of a row at one depth of braces; `numbered` if it was written as U+XXXX."""

    text: str
    depth: int
    numbered: bool


@dataclass(frozen=True)
class Case:
    """One row of a case file, with its notation still in place."""

    path: Path
    line: int
    section: str
    kind: str
    marked_before: str
    marked_after: str
    scripts: frozenset[str]

    @property
    def before(self) -> str:
        """The text to normalise."""
        return plain(self.marked_before)

    @property
    def after(self) -> str:
        """What a careful editor would make of it."""
        return plain(self.marked_after)

    @property
    def name(self) -> str:
        """Where the row stands, for pytest's reports."""
        return f"{self.path.stem}:{self.line}:{self.section}"


def pieces(marked: str) -> list[Piece]:
    r"""Split a marked text at its braces.

    >>> [(piece.text, piece.depth) for piece in pieces("м{a}ма {f{а}cebook}")]
    [('м', 0), ('a', 1), ('ма ', 0), ('f', 1), ('а', 2), ('cebook', 1)]
    >>> pieces("м{a")
    Traceback (most recent call last):
        ...
    ValueError: braces do not match in 'м{a'
    """
    found: list[Piece] = []
    depth = 0
    for literal, numbers, brace, text in _TOKEN.findall(marked):
        if numbers:
            codes = numbers.replace("U+", "").split()
            found.append(Piece("".join(chr(int(code, 16)) for code in codes), depth + 1, numbered=True))
        elif brace:
            depth += 1 if brace == "{" else -1
            if not 0 <= depth <= 2:
                break
        else:
            found.append(Piece(literal or text, depth, numbered=False))
    if depth:
        raise ValueError(f"braces do not match in {marked!r}")
    return found


def plain(marked: str) -> str:
    r"""Take the notation away.

    >>> plain(r"{f{а}cebook} \{x\} слово{U+0021}")
    'fаcebook {x} слово!'
    """
    return "".join(piece.text for piece in pieces(marked))


def notation_errors(marked: str, scripts: frozenset[str]) -> list[str]:
    """Say what the braces of a marked text get wrong.

    >>> notation_errors("мaмa", frozenset({"LATIN"}))
    ['LATIN SMALL LETTER A outside braces', 'LATIN SMALL LETTER A outside braces']
    >>> notation_errors("м{а}ма", frozenset({"LATIN"}))
    ['CYRILLIC SMALL LETTER A inside braces']
    """
    wrong = []
    for piece in pieces(marked):
        if not piece.numbered:
            wrong += [error for char in piece.text if (error := _char_error(char, piece.depth, scripts))]
    return wrong


def unexplained_change(case: Case) -> bool:
    """Tell whether the two sides of a row differ anywhere but at the innermost braces."""
    pattern = "".join(re.escape(text) if fixed else ".*" for text, fixed in _stretches(case.marked_before))
    return re.fullmatch(pattern, case.after, re.DOTALL) is None


def read_cases() -> list[Case]:
    """Read every row of every file, in order."""
    return [case for path in sorted(CASES.glob("*.txt")) for case in _read_file(path)]


def _char_error(char: str, depth: int, scripts: frozenset[str]) -> str:
    name = unicodedata.name(char, f"U+{ord(char):04X}")
    category = unicodedata.category(char)
    if depth == 1:
        wrong = char in UKRAINIAN or (category[0] in "LM" and name.split()[0] not in scripts)
        return f"{name} inside braces" if wrong or category[0] == "C" else ""
    if depth == 2:
        wrong = category[0] in "LM" and not name.startswith("CYRILLIC")
        return f"{name} inside two braces" if wrong else ""
    seen = char in UKRAINIAN or char in SEEN_AS_CYRILLIC or char in {" ", APOSTROPHE}
    hidden = category[0] in "LCMZ" or (category[0] == "N" and category != "No" and char not in "0123456789")
    return f"{name} outside braces" if hidden and not seen else ""


def _stretches(marked: str) -> list[tuple[str, bool]]:
    """Cut a text into what must stay and what may change: the deepest braces of each group."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces(marked):
        if piece.depth == 0:
            groups += [[piece], []]
        else:
            groups[-1].append(piece)
    found = []
    for group in groups:
        deepest = max((piece.depth for piece in group), default=0)
        found += [(piece.text, piece.depth == 0 or piece.depth < deepest) for piece in group]
    return found


def _read_file(path: Path) -> list[Case]:
    cases: list[Case] = []
    section, scripts = "", frozenset[str]()
    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        row = raw.strip(" ")
        if row.startswith("= "):
            section, _, reason = row[2:].partition(" | ")
            scripts = frozenset({"LATIN"})
            if not reason:
                raise ValueError(f"{path.name}:{number}: a section gives its reason after ' | '")
        elif row.startswith("braces: "):
            scripts = frozenset(row.removeprefix("braces: ").split())
        elif row and not row.startswith("# ") and row != "#":
            kind, before, after = _split_row(row)
            cases.append(Case(path, number, section, kind, before, after, scripts))
    return cases


def _split_row(row: str) -> tuple[str, str, str]:
    for arrow, kind in ARROWS.items():
        if arrow in row:
            before, after = row.split(arrow)
            return kind, before, after
    return "keep", row, row
