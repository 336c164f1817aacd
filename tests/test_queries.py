"""Words without a line: the key of an index, and what a query may be."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix import HomoglyphFixError, candidates, fold
from homoglyph_fix.letters import folding
from strategies import IDENTICAL, PLAIN_WORDS, few, many, texts

PAIRS = Path(__file__).parent.parent / "data" / "pairs.tsv"
ROWS = [line.split("\t") for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("# ")]
SAME = [(glyph, letter) for glyph, _, letter, _, kind, *_ in ROWS if kind == "identical"]
STYLED = sorted({glyph for glyph, _, _, _, kind, *_ in ROWS if kind == "styled"})
OTHER_KINDS = ("near", "digit", "accent", "foreign script", "foreign Cyrillic")
NEAR = [(glyph, letter) for glyph, _, letter, _, kind, *_ in ROWS if kind in OTHER_KINDS]


def test_letters_of_identical_shape_are_one() -> None:
    """All pairs that the table calls identical."""
    assert len(SAME) == 25
    assert [pair for pair in SAME if fold(pair[0]) != fold(pair[1]) or fold(pair[1]) != pair[1]] == []


def test_styles_make_no_difference() -> None:
    """Every styled letter of the table has the key of the plain one, whatever that is read as; and so have those without a reading."""
    wide = "ａｂｃＤＱ𝐝𝐪𝒵𝕏ⓓⓆ🄳🄳ᴬ"
    for glyph in [*STYLED, *wide]:
        plain = unicodedata.normalize("NFKC", glyph).strip("()")
        if len(plain) == 1 and glyph != "ᴬ":
            assert fold(glyph) == fold(plain), glyph
    assert fold("ᴬ") == "ᴬ"  # a letter above the line is another letter


def test_near_shapes_stay_apart() -> None:
    """No pair of any other kind has one key; і and ї neither."""
    assert [pair for pair in NEAR if fold(pair[0]) == fold(pair[1])] == []
    assert fold("і") != fold("ї")
    assert fold("i") != fold("ї")
    assert fold("Kиiв") != fold("Київ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HATO", "НАТО"),
        ("cepцe", "серце"),
        ("Ïжак", "Їжак"),
        ("I\u0308жак", "Їжак"),
        ("І\u0308жак", "Їжак"),
        ("ë", "ё"),
        ("y\u0306", "ў"),
        ("á", "а\u0301"),
        ("\u212a", "К"),
        ("Ⅹ", "Х"),
        ("ｃлово", "слово"),
    ],
)
def test_words_that_meet(one: str, other: str) -> None:
    """In whatever script, style and composition."""
    assert fold(one) == fold(other) == other


@pytest.mark.parametrize("word", ["", "дж", "WWW", "123", "n", "'", "\ud800", "\0", "한국", "e\u0323\u0301", "слово"])
def test_what_is_no_twin_stays(word: str) -> None:
    """But for its composition."""
    assert fold(word) == unicodedata.normalize("NFC", word).replace("e", "е").replace("ẹ", "е\u0323")


def test_case_stays() -> None:
    """A capital and a small letter are two, and where case is not to matter the key is lowered."""
    assert fold("A") != fold("a")
    assert fold("HATO").lower() == fold("НАТО").lower() == "нато"


@pytest.mark.property
@many
@given(texts | st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    """Folding twice is folding once, and knows no composition; no letter appears or goes."""
    key = fold(text)

    assert fold(key) == key
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == key


@pytest.mark.property
@many
@given(st.sampled_from(PLAIN_WORDS), st.lists(st.booleans(), max_size=16))
def test_identical_letters_make_no_difference(word: str, hidden: list[bool]) -> None:
    """Whichever letters of a word are replaced by their twins, the key is that of the word: the word itself."""
    flags = [*hidden, *[False] * len(word)]
    written = "".join(IDENTICAL.get(letter, letter) if flag else letter for letter, flag in zip(word, flags, strict=False))

    assert fold(written) == fold(word) == word


@pytest.mark.property
def test_every_code_point_is_folded() -> None:
    """Alone and after a letter; keys are stable."""
    for code in range(0x110000):
        key = fold(f"а{chr(code)}")
        assert fold(key) == key


def test_a_damaged_table_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the file."""
    folding._shapes.cache_clear()
    monkeypatch.setattr("homoglyph_fix.letters.data_files.DATA", tmp_path)
    with pytest.raises(HomoglyphFixError, match=r"folds\.npy: No such file or directory; install homoglyph-fix anew"):
        fold("а")


def test_folding_is_fast() -> None:
    """A word takes about a microsecond, in the best of some runs; ten are allowed."""
    fold("а")
    seconds = []
    for _ in range(10):
        start = perf_counter()
        for _ in range(1000):
            fold("самовизначення")
        seconds.append(perf_counter() - start)

    assert min(seconds) < 0.01


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("HATO", ("НАТО", "HATO")),
        ("CШA", ("США", "CШA")),
        ("nорaзкu", ("поразки", "nорaзкu")),
        ("Kиiв", ("Київ", "Kиiв")),
        ("fаcebook", ("facebook", "fаcebook")),
        ("п*ять", ("п'ять", "п*ять")),
        ("сло\u00adво", ("слово", "сло\u00adво")),
        ("кіт", ("кіт",)),
        ("слово", ("слово",)),
        ("iPhone", ("iPhone",)),
        ("google", ("google",)),
        ("KPI", ("KPI", "КРІ")),
        ("BIH", ("ВІН", "BIH")),
        ("OХМ", ("ОХМ", "OХМ")),
        ("6oтa", ("бота", "6oтa")),
        ("i", ("і", "i")),
        ("2020", ("2020",)),
        ("3", ("3",)),
        ("", ("",)),
        (" ", (" ",)),
        ("\n", ("\n",)),
        ("...", ("...",)),
        ("http://a.b/пoле", ("http://a.b/пoле",)),
        ("\ud800", ("\ud800",)),
        ("слово " * 17, ("слово " * 17,)),
    ],
)
def test_candidates(word: str, found: tuple[str, ...]) -> None:
    """What a query may be, likeliest first."""
    assert candidates(word) == found


def test_several_words() -> None:
    """Each may be another, and what stands between them stays."""
    found = candidates("HATO-вський")

    assert found[0] == "НАТО-вський"
    assert "HATO-вський" in found
    assert candidates("HATO i CШA")[0] == "НАТО і США"


@pytest.mark.property
@few
@given(texts | st.text())
def test_the_word_is_among_its_candidates(word: str) -> None:
    """Once, as all others; there are few, and none is empty that was not."""
    found = candidates(word)

    assert word in found
    assert len(set(found)) == len(found) <= 9
    assert all(found) or not word or found == ("",)


@pytest.mark.property
@few
@given(st.sampled_from([word for word in PLAIN_WORDS if len(word) > 3 and "-" not in word]), st.integers(0, 255))
def test_a_word_in_disguise_is_found(word: str, hidden: int) -> None:
    """With any of its letters replaced by their twins, the word is among the candidates."""
    written = "".join(IDENTICAL.get(letter, letter) if hidden >> place & 1 else letter for place, letter in enumerate(word))

    assert word.replace("’", "'").replace("ʼ", "'") in [found.replace("’", "'").replace("ʼ", "'") for found in candidates(written)]
