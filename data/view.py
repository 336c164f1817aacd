"""Show what the compiled language data says about words: `python -m data.view WORD...`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from data.cuckoo import encode, hashes_of
from data.ngrams import grams
from data.words import fold
from homoglyph_fix.letters.language import ACRONYM, CYRILLIC_SIZE, LATIN_BASE, LATIN_SIZE, NATS_PER_STEP, PROPER, RUSSIAN, language

if TYPE_CHECKING:
    from collections.abc import Iterator


_KINDS: Final = {RUSSIAN: "a Russian word", ACRONYM: "an acronym", PROPER: "a name"}


def lines(word: str) -> Iterator[str]:
    """Yield a line for the entry of a word, and one with what each letter costs; `|` is the edge."""
    folded = fold(word)
    scripts = {bool(code > LATIN_BASE) for code in encode([folded])[0].tolist() if code}
    if len(scripts) != 1 or 0 in encode([folded])[0]:
        yield f"{word}: not of one script"
        return
    data = language()
    entry = int(data.look_up(hashes_of([folded]))[0])
    kind = next((kind for bit, kind in _KINDS.items() if entry & bit), "a word")
    yield f"{word}: {kind} of {(entry & 0xFF) * NATS_PER_STEP:.2f} nats" if entry else f"{word}: unknown"
    table, size = (data.latin, LATIN_SIZE) if scripts == {True} else (data.cyrillic, CYRILLIC_SIZE)
    costs = [float(table[at]) * NATS_PER_STEP for at in grams([folded], size)[0].tolist()]
    letters = " ".join(f"{letter} {cost:.2f}" for letter, cost in zip(f"{folded}|", costs, strict=True))
    yield f"    {letters} = {sum(costs):.2f} nats, {sum(costs) / len(costs):.2f} a letter"


def main(arguments: list[str]) -> int:
    """Print the lines of every word."""
    for word in arguments:
        print(*lines(word), sep="\n")
    return 0 if arguments else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
