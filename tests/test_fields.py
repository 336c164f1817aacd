"""Chosen fields of JSON Lines and CSV: what becomes of them, and that all else stays byte for byte."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import COMMAND, run
from homoglyph_fix import HomoglyphFixError, Normalizer, normalize
from homoglyph_fix.command import blocks
from homoglyph_fix.command.fields.arranging import arranged
from homoglyph_fix.command.fields.glimpse import glimpser
from homoglyph_fix.command.fields.json_lines import JsonLines
from homoglyph_fix.command.fields.kinds import Fields
from homoglyph_fix.command.fields.paths import tree_of
from homoglyph_fix.command.fields.rows import RowEnds, Rows, sniffed
from homoglyph_fix.command.outcome import Outcome
from homoglyph_fix.command.reading import Piece, Source
from strategies import few, texts

NORMALIZER = Normalizer()


@pytest.fixture(params=["msgspec", "walk"])
def _ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Do without the extra as well."""
    if request.param == "msgspec":
        pytest.importorskip("msgspec")
    glimpser.cache_clear()
    if request.param == "walk":
        monkeypatch.setitem(sys.modules, "msgspec", None)
    yield
    glimpser.cache_clear()


def _repaired(line: str, *fields: str) -> str:
    """Return what becomes of JSON Lines."""
    return _outcome(line, *fields)[0]


def _outcome(line: str, *fields: str) -> tuple[str, Outcome]:
    outcome = blocks.repair(NORMALIZER, line.encode(), JsonLines(fields or ("text",)))
    return (line if outcome.new is None else outcome.new.decode()), outcome


# Before and after; None for lines without the field.
LITERALS = [
    ('{"text":"Oт і все"}', '{"text":"От і все"}'),
    ('{"text": "мaмa \\/ мaмa"}', '{"text": "мама \\/ мама"}'),
    (r'{"text":"O\u0442"}', r'{"text":"\u041e\u0442"}'),
    (r'{"text":"мaм\u0430"}', r'{"text":"мам\u0430"}'),
    (r'{"text":"\u043caм\u0430 \n \ud83d\ude00"}', r'{"text":"\u043cам\u0430 \n \ud83d\ude00"}'),
    (r'{"text":"\u041F\u0440opo\u043A"}', r'{"text":"\u041F\u0440\u043E\u0440\u043E\u043A"}'),
    (r'{"text":"\u043f\u0440opo\u043a \ud83d\ude00"}', r'{"text":"\u043f\u0440\u043e\u0440\u043e\u043a \ud83d\ude00"}'),
    (r'{"text":"\ud83d\ude00 мaмa \ud800 \udc00 мaмa"}', r'{"text":"\ud83d\ude00 мама \ud800 \udc00 мама"}'),
    ('{"text":"😀 мaмa"}', '{"text":"😀 мама"}'),
    (r'{"text":"рядок\nO\u0442 i все\r\nмaмa"}', r'{"text":"рядок\nО\u0442 і все\r\nмама"}'),
    ('{"text":"об\\"єкт мaмa"}', """{"text":"об'єкт мама"}"""),
    (r'{"text":"co\u00adбaкa \t co\u00adбaкa"}', r'{"text":"собака \t собака"}'),
    ('{"text":"Киi\u0308в \\t кра\u00adїнa"}', '{"text":"Київ \\t країна"}'),
    (r'{"text":"C:\\папка\\мама"}', r'{"text":"C:\\папка\\мама"}'),
    ('{"text":"мама"}', '{"text":"мама"}'),
    ('{"text":""}', '{"text":""}'),
]
LINES = [
    ('{"text":"мaмa","text":"тaто"}', '{"text":"мама","text":"тато"}'),
    ('{"text":"мaмa","text":"тато"}', '{"text":"мама","text":"тато"}'),
    ('{"text":"мaмa","te\\u0078t":"тато"}', '{"text":"мама","te\\u0078t":"тато"}'),
    ('{"te\\u0078t":"мaмa"}', '{"te\\u0078t":"мама"}'),
    ('{"text":"мaмa","text":1}', '{"text":"мама","text":1}'),
    ('{"text":null,"text":"мaмa"}', '{"text":null,"text":"мама"}'),
    ('{"тeкст":"мaмa","title":"мaмa","text":"мaмa"}', '{"тeкст":"мaмa","title":"мaмa","text":"мама"}'),
    ('{"a":{"text":"мaмa"},"text":"мaмa","b":["text","мaмa"]}', '{"a":{"text":"мaмa"},"text":"мама","b":["text","мaмa"]}'),
    ('{"a":1.0,"b":1e400,"c":-0,"d":1E+2,"text":"мaмa"}', '{"a":1.0,"b":1e400,"c":-0,"d":1E+2,"text":"мама"}'),
    ('{"a":%s,"text":"мaмa"}' % ("7" * 5000), '{"a":%s,"text":"мама"}' % ("7" * 5000)),
    ('{"a":NaN,"b":-Infinity,"text":"мaмa"}', '{"a":NaN,"b":-Infinity,"text":"мама"}'),
    ('\t{ "text"\t: "мaмa" ,"a" :[ 1 , { } ] } \t', '\t{ "text"\t: "мама" ,"a" :[ 1 , { } ] } \t'),
    ('{"text":"мaмa"}\r', '{"text":"мама"}\r'),
    ('\ufeff{"text":"мaмa"}', '\ufeff{"text":"мама"}'),
    ('{"text":["мaмa"]}', None),
    ('{"text":{"text":"мaмa"}}', None),
]
BROKEN = [
    '{"text":"мaмa"', '{"text":"мaмa', '{"text":"мaмa"} x', '{"text":"мaмa",}', '{"text":"мaмa" "a":1}', '{text:"мaмa"}', '["мaмa"]',
    '"мaмa"', "мaмa", '{"a":01,"text":"мaмa"}', '{"text":"мaмa\t"}', '{"text":"мaмa\\x"}', '{"text":"мaмa\\u12"}', "{'text':'мaмa'}",
    "{", "}", "{}{}", '{"text":"мaмa"}{"text":"мaмa"}',
    '{"a":tru,"text":"мaмa"}', '{"text":"мaмa","a":' + "[" * 200_000 + "]" * 200_000 + "}",
    '\x00{"text":"мaмa"}', '{"text"}', '{"text":}', '{"a":1 2}',
]  # fmt: skip
PATHS = [
    ("meta.title", '{"meta":{"title":"мaмa","text":"мaмa"},"title":"мaмa"}', '{"meta":{"title":"мама","text":"мaмa"},"title":"мaмa"}'),
    ("items[].text", '{"items":[{"text":"мaмa"},1,[],{"a":"мaмa"},{"text":"тaто"}]}',
                     '{"items":[{"text":"мама"},1,[],{"a":"мaмa"},{"text":"тато"}]}'),
    ("tags[]", '{"tags":["мaмa" , {"a":"мaмa"},["мaмa"],"мaмa"]}', '{"tags":["мама" , {"a":"мaмa"},["мaмa"],"мама"]}'),
    ("a[][].b", '{"a":[ [{"b":"мaмa"}] , [ ], {"b":"мaмa"}]}', '{"a":[ [{"b":"мама"}] , [ ], {"b":"мaмa"}]}'),
    ("meta.title", '{"meta":{"title":"мaмa"},"meta":{"title":"тaто"}}', '{"meta":{"title":"мама"},"meta":{"title":"тато"}}'),
    ("meta.title", '{"meta":"мaмa","meta":["мaмa"],"meta":null,"meta.title":"мaмa"}', None),
    (r"meta\.title", '{"meta.title":"мaмa","meta":{"title":"мaмa"}}', '{"meta.title":"мама","meta":{"title":"мaмa"}}'),
    ("тeкст", '{"тeкст":"мaмa","текст":"мaмa"}', '{"тeкст":"мама","текст":"мaмa"}'),
    ("текст", r'{"\u0442\u0435кст":"мaмa"}', r'{"\u0442\u0435кст":"мама"}'),
    ("a/b", r'{"a\/b":"мaмa","a/b":"мaмa"}', r'{"a\/b":"мама","a/b":"мама"}'),
]  # fmt: skip


@pytest.mark.usefixtures("_ways")
@pytest.mark.parametrize(("before", "after"), LITERALS, ids=ascii)
def test_literals(before: str, after: str) -> None:
    """The field is repaired as a text of its own, in every spelling."""
    assert _repaired(before) == after
    assert json.loads(after)["text"] == normalize(json.loads(before)["text"])


@pytest.mark.usefixtures("_ways")
@pytest.mark.parametrize(("before", "after"), LINES, ids=lambda line: ascii(line)[:40])
def test_lines(before: str, after: str | None) -> None:
    """Nothing but the field changes."""
    new, outcome = _outcome(before)

    assert new == (before if after is None else after)
    assert outcome.passed == ((0, 0) if after else (0, 1))


@pytest.mark.usefixtures("_ways")
@pytest.mark.parametrize(("path", "before", "after"), PATHS, ids=ascii)
def test_paths(path: str, before: str, after: str | None) -> None:
    """Names lead into objects and lists."""
    assert _repaired(before, path) == (before if after is None else after)


@pytest.mark.usefixtures("_ways")
@pytest.mark.parametrize("line", BROKEN, ids=lambda line: ascii(line[:30]))
def test_broken_lines_pass(line: str) -> None:
    """And are counted; their neighbours are repaired."""
    before = f'{{"text":"мaмa"}}\n{line}\n\n \r\n{{"a":1}}\n{{"text":"мaмa"}}'

    after, outcome = _outcome(before)

    assert after == before[0:9] + "мама" + before[13:-6] + 'мама"}'
    assert outcome.passed == (1, 1)


@pytest.mark.usefixtures("_ways")
def test_several_fields() -> None:
    """Each is repaired; a line with one of them lacks nothing."""
    before = '{"a":"мaмa","b":"тaто","c":"мaмa"}\n{"b":"тaто"}\n{"c":"мaмa"}\n'

    after, outcome = _outcome(before, "a", "b")

    assert after == '{"a":"мама","b":"тато","c":"мaмa"}\n{"b":"тато"}\n{"c":"мaмa"}\n'
    assert outcome.passed == (0, 1)
    assert outcome.records == 3


@pytest.mark.usefixtures("_ways")
def test_keys_that_stand_twice_among_escaped_ones() -> None:
    """As many keys as lines: one is there twice, another is spelled otherwise."""
    before = '{"text":"мaмa","text":1}\n{"te\\u0078t":"тaто"}\n'

    after, outcome = _outcome(before)

    assert after == '{"text":"мама","text":1}\n{"te\\u0078t":"тато"}\n'
    assert outcome.passed == (0, 0)


@pytest.mark.parametrize("name", ["", ".", "a.", ".a", "a..b", "[]", "a[0]", "a[", "a]b[", "a[]b", "[].a"])
def test_names_that_are_none(name: str) -> None:
    """Are refused."""
    with pytest.raises(HomoglyphFixError):
        tree_of([name])


def _spelled(text: str, rng: Random, ascii_only: bool) -> str:
    """Return a literal, every letter spelled in one of the ways there are."""
    return f'"{"".join(_letter(letter, rng, ascii_only) for letter in text)}"'


def _letter(letter: str, rng: Random, ascii_only: bool) -> str:
    escaped = json.dumps(letter)[1:-1]
    if not escaped.startswith("\\"):
        return rng.choice([letter] * 20 + [f"\\u{ord(letter):04x}"] + (["\\/"] if letter == "/" else []))
    if escaped.startswith("\\u") and rng.random() < 0.3:
        escaped = escaped.upper().replace("\\U", "\\u")
    must = ascii_only or ord(letter) < 32 or letter in '"\\' or 0xD800 <= ord(letter) < 0xE000
    return escaped if must or rng.random() < 0.1 else letter


KEYS = ["text", "text", "text", "тeкст", "мeта", "items", "id"]


def _value(rng: Random, strings: Iterator[str], depth: int) -> str:
    kind = rng.random()
    if kind < 0.6 or depth > 3:
        return _spelled(next(strings), rng, rng.random() < 0.3)
    if kind < 0.75:
        return rng.choice(["1.0", "-0", "1e400", "null", "true", "NaN", "12345678901234567890", "0.10"])
    if kind < 0.9:
        return _object(rng, strings, depth + 1)
    return "[" + _blank(rng) + ",".join(_value(rng, strings, depth + 1) + _blank(rng) for _ in range(rng.randint(0, 3))) + "]"


def _blank(rng: Random) -> str:
    return rng.choice(["", "", "", " ", "\t", "  ", "\r"])


def _object(rng: Random, strings: Iterator[str], depth: int = 0) -> str:
    members = []
    for _ in range(rng.randint(0, 4)):
        key = _spelled(rng.choice(KEYS), rng, ascii_only=False)
        members.append(f"{_blank(rng)}{key}{_blank(rng)}:{_blank(rng)}{_value(rng, strings, depth)}{_blank(rng)}")
    return "{" + (",".join(members) or _blank(rng)) + "}"


TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^"]+', re.DOTALL)
UNIT = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)


def _pairs(line: str) -> list[tuple[str, object]]:
    return json.loads(line, object_pairs_hook=lambda pairs: pairs)


def _all_else_stays(before: str, after: str) -> None:
    """Compare token by token: only values of "text" at the top may differ, and in them only letters that changed."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    assert len(old) == len(new)
    depth, key = 0, ""
    for place, (was, now) in enumerate(zip(old, new, strict=True)):
        follows = next((token for token in old[place + 1 :] if token.strip()), "")
        if not was.startswith('"'):
            assert was == now
            depth += len(re.findall(r"[\[{]", was)) - len(re.findall(r"[\]}]", was))
        elif was != now:
            assert (depth, key) == (1, "text")
            assert not follows.lstrip().startswith(":")
            _same_spelling(was[1:-1], now[1:-1])
        elif follows.lstrip().startswith(":"):
            key = json.loads(was)


def _same_spelling(was: str, now: str) -> None:
    """A letter that stays is spelled as it was, and a pure ASCII literal stays one."""
    units, after = UNIT.findall(was), UNIT.findall(now)
    if len(units) == len(after):
        assert all(a == b for a, b in zip(units, after, strict=True) if json.loads(f'"{a}"') == json.loads(f'"{b}"'))
    assert now.isascii() or not was.isascii()


@pytest.mark.property
@few
@given(st.lists(texts, min_size=1, max_size=12), st.integers(0, 1 << 32))
def test_random_json(strings: list[str], seed: int) -> None:
    """Whatever the lines: each text is as `normalize` has it, all else as it was, with msgspec and without."""
    rng = Random(seed)
    lines = [_object(rng, iter(rng.choices(strings, k=200))) for _ in range(4)]
    before = "\n".join(lines)

    after, outcome = _outcome(before)
    with pytest.MonkeyPatch.context() as patch:
        glimpser.cache_clear()
        patch.setitem(sys.modules, "msgspec", None)
        assert _outcome(before) == (after, outcome)
    glimpser.cache_clear()

    for old, new in zip(lines, after.split("\n"), strict=True):
        _all_else_stays(old, new)
        wanted = [(k, normalize(v) if k == "text" and isinstance(v, str) else v) for k, v in _pairs(old)]
        assert repr(_pairs(new)) == repr(wanted)
    assert outcome.passed == (0, sum(not any(k == "text" and isinstance(v, str) for k, v in _pairs(line)) for line in lines))


# CSV

CELLS = [
    (",", "a,мaмa,b\n", "a,мама,b\n"),
    (",", 'a,"мaмa",b\n', 'a,"мама",b\n'),
    (",", 'a,"мaмa, ""x"" все\nпoдiя",пoле\r\n', 'a,"мама, ""x"" все\nподія",пoле\r\n'),
    (",", 'a,"об""єкт"\n', """a,"об'єкт"\n"""),
    (",", 'a,об"єкт мaмa,b', "a,об'єкт мама,b"),
    (",", 'a,мaмa ""x"" тaто,b', 'a,мама ""x"" тато,b'),
    (",", "a,мaмa\r\n", "a,мама\r\n"),
    (";", "a,мaмa;тaто;b\n", "a,мaмa;тато;b\n"),
    ("\t", 'a\t"мaмa\t"\tb\n', 'a\t"мама\t"\tb\n'),
    ("|", "a|мaмa|b", "a|мама|b"),
    ("^", "a^мaмa^b", "a^мама^b"),
    (",", ' "a,мaмa",мaмa"\n', ' "a,мама",мaмa"\n'),
    (",", '"",,"мaмa"\n', None),
    (",", '"a,b",мaмa\n"a\n,b",мaмa\n', '"a,b",мама\n"a\n,b",мама\n'),
]
CELLS += [
    (",", '\ufeff"a\n,",мaмa,\n', '\ufeff"a\n,",мама,\n'),
    (",", 'a,"мaмa""",\n', 'a,"мама""",\n'),
    (",", 'a,"""мaмa"""\r\n', 'a,"""мама"""\r\n'),
    (",", 'a,"мaмa"\r\n,мaмa\r\n', 'a,"мама"\r\n,мама\r\n'),
    (",", "a,мaмa,\n", "a,мама,\n"),
    (",", ",\n,мaмa", ",\n,мама"),
]
BROKEN_ROWS = ['"a"x,мaмa\n', 'a,"мaмa"x\n', 'a,"мaмa', 'a,"мaмa""']


@pytest.mark.parametrize(("delimiter", "before", "after"), CELLS)
def test_cells(delimiter: str, before: str, after: str | None) -> None:
    """The second column is repaired, its quotes stay."""
    outcome = blocks.repair(NORMALIZER, before.encode(), Rows(delimiter, ((1, "2"),)))

    assert (before.encode() if outcome.new is None else outcome.new).decode() == (after or before)
    assert outcome.passed == (0, 0)


@pytest.mark.parametrize("row", BROKEN_ROWS)
def test_broken_rows_pass(row: str) -> None:
    """And are counted, as are short ones; blank ones are not."""
    before = f"a,мaмa\na\n\n{row}"

    outcome = blocks.repair(NORMALIZER, before.encode(), Rows(",", ((1, "2"),)))

    assert outcome.new == f"a,мама\na\n\n{row}".encode()
    assert outcome.passed == (1, 1)


@pytest.mark.parametrize(
    ("head", "sign"), [("a,b", ","), ("a;b", ";"), ("a\tb", "\t"), ("a", ","), ('"a;b",c', ","), ("a;b\n1,2,3", ";"), ("a,b;c;d", ";")]
)
def test_sniffed(head: str, sign: str) -> None:
    """The commonest sign of the heading stands between cells."""
    assert sniffed(head.encode()) == sign


def _table(rng: Random, strings: list[str]) -> tuple[str, str, list[list[str]]]:
    """Return a table, the sign between its cells, and its rows."""
    sign, end = rng.choice(",;\t"), rng.choice(["\n", "\r\n"])
    rows = [[rng.choice(strings) for _ in range(3)] for _ in range(rng.randint(1, 6))]
    written = "".join(sign.join(_cell(text, sign, rng) for text in row) + end for row in rows)
    return written, sign, rows


def _cell(text: str, sign: str, rng: Random) -> str:
    if rng.random() < 0.5 or text.startswith('"') or any(mark in text for mark in (sign, "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


_encodable = texts.map(lambda text: text.encode("utf-8", "replace").decode())


@pytest.mark.property
@few
@given(st.lists(_encodable, min_size=1, max_size=12), st.integers(0, 1 << 32), st.integers(1, 9))
def test_random_tables(strings: list[str], seed: int, size: int) -> None:
    """Whatever the cells: one column is as `normalize` has it, all else as it was, wherever the table is cut into blocks of lines."""
    rng = Random(seed)
    table, sign, rows = _table(rng, strings)
    heading = f"x{sign}мaмa{sign}y\n"
    data = (heading + table).encode()

    after = _by_pieces(data, Fields(("2",), "csv", sign), size)

    assert after.startswith(heading)
    cells = [cell for row in rows for cell in row]
    done = 0
    rest = after[len(heading) :]
    for place, text in enumerate(cells):
        wanted = normalize(text) if place % 3 == 1 else text
        was = _cell_at(table, done, sign)
        now = _cell_at(rest, 0, sign)
        assert _plain(now) == wanted
        assert now == was or (place % 3 == 1 and now.startswith('"') == was.startswith('"'))
        end = "\r\n" if table[done + len(was) : done + len(was) + 2] == "\r\n" else table[done + len(was) : done + len(was) + 1]
        assert rest[len(now) :].startswith(end)
        done += len(was) + len(end)
        rest = rest[len(now) + len(end) :]
    assert rest == ""


def _cell_at(table: str, start: int, sign: str) -> str:
    found = re.compile(rf'"(?:[^"]|"")*"|[^{sign}\n\r]*').match(table, start)
    assert found
    return found[0]


def _plain(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _by_pieces(data: bytes, fields: Fields, size: int) -> str:
    """Repair data that come in pieces of some lines."""
    lines = data.split(b"\n")
    lines = [line + b"\n" for line in lines[:-1]] + lines[-1:]
    source = Source("a.csv", "a.csv", "a.csv", "a.csv")
    parts = [b"".join(lines[at : at + size]) for at in range(0, len(lines), size)]
    offsets = [sum(map(len, parts[:at])) for at in range(len(parts))]
    pieces = [Piece(source, part, at, last=part is parts[-1]) for part, at in zip(parts, offsets, strict=True)]
    done, offset = [], 0
    for piece in arranged(iter(pieces), fields):
        assert piece.error is None
        assert piece.offset == offset
        offset += len(piece.data)
        outcome = blocks.repair(NORMALIZER, piece.data, piece.form)
        assert outcome.passed == (0, 0)
        done.append(piece.data if outcome.new is None else outcome.new)
    assert offset == len(data)
    return b"".join(done).decode()


def test_blocks_end_where_rows_end() -> None:
    """A table of many rows with line ends in quotes is not held as a whole."""
    rows = [f'{number},"a\nb ""c""\nd",x\n'.encode() for number in range(100)]
    lines = [line + b"\n" for line in b"".join(rows).split(b"\n")[:-1]]
    ends = RowEnds(",")

    kept = most = 0
    for start in range(0, len(lines), 4):
        block = b"".join(lines[start : start + 4])
        cut = ends.last(block)
        kept = kept + len(block) if not cut else len(block) - cut
        most = max(most, kept)

    assert kept == 0
    assert most < 60


# The command


def test_blocks_and_jobs(tmp_path: Path) -> None:
    """Several blocks in one process and two, repaired and in place, are one result."""
    clean = '{"text": "Це добре.\\nМама мила раму.", "тeкст": "мaмa"}\n'
    text = clean * 15_000 + '{"text": "мaмa"}\n' + clean * 15_000
    (tmp_path / "a.jsonl").write_text(text)

    one, two = (run(f"-j{jobs}", "--field", "text", tmp_path / "a.jsonl").stdout for jobs in (1, 2))
    found = run("-j2", "--check", "--field", "text", tmp_path / "a.jsonl")
    run("-j2", "-w", "--field", "text", tmp_path / "a.jsonl")

    assert one == two == (tmp_path / "a.jsonl").read_bytes() == text.replace('"text": "мaмa"', '"text": "мама"').encode()
    assert found.stdout.startswith(f"{tmp_path}/a.jsonl:15001:11: мaмa -> мама".encode())


def test_csv_in_blocks_and_jobs(tmp_path: Path) -> None:
    """Rows reach over the ends of blocks."""
    row = '1;"Це добре.\nМама; мила ""раму"".\n";мaмa\n'
    text = "id;text;мaмa\n" + row * 18_000 + "2;мaмa;мaмa\n" + row * 18_000
    (tmp_path / "a.csv").write_text(text)

    one, two = (run(f"-j{jobs}", "--field", "text", tmp_path / "a.csv").stdout for jobs in (1, 2))
    found = run("-j2", "--check", "--field", "text", "--format", "jsonl", tmp_path / "a.csv")

    assert one == two == text.replace("2;мaмa", "2;мама").encode()
    event = json.loads(found.stdout)
    assert (event["record"], event["line"], event["column"], event["field"]) == (18_001, 54_002, 3, "text")


def test_offsets_move_annotations() -> None:
    """The edits that --format jsonl tells make the new field of the old one, and stand where they say."""
    line = r'{"a":"мaмa","items":[{"text":"😀 \ud83d\ude00 мaмa \n co\u00adбaкa"},{"text":"i мaмa"}]}'

    done = run("--check", "--format", "jsonl", "--field", "items[].text", "--as", "jsonl", data=line.encode())

    events = [json.loads(event) for event in done.stdout.splitlines()]
    before = [item["text"] for item in json.loads(line)["items"]]
    after = [item["text"] for item in json.loads(_repaired(line, "items[].text"))["items"]]
    for event in reversed(events):
        number = int(event["field"][6])
        assert before[number][event["start"] : event["end"]] == event["old"]
        before[number] = before[number][: event["start"]] + event["new"] + before[number][event["end"] :]
        assert line[event["column"] - 1 :].startswith(event["old"].partition("\u00ad")[0])
    assert before == after
    assert (done.returncode, len(events)) == (1, 4 - (len(events) == 3))


def test_line_buffered() -> None:
    """Each line is answered before the next is written, also where the rest of a row has not come yet."""
    args = [*COMMAND, "--line-buffered", "--field", "text", "--as", "csv"]
    with subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as command:
        assert command.stdin
        assert command.stdout
        for sent, answer in [("id,text\n", "id,text\n"), ("1,мaмa\n", "1,мама\n"), ('2,"мaмa\nтaто"\n', '2,"мама\n'), ("", 'тато"\n')]:
            command.stdin.write(sent.encode())
            command.stdin.flush()
            assert command.stdout.readline().decode() == answer
        command.stdin.write("3,мaмa".encode())
        command.stdin.close()
        assert command.stdout.read().decode() == "3,мама"


def test_fields_load_nothing_when_not_asked_for() -> None:
    """The plain filter imports neither json nor msgspec nor the forms."""
    code = "import sys; from homoglyph_fix.command import cli; cli.main(['-q']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], input=b"", capture_output=True, check=True).stdout.decode().split()

    assert not {"msgspec", "homoglyph_fix.command.fields.json_lines", "homoglyph_fix.command.reports.jsonl", "difflib"} & set(loaded)


@pytest.mark.parametrize(
    "table", ['a,"b ""c"" d\ne",f\r\n,,\n"",x y,"z"\n', '"",",",""""\r\n"\n","""","a"\n', "a b,c,\n,,x", '"a","b","c"']
)
def test_same_as_csv(table: str) -> None:
    """The module csv reads the same cells."""
    form = Rows(",", tuple((column, str(column)) for column in range(3)))
    cells = [[literal.text for literal in form.literals(row.decode()) or []] for row in form.cut(table.encode())]

    assert cells == list(csv.reader(io.StringIO(table, newline="")))
