"""A line in any company: alone, among sixty like it, in crowded texts, behind and before what stands far away in its own line."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix import Config, Normalizer, analyze, normalize, normalize_many
from homoglyph_fix.screen import look_through
from homoglyph_fix.text.encodings import source_of
from homoglyph_fix.thresholds import HEARD
from slow_twin import twin_changes, twin_normalize
from strategies import PLAIN_WORDS, crowded_texts, damaged_lines, few, heavily_damaged_lines, hurt_line, texts

fixer = Normalizer()
LINES = [
    "C oprahізybaлacь tbopehhя hoboгo мuсteцтвa.",
    "C oprahізybaлacь tbopehхя hoboгo мuсteцтвa.",
    "Y cуcighbomy Cвіtлobogcbky b cnopygжehomy naлaцi сnopty.",
    "B Укpaїнi i пpo цe. A щe y нac, i C.",
]


def assert_as_alone(line: str, company: list[str]) -> None:
    """Assert that a line comes out as it does alone wherever it stands among others, in every call, and that these do too."""
    alone = normalize(line)
    expected = [normalize(other) for other in company]
    text = "\n".join(company)
    count = company.count(line)

    assert count
    assert alone == twin_normalize(line)
    assert analyze(line).text == alone
    assert fixer.normalize_utf8(line.encode()).decode() == alone
    assert normalize_many(company) == expected
    assert normalize(text).split("\n") == expected
    assert fixer.normalize_utf8(text.encode()).decode().split("\n") == expected
    assert analyze(text).text.split("\n") == expected


@pytest.mark.parametrize("line", LINES)
def test_a_line_among_sixty(line: str) -> None:
    """Sixty times the same line, with sound lines between them, and so often that a whole block of the screen is crowded."""
    sound = " ".join(PLAIN_WORDS[:20])
    assert_as_alone(line, [line] * 60)
    assert_as_alone(line, [line, sound] * 60)
    alone = normalize(line)
    for text in ("\n".join([line] * 4000), "\n".join([sound, line] * 4000)):
        expected = "\n".join({line: alone}.get(each, each) for each in text.split("\n"))

        assert normalize(text) == expected
        assert normalize_many(text.split("\n")) == expected.split("\n")
        assert fixer.normalize_utf8(text.encode()).decode() == expected
    assert look_through(source_of("\n".join([line] * 4000)).units).crowded


def test_what_the_line_says() -> None:
    """What is right in the first of these lines."""
    assert normalize(LINES[0]) == "C організувалась творення нового мистецтва."


@pytest.mark.property
@few
@given(st.integers(0, 1 << 32), st.integers(1, 12), st.integers(1, 2))
def test_heavily_damaged_lines_in_company(seed: int, count: int, repeats: int) -> None:
    """Lines full of damage with a few lone letters come out alike alone and crowded together, as the twin says."""
    lines = [hurt_line(seed + place) for place in range(count)]
    expected = {line: twin_normalize(line) for line in lines}
    company = lines * repeats
    random.Random(seed).shuffle(company)
    text = "\n".join(company)
    repaired = [expected[line] for line in company]

    assert [normalize(line) for line in lines] == [expected[line] for line in lines]
    assert normalize(text) == "\n".join(repaired)
    assert normalize_many(company) == repaired
    assert fixer.normalize_utf8(text.encode()).decode() == "\n".join(repaired)
    assert analyze(lines[0]).text == expected[lines[0]]


def _plain(text: str) -> str:
    """Take out what may reach over white space: tags, code and formats; and line ends."""
    return "".join(char for char in text if (char not in "<`%" and char > " ") or char == " ").strip(" ")


def _between(seed: int) -> str:
    """Return so many sound words that what stands behind them is not heard before them."""
    return " ".join(random.Random(seed).choices([word for word in PLAIN_WORDS if word.isalpha() and len(word) > 3], k=HEARD))


_anything = st.one_of(texts, crowded_texts, damaged_lines, heavily_damaged_lines).map(_plain)


@pytest.mark.property
@few
@given(_anything, _anything, st.integers(0, 1 << 16))
def test_evidence_is_near(first: str, last: str, seed: int) -> None:
    """What stands farther away than a word hears has no say: two texts with sound words between them come out as each by itself."""
    between = _between(seed)
    left, right = f"{first} {between}", f"{between} {last}"
    expected = normalize(left) + normalize(right)[len(between) :]

    assert normalize(left).endswith(f" {between}")
    assert normalize(right).startswith(f"{between} ")
    assert normalize(f"{first} {between} {last}") == expected


@pytest.mark.property
@few
@given(_anything, st.lists(_anything.map(lambda text: text.split(" ")[0] or "a"), min_size=HEARD, max_size=HEARD), _anything, _anything)
def test_one_look_hears_no_farther(first: str, between: list[str], last: str, other: str) -> None:
    """Whatever stands between, the words before it are decided alike in one look whatever comes behind it."""
    found = []
    for end in (last, other):
        line = " ".join([first, *between, end])
        found.append([change for change in twin_changes(line, Config()) if change.end <= len(first)])

    assert found[0] == found[1]


DAMAGE = "мaма poбoта Укpаїна щaстя тaто"


@pytest.mark.parametrize("word", ["UI", "KPI", "розділ II", "№ 3", "HATO", "A", "x"])
def test_damage_far_away_has_no_say(word: str) -> None:
    """In a document of one line a sound word stays what it is beside sound words, though a thousand others are damaged."""
    sound = " ".join(PLAIN_WORDS[:30])
    alone = normalize(f"{sound} {word} {sound}")
    document = f"{DAMAGE} {sound} {word} {sound} {DAMAGE} {sound} " * 40
    repaired = normalize(DAMAGE)

    assert normalize(document) == f"{repaired} {alone} {repaired} {sound} " * 40


def test_a_line_end_is_a_wall() -> None:
    """Damage in the lines beside has no say, however near."""
    rows = [f"{DAMAGE}\n{word}\n{DAMAGE}" for word in ("слово i Google", "слово, A слово", "UI", "KPI слово", "3 такою", "He знаю")]

    assert [normalize(row).split("\n")[1] for row in rows] == [normalize(row.split("\n")[1]) for row in rows]


CLEAN = [
    "қазақ тілі " * 100, "сло9во " * 300, "Це добре. " * 400, "љубав " * 200, "Ми з COVIDом у Wi-Fi " * 50, "слово3 " * 200,
    "λόγος — СхідSide " * 90, "😀 қазақ " * 99, "қазақ тілі\n" * 100, "сло9во\r\n" * 300, "ѓ " * 5000, "қа9 " * 9000,
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAN, ids=[text[:9].strip() for text in CLEAN])
def test_clean_text_is_the_same_object(text: str) -> None:
    """However long and however full of suspicious characters, in every call."""
    data = text.encode()

    assert normalize(text) is text
    assert analyze(text).text is text
    assert normalize_many([text, "мaма", text])[::2] == [text] * 2
    assert all(found is text for found in normalize_many([text, "мaма", text])[::2])
    assert fixer.normalize_utf8(data) is data


@pytest.mark.property
@few
@given(_anything | texts | crowded_texts, st.integers(1, 40), st.sampled_from(["", " ", "\n"]))
def test_repeated_text_is_the_same_object(text: str, repeats: int, separator: str) -> None:
    """What comes out equal is the same object, in every call, also where it is long and crowded."""
    once = normalize(text)
    for each in (text + separator, once + separator):
        long = each * repeats
        data = long.encode("utf-8", "replace")
        found = [normalize(long), normalize_many([long, "мaма"])[0], analyze(long).text if repeats < 9 else normalize(long)]
        repaired = fixer.normalize_utf8(data)

        assert [new is long for new in found] == [new == long for new in found]
        assert (repaired is data) == (repaired == data)


def _line_ends(text: str) -> str:
    return text.replace("\n", "\r\n")


RETURNS = [
    "країни HATO-\r\n", "країни HATO-\r\nі ще", "країни HATO-\r", "слово i\r\nмaма", "мaма i\r", "3 такою метою\r\n3 такою метою",
    "Iван\r\n", "\r\nмaма\r\n\r\n",
]  # fmt: skip


@pytest.mark.parametrize("text", RETURNS)
def test_returns_before_line_ends(text: str) -> None:
    r"""Rows that end with `\r\n` or with `\r` at the end of the text come out as those with `\n`."""
    plain = text.removesuffix("\r").replace("\r\n", "\n")
    end = "\r" * text.endswith("\r")
    expected = _line_ends(normalize(plain)) + end

    assert normalize(text) == expected == twin_normalize(text)
    assert normalize_many([text, text]) == [expected, expected]
    assert fixer.normalize_utf8(text.encode()).decode() == expected
    assert analyze(text).text == expected


_at_line_ends = st.builds(
    "{} {}{}".format,
    st.sampled_from(PLAIN_WORDS),
    st.sampled_from("HATO i 3 He p. 70-x oн CБУ fаcebook.com Iван мaма x C TOB".split()),
    st.sampled_from([*"-,.;:)»'’/—", "", "", " -", " — ", " "]),
)


@pytest.mark.property
@few
@given(st.lists(texts | damaged_lines | crowded_texts | _at_line_ends, max_size=4).map("\n".join), st.integers(1, 3))
def test_returns_have_no_say(text: str, repeats: int) -> None:
    r"""Texts with `\r\n` in the place of `\n`, in every call; and with a `\r` at the end."""
    text = "\n".join([text.replace("\r", "")] * repeats)
    expected = normalize(text)
    data = _line_ends(text).encode("utf-8", "replace")

    assert normalize(_line_ends(text)) == _line_ends(expected)
    assert normalize(text + "\r") == expected + "\r"
    assert normalize_many([_line_ends(text), text + "\r"]) == [_line_ends(expected), expected + "\r"]
    assert fixer.normalize_utf8(data) == fixer.normalize_utf8(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    assert analyze(_line_ends(text)).text == _line_ends(expected)
