"""What the program may touch: one frozen value with few, plain switches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """Choose which kinds of damage are repaired. The defaults are meant for running text in Ukrainian.

    >>> Config(digits=False).digits
    False
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
