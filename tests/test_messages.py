"""What the command says: every message stands in the table of Ukrainian ones, and is said in the language of the user."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import run
from homoglyph_fix import command, normalize
from homoglyph_fix.command.messages import counted, speak

messages = pytest.importorskip("data.messages", reason="needs Babel")

ROOT = Path(command.__file__).parent
_MARKED = ("_", "counted", "later")

SPOKEN = {"UsageError": 0, "FileError": 1, "OutputError": 1, "WorkerError": 0, "ArgumentTypeError": 0, "note": 0, "add_argument_group": 0}
"""Which argument of a call is said to the user."""


def _said(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what a module says to its user."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from node.args[SPOKEN.get(name, len(node.args)) :][:1]
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "help")


def _literals(node: ast.AST) -> Iterator[str]:
    """Yield the words of a text that no function translates."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[A-Za-z]{2}", re.sub("--[a-z-]+", "", node.value)):
        yield node.value
    if isinstance(node, (ast.JoinedStr, ast.BinOp, ast.IfExp)):
        for child in ast.iter_child_nodes(node):
            yield from _literals(child)


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_said_can_be_translated(path: Path) -> None:
    """It stands within `_()` or `counted()`."""
    assert [text for node in _said(ast.parse(path.read_text("utf-8"))) for text in _literals(node)] == []


def test_table_has_every_message_and_no_other() -> None:
    """`python -m data.messages` brings it up to date."""
    assert {row.id for row in messages.read() if row.id} == set(messages.in_code())


def test_every_message_is_translated() -> None:
    """Also in all three forms of number."""
    assert list(messages.untranslated(messages.read())) == []


def test_compiled_table_is_fresh() -> None:
    """It is what gettext reads."""
    assert messages.COMPILED.read_bytes() == messages.compiled(messages.read())


def _pairs() -> Iterator[tuple[str, str]]:
    for row in messages.read():
        if row.id:
            first = row.id if isinstance(row.id, str) else row.id[1]
            yield from ((first, form) for form in (row.string if isinstance(row.string, tuple) else (row.string,)))


def test_translations_have_the_same_holes() -> None:
    """What is put into a message has its place in both."""
    holes = re.compile(r"\{[^{}]*\}|%\(\w+\)[sr]|%[sr]")

    assert [(message, said) for message, said in _pairs() if sorted(holes.findall(message)) != sorted(holes.findall(said))] == []


def test_translations_have_no_lookalikes() -> None:
    """But for examples of them, which stand in the English message, too."""
    own = [" ".join(word for word in said.split() if word not in message.split()) for message, said in _pairs()]

    assert [said for said in own if normalize(said) != said] == []


def test_messages_stand_in_no_other_text() -> None:
    """What takes them out of the code does not look into f-strings on all versions of Python."""
    inside = [
        (path.name, ast.unparse(node))
        for path in sorted(ROOT.rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _MARKED and isinstance(node.args[-1], ast.Constant)
    ]

    assert inside == []


@pytest.mark.parametrize("environment", [{"LANGUAGE": "uk"}, {"LC_ALL": "uk_UA.UTF-8"}, {"LANG": "uk_UA"}, {"LANGUAGE": "pl:uk:en"}])
def test_speaks_ukrainian_where_asked(environment: dict[str, str]) -> None:
    """As GNU gettext reads the environment."""
    done = run("nothing.txt", env={**os.environ, "LANGUAGE": "", **environment})

    assert done.stderr.decode() == "homoglyph-fix: nothing.txt: такого файлу чи каталогу немає\n"


NUMBERS = {1: "1 слово", 2: "2 слова", 5: "5 слів", 11: "11 слів", 21: "21 слово", 102: "102 слова"}


@pytest.mark.parametrize(("number", "said"), NUMBERS.items())
def test_numbers_have_their_forms(number: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ukrainian has three."""
    monkeypatch.setenv("LANGUAGE", "uk")
    speak()

    assert counted(number, "{} word", "{} words") == said


OTHERS = [{"LANGUAGE": "en"}, {"LC_ALL": "C"}, {"LC_ALL": "C", "LANG": "uk_UA.UTF-8"}, {"LANG": "de_DE.UTF-8"}]


@pytest.mark.parametrize("environment", OTHERS)
def test_speaks_english_elsewhere(environment: dict[str, str]) -> None:
    """Also where there is no table of the language."""
    done = run("nothing.txt", env={**os.environ, "LANGUAGE": "", **environment})

    assert done.stderr.decode() == "homoglyph-fix: nothing.txt: No such file or directory\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_in_ukrainian_is_as_wide(flag: str) -> None:
    """It has 80 columns."""
    lines = run(flag, env={**os.environ, "LANGUAGE": "uk"}).stdout.decode().splitlines()

    assert "що виправляти:" in lines
    assert [line for line in lines if len(line) > 80] == []
