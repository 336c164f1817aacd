"""The screen and the cheap test before it: what they may pass over, character by character, in every encoding."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from homoglyph_fix import normalize_many, screen
from homoglyph_fix.arrays.ragged import where
from homoglyph_fix.letters.confusables import confusables
from homoglyph_fix.letters.properties import NATIVE, properties, slots
from homoglyph_fix.normalizer import Normalizer
from homoglyph_fix.screen import BLOCK, _keep_cyrillic_lines, _Utf8, _Wide, look_through, suspects
from homoglyph_fix.short_texts import _doubts, may_change
from homoglyph_fix.text.encodings import LINE_END, UTF8, UTF16, UTF32, Encoding, Units, decode, encode

ENCODINGS = [pytest.param(UTF8, id="UTF-8"), pytest.param(UTF16, id="UTF-16"), pytest.param(UTF32, id="UTF-32")]
WIDE = ENCODINGS[1:]
SERBIAN = "ЅЈѕј"
SMALL_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъёў"  # Ukrainian, Russian, Belarusian
OURS = SMALL_LETTERS + SMALL_LETTERS.upper()
RARE = "\ua641\u2de0\u1c80\u1d2b\ua647\u0501\u052f"  # Cyrillic, far from the common letters


def _units(text: str, encoding: Encoding) -> Units:
    return np.frombuffer(text.encode(*encoding[:2]), encoding.unit)


def _flag(eye: _Utf8 | _Wide, block: Units) -> NDArray[np.bool_]:
    return eye.flag(block, block[1:]).copy()


def _flagged(text: str, encoding: Encoding) -> str:
    """Return the characters whose first code unit is flagged."""
    units = _units(text, encoding)
    eye = (_Utf8 if encoding is UTF8 else _Wide)(units)
    firsts = np.cumsum([0] + [len(_units(char, encoding)) for char in text[:-1]])
    return "".join(np.array(list(text))[_flag(eye, units)[firsts]])


@pytest.mark.parametrize("encoding", WIDE)
def test_every_code_unit(encoding: Encoding) -> None:
    """The four letters are flagged, and whatever is neither below 0 nor from Є to ї; no letter of ours among those is."""
    units = np.arange(0x10000).astype(encoding.unit)
    flags = np.concatenate([_flag(_Wide(block), block) for block in np.array_split(units, 4)])

    assert flags[[ord(letter) for letter in SERBIAN]].all()
    assert not flags[[ord(letter) for letter in OURS if 0x404 <= ord(letter) < 0x460]].any()
    assert flags[0x30:0x404].all()
    assert flags[0x460:].all()
    assert not flags[[ord(sign) for sign in " \n.,!-'\"()"]].any()


@pytest.mark.parametrize("encoding", WIDE)
def test_one_multiplication_finds_four_letters(encoding: Encoding) -> None:
    """No letter of the three alphabets comes out as high, Ё and Ґ included, which other tests flag."""
    shift = 8 * np.dtype(encoding.unit).itemsize - 16
    high = _units(SERBIAN + OURS, encoding) * encoding.unit(screen._SERBIAN << shift) >= encoding.unit(screen._SERBIAN_FROM << shift)

    assert high.tolist() == [True] * len(SERBIAN) + [False] * len(OURS)


def test_every_character_beyond() -> None:
    """All characters beyond the first 65536 are flagged in UTF-32, whatever their last 16 bits are."""
    units = np.arange(0x10000, 0x110000, dtype=np.uint32)

    for first in range(0, len(units), BLOCK // 4):
        block = units[first : first + BLOCK // 4]
        assert _flag(_Wide(block), block).all()


def test_every_lead_byte() -> None:
    """Of characters that begin with D0 or D1 four are flagged; all others beyond ASCII are."""
    common = "".join(map(chr, range(0x400, 0x480)))
    others = "".join(chr(code) for code in [*range(0x80, 0x400), *range(0x480, 0xD800), *range(0xE000, 0x20000, 7)])

    assert _flagged(common, UTF8) == SERBIAN
    for first in range(0, len(others), BLOCK // 4):
        some = others[first : first + BLOCK // 4]
        assert _flagged(some, UTF8) == some


@pytest.mark.parametrize("second", range(256))
def test_every_pair_of_bytes(second: int) -> None:
    """D0 and D1 are flagged before the second byte of the four letters only, ASCII from 0 on always."""
    pairs = np.array([[first, second] for first in range(256)], np.uint8).ravel()
    flags = _flag(_Utf8(pairs), pairs)[::2]

    assert flags[0x30:0x80].all()
    assert [bool(flags[lead]) for lead in (0xD0, 0xD1)] == [second in (0x85, 0x88), second in (0x95, 0x98)]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sign", ['"', "'", "*", "-"])
def test_a_sign_that_is_flagged(sign: str, encoding: Encoding) -> None:
    """One sign below 0 may be flagged, too, and nothing else changes."""
    text = "".join(map(chr, range(1, 0xD800)))
    units = _units(text, encoding)[: BLOCK // 4]
    eyes = [(_Utf8 if encoding is UTF8 else _Wide)(units, flagged) for flagged in (0, ord(sign))]
    without, with_it = (_flag(eye, units) for eye in eyes)

    assert where(without != with_it).tolist() == [ord(sign) - 1]
    assert with_it[ord(sign) - 1]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_letters_in_words(encoding: Encoding) -> None:
    """The four letters are suspicious wherever they stand, our own nowhere."""
    for letter in OURS:
        assert suspects(_units(f"{letter} сло{letter}во {letter}", encoding)).tolist() == []
    for letter in SERBIAN:
        head = len(_units("сло", encoding))
        assert suspects(_units(f"сло{letter}во", encoding)).tolist() == [head]
        assert suspects(_units(letter, encoding)).tolist() == [0]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("letter", SERBIAN)
def test_letters_at_the_border_of_a_block(letter: str, encoding: Encoding, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter is flagged at its first byte in whatever block the second one lies."""
    monkeypatch.setattr(screen, "BLOCK", 16)
    for before in range(40):
        for after in ("", "мама", " тато і мама"):
            start = len(_units("\n" * before + "ма", encoding))
            found = suspects(_units("\n" * before + "ма" + letter + after, encoding)).tolist()

            assert found == [start], (before, after)


def test_letters_at_the_border_of_a_real_block() -> None:
    """The same with blocks as they are, in bytes."""
    for before in range(BLOCK - 3, BLOCK + 2):
        data = b" " * before + ("Ѕ" + "мама " * 10).encode()

        assert suspects(np.frombuffer(data, np.uint8)).tolist() == [before]


def test_half_a_letter() -> None:
    """A first byte at the end of a text, or of bytes that are no text, is not taken for one of the letters."""
    for end in (b"\xd0", b"\xd1", b"\xd0\xd0", b"\xd1 \xd0"):
        assert suspects(np.frombuffer("мама".encode() + end, np.uint8)).tolist() == []


def _kept(lines: list[str], encoding: Encoding, *, opens: bool = True) -> list[str]:
    """Return the lines that keep their flags, without their ends, and an empty text for each of the others."""
    text = "".join(lines)
    units = _units(text, encoding)
    eye = (_Utf8 if encoding is UTF8 else _Wide)(units)
    flags = _flag(eye, units)
    before = flags.copy()
    ends = where(units == LINE_END) + 1
    _keep_cyrillic_lines(flags, eye, units, np.append(0, ends[ends < len(units)]), opens=opens)
    kept, start = [], 0
    for line in lines:
        end = start + len(_units(line, encoding))
        assert (flags[start:end] == before[start:end]).all() or not flags[start:end].any()
        kept.append(line.rstrip("\n") if flags[start:end].any() else "")
        start = end
    return kept


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_lines_without_cyrillic_letters(encoding: Encoding) -> None:
    """They lose all flags, the others none."""
    lines = ["one two 3\n", "а b\n", "\n", "λόγος — “q” é 1\n", "мaма\n", "b ѣ\n", "\r\n", "end\n"]

    assert _kept(lines, encoding) == ["", "а b", "", "", "мaма", "b ѣ", "", ""]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("letter", RARE)
def test_lines_with_rare_cyrillic_letters(letter: str, encoding: Encoding) -> None:
    """Letters far from the common ones are Cyrillic too, at every place of a line."""
    for line in (f"{letter}a b", f"a b{letter}", f"a {letter} b"):
        assert _kept(["1 c\n", f"{line}\n", "c d\n"], encoding) == ["", line, ""]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_lines_with_any_cyrillic_letter(encoding: Encoding) -> None:
    """Whatever character counts as Cyrillic when words are decided keeps the flags of its line."""
    letters = [chr(code) for code in where(properties()[:0x10000] & np.uint32(NATIVE))]
    lines = [f"a{letter}\n" for letter in letters]
    assert len(letters) > 80

    assert _kept([line for pair in zip(lines, ["b\n"] * len(lines), strict=True) for line in pair], encoding)[::2] == [
        line[:-1] for line in lines
    ]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_lines_that_a_block_cuts(encoding: Encoding) -> None:
    """The first and the last line may have Cyrillic letters in the blocks beside; a line that ends with the block has not."""
    assert _kept(["one\n", "two\n", "three"], encoding, opens=False) == ["one", "", "three"]
    assert _kept(["one\n", "two\n", "three"], encoding) == ["", "", "three"]
    assert _kept(["one\n", "two\n"], encoding, opens=False) == ["one", ""]
    assert _kept(["one"], encoding) == ["one"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_crowded_blocks(encoding: Encoding, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a block ends, lines of Latin letters are passed over and what stands between them is found."""
    monkeypatch.setattr(screen, "BLOCK", 64)
    for before in range(70):
        head = "." * before + "end of the world\n"
        text = f"{head}one two three\nмaма i тато\n" + "four five six\n" * 3
        expected = [len(_units(f"{head}one two three\n{part}", encoding)) for part in ("м", "мaма ")]

        assert look_through(_units(text, encoding), every_place=True).suspects.tolist() == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("words", "crowded"),
    [
        ("мaма " + "робота слово " * 2, True),
        ("мaма " + "робота слово " * 12, False),
        ("IT-компанія " + "робота слово " * 9, False),
        ("end of the world робота ", False),
        ("end of the world мaма ", True),
    ],
)
def test_crowded_blocks_as_wholes(words: str, crowded: bool, encoding: Encoding) -> None:
    """A block is named as a whole where many Latin letters stand before Cyrillic ones, not where they stand apart."""
    units = _units(words * (BLOCK // len(words)), encoding)
    seen = look_through(units)
    places = look_through(units, every_place=True)

    assert bool(seen.crowded) is crowded
    assert (len(seen.suspects) == 0) is crowded
    assert not places.crowded
    assert len(places.suspects) > 500


CONTEXTS = (
    "{}|{} мама|Це {} є|сло{}во|{}лово|слов{}|м{}|і{} 1|a{}b в|Це H{} є|тато {}. Мама|пів{}'я"
    "|мама {}3 тато|мама 3{} тато|мама 6{}|3{}'явилися|щ{}0|0{}мама"
    "|об{}єкт|о{}\"єкт|об\"{}кт|п`{}ть"
    "|{}3 такою метою|3{}такою метою|мала{}6 зараз|мала 6{}зараз|пішла 3{}поза"
).split("|")
BATCH = 1 << 13  # texts tried at once


def _rows(context: str) -> list[str]:
    """Return a text for each of the first 65536 characters but the line end and surrogates."""
    return [context.format(chr(code)) for code in [*range(0xD800), *range(0xE000, 0x10000)] if code != ord("\n")]


def _changing(rows: list[str]) -> list[str]:
    """Return the texts that change when neither the screen nor the cheap test is asked."""
    found = []
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        whole = decode(Normalizer()._settle(encode("\n".join(["", *batch, ""]))))
        found += [row for row, new in zip(batch, whole.split("\n")[1:-1], strict=True) if row != new]
    return found


@cache
def _changing_in(context: str) -> list[str]:
    return _changing(_rows(context))


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_cheap_test_passes_over_nothing(context: str) -> None:
    """Every short text with a character in it that changes is one that may change."""
    assert [row for row in _changing_in(context) if not may_change(row)] == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_screen_passes_over_nothing(context: str) -> None:
    """Of many texts at once, in UTF-16 and in UTF-8, those change that change where no screen is asked."""
    rows = _rows(context)
    repaired = Normalizer().normalize_utf8("\n".join(rows).encode()).decode().split("\n")

    assert [row for row, new in zip(rows, normalize_many(rows), strict=True) if row != new] == _changing_in(context)
    assert [row for row, new in zip(rows, repaired, strict=True) if row != new] == _changing_in(context)


def test_what_the_cheap_test_knows() -> None:
    """Characters that it passes over one by one change nothing together either; digits beside them it knows how to judge."""
    rng = random.Random(7)
    known = [chr(code) for code in range(0x80, 0x10000) if not may_change(chr(code))]
    letters = [char for char in known if char.isalpha()]
    assert set("абгєжиіїйщьюяёЁЄ") <= set(letters)

    kinds = [letters, list("заіоуявтем"), list("0123456789"), list("3636"), list(" .,-'`!?:;()%/"), known]
    rows = ["слово " + "".join(rng.choice(rng.choice(kinds)) for _ in range(rng.randint(1, 9))) for _ in range(40_000)]
    changing = _changing(rows)

    assert len(changing) > 100
    assert [row for row in changing if not may_change(row)] == []


def _with_a_reading() -> list[str]:
    """Return all characters that may stand for a letter of ours, or for an apostrophe."""
    points = np.arange(0x110000, dtype=np.uint32)
    return [chr(point) for point in where(confusables().becomes.take(slots(points), mode="clip")).tolist()]


def test_every_glyph_with_a_reading_is_seen() -> None:
    """Within a word each is found by both patterns for short texts, and by the screen, at its place, in every encoding."""
    glyphs = _with_a_reading()
    first, second = _doubts()
    assert len(glyphs) > 1000
    assert set("aο𝐚ａ0\u0405") <= set(glyphs)

    for glyph in glyphs:
        word = f"сло{glyph}во"
        for pattern in (first, second):
            assert pattern.search(word), ascii(glyph)
        for encoding in (UTF8, UTF16, UTF32):
            assert suspects(_units(word, encoding))[:1].tolist() == [len(_units("сло", encoding))], ascii(glyph)
