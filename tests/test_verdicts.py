"""Chunks, runs without white space: they are found whole, told apart, and what is known of them is what every line says."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import read_cases
from homoglyph_fix import Config, Normalizer, normalize_many
from homoglyph_fix.arrays.memory import forget
from homoglyph_fix.arrays.ragged import Spans, where
from homoglyph_fix.config import APOSTROPHES
from homoglyph_fix.text.encodings import decode, encode, source_of
from homoglyph_fix.text.patches import Changes, put
from homoglyph_fix.thresholds import LONGEST
from homoglyph_fix.verdicts import ASKS, CHANGES, RECORD, STAYS, TOGETHER, _keys, chunks_at, chunks_in, fates_of, learn, spellings
from homoglyph_fix.words.tokens import chunks_of
from slow_twin import twin_line, twin_normalize
from strategies import PLAIN_WORDS, configs, crowded_texts, damaged_lines, many, texts

if TYPE_CHECKING:
    from homoglyph_fix.text.encodings import Points

ROWS = [row.before for row in read_cases()]
SWITCHES = ("standalone", "latin", "digits", "invisible")
_SWITCHED = [dict(zip(SWITCHES, values, strict=True)) for values in product([True, False], repeat=len(SWITCHES))]
CONFIGS = [Config(**values) for values in _SWITCHED]  # type: ignore[arg-type]
CONFIGS += [Config(apostrophe=choice) for choice in APOSTROPHES[1:]]
KEEPING = Config(keep=frozenset("і i у y HATO НАТО Google facebook* pH XIX K2SO4 м* с* п* c* p* к* н*".split()))


def _chunks(points: Points) -> Spans:
    """Return all chunks of a text that begins and ends with a line end."""
    before, end = chunks_of(points)
    return Spans(before + 1, end)


def _spans(spans: Spans) -> list[tuple[int, int]]:
    return list(zip(spans.start.tolist(), spans.end.tolist(), strict=True))


@pytest.mark.parametrize(
    ("chunk", "verdict"),
    [
        ("мaма", CHANGES), ("(Укpаїна),", CHANGES), ("пiвденно-cхiдний", CHANGES), ("тo", ASKS), ("нe", CHANGES), ("80%", STAYS),
        ('об"єкт', ASKS), ('зв"язoк', ASKS), ('слово"яма', STAYS),
        ("Eкрaн", CHANGES), ("cлово", CHANGES),
        ("СхідSide", STAYS), ("слово3", STAYS), ("љубaв", STAYS), ("слoвј", CHANGES), ("щ0", ASKS),
        ("oн", CHANGES), ("eра", ASKS), ("мoва", CHANGES), ("нoс", CHANGES), ("Тh", ASKS), ("4", STAYS),
        ("IT-компанія", STAYS), ("Wi-Fi", STAYS), ("COVIDом", STAYS), ("ТСН.ua", STAYS), ("x-промені", STAYS), ("pH", STAYS), ("№1", STAYS),
        ("The", STAYS), ("Web", STAYS), ("3°C.", STAYS), ("facebook", STAYS), ("music", STAYS), ("Rudolf", STAYS), ("λόγος", STAYS),
        ("H2O", STAYS), ("W", STAYS),
        ("i", ASKS), ("y", ASKS), ("Y", ASKS), ("I", ASKS), ("á", ASKS), ("ο", ASKS), ("ｎ", ASKS), ("i,", ASKS), ("(a", ASKS),
        ("He", ASKS), ("pp", ASKS), ("top", STAYS), ("мaма,i", ASKS), ("мaма-i", ASKS),
        ("HATO", ASKS), ("«A-", ASKS), ("70-x", ASKS), ("3", ASKS), ("3-під", ASKS), ("3-", ASKS), ("6-річний", STAYS), ("6—8", STAYS),
        ("3.", STAYS), ("6),", STAYS),
        ("fаcebook", ASKS), ("fаcebook.com", ASKS),
        ("сло\u00adво", ASKS), ("и\u0306", ASKS), ("ι\u0308х", ASKS), ("`мaма`", ASKS), ("<мaма>", ASKS), ("%мaма", ASKS), ("мaма😀", ASKS),
        ("ïх", CHANGES),
        ("nерший", ASKS), ("rолова,", ASKS), ("«nерший", ASKS), ("3ахід", ASKS), ("по-nерше", CHANGES), ("nра-домy", ASKS),
    ],
)  # fmt: skip
def test_verdicts(chunk: str, verdict: int) -> None:
    """Most damaged words and most names need no line."""
    records = learn(encode(f"\n{chunk}\n"), Config())

    assert records["verdict"].tolist() == [verdict]
    assert records.dtype == RECORD
    if verdict == CHANGES:
        assert records["new"][0, len(chunk) :].tolist() == [0] * (LONGEST - len(chunk))


@pytest.mark.parametrize(
    ("chunk", "config", "verdict"),
    [
        ("i", Config(standalone=False), STAYS), ("HATO", Config(standalone=False), STAYS), ("3", Config(digits=False), STAYS),
        ("po6oтa", Config(digits=False), STAYS), ("fаcebook.com", Config(latin=False), STAYS),
        ("сло\u00adво", Config(invisible=False), STAYS),
        ('об"єкт', Config(apostrophe="keep"), STAYS), ("об'єкт", Config(apostrophe="’"), ASKS), ("об'єкт", Config(apostrophe="'"), STAYS),
        ("мaма", Config(standalone=False, latin=False, digits=False, invisible=False), CHANGES),
    ],
)  # fmt: skip
def test_verdicts_with_switches_off(chunk: str, config: Config, verdict: int) -> None:
    """What a switch forbids is no matter of the line."""
    assert learn(encode(f"\n{chunk}\n"), config)["verdict"].tolist() == [verdict]


def assert_foretold(text: str, config: Config) -> None:
    """Assert that chunks which do not ask come out as their line says."""
    lines = [line for line in text.split("\n") if not any(mark in line for mark in "<`")]
    points = encode("\n" + "\n".join(lines) + "\n")
    chunks = _chunks(points)
    fates = fates_of(points, chunks, config)
    expected = "\n".join(twin_line(line, config) for line in lines)
    known = put(points, Changes(chunks.take(fates.changed), fates.new, fates.size))
    found, said = _parts(decode(known), len(chunks)), _parts(expected, len(chunks))
    for place in where(~fates.asks).tolist():
        assert found[place] == said[place], lines


def _parts(text: str, count: int) -> list[str]:
    parts = [part for part in text.translate(dict.fromkeys(range(0x20), " ")).split(" ") if part]

    assert len(parts) == count
    return parts


def _mixed_up(lines: list[str], rng: random.Random) -> str:
    """Return the chunks of some lines in any order, in lines of any length, some of them twice."""
    chunks = " ".join(lines).translate(dict.fromkeys(range(0x20), " ")).split(" ")
    chunks = rng.choices(chunks, k=len(chunks)) + rng.sample(chunks, len(chunks))
    return "".join(chunk + rng.choice([" ", " ", " ", " ", "  ", "\t", "\r", "\n", "\r\n"]) for chunk in chunks)


_any_config = st.just(Config()) | configs


@pytest.mark.property
@many
@given(crowded_texts | damaged_lines | texts, _any_config, st.randoms(use_true_random=False))
def test_any_line_says_the_same(text: str, config: Config, rng: random.Random) -> None:
    """What is known of a chunk by itself is what becomes of it in its line, and in lines of any company."""
    assert_foretold(text, config)
    assert_foretold(_mixed_up([text], rng), config)


@pytest.mark.parametrize("config", [CONFIGS[0], CONFIGS[3], CONFIGS[15], CONFIGS[-1], KEEPING], ids=range(5))
def test_cases_say_the_same(config: Config) -> None:
    """The same for the rows of tests/cases, each in its line and their chunks in lines of any company."""
    rows = [row.replace("\n", " ") for row in ROWS]
    rng = random.Random(7)

    assert_foretold("\n".join(rows), config)
    for _ in range(2):
        assert_foretold(_mixed_up(rows, rng), config)


def _around(text: str, places: list[int]) -> list[tuple[int, int]]:
    """Return the chunks around some places of a text of one code unit each, as one would look for them by eye."""
    found = []
    for place in places:
        start = max((at + 1 for at in range(place) if text[at] <= " "), default=0)
        end = next((at for at in range(place, len(text)) if text[at] <= " "), len(text))
        found.append((start, end))
    return sorted(set(found))


@pytest.mark.parametrize("kind", ["str", "str beyond UTF-16", "bytes"])
def test_chunks_around_places(kind: str) -> None:
    """Every place finds its chunk, once; a chunk that is too long is not named, but the places in it are."""
    rng = random.Random(3)
    for _ in range(200):
        words = ["".join(rng.choices("ab,", k=rng.choice([1, 2, 3, 10, 20, 60]))) for _ in range(12)]
        text = "".join(word + rng.choice([" ", "\n", "  ", "\t"]) for word in words)
        text = text[: len(text) - rng.randrange(2)] + " 😀" * (kind == "str beyond UTF-16")
        places = sorted({at for at in rng.choices(range(len(text)), k=rng.randrange(1, 30)) if text[at] > " "})
        source = source_of(text.encode() if kind == "bytes" else text)
        found = chunks_at(source.units, np.array(places, np.intp))
        expected = _around(text, places)
        whole = where(found.start < found.end)

        assert {span for span in expected if span[1] - span[0] <= LONGEST} <= set(_spans(found))
        assert set(_spans(found.take(whole))) <= set(expected)
        assert (np.diff(found.start) > 0).all()
        for low, high in expected:
            assert ((found.start >= low) & (found.start < high)).any()


def test_chunks_in_a_text() -> None:
    """Of a whole text those are named that hold what prose is not made of."""
    points = encode("\nЦе мaма,\tj 12\r\n\n(слово) — «x» a-б\n")

    assert [decode(points[low:high]) for low, high in _spans(chunks_in(points))] == ["мaма,", "j", "12", "—", "«x»", "a-б"]
    assert _spans(chunks_in(encode("\n"))) == _spans(chunks_in(encode("\n \n"))) == []


def test_fates() -> None:
    """Each chunk asks, stays or is spelled otherwise; one that is too long asks, and so does a place of one without an end."""
    points = encode(f"\nмaма i Wi-Fi {'мaма' * 7} тaто\n")
    chunks = _chunks(points)
    fates = fates_of(points, Spans(np.append(chunks.start, 3), np.append(chunks.end, 3)), Config())

    assert fates.asks.tolist() == [False, True, False, True, False, True]
    assert (fates.changed.tolist(), decode(fates.new), fates.size.tolist()) == ([0, 4], "маматато", [4, 4])


def test_spellings() -> None:
    """The same said of chunks that are texts."""
    assert spellings(["мaма", "i", "Wi-Fi", "тaто"], Config()) == {"мaма": "мама", "i": None, "Wi-Fi": "Wi-Fi", "тaто": "тато"}
    assert spellings(["i"], Config(standalone=False)) == {"i": "i"}


def _key_of(words: list[str]) -> tuple[list[int], Points]:
    points = encode("\n" + " ".join(words) + "\n")
    return _keys(points, _chunks(points), Config()).tolist(), points


def test_keys() -> None:
    """Equal chunks have equal keys wherever they stand, over the borders of what is weighed at once; different ones different keys."""
    rng = random.Random(4)
    words = ["".join(rng.choices("aаoоeеiі", k=rng.randrange(1, LONGEST + 1))) for _ in range(4 * TOGETHER // LONGEST)]
    words += rng.choices(words, k=3 * TOGETHER)
    keys, _ = _key_of(words)

    assert len(words) > 3 * TOGETHER
    assert len(set(keys)) == len(set(words))
    assert len(set(zip(keys, words, strict=True))) == len(set(words))


SHIELDED = [
    "вода нeбо.7z сонце", "жито слoво/x вода", "вода мaма-2.docx a/b вода", "вода нeбо.7z\na/b вода", "www.\u0301noмaма слово",
    "вода мaма\u0301.txt вода", "вода мaма-2.docx < вода", "сказав (%cAвтор і пішов", "слoво.Слoво тaк", "5\n%dня слoво", "5 %dня слoво",
]  # fmt: skip


@pytest.mark.parametrize("first", SHIELDED)
def test_what_was_learnt_together_has_no_say(first: str) -> None:
    """What shields a chunk stands in its line, not in a line before it nor beside it when it was learnt; a second run changes nothing."""
    prose = " ".join(PLAIN_WORDS * 2)
    for second in SHIELDED:
        forget()
        text = f"{first} {prose}\n{second} {prose}\n{prose} {first}"
        expected = "\n".join(twin_normalize(line) for line in text.split("\n"))

        assert normalize_many([text, prose]) == [expected, prose]
        assert Normalizer().normalize_utf8(text.encode()).decode() == expected
        assert Normalizer().normalize(expected) == expected


def test_configs_do_not_share_what_is_known() -> None:
    """Each combination of switches has chunks of its own."""
    points = encode("\nмaма\n")

    assert len({int(_keys(points, _chunks(points), config)[0]) for config in [*CONFIGS, KEEPING]}) == len(CONFIGS) + 1 == 21


DAMAGED = "мaма рoбота Укpаїна щaстя"


@pytest.mark.parametrize(
    "context",
    (
        "{}. # слово|{}, # слово|# слово {}|{} # слово|{} (слово) # слово.|{}# i слово|{} i #слово|{}# Y слово|{} сло#во. A слово"
    ).split("|"),
)
def test_any_character_beside_words(context: str) -> None:
    """Whatever stands between words, beside a letter or in its neighbours, crowded lines become what each becomes as a whole."""
    codes = [*range(ord("\n")), *range(ord("\n") + 1, 0xD800), *range(0xE000, 0x10000)]
    text = "\n".join(context.format(DAMAGED).replace("#", chr(code)) for code in codes)
    whole = decode(Normalizer()._settle(encode(f"\n{text}\n")))

    assert Normalizer().normalize_utf8(text.encode()).decode().split("\n") == whole.split("\n")[1:-1]


def test_letters_that_a_window_holds() -> None:
    """Letters near a chunk that asks its line, in chains, are decided with it; all come out as their line says."""
    rng = random.Random(5)
    words = [*"мaма рoбота Укpаїна слово щaстя, слово. i i i y a A Y I 3 6 x тo HATO nро (a nерший п'ять будь-що".split(), "a, b"]
    lines = [" ".join(rng.choices(words, k=rng.randint(5, 40))) for _ in range(400)]

    assert Normalizer().normalize_utf8("\n".join(lines).encode()).decode().split("\n") == [twin_normalize(line) for line in lines]
