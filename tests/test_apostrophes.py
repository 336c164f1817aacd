"""False apostrophes: what becomes of them by each value of the switch, what encloses them, and that every way finds them."""

from __future__ import annotations

import numpy as np
import pytest

from homoglyph_fix import Config, Normalizer, analyze, normalize, screen
from homoglyph_fix.config import APOSTROPHES, Apostrophe
from homoglyph_fix.letters.apostrophes import FALSE, TRUE
from homoglyph_fix.screen import SCARCE, look_through
from homoglyph_fix.text.encodings import UTF8, UTF16, UTF32, Encoding, source_of
from homoglyph_fix.thresholds import HEARD
from slow_twin import twin_normalize

PROSE = "Це звичайний рядок, у якому немає нічого дивного."


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mend", "п'ять, п’ять, пʼять: об'єкт, сім'я Кот-д'Івуар О’Коннор"),
        ("keep", "п'ять, п’ять, пʼять: об\"єкт, сім`я Кот-д'Івуар О’Коннор"),
        ("'", "п'ять, п'ять, п'ять: об'єкт, сім'я Кот-д'Івуар О'Коннор"),
        ("’", "п’ять, п’ять, п’ять: об’єкт, сім’я Кот-д’Івуар О’Коннор"),
        ("ʼ", "пʼять, пʼять, пʼять: обʼєкт, сімʼя Кот-дʼІвуар ОʼКоннор"),
    ],
)
@pytest.mark.parametrize("around", ["", f" {PROSE}" * 30], ids=["short", "long"])
def test_every_value(choice: Apostrophe, expected: str, around: str) -> None:
    """All calls agree, and no other word changes."""
    text, expected = (f"{line}{around}\n{PROSE}" for line in ("п'ять, п’ять, пʼять: об\"єкт, сім`я Кот-д'Івуар О’Коннор", expected))
    some = Normalizer(Config(apostrophe=choice))

    assert some.normalize(text) == expected
    assert some.normalize_many([text, PROSE]) == [expected, PROSE]
    assert some.normalize_utf8(text.encode()).decode() == expected
    assert some.analyze(text).text == expected
    assert some.normalize(expected) is expected


@pytest.mark.parametrize("choice", APOSTROPHES)
def test_a_turned_apostrophe(choice: Apostrophe) -> None:
    """It stays where true ones stay, and is unified with them."""
    new = choice if choice in TRUE else "‘"

    assert Normalizer(Config(apostrophe=choice)).normalize("мої обов‘язки, ‘слово’") == f"мої обов{new}язки, ‘слово’"


def test_no_other_value() -> None:
    """A sign that is no apostrophe is none to choose."""
    with pytest.raises(ValueError, match=r"apostrophe is one of 'mend', 'keep', .*, not '`'"):
        Config(apostrophe="`")  # type: ignore[arg-type]


@pytest.mark.parametrize("choice", TRUE)
@pytest.mark.parametrize("text", ["Apple'ом і Google’а", "it's, rock’n’roll", "слово' і 'слово", "9'–10'", "‘слово’", "'ще'", "о''о"])
def test_what_is_not_unified(text: str, choice: Apostrophe) -> None:
    """Apostrophes of Latin words, quotes and minutes."""
    assert Normalizer(Config(apostrophe=choice)).normalize(text) is text


@pytest.mark.parametrize("sign", FALSE)
def test_every_sign(sign: str) -> None:
    """Each becomes an apostrophe, in small letters and capitals, and is none between other letters."""
    assert normalize(f"два об{sign}єкти") == "два об'єкти"
    assert normalize(f"СІМ{sign}Я") == "СІМ'Я"
    assert analyze(f"два об{sign}єкти").edits[0].reason == "false apostrophe"
    for text in (f"про{sign}єкт", f"об{sign}акт", f"слово{sign}слово", f"об{sign} єкт", f"об {sign}єкт", f"об{sign}{sign}єкт", f"2{sign}я"):
        assert normalize(text) is text
        assert analyze(text).reviews == ()


@pytest.mark.parametrize(("between", "held"), [(0, True), (HEARD - 1, True), (HEARD, False)])
@pytest.mark.parametrize("way", [1, -1], ids=["opens", "closes"])
@pytest.mark.parametrize("around", ["", f" {PROSE}" * 30], ids=["short", "long"])
def test_how_far_single_quotes_reach(between: int, held: bool, way: int, around: str) -> None:
    """A quote that opens before the word, or one that closes after it, is heard as damage is."""
    chunks = ['об"єкт', *["слово"] * between, "слово"]
    text = "'" + " ".join(chunks[::-1]) if way > 0 else " ".join(chunks) + "'"
    text = f"{around} {text} {around}"

    assert normalize(text) == twin_normalize(text) == (text if held else text.replace('"', "'"))
    assert [edit.old for edit in analyze(text).reviews] == ['об"єкт'] * held


def test_single_quotes_of_other_lines() -> None:
    """They enclose nothing here; nor do those that are closed already, or stand within words or after a backslash."""
    for text in ("'слово\nоб\"єкт\nслово'", "'слово' об\"єкт 'слово'", "п'ять об\"єктів", "слово \\'слово об\"єкт", "don't об\"єкт"):
        assert normalize(text) == text.replace('"', "'")


@pytest.mark.parametrize("encoding", [UTF8, UTF16, UTF32], ids=["UTF-8", "UTF-16", "UTF-32"])
@pytest.mark.parametrize("known", [True, False], ids=["text", "units"])
def test_the_screen_at_the_border_of_a_block(encoding: Encoding, known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign is named at its first code unit in whatever block it lies, however many there are of it; so is one between quotes."""
    monkeypatch.setattr(screen, "BLOCK", 16)
    for sign in FALSE + TRUE:
        for before in range(20):
            for text in ("\n" * before + f"об{sign}єкт", "\n" * before + f"об{sign}єкт" + f" {sign}слово{sign}" * 9):
                units = np.frombuffer(text.encode(*encoding[:2]), encoding.unit)
                whole = (text.encode() if encoding is UTF8 else text) if known else None
                start = len(("\n" * before + "об").encode(*encoding[:2])) // units.itemsize

                assert look_through(units, whole, FALSE + TRUE, every_place=True).suspects[:1].tolist() == [start], (sign, before)


@pytest.mark.parametrize("sign", ['"', "*", "'", "“", "`"])
def test_signs_that_are_many(sign: str) -> None:
    """Quotes in every sentence hide no false apostrophe, and are none."""
    line = f"Він сказав: {sign}це слово{sign}, і пішов.\n" * (SCARCE // 8)
    text = f"{line}Новий об{sign}єкт.\n{line}"
    choice: Apostrophe = "’" if sign in TRUE else "mend"
    some = Normalizer(Config(apostrophe=choice))
    expected = f"{line}Новий об{'’' if sign in TRUE else chr(39)}єкт.\n{line}"

    assert some.normalize(text) == expected
    assert some.normalize_utf8(text.encode()).decode() == expected
    assert some.normalize(line) is line


@pytest.mark.parametrize("text", ["$словосім`я", '$слово"яма', 'м\u0301"яч', 'б"\u00adю', '"б"', 'п"', '"я', '\\"я', "\\'", "", '"'])
def test_at_the_edge(text: str) -> None:
    """Signs beside shields, marks and the ends of a text, alone and for every value of the switch."""
    for choice in APOSTROPHES:
        config = Config(apostrophe=choice)
        for whole in (text, f"{text} слово' " + f"{PROSE} " * 30):
            assert Normalizer(config).normalize(whole) == twin_normalize(whole, config)


def test_crowded_lines() -> None:
    """Where nearly every word is damaged a whole block is worked on, false apostrophes among them."""
    line = 'Oргaнізaція і yправління oб"єктами, п`ять зв”язків; слово"яма.\n'
    text = line * 4000

    assert look_through(source_of(text).units).crowded
    for choice in APOSTROPHES:
        config = Config(apostrophe=choice)
        assert Normalizer(config).normalize_utf8(text.encode()).decode() == twin_normalize(line, config) * 4000
