"""Kinds of text to measure speed on, all made of one clean text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Final, NamedTuple

from benchmarks import damage

LEGITIMATE: Final = (
    "IT-компанія|ТСН.ua|Wi-Fi|COVIDом|Google|iPhone|PR-відділ|YouTube|VIP-гості|Windows|USB-кабель|SMS-ка|Microsoft|"
    "XXI|NASA|x-промені|Facebook’у|СхідSide|Netflix|H2O|pH|Mercedes-Benz|Apple"
).split("|")
"""Latin words and mixes that are right as they stand."""

ENGLISH: Final = (
    "The river was frozen, so they crossed it on foot and reached the village before noon.",
    "She kept every letter he had written, tied with a blue ribbon, in the bottom drawer.",
    "Prices rose by 4 per cent in March, and the council will meet again on Thursday.",
    "Our train left at six; by eight we could already see the mountains, white and very near.",
    "A good tool does one thing, says what it did, and leaves everything else alone.",
    "In the second experiment the mixture was heated to 80 degrees and cooled overnight.",
    "Nobody remembers who planted the oaks along the road, but everyone knows their names.",
    "The committee, which had not met since 1998, could not agree on a date.",
    "If it rains tomorrow we will stay at home, bake bread and listen to the radio.",
    "He read the notice twice, took off his hat and sat down without a word.",
    "They sell apples, honey, candles and old maps on the square every Saturday.",
    "The museum is closed on Mondays; tickets are 12 euros, children come in free.",
)


class Kind(NamedTuple):
    """A kind of text: its lines are what `normalize_many` gets, joined they are what the other calls get."""

    name: str
    lines: list[str]

    @property
    def text(self) -> str:
        """All lines in one text."""
        return "\n".join(self.lines)


def kinds(clean: str, short_texts: int) -> Iterator[Kind]:
    """Yield the kinds one by one, since the largest holds a million texts."""
    rng = Random("kinds")
    near = damage.both(damage.IDENTICAL, damage.NEAR)
    one_percent = damage.words(clean, rng, 0.01)
    yield _lines("clean", clean)
    yield _lines("1 % of words damaged", one_percent)
    yield _lines("30 % of identical letters", damage.letters(clean, rng, 0.3, damage.IDENTICAL))
    yield _lines("30 %, also near shapes", damage.letters(clean, rng, 0.3, near))
    yield _lines("English and Ukrainian in turn", in_turn(clean, rng))
    yield _lines("5 % Latin names and mixes", with_names(clean, rng))
    yield _lines("ASCII only", english(len(clean), rng))
    yield Kind("1 %, all in one line", [one_percent.replace("\n", " ")])
    yield Kind(f"1 %, {short_texts:,} short texts", short(clean, short_texts, rng))


def in_turn(text: str, rng: Random) -> str:
    r"""Put an English line before every line.

    >>> in_turn("Раз\nДва", Random(1)).count("\n")
    3
    """
    return "\n".join(f"{' '.join(rng.choices(ENGLISH, k=3))}\n{line}" for line in text.split("\n"))


def with_names(text: str, rng: Random) -> str:
    """Put a legitimate Latin or mixed word after every nineteen words of a line."""
    return re.sub(r"(?:[^\s]+ ){19}", lambda found: f"{found[0]}{rng.choice(LEGITIMATE)} ", text)


def english(length: int, rng: Random) -> str:
    """Return about so many characters of English lines."""
    count = length // 250 + 1
    return "\n".join(" ".join(rng.choices(ENGLISH, k=3)) for _ in range(count))


def short(text: str, count: int, rng: Random) -> list[str]:
    """Cut a text into so many pieces of two to ten words, again and again, cut and damaged anew each time."""
    pieces: list[str] = []
    cut = partial(rng.randint, 2, 10)
    while len(pieces) < count:
        found = damage.words(text, rng, 0.01).split()
        at = 0
        while at < len(found) and len(pieces) < count:
            size = cut()
            pieces.append(" ".join(found[at : at + size]))
            at += size
    return pieces


def _lines(name: str, text: str) -> Kind:
    return Kind(name, text.split("\n"))
