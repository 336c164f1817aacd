"""The bulk path against its slow twin: neither windows nor blocks nor encodings nor batches may change a result."""

import lzma
import random
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from case_files import read_cases
from homoglyph_fix import Config, Normalizer, normalize, normalize_many
from homoglyph_fix.screen import suspects
from homoglyph_fix.short_texts import SEARCHED
from homoglyph_fix.text.encodings import UTF8, UTF16, UTF32, Encoding
from slow_twin import Change, suspicious_signs, suspicious_words, twin_changes, twin_normalize
from strategies import IDENTICAL, LATIN_WORDS, NUMBERS, PLAIN_WORDS, SEPARATORS, configs, damaged_lines, encodable_texts, many, texts

PROSE = Path(__file__).parents[2] / "shared/eval/data/bruk-half.txt.xz"
fixer = Normalizer()

# What long stretches between damaged words are made of; each needs another way through the screen and the windows.
FILLERS = {
    "prose": PLAIN_WORDS,
    "foreign": "end of field and food for David the Zend and of d z f".split(),
    "latin": [word for word in LATIN_WORDS if word.isascii()],
    "lookalikes": "a cop HAT pic PEC oxo i x top it".split(),
    "digits": "1990 8 99 9 3,14 6 12 88 0 5".split(),
    "signs": "— – = , . … * № & % | ~ + -".split(),
    "other alphabets": "љубав ђак ж8 слово9 𝐚𝐛 中国 👩\u200d💻 λόγος ґ".split(),
    "white space": ["\xa0", "слово\xa0слово", "мама\u2003тато", "\t", "\v", "\x0c", "й\u2028", "ти\x85"],
}
EDGES = [
    "<a href=x y=z>",
    "<b ",
    ">",
    "`",
    "`code ",
    "```",
    "[quote=",
    "[url=",
    "]",
    "{",
    "}",
    "${",
    "$x",
    "#1",
    "http://a.b/c",
    "&amp;",
    "\\n",
    "@a",
]
AFAR = [
    "Zn8О", "(3ґвалтований", "6`ють", "= = = = He", ", , , , Ha", "пункт — — — — 3 такою метою", "а6о", "щ0", "3а", "мала 1 зараз",
    "I — — — квартал",
    "ґoґ", "𝐦ама", "мaма", "Oт", "i", "HATO", "70-x", "p.", "fаcebook.com", "сло\u00adво", "и\u0306", "сло\ud800вo",
    "Випуск МMXX", "луг NаOH", "МKT", "сл0во", "щ0", "nерший", "слово nерший", "oн He Ha", "нaлежать тa", "IT-компaнія", "TOB «A-",
    "3’явилися", "3ʼявилися", "3\u2010під", "6\xa0зараз", "нього 3", "3",
]  # fmt: skip


def _long(parts: list[tuple[str, str, int, str]], seed: int) -> str:
    """Lay texts out with stretches of filler between them."""
    rng = random.Random(seed)
    text = ""
    for piece, filler, size, separator in parts:
        text += piece + separator + " ".join(rng.choices(FILLERS[filler], k=size)) + rng.choice([" ", " ", " ", "\n", "\r\n"])
    return text


_fillers = st.sampled_from(["prose"] * 6 + sorted(FILLERS))
_pieces = st.one_of(texts, texts, st.sampled_from(AFAR), st.sampled_from(EDGES), st.sampled_from(NUMBERS))
_parts = st.tuples(_pieces, _fillers, st.integers(0, 90), st.sampled_from([" ", *SEPARATORS]))
long_texts = st.builds(_long, st.lists(_parts, min_size=3, max_size=8), st.integers(0, 1 << 16))


SMALL_SIZES = {
    "screen.BLOCK": 64, "normalizer.FAMILIAR": 0, "text.windows.BATCH": 50, "text.windows.CROWD": 60, "text.windows.LOOK": 4,
    "text.windows.PLACES": 3, "arrays.ragged.MANY": 2, "arrays.hashing.PLACES": 5, "verdicts.TOGETHER": 3, "verdicts.LEARNT": 5,
}  # fmt: skip


def assert_alike(text: str, config: Config | None = None) -> None:
    """Assert that every way in gives what the twin gives, and that a second run changes nothing."""
    expected = twin_normalize(text, config)
    some = Normalizer(config)

    assert some.normalize(text) == expected
    assert some.normalize_many([text, None, text]) == [expected, None, expected]
    assert some.analyze(text).text == expected
    if _encodable(text):
        assert some.normalize_utf8(text.encode()).decode() == expected
    assert some.normalize(expected) == expected


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


@pytest.mark.property
@many
@given(texts)
def test_short_texts(text: str) -> None:
    """A short text takes the way in front of the screen."""
    assert_alike(text)


@pytest.mark.property
@many
@given(long_texts)
def test_long_texts(text: str) -> None:
    """Long lines are cut into windows; what a window does not show decides nothing."""
    assert_alike(text)


@pytest.mark.property
@many
@given(texts | long_texts | damaged_lines, configs)
def test_switches(text: str, config: Config) -> None:
    """The short cuts of the bulk path know the switches."""
    assert_alike(text, config)


@pytest.mark.property
@many
@given(texts | long_texts | damaged_lines)
def test_small_blocks(text: str) -> None:
    """With blocks, batches and windows of a few characters even short texts meet every border."""
    expected = twin_normalize(text)

    with pytest.MonkeyPatch.context() as patch:
        for name, size in SMALL_SIZES.items():
            patch.setattr(f"homoglyph_fix.{name}", size)
        assert normalize(text) == expected
        if _encodable(text):
            assert fixer.normalize_utf8(text.encode()).decode() == expected


@pytest.mark.property
@many
@given(damaged_lines)
def test_crowded_lines(text: str) -> None:
    """Lines full of damage, and of letters that are words in such lines, are repaired as wholes."""
    assert fixer.normalize_utf8(text.encode()).decode() == twin_normalize(text)


@pytest.mark.property
@many
@given(st.lists(encodable_texts, max_size=4), st.integers(1, 40))
def test_bytes_that_are_not_text(parts: list[str], repeats: int) -> None:
    """Broken bytes far away and near by leave the repair of the rest as it is."""
    data = b"\xd0 ".join(part.encode() for part in parts) + b" \xff" + " ".join(PLAIN_WORDS * repeats).encode() + b"\x80"
    expected = twin_normalize(data.decode(*UTF8[:2])).encode(*UTF8[:2])

    assert fixer.normalize_utf8(data) == expected


@pytest.mark.property
@many
@given(texts | long_texts)
def test_the_screen_misses_nothing(text: str) -> None:
    """Every word that changes holds a suspicious place, in whatever encoding it is looked at."""
    assert_screened(text)


def assert_screened(text: str) -> None:
    """Assert that plain and fast screen name every word of a text that the decisions would change."""
    start = 0
    spans = []
    for line in text.split("\n"):
        words = suspicious_words(line) + [(at, at + 1) for at in suspicious_signs(line, Config())]
        for change in twin_changes(line, Config()):
            if "_" in line:  # the parts of an identifier change together: one of them is found
                change = _chunk_of(line, change)  # noqa: PLW2901
            assert any(low < change.end and change.start < high for low, high in words), (line, change)
            spans.append((start + change.start, start + change.end))
        start += len(line) + 1
    for encoding in [UTF8, UTF16, UTF32] if _encodable(text) else [UTF32]:
        places = _places(text, encoding)
        for low, high in spans:
            assert ((places >= low) & (places < high)).any(), (encoding.codec, text[low:high])


def _chunk_of(line: str, change: Change) -> Change:
    """Return a change widened to the run without white space that it lies in."""
    start = max(at + 1 for at in range(-1, change.start) if at < 0 or line[at] <= " ")
    end = min(at for at in range(change.end, len(line) + 1) if at == len(line) or line[at] <= " ")
    return Change(start, end, change.new)


def _places(text: str, encoding: Encoding) -> NDArray[np.intp]:
    """Return the suspicious places in an encoding, as offsets in code points."""
    width = np.dtype(encoding.unit).itemsize
    lengths = [len(char.encode(*encoding[:2])) // width for char in text]
    found = suspects(np.frombuffer(text.encode(*encoding[:2]), encoding.unit))
    return np.searchsorted(np.cumsum(lengths), found, "right")


def _fillings() -> list[Callable[[str], str]]:
    prose = " ".join(PLAIN_WORDS[::-1] + PLAIN_WORDS)
    foreign = " ".join(FILLERS["foreign"] * 20)
    return [
        lambda text: f"{prose} {text} {prose}",
        lambda text: f"{text} {prose}\r\n{prose} {text}",
        lambda text: f"{foreign} {text} {prose} {text} {foreign}",
        lambda text: f"`{prose}` {prose} {text} {prose}",
    ]


@pytest.mark.parametrize("turn", range(4), ids=["in prose", "at line ends", "in Latin", "with code"])
def test_cases_in_long_lines(turn: int) -> None:
    """The rows of tests/cases, each in one of the fillings, come out alike in long lines, by themselves and all at once."""
    rows = [_fillings()[turn](case.before) for case in read_cases()[turn::4]]
    expected = [twin_normalize(row) for row in rows]

    assert len(rows[0]) > SEARCHED
    assert [normalize(row) for row in rows] == expected
    assert normalize_many(rows) == expected


def test_damage_far_away() -> None:
    """What is repaired elsewhere in a line speaks for other words, and speaks no more once it is repaired."""
    prose = " ".join(PLAIN_WORDS * 2)
    rows = [f"{damaged} {prose} {open_} {prose}" for damaged in ("мaма", "нaлежать тa poбота", "слово3") for open_ in AFAR]
    rows += [f"{row.split(' ', 1)[1]} {row.split(' ', 1)[0]}" for row in rows]
    expected = [twin_normalize(row) for row in rows]

    assert [normalize(row) for row in rows] == expected
    assert normalize("\n\n".join(rows)) == "\n\n".join(expected)
    assert normalize_many(expected) == expected


def test_open_words_alone() -> None:
    """Words that their line decides are found in every encoding when nothing else of a long line is suspicious."""
    prose = " ".join(PLAIN_WORDS * 2)
    rows = [text for word in AFAR for text in (f"{word} {prose}", f"{prose} {word} {prose}", f"{prose} {word}") if _encodable(text)]
    expected = [twin_normalize(row) for row in rows]

    assert [normalize(row) for row in rows] == expected
    assert [normalize(f"👩 {row}") for row in rows] == [f"👩 {row}" for row in expected]
    assert [fixer.normalize_utf8(row.encode()).decode() for row in rows] == expected


def test_all_cases_in_one_line() -> None:
    """So many damaged words at once take the short cut for plain ones."""
    rows = [case.before.replace("\n", " ") for case in read_cases() if case.kind == "fix"]
    random.Random(1).shuffle(rows)

    assert_alike("  ".join(f"{row} {' '.join(PLAIN_WORDS[:20])}" for row in rows))
    assert_alike("\n".join(rows))


def test_the_screen_on_cases() -> None:
    """What must be repaired is seen."""
    for case in read_cases():
        assert_screened(case.before)


@pytest.mark.skipif(not PROSE.exists(), reason="bruk-half.txt.xz, real prose to measure on, is not here")
def test_real_prose() -> None:
    """Real prose, clean and damaged, comes out alike."""
    clean = "\n".join(lzma.decompress(PROSE.read_bytes()).decode().split("\n"))[:160_000]
    rng = random.Random(2)
    for rate in (0.0, 0.002, 0.05):
        text = "".join(IDENTICAL[char] if char in IDENTICAL and rng.random() < rate else char for char in clean)
        expected = twin_normalize(text)

        assert normalize(text) == expected
        assert fixer.normalize_utf8(text.encode()).decode() == expected


def test_batches_of_short_and_empty_texts() -> None:
    """Wherever texts without a character or with line ends of their own stand among the others, each comes out as it does alone."""
    texts = ["", "\n", "Oт", "до мáтeрі ", "добре", "i\nмaма\n", "3 такою\n"]
    alone = {text: normalize(text) for text in texts}

    for batch in [*product(texts, repeat=2), *product(texts, repeat=3)]:
        assert normalize_many(batch) == [alone[text] for text in batch], batch
