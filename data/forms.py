"""How frequent a form is that no frequency list has: the frequency of its word, shared out as words of the same paradigm share theirs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from data.words import UKRAINIAN, fold, is_name, readable_length

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.hunspell import Lemma

NEW_WORD: Final = 2e-8
"""The frequency that a lemma may have and still be unseen.

This and `_EVEN` were chosen on the entries of the Ukrainian list between 1.0e-8 and 2.3e-8, with the rest of the list as what is seen:
of those that the dictionary can form, the likeliest 400 thousand unseen forms hold 77 %, and the likeliest million 93 %.
"""
_EVEN: Final = 1e-7  # this much of a paradigm's frequency is shared out evenly

Kind = tuple[frozenset[str], bool]


@dataclass
class Paradigm:
    """What is known of all lemmas that inflect alike."""

    lemmas: int = 0
    seen: int = 0
    total: float = 0.0
    places: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def share(self, place: str) -> float:
        """Return the share of a lemma's frequency that a place of the paradigm has."""
        return (self.places[place] + _EVEN / len(self.places)) / (self.total + _EVEN)

    def unseen(self) -> float:
        """Return what an unseen lemma is expected to have: the less, the fewer of its kind were seen."""
        return NEW_WORD * (self.seen + 1) / (self.lemmas + 4)


def expected(lemmas: Sequence[Lemma], seen: Mapping[str, float]) -> dict[str, float]:
    r"""Return the expected frequency of each form that the word list can hold.

    >>> from data.hunspell import expand
    >>> rules = "SFX x Y 2\nSFX x а и а\nSFX x а ою а"
    >>> guess = expected(expand(rules, "2\nкава/x\nмава/x"), {"кава": 6e-6, "кави": 2e-6, "мава": 3e-6})
    >>> guess["мави"] > guess["мавою"]
    True
    """
    shared = givers(lemmas)
    observed = {form: seen.get(form, 0.0) / count for form, count in shared.items()}
    paradigms = learn(lemmas, observed)
    guess: defaultdict[str, float] = defaultdict(float)
    for lemma in lemmas:
        paradigm = paradigms[kind(lemma)]
        total = frequency(lemma, observed) + paradigm.unseen()
        for form in lemma.forms:
            guess[fold(form.word)] += total * paradigm.share(form.place)
    return {form: guess[form] for form in guess if readable_length(form) and UKRAINIAN.fullmatch(form)}


def givers(lemmas: Sequence[Lemma]) -> Counter[str]:
    """Count the lemmas that have each form."""
    return Counter(fold(form.word) for lemma in lemmas for form in lemma.forms)


def learn(lemmas: Sequence[Lemma], observed: Mapping[str, float]) -> dict[Kind, Paradigm]:
    """Gather what is known of each paradigm."""
    paradigms: defaultdict[Kind, Paradigm] = defaultdict(Paradigm)
    for lemma in lemmas:
        paradigm = paradigms[kind(lemma)]
        total = frequency(lemma, observed)
        paradigm.lemmas += 1
        paradigm.seen += total > 0
        paradigm.total += total
        for form in lemma.forms:
            paradigm.places[form.place] += observed[fold(form.word)]
    return dict(paradigms)


def kind(lemma: Lemma) -> Kind:
    """Return what lemmas that inflect alike have in common."""
    return frozenset(form.place for form in lemma.forms), is_name(lemma.word)


def frequency(lemma: Lemma, observed: Mapping[str, float]) -> float:
    """Return how frequent all forms of a lemma are together."""
    return sum(observed[fold(form.word)] for form in lemma.forms)
