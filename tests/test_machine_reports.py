"""Reports for services: SARIF as its schema has it, whose fixes are the repair; and commands to a workflow of GitHub."""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import tracemalloc
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import read_cases
from commands import BAD, CLEAN, run
from homoglyph_fix import Normalizer
from homoglyph_fix.command import blocks
from homoglyph_fix.command.reports import Checked, Finding, Spot, sarif
from homoglyph_fix.command.reports.github import GitHubReport
from homoglyph_fix.command.reports.jsonl import JsonLinesReport
from homoglyph_fix.command.reports.report import Report
from homoglyph_fix.command.reports.sarif import FINGERPRINT, ROOT, SarifReport
from strategies import encodable_texts, few

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
NORMALIZER = Normalizer()
ROWS = [case.before.encode("utf-8", "replace").decode() for case in read_cases()]
HOSTILE = [
    "a\x1b[31mb.txt",
    "a\nb.txt",
    "a\rb, c: 100%.txt",
    "a b#?&+.txt",
    "звіт.txt",
    "\u202eab.txt",
    '"<&>\\.txt',
    *(["\udcff\udcfe.txt"] if sys.platform == "linux" else []),
]


def _log(data: bytes) -> dict[str, Any]:
    """Read a log, and hold it against the schema if there is something to do it with."""
    log: dict[str, Any] = json.loads(data.decode())
    assert "\n" not in json.dumps(log["runs"], ensure_ascii=False)
    return log


def _validate(log: dict[str, Any]) -> None:
    """Hold a log against the schema, formats of addresses included."""
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)


def _sarif(*blocks: Checked) -> list[dict[str, Any]]:
    """Return the results that are printed of some blocks."""
    report = SarifReport()
    printed = report.head() + b"".join(map(report.block, blocks)) + report.tail(0)
    results: list[dict[str, Any]] = _log(printed)["runs"][0]["results"]
    return results


def _checked(path: str, text: str, line: int = 1) -> Checked:
    """Check a text as the command does."""
    data = text.encode()
    outcome = blocks.find(NORMALIZER, data)
    return Checked(path, line, data, outcome.new or data, outcome.findings, outcome.doubts)


def _fixed(text: str, results: list[dict[str, Any]]) -> str:
    """Return a text with all fixes of a log applied, as an editor would."""
    mark = text[: text.startswith("\ufeff")]
    lines = text[len(mark) :].split("\n")
    for result in reversed(results):
        for fix in result.get("fixes", ()):
            [change] = fix["artifactChanges"]
            [replacement] = change["replacements"]
            region = replacement["deletedRegion"]
            line = lines[region["startLine"] - 1]
            new = replacement["insertedContent"]["text"]
            lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
    return mark + "\n".join(lines)


@pytest.mark.parametrize("form", [["--check"], ["--check", "--stats"], ["--check", "--strict", "-q"], ["--stats"]], ids=" ".join)
def test_sarif_is_as_its_schema_has_it(form: list[str], tmp_path: Path) -> None:
    """Whatever names files have and whatever stands in them; also what is said of those that were not read."""
    for number, name in enumerate(HOSTILE):
        (tmp_path / name).write_text(f"Oт \x1b[2J \u2028 {'мaмa' * (number % 3)} NАТО\x00\x85 вiн\n", "utf-8")
    (tmp_path / "bad\n.txt").write_bytes(b"\xff")
    (tmp_path / "c.docx").write_bytes(b"\0")
    (tmp_path / "d.png").write_bytes(b"\0")

    done = run(*form, "--format", "sarif", ".", "missing", "<stdin>", cwd=tmp_path)

    log = _log(done.stdout)
    [found] = log["runs"]
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in found["results"]}
    assert {os.fsdecode(unquote_to_bytes(place)) for place in places} <= set(HOSTILE)
    assert found["invocations"][0]["exitCode"] == done.returncode == 2
    assert len(found["invocations"][0]["toolExecutionNotifications"]) >= 5
    _validate(log)


@pytest.mark.parametrize(
    ("old", "new"), [('"error"', '"grave"'), ('"uri": "a.txt"', '"uri": "a b.txt"'), ('"endColumn": 3', '"endColumn": 0')]
)
def test_the_schema_refuses_what_is_no_sarif(old: str, new: str) -> None:
    """Or holding a log against it would say nothing."""
    report = SarifReport()
    printed = (report.head() + report.block(_checked("a.txt", "Oт і все!")) + report.tail(1)).decode()
    _validate(json.loads(printed))

    assert old in printed
    with pytest.raises(Exception, match=r"is not|is less"):
        _validate(json.loads(printed.replace(old, new)))


def test_sarif_of_no_finding_and_of_doubts(tmp_path: Path) -> None:
    """A doubt is a warning, and proposes no fix; the exit status is told."""
    clean = _log(run("--check", "--format", "sarif", data=CLEAN.encode()).stdout)
    doubt = _log(run("--check", "--strict", "--format", "sarif", data="Хочу NАТО.\n".encode()).stdout)

    assert clean["runs"][0]["results"] == []
    [result] = doubt["runs"][0]["results"]
    assert (result["level"], "fixes" in result) == ("warning", False)
    assert doubt["runs"][0]["invocations"] == [{"executionSuccessful": True, "exitCode": 1, "toolExecutionNotifications": []}]
    _validate(clean)
    _validate(doubt)


def test_rules_of_sarif_are_those_met() -> None:
    """Each result points to its rule by name and by number."""
    text = "\n".join(ROWS)
    report = SarifReport()
    log = _log(report.head() + report.block(_checked("a.txt", text)) + report.tail(1))
    rules = log["runs"][0]["tool"]["driver"]["rules"]

    assert len(rules) > 20
    for result in log["runs"][0]["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    _validate(log)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_fixes_are_the_repair(mark: str, end: str) -> None:
    """Applied to the file by their places, they give what -w gives: over all rows of the cases."""
    text = mark + end.join(ROWS) + end

    assert _fixed(text, _sarif(_checked("a.txt", text))) == NORMALIZER.normalize(text)


@pytest.mark.property
@given(encodable_texts)
@few
def test_fixes_are_the_repair_of_any_text(text: str) -> None:
    """Of whatever text."""
    results = _sarif(_checked("a.txt", text))

    assert _fixed(text, results) == NORMALIZER.normalize(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"text": "\\u043c\\u0430\\u043ca \\"x\\" мaмa"}\n{"a": 1, "text": "Oт\\nвiн\\u00ad"}\n'),
        ("a.jsonl", '\ufeff{"text": "O\\u0442 co\\u00adбaкa"}\n'),
        ("a.csv", 'id,text\n1,"мама ""мaмa""\nтaто"\n2,вiн\n'),
    ],
)
def test_fixes_of_fields_are_the_repair(name: str, text: str, tmp_path: Path) -> None:
    """In data, too, escapes and doubled quotes are written as they stand there; places are those of the file."""
    path = tmp_path / name
    path.write_bytes(text.encode())

    done = run("--check", "--format", "sarif", "--field", "text", path)
    run("-w", "--field", "text", path)

    assert _fixed(text, _log(done.stdout)["runs"][0]["results"]) == path.read_bytes().decode() != text
    _validate(_log(done.stdout))


def test_fingerprints_stay_when_lines_move() -> None:
    """Text before and behind changes none of them; the same word in the same surroundings is told apart by its number."""
    text = "\n".join([*ROWS, "Oт і все!", "Oт і все!"])
    moved = "Новий рядок.\n\n" + text + "\nІ ще.\n"

    before, after = ([result["partialFingerprints"][FINGERPRINT] for result in _sarif(_checked("a.txt", some))] for some in (text, moved))

    assert before == after
    assert len(set(before)) == len(before) > 500
    assert before[-1].partition(":")[0] == before[-2].partition(":")[0]


def test_fingerprints_do_not_hang_on_blocks() -> None:
    """Nor on how a file is cut for reading."""
    lines = [f"{row}\n" for row in ROWS]
    whole = _sarif(_checked("a.txt", "".join(lines)))
    parts = _sarif(*(_checked("a.txt", line, number) for number, line in enumerate(lines, 1)))

    assert [result["partialFingerprints"] for result in whole] == [result["partialFingerprints"] for result in parts]


@pytest.mark.parametrize("make", [SarifReport, GitHubReport, JsonLinesReport])
def test_nothing_is_kept(make: type[Report], monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings are written with their block, and thousands of them leave nothing behind that grows."""
    monkeypatch.setattr(sarif, "_MANY", 100)
    report = make()
    data = ("слово " * 8 + "oдне\n").encode()
    sizes = []
    tracemalloc.start()
    for number in range(6000):
        found = (Finding(0, 49, f"o{number}", f"о{number}", "because", 1.0, "why"),)
        printed = report.printer().block(Checked("a.txt", 1 + number, data, data, found))
        assert f"о{number}".encode() in printed.replace(b"]", b"")
        if number % 2000 == 1999:
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()

    assert sizes[-1] - sizes[0] < 40_000


def test_the_file_of_a_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told from the top of the checkout, however it was named; what lies elsewhere has an address of its own."""
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    found = (Finding(0, 1, "a", "а", "because", 1.0, "why"),)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)

    def places(*paths: str) -> list[dict[str, str]]:
        results = _sarif(*(Checked(path, 1, b"a\n", b"", found) for path in paths))
        return [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in results]

    assert places("./a.txt", str(inner / "a.txt"), "../inner/a.txt") == [{"uri": "a.txt", "uriBaseId": ROOT}] * 3
    assert places("../b c.txt") == [{"uri": (tmp_path / "b c.txt").as_uri()}]
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert places("a.txt", "../b.txt") == [{"uri": "inner/a.txt", "uriBaseId": ROOT}, {"uri": "b.txt", "uriBaseId": ROOT}]
    monkeypatch.setenv("GITHUB_WORKSPACE", "/somewhere/else")
    assert places("a.txt") == [{"uri": "a.txt", "uriBaseId": ROOT}]


def test_addresses_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are told as soon as the package names them."""
    package = Message()
    package["Project-URL"] = "Homepage, https://example.org/fix"
    package["Project-URL"] = "Rules, https://example.org/fix/RULES.md"
    monkeypatch.setattr(sarif, "metadata", lambda _: package)
    report = SarifReport()
    log = _log(report.head() + report.block(_checked("a.txt", BAD)) + report.tail(1))
    driver = log["runs"][0]["tool"]["driver"]

    assert driver["informationUri"] == "https://example.org/fix"
    assert {rule["helpUri"] for rule in driver["rules"]} == {"https://example.org/fix/RULES.md"}
    _validate(log)


def _read_command(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as the runner of GitHub does: the level, the properties, the message."""
    assert line.startswith("::")
    level, _, rest = line[2:].partition(" ")
    told, _, text = rest.partition("::")
    properties = dict(pair.split("=", 1) for pair in told.split(","))
    signs = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}

    def meant(escaped: str) -> str:
        return re.sub("%(?:0D|0A|3A|2C|25)", lambda found: signs[found[0]], escaped)

    return level, {name: meant(value) for name, value in properties.items()}, meant(text)


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_commands_to_github(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each is a line of its own in UTF-8, and names the file; other controls than line ends are escaped as in all messages."""
    monkeypatch.chdir(tmp_path)
    data = "a\x1b\r\u2028%\n".encode()
    found = (Finding(0, 1, "a\x1b\r\u2028%", "а", "because", 1.0, "why"),)

    [line, rest] = GitHubReport().block(Checked(name, 7, data, data, found)).decode().split("\n")

    level, properties, text = _read_command(line)
    assert (level, rest) == ("error", "")
    shown = "".join(c if c.isprintable() or c in "\r\n" else c.encode("unicode_escape", "surrogatepass").decode() for c in name)
    assert properties == {"file": shown, "line": "7", "col": "1", "endColumn": "6", "title": "foreign letters (why)"}
    assert text.startswith("[a]‹U+001B›‹U+000D›‹U+2028›[%] → [а]: Latin a U+0061")
    assert line.isprintable()


def test_a_word_that_is_foreign_throughout() -> None:
    """Some of its letters are named."""
    found = (Finding(0, 1, "abcdefghijk", "абвгґдеєжзи", "because", 1.0, "why"),)

    assert b"Latin h U+0068, and others\n" in GitHubReport().block(Checked("a", 1, b"abcdefghijk", b"", found))


def test_a_word_in_a_field_has_the_length_that_it_has_in_the_file() -> None:
    """Its end is where its escapes end."""
    spot = Spot("text", 1, 0, "\\u043c\\u0430\\u043ca", "\\u043c\\u0430\\u043cа")
    found = Finding(0, 11, "мамa", "мама", "because", 1.0, "why", spot)

    assert b"col=11,endColumn=30," in GitHubReport().block(Checked("a", 1, b"", b"", (found,)))


@pytest.mark.property
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4), encodable_texts)
@few
def test_lines_of_json_are_lines(names: list[str], text: str) -> None:
    """Whatever stands in names and in text, each object is a line, and they come in the order of the text."""
    printed = b"".join(JsonLinesReport().block(_checked(name, text)) for name in names).decode()

    rows = [json.loads(line) for line in printed.splitlines()]
    assert all(line.isprintable() for line in printed.splitlines())
    assert {row["kind"] for row in rows} <= {"repair", "review"}
    of_first = [(row["line"], row["column"]) for row in rows[: len(rows) // len(names)]]
    assert of_first == sorted(of_first)
