"""The names of the rules: the list in docs/RULES.md is the program's, and whoever ignores a rule is rid of it and of nothing else."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from case_files import read_cases
from homoglyph_fix import Config, Normalizer, analyze
from homoglyph_fix.decisions.policy import KEEP, REVIEW, RULES, TO_CYRILLIC, TO_LATIN

PAGE = (Path(__file__).parent.parent / "docs" / "RULES.md").read_text("utf-8")
LISTED = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
DOES = {KEEP: "keeps", REVIEW: "asks you", TO_CYRILLIC: "repairs", TO_LATIN: "repairs"}
ROWS = [case.before for case in read_cases()]


def test_the_list_is_whole() -> None:
    """Every rule in its order, by the name that it will have for ever."""
    assert [(rule.name, DOES[rule.action], rule.reason) for rule in RULES] == [row[:3] for row in LISTED]


@pytest.mark.parametrize(("name", "does", "example"), [(name, does, example) for name, does, _, example in LISTED])
def test_examples(name: str, does: str, example: str) -> None:
    """Each rule does to its example what the page says."""
    analysis = analyze(example)
    found = {"repairs": analysis.edits, "asks you": analysis.reviews, "keeps": Normalizer().kept(example)}

    assert name in {edit.rule for edit in found[does]}


@pytest.mark.parametrize("name", [rule.name for rule in RULES if rule.action != KEEP])
def test_a_rule_that_is_ignored(name: str) -> None:
    """It repairs and doubts nothing any more; single calls, analysis and many at once agree, and a second run changes nothing."""
    some = Normalizer(Config(ignore=frozenset({name})))
    rows = random.Random(name).sample(ROWS, 40) + [example for rule, _, _, example in LISTED if rule == name]

    once = [some.normalize(row) for row in rows]
    analyses = [some.analyze(row) for row in rows]

    assert [some.normalize(row) for row in once] == once
    assert some.normalize_many(list(rows)) == once == [analysis.text for analysis in analyses]
    assert name not in {edit.rule for analysis in analyses for edit in (*analysis.edits, *analysis.reviews)}


def test_rules_that_are_selected() -> None:
    """All others keep: a word that another rule decides is not passed on."""
    text = "Пpoпoнyємo po6oтy i вiн"

    assert Normalizer(Config(select=frozenset({"digits"}))).normalize(text) == "Пpoпoнyємo роботу i вiн"
    assert Normalizer(Config(select=frozenset({"digits", "known-word"}), ignore={"digits"})).normalize(text) == "Пропонуємо po6oтy i він"  # type: ignore[arg-type]
    assert Normalizer(Config(select=frozenset())).normalize(text) == text
    assert Normalizer(Config(select=frozenset(rule.name for rule in RULES))).normalize(text) == Normalizer().normalize(text)


def test_the_repair_of_encodings_has_a_name() -> None:
    """It is no rule for words, but is told and ignored as they are."""
    text = "Це âœ” добре"

    assert [edit.rule for edit in Normalizer(Config(mojibake=True)).analyze(text).edits] == ["wrong-encoding"]
    assert Normalizer(Config(mojibake=True, ignore=frozenset({"wrong-encoding"}))).normalize(text) == text


@pytest.mark.parametrize("field", ["select", "ignore"])
def test_names_that_no_rule_has(field: str) -> None:
    """They are refused by the nearest name; a text instead of a set is no set of letters."""
    with pytest.raises(ValueError, match="no rule is called 'known_word'; the nearest is 'known-word'"):
        Normalizer(Config(**{field: {"known_word"}}))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=f"{field} is a set of names, not the text 'digits'"):
        Config(**{field: "digits"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Це https://сайт.укр/пoле тут", "address"),
        ("пишіть на пoле@сайт.com", "e-mail address"),
        ("код `пoле` тут", "code"),
        ("<b class='пoле'>слово</b>", "tag"),
        ("Це {nазва} і %s.", "placeholder"),
        ("файл пoле.docx", "file name"),
        ("Від @пoле нам", "handle"),
        ("у C:\\пoле\\x тут", "path"),
    ],
)
def test_what_hides_a_word(text: str, kind: str) -> None:
    """A word that no rule is asked about stays by its shield, which says what it is."""
    assert ("shield", kind) in {(edit.rule, edit.reason) for edit in Normalizer().kept(text)}


def test_what_stays_is_told_by_places_of_the_text() -> None:
    """Repairs before a word that change its length do not move it."""
    text = "робо\u00adта і Google"

    assert [(edit.start, edit.end, edit.old) for edit in Normalizer().kept(text)] == [(10, 16, "Google")]
