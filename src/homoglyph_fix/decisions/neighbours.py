"""What the letters of a neighbour say of a lone letter: a counted noun, a noun that takes a letter for its name, a surname."""

from __future__ import annotations

from typing import Final

import numpy as np

from ..arrays.ragged import Flags, Index, where
from ..letters.language import CODE, hash_words, is_proper, language
from ..letters.properties import HYPHEN, LATIN, UPPER
from ..words.tokens import Chosen, Words

ROMAN_NUMBERED: Final = tuple(
    "квартал півріч місц ранг клас категор груп тип тур етап частин розділ том курс ступ рівн рівен ряд столітт половин фаз стаді сорт "
    "форум з'їзд конгрес конференц світов всеукраїнськ міжнародн національн універсал чемпіонат фестивал дивізіон ліг поверх корпус черг "
    "тисячолітт отаманськ вікторіан зон триместр декад симпозіум всесвітн печерськ річниц семестр чверт навчальн дія дії ява акт картин закон "
    "династі царств імпері республік легіон арм дивізі бригад полк загін інтернаціонал пленум сесі скликанн читанн олімпіад кубок раунд "
    "спартакіад відмін дієвідмін особ вид род порядк розряд ешелон пояс модул блок цикл серії серія випуск глав параграф спосіб варіант "
    "вселенськ ватиканськ світова кольоров заняття урок тиждень тема".split()
)
LABELS: Final = tuple(
    "змінн функці вісь осі осей віссю графік літер букв індекс лічильник клавіш параметр координат числ величин "
    "коефіцієнт одиниц точк вектор сторон кут номер елемент символ знак варіант кожн аргумент значен констант розмір клас груп "
    "вітамін гепатит план пункт тип рівн переменн ось оси букв ключ угл строк столб язык значени параметр".split()
)
INSTRUMENTAL: Final = tuple("ым им ой ей ом ем ами ями ыми ими ью".split())
CONDITIONS: Final = frozenset("якщо коли поки доки хай нехай де если пока когда пусть где".split())
NO_NOUNS: Final = frozenset("і й та або чи а але є буде було не має може и или а но не".split())
COMPARED: Final = frozenset("буде більше менше дорівнює рівне стане є не будет больше меньше равно станет".split())
PREPOSITIONS: Final = frozenset("от из после между від до по на при за для над під між через без про із зі перед після біля крім з у в о об".split())
SURNAMES: Final = tuple("енко енка енку чук чука юк юка ський ська ського ському ської ську цький цька цького цькому ович евич".split())


def after_name(words: Words, index: Index) -> Flags:
    """Tell which words stand after a number that a hyphen ties to a Latin name: `ISO-8859-x`."""
    named = (words.before[index - 1] == HYPHEN) & ((words.inside[np.maximum(index - 2, 0)] & np.uint32(LATIN)) != 0)
    return named & (words.line[np.maximum(index - 2, 0)] == words.line[index]) & (index > 1)


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


def before_instrumental(words: Words, index: Index) -> Flags:
    """Tell which words stand before a Russian word in the instrumental case, or a number and one: `c потайным входом`, `c 3 точками`."""
    found = np.zeros(len(index), bool)
    for row, word in enumerate(index.tolist()):
        after = [words.text(place).lower() for place in (word + 1, word + 2) if words.together(word, place)]
        found[row] = after[0].endswith(INSTRUMENTAL) or (len(after) == 2 and after[0].isdecimal() and after[1].endswith(INSTRUMENTAL)) if after else False
    return found


def are_counters(words: Words, index: Index) -> Flags:
    """Tell which i is a variable of a program told in words: `коли i буде 0`, `зменшить i до 2`."""
    found = np.zeros(len(index), bool)
    for row, word in enumerate(index.tolist()):
        before, after, next_but_one = (words.text(place).lower() if words.together(word, place) else "" for place in (word - 1, word + 1, word + 2))
        found[row] = (before in CONDITIONS and after in COMPARED) or (after in ("від", "до", "от") and next_but_one.isdecimal())
    return found


def are_names(words: Words, index: Index) -> Flags:
    """Tell which i belongs to the capitals before it: `IBM i можна`, `IBM i і`; between two names it is the conjunction."""
    found = np.zeros(len(index), bool)
    for row, word in enumerate(index.tolist()):
        before, after = (words.text(place) if words.together(word, place) else "" for place in (word - 1, word + 1))
        found[row] = after.lower() == "і" or (before.isascii() and before.isalpha() and before.isupper() and len(before) > 1 and after.islower())
    return found


def before_no_noun(words: Words, index: Index) -> Flags:
    """Tell which words stand before a preposition, a conjunction or a verb: no preposition does (`по y від нуля`, `значення y є`)."""
    after = [words.text(word + 1).lower() if words.together(word, word + 1) else "" for word in index.tolist()]
    return np.array([word in PREPOSITIONS or word in NO_NOUNS for word in after], bool)


def before_long_word(words: Words, index: Index) -> Flags:
    """Tell which words stand before a word of more than two letters."""
    return words.size[np.minimum(index + 1, len(words) - 1)] > 2


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
