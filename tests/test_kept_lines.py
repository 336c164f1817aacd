"""Marks: which lines they keep, in every way in, and over the borders of blocks."""

from __future__ import annotations

import io
import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import run
from homoglyph_fix import Config, Marks, Normalizer
from homoglyph_fix.command import blocks
from homoglyph_fix.command.fields.json_lines import JsonLines
from homoglyph_fix.command.fields.rows import Rows
from homoglyph_fix.command.kept import set_apart
from homoglyph_fix.command.reading import BLOCK, Piece, Source, read_blocks
from homoglyph_fix.text.marks import has_sign, kept_lines, restored
from slow_twin import kept_lines as twin_kept_lines
from slow_twin import marks_in, twin_normalize
from strategies import damaged_lines, encodable_texts, few, heavily_damaged_lines, many

FIXER = Normalizer()
WORDS = ("ignore", "ignore-next", "off", "on")

# What is a mark, and what is none: the rest of a line behind `homoglyph-fix`.
IS_MARK = [
    "{}: ignore", "<!-- {}: ignore -->", "<!--{}:ignore-->", "# {}: off", "// {}:\ton", "/* {}: ignore-next */", "--{}:   off--",
    "-- {}: off", "({}: on)", "x {}: ignore.", "слово {}: ignore,", "{}: ignore — бо так", "і{}: offі", "{{#{}: ignore#}}",
    "{}: ignore {}: ignored", "{}: ignored {}: ignore", "{}: off:", "{}: off-", "{}: off--on", "{}: off ", "%{}: on%", "'{}: on'",
]  # fmt: skip
IS_NONE = [
    "{}", "{}:", "{}: ", "{} : ignore", "{}: ignored", "{}: Ignore", "{}: IGNORE", "{}: ignore_next", "{}: ignore-nextline",
    "{}: ignore-nextly", "{}: ignore-all", "{}: offline", "{}: off-by-one", "{}: on1", "{}: on_", "{}: one", "{}: disable", "x{}: ignore",
    "my-{}: ignore", "_{}: on", "1-{}: on", "{}; ignore", "{}:\xa0ignore", "{}: 'ignore'", "{}:\u200bon",
]  # fmt: skip


def ways(text: str, some: Normalizer = FIXER) -> set[str]:
    """Return what every way in makes of a text, alone and among texts that have no marks."""
    others = ["мaма", "слoво"]
    column = [*others, text, *others]
    found = {some.normalize(text), some.analyze(text).text, some.analyze_many(column)[2].text, some.normalize_many(column)[2]}
    assert [some.normalize(other) for other in others] == some.normalize_many(column)[:2] == some.normalize_many(column)[3:]
    data = [each.encode() for each in column]
    found.add(some.normalize_utf8(data[2]).decode())
    places = np.cumsum([len(each) + 1 for each in data]) - 1
    repairs = some.repairs(b"\n".join(data), places)
    assert repairs is not None
    new, offsets = repairs.applied(memoryview(b"".join(data)), np.append(0, places - np.arange(len(data))))
    found.add(new[offsets[2] : offsets[3]].decode())
    return found


@pytest.mark.parametrize("form", IS_MARK)
def test_what_is_a_mark(form: str) -> None:
    """Its word must end, and so must what stands before it; in whatever comment it stands."""
    line = form.format(*["homoglyph-fix"] * form.count("{}"))

    assert marks_in(line)
    assert ways(f"Oт\nOт {line}\nOт\nOт").isdisjoint({f"От\nОт {line}\nОт\nОт"})
    assert has_sign(line)
    assert has_sign(line.encode())


@pytest.mark.parametrize("form", IS_NONE)
def test_what_is_no_mark(form: str) -> None:
    """Other words behind the colon, and other words that end so."""
    line = form.replace("{}", "homoglyph-fix")

    assert not marks_in(line)
    assert kept_lines(f"a\n{line}\nb")[0] == kept_lines(f"a\n{line}\nb".encode())[0] == []
    assert ways(f"Oт\n{line}\nOт") == {f"От\n{line}\nОт"}


BEFORE, AFTER = "мaма мила i тато", "мама мила і тато"
# Lines by their letter: `d` damage, `k` the same where it is kept, `.` an empty one; and marks with damage before them: `I` ignore,
# `N` ignore-next, `F` off, `O` on.
KINDS = {"I": "ignore", "N": "ignore-next", "F": "off", "O": "on"}
PLACES = [
    "I", "Id", "dI", "dId", "IId", "I.d", "N", "Nk", "Nkd", "dNkd", "NNkd", "N.d", "NId", "F", "Fk", "dFkk", "FkOd", "dFkkOd",
    "FOd", "FkO", "FkFkOd", "dOd", "O", "OFkOd", "FkIkOd", "FkNkOd", "FkNOd", "NFkOd", "NOd", "F.O.d", "FkOFkOdId",
]  # fmt: skip


def _lines(places: str, new: bool) -> list[str]:
    """Return the lines that a row stands for, as they are or as they are to come out; a line after `N` is kept, whatever it is."""
    found = []
    for number, letter in enumerate(places):
        is_next = number > 0 and places[number - 1] == "N"
        is_off = places[:number].rfind("F") > places[:number].rfind("O")
        stays = letter in "kIFO" or is_next or is_off or not new
        word = BEFORE if stays else AFTER
        found.append("" if letter == "." else word if letter in "dk" else f"{word} <!-- homoglyph-fix: {KINDS[letter]} -->")
    return found


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False], ids=["last line ends", "last line is open"])
def test_rows(places: str, end: str, last: bool) -> None:
    """A mark × every way in × line ends × its place in the text; a second run changes nothing."""
    before, after = (end.join(_lines(places, new)) + (end if last else "") for new in (False, True))

    assert ways(before) == {after}
    assert ways(before, Normalizer(Config(mojibake=True))) == {after}
    assert FIXER.normalize(after) == after
    assert twin_normalize(before) == after
    assert FIXER.normalize(before) is before or before != after


def test_long_texts() -> None:
    """Among so many lines that the short ways are not taken, in prose and where most words are damaged."""
    for filler in ("Це добре слово. " * 20, "Цe дoбре cлово. " * 20):
        text = "\n".join([*[filler] * 60, "Oт # homoglyph-fix: ignore", *[filler] * 60, "# homoglyph-fix: off", *[filler] * 60])
        expected = [FIXER.normalize(filler)] * 60
        expected = [*expected, "Oт # homoglyph-fix: ignore", *expected, "# homoglyph-fix: off", *[filler] * 60]

        assert ways(text) == {"\n".join(expected)}


def test_the_wrong_encoding() -> None:
    """A line that is kept is not decoded anew either."""
    text = "Це âœ” добре\nЦе âœ” добре # homoglyph-fix: ignore\nЦе âœ” дoбре"

    assert ways(text, Normalizer(Config(mojibake=True))) == {"Це ✔ добре\nЦе âœ” добре # homoglyph-fix: ignore\nЦе ✔ добре"}


def test_places_of_edits() -> None:
    """Edits and doubts of other lines are where they are, and nothing is told of a line that is kept."""
    text = "Oт\nOт # homoglyph-fix: ignore\nПартія Nова # homoglyph-fix: ignore\nПартія Nова\nмaма"
    analysis = FIXER.analyze(text)

    assert [(text[edit.start : edit.end], edit.new) for edit in analysis.edits] == [("Oт", "От"), ("мaма", "мама")]
    assert [(edit.start, edit.old) for edit in analysis.reviews] == [(text.rindex("Nова"), "Nова")]
    assert [analysis.to_normalized(len(text)), analysis.to_original(len(text))] == [len(text)] * 2


def test_what_is_told() -> None:
    """`kept` has every line that a mark keeps, by the place in the text as given, and no word of it."""
    text = "сло\u00adво\nOт # homoglyph-fix: ignore\r\n\n# homoglyph-fix: off\n\nGoogle мaма"

    assert [(edit.start, edit.old, edit.reason) for edit in FIXER.kept(text) if edit.rule == "mark"] == [
        (7, "Oт # homoglyph-fix: ignore", "a mark keeps the line"),
        (36, "# homoglyph-fix: off", "a mark keeps the line"),
        (58, "Google мaма", "a mark keeps the line"),
    ]
    assert {edit.rule for edit in FIXER.kept(text)} == {"mark"}


def test_each_text_is_for_itself() -> None:
    """A mark in one text keeps nothing in the next, in columns and in fields."""
    texts = ["Oт", "Oт\n# homoglyph-fix: off", "Oт", "# homoglyph-fix: ignore-next", "Oт", "Oт # homoglyph-fix: ignore"]
    expected = ["От", "От\n# homoglyph-fix: off", "От", "# homoglyph-fix: ignore-next", "От", "Oт # homoglyph-fix: ignore"]

    assert FIXER.normalize_many(texts) == [analysis.text for analysis in FIXER.analyze_many(texts)] == expected
    assert Normalizer(Config(mojibake=True)).normalize_many(texts) == expected
    for escaped in (True, False):
        lines, wanted = ("".join(json.dumps({"text": each}, ensure_ascii=escaped) + "\n" for each in some) for some in (texts, expected))
        assert (blocks.repair(FIXER, lines.encode(), JsonLines(("text",))).new or b"").decode() == wanted
        found = blocks.find(FIXER, lines.encode(), JsonLines(("text",)))
        assert (found.new or b"").decode() == wanted
        assert [(at.spot and at.spot.record, at.old) for at in found.findings] == [(1, "Oт"), (2, "Oт"), (3, "Oт"), (5, "Oт")]
    rows, wanted = ("".join(f'1,"{each}"\n' for each in some) for some in (texts, expected))
    assert (blocks.repair(FIXER, rows.encode(), Rows(",", ((1, "text"),))).new or b"").decode() == wanted


_marks = st.builds(
    "{}homoglyph-fix:{}{}{}".format,
    st.sampled_from(["", "# ", "<!--", "слово ", "мaма ", "x", "--", "a-"]),
    st.sampled_from([" ", "", "\t", "  "]),
    st.sampled_from([*WORDS, *WORDS, *WORDS, "ignored", "next"]),
    st.sampled_from(["", "", " -->", "-->", " мaма", ", homoglyph-fix: on", " homoglyph-fix: ignore-next", "-x", "і"]),
)
_pieces = st.one_of(_marks, _marks, encodable_texts, heavily_damaged_lines, damaged_lines, st.just(""), st.just("мaма"))
_ends = st.sampled_from(["\n", "\n", "\n", "\r\n", " ", "\r"])
marked_texts = st.lists(st.tuples(_pieces, _ends), max_size=9).map(lambda parts: "".join(piece + end for piece, end in parts))


@pytest.mark.property
@few
@given(marked_texts, st.sampled_from([FIXER, Normalizer(Config(apostrophe="’")), Normalizer(Config(mojibake=True))]))
def test_any_text(text: str, some: Normalizer) -> None:
    """Every way in gives what a plain reader of lines gives, no mark is lost or made, and a second run changes nothing."""
    once = some.normalize(text)

    assert some.normalize(once) == once
    assert some.normalize_utf8(text.encode()).decode() == once
    assert some.normalize_many([text, "мaма", text]) == [once, "мама", once]
    assert some.analyze(text).text == once
    assert twin_kept_lines(once.split("\n")) == twin_kept_lines(text.split("\n"))
    if not some.config.mojibake:
        assert twin_normalize(text, some.config) == once


@pytest.mark.property
@many
@given(marked_texts)
def test_which_lines(text: str) -> None:
    """Text and UTF-8 agree, and so does the twin; in parts the marks say the same as in the whole."""
    wanted = [line for line, stays in zip(_with_ends(text), twin_kept_lines(text.split("\n")), strict=False) if stays]
    lines, state = kept_lines(text)

    assert "".join(text[start:end] for start, end in lines) == "".join(wanted)
    data = text.encode()
    assert b"".join(data[start:end] for start, end in kept_lines(data)[0]).decode() == "".join(wanted)
    assert kept_lines(data)[1] == state
    assert restored(text, text) is text


def _with_ends(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), last]


@pytest.mark.property
@few
@given(marked_texts, st.integers(1, 60))
def test_small_blocks(text: str, size: int) -> None:
    """Where blocks end changes nothing: neither the repair, nor what is told, nor where."""
    data = text.encode()
    pieces = _pieces_of(data, size)

    assert b"".join(piece.data for piece in pieces) == data
    assert [piece.last for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert [piece.offset for piece in pieces] == [sum(len(piece.data) for piece in pieces[:number]) for number in range(len(pieces))]
    found = [blocks.find(FIXER, piece.data, piece.form) if piece.form is None else piece.form.find(FIXER, piece.data) for piece in pieces]
    repaired = [piece.data if outcome.new is None else outcome.new for piece, outcome in zip(pieces, found, strict=True)]
    assert b"".join(repaired) == FIXER.normalize_utf8(data)
    analysis, line, told = FIXER.analyze(text), 0, []
    for piece, outcome in zip(pieces, found, strict=True):
        told += [(line + at.line, at.column, at.old, at.new) for at in outcome.findings]
        line += piece.data.count(b"\n")
    assert told == [(text.count("\n", 0, at.start), at.start - text.rfind("\n", 0, at.start), at.old, at.new) for at in analysis.edits]


def _pieces_of(data: bytes, size: int) -> list[Piece]:
    """Return a text in blocks, as the reader and whoever carries marks make them."""
    source = Source("a.txt", "a.txt", "a.txt", "a.txt")
    parts = list(read_blocks(io.BytesIO(data), size)) or [b""]
    offsets = [sum(map(len, parts[:number])) for number in range(len(parts))]
    pieces = [Piece(source, part, offset, part is parts[-1]) for part, offset in zip(parts, offsets, strict=True)]
    return list(set_apart(pieces))


def test_marks_of_one_file_end_with_it() -> None:
    """The next file begins without any."""
    sources = [Source(name, name, name, name) for name in ("a", "b")]
    pieces = [Piece(source, b"x\n# homoglyph-fix: off\n", last=True) for source in sources]

    assert [piece.form for piece in set_apart(pieces)] == [None, None]


def test_parts_without_text() -> None:
    """An empty part, as stands behind each line that is answered when it is read, is no line."""
    marks = Marks()

    assert [marks.carried(part) for part in (b"# homoglyph-fix: ignore-next\n", b"", b"a\nb\n", b"c\n")] == [0, 0, 2, 0]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_big_files(tmp_path: Path, jobs: str) -> None:
    """`off` in one block of the reader and `on` in another; `ignore-next` where a block ends; in workers too."""
    line, fixed, sound = f"{BEFORE}\n", f"{AFTER}\n", "Це добре слово.\n"
    filler = sound * (BLOCK // len(sound.encode()) - 4)
    mark = "# homoglyph-fix: ignore-next".ljust(BLOCK - len(filler.encode()) - 1) + "\n"
    rest = f"# homoglyph-fix: off\n{filler}{line}{filler}{line}# homoglyph-fix: on\n"
    text = f"{filler}{mark}{line}{line}{rest}{line}"
    assert len((filler + mark).encode()) == BLOCK
    (tmp_path / "a.txt").write_bytes(text.encode())

    assert run("-j", jobs, "a.txt", cwd=tmp_path).stdout.decode() == f"{filler}{mark}{line}{fixed}{rest}{fixed}"
    checked = run("-j", jobs, "--check", "a.txt", cwd=tmp_path).stdout.decode().splitlines()
    second, last = filler.count("\n") + 3, text.count("\n")
    places = [f"a.txt:{number}:{column}" for number in (second, last) for column in (1, 11)]
    assert [finding.split(": ")[0] for finding in checked] == places


def test_lines_that_are_answered_at_once() -> None:
    """With --line-buffered too a mark keeps the lines behind it."""
    text = "Oт\n# homoglyph-fix: ignore-next\nOт\nOт\n# homoglyph-fix: off\nOт\n# homoglyph-fix: on\nOт\n"

    assert run("--line-buffered", data=text.encode()).stdout.decode() == FIXER.normalize(text)


def test_a_bad_byte_in_lines_that_are_kept(tmp_path: Path) -> None:
    """They are text all the same: what is no UTF-8 is an error by its place in the file."""
    head = b"# homoglyph-fix: off\n" + b"a" * BLOCK + b"\n"
    (tmp_path / "a.txt").write_bytes(head + b"abc\xff\n")
    done = run("a.txt", cwd=tmp_path)

    assert done.returncode == 2
    assert f"not UTF-8 at byte {len(head) + 3}".encode() in done.stderr


@pytest.mark.parametrize(("word", "many_f"), list(product(WORDS, [False, True])))
def test_the_quick_look(word: str, many_f: bool) -> None:
    """A text with ever so many letters of the kind that is looked for, or none, has its marks found."""
    data = (b"ff f" * 99 if many_f else b"") + f"homoglyph-fix: {word}".encode()

    assert all(Marks.may_be_in(b"." * before + data + b"." * behind) for before in range(5) for behind in range(3))
    assert not Marks.may_be_in(data.replace(b"fix:", b"fix;"))
    assert not Marks.may_be_in(data.replace(b"homo", b"hom0"))
