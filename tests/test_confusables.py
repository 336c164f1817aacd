"""The tables of characters: against UTS #39, against NFKC, and over all of Unicode."""

import sys

import numpy as np
import pytest
import unicodedata2 as unicodedata
from data import characters

from homoglyph_fix import Normalizer, normalize
from homoglyph_fix.letters import properties as scripts
from homoglyph_fix.letters.confusables import KINDS, TO_LATIN, confusables
from homoglyph_fix.letters.data_files import load

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
ALL = np.arange(sys.maxunicode + 1, dtype=np.uint32)
LETTER_KINDS = (scripts.CYRILLIC, scripts.LATIN, scripts.GREEK, scripts.ALIEN, scripts.FOREIGN_CYRILLIC, scripts.OTHER)

# The pairs that real text shows, as the project's first issue lists them.
SEEN = [
    ("oiaepcyx", "оіаерсух"),
    ("HOATCEBPMK", "НОАТСЕВРМК"),
    ("ummrnkthb", "имтгпктнв"),
    ("bgwiïèl", "бдшїїєі"),
    ("ᴏᴀᴛᴇᴨᴧᴩᴄʙʍᴋɯɜᴦ", "оатеплрсвмкшзг"),
    ("αορικντ", "аорікит"),
    ("ΠΓᏢᎩᏦօⲬ", "ПГРУКоХ"),
    ("6301", "бЗоі"),
]

WORDS = "картопля голова нагорода ґанок база місто книга шапка хата час фото день єдність экран".split()


def readings(glyph: str) -> set[str]:
    """Return the Cyrillic letters that a glyph may stand for, in both cases."""
    row = confusables().to_cyrillic[confusables().rows(np.array([ord(glyph)], np.uint32))[0]]
    letters = {chr(letter) for letter in row["letter"] if letter}
    return {form for letter in letters for form in (letter.lower(), letter.upper())}


@pytest.mark.parametrize(("glyph", "letter"), [pair for glyphs, letters in SEEN for pair in zip(glyphs, letters, strict=True)])
def test_pairs_that_real_text_shows(glyph: str, letter: str) -> None:
    """Each is in the table."""
    assert letter in readings(glyph)


@pytest.mark.parametrize("letter", UKRAINIAN + UKRAINIAN.upper())
def test_every_letter_has_its_lookalikes(letter: str) -> None:
    """What UTS #39 calls confusable with a letter can be read as it."""
    missing = [
        pair.glyph
        for pair in characters.uts39()
        if pair.letter == letter and not characters.passed_over(pair.glyph) and letter not in readings(pair.glyph)
    ]

    assert missing == []


def test_styled_letters_read_like_plain_ones() -> None:
    """A mathematical, fullwidth or circled letter has all the readings of the letter it is a form of."""
    for first in (0xFF21, 0x1D400, 0x24B6):
        for offset in range(26):
            plain, styled = chr(ord("A") + offset), chr(first + offset)
            assert readings(plain) <= readings(styled), styled


def test_committed_tables_are_fresh() -> None:
    """They are what `data/characters.py` makes of its sources today."""
    for name, table in characters.compile_characters().items():
        assert np.array_equal(table, load(name)), name
    assert characters.PAIRS.read_text("utf-8") == characters.listing(characters.all_pairs())


def test_every_pair_names_its_source() -> None:
    """Each source is one of four, and each of the four gives some."""
    sources = {source.split(" 0.")[0].split(" 1.")[0] for pair in characters.all_pairs() for source in pair.source.split(", ")}

    assert sources == {characters.HAND, characters.ALIKE, characters.NFKC, characters.UTS39}


def test_measured_pairs_are_judged() -> None:
    """Likeliest first, 300 pairs once each, every one kept or refused for a reason."""
    rows = [line.split("\t") for line in characters.LIKENESS.read_text("utf-8").splitlines() if not line.startswith("#")]

    assert len({(glyph, letter) for _, glyph, letter, *_ in rows}) == len(rows) == 300
    figures = [float(likeness) for *_, likeness, _shape, _font, _reason in rows]
    assert figures == sorted(figures, reverse=True)
    assert 0.5 < figures[-1] <= figures[0] <= 1
    for verdict, glyph, letter, _likeness, shape, font, reason in rows:
        assert verdict in ("kept", "refused")
        assert unicodedata.lookup(glyph) not in characters.ALPHABET
        assert unicodedata.lookup(letter) in characters.ALPHABET
        assert shape in ("upright", "italic")
        assert font
        assert reason.strip("?")


KEPT = [row for row in characters.judged() if row.kept]


@pytest.mark.parametrize("row", KEPT, ids=[unicodedata.name(row.glyph) for row in KEPT])
def test_kept_glyphs_are_repaired(row: characters.Judged) -> None:
    """Each is read as its letter, and put right in a word of a text and of UTF-8, beyond the basic plane too."""
    word = next(word for word in WORDS if row.letter.lower() in word)
    damaged = f"Бачу, що {word.replace(row.letter.lower(), row.glyph, 1)} тут."

    assert row.letter in readings(row.glyph)
    assert normalize(damaged).lower() == f"бачу, що {word} тут."
    assert Normalizer().normalize_utf8(damaged.encode()).decode() == normalize(damaged)


def test_hand_kept_rows_give_a_reason() -> None:
    """A row names two characters that exist, a kind that exists, a cost and why."""
    rows = [line.split("\t") for line in (characters.HERE / "confusables.tsv").read_text("utf-8").splitlines() if not line.startswith("#")]

    for kind, glyph, letter, cost, reason in rows:
        assert kind in KINDS
        assert unicodedata.lookup(glyph) != unicodedata.lookup(letter)
        assert 0 < float(cost) < 6
        assert reason
    assert len({(kind == "to Latin", glyph, letter) for kind, glyph, letter, *_ in rows}) == len(rows)


def test_all_of_unicode() -> None:
    """Every code point has a row; a letter is of one script; what can be read is a letter or a digit; our letters stand for themselves."""
    slots = scripts.slots(ALL)
    bits = scripts.properties()[slots]
    rows = confusables().glyphs[slots]
    letter = (bits & np.uint32(scripts.LETTER)) != 0

    assert slots.max() < scripts.SLOTS
    assert (sum(((bits & np.uint32(kind)) != 0).astype(int) for kind in LETTER_KINDS)[letter] == 1).all()
    readable = confusables().to_cyrillic["letter"][rows, 0] != 0
    assert (letter | ((bits & np.uint32(scripts.DIGIT)) != 0))[readable].all()
    ours = np.array([ord(c) for c in UKRAINIAN + UKRAINIAN.upper()])
    assert not readable[ours].any()
    assert ((bits[ours] & np.uint32(scripts.CYRILLIC)) != 0).all()


def test_the_way_back() -> None:
    """Cyrillic intruders in Latin words: the letters that look Latin have their Latin twin."""
    table = confusables()
    for cyrillic, latin in zip("асеіорхуАВСЕНІКМОРТХУѕјԁ", "aceiopxyABCEHIKMOPTXYsjd", strict=True):
        row = table.to_latin[table.rows(np.array([ord(cyrillic)], np.uint32))[0]]
        assert (row["letter"], row["kind"]) == (ord(latin), TO_LATIN), cyrillic
