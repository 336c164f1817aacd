"""Short texts: what is said of them without their lines is what their lines say."""

from __future__ import annotations

import pytest
from hypothesis import given

from homoglyph_fix import Config, Normalizer, normalize
from homoglyph_fix.arrays.memory import forget, spellings_of
from homoglyph_fix.short_texts import LARGEST, _suspicious, respelled
from homoglyph_fix.verdicts import spellings
from slow_twin import twin_normalize
from strategies import crowded_texts, lines, many, texts

CONFIG = Config()


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Це мaма.", "Це мама."),
        ("Це мaма,\nі тaто", "Це мама,\nі тато"),
        ("COVIDом, ТСН.ua і м³", "COVIDом, ТСН.ua і м³"),
        ("мaма\r\nтaто", "мама\r\nтато"),
        ("мaма", "мама"),
        (" мaма ", " мама "),
        ("", ""),
    ],
)
def test_known_in_every_line(text: str, new: str) -> None:
    """Pieces that no line changes are spelled at once."""
    assert respelled(text, CONFIG, spellings) == new


@pytest.mark.parametrize(
    "text",
    [
        "Це i все", "3 іншого боку", "nерший мaма", "HATO і мaма",  # the line decides
        "<b мaма>", "`мaма`", "a < b, мaма",  # tags and code
        "сло\u00adво", "и\u0306",  # the length changes
        "Це\tмaма", "Це\u00a0мaма",  # other white space
        "пpоrолошувальників-пpоrолошувальників",  # longer than what is remembered
    ],
)  # fmt: skip
def test_line_is_asked(text: str) -> None:
    """Where a line or anything beside it decides, nothing is said."""
    assert respelled(text, CONFIG, spellings) is None


def test_pieces_with_their_places() -> None:
    """Pieces end at spaces and line ends; those of prose are passed over."""
    assert _suspicious("Це мaма,\nx 12 слів") == [("мaма,", 3, 8), ("x", 9, 10), ("12", 11, 13)]


def test_clean_text_is_the_same_object() -> None:
    """Names that stay are not put together anew."""
    text = "Ми з COVIDом у Wi-Fi"

    assert respelled(text, CONFIG, spellings) is text


def test_long_pieces_are_not_remembered() -> None:
    """They would take too much memory."""
    forget()

    assert respelled("ще мa" + "ма" * 20, CONFIG, spellings) is None
    assert spellings_of(CONFIG) == {}


def test_numbers_are_not_remembered() -> None:
    """A table of numbers does not fill the memory."""
    forget()
    respelled("всього 1998 12,5 300", CONFIG, spellings)

    assert spellings_of(CONFIG) == {}


def test_each_config_has_its_own() -> None:
    """What one config changes another one keeps."""
    text = "у po6oту і po6oтa"

    assert Normalizer(Config(digits=False)).normalize(text) == text != normalize(text)
    assert Normalizer(Config(digits=False)).normalize(text) == text


def test_memory_is_bounded() -> None:
    """A full memory begins anew, and what the text at hand needs of it is found out again."""
    forget()
    respelled("мaма", CONFIG, spellings)
    spellings_of(CONFIG).update((str(number), None) for number in range(LARGEST))

    assert respelled("Це мaма і тaто", CONFIG, spellings) == "Це мама і тато"
    assert spellings_of(CONFIG) == {"мaма": "мама", "тaто": "тато"}


@pytest.mark.property
@many
@given(texts | lines | crowded_texts)
def test_same_as_the_line_says(text: str) -> None:
    """What is said of a text is what the slow twin makes of it, also where all of it has been met before."""
    for _ in range(2):
        assert respelled(text, CONFIG, spellings) in (None, twin_normalize(text))
