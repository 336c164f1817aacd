"""Which words a source really has: frequency lists are full of damaged, foreign and broken entries."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from homoglyph_fix.letters.language import APOSTROPHES

LONGEST: Final = 30
UKRAINIAN: Final = re.compile(r"[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя]+(?:'[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя]+)*")
RUSSIAN: Final = re.compile(r"[абвгдеёжзийклмнопрстуфхцчшщъыьэюя]+")
LATIN: Final = re.compile(r"[a-z]+")

SINGLE: Final = frozenset("абвгдежзйклмнопрстуфхцчшяєі")
"""Letters that stand alone: words, initials, list labels, `р.`, `с.`, `т.`; not и, ї, ґ, ь, щ, ю, and none of the Russian ones."""
LATIN_SINGLE: Final = frozenset("aeioy")

_FOLD: Final = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_CYRILLIC_LOOKALIKES: Final = "авеікмнорстух"
_LATIN_LOOKALIKES: Final = "abeikmhopctyx"
_TO_LATIN: Final = str.maketrans(_CYRILLIC_LOOKALIKES, _LATIN_LOOKALIKES)
_TO_CYRILLIC: Final = str.maketrans(_LATIN_LOOKALIKES, _CYRILLIC_LOOKALIKES)
_ROMAN: Final = re.compile(r"[іх]{2,}")
_STRETCHED: Final = re.compile(r"(.)\1\1")
_ACRONYM: Final = 4e-6  # what is stretched and still more frequent than this is no shout: ссср, ооо
_RARE_PAIR: Final = 3e-6  # two letters that no dictionary has and that are no more frequent than this are rubbish
_DAMAGED: Final = 30  # a spelling with і for ї, or the reverse, is damage if the other one is so many times as frequent
_SHADOW: Final = 2  # so much more frequent is the English word of which a spelling is the shadow
_RARE_LATIN: Final = 5e-7  # a Latin word rarer than this is the shadow of a Cyrillic one ...
_LATIN_SHADOW: Final = 50  # ... that is so many times as frequent: kak, eto, cccp

_BELARUSIAN: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"((?<=[аеєиіїоуюя])|^)в(?![аеєиіїоуюя'])", "ў"),
        (r"т(?=[іьєюя])", "ц"),
        (r"д(?=[іьєюя])", "дз"),
        (r"и", "ы"),
        (r"(?<=[рчшжц])і", "ы"),
        (r"(?<=[бвгґдзкмнпрстфхчшжц])е|^е", "э"),
        (r"[йь]о", "ё"),
        (r"щ", "шч"),
        (r"є", "е"),
        (r"ї", "і"),
        (r"ґ", "г"),
    )
)

Frequencies = Mapping[str, float]


def fold(word: str) -> str:
    """Return a word as the word list has it: lower case, one apostrophe.

    >>> fold("Пʼять"), fold("П’ЯТЬ")
    ("п'ять", "п'ять")
    """
    return word.lower().translate(_FOLD)


def is_name(lemma: str) -> bool:
    """Is a lemma capitalised, and no acronym?

    >>> [is_name(lemma) for lemma in ("Київ", "МакДональд", "США", "лев")]
    [True, True, False, False]
    """
    return lemma[:1].isupper() and not (len(lemma) > 1 and lemma.isupper())


def names(lemmas: Iterable[tuple[str, Iterable[str]]]) -> set[str]:
    """Return the folded forms that only names have.

    >>> sorted(names([("Київ", ["Київ", "Києва"]), ("США", ["США"]), ("Лев", ["Лев"]), ("лев", ["лев"])]))
    ['києва', 'київ']
    """
    of_names: set[str] = set()
    of_others: set[str] = set()
    for lemma, forms in lemmas:
        (of_names if is_name(lemma) else of_others).update(map(fold, forms))
    return of_names - of_others


def acronyms(lemmas: Iterable[str]) -> set[str]:
    """Return the folded lemmas that a dictionary has in capitals.

    >>> sorted(acronyms(["НАТО", "Київ", "А", "ІТАР-ТАРС"]))
    ['нато']
    """
    return {fold(lemma) for lemma in lemmas if len(lemma) > 1 and lemma.isalpha() and lemma.isupper()}


def readable_length(word: str) -> bool:
    """Is a dictionary's form of a length that the word list holds? Single letters come from the frequency list alone."""
    return 1 < len(word) <= LONGEST


def ukrainian(listed: Frequencies, known: frozenset[str], english: Frequencies) -> dict[str, float]:
    """Keep the entries of the Ukrainian list that are words; `known` are the forms of the dictionary.

    >>> listed = {"він": 3e-3, "вiн": 3e-4, "сат": 1e-7, "україна": 1e-4, "украіна": 1e-8, "ііі": 1e-6, "ь": 1e-6}
    >>> ukrainian(listed, frozenset({"він", "україна"}), {"cat": 5e-5})
    {'він': 0.003, 'україна': 0.0001}
    """
    words = whole(listed, UKRAINIAN)
    return {word: words[word] for word in words if (word in known and len(word) > 1) or _is_word(word, words, english)}


def russian(listed: Frequencies, english: Frequencies, limit: int) -> dict[str, float]:
    """Keep the `limit` most frequent Russian words."""
    words = whole(listed, RUSSIAN)
    return _most_frequent({word: words[word] for word in words if _is_word(word, words, english)}, limit)


def latin(listed: Frequencies, cyrillic: Frequencies, limit: int) -> dict[str, float]:
    """Keep the `limit` most frequent words of a to z that are no shadows of Cyrillic ones.

    >>> latin({"the": 5e-2, "kak": 2e-7, "kayak": 4e-7, "q": 1e-5, "naïve": 1e-6}, {"как": 5e-4}, 9)
    {'the': 0.05, 'kayak': 4e-07}
    """
    words = whole(listed, LATIN)
    kept = {word: share for word, share in words.items() if len(word) > 1 or word in LATIN_SINGLE}
    return _most_frequent({word: share for word, share in kept.items() if not _is_latin_shadow(word, share, cyrillic)}, limit)


def whole(listed: Frequencies, alphabet: re.Pattern[str]) -> dict[str, float]:
    """Keep the entries wholly written in an alphabet, folded; `вiн` with a Latin letter is none.

    >>> whole({"він": 0.1, "вiн": 0.1, "т.д": 0.1}, UKRAINIAN)
    {'він': 0.1}
    """
    kept: dict[str, float] = {}
    for word, frequency in listed.items():
        folded = fold(word)
        if len(folded) <= LONGEST and alphabet.fullmatch(folded):
            kept[folded] = max(kept.get(folded, 0.0), frequency)
    return kept


def cost(frequency: float) -> float:
    """Return a frequency as a cost in nats."""
    return -math.log(frequency)


def _most_frequent(words: Frequencies, limit: int) -> dict[str, float]:
    return dict(sorted(words.items(), key=lambda entry: (-entry[1], entry[0]))[:limit])


def _is_word(word: str, words: Frequencies, english: Frequencies) -> bool:
    """Judge an entry of a Cyrillic list that no dictionary vouches for."""
    if len(word) == 1:
        return word in SINGLE
    if len(word) == 2 and words[word] < _RARE_PAIR:
        return False
    if _STRETCHED.search(word) and words[word] < _ACRONYM:
        return False
    return not (_ROMAN.fullmatch(word) or _is_shadow(word, words, english) or _is_damaged(word, words))


def _is_shadow(word: str, words: Frequencies, english: Frequencies) -> bool:
    """Is it an English word in Cyrillic letters: `сат`, `мр`, `рнр`?"""
    return english.get(word.translate(_TO_LATIN), 0.0) > _SHADOW * words[word]


def _is_latin_shadow(word: str, share: float, cyrillic: Frequencies) -> bool:
    return share < _RARE_LATIN and cyrillic.get(word.translate(_TO_CYRILLIC), 0.0) > _LATIN_SHADOW * share


def _is_damaged(word: str, words: Frequencies) -> bool:
    """Has і got a dot too few or too many: `украіна`?"""
    return any(words.get(other, 0.0) > _DAMAGED * words[word] for other in _dotted(word))


def _dotted(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        if letter in "ії":
            yield word[:at] + ("ї" if letter == "і" else "і") + word[at + 1 :]


def belarusian(word: str) -> str:
    """Spell a Ukrainian word the Belarusian way, roughly: no source for Belarusian is at hand, and its letters must not be impossible.

    >>> [belarusian(word) for word in ("правда", "влада", "жити", "щось", "вишневий")]
    ['праўда', 'ўлада', 'жыты', 'шчось', 'вышнэвый']
    """
    for pattern, replacement in _BELARUSIAN:
        word = pattern.sub(replacement, word)
    return word
