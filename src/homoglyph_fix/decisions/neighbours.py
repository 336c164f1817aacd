"""What the letters of a neighbour say of a lone letter: a counted noun, a noun that takes a letter for its name, a surname."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..arrays.memory import memory_of
from ..arrays.ragged import Flags, Index, where
from ..letters.language import CODE, hash_words, is_proper, language
from ..letters.properties import CYRILLIC, DOT, FOREIGN, HYPHEN, LATIN, UPPER
from ..text.encodings import decode
from ..words.tokens import Chosen, Words

ROMAN_NUMBERED: Final = tuple(
    "квартал півріч місц ранг клас категор груп тип тур етап частин розділ том курс ступ рівн рівен ряд столітт половин фаз стаді сорт "
    "форум з'їзд конгрес конференц світов всеукраїнськ міжнародн національн універсал чемпіонат фестивал дивізіон ліг поверх корпус черг "
    "тисячолітт отаманськ вікторіан зон триместр декад симпозіум всесвітн печерськ річниц семестр чверт навчальн дія дії ява акт "
    "картин закон династі царств імпері республік легіон арм дивізі бригад полк загін інтернаціонал пленум сесі скликанн читанн олімпіад "
    "кубок раунд спартакіад відмін дієвідмін особ вид род порядк розряд ешелон пояс модул блок цикл серії серія випуск глав параграф "
    "спосіб варіант змін вселенськ ватиканськ світова кольоров заняття урок тиждень тема".split()
)
LABELS: Final = tuple(
    "змінн функці вісь осі осей віссю графік літер букв індекс лічильник клавіш параметр координат числ величин "
    "коефіцієнт одиниц точк вектор сторон кут номер елемент символ знак варіант кожн аргумент значен констант розмір клас груп "
    "вітамін гепатит план пункт тип рівн крок кроц рядок рядк умов потік поток тег переменн ось оси букв ключ угл строк столб язык значени "
    "параметр sfx pfx".split()
)
VERBS: Final = tuple("ає яє ує ює ється иться їться лить дить тить сить зить рить нить чить жить шить".split())
SPACE_WITHOUT_WIDTH: Final = 0x200B
WORDS_OF_A_LETTER: Final = frozenset("абвєжзійоуяАБВЄЗІЙОУЯ")
INSTRUMENTAL: Final = tuple("ым им ой ей ом ем ами ями ыми ими ью".split())
CHANGES: Final = tuple("збільшу збільши зменшу зменши інкремент декремент увеличи уменьш".split())
CONDITIONS: Final = frozenset("щоб чтобы якщо коли поки доки хай нехай де если пока когда пусть где".split())
NO_NOUNS: Final = frozenset("і й та або чи а але є буде було не має може и или а но не".split())
COMPARED: Final = frozenset(
    "буде більше менше дорівнює рівне парне непарне кратне стане стало є не будет больше меньше равно станет".split()
)
PREPOSITIONS: Final = frozenset(
    "від до по на при за для над під між через без про із зі перед після біля крім з у в о об от из после между".split()
)
SURNAMES: Final = tuple("енко енка енку чук чука юк юка ський ська ського ському ської ську цький цька цького цькому ович евич".split())


_PREPOSITIONS: Final = np.array([ord(letter) for letter in "yYBcoCOK"], np.uint32)  # letters that may be prepositions
LABEL, PREPOSITION, NO_NOUN, NUMBERED, NUMERAL, AND = (1 << bit for bit in range(6))
INSTRUMENTAL_CASE, CONDITION, COMPARES, TO, NUMBER, SYSTEM, CHANGING, YEAR = (1 << bit for bit in range(6, 14))
NUMERALS: Final = "ivxіх"
_LISTED: Final[dict[str, int]] = {}
for _kind_of, _words in (
    *((PREPOSITION, PREPOSITIONS), (NO_NOUN, NO_NOUNS), (CONDITION, CONDITIONS), (COMPARES, COMPARED)),
    *((AND, ("і", "та", "й", "i")), (TO, ("від", "до", "от", "на"))),
):
    for _word in _words:
        _LISTED[_word] = _LISTED.get(_word, 0) | _kind_of
RECORD: Final = np.dtype([("kinds", "<u2")])
"""What is remembered of a neighbour: the kinds that it is of, by its letters as they stand."""


def after_name(words: Words, index: Index) -> Flags:
    """Tell which words stand after a number that a hyphen ties to a Latin name: `ISO-8859-x`."""
    name = np.maximum(index - 2, 0)
    named = (words.before[index - 1] == HYPHEN) & ((words.inside[name] & np.uint32(LATIN)) != 0)
    return named & (words.line[name] == words.line[index]) & (index > 1)


def quoted_numbers(words: Words, index: Index) -> Flags:
    """Tell which endings stand with their number between quotes, as a value: `IMEXP("2-i")`."""
    opens = words.points[words.start[np.maximum(index - 1, 0)] - 1]
    return (opens == ord('"')) & (words.points[words.end[index]] == ord('"'))


def after_year(words: Words, index: Index) -> Flags:
    """Tell which words stand after a year, of four digits or two: `1990 p.`, `в 50 p. XIX ст.`, but `312 p.` is pages."""
    return (_kinds(words, index, -1) & YEAR) != 0


def after_digit(words: Words, index: Index) -> Flags:
    """Tell which words stand after a number of one digit."""
    return words.size[np.maximum(index - 1, 0)] == 1


def before_numbered(words: Words, index: Index) -> Flags:
    """Tell which words stand before a noun that is counted in Roman numerals, or before another numeral: `I квартал`, `I та II`."""
    after, more = _kinds(words, index, 1), _kinds(words, index, 2)
    return ((after & NUMBERED) != 0) | (((after & AND) != 0) & ((more & NUMERAL) != 0))


def after_label(words: Words, index: Index) -> Flags:
    """Tell which words stand after a noun that takes a letter for its name, or after a preposition: `змінна i`, `вісь y`, `від i`."""
    return (_kinds(words, index, -1) & (LABEL | PREPOSITION)) != 0


def before_instrumental(words: Words, index: Index) -> Flags:
    """Tell which words stand before a Russian word in the instrumental case, or a number and one: `c потайным входом`, `c 3 точками`."""
    after = _kinds(words, index, 1)
    return (np.where(after & NUMBER, _kinds(words, index, 2), after) & INSTRUMENTAL_CASE) != 0


def are_variables(words: Words, index: Index) -> Flags:
    """Tell which lone letters are names: after a label or a preposition, an i that is counted, a preposition before what it cannot govern.

    `вісь y`, `від i`; `коли i буде 0`, `зменшить i до 2`; `по y від нуля`, `значення y є`.
    """
    before, after, letter = _kinds(words, index, -1), _kinds(words, index, 1), words.glyph[words.first[index]]
    i = letter == ord("i")
    lone = np.isin(letter, _PREPOSITIONS) & ((after & (PREPOSITION | NO_NOUN)) != 0)
    counted = i & ((before & CONDITION) != 0) & ((after & COMPARES) != 0)
    changed = i & ((before & CHANGING) != 0) & ((after & TO) != 0)
    found = ((before & (LABEL | PREPOSITION)) != 0) | lone | counted | changed
    to = where(i & ((after & TO) != 0) & ~found)
    if len(to):
        found[to] = (_kinds(words, index[to], 2) & NUMBER) != 0
    return found


def are_names(words: Words, index: Index) -> Flags:
    """Tell which i belongs to the capitals before it: `IBM i можна`, `IBM i і`; between two names it is the conjunction."""
    following = words.inside[np.minimum(index + 1, len(words) - 1)]
    named = ((_kinds(words, index, -1) & SYSTEM) != 0) & ((following & np.uint32(UPPER | LATIN)) == 0)
    return named | ((words.glyph[words.first[np.minimum(index + 1, len(words) - 1)]] == ord("і")) & (_kinds(words, index, 1) == AND))


def _kinds(words: Words, index: Index, step: int) -> NDArray[np.uint16]:
    """Return the kinds of the neighbours of some words, 0 where there is none."""
    found = np.zeros(len(index), np.uint16)
    rows = where(words.all_together(index, step))
    if len(rows):
        some = Chosen(words, index[rows] + step)
        found[rows] = memory_of("neighbours", RECORD).recall(some.keys, lambda new: _learn(some, new))["kinds"]
    return found


def _learn(chosen: Chosen, new: Index) -> NDArray[np.void]:
    """Find out of which kinds words are that are met for the first time."""
    letters = decode(chosen.glyph)
    spans = zip(chosen.first[new].tolist(), (chosen.first + chosen.size)[new].tolist(), strict=True)
    records = np.zeros(len(new), RECORD)
    records["kinds"] = [_kind(letters[first:last]) for first, last in spans]
    return records


def _kind(word: str) -> int:
    small = word.lower()
    kinds = _LISTED.get(small, 0) | (LABEL if small.startswith(LABELS) else 0) | (NUMBERED if small.startswith(ROMAN_NUMBERED) else 0)
    if small.endswith(INSTRUMENTAL):
        kinds |= INSTRUMENTAL_CASE
    if small.startswith(CHANGES):
        kinds |= CHANGING
    if small.endswith(VERBS):
        kinds |= NO_NOUN
    if small[0] in NUMERALS and not small.strip(NUMERALS):
        kinds |= NUMERAL
    if word.isascii() and word.isdecimal():
        kinds |= NUMBER | (YEAR if len(word) == 2 or (len(word) == 4 and word[0] in "12") else 0)
    elif word.isascii() and len(word) > 1 and word.isalpha() and word.isupper():
        kinds |= SYSTEM
    return kinds


def held_apart(words: Words, index: Index) -> Flags:
    """Tell which words are several words of the list with spaces without width between them."""
    found = np.zeros(len(index), bool)
    breaks = where(words.points == SPACE_WITHOUT_WIDTH)
    rows = where(breaks.searchsorted(words.start[index]) < breaks.searchsorted(words.end[index])) if len(breaks) else breaks
    for row in rows.tolist():
        parts = words.text(int(index[row])).strip("\u200b").split("\u200b")
        codes = CODE[[min(ord(letter), 0xFFFF) for letter in "".join(parts)]]
        ends = np.cumsum([len(part) for part in parts])
        if len(parts) > 1 and all(len(part) > 1 or part in WORDS_OF_A_LETTER for part in parts):
            found[row] = (language().look_up(hash_words(codes, np.append(0, ends[:-1]), ends)) != 0).all()
    return found


def before_long_word(words: Words, index: Index) -> Flags:
    """Tell which words stand before a word of more than two letters."""
    return words.size[np.minimum(index + 1, len(words) - 1)] > 2


def before_initial(words: Words, index: Index) -> Flags:
    """Tell which words stand before a Cyrillic capital and a full stop: the second initial of a name."""
    after = np.minimum(index + 1, len(words) - 1)
    capital = (words.inside[after] & np.uint32(CYRILLIC | UPPER | FOREIGN)) == CYRILLIC | UPPER
    return capital & (words.size[after] == 1) & ((words.after[after] & np.uint32(DOT)) != 0)


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
