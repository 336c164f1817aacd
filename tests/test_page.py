"""The page of --report without a browser: what is in it, what cannot be, and where it is written."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tracemalloc
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commands import BAD, CLEAN, GOOD, run
from homoglyph_fix import __version__, analyze
from homoglyph_fix.command.reports import Checked, Finding
from homoglyph_fix.command.reports.marks import short_name
from homoglyph_fix.command.reports.page.filling import Told, as_json, page
from homoglyph_fix.command.reports.page.gathering import Gathered
from homoglyph_fix.command.reports.page.pieces import LONGEST, Place, Word, places_of, word_of
from homoglyph_fix.command.reports.pairing import parts_of
from homoglyph_fix.command.reports.text import AROUND
from homoglyph_fix.decisions.policy import KEEP, RULES
from pages import DAMAGED, HOSTILE, data, lines, part, report, sha256, sides, words

RESOURCES = files("homoglyph_fix.command.reports.page")
TOLD = Told("check", "1.0", ["a.txt"])


def _strings() -> dict[str, dict[str, object]]:
    read: dict[str, dict[str, object]] = json.loads(RESOURCES.joinpath("strings.json").read_text("utf-8"))
    return read


def _finding(old: str, new: str, line: int = 0, column: int = 1) -> Finding:
    return Finding(line, column, old, new, "known word", 1.0, "known-word")


def _places(text: str, *found: Finding) -> list[Place]:
    """Cut a line around what was found in it."""
    return list(places_of(1, text, [(finding, word_of(finding, parts_of(finding.old, finding.new), is_doubt=False)) for finding in found]))


def _text(place: Place) -> str:
    return "".join(piece if isinstance(piece, str) else sides(list(piece.parts))[0] for piece in place.pieces)


# What is in the page.


def test_it_has_every_finding(tmp_path: Path) -> None:
    """What --format jsonl tells, word by word, and the doubtful ones."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "b.txt").write_text(BAD * 3, "utf-8")
    told = run("--check", "--format", "jsonl", "a.txt", "d", cwd=tmp_path).stdout.decode().splitlines()
    repairs = [row for row in map(json.loads, told) if row["kind"] == "repair"]
    rows = [(row["path"], row["line"], row["rule"], row["old"], row["new"], False) for row in repairs]

    made = report(tmp_path, "a.txt", "d")

    assert len(rows) == 8
    assert [word for word in words(made) if not word[-1]] == rows
    assert [word for word in words(made) if word[-1]] == [("a.txt", 2, "no-reading-is-a-word", "NАТО", "ПАТО", True)]
    assert lines(made) == DAMAGED.splitlines() + BAD.splitlines() * 3


def test_its_numbers(tmp_path: Path) -> None:
    """Those of its head, of its letters, of its files and of its rules."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "b.txt").write_text("Це добре.\n", "utf-8")

    read = data(report(tmp_path, "a.txt", "b.txt"))

    assert read["numbers"] == {"repairs": 2, "doubts": 1, "letters": 4, "damaged": 1, "files": 2, "words": 10}
    assert read["shown"] == [2, 1]
    assert sorted(read["letters"]) == sorted([["O", "О", 1, 0], ["a", "а", 1, 0], ["n", "п", 1, 0], ["u", "и", 1, 0], ["N", "П", 0, 1]])
    assert read["files"] == [["a.txt", 2, 1]]
    assert read["rules"] == [["known-word", 2, 0], ["no-reading-is-a-word", 0, 1]]
    assert read["characters"]["n"] == ["Latin", "LATIN SMALL LETTER N"]
    assert (read["mode"], read["version"], read["paths"]) == ("check", __version__, ["a.txt", "b.txt"])


def test_it_says_what_was_not_read(tmp_path: Path) -> None:
    """Files by their kind, files that are named with what is wrong with them, and directories without text."""
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.xlsx").write_bytes(b"PK\0")
    (tmp_path / "d" / "b.png").write_bytes(b"\x89PNG\0")
    (tmp_path / "c.txt").write_bytes("Наш їжак".encode("cp1251"))

    assert run("d", "c.txt", "none.txt", "--report", "page.html", cwd=tmp_path).returncode == 2

    read = data((tmp_path / "page.html").read_bytes())
    assert read["unread"] == [[".xlsx", 1, "export as text"], ["binary", 1, ""]]
    assert [path for path, _ in read["errors"]] == ["c.txt", "none.txt"]
    assert read["errors"][0][1] == "not UTF-8 at byte 0, likely cp1251 (--encoding auto)"
    assert (read["failed"], read["empty"]) == (2, ["d"])


def test_a_file_that_turns_out_to_be_bad_has_no_findings(tmp_path: Path) -> None:
    """Nothing of it was repaired, so nothing of it is told."""
    (tmp_path / "a.txt").write_bytes(BAD.encode() + CLEAN.encode() * 150_000 + b"\xff")

    assert run("-w", "--report", "page.html", "a.txt", cwd=tmp_path).returncode == 2

    read = data((tmp_path / "page.html").read_bytes())
    assert (read["places"], read["numbers"]["repairs"], read["failed"]) == ([], 0, 1)


def test_it_tells_of_repairs(tmp_path: Path) -> None:
    """With -w it says that files were repaired, once for a file that is named twice."""
    (tmp_path / "a.txt").write_text(BAD, "utf-8")

    read = data(report(tmp_path, "-w", "-q", "a.txt", "a.txt"))

    assert (tmp_path / "a.txt").read_text("utf-8") == GOOD
    assert (read["mode"], read["numbers"]["repairs"], len(read["places"])) == ("write", 2, 1)


def test_fields_are_reported(tmp_path: Path) -> None:
    """Data of which a field is repaired have lines like any text; files that are no data are named."""
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "b.txt").write_text(BAD, "utf-8")
    (tmp_path / "d" / "a.jsonl").write_text('{"id": 1, "text": "Це добре."}\n{"id": 2, "text": "Oт і все!"}\n', "utf-8")

    made = report(tmp_path, "--field", "text", "d")

    assert [(word[1], word[3], word[4]) for word in words(made)] == [(2, "Oт", "От")]
    assert data(made)["unread"] == [["neither JSON Lines nor CSV", 1, "--as"]]


def test_several_processes_make_the_same_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the date can be fixed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(DAMAGED * 50, "utf-8")

    one, two = (report(tmp_path, "-j", jobs, "a.txt", "b.txt", "c.txt") for jobs in (1, 2))

    assert one == two
    assert data(one)["date"] == "2001-09-09"


# Words and lines cut.


@given(st.text("абiіo\u0301\u0306\u200b и", max_size=30), st.text("абiіo\u0301\u0306й и", max_size=30))
@example("и\u0306o", "йо")
@example("\u0301", "")
@example("", "'")
def test_parts_are_the_word(old: str, new: str) -> None:
    """Put together, they are the word before and after; what stays is never a part of its own that is empty."""
    parts = parts_of(old, new)

    assert sides(list(parts)) == (old, new)
    assert all(part if isinstance(part, str) else any(part) for part in parts)


def test_a_long_line_is_cut() -> None:
    """Some 60 characters are shown on either side of a word, up to a space."""
    text = "слово " * 50 + "Oт" + " добре" * 50

    (place,) = _places(text, _finding("Oт", "От", column=301))

    assert _text(place) == "слово " * 10 + "Oт" + " добре" * 10
    assert (place.starts, place.ends, place.column) == (False, False, 301)


def test_near_words_stand_together_and_far_ones_apart() -> None:
    """No text is shown twice, and each word once."""
    text = "Oт " + "слово " * 10 + "Oт " + "слово " * 100 + "Oт"
    found = [_finding("Oт", "От", column=column) for column in (1, 64, len(text) - 1)]

    one, two = _places(text, *found)

    assert _text(one).startswith("Oт слово")
    assert (one.starts, one.ends) == (True, False)
    assert sum(isinstance(piece, Word) for piece in one.pieces) == 2
    assert _text(two).endswith("слово Oт")
    assert (two.starts, two.ends) == (False, True)


def test_a_line_of_damage_is_cut_in_pieces() -> None:
    """Each is short, and together they are the line."""
    text = "Oт " * 2000

    found = _places(text, *(_finding("Oт", "От", column=column) for column in range(1, 6000, 3)))

    assert "".join(map(_text, found)).replace(" ", "") == text.replace(" ", "")
    assert max(len(_text(place)) for place in found) < LONGEST + 2 * AROUND
    assert sum(isinstance(piece, Word) for place in found for piece in place.pieces) == 2000


def test_a_word_of_a_megabyte_is_cut() -> None:
    """In what stays, in what changes, and at its end; the page knows that it is not whole."""
    old = "ж" * 500_000 + "o" + "ж" * 500_000

    (place,) = _places(old, _finding(old, old.replace("o", "о")))
    (word,) = place.pieces
    changed = word_of(_finding("o" * 500_000, "о" * 500_000), parts_of("o" * 500_000, "о" * 500_000), is_doubt=False)

    assert isinstance(word, Word)
    assert (word.is_cut, word.parts) == (True, ["ж" * 30 + "…" + "ж" * 30, ("o", "о"), "ж" * 30 + "…" + "ж" * 30])
    assert (changed.is_cut, len(changed.parts)) == (True, 160)


# What cannot be in the page.


@pytest.mark.skipif(sys.platform == "win32", reason="the name of the file is none there")
def test_hostile_text_is_data(tmp_path: Path) -> None:
    """Nothing in it ends an element, and it comes back as it was; names of files too."""
    name = "<script>alert(1)<&\u202e.txt"
    (tmp_path / name).write_text(HOSTILE, "utf-8")

    made = report(tmp_path, name)

    assert not re.search("[<>&]", part(made, "data") + part(made, "strings"))
    assert made.count(b"<script") == made.count(b"</script>") == 3
    assert lines(made) == HOSTILE.removesuffix("\n").split("\n")
    assert data(made)["files"][0][0] == "<script>alert(1)<&\\u202e.txt"


def test_nothing_in_the_page_is_invisible(tmp_path: Path) -> None:
    """Not even in its source: who reads that is not led astray either."""
    (tmp_path / "a.txt").write_text(HOSTILE, "utf-8")

    made = report(tmp_path, "a.txt").decode()

    assert [c for c in made if not c.isprintable() and c != "\n"] == []


@given(st.text())
def test_json_is_data(text: str) -> None:
    """Whatever a text holds."""
    made = as_json([text])

    assert json.loads(made) == [text]
    assert made.isprintable()
    assert not re.search("[<>&]", made)


def test_the_policy_names_the_hashes(tmp_path: Path) -> None:
    """Of the one script that runs and the one style; nothing else may be loaded, from anywhere."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")

    made = report(tmp_path, "a.txt")

    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', made.decode())
    assert policy.split("; ") == [
        "default-src 'none'", f"script-src {sha256(part(made, 'script'))}", f"style-src {sha256(part(made, 'style'))}",
        "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip
    assert not re.search(r"""\b(src|href|action|style|on\w+)=["'](?!#)""", RESOURCES.joinpath("page.html").read_text("utf-8"))
    assert "http" not in part(made, "script") + part(made, "style")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Storage|cookie", part(made, "script"))


# How much of it there is.


def _gathered(findings: int, most: int) -> Gathered:
    """Gather so many findings, each in a line of 140 characters, from files of 100 lines."""
    gathered = Gathered(most)
    before, behind = "Це рядок, у якому є досить багато слів, щоб він був довгий, як і ", "ще трохи слів до кінця рядка, щоб вистачило"
    line = f"{before}ті рядки, що їх пишуть люди. Oт і {behind}.\n"
    column = line.index("Oт") + 1
    for file in range(findings // 100):
        found = gathered.begin(f"теки/тексти/текст {file}.txt")
        text = (line * 100).encode()
        found.block(Checked(f"{file}", 1, text, text, tuple(_finding("Oт", "От", number, column) for number in range(100))), 2500)
        gathered.take(found)
    return gathered


def test_ten_thousand_findings_are_three_megabytes() -> None:
    """At most: a line each, of 140 characters."""
    made = page(_gathered(10_000, 20_000), TOLD)

    assert len(data(made)["places"]) == 10_000
    assert len(made) < 3_000_000


def test_findings_beyond_the_limit_are_counted() -> None:
    """The page says how many it does not list."""
    read = data(page(_gathered(1000, 250), TOLD))

    assert (len(read["places"]), read["shown"], read["numbers"]["repairs"]) == (250, [250, 0], 1000)
    assert (read["letters"], read["rules"]) == ([["O", "О", 1000, 0]], [["known-word", 1000, 0]])
    assert (len(read["files"]), read["numbers"]["damaged"]) == (3, 10)


def test_kinds_of_letters_are_bounded() -> None:
    """Text in a wrong encoding has as many as words: all are counted, and the words are shown as any."""
    gathered = Gathered()
    found = gathered.begin("a.txt")
    olds = [f"a{chr(0x4E00 + number)}bc" for number in range(1500)]
    text = "\n".join(olds).encode()
    found.block(Checked("a.txt", 1, text, text, tuple(_finding(old, "ы", line) for line, old in enumerate(olds))), 1500)
    gathered.take(found)

    read = data(page(gathered, TOLD))

    assert (len(read["letters"]), read["numbers"]["letters"], len(read["places"])) == (1000, 1500, 1500)
    assert read["characters"][chr(0x4E00 + 1499)][1].startswith("CJK")


def test_one_line_does_not_pass_the_limit() -> None:
    """Where a line has more findings than the page has room for, the first are shown."""
    gathered = Gathered(10)
    found = gathered.begin("a.txt")
    text = ("Oт " * 100).encode()
    found.block(Checked("a.txt", 1, text, text, tuple(_finding("Oт", "От", 0, column) for column in range(1, 300, 3))), 100)
    gathered.take(found)

    read = data(page(gathered, TOLD))

    assert sum(not isinstance(piece, str) for place in read["places"] for piece in place[-1]) == 10
    assert read["numbers"]["repairs"] == 100


def test_memory_is_bounded() -> None:
    """Twenty times as many findings take hardly more memory than the page shows."""
    tracemalloc.start()
    _gathered(500, 500)
    _, one = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    _gathered(10_000, 500)
    _, many = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert many < 1.5 * one


# The words of the page.


def test_both_languages_are_complete() -> None:
    """Every string is there in English and in Ukrainian, with every form of a plural and with the same blanks."""
    forms = {"en": {"one", "other"}, "uk": {"one", "few", "many", "other"}}
    for key, entry in _strings().items():
        assert set(entry) == set(forms), key
        blanks = set()
        for language, said in entry.items():
            if isinstance(said, dict):
                assert set(said) == forms[language], key
            for text in said.values() if isinstance(said, dict) else [said]:
                assert isinstance(text, str), key
                assert text.strip(), key
                blanks.add(frozenset(re.findall(r"\{\w+\}", text)))
        assert len(blanks) == 1, key


def test_every_string_is_used_and_there() -> None:
    """By the page or by its script; none is missing, none is left over."""
    html, script = (RESOURCES.joinpath(name).read_text("utf-8") for name in ("page.html", "page.js"))
    named = {key for key in _strings() if ":" not in key}
    asked = set(re.findall(r'data-(?:text|label|placeholder)="(\w+)"', html))
    quoted = set(re.findall(r'"(\w+)"', script))

    assert asked <= named
    assert named <= asked | quoted
    assert set(re.findall(r'\btext\("(\w+)"', script)) <= named


def test_every_rule_has_its_name() -> None:
    """Of those that repair or ask; in English that is its reason."""
    strings = _strings()
    rules = {f"rule:{rule.name}": rule.reason for rule in RULES if rule.action != KEEP}

    assert {key: strings[key]["en"] for key in rules} == rules
    assert {key for key in strings if key.startswith("rule:")} == {*rules, "rule:wrong-encoding"}


def test_ukrainian_is_ukrainian() -> None:
    """No Latin letters in it but names of flags and programs, and none of ours is damaged."""
    entries = [entry["uk"] for entry in _strings().values()]
    said = [text for entry in entries for text in (entry.values() if isinstance(entry, dict) else [entry])]
    bare = "\n".join(re.sub(r"\{\w+\}|homoglyph-fix|--[a-z-]+", "", str(text)) for text in said)

    assert re.findall("[A-Za-z]+", bare.replace("JSON Lines", "").replace("CSV", "")) == []
    assert not analyze(bare).edits


def test_what_cannot_be_seen_has_a_name() -> None:
    """The page is told how to show it."""
    gathered = Gathered()
    found = gathered.begin("a.txt")
    text = "по\u200bpно \u202e".encode()
    found.block(Checked("a.txt", 1, text, text, (_finding("по\u200bpно", "порно"),)), 1)
    gathered.take(found)

    known = data(page(gathered, TOLD))["characters"]

    assert known["\u200b"] == ["", "ZERO WIDTH SPACE", short_name("\u200b")]
    assert known["\u202e"] == ["", "RIGHT-TO-LEFT OVERRIDE", "RLO"]


# Where it is written.


def test_an_earlier_report_gives_way_and_is_not_read(tmp_path: Path) -> None:
    """Run again, the command says the same: its page in the folder is no text of the folder."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")

    first, second = report(tmp_path, "."), report(tmp_path, ".")

    assert data(first)["numbers"] == data(second)["numbers"]
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "page.html"}


def test_it_is_not_repaired_either(tmp_path: Path) -> None:
    """With -w over the folder in which it stands."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    report(tmp_path, ".")

    done = run("-w", "--report", "page.html", ".", cwd=tmp_path)

    assert b"2 words in 1 of 1 file repaired" in done.stderr


def test_to_standard_output(tmp_path: Path) -> None:
    """For -, and nothing else comes there."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")

    done = run("--report", "-", "a.txt", cwd=tmp_path)

    assert done.stdout.startswith(b"<!doctype html><!-- homoglyph-fix report -->")
    assert len(words(done.stdout)) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Its target is written."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "page.html").symlink_to("target.html")
    (tmp_path / "target.html").write_text("old", "utf-8")

    report(tmp_path, "a.txt")

    assert (tmp_path / "page.html").is_symlink()
    assert len(words((tmp_path / "target.html").read_bytes())) == 3


def test_an_input_is_safe_under_another_name(tmp_path: Path) -> None:
    """A link to it, hard or not, is the input."""
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    (tmp_path / "soft.html").symlink_to("a.txt")
    (tmp_path / "hard.html").hardlink_to(tmp_path / "a.txt")

    for name in ("soft.html", "hard.html"):
        assert run("--report", name, "a.txt", cwd=tmp_path).returncode == 2
    assert (tmp_path / "a.txt").read_text("utf-8") == BAD


@pytest.mark.skipif(sys.platform != "linux", reason="writes to /dev/full")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    """And exit 2."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")

    done = run("--report", "/dev/full", "a.txt", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == "homoglyph-fix: /dev/full: No space left on device"


def test_the_script_is_a_script() -> None:
    """As node reads it."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node")
    import subprocess  # noqa: PLC0415

    with RESOURCES.joinpath("page.js").open("rb") as script:
        assert subprocess.run([node, "--check", "-"], stdin=script, capture_output=True, check=False, timeout=60).stderr == b""
