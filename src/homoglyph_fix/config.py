"""What the program may touch: one frozen value with few, plain switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Apostrophe = Literal["mend", "keep", "'", "’", "ʼ"]
APOSTROPHES: Final = get_args(Apostrophe)


@dataclass(frozen=True, slots=True)
class Config:
    """Choose which kinds of damage are repaired. The defaults are meant for running text in Ukrainian.

    >>> Config(digits=False).digits
    False

    The apostrophe has five ways:

    >>> from homoglyph_fix import Normalizer
    >>> for way in APOSTROPHES:
    ...     print(Normalizer(Config(apostrophe=way)).normalize('п’ять об"єктів'))
    п’ять об'єктів
    п’ять об"єктів
    п'ять об'єктів
    п’ять об’єктів
    пʼять обʼєктів
    """

    standalone: bool = True
    """Repair words that are wholly Latin (`He знаю`). Risk: the least sure of all; off, only words that mix scripts change."""
    latin: bool = True
    """Repair Cyrillic intruders in Latin words, Roman numerals and formulas. Risk: brands that mix scripts on purpose."""
    digits: bool = True
    """Read digits as letters inside words (`po6oтa`). Risk: product names that mix letters and digits."""
    invisible: bool = True
    """Remove invisible characters between letters, compose й and ї. Risk: soft hyphens that a publisher wants to keep.
    Off, they go only from words that have other damage."""
    mojibake: bool = False
    """Repair text that was decoded with the wrong encoding first, with ftfy. Risk: as ftfy's own; off by default."""
    apostrophe: Apostrophe = "mend"
    """What becomes of apostrophes inside words. `"mend"` makes `'` of signs that are none (`об"єкт`, `п*ять`) and leaves `'`, `’` and `ʼ`
    as they are; `"keep"` touches none; `"'"`, `"’"` or `"ʼ"` makes all of them that one. Risk: text in code, where a `'` ends a string. So
    after a backslash, and where single quotes enclose the word, the sign stays and is for review."""
    select: frozenset[str] | None = None
    """The names of the only rules that may repair or doubt a word (`docs/RULES.md` lists them); None for all. Any other rule keeps the
    words that it decides: no later rule is asked in its stead."""
    ignore: frozenset[str] = frozenset()
    """The names of rules that keep the words which they decide, whatever `select` says."""
    keep: frozenset[str] = frozenset()
    """Words that are never repaired and never doubted. An entry holds for a word that is it as written or as repaired: `HATO` in Latin
    letters and `НАТО` in Cyrillic ones both keep `HATO`. Its small letters stand for capitals too, its capitals for themselves, and its
    apostrophe for any. A `*` at its end stands for any ending (`Xbox*`). Risk: a short entry keeps damage that looks like it."""

    def __post_init__(self) -> None:
        """Refuse a value that no switch has; sets of names are frozen."""
        for field, kind in (("select", "names"), ("ignore", "names"), ("keep", "words")):
            names = getattr(self, field)
            if isinstance(names, str):
                raise ValueError(f"{field} is a set of {kind}, not the text {names!r}")
            if names is not None:
                object.__setattr__(self, field, frozenset(names))
        if self.apostrophe not in APOSTROPHES:
            raise ValueError(f"apostrophe is one of {', '.join(map(repr, APOSTROPHES))}, not {self.apostrophe!r}")

    def allows(self, rule: str) -> bool:
        """Tell whether the rule of a name may do something, as far as `select` and `ignore` go.

        >>> Config(ignore=frozenset({"digits"})).allows("digits"), Config(select=frozenset({"unit"})).allows("digits")
        (False, False)
        """
        return rule not in self.ignore and (self.select is None or rule in self.select)
