"""Rows of text that every module and recipe must bring through as `normalize` would."""

from __future__ import annotations

from collections.abc import Sequence

from homoglyph_fix import normalize

Rows = list[str | None]

LONG = "мaма мила рaму, а тато читав гaзету\n" * 16_000  # 1 MB in UTF-8

ROWS: dict[str, Rows] = {
    "damaged": ["Oт і все", "Пpoпoнyємo poбoтy", "чисте", "мoва"],
    "clean": ["От і все", "Пропонуємо роботу"],
    "equal afterwards": ["Oт", "От", "Oт", None, "Oт", "OT"],
    "null": [None, "мoва", None, "слово", None],
    "nulls only": [None, None],
    "empty": ["", "мoва", "", ""],
    "nothing": [],
    "emoji": ["👩\u200d💻 мoва 😀", "😀", "мoва👍"],
    "bold": ["𝐦ама", "сло\u00adво"],
    "NUL": ["\0мaма\0", "\0"],
    "CRLF": ["мaма\r\nтaто\r\n", "\r\nмова", "мoва\r", "\r"],
    "line ends": ["\nмaма", "мaма\n", "\n", "", "мaма\n\nтaто", "\n\nмова\n"],
    "lone digit": ["3", "3 такою метою", "Він прийшов 3", "такою метою", "i", "3"],
    "grows": ["Oooo", "Haш", "AAA мова"],
    "wide": ["мoва", LONG, "слово"],
    "many": ["мaма рoбота пaпа щaстя тaто", None, "слово", "", "cлово\nмoва"] * 2_000,
}
SURROGATES: Rows = ["\ud800мaма", "мoва\udfff", None, "\ud83d", "чисте"]
"""Text that has no UTF-8: only what holds Python strings can hold it."""


def repaired(rows: Sequence[str | None]) -> Rows:
    """Return what each text becomes by itself: what is right."""
    return [None if text is None else normalize(text) for text in rows]
