"""Figures: words are counted as they are defined, and add up whatever blocks and processes the work is cut into."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from case_files import read_cases
from commands import BAD, CLEAN, run
from homoglyph_fix import analyze
from homoglyph_fix.command.counting import words_in
from homoglyph_fix.command.fields.glimpse import glimpser
from homoglyph_fix.command.fields.json_lines import JsonLines
from homoglyph_fix.command.reports import Finding
from homoglyph_fix.command.reports.marks import Ink
from homoglyph_fix.command.reports.pairing import pairs
from homoglyph_fix.command.reports.stats import FILES, PAIRS, Statistics
from strategies import encodable_texts, many

WORD = re.compile(r"[^ \t\n\r\v\f]*[A-Za-z\u00c0-\u1fff\u3000-\uffff][^ \t\n\r\v\f]*")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n", 0),
        ("слово", 1),
        ("Це — «слово-друге», 25 і MD5.", 4),
        ("№ 3 … € 😀 → ― •", 0),
        ("один\tдва\r\nтри\x0bчотири\x0cп'ять", 5),
        ("не\u00a0ділиться", 1),
        ("漢字 ქართული ελ", 3),
        ("\ufeffмарка", 1),
        ("1а а1 1", 2),
    ],
    ids=ascii,
)
def test_words(text: str, count: int) -> None:
    """What stands between white space, and has a letter."""
    assert words_in(text.encode()) == len(WORD.findall(text)) == count


def test_words_of_the_cases() -> None:
    """Of all kinds of texts."""
    for case in read_cases():
        text = case.before.encode("utf-8", "replace").decode()
        assert words_in(text.encode()) == len(WORD.findall(text))


@pytest.mark.property
@given(encodable_texts)
@many
def test_words_of_any_text(text: str) -> None:
    """Of made-up ones."""
    assert words_in(text.encode()) == len(WORD.findall(text))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("вiн", "він", "i→і"),
        ("po6oтa", "робота", "p→р o→о 6→б o→о a→а"),
        ("co\u00adбaкa", "собака", "c→с o→о \u00ad→ a→а a→а"),
        ("и\u0306о", "йо", "и\u0306→й"),
        ("xaи\u0306", "хай", "x→х a→а и\u0306→й"),
        ("ма\u0301мa", "мама", "\u0301→ a→а"),
        ("мa\u0301ма", "ма\u0301ма", "a→а"),
        ("рⅱка", "ріка", "ⅱ→і"),
        ("слово", "слово", ""),
    ],
    ids=ascii,
)
def test_pairs(old: str, new: str, found: str) -> None:
    """Each letter with what it becomes; what is invisible becomes nothing."""
    assert pairs(old, new) == tuple(tuple(pair.split("→")) for pair in found.split())


def test_pairs_of_the_cases_make_the_words() -> None:
    """Letters that are put are letters of the new word, those that go were letters of the old one."""
    for case in read_cases():
        for edit in analyze(case.before).edits:
            olds, news = (Counter("".join(some)) for some in zip(*pairs(edit.old, edit.new), strict=True))
            assert Counter(edit.old) - olds + news == Counter(edit.new)


def _data(*args: object, **given: object) -> dict[str, object]:
    """Return the figures as data, without what tells a form from another."""
    done = run("--stats", "--format", "jsonl", *args, **given)  # type: ignore[arg-type]
    found: dict[str, object] = json.loads(done.stdout)
    assert found.pop("kind") == "stats"
    return found


LINES = [
    '{"text": "один два", "n": "ні"}',
    '{"text": "три\\nчотири \\u043f\\u044f\\u0442\\u044c"}',
    '{"text": "шість", "text": "сім"}',
    '{"te\\u0078t": "вісім"}',
    '{"text": 9, "n": "ні"}',
    '{"n": ["ні"]}',
    "не JSON",
    '{"text": "дев\'ять", "x": NaN}',
    '{"text": "\\ud800 десять"}',
]


@pytest.mark.parametrize("missing", [None, "msgspec"], ids=["quick", "walk"])
def test_words_of_fields(missing: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every string of the field, of duplicate keys too, and of nothing else; msgspec is no other way to count."""
    glimpser.cache_clear()
    if missing:
        monkeypatch.setitem(sys.modules, missing, None)
    text = JsonLines(("text",)).text("\n".join(LINES).encode())
    glimpser.cache_clear()

    assert sorted(text.decode("utf-8", "surrogatepass").split()) == sorted(
        "один два три чотири п'ять шість сім вісім дев'ять десять \ud800".replace("п'ять", "пять").split()
    )
    assert words_in(text) == 11  # a lone surrogate is no letter, but counts as one


def test_jobs_add_up(tmp_path: Path) -> None:
    """Several processes and many blocks give the figures of one, and these are those of the text as a whole."""
    rows = [case.before.encode("utf-8", "replace").decode() for case in read_cases() if "\0" not in case.before]
    choice = Random(1)
    texts = ["\n".join(choice.choices(rows, k=100)) + "\n" for _ in range(6)]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8", newline="")
    long = texts[0] + CLEAN * 140_000 + texts[0]
    (tmp_path / "long.txt").write_text(long, "utf-8", newline="")  # of two blocks

    one, three = _data("-j", 1, tmp_path), _data("-j", 3, tmp_path)

    assert one == three
    listed = run("--check", "--format", "jsonl", tmp_path).stdout.splitlines()
    found = Counter(json.loads(line)["kind"] for line in listed)
    assert (one["words_to_repair"], one["words_to_decide"]) == (found["repair"], found["review"])
    assert one["words"] == sum(len(WORD.findall(text)) for text in [*texts, long])
    assert one["files"] == 7


def test_a_file_that_fails_counts_nothing(tmp_path: Path) -> None:
    """Nor does what was found in it before."""
    path = tmp_path / "a.txt"
    path.write_bytes((BAD * 60_000).encode() + b"\xff")  # in its second block

    done = run("--stats", path)

    assert done.returncode == 2
    assert done.stdout.decode().splitlines()[:3] == [
        "           0  files read, 1 not read",
        "           0  words read",
        "           0  to repair",
    ]


def test_what_is_repaired_is_counted_once(tmp_path: Path) -> None:
    """With -w the figures are those of a check before, and a check behind finds nothing."""
    for name in "abc":
        (tmp_path / name).write_text(BAD + CLEAN)
    before = run("--stats", tmp_path).stdout.replace(b"to repair", b"repaired").replace(b"for you", b"left for you")

    written = run("-w", "-q", "--stats", tmp_path).stdout

    assert written == before
    assert b"           0  to repair\n" in run("--stats", tmp_path).stdout


def _finding(old: str, new: str, rule: str = "why") -> Finding:
    return Finding(0, 1, old, new, "because", 1.0, rule)


def test_long_tables_are_cut() -> None:
    """The worst files and the commonest letters are listed, the rest is summed up; of equals the first are named."""
    figures = Statistics()
    for number in range(30):
        letter = chr(0x3B1 + number)
        figures.add(100_000, [_finding(letter, "а")] * (1 + (number == 7)), [])
        figures.close(f"{number}.txt", 1 + (number == 7))
    figures.unread = 1234

    lines = figures.page(Ink.PLAIN).decode().split("\n")

    assert lines[:4] == [
        "          30  files read, 1,234 not read",
        "   3,000,000  words read",
        "          31  to repair, 0.00%",
        "           0  for you to decide",
    ]
    heads = {line: place for place, line in enumerate(lines) if line.startswith("by ")}
    letters, files = heads["by letters"] + 1, heads[f"by file (the worst {FILES} of 30)"] + 1
    assert lines[letters].startswith("           2  θ → а   Greek θ U+03B8 → Cyrillic а U+0430")
    assert lines[letters + PAIRS : letters + PAIRS + 2] == ["          10  others, 10 pairs", ""]
    assert lines[files:] == ["           2  7.txt", *(f"           1  {number}.txt" for number in (0, 1, 2, 3, 4, 5, 6, 8, 9)), ""]


def test_names_of_files_in_figures() -> None:
    """They are escaped as everywhere."""
    figures = Statistics()
    figures.add(1, [_finding("a", "а")], [])
    figures.close("a\x1b\n\udcff", 1)

    assert figures.page(Ink.PLAIN).decode().endswith("  a\\x1b\\n\\udcff\n")
