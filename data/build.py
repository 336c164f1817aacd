"""Compile `src/homoglyph_fix/_data` out of the pinned sources, byte for byte the same each time.

Run `python -m data.build [hunspell-uk.deb]` at the top of the checkout; the package is fetched with apt-get if no path is given.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data import cuckoo, hunspell, ngrams, sources, words
from homoglyph_fix.language import CYRILLIC_SIZE, DATA, LATIN_SIZE, NATS_PER_STEP

BUCKETS: Final = 292_500
WORDS: Final = int(BUCKETS * cuckoo.WIDTH * 0.945)
RUSSIAN_WORDS: Final = 200_000
RUSSIAN_PENALTY: Final = 3.5  # nats: how much rarer a Russian word is in Ukrainian text
LATIN_WORDS: Final = {"en": (60_000, 0.0), "de": (15_000, 2.0), "fr": (15_000, 2.0), "pl": (15_000, 2.0), "es": (15_000, 2.0), "it": (15_000, 2.0)}
RAREST: Final = 1.02e-8  # wordfreq's lists end here
UNSEEN: Final = (1e-9, 9e-9)  # so a form that is in none of them has a frequency within these
RUSSIAN_SHARE: Final = 0.3  # of the weight that the Ukrainian words have in the n-grams

Costs = dict[str, float]


class Material(NamedTuple):
    """The sources, cleaned."""

    ukrainian: dict[str, float]
    russian: dict[str, float]
    latin: Costs
    forms: dict[str, float]
    """What the dictionary's forms are expected to have as frequencies."""
    names: set[str]


def collect(package: Path | None) -> Material:
    """Read and clean all sources."""
    lemmas = hunspell.expand(*sources.hunspell(package))
    names = words.proper((lemma.word, (form.word for form in lemma.forms)) for lemma in lemmas)
    english = sources.frequencies("en")
    listed = sources.frequencies("uk")
    folded = [[(words.fold(form.word), form.place) for form in lemma.forms] for lemma in lemmas]
    known = frozenset(form for lemma in folded for form, _ in lemma)
    ukrainian = words.ukrainian(listed, known, english)
    russian = words.russian(sources.frequencies("ru"), english, RUSSIAN_WORDS)
    return Material(ukrainian, russian, latin_costs(), expected(folded, ukrainian), names)


def latin_costs() -> Costs:
    """Return the Latin words, each at the least cost that a language gives it."""
    costs: Costs = {}
    for language, (limit, penalty) in LATIN_WORDS.items():
        for word, frequency in words.latin(sources.frequencies(language), limit).items():
            costs[word] = min(costs.get(word, math.inf), words.cost(frequency) + penalty)
    return costs


def expected(lemmas: list[list[tuple[str, str]]], seen: Mapping[str, float]) -> dict[str, float]:
    """Guess how frequent each form is: the frequency of all forms of its lemma, times the share that its place has elsewhere."""
    givers = Counter(form for lemma in lemmas for form, _ in lemma)
    of_place: defaultdict[str, float] = defaultdict(float)
    of_flag: defaultdict[str, float] = defaultdict(float)
    totals = []
    for lemma in lemmas:
        total = sum(seen.get(form, 0.0) / givers[form] for form, _ in lemma)
        totals.append(total)
        for flag in {place[:1] for _, place in lemma}:
            of_flag[flag] += total
        for form, place in lemma:
            of_place[place] += seen.get(form, 0.0) / givers[form]
    guess: defaultdict[str, float] = defaultdict(float)
    for lemma, total in zip(lemmas, totals, strict=True):
        for form, place in lemma:
            guess[form] += (total + RAREST) * of_place[place] / (of_flag[place[:1]] or 1.0)
    return {form: guess[form] for form in guess if words.UKRAINIAN.fullmatch(form) and 1 < len(form) <= words.LONGEST}


def lexicon(material: Material) -> Costs:
    """Choose the words and give each its cost in nats: all that are listed, then the likeliest forms."""
    costs = {word: words.cost(frequency) for word, frequency in material.ukrainian.items()}
    for word, frequency in material.russian.items():
        costs[word] = min(costs.get(word, math.inf), words.cost(frequency) + RUSSIAN_PENALTY)
    costs.update(material.latin)
    likeliest = sorted((-guess, form) for form, guess in material.forms.items() if form not in costs)
    low, high = UNSEEN
    for guess, form in likeliest[: WORDS - len(costs)]:
        costs[form] = words.cost(min(max(-guess, low), high))
    return costs


def table(costs: Costs, names: set[str]) -> NDArray[np.uint32]:
    """Pack the lexicon, in alphabetical order so that the result is always the same."""
    ordered = sorted(costs)
    steps = np.clip(np.rint(np.array([costs[word] for word in ordered]) / NATS_PER_STEP), 1, 255).astype(np.uint8)
    is_name = np.array([word in names for word in ordered])
    return cuckoo.pack(cuckoo.hashes_of(ordered), steps, is_name, BUCKETS)


def weights(frequencies: Mapping[str, float]) -> dict[str, float]:
    """Weigh words for the n-grams: between types and tokens."""
    return {word: 1 + math.sqrt(frequency * 1e8) for word, frequency in frequencies.items()}


def cyrillic_weights(material: Material) -> dict[str, float]:
    """Return the weight of each word in the Cyrillic n-grams."""
    found = dict.fromkeys(material.forms, 1.0) | weights(material.ukrainian)
    russian = weights(material.russian)
    scale = RUSSIAN_SHARE * sum(found.values()) / sum(russian.values())
    for word, weight in russian.items():
        found[word] = found.get(word, 0.0) + weight * scale
    return found


def model(weighted: Mapping[str, float], size: int) -> NDArray[np.uint8]:
    """Train the n-grams of one script."""
    ordered = sorted(weighted)
    counts = ngrams.count(ordered, np.array([weighted[word] for word in ordered]), size)
    return ngrams.steps(ngrams.probabilities(counts, size))


def main(arguments: list[str]) -> int:
    """Write the compiled files and their manifest."""
    material = collect(Path(arguments[0]) if arguments else None)
    costs = lexicon(material)
    compiled = {
        "lexicon.npy": table(costs, material.names),
        "cyrillic.npy": model(cyrillic_weights(material), CYRILLIC_SIZE),
        "latin.npy": model(weights({word: math.exp(-cost) for word, cost in material.latin.items()}), LATIN_SIZE),
    }
    DATA.mkdir(exist_ok=True)
    files = {}
    for name, array in compiled.items():
        np.save(DATA / name, array)
        content = (DATA / name).read_bytes()
        files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest = {"sources": sources.PINNED, "words": len(costs), "files": files}
    (DATA / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
