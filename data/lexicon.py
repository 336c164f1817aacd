"""Which words the word list holds and what each costs, and what the n-grams are trained on."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from data import forms, hunspell, sources, words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

RUSSIAN_WORDS: Final = 100_000
RUSSIAN_PENALTY: Final = 3.5  # nats: so much rarer is a Russian word in Ukrainian text
RUSSIAN_ONLY: Final = (2.0, 3.5)
"""Nats by which a word of Russian must be rarer in the Ukrainian list: one that the dictionary lacks, and one that it has.

The Ukrainian list holds a share of Russian text: что, как, если are 3.1 to 3.8 nats rarer there. Words that both languages have are
within 2 (ради 1.2, тел 0.7); что, можно, тоже are beyond. The dictionary has только, мира and летом as rare names and forms.
"""
LATIN_WORDS: Final = {"en": 60_000, "de": 8_000, "fr": 8_000, "pl": 8_000, "es": 8_000, "it": 8_000}
FOREIGN_PENALTY: Final = 2.0  # nats: so much rarer than English are the other languages of Latin letters
UNSEEN: Final = (1e-9, 9e-9)  # wordfreq's lists end at 1.02e-8, so the frequency of a form that they lack is taken to be within these

FORM_WEIGHT: Final = 0.3
"""The weight of a form of the dictionary in the n-grams, where a listed word has 1 and more.

On 2 % of the words, held out, in nats a letter, with weights of 1, 0.3 and 0.1: listed words that the dictionary lacks (names, mostly)
2.57, 2.51, 2.49; words that both have 1.98, 1.96, 1.96; words that only the dictionary has 1.87, 1.93, 1.99.
"""
RUSSIAN_SHARE: Final = 0.2
"""The weight of Russian beside that of Ukrainian; 0.3 costs Ukrainian 0.01 nats a letter more and saves Russian 0.06."""
BELARUSIAN_SHARE: Final = 0.01

Costs = dict[str, float]


class Marks(NamedTuple):
    """Words of which more is known than their cost."""

    names: set[str]
    russian: set[str]
    """Those that Ukrainian does not have."""
    acronyms: set[str]


class Material(NamedTuple):
    """The sources, cleaned; frequencies are shares of all words."""

    ukrainian: dict[str, float]
    russian: dict[str, float]
    latin: Costs
    """Costs, because several languages are merged."""
    forms: dict[str, float]
    """All forms of the dictionary, with the frequencies that are expected of them."""
    marks: Marks


def collect(package: Path | None) -> Material:
    """Read and clean all sources."""
    lemmas = hunspell.expand(*sources.hunspell(package))
    known = frozenset(forms.givers(lemmas))
    english, listed_russian = sources.frequencies("en"), sources.frequencies("ru")
    ukrainian = words.ukrainian(sources.frequencies("uk"), known, english)
    russian = words.russian(listed_russian, english, RUSSIAN_WORDS)
    return Material(
        ukrainian,
        russian,
        latin_costs({word: max(ukrainian.get(word, 0.0), russian.get(word, 0.0)) for word in ukrainian | russian}),
        forms.expected(lemmas, ukrainian),
        Marks(
            names_of(lemmas, ukrainian, russian),
            only_russian(russian, ukrainian, known),
            words.acronyms(lemma.word for lemma in lemmas),
        ),
    )


def names_of(lemmas: Sequence[hunspell.Lemma], ukrainian: Mapping[str, float], russian: Mapping[str, float]) -> set[str]:
    """Return the forms that only names have, less those that are Russian words first: `только` is a surname, too."""
    found = words.names((lemma.word, (form.word for form in lemma.forms)) for lemma in lemmas)
    rarer = math.exp(-RUSSIAN_PENALTY)
    return {word for word in found if russian.get(word, 0.0) * rarer <= ukrainian.get(word, 0.0)}


def only_russian(russian: Mapping[str, float], ukrainian: Mapping[str, float], known: Container[str]) -> set[str]:
    """Return the Russian words that are in no Ukrainian source with more than a trace of Russian text can explain.

    >>> ukrainian = {"что": 3e-4, "только": 4.9e-5, "том": 5.6e-5}
    >>> sorted(only_russian({"что": 1.2e-2, "только": 2.3e-3, "том": 1e-3}, ukrainian, {"только", "том"}))
    ['только', 'что']
    """
    unlisted, listed = (math.exp(-nats) for nats in RUSSIAN_ONLY)
    return {word for word, share in russian.items() if ukrainian.get(word, 0.0) < share * (listed if word in known else unlisted)}


def latin_costs(cyrillic: Mapping[str, float]) -> Costs:
    """Return the Latin words, each at the least cost that a language gives it."""
    costs: Costs = {}
    for language, limit in LATIN_WORDS.items():
        penalty = 0.0 if language == "en" else FOREIGN_PENALTY
        for word, frequency in words.latin(sources.frequencies(language), cyrillic, limit).items():
            costs[word] = min(costs.get(word, math.inf), words.cost(frequency) + penalty)
    return costs


def choose(material: Material, limit: int) -> Costs:
    """Choose at most `limit` words, all that are listed and then the likeliest forms, and give each its cost in nats."""
    costs = {word: words.cost(frequency) for word, frequency in material.ukrainian.items()}
    for word, frequency in material.russian.items():
        costs[word] = min(costs.get(word, math.inf), words.cost(frequency) + RUSSIAN_PENALTY)
    costs.update(material.latin)
    likeliest = sorted((-guess, form) for form, guess in material.forms.items() if form not in costs)
    low, high = UNSEEN
    for guess, form in likeliest[: limit - len(costs)]:
        costs[form] = words.cost(min(max(-guess, low), high))
    return costs


def origins(costs: Costs, material: Material) -> dict[str, int]:
    """Count the words of the list by where they are from, each once."""
    found = {"ukrainian": material.ukrainian, "russian": material.russian, "latin": material.latin, "forms": material.forms}
    counts = Counter(next(name for name in found if word in found[name]) for word in costs)
    return {name: counts[name] for name in found}


def latin_weights(material: Material) -> dict[str, float]:
    """Return the weight of each word in the Latin n-grams."""
    return _weights({word: math.exp(-cost) for word, cost in material.latin.items()})


def cyrillic_weights(material: Material) -> dict[str, float]:
    """Return the weight of each word in the Cyrillic n-grams: Ukrainian, some Russian, a trace of Belarusian."""
    listed = _weights(material.ukrainian)
    found = dict.fromkeys(material.forms, FORM_WEIGHT) | listed
    whole = sum(found.values())
    belarusian: dict[str, float] = {}
    for word, weight in listed.items():
        belarusian[words.belarusian(word)] = weight
    for others, share in ((_weights(material.russian), RUSSIAN_SHARE), (belarusian, BELARUSIAN_SHARE)):
        scale = share * whole / sum(others.values())
        for word, weight in others.items():
            found[word] = found.get(word, 0.0) + weight * scale
    return found


def _weights(frequencies: Mapping[str, float]) -> dict[str, float]:
    """Weigh words for the n-grams, between counting types and counting tokens."""
    return {word: 1 + math.sqrt(frequency * 1e8) for word, frequency in frequencies.items()}
