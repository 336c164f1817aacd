"""Compile `src/homoglyph_fix/_data` out of the pinned sources, byte for byte the same each time, in about two minutes.

Run `python -m data.build [hunspell-uk.deb]` at the top of the checkout; the package is fetched with apt-get if no path is given.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from data import characters, cuckoo, lexicon, manifest, ngrams, sources
from homoglyph_fix.letters.data_files import DATA
from homoglyph_fix.letters.language import ACRONYM, CYRILLIC_SIZE, LATIN_SIZE, NATS_PER_STEP, PROPER, RUSSIAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS: Final = 272_000
WORDS: Final = int(BUCKETS * cuckoo.WIDTH * 0.965)  # a table with two choices of four slots can be filled to 97.7 %


def main(arguments: list[str]) -> int:
    """Write the compiled files and their manifest."""
    try:
        for name in ("confusable-homoglyphs", "unicodedata2"):
            sources.check_version(name)
        material = lexicon.collect(Path(arguments[0]) if arguments else None)
    except (OSError, sources.SourceError) as error:
        print(f"data.build: {error}", file=sys.stderr)
        return 2
    costs = lexicon.choose(material, WORDS)
    compiled = characters.compile_characters() | {
        "lexicon": table(costs, material.marks),
        "cyrillic": ngrams.train(lexicon.cyrillic_weights(material), CYRILLIC_SIZE),
        "latin": ngrams.train(lexicon.latin_weights(material), LATIN_SIZE),
    }
    DATA.mkdir(exist_ok=True)
    for name, array in compiled.items():
        np.save(DATA / f"{name}.npy", array)
    manifest.write(lexicon.origins(costs, material))
    return 0


def table(costs: lexicon.Costs, marks: lexicon.Marks) -> NDArray[np.uint32]:
    """Pack the word list, in alphabetical order, so that the result is always the same."""
    words = sorted(costs)
    steps = np.clip(np.rint(np.array([costs[word] for word in words]) / NATS_PER_STEP), 1, 255).astype(np.uint32)
    for bit, marked in ((PROPER, marks.names), (RUSSIAN, marks.russian), (ACRONYM, marks.acronyms)):
        steps |= np.array([word in marked for word in words]) * np.uint32(bit)
    return cuckoo.pack(cuckoo.hashes_of(words), steps, BUCKETS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
