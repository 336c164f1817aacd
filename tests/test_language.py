"""The reader of the word list and of the n-grams: against a slow, plain twin, and on words that everybody knows."""

import math

import numpy as np
import pytest

from homoglyph_fix.letters.language import (
    ACRONYM,
    CODE,
    CYRILLIC,
    CYRILLIC_SIZE,
    KEYS,
    LATIN,
    LATIN_BASE,
    LATIN_SIZE,
    NATS_PER_STEP,
    POSITIONS,
    PROPER,
    RUSSIAN,
    SILENT,
    VALUE_BITS,
    Codes,
    buckets,
    fingerprints,
    hash_words,
    language,
)

WORDS = "і в не що він роботу поразки книги м'яч п'ять здоровенний Київ Запоріжжя США только объект the facebook XIX".split()


def letters_of(word: str) -> Codes:
    """Return the letter codes of a word."""
    return CODE[np.frombuffer(word.encode("utf-16-le"), np.uint16)]


def edges(words: list[str]) -> tuple[Codes, np.ndarray, np.ndarray]:
    """Return words in one row, a space after each, and where each starts and ends."""
    starts = np.cumsum([0] + [len(word) + 1 for word in words])[:-1]
    return letters_of(" ".join([*words, ""])), starts, starts + [len(word) for word in words]


def entry(word: str) -> int:
    """Look up one word."""
    return int(language().look_up(hash_words(*edges([word])))[0])


def cost(word: str) -> float:
    """Return the cost of one word by the word list."""
    return float(language().word_costs(np.array([entry(word)], np.uint32))[0])


def spelling(word: str) -> float:
    """Return the cost of one word by its n-grams."""
    return float(language().spelling_costs(*edges([word]))[0])


def plain_hash(word: str) -> int:
    """Hash one word letter by letter."""
    return sum(int(KEYS[at % POSITIONS, code]) for at, code in enumerate(letters_of(word).tolist())) % 2**64


def plain_spelling(word: str) -> float:
    """Add up the n-grams of one word letter by letter."""
    codes = letters_of(word).tolist()
    is_latin = codes[0] > LATIN_BASE
    size = LATIN_SIZE if is_latin else CYRILLIC_SIZE
    table = language().latin if is_latin else language().cyrillic
    row = [0, 0, 0, *(code - LATIN_BASE if is_latin else code for code in codes), 0]
    return sum(int(table[((a * size + b) * size + c) * size + d]) for a, b, c, d in zip(row, row[1:], row[2:], row[3:], strict=False)) / 12


def test_letter_codes_are_the_alphabets() -> None:
    """Case is ignored, and what is no letter is 0."""
    assert letters_of(CYRILLIC).tolist() == list(range(1, 40))
    assert letters_of(LATIN.upper()).tolist() == list(range(65, 91))
    assert letters_of(" 1.-₴α").tolist() == [0] * 6


def test_the_keys_are_the_ones_the_word_list_was_made_with() -> None:
    """The word list hangs on every bit of them."""
    assert (int(KEYS[0, 1]), int(KEYS[-1, SILENT])) == (0x7AF7DAC3DC2E832F, 0)


def test_hashes_equal_the_plain_ones() -> None:
    """Also beyond the last position that has keys of its own."""
    words = [*WORDS, "а" * 70]

    assert hash_words(*edges(words)).tolist() == [plain_hash(word) for word in words]


def test_spelling_costs_equal_the_plain_ones() -> None:
    """Both scripts at once, both edges included."""
    found = language().spelling_costs(*edges(WORDS))

    assert found.tolist() == pytest.approx([plain_spelling(word) for word in WORDS], abs=1e-4)


def test_nothing_in_nothing_out() -> None:
    """No words, no result, no error."""
    none = np.zeros(0, np.intp)

    assert len(hash_words(letters_of("а"), none, none)) == 0
    assert len(language().spelling_costs(letters_of("а"), none, none)) == 0
    assert len(language().look_up(np.zeros(0, np.uint64))) == 0


@pytest.mark.parametrize("word", WORDS)
def test_known(word: str) -> None:
    """Common words of all the sources."""
    assert 0 < cost(word) < 20


@pytest.mark.parametrize("word", "вiн всi украіна украіни сат рнр ххі и ь kak cccp щщщ йцукенг".split())
def test_unknown(word: str) -> None:
    """Damaged entries of the source, shadows, letters that are no words."""
    assert entry(word) == 0
    assert math.isinf(cost(word))


def test_case_and_the_kind_of_apostrophe_do_not_matter() -> None:
    """Four spellings, one entry."""
    assert entry("М’ЯЧ") == entry("мʼяч") == entry("М`яч") == entry("м'яч") != 0


@pytest.mark.parametrize("word", "Україна Петренко Олександрович Запоріжжі".split())
def test_names(word: str) -> None:
    """Forms that only names have carry the flag."""
    assert entry(word) & PROPER


@pytest.mark.parametrize("word", "лев любов надія США НАТО роман меня только the".split())
def test_no_names(word: str) -> None:
    """An ordinary word too, an acronym, a word of another language."""
    assert not entry(word) & PROPER


@pytest.mark.parametrize("word", "что это только мое свое твое европа европе его меня подъезд был конечно россия".split())
def test_russian(word: str) -> None:
    """Words that only Russian has, those too that the Ukrainian list has by chance or the dictionary as a rare form."""
    assert entry(word) & RUSSIAN


@pytest.mark.parametrize("word", "все уже моя том так при нема моє своє Європа школа ради Путіна Іванов the facebook".split())
def test_not_russian(word: str) -> None:
    """Words of both languages, of Ukrainian alone, of Latin letters."""
    assert not entry(word) & RUSSIAN


@pytest.mark.parametrize("word", "НАТО СРСР МВС ТОВ ООН США СБУ ОБСЄ ЄС ЗСУ".split())
def test_acronyms(word: str) -> None:
    """Words that the dictionary has in capitals."""
    assert entry(word) & ACRONYM


@pytest.mark.parametrize("word", "він мова мов нас поле КРІ СМУК Київ CNN".split())
def test_no_acronyms(word: str) -> None:
    """Common words, names, unknown ones, Latin ones."""
    assert not entry(word) & ACRONYM


@pytest.mark.parametrize(("likelier", "word"), [("він", "вин"), ("поразки", "поразкам"), ("ні", "нї"), ("тому", "тоту")])
def test_costs_follow_use(likelier: str, word: str) -> None:
    """The commoner word is the cheaper one; an unknown one costs infinity."""
    assert cost(likelier) < cost(word)


@pytest.mark.parametrize(
    ("likelier", "word"),
    [("брунатненький", "брупатпепький"), ("переплигне", "перепдигне"), ("Тягнибок", "Мягиидок"), ("keyboard", "kepboand")],
)
def test_spelling_tells_likely_from_unlikely(likelier: str, word: str) -> None:
    """For words that the list may lack, damage costs more than two nats."""
    assert spelling(likelier) + 2 < spelling(word)


@pytest.mark.parametrize("word", "ўлада аўтар Віцебск Гродзенская подъезд Мёд Эрмитаж объявление".split())
def test_belarusian_and_russian_are_not_impossible(word: str) -> None:
    """A row of letters at random costs 6 nats a letter."""
    assert spelling(word) / (len(word) + 1) < 4.2


def test_no_row_of_letters_is_impossible() -> None:
    """A cost of 0 or of infinity would decide alone."""
    assert language().cyrillic.min() > 0
    assert spelling("ъьыґўёэ") < math.inf


def test_few_unknown_words_pass_for_known_ones() -> None:
    """About one in 250,000."""
    hashes = np.random.default_rng(1).integers(0, 2**64, 1_000_000, np.uint64)

    assert np.count_nonzero(language().look_up(hashes)) < 10


def test_a_fingerprint_is_never_that_of_an_empty_slot() -> None:
    """0 is an empty slot."""
    assert fingerprints(np.array([0, 1, 2**64 - 1], np.uint64)).tolist() == [1, 1, 2 ** (32 - VALUE_BITS) - 1]


def test_buckets_are_within_the_table() -> None:
    """For the least and the greatest hash, too."""
    hashes = np.array([0, 1, 2**32, 2**64 - 1], np.uint64)

    assert all(0 <= at < 7 for bucket in buckets(hashes, 7) for at in bucket.tolist())


def test_costs_are_in_steps() -> None:
    """A cost comes back as it was stored."""
    assert math.isclose(cost("він") / NATS_PER_STEP, round(cost("він") / NATS_PER_STEP), abs_tol=1e-4)
