"""Made-up texts for the property tests: clean, damaged, foreign and broken pieces in every mixture."""

import os
import random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from case_files import read_cases
from homoglyph_fix.config import APOSTROPHES, Config
from homoglyph_fix.decisions.policy import RULES

many = settings(
    max_examples=int(os.environ.get("HOMOGLYPH_FIX_EXAMPLES", "1000")),
    derandomize="HOMOGLYPH_FIX_RANDOM" not in os.environ,  # the same examples on every machine; set it to search for new ones
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

_switch = st.booleans()
_kept = st.sampled_from(
    "мама робота україна він i I a з 3 p* пор* ки* до* HATO НАТО Xbox* facebook Google IT XIX K2SO4 pH сторін* п'ять об'єкт приш* х* в* c"
    "".split()
)
configs = st.builds(
    Config,
    standalone=_switch,
    latin=_switch,
    digits=_switch,
    invisible=_switch,
    apostrophe=st.sampled_from(APOSTROPHES),
    ignore=st.just(frozenset[str]()) | st.frozensets(st.sampled_from([rule.name for rule in RULES])),
    keep=st.just(frozenset[str]()) | st.frozensets(_kept),
)
"""Every value of every switch, some rules ignored, some words kept, but `mojibake`, which is a repair of its own before all others."""

few = settings(many, max_examples=max(1, many.max_examples // 4))  # where one example takes long

PLAIN_WORDS = (
    "мама робота Україна їжак ґанок щастя об'єднання п’ять звʼязок книга поразка готується Київ лікарня і в й з у а о "
    "є Це не та що як він вона вони де ж би рік роки сторінка область місто народ уряд президент молоко бджола жито "
    "фабрика дзвінок цегла площа юшка яблуко єдність ніч день хліб вода сонце ялинка чемпіон оцінка південно-східний "
    "будь-який НАТО СБУ МОН ТОВ УВАГА Львів Одеса Шевченко Леся Іван Ярослав березень листопад"
).split()
LATIN_WORDS = (
    "COVID iPhone facebook Google IT GPS Wi-Fi PR He is here a i A B C x y p c pp OK Top pic cop HATO TOB XIX IV XXI "
    "H2O CO2 K2SO4 NaCl pH kg user_a camelCase v1.2 café déjà naïve Über ISO-8859-1 http://example.com/a a@b.co "
    "<b> </p> &nbsp; `code` %s %1$s {name} $HOME \\n #tag @user Smith B. subtilis"
).split()
OTHER_WORDS = (
    "это объявление съёмка ўсё дзень αβγ λόγος ја љубав звезда міръ "
    "سلام שלום 中国 한국 नमस्ते می\u200cخواهم 👩\u200d💻 м³ °C № ½"
).split()
SIGNS = (  # typed for apostrophes, and not
    'об"єкт п`ять м´яч п′ять зв”язок п*ять об“єкт З"їзд oб"єкт об"eкт сім"я" *п*я* з*їзд* слово"яма 5"ятдесят в"6є об\\"єкт B\\\'ячеслав '
    "'об\"єкт' ('об\"єкт, п\u00ad*ять Кот-д'Івуар О’Коннор it’s f'п`ять' 'слово слово' п`ять' сім`я`"
).split()
NUMBERS = "0 1 3 6 10 70-x 20-i 5-oї 1990 1А 3а А4 Т-34 3,14 06:30 м3 XIX–XX 100%".split()
PUNCTUATION = list(".,;:!?-–—…()[]{}<>«»\"'’ʼ“”/\\|_*#@&%$+=~^`№°")
SEPARATORS = [" ", " ", " ", "", "-", "'", "’", ", ", ". ", "/", ".", "\n", "\r\n", "\r", "\t", "\0", "\xa0", "\u2028"]
PLAIN_SEPARATORS = [" ", ", ", ". ", " — ", "! ", "?\n", ": ", " (", ") ", " «", "» ", "…", "\r\n", "; "]
HIDDEN = list("\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff\u0301\u0306\u0308\ufe0f")
IDENTICAL = dict(zip("асеіорхуАВСЕНІКМОРТХ", "aceiopxyABCEHIKMOPTX", strict=True))
TWINS = IDENTICAL | {
    "а": "aα𝐚ａɑá", "о": "oο0օσ", "е": "eеèé", "і": "iι1ï", "р": "pρ", "с": "cⲥｃ", "х": "xχ", "у": "yý", "ї": "ïi",
    "є": "è", "и": "u", "п": "nπ", "г": "r", "т": "tmτ", "к": "kκ", "н": "hʜ", "в": "bʙ", "б": "6b", "з": "3", "ч": "4",
    "'": '"`´′”“*’ʼ', "’": '"`´′”“*\'ʼ', "ʼ": '"`´′”“*\'’', "ш": "w", "д": "gԁ", "м": "mᴍ", "З": "3",
    "О": "0OΟ", "І": "I1lӀ", "Н": "HΗ", "П": "nΠ", "В": "BΒᏴ",
}  # fmt: skip
SHAPES = {letter: "".join(char for char in twins if char.isascii() and char.isalpha()) for letter, twins in TWINS.items()}
SHAPES = {letter: shapes for letter, shapes in SHAPES.items() if shapes} | {"ь": "b"}
HEADLINE_WORDS = (  # of which the first letters all have a Latin shape, and a later one has none
    "організація створення мистецтво повернення погодження спорудження поранення керівництво адміністрація вогнище республіка підтримує "
    "проводиться покращення народження вимірювання"
).split()
LONE_LETTERS = "i y a o I Y A B O C X e x c k u á í ο 3 6".split()
STRONG = frozenset("бгґджзийклмнптфцчшщьюяєвБГҐДЖЗИЙЛПУФЦЧШЩЬЮЯЄ")


def _damage(word: str, picks: list[int]) -> str:
    """Replace letters by their twins: pick 0 to 4 takes a twin, 5 a hidden character, the rest leave the letter."""
    out = []
    for letter, pick in zip(word, picks, strict=False):
        choices = TWINS.get(letter, letter)
        out.append(choices[pick % len(choices)] if pick < 5 else letter)
        if pick == 5:
            out.append(HIDDEN[len(out) % len(HIDDEN)])
    return "".join(out) + word[len(picks) :]


def hurt_line(seed: int) -> str:
    """Return words of which most letters are replaced, with one to three letters that may be words or variables among them."""
    rng = random.Random(seed)
    words, rate = rng.choices(PLAIN_WORDS + HEADLINE_WORDS * 4, k=rng.randint(3, 9)), rng.choice([0.8, 0.8, 0.4])
    written = ["".join(rng.choice(SHAPES[char]) if char in SHAPES and rng.random() < rate else char for char in word) for word in words]
    for _ in range(rng.randint(1, 3)):
        written.insert(rng.choice([0, rng.randint(0, len(written))]), rng.choice(LONE_LETTERS))
    written[0] = written[0][:1].upper() + written[0][1:]
    return "".join(word + rng.choice([*" " * 9, ", ", ". ", " — "]) for word in written[:-1]) + written[-1] + rng.choice(".!,")


def _one_off(word: str, pick: int) -> tuple[str, str]:
    """Replace one letter of identical shape."""
    spots = [i for i, letter in enumerate(word) if letter in IDENTICAL]
    spot = spots[pick % len(spots)]
    return word[:spot] + IDENTICAL[word[spot]] + word[spot + 1 :], word


def _join(parts: list[tuple[str, str]]) -> str:
    return "".join(piece + separator for piece, separator in parts)


def _written(words: st.SearchStrategy[str], separators: list[str], size: int) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(words, st.sampled_from(separators)), max_size=size).map(_join)


_plain = st.sampled_from(PLAIN_WORDS)
_damaged = st.builds(_damage, _plain, st.lists(st.integers(0, 11), max_size=16))
_rows = st.sampled_from([case.before for case in read_cases() if "\n" not in case.before])
_strange = st.text(st.characters(), max_size=4) | st.sampled_from(HIDDEN)  # characters(): surrogates too
_fragments = st.one_of(
    _plain, _damaged, _damaged, st.sampled_from(LATIN_WORDS), st.sampled_from(OTHER_WORDS), st.sampled_from(NUMBERS),
    st.sampled_from(SIGNS), st.sampled_from(PUNCTUATION), _rows, _strange,
)  # fmt: skip

# Words of one to six letters in which anything may stand for anything: what no list of words would think of.
_mixes = st.text(st.sampled_from("aceiopxyrnutAHOTPCIXè3016kdαјаібогтжІТ"), min_size=1, max_size=6)
_latinized = st.builds(lambda word: "".join(IDENTICAL.get(letter, letter) for letter in word), _plain)
_lookalikes = st.text(st.sampled_from("aceiopxyKTMHBCPX"), min_size=2, max_size=5)
_acronyms = st.builds(_damage, st.sampled_from([w for w in PLAIN_WORDS if w.isupper()]), st.lists(st.integers(0, 9), max_size=4))
_endings = st.sampled_from("5-mu 3-ro 30-x 20-ix 1990 pp. p. c. o.".split())
_doubtful = st.one_of(
    _damaged, _damaged, _latinized, _latinized, _mixes, _lookalikes, _acronyms, _endings, _plain, st.sampled_from(LATIN_WORDS),
    st.sampled_from(NUMBERS), st.sampled_from(SIGNS),
)  # fmt: skip

texts = _written(_fragments, SEPARATORS, 7)
encodable_texts = texts.map(lambda text: text.encode("utf-8", "replace").decode())
lines = _written(_damaged | _strange, ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", " "], 7)
clean_texts = _written(_plain | st.builds(str.upper, _plain) | st.builds(str.capitalize, _plain), PLAIN_SEPARATORS, 9)
_long_words = [w for w in PLAIN_WORDS if len(w) > 3 and STRONG & set(w) and set(w) & set(IDENTICAL)]
one_letter_off = st.builds(_one_off, st.sampled_from(_long_words), st.integers(0, 20))
_letters = st.sampled_from([*LONE_LETTERS, *"i, y. (a i) p.".split()])
_neighbours = st.sampled_from(
    "слово слово, (слово слово). слово! «слово...» слово: п'ять слово' слово- — - слово] [слово] Љубав ѓ $слово слово.со а&б %d будь-яке "
    "будь-що/хто СхідSide змінна вісь".split()
)
_hurt = st.builds(_damage, _plain, st.lists(st.integers(0, 4), min_size=1, max_size=3))
_in_damage = st.one_of(_hurt, _hurt, _hurt, _letters, _letters, _neighbours, _neighbours, _doubtful)
damaged_lines = _written(_in_damage, [" "] * 9 + ["\n", ", ", "  ", ". "], 40)
crowded_texts = _written(_doubtful, [*SEPARATORS[:12], *PLAIN_SEPARATORS], 14)
heavily_damaged_lines = st.integers(0, 1 << 32).map(hurt_line)
"""As headlines come that somebody has typed with look-alikes on purpose: four letters in five, near shapes too."""
