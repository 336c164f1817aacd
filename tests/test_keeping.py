"""The keep list: words that are never repaired and never doubted, in every way in."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homoglyph_fix import Config, Normalizer, analyze, keep_words, normalize
from slow_twin import twin_normalize
from strategies import configs, damaged_lines, few, heavily_damaged_lines, texts


class Row(NamedTuple):
    """A list, a line, and what the line becomes with that list."""

    keep: str
    before: str
    after: str


ROWS = [
    # As written, and as repaired.
    Row("HATO", "Країни HATO домовились.", "Країни HATO домовились."),
    Row("НАТО", "Країни HATO домовились.", "Країни HATO домовились."),
    Row("HATO", "Країни НАТO домовились.", "Країни НАТО домовились."),
    Row("НАТО", "Країни НАТO домовились.", "Країни НАТO домовились."),
    Row("вiн", "вiн мав мaму", "вiн мав маму"),
    Row("він", "вiн мав мaму", "вiн мав маму"),
    Row("Facebook", "наш Fаcebook і fаcebook.com", "наш Fаcebook і facebook.com"),
    Row("facebook", "наш Fаcebook і fаcebook.com", "наш Fаcebook і fаcebook.com"),
    Row("XIX", "у ХIХ ст.", "у ХIХ ст."),
    Row("K2SO4", "сіль К2SO4 тут", "сіль К2SO4 тут"),
    Row("3", "Розмовляв 3 другом.", "Розмовляв 3 другом."),
    Row("робота", "це po6oтa нова", "це po6oтa нова"),
    Row("слово", "оце сло\u00adво тут", "оце сло\u00adво тут"),
    Row("сло\u00adво", "оце сло\u00adво тут", "оце сло\u00adво тут"),
    Row("мій", "це міи\u0306 кiт", "це міи\u0306 кіт"),
    Row("міи\u0306", "це міи\u0306 кiт", "це міи\u0306 кіт"),
    Row("за́мок", "наш зaмок тут", "наш зaмок тут"),
    # Endings.
    Row("Xbox*", "мій Хbox і Хboxу", "мій Хbox і Хboxу"),
    Row("Xbox", "мій Хbox і Хboxes", "мій Хbox і Xboxes"),
    Row("серв*", "Наші Сepвepи, cервери і cерця", "Наші Сepвepи, cервери і серця"),
    Row("H*", "Країни HATO і MBC домовились", "Країни HATO і МВС домовились"),
    # Letter case.
    Row("НАТО", "новий Hатo тут", "новий Нато тут"),
    Row("нато", "країни HATO і Hатo", "країни HATO і Hатo"),
    Row("I", "мама i тато, I все", "мама і тато, I все"),
    Row("i", "мама i тато, I все", "мама i тато, I все"),
    Row("загальна", "3агальна справа", "3агальна справа"),
    Row("Загальна", "Оце 3агальна справа", "Оце 3агальна справа"),
    # Apostrophes.
    Row("п'ять", "маю п’ятb, п*ять, дeв*ять", "маю п’ятb, п*ять, дев'ять"),
    Row("об’єктів", "п'ять oб'єктів і oбʼєктів", "п'ять oб'єктів і oбʼєктів"),
    # The other words of a line, and of a compound.
    Row("HATO", "мaма в HATO i тaто", "мама в HATO і тато"),
    Row("IT", "наша IT-кoмпанія", "наша IT-компанія"),
    Row("Google", "про Google i мaму", "про Google і маму"),
]


def ways(some: Normalizer, text: str) -> set[str]:
    """Return what every way in makes of a text: alone, among others, in a long text, in a crowded one."""
    prose, crowd = "Це добре слово. " * 60, "Цe дoбре cлово. " * 60
    found = {some.normalize(text), some.analyze(text).text, some.normalize_utf8(text.encode()).decode()}
    found.update(new for new in some.normalize_many([text, None, "мaма", text]) if new not in (None, "мама"))
    found.update(analysis.text for analysis in some.analyze_many([text]))
    for around in (prose, crowd):
        for whole in (some.normalize(f"{around}\n{text}\n{around}"), some.normalize_utf8(f"{around}\n{text}\n{around}".encode()).decode()):
            found.add(whole.split("\n")[1])
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.keep} in {row.before}")
def test_rows(row: Row) -> None:
    """Every way in gives the same, and a second run changes nothing."""
    some = Normalizer(Config(keep=frozenset({row.keep})))

    assert ways(some, row.before) == {row.after}
    assert some.normalize(row.after) == row.after
    assert twin_normalize(row.before, some.config) == row.after


@pytest.mark.parametrize("before", sorted({row.before for row in ROWS}))
def test_rows_have_damage(before: str) -> None:
    """Without the list each would come out otherwise."""
    assert normalize(before) != before


def test_a_kept_word_is_not_doubted() -> None:
    """What was for review is left out, and said to be on the list."""
    text = "Партія Nова прийшла"

    assert [edit.old for edit in analyze(text).reviews] == ["Nова"]
    some = Normalizer(Config(keep=frozenset({"Nова"})))
    assert some.analyze(text).reviews == ()
    assert [(edit.old, edit.rule) for edit in some.kept(text)] == [("Nова", "keep-list")]


def test_a_kept_word_is_no_damage() -> None:
    """Words that are repaired in damage only stay beside damaged words that are kept."""
    text = "тpи мaми xacopa дoбрi мaли"

    assert "хасора" in normalize(text)
    some = Normalizer(Config(keep=keep_words("три\nмами\nдобрі\nмали")))
    assert ways(some, text) == {text}


@pytest.mark.parametrize(
    ("text", "word"),
    [("Google", "Google"), ("мій Xbox тут", "Xbox"), ("Країни HATO тут", "HATO"), ("HATO", "HATO"), ("оце сло\u00adво", "сло\u00adво")],
)
def test_what_is_told(text: str, word: str) -> None:
    """`kept` names the list, for words too that would stay without it."""
    some = Normalizer(Config(keep=frozenset({word})))

    assert [(edit.old, edit.rule, edit.reason) for edit in some.kept(text)] == [(word, "keep-list", "word of the keep list")]


def test_without_standalone() -> None:
    """A word that no rule is asked about is still told of by the list."""
    some = Normalizer(Config(keep=frozenset({"HATO"}), standalone=False))

    assert [edit.rule for edit in some.kept("Країни HATO і MBC")] == ["keep-list", "right-as-it-stands"]


def test_a_list_is_read() -> None:
    """A byte order mark, line ends of Windows, comments, blank lines and words that stand twice."""
    text = "\ufeff# names\r\nHATO  # Latin H, A, T, O\r\n\r\n\tXbox*\r\nп’ять#\nHATO"

    assert keep_words(text) == {"HATO", "Xbox*", "п’ять"}
    assert keep_words("") == keep_words("# nothing\n\n") == frozenset()


NO_WORDS = ["на то", "IT-компанія", "*", "**", "a*b", "Xbox**", "*Xbox", "м²", "-", "\u0301", "a\tb", "слово,", '"HATO"', "!"]


@pytest.mark.parametrize("line", NO_WORDS)
def test_a_line_that_is_no_word(line: str) -> None:
    """It is named with its number; a config refuses it too."""
    with pytest.raises(ValueError, match=r"line 3: .* is not one word"):
        keep_words(f"HATO\n\n{line}\nXbox")
    with pytest.raises(ValueError, match=r"keep: .* is not one word"):
        Normalizer(Config(keep=frozenset({"HATO", line})))


def test_the_config() -> None:
    """Any set will do, but no text; with a list it can be hashed, compared and pickled, and sets of one content are one."""
    config = Config(keep={"HATO", "Xbox*"})  # type: ignore[arg-type]

    assert config == Config(keep=frozenset(["Xbox*", "HATO"]))
    assert hash(config) == hash(replace(config))
    assert pickle.loads(pickle.dumps(Normalizer(config))).normalize("Країни HATO домовились") == "Країни HATO домовились"
    with pytest.raises(ValueError, match="keep is a set of words, not the text 'HATO'"):
        Config(keep="HATO")  # type: ignore[arg-type]


def test_memories_know_the_list() -> None:
    """What was found out with one list, or none, says nothing with another."""
    text = "Країни HATO i MBC домовились. " * 40
    lists = [frozenset[str](), frozenset({"HATO"}), frozenset({"MBC"}), frozenset({"HATO", "MBC"})]
    expected = [normalize(text).replace("НАТО", "HATO" if "HATO" in some else "НАТО") for some in lists]
    expected = [new.replace("МВС", "MBC" if "MBC" in some else "МВС") for new, some in zip(expected, lists, strict=True)]

    for _ in range(2):
        assert [Normalizer(Config(keep=some)).normalize(text) for some in lists] == expected
        assert [Normalizer(Config(keep=some)).normalize(text[:30]) for some in lists] == [new[:30] for new in expected]


@st.composite
def _lists(draw: st.DrawFn, text: str) -> frozenset[str]:
    """Return words that change in a text, as they are written or as they are repaired, some by their beginning only."""
    found = [(edit.old, edit.new) for edit in (*analyze(text).edits, *analyze(text).reviews)]
    entries = set()
    for pair in draw(st.lists(st.sampled_from(found), max_size=4)) if found else ():
        word = draw(st.sampled_from(pair))
        entries.add(draw(st.sampled_from([word, word, word.lower(), f"{word[:2]}*", f"{word}*"])))
    return frozenset(entry for entry in entries if _is_word(entry))


def _is_word(entry: str) -> bool:
    try:
        keep_words(entry)
    except ValueError:
        return False
    return "#" not in entry


@pytest.mark.property
@few
@given(st.data(), texts | damaged_lines | heavily_damaged_lines, configs)
def test_any_list(data: st.DataObject, text: str, config: Config) -> None:
    """Words that are on the list as written never change, nothing changes twice, and every way in gives the same."""
    keep = data.draw(_lists(text))
    some = Normalizer(replace(config, keep=keep))
    once = some.normalize(text)

    assert some.normalize(once) == once
    assert some.normalize_many([text, *text.split("\n")]) == [once, *map(some.normalize, text.split("\n"))]
    assert twin_normalize(text, some.config) == once
    analysis = some.analyze(text)
    assert analysis.text == once
    small = {entry.lower() for entry in keep}
    told = (*analysis.edits, *analysis.reviews)
    assert not ({edit.old for edit in told} | {edit.new for edit in told}) & keep
    assert all(edit.old.lower() not in small for edit in analysis.edits if edit.old.islower())
