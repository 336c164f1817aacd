"""Pieces, runs without white space: they are found whole, told apart, and what is known of them is what every line says."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import read_cases
from homoglyph_fix import Config, Normalizer, normalize, normalize_many
from homoglyph_fix.context import Lines
from homoglyph_fix.decide import decide
from homoglyph_fix.limits import LONGEST
from homoglyph_fix.memory import forget
from homoglyph_fix.pieces import (
    BEGINS,
    BETWEEN,
    CHANGES,
    FOLLOWS,
    HEAD,
    OPEN,
    STAYS,
    TOGETHER,
    Answers,
    _keys,
    answers,
    learn,
    pieces_at,
    pieces_in,
)
from homoglyph_fix.policy import REVIEW
from homoglyph_fix.rewrite import rewrite
from homoglyph_fix.segments import Spans, where
from homoglyph_fix.shields import find_shields
from homoglyph_fix.splice import Changes, all_of, apply, put
from homoglyph_fix.tokens import decode, encode, pieces_of, properties_of, tokenize
from homoglyph_fix.units import UTF32, Source, source_of
from slow_twin import twin_normalize
from strategies import PLAIN_WORDS, crowded_texts, damaged_lines, many, texts

if TYPE_CHECKING:
    from homoglyph_fix.tokens import Points

ROWS = [row.before for row in read_cases()]


def _pieces(points: Points) -> Spans:
    """Return all pieces of a text that begins and ends with a line end."""
    before, end = pieces_of(points)
    return Spans(before + 1, end)


@pytest.mark.parametrize(
    ("piece", "verdict"),
    [
        ("мaма", CHANGES), ("(Укpаїна),", CHANGES), ("пiвденно-cхiдний", CHANGES), ("тo", OPEN), ("нe", CHANGES), ("80%", STAYS),
        ("IT-компанія", STAYS), ("Wi-Fi", STAYS), ("COVIDом", STAYS), ("ТСН.ua", STAYS), ("x-промені", STAYS), ("pH", STAYS), ("№1", STAYS),
        ("i", BETWEEN), ("y", BETWEEN), ("Y", BEGINS), ("I", BEGINS), ("á", OPEN), ("ο", BETWEEN), ("ｎ", OPEN),
        ("i,", OPEN), ("(a", OPEN), ("x", OPEN), ("мaма,i", OPEN), ("мaма-i", OPEN),
        ("HATO", OPEN), ("«A-", OPEN), ("70-x", OPEN), ("3", OPEN), ("3-під", OPEN), ("6-річний", STAYS), ("6—8", STAYS), ("3.", STAYS),
        ("6),", STAYS), ("3-", STAYS),
        ("fаcebook", OPEN), ("fаcebook.com", OPEN),
        ("сло\u00adво", OPEN), ("и\u0306", OPEN), ("`мaма`", OPEN), ("<мaма>", OPEN), ("%мaма", OPEN), ("мaма😀", OPEN), ("ïх", CHANGES),
        ("nерший", FOLLOWS), ("rолова,", FOLLOWS), ("«nерший", OPEN), ("3ахід", OPEN), ("по-nерше", CHANGES),
        ("nра-пpа-nра-домy", OPEN), ("nра-домy", FOLLOWS),
    ],
)  # fmt: skip
def test_verdicts(piece: str, verdict: int) -> None:
    """Most damaged words and most names need no line."""
    heads, bodies = learn(encode(f"\n{piece}\n"), Config())

    assert heads["verdict"].tolist() == [verdict]
    assert heads.dtype == HEAD
    if verdict in (CHANGES, FOLLOWS):
        assert bodies["new"][0, len(piece) :].tolist() == [0] * (LONGEST - len(piece))


def assert_foretold(text: str, seed: int) -> None:
    """Assert that pieces which do not ask come out as their line says, whatever damage it has elsewhere."""
    lines = [line for line in text.split("\n") if not any(mark in line for mark in "<`")]
    points = encode("\n" + "\n".join(lines) + "\n")
    pieces = _pieces(points)
    known = answers(points, pieces, Config())
    bits = properties_of(points)
    words = tokenize(points, bits, find_shields(points, bits))
    elsewhere = np.random.default_rng(seed).integers(0, 5, (2, len(lines) + 1))
    decisions = decide(words, Lines(words.line - 1, *elsewhere), Config(), scored=False)
    rewritten = rewrite(words, decisions)
    kept = decisions.action[rewritten.rows] != REVIEW
    # The line by itself, and what is known put in first: where no piece asks nothing is left to say.
    expected = _parts(apply(points, words, decisions, rewritten, kept), len(pieces))
    pairs = (Changes(pieces.take(known.changed), known.new, known.size), _letters(pieces, known))
    found = _parts(put(points, all_of(list(pairs))), len(pieces))
    for place in where(~known.open).tolist():
        assert found[place] == expected[place]


def _letters(pieces: Spans, known: Answers) -> Changes:
    return Changes(pieces.take(known.letters), known.spelled, np.ones(len(known.letters), np.intp))


def _parts(points: Points, count: int) -> list[str]:
    found = decode(points).translate(dict.fromkeys(range(0x20), " ")).split(" ")
    parts = [part for part in found if part]

    assert len(parts) == count
    return parts


@pytest.mark.property
@many
@given(crowded_texts | damaged_lines | texts, st.integers(0, 1 << 16))
def test_any_line_says_the_same(text: str, seed: int) -> None:
    """What is known of a piece by itself is what becomes of it in its line."""
    assert_foretold(text, seed)


def test_cases_say_the_same() -> None:
    """The same for the rows of tests/cases and for words in doubt, each in its line and shuffled into lines of many."""
    rows = [row.replace("\n", " ") for row in ROWS]
    rng = random.Random(7)
    for together in (1, 2, 10):
        rng.shuffle(rows)
        lines = [" ".join(rows[first : first + together]) for first in range(0, len(rows), together)]
        assert_foretold("\n".join(lines), together)


def _around(text: str, places: list[int]) -> list[tuple[int, int]]:
    """Return the pieces around some places of a text of one code unit each, as one would look for them by eye."""
    found = []
    for place in places:
        start = max((at + 1 for at in range(place) if text[at] <= " "), default=0)
        end = next((at for at in range(place, len(text)) if text[at] <= " "), len(text))
        found.append((start, end))
    return sorted(set(found))


@pytest.mark.parametrize("encoding", ["str", "bytes"])
def test_pieces_around_places(encoding: str) -> None:
    """Every place finds its piece, once; a piece that is too long is not named, but the places in it are."""
    rng = random.Random(3)
    for _ in range(200):
        words = ["".join(rng.choices("ab,", k=rng.choice([1, 2, 3, 10, 20, 60]))) for _ in range(12)]
        text = "".join(word + rng.choice([" ", "\n", "  ", "\t"]) for word in words)
        text = text[: len(text) - rng.randrange(2)]
        places = sorted({at for at in rng.choices(range(len(text)), k=rng.randrange(1, 30)) if text[at] > " "})
        source = source_of(text.encode() if encoding == "bytes" else text)
        found = pieces_at(source.units, np.array(places, np.intp))
        expected = _around(text, places)
        whole = where(found.start < found.end)

        assert {span for span in expected if span[1] - span[0] <= LONGEST} <= set(_spans(found))
        assert set(_spans(found.take(whole))) <= set(expected)
        assert (np.diff(found.start) > 0).all()
        for low, high in expected:
            assert ((found.start >= low) & (found.start < high)).any()


def _spans(spans: Spans) -> list[tuple[int, int]]:
    return list(zip(spans.start.tolist(), spans.end.tolist(), strict=True))


def _key_of(words: list[str]) -> tuple[list[int], Points]:
    points = encode("\n" + " ".join(words) + "\n")
    return _keys(points, _pieces(points), Config()).tolist(), points


def test_keys() -> None:
    """Equal pieces have equal keys wherever they stand, over the borders of what is weighed at once; different ones different keys."""
    rng = random.Random(4)
    words = ["".join(rng.choices("aаoоeеiі", k=rng.randrange(1, LONGEST + 1))) for _ in range(4 * TOGETHER // LONGEST)]
    words += rng.choices(words, k=len(words))
    keys, points = _key_of(words)

    assert len(points) > 3 * TOGETHER
    assert len(set(keys)) == len(set(words))
    assert len(set(zip(keys, words, strict=True))) == len(set(words))


def test_no_text_makes_keys_collide() -> None:
    """Two pieces that a sum of powers of one known number cannot tell apart are told apart."""
    text = "aж-сртсртспоопрпсппррпт сонце aж-рспррорсттсрсптсрссп сонце"

    assert len(set(_key_of(text.split())[0])) == 3
    assert normalize_many([text, " ".join(PLAIN_WORDS)]) == [text.replace("a", "а"), " ".join(PLAIN_WORDS)]


SHIELDED = [
    "вода нeбо.7z сонце", "жито слoво/x вода", "вода мaма-2.docx a/b вода", "вода нeбо.7z\na/b вода", "www.\u0301noмaма слово",
    "вода мaма\u0301.txt вода", "вода мaма-2.docx < вода", "сказав (%cAвтор і пішов", "слoво.Слoво тaк", "5\n%dня слoво", "5 %dня слoво",
]  # fmt: skip


@pytest.mark.parametrize("first", SHIELDED)
def test_what_waslearnt_together_has_no_say(first: str) -> None:
    """What shields a piece stands in its line, not in a line before it nor beside it when it was learnt; a second run changes nothing."""
    prose = " ".join(PLAIN_WORDS * 2)
    for second in SHIELDED:
        forget()
        text = f"{first} {prose}\n{second} {prose}\n{prose} {first}"
        expected = "\n".join(twin_normalize(line) for line in text.split("\n"))

        assert normalize_many([text, prose]) == [expected, prose]
        assert Normalizer().normalize_utf8(text.encode()).decode() == expected
        assert Normalizer().normalize(expected) == expected


def test_configs_do_not_share_what_is_known() -> None:
    """Each combination of switches has pieces of its own."""
    switches = ("standalone", "latin", "digits", "invisible")
    configs = [Config(**dict(zip(switches, values, strict=True))) for values in product([False, True], repeat=len(switches))]
    points = encode("\nмaма\n")

    keys = {int(_keys(points, _pieces(points), config)[0]) for config in configs}
    assert len(keys) == 16


DAMAGED = "мaма рoбота Укpаїна щaстя"


@pytest.mark.parametrize(
    ("line", "open_letter"),
    [
        (f"{DAMAGED} слово i слово", False),
        (f"слово y рoбота {DAMAGED}", False),
        (f"мaма a {DAMAGED}", False),
        (f"{DAMAGED[:20]} слово i слово", True),  # three damaged words are too few
        (f"{DAMAGED}\nслово i слово", True),  # in another line
        (f"{DAMAGED} слово, i слово", False),
        (f"{DAMAGED} «слово»! i слово", False),
        (f"{DAMAGED} слово — i слово", True),
        (f"{DAMAGED} слово- i слово", True),
        (f"{DAMAGED} слово/ i слово", True),
        (f"{DAMAGED} слово i, слово", True),
        (f"{DAMAGED} слово  i слово", True),
        (f"{DAMAGED} i", True),
        (f"i {DAMAGED}", True),
        (f"{DAMAGED} слово i Google", True),
        (f"{DAMAGED} СхідSide i слово", True),
        (f"{DAMAGED} слово i тo", True),  # open itself
        (f"{DAMAGED} (слово) i слово", False),
        (f"{DAMAGED} (слово) i (слово)", True),
        (f"{DAMAGED} світ: i світ: слово", False),
        (f"{DAMAGED} обов'язок i п'ять", False),
        (f"{DAMAGED} слово i 'слово", True),
        (f"{DAMAGED} (слово i слово),", False),
        (f"{DAMAGED} Љубав i слово", True),  # of another alphabet
        (f"{DAMAGED} слово i љубав", True),
        (f"{DAMAGED} $слово i слово", True),  # shielded
        (f"{DAMAGED} слово i слово.со", True),
        (f"{DAMAGED} слово i а&б", True),
        (f"{DAMAGED} будь-яке i будь-що", False),
        (f"{DAMAGED} слово i слово-2", True),
        (f"{DAMAGED} слово i сло\u00adво", True),
        (f"{DAMAGED} слово i 5", True),
        (f"{DAMAGED} слово x слово", True),  # no word
        (f"{DAMAGED} слово á слово", True),  # becomes two characters
        (f"{DAMAGED} слово\u0301 i слово", True),
        (f"Y слово {DAMAGED}", False),
        (f"{DAMAGED} слово. A слово", False),
        (f"{DAMAGED} «слово...» I слово", False),
        (f"{DAMAGED} слово, A слово", True),
        (f"{DAMAGED} слово Y слово", True),
        (f"{DAMAGED[:20]} слово. A слово", True),
        (f"- Y слово {DAMAGED}", True),
        (f"{DAMAGED} слово. Y Google", True),
        (f"{DAMAGED} слово. X слово", True),
    ],
)
def test_letters_between_words(line: str, open_letter: bool) -> None:
    """A letter that is a word needs no window between two Cyrillic words in a line with much damage, a capital where a sentence begins."""
    points = encode(f"\n{line}\n")
    pieces = pieces_in(points)
    known = answers(points, pieces, Config())
    place = [decode(points[low:high]).strip(",") in "iyaxáYAIX" for low, high in _spans(pieces)].index(True)

    assert bool(known.open[place]) is open_letter
    assert (place in known.letters.tolist()) is not open_letter
    assert normalize(line) == twin_normalize(line)


@pytest.mark.parametrize(
    "context",
    (
        "{}. # слово|{}, # слово|# слово {}|{} # слово|{} (слово) # слово.|{}! # Слово|{}: # будь-що|{} «слово» # п'ять|{} #, слово"
        "|{}# i слово|{} i #слово|{} i сло#во|{}.# Y слово|{}# Y слово|{} #Y слово|Y сло#во {}|{} сло#во. A слово"
    ).split("|"),
)
def test_any_character_beside_words(context: str) -> None:
    """Whatever stands between words, beside a letter or in its neighbours, crowded lines become what they become where they are asked."""
    codes = [*range(ord("\n")), *range(ord("\n") + 1, 0xD800), *range(0xE000, 0x10000)]
    rows = [context.format(DAMAGED).replace("#", chr(code)) for code in codes]
    text = "\n".join(rows)
    whole = Normalizer()._repair_whole(text, Source(text, encode(text), UTF32))

    assert Normalizer().normalize_utf8(text.encode()).decode().split("\n") == whole.split("\n")


def test_letters_that_a_window_holds() -> None:
    """Letters near a piece that asks its line, in chains, are decided with it; all come out as their line says."""
    rng = random.Random(5)
    words = [*"мaма рoбота Укpаїна слово щaстя, слово. i i i y a A Y I 3 6 x тo HATO nро (a nерший п'ять будь-що".split(), "a, b"]
    lines = [" ".join(rng.choices(words, k=rng.randint(5, 40))) for _ in range(400)]

    assert Normalizer().normalize_utf8("\n".join(lines).encode()).decode().split("\n") == [twin_normalize(line) for line in lines]


WORDS = ["слово", "Слово,", "word", "слoвo", "nро"]


@pytest.mark.parametrize("before", [*WORDS, "слово.", "слово -", "«", "", "слово\n", "слово ", "файл.ua"])
def test_capitals_after_a_word(before: str) -> None:
    """A glyph without case begins a small word after a word; elsewhere the line is asked."""
    forget()
    points = encode(f"\n{before} nерший {' '.join(PLAIN_WORDS[:4])}\n")
    pieces = _pieces(points)
    known = answers(points, pieces, Config())
    place = [decode(points[low:high]) for low, high in _spans(pieces)].index("nерший")

    assert bool(known.open[place]) is (before not in WORDS)
