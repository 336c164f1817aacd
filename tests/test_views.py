"""What is shown of an analysis: letters and their names, suspicion, the cell of a notebook."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import read_cases
from homoglyph_fix import Analysis, Config, Edit, Normalizer, analyze
from homoglyph_fix.views import cell
from homoglyph_fix.views.letters import name_of, replaced
from strategies import configs, damaged_lines, heavily_damaged_lines, many, texts


def put(old: str, letters: list[tuple[int, str]]) -> str:
    """Put letters into a word."""
    becomes = dict(letters)
    return "".join(becomes.get(at, character) for at, character in enumerate(old))


@pytest.mark.parametrize(
    ("old", "new", "letters"),
    [
        ("nорaзкu", "поразки", [(0, "п"), (3, "а"), (6, "и")]),
        ("сло\u00adво", "слово", [(3, "")]),
        ("Kи\u0306в", "Кйв", [(0, "К"), (1, "й"), (2, "")]),
        ("К\u03b9\u0308в", "Кїв", [(1, "ї"), (2, "")]),
        ("сáл", "са\u0301л", [(1, "а\u0301")]),
        ("á\u00adл", "а\u0301л", [(0, "а\u0301"), (1, "")]),
        ("a\u0301л", "а\u0301л", [(0, "а")]),
        ('об"єкт', "об'єкт", [(2, "'")]),
        ("\u00ad", "", [(0, "")]),
        ("𝐦ама", "мама", [(0, "м")]),
        ("мама", "мама", []),
        ("", "", []),
        ("Ð¼Ð°", "ма", [(0, "ма"), (1, ""), (2, ""), (3, "")]),  # decoded anew: letters have no pairs
        ("ab", "abc", [(1, "bc")]),
        ("b", "ab", [(0, "ab")]),
        ("мaма тaто", "мама", [(1, "ама"), *((at, "") for at in range(2, 9))]),
    ],
)
def test_letters_of_a_word(old: str, new: str, letters: list[tuple[int, str]]) -> None:
    """Each by its place; put in, they make the new word."""
    found = replaced(old, new)

    assert put(old, found) == new
    assert found == letters


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("a", "LATIN SMALL LETTER A"),
        ("\u00ad", "SOFT HYPHEN"),
        ("\n", "U+000A"),
        ("\ud800", "U+D800"),
        ("\U000e0fff", "U+E0FFF"),
        ("𑫂", "PAU CIN HAU LETTER LA"),
    ],
)
def test_names(character: str, name: str) -> None:
    """As Unicode has them; a number where it has none."""
    assert name_of(character) == name


def test_letters_say_everything() -> None:
    """Place, character, name and what it becomes, over the whole text."""
    letters = analyze("Oт і все, nорaзкu").letters
    found = [(letter.place, letter.character, letter.becomes) for letter in letters]

    assert found == [(0, "O", "О"), (10, "n", "п"), (13, "a", "а"), (16, "u", "и")]
    assert letters[0].name == "LATIN CAPITAL LETTER O"


@pytest.mark.property
@many
@given(texts | damaged_lines | heavily_damaged_lines, configs, st.booleans())
def test_letters_give_the_text(text: str, config: Config, mojibake: bool) -> None:
    """Put in one by one they make the repaired text; places rise, and nothing is told that stays."""
    analysis = Normalizer(Config(mojibake=mojibake, apostrophe=config.apostrophe, invisible=config.invisible)).analyze(text)
    places = [letter.place for letter in analysis.letters]

    assert places == sorted(set(places))
    assert all(text[letter.place] == letter.character != letter.becomes and letter.name for letter in analysis.letters)
    assert put(text, [(letter.place, letter.becomes) for letter in analysis.letters]) == analysis.text


SUSPICION = [
    ("Це добре, і все.", 0),
    ("", 0),
    ("2020 — 17 %", 0),
    ("Oт і все", 1 / 3),
    ("3 іншого боку", 1 / 3),  # a word typed as a digit
    # struck through, underlined, encircled, heaped with marks
    ("с̶л̶о̶в̶о̶ за словом", 1 / 3),
    ("с̲л̲о̲в̲о̲ тут", 1 / 2),
    ("с⃝л⃝о⃝в⃝о⃝ тут", 1 / 2),
    ("с̸л̸о̸в̸о̸", 1),
    ("с\u0300\u0301\u0302л\u0303\u0304\u0306ово тут", 1 / 2),
    ("за́мок і замо́к", 0),
    ("Ки\u0457\u0301в і ю́ний", 0),
    # spaced out
    ("к у п и т и зараз", 1 / 2),
    ("п р о д а м  д і м тут", 1 / 2),
    ("— А я й не знав", 0),
    ("к\u00a0у\u00a0п\u00a0и", 1),
    ("K y п и тут", 1 / 2),
    ("к.у.п.и т.у.т.а", 1),
    ("к-у-п-и-т-и зараз", 1 / 2),
    ("к*у*п*и", 1),
    ("І. Б. та В. С. Петренки", 0),
    ("С.С.С.Р. була", 0),
    ("варіанти а б в г ґ", 0),
    ("пункти а.б.в.г", 0),
    ("А-а-а-а! Ні-і-і-і!", 0),
    ("x y z w", 0),
    ("я й ти", 0),
    # emoji and flags
    ("🅰🅱В", 1),
    ("К❌пи", 1),
    ("с⭕тка", 1),
    ("сл0️⃣во", 1),
    ("🇰 🇺 🇵", 1),
    ("🇰упи", 1),
    ("Слава Україні🇺🇦", 0),
    ("🇺🇦🇵🇱 разом", 0),
    ("❌ Увага", 0),
    ("❌Увага", 0),
    ("🅿️Паркінг", 0),
    ("станція Ⓜ️", 0),
    # circled ones without a reading, and styled ones
    ("Ⓓуже", 1),
    ("Ⓢⓐⓛⓔ тут", 1 / 2),
    ("к𝐪ит", 1),
    ("ⓘДетальніше", 0),
]


@pytest.mark.parametrize(("text", "share"), SUSPICION)
def test_suspicion(text: str, share: float) -> None:
    """The share of words that are damaged, doubtful or hidden."""
    assert analyze(text).suspicion == pytest.approx(share)


def test_doubtful_words_are_suspicious() -> None:
    """Though nothing is done to them."""
    text = "Сюжет TCH бачили всі."
    analysis = Analysis(text, (), (Edit(6, 9, "TCH", "ТСН", "a word in either alphabet", 1.0),))

    assert analysis.suspicion == 1 / 4


def test_sound_text_is_not_suspicious() -> None:
    """What a case keeps as it is may hold foreign words, yet little in all of them together is hidden."""
    kept = [case.before for case in read_cases() if case.before == case.after]
    hidden = [text for text in kept if analyze(text).suspicion and not analyze(text).edits and not analyze(text).reviews]

    assert len(hidden) < len(kept) / 50, hidden


@pytest.mark.property
@many
@given(texts | damaged_lines)
def test_suspicion_is_a_share(text: str) -> None:
    """From 0 to 1; more than nothing where something was repaired."""
    analysis = analyze(text)

    assert 0 <= analysis.suspicion <= 1
    assert not (analysis.edits or analysis.reviews) or analysis.suspicion > 0


class _Reader(HTMLParser):
    """Reads a cell: its tags, titles and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = [
    "<script>alert(1)</script> Oт і все",
    'Oт" onmouseover="alert(1)',
    "Oт</bdi></p><img src=x onerror=alert(1)>",
    "&lt;b&gt; Oт &amp; <!-- все",
    "Oт \u202eв\u202d зворот",
    "\u2067Oт\u2066",
    "Oт\0\x1b[31m\r\n\x85все",
    "\ud800Oт\udfff",
    "javascript:alert(1) Oт",
    "]]><svg onload=alert(1)>Oт",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_cell_is_inert(text: str) -> None:
    """Whatever a text holds, the cell has only our tags and attributes, shows controls by number, and can be encoded."""
    for analysis in (analyze(text), Analysis(text, (), (Edit(0, 2, text[:2], '"<b', "<i>", 1.0),)), Analysis(text, ())):
        assert_inert(analysis)


def assert_inert(analysis: Analysis) -> None:
    """Read the cell of an analysis, and see that it is ours alone."""
    page = analysis._repr_html_()
    read = _Reader(page)

    page.encode()
    assert set(read.tags) <= {"div", "p", "bdi", "span", "table", "tbody", "tr", "td"}
    assert {name for name, _ in read.attributes} <= {"class", "style", "title"}
    assert read.open == []
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", page)
    assert all("url" not in value for name, value in read.attributes if name == "style")


@pytest.mark.property
@many
@given(texts | damaged_lines | heavily_damaged_lines)
def test_every_cell_is_inert(text: str) -> None:
    """The same over made-up texts."""
    assert_inert(analyze(text))


def test_boxes_tell_kinds_of_letters() -> None:
    """A letter has a box, a digit a dashed one, what cannot be seen a dotted one with its short name; each has its name at hand."""
    page = analyze("po6oтa сло\u00adво")._repr_html_()

    assert re.search('solid[^>]*title="LATIN SMALL LETTER P U\\+0070, becomes р">p<', page)
    assert re.search('dashed[^>]*title="DIGIT SIX U\\+0036, becomes б">6<', page)
    assert re.search('dotted[^>]*title="SOFT HYPHEN U\\+00AD, goes">SHY<', page)
    assert page.count("<tr>") == 2
    assert "2 words repaired." in page


def test_doubtful_words_stand_apart() -> None:
    """They are underlined, and nothing says that they become anything."""
    page = Analysis("Сюжет TCH бачили", (), (Edit(6, 9, "TCH", "ТСН", "a word in either alphabet", 1.0),))._repr_html_()

    assert "0 words repaired, 1 for you to decide." in page
    assert "may be Т" in page
    assert "becomes" not in page
    assert "<bdi>ТСН</bdi>?" in page


def test_a_clean_text_is_shown_in_short() -> None:
    """Its beginning, and that nothing was found."""
    page = analyze("Це добре. " * 1000)._repr_html_()

    assert "Nothing to repair." in page
    assert len(page) < 500


def test_a_long_text_is_shown_where_something_changes() -> None:
    """Each change with what stands around it in its line; of very many the first ones, and how many are left out."""
    text = ("Це добре, і все. " * 30 + "Oт і все.\n") * 300
    page = analyze(text)._repr_html_()

    assert page.count("<tr>") == cell.MOST == page.count('<p style="white-space:pre-wrap">')
    assert "<p>and 100 more</p>" in page
    assert "<bdi>…" in page
    assert len(page) < 300_000


def test_lines_are_shown_apart() -> None:
    """Near changes of one line stand in one place, those of two lines in two."""
    assert analyze("Oт мaма\nтaто")._repr_html_().count("pre-wrap") == 2
