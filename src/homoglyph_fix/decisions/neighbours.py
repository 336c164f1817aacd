"""What the letters of a neighbour say of a lone letter: a counted noun, a noun that takes a letter for its name, a surname."""

from __future__ import annotations

from typing import Final

import numpy as np

from ..arrays.ragged import Flags, Index, where
from ..letters.language import CODE, hash_words, is_proper, language
from ..letters.properties import UPPER
from ..words.tokens import Chosen, Words

ROMAN_NUMBERED: Final = tuple(
    "квартал півріч місц ранг клас категор груп тип тур етап частин розділ том курс ступ рівн рівен ряд столітт половин фаз стаді сорт "
    "форум з'їзд конгрес конференц світов всеукраїнськ міжнародн національн універсал чемпіонат фестивал дивізіон ліг поверх корпус черг "
    "тисячолітт отаманськ вікторіан зон триместр декад симпозіум всесвітн печерськ річниц".split()
)
LABELS: Final = tuple(
    "змінн функці вісь осі осей віссю графік літер букв індекс лічильник клавіш параметр координат числ величин "
    "коефіцієнт одиниц точк вектор сторон кут номер елемент символ знак варіант кожн аргумент значенн констант розмір клас груп "
    "вітамін гепатит план пункт тип рівн".split()
)
PREPOSITIONS: Final = frozenset("від до по на при за для над під між через без про із зі перед після біля крім з у в о об".split())
SURNAMES: Final = tuple("енко енка енку чук чука юк юка ський ська ського ському ської ську цький цька цького цькому ович евич".split())


def before_numbered(words: Words, index: Index) -> Flags:
    """Tell which words stand before a noun that is counted in Roman numerals, or before another numeral: `I квартал`, `I та II`."""
    found = np.zeros(len(index), bool)
    for row, word in enumerate(index.tolist()):
        after = [words.text(place).lower() for place in (word + 1, word + 2) if words.together(word, place)]
        numeral = len(after) == 2 and after[0] in ("і", "та", "й", "i") and not after[1].strip("ivxіх")
        found[row] = numeral or (bool(after) and after[0].startswith(ROMAN_NUMBERED))
    return found


def after_label(words: Words, index: Index) -> Flags:
    """Tell which words stand after a noun that takes a letter for its name, or after a preposition: `змінна i`, `вісь y`, `від i`."""
    before = [words.text(word - 1).lower() if words.together(word, word - 1) else "" for word in index.tolist()]
    return np.array([word.startswith(LABELS) or word in PREPOSITIONS for word in before], bool)


def before_preposition(words: Words, index: Index) -> Flags:
    """Tell which words stand before a preposition: у does not (`по y від нуля`)."""
    after = [words.text(word + 1).lower() if words.together(word, word + 1) else "" for word in index.tolist()]
    return np.array([word in PREPOSITIONS for word in after], bool)


def before_name(words: Words, index: Index) -> Flags:
    """Tell which words stand before a capitalised word that ends like a surname, or that the list has as a name or not at all."""
    found = np.zeros(len(index), bool)
    after = np.minimum(index + 1, len(words) - 1)
    capitalised = (words.inside[after] & np.uint32(UPPER)) != 0
    rows = where((words.line[after] == words.line[index]) & (after > index) & capitalised & (words.size[after] > 2))
    if len(rows):
        names = Chosen(words, after[rows])
        codes = CODE.take(names.glyph, mode="clip")
        entry = language().look_up(hash_words(codes, names.first, names.first + names.size))
        found[rows] = (entry == 0) | is_proper(entry)
        for row in rows[where(~found[rows])].tolist():
            found[row] = words.text(int(after[row])).endswith(SURNAMES)
    return found
