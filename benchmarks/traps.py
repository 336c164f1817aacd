"""Traps: texts that are right as they stand and look like damage, and sound words in damaged lines. Nothing sound may change.

They are made from the plain sides of the test cases, which every checkout has, in seeded disorder. A trap is sprung if a word
of it that was right is not any more; what becomes of the damaged words beside it does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import product
from random import Random
from typing import Final, TypeVar

from benchmarks import corpus, damage
from benchmarks.scoring import Pair, score

T = TypeVar("T")
Traps = dict[str, list[Pair]]

_WORD = re.compile(r"(?<![\w'’-])[а-щьюяєіїґ]{4,}(?![\w'’-])")

DIGITS: Final = ("1", "0", "3", "4", "6", "13", "30")
CODES: Final = (r"\fI", r"\fB", r"\n", r"\t", "%d", "%s", "~a", "^B", "§c", "$x", "&o", "@c")
OPTIONS: Final = ("-o", "-I", "-c", "-p", "-x", "-T")
PREFIXES: Final = ("i", "e", "x")
INDICES: Final = ("X", "Y", "N", "A", "B", "K")

NUMBERS: Final = ("3", "6", "0", "3-6", "13", "1/3")
COUNTED: Final = (
    "кілограми метрів літри тижні хвилини секунди копійки кроки поверхи аркуші рядки файли байти дні ночі вулики мішки корови "
    "діти учениці сторін рази разів тисячі мільйони пунктів балів осіб"
).split()
COUNTS: Final = ("Залишилося {} {}.", "У звіті вказано {} {} на добу", "разом {} {}", "не менше {} {} щодня", "До станції ще {} {}")

NAMES: Final = (
    "HDMI|PTP|CMM|KPI|OCR|PNG|BIOS|API|CPU|HTTP|TCP|CAM|PHP|KOMEX|Apache|Cisco|Opera|Mazda|Toyota|Xerox|Bach|iPad|eBay|xAI".split("|")
)
NAMED: Final = ("Пристрій {} зайнятий", "підтримку {} вимкнено", "{} не відповідає", "Перевірте, чи працює {} на сервері")
LETTERS: Final = "A|B|C|H|I|K|M|O|P|T|X|Y|a|c|e|i|o|p|x|y".split("|")
LETTERED: Final = (
    "вісь {}",
    "Зображення {} збережено",
    "уздовж осі {} на екрані",
    "клавіша {}",
    "показати ще {} рядків",
    "точка {} лежить на прямій",
)

NOTATIONS: Final = (
    "12 мкА|5 МОм|20 МГц|3 μм|H2O|CO2|NaCl|pH|a² + b² = c²|x = 3y|f(x) = kx + b|p < 0,05|[а-щьюяєіїґ]|[^А-Яа-яA-Za-z]|"
    "(?:кіт|пес)|10×15|A4|B5|1а|2б|3-А|№ 6|п. 3а|рис. 1б|Т0|X-промені|γ-промені|II ст.|XIX–XX|I том|Людовік XIV|ПК-3|КБ-11|"
    "Ту-134|Іл-76|ЗІЛ-130|Ан-225|ГОСТ 3262|AC/DC|Wi-Fi|USB-порт|PDF-файл|3D-друк|SMS-ка|Word’і|user_ім’я|C++|C#|Р-330|У-2|"
    "<b>Увага</b>|&nbsp;Так|http://приклад.укр/a|інфо@пошта.укр|--довідка|C:\\Документи|/home/користувач|${ім'я}|{0} рядків"
).split("|")
BESIDE: Final = ("{}", "Шановні колеги, погляньте тут: {}", "{} — так написано в правилах")
"""A notation or a sentence by itself, and in lines whose other words get damaged."""

OTHER_ALPHABETS: Final = {
    "Kazakh": "Менің атым Айгүл, мен қалада тұрамын.|Бүгін күн жылы, бірақ кеше суық болды.|Бұл кітап өте қызық екен.",
    "Kyrgyz": "Менин үйүм көлдүн жанында.|Бүгүн мектепке эрте келдик.|Өлкөдө жаз келди.",
    "Tatar": "Минем әни мәктәптә эшли.|Җәй көне без авылга барабыз.|Һәр көн саен яңа хәбәр килә.",
    "Bashkir": "Беҙҙең ауыл ҙур түгел.|Иртәгә ҡалаға барабыҙ.|Һаумыһығыҙ, дуҫтар!",
    "Mongolian": "Өнөөдөр цаг агаар сайхан байна.|Би өглөө эрт босдог.|Тэр ном их сонирхолтой.",
    "Serbian": "Моја кућа је на обали реке.|Њен брат учи у другом граду.|Љубав и мир желим свима.|Ђак је дошао у школу.",
    "Macedonian": "Ќе дојдам утре наутро.|Мојот пријател живее во Скопје.|Ѓорѓи чита книга за ѕвездите.",
    "Tajik": "Ман дар шаҳри калон зиндагӣ мекунам.|Ҳаво имрӯз хуб аст.|Модарам муаллим аст.|Ҷавонон китоб мехонанд.",
    "Bulgarian": "Утре ще отидем на пазар.|Момчето чете книга под дървото.|Градът е красив през пролетта.",
    "Russian": "Сегодня мы поехали в деревню к бабушке.|Эти цветы растут у самой дороги.|Подъезд был закрыт, и все ждали.",
    "Belarusian": "Ўсе людзі прыйшлі на плошчу.|Мая сястра жыве ў горадзе.|Сёння быў цёплы дзень.",
    "Chuvash": "Ман анне шкулта ӗҫлет.|Паян ҫанталӑк лайӑх.|Ҫуркунне ҫитрӗ.",
}


def traps(count: int) -> Traps:
    """Make the traps: at most so many of each kind.

    >>> [pair.dirty for pair in traps(1)["numbers and what they count"]]
    ['Залишилося 3 кілограми.']
    """
    clean = corpus.sentences(corpus.made_of_cases(400_000))[: 2 * count]
    rng = Random("traps")
    stays = {
        "digits after words": _glued(clean, rng, DIGITS, "{word}{mark}"),
        "digits before words": _glued(clean, rng, DIGITS, "{mark}{word}"),
        "codes before words": _glued(clean, rng, CODES, "{mark}{word}"),
        "options before words": _glued(clean, rng, OPTIONS, "{mark}{word}"),
        "prefixes before capitals": _glued(clean, rng, PREFIXES, "{mark}{Word}"),
        "letters after words": _glued(clean, rng, INDICES, "{word}{mark}"),
        "numbers and what they count": [frame.format(*parts) for frame, parts in product(COUNTS, product(NUMBERS, COUNTED))],
        "Latin names": [frame.format(name) for name, frame in product(NAMES, NAMED)],
        "letters that are names": [frame.format(letter) for letter, frame in product(LETTERS, LETTERED)],
    }
    found = {name: [Pair(text, text) for text in _some(texts, count)] for name, texts in stays.items()}
    lines = [line for lines in OTHER_ALPHABETS.values() for line in lines.split("|")]
    return found | {
        "other alphabets beside damage": [_beside(*parts, rng) for parts in _some(list(product(lines, BESIDE)), count)],
        "notations beside damage": [_beside(*parts, rng) for parts in _some(list(product(NOTATIONS, BESIDE)), count)],
        "long lines, 0.5 % damaged": [_long(clean, rng) for _ in range(min(count, 40))],
    }


def sprung(pairs: list[Pair], repair: Callable[[str], str]) -> int:
    """Count the traps in which a sound word changes.

    >>> sprung([Pair("слово3", "слово3"), Pair("слово", "слово")], lambda text: text.replace("3", "з"))
    1
    """
    return sum(score([pair], repair).spoiled > 0 for pair in pairs)


def _some(texts: Sequence[T], count: int) -> Sequence[T]:
    """Return so many, evenly taken from all."""
    return texts[:: max(1, len(texts) // count)][:count]


def _glued(clean: list[str], rng: Random, marks: tuple[str, ...], form: str) -> list[str]:
    """Glue a mark to a word of each sentence."""
    texts: list[str] = []
    for sentence in clean:
        words = list(_WORD.finditer(sentence))
        if words:
            word = rng.choice(words)
            glued = form.format(word=word[0], Word=word[0].capitalize(), mark=rng.choice(marks))
            texts.append(sentence[: word.start()] + glued + sentence[word.end() :])
    return texts


def _beside(sound: str, frame: str, rng: Random) -> Pair:
    """Put what is sound beside damaged words."""
    return Pair(damage.letters(frame, rng, 0.5, damage.IDENTICAL).format(sound), frame.format(sound))


def _long(clean: list[str], rng: Random) -> Pair:
    """Make one long line of many sentences, with a few damaged words."""
    line = " ".join(rng.choices(clean, k=40))
    return Pair(damage.words(line, rng, 0.005), line)
