"""All forms of all words of a hunspell dictionary that inflects by suffixes only, as the Ukrainian one does."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple


class Rule(NamedTuple):
    """One line `SFX flag strip add condition` of the affix file."""

    strip: str
    add: str
    condition: re.Pattern[str]


class Form(NamedTuple):
    """A form of a lemma, and the place in the paradigm that gave it: `flag + ending`, empty for the lemma itself."""

    word: str
    place: str


class Lemma(NamedTuple):
    """A line of the word list with all its forms, the lemma first."""

    word: str
    forms: tuple[Form, ...]


def read_rules(affixes: str) -> dict[str, tuple[Rule, ...]]:
    r"""Read the suffix rules of an affix file by flag.

    >>> rules = read_rules("SFX x Y 1\nSFX x а и [бв]а")
    >>> [(rule.strip, rule.add) for rule in rules["x"]]
    [('а', 'и')]
    """
    rules: defaultdict[str, list[Rule]] = defaultdict(list)
    for line in affixes.splitlines():
        match line.split()[:5]:
            case ["SFX", flag, strip, add, condition]:
                rules[flag].append(Rule(_text(strip), _text(add), re.compile(f"{condition}$")))
            case _:
                pass
    return {flag: tuple(found) for flag, found in rules.items()}


def expand(affixes: str, words: str) -> list[Lemma]:
    r"""Return every line of the word list with all its forms.

    >>> expand("SFX x Y 2\nSFX x а и [бв]а\nSFX x а ами а", "1\nкава/x")[0].forms
    (Form(word='кава', place=''), Form(word='кави', place='xи'), Form(word='кавами', place='xами'))
    """
    rules = read_rules(affixes)
    lines = words.splitlines()[1:]
    return [_inflect(word, flags, rules) for word, _, flags in (line.partition("/") for line in lines) if word]


def _inflect(word: str, flags: str, rules: dict[str, tuple[Rule, ...]]) -> Lemma:
    forms = {word: ""}
    for flag in flags:
        for strip, add, condition in rules.get(flag, ()):
            if word.endswith(strip) and condition.search(word):
                forms.setdefault(word[: len(word) - len(strip)] + add, flag + add)
    return Lemma(word, tuple(Form(form, place) for form, place in forms.items()))


def _text(field: str) -> str:
    return "" if field == "0" else field
