"""What always holds, whatever the text: the list of promises, each tried on a few thousand made-up texts.

Run with `pytest -m property`; HOMOGLYPH_FIX_EXAMPLES=100 makes it a quick look.
"""

import os
import pickle
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import read_cases
from homoglyph_fix import Analysis, Config, Edit, Normalizer, analyze, normalize, normalize_many
from strategies import (
    PLAIN_WORDS,
    SEPARATORS,
    clean_texts,
    configs,
    encodable_texts,
    heavily_damaged_lines,
    lines,
    many,
    one_letter_off,
    texts,
)

pytestmark = pytest.mark.property
fixer = Normalizer()


@many
@given(texts)
def test_twice_is_once(text: str) -> None:
    """A repaired text needs no repair."""
    once = normalize(text)

    assert normalize(once) == once


@many
@given(texts, texts)
def test_a_line_stands_alone(before: str, after: str) -> None:
    """What another line says cannot change a decision, so text may be cut at any line end."""
    assert normalize(before + "\n" + after) == normalize(before) + "\n" + normalize(after)


@many
@given(st.lists(st.none() | texts, max_size=3), st.randoms(use_true_random=False))
def test_bulk_is_one_by_one(batch: list[str | None], rng: random.Random) -> None:
    """The bulk call gives what single calls give, in any order, from any iterable; None stays None."""
    expected = [text if text is None else normalize(text) for text in batch]
    order = rng.sample(range(len(batch)), len(batch))

    assert normalize_many(batch) == expected
    assert normalize_many(batch[i] for i in order) == [expected[i] for i in order]


@many
@given(encodable_texts)
def test_bytes_are_text(text: str) -> None:
    """The path over UTF-8 gives the encoded result, and the same object where nothing changes."""
    data = text.encode()
    got = fixer.normalize_utf8(data)

    assert got == normalize(text).encode()
    assert (got is data) == (got == data)


@many
@given(st.lists(encodable_texts.map(str.encode) | st.binary(max_size=8), max_size=6))
def test_bytes_that_are_not_text(parts: list[bytes]) -> None:
    """Bytes that are not UTF-8 come back as they were, and a cut at a line end still changes nothing."""
    data = b"".join(parts)
    got = fixer.normalize_utf8(data)

    assert _undecodable(got) == _undecodable(data)
    assert fixer.normalize_utf8(data + b"\n" + data) == got + b"\n" + got


def _undecodable(data: bytes) -> list[str]:
    return [char for char in data.decode("utf-8", "surrogateescape") if "\udc80" <= char <= "\udcff"]


@many
@given(texts)
def test_unchanged_is_the_same_object(text: str) -> None:
    """A text without edits is not copied."""
    analysis = analyze(text)
    same = normalize(text) == text

    assert (normalize(text) is text) == same
    assert (normalize_many([text])[0] is text) == same
    assert (analysis.text is text) == same
    assert bool(analysis.edits) != same
    assert analysis.original is text


@many
@given(clean_texts)
def test_clean_text_stays(text: str) -> None:
    """Ukrainian words and punctuation, in any order and any case, hold nothing to repair."""
    assert normalize(text) is text


@many
@given(one_letter_off)
def test_one_wrong_letter_is_put_right(pair: tuple[str, str]) -> None:
    """One letter of identical shape in a word with strong letters never hides."""
    damaged, word = pair

    assert normalize(damaged) == word


@many
@given(texts)
def test_edits_tell_everything(text: str) -> None:
    """Edits are sorted and separate, quote the original, and applied to it give the result: all else is as it was."""
    analysis = analyze(text)

    _assert_well_formed(text, analysis.edits)
    _assert_well_formed(text, analysis.reviews)
    assert analysis.text == normalize(text)
    result, done = "", 0
    for edit in analysis.edits:
        result += text[done : edit.start] + edit.new
        done = edit.end
    assert result + text[done:] == analysis.text


def _assert_well_formed(text: str, edits: tuple[Edit, ...]) -> None:
    done = 0
    for edit in edits:
        assert done <= edit.start < edit.end <= len(text)
        assert edit.old == text[edit.start : edit.end] != edit.new
        assert edit.reason
        assert edit.score >= 0
        assert "\n" not in edit.old + edit.new
        done = edit.end


@many
@given(texts)
def test_offsets_carry_over(text: str) -> None:
    """Offsets map both ways without going back, ends to ends, and exactly outside the edits."""
    analysis = analyze(text)
    there = [analysis.to_normalized(i) for i in range(len(text) + 1)]
    back = [analysis.to_original(i) for i in range(len(analysis.text) + 1)]

    assert there == sorted(there)
    assert back == sorted(back)
    assert there[-1] == len(analysis.text)
    assert back[-1] == len(text)
    for i in _outside(analysis):
        assert back[there[i]] == i
        assert analysis.text[there[i]] == text[i]


def _outside(analysis: Analysis) -> list[int]:
    """Offsets of characters that no edit covers, without those that follow a deletion: two places became one there."""
    covered = {i for edit in analysis.edits for i in range(edit.start, edit.end + (not edit.new))}
    return [i for i in range(len(analysis.original)) if i not in covered]


@many
@given(lines)
def test_line_ends_stay(text: str) -> None:
    """No line appears, goes or changes its end."""
    result = normalize(text)

    assert result.count("\n") == text.count("\n")
    assert result.count("\r\n") == text.count("\r\n")
    assert result.endswith("\n") == text.endswith("\n")


@many
@given(texts | heavily_damaged_lines, configs, st.booleans())
def test_every_config_keeps_the_promises(text: str, config: Config, mojibake: bool) -> None:
    """With any switch in any way a second run still changes nothing, and bulk, single call and analysis agree."""
    some = Normalizer(replace(config, mojibake=mojibake))
    once = some.normalize(text)

    assert some.normalize(once) == once
    assert some.normalize_many([text]) == [once]
    assert some.analyze(text).text == once


@many
@given(st.lists(texts, max_size=2))
def test_a_copy_decides_alike(batch: list[str]) -> None:
    """A Normalizer that went through pickle, as it does between processes, gives the same results."""
    assert _copy.normalize_many(batch) == normalize_many(batch)


_copy: Normalizer = pickle.loads(pickle.dumps(fixer))


def test_threads_share_one() -> None:
    """One Normalizer serves many threads."""
    rows = [case.before for case in read_cases()][::4]
    expected = [normalize(row) for row in rows]
    fresh = Normalizer()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(fresh.normalize, rows * 3))

    assert found == expected * 3


def test_every_process_decides_alike() -> None:
    """Neither the hash seed nor the locale nor what ran before has a say."""
    script = (
        "import sys; from homoglyph_fix import normalize_many; "
        "sys.stdout.buffer.write('\\0'.join(normalize_many(sys.stdin.buffer.read().decode().split('\\0'))).encode())"
    )
    rows = [case.before for case in read_cases() if "\0" not in case.before and _encodable(case.before)]
    expected = [normalize(row) for row in rows]
    for seed, locale in (("1", "C"), ("2", "uk_UA.UTF-8")):
        done = subprocess.run(
            [sys.executable, "-c", script],
            input="\0".join(rows).encode(),
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        )

        assert done.stdout.decode().split("\0") == expected


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


ASSIGNED = [*range(0x20000), *range(0xE0000, 0xE0200)]  # nearly: beyond are ideographs, private and empty planes


@pytest.mark.parametrize(
    ("frame", "codes"),
    [("{}", range(0x110000)), ("Це {} є", range(0x110000)), ("сло{}во", ASSIGNED), ("wo{}rd", ASSIGNED)],
)
def test_every_code_point(frame: str, codes: Sequence[int]) -> None:
    """No character makes it raise, alone or inside words, and what it gives is stable."""
    step = 0x8000
    for start in range(0, len(codes), step):
        rows = [frame.format(chr(code)) for code in codes[start : start + step] if code != ord("\n")]
        once = normalize("\n".join(rows))

        assert normalize(once) == once
        assert [fixer.analyze(row).text for row in rows[::997]] == once.split("\n")[::997]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: "a" * n, id="one latin word"),
        pytest.param(lambda n: "мa" * (n // 2), id="one mixed word"),
        pytest.param(lambda n: "u" + "пa" * (n // 2), id="one word of near shapes"),
        pytest.param(lambda n: "сло\u00adв" * (n // 5), id="invisible characters"),
        pytest.param(lambda n: "а\u0301" * (n // 2), id="marks"),
        pytest.param(lambda n: "мaма " * (n // 5), id="one repeated word"),
        pytest.param(lambda n: "a-" * (n // 2), id="hyphens"),
        pytest.param(lambda n: "a'б’" * (n // 4), id="apostrophes"),
        pytest.param(lambda n: "<b" * (n // 2), id="open tags"),
        pytest.param(lambda n: "[" * n + "мaма", id="open brackets"),
        pytest.param(lambda n: "`" * n + "мaма", id="back quotes"),
        pytest.param(lambda n: "http://" * (n // 7), id="addresses"),
        pytest.param(lambda n: "a@" * (n // 2), id="mail signs"),
        pytest.param(lambda n: "м.a." * (n // 4), id="dots"),
        pytest.param(lambda n: "{%" * (n // 2) + "мaма", id="placeholders"),
        pytest.param(lambda n: "1а" * (n // 2), id="digits"),
        pytest.param(lambda n: "&" * n + "мaма", id="ampersands"),
        pytest.param(lambda n: "".join(random.Random(n).choices("aбcoрxуk i", k=n)), id="random mixes"),
    ],
)
def test_cost_grows_with_length(make: Callable[[int], str]) -> None:
    """A character costs about the same on a short line and on a long one; quadratic work would cost 32 times as much."""
    base = max(_seconds_each(make(2_000)), 2e-6)
    for length in (4_000, 8_000, 16_000, 32_000, 64_000):
        assert _seconds_each(make(length)) < 8 * base


def _seconds_each(text: str) -> float:
    """Time one character of a text: the best of four runs."""
    best = float("inf")
    for _ in range(4):
        start = time.perf_counter()
        Normalizer().normalize(text)
        best = min(best, time.perf_counter() - start)
    return best / len(text)


def test_a_long_line() -> None:
    """A line of ten million characters is a line like any other."""
    word, repeats = "".join(SEPARATORS[:1]).join(PLAIN_WORDS), 10_000_000
    line = (word + " ") * (repeats // (len(word) + 1)) + "мaма"

    assert normalize(line) == line[:-4] + "мама"
