"""The compiled language data: what it is made of, that it is what the manifest says, and the tools that make it."""

import doctest
import hashlib
import importlib
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # data/ stands beside src/ and is not installed

from data import build, cuckoo, forms, hunspell, lexicon, manifest, ngrams, sources, view, words  # noqa: E402

from homoglyph_fix.letters.data_files import DATA, verify  # noqa: E402
from homoglyph_fix.letters.language import CYRILLIC_SIZE, ORDER, VALUE_BITS, Language, is_acronym, is_proper, is_russian, language  # noqa: E402

MANIFEST: dict[str, Any] = json.loads((DATA / "manifest.json").read_text("utf-8"))
SOURCES = {"uk": words.UKRAINIAN, "ru": words.RUSSIAN, "en": words.LATIN, "pl": words.LATIN}
AFFIXES = "SFX x Y 3\nSFX x а и [вм]а\nSFX x а ою а\nSFX x к ка [^ь]к\n"


@pytest.mark.parametrize("name", "build cuckoo forms hunspell lexicon manifest ngrams sources view words".split())
def test_examples_in_the_docstrings(name: str) -> None:
    """Every example in the modules that build the data is true."""
    assert doctest.testmod(importlib.import_module(f"data.{name}")).failed == 0


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.npy")))
def test_the_manifest_is_true(name: str) -> None:
    """If a table of characters was changed: `python -m data.manifest`."""
    content = (DATA / name).read_bytes()

    assert MANIFEST["files"][name] == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_the_manifest_names_no_other_files_and_the_pinned_sources() -> None:
    """The manifest lists the files that are there, the sources that are pinned and the words that are in the table."""
    assert set(MANIFEST["files"]) == {path.name for path in DATA.glob("*.npy")}
    assert MANIFEST["sources"] == sources.PINNED
    assert sum(MANIFEST["words"].values()) == np.count_nonzero(language().entries)


def test_the_manifest_and_the_files_agree() -> None:
    """As `--version -v` has it. If the manifest was merged or edited: `python -m data.manifest`."""
    assert verify() == len(MANIFEST["files"])


def test_the_data_fit_in_eight_megabytes() -> None:
    """Tables, models and manifest together stay small enough to be committed."""
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 8_000_000


def test_every_source_has_a_version_a_licence_and_a_home() -> None:
    """A source is pinned in full."""
    for source in sources.PINNED.values():
        assert source.keys() == {"version", "home", "license", "sha256"}


@pytest.mark.parametrize("code", SOURCES)
def test_no_entry_of_a_cleaned_source_mixes_scripts(code: str) -> None:
    """What is left of a frequency list is of one alphabet, and is most of it."""
    pytest.importorskip("wordfreq")
    listed = sources.frequencies(code)

    cleaned = words.whole(listed, SOURCES[code])
    alphabet = set(words.fold("".join(cleaned)))

    assert len(cleaned) > 250_000
    assert alphabet <= (set("abcdefghijklmnopqrstuvwxyz") if code in ("en", "pl") else set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ'"))


def test_the_ukrainian_source_is_polluted_and_the_cleaned_one_is_not() -> None:
    """More than two thousand entries of the source are of both scripts; none of them is known to the word list."""
    pytest.importorskip("wordfreq")
    listed = sources.frequencies("uk")
    polluted = [word for word in listed if any("a" <= c <= "z" for c in word) and any("а" <= c <= "я" for c in word)]

    cleaned = words.ukrainian(listed, frozenset({"він"}), {})

    assert len(polluted) > 2000
    assert "вiн" in polluted
    assert not set(polluted) & set(cleaned)
    assert not np.any(language().look_up(cuckoo.hashes_of(polluted)))


def test_another_file_than_the_pinned_one_is_refused() -> None:
    """A file is known by its hash."""
    with pytest.raises(sources.SourceError, match="is not the pinned one of wordfreq"):
        sources.check("wordfreq", "large_uk.msgpack.gz", b"")


def test_another_version_than_the_pinned_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to run."""
    monkeypatch.setitem(sources.PINNED["unicodedata2"], "version", "0")

    with pytest.raises(sources.SourceError, match=r"run: pip install unicodedata2==0"):
        sources.check_version("unicodedata2")


def test_a_build_without_its_source_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One line on stderr, exit 2."""
    assert build.main([str(tmp_path / "no.deb")]) == 2
    assert capsys.readouterr().err.startswith("data.build: ")


def test_a_dictionary_is_expanded() -> None:
    """Every rule whose condition fits makes a form."""
    lemmas = hunspell.expand(AFFIXES, "3\nмава/x\nВова/x\nрак\n")

    assert [[form.word for form in lemma.forms] for lemma in lemmas] == [["мава", "мави", "мавою"], ["Вова", "Вови", "Вовою"], ["рак"]]


def test_a_form_of_a_frequent_word_is_expected_before_that_of_a_rare_one() -> None:
    """An unseen form follows its lemma and its place in the paradigm."""
    lemmas = hunspell.expand(AFFIXES, "3\nмава/x\nлава/x\nкава/x\n")

    guess = forms.expected(lemmas, {"мава": 1e-6, "мави": 1e-6, "лава": 5e-6, "кава": 1e-8})

    assert guess["лави"] > guess["мавою"] > guess["кавою"] > 0


@pytest.mark.parametrize("word", "він п'ять щодня ст рр".split())
def test_kept(word: str) -> None:
    """Words and the abbreviations that text is full of."""
    assert word in words.ukrainian({word: 1e-5}, frozenset(), {})


@pytest.mark.parametrize("word", "вiн т.д ы объект ь ххі аааа сат украіна п' оєєє дб".split())
def test_dropped(word: str) -> None:
    """Mixed, foreign, stretched, Roman, shadows of English words, lost dots, loose letters."""
    listed = {word: 1e-7, "україна": 1e-4}

    assert word not in words.ukrainian(listed, frozenset({"україна"}), {"cat": 1e-5})


def test_a_russian_word_costs_more_than_a_ukrainian_one_and_forms_fill_the_rest() -> None:
    """The word list is what is listed, then the likeliest forms as far as there is room."""
    forms = {"столами": 3e-9, "столові": 2e-9, "стіл": 1e-5}
    material = lexicon.Material({"стіл": 1e-5}, {"стол": 1e-5}, {"table": 9.0}, forms, lexicon.Marks(set(), set(), set()))

    costs = lexicon.choose(material, 4)

    assert set(costs) == {"стіл", "стол", "table", "столами"}
    assert costs["стол"] == pytest.approx(costs["стіл"] + lexicon.RUSSIAN_PENALTY)
    assert costs["столами"] == pytest.approx(-math.log(3e-9))
    assert lexicon.origins(costs, material) == {"ukrainian": 1, "russian": 1, "latin": 1, "forms": 1}


def test_a_packed_word_is_found() -> None:
    """A table at 95 % of its room gives back every cost and mark."""
    listed = sorted({f"{a}{b}{c}" for a in "абвгдежз" for b in "аеиоу" for c in "клмнпр"})
    values = (np.arange(len(listed)) * 7 % (1 << VALUE_BITS)).astype(np.uint32)

    table = cuckoo.pack(cuckoo.hashes_of(listed), values, 63)
    found = Language(table, language().cyrillic, language().latin).look_up(cuckoo.hashes_of(listed))

    assert (found & np.uint32((1 << VALUE_BITS) - 1)).tolist() == values.tolist()


def test_marks_do_not_hide_each_other() -> None:
    """A word may have several, beside its cost."""
    marks = lexicon.Marks({"київ", "рада"}, {"рада", "ето"}, {"рада", "нато"})
    costs = {"київ": 9.0, "рада": 8.0, "ето": 7.0, "нато": 6.0, "він": 5.0}

    table = build.table(costs, marks)
    found = Language(table, language().cyrillic, language().latin).look_up(cuckoo.hashes_of(list(costs)))

    assert [bool(entry) for entry in is_proper(found)] == [word in marks.names for word in costs]
    assert [bool(entry) for entry in is_russian(found)] == [word in marks.russian for word in costs]
    assert [bool(entry) for entry in is_acronym(found)] == [word in marks.acronyms for word in costs]
    assert (found & np.uint32(0xFF)).tolist() == [108, 96, 84, 72, 60]


def test_too_many_words_are_refused() -> None:
    """Five words do not go into four slots."""
    hashes = cuckoo.hashes_of("а б в г д".split())

    with pytest.raises(ValueError, match="too small"):
        cuckoo.pack(hashes, np.ones(5, np.uint32), 1)


def test_chances_after_every_context_add_up_to_one() -> None:
    """Seen context or not, and no letter is impossible."""
    counts = ngrams.count(["мама", "рама"], np.array([1.0, 2.5]), CYRILLIC_SIZE)

    share = ngrams.probabilities(counts, CYRILLIC_SIZE)

    assert counts.sum() == pytest.approx(5 * 3.5)
    assert share.min() > 0
    assert share.reshape(-1, CYRILLIC_SIZE).sum(axis=1) == pytest.approx(np.ones(CYRILLIC_SIZE ** (ORDER - 1)))


def test_the_viewer_shows_entry_and_letters() -> None:
    """Two lines for a word: its entry, and what each letter costs."""
    first, second = view.lines("Він")

    assert first.startswith("Він: a word of 5.")
    assert second.strip().startswith("в ")
    assert list(view.lines("вiн")) == ["вiн: not of one script"]
    assert next(view.lines("Москва")).startswith("Москва: a name of ")
    assert next(view.lines("НАТО")).startswith("НАТО: an acronym of ")
    assert next(view.lines("что")).startswith("что: a Russian word of ")
    assert next(view.lines("щщщ")) == "щщщ: unknown"


def test_describing_the_data_reads_the_files() -> None:
    """What the build writes is what the manifest says."""
    assert manifest.describe(MANIFEST["words"])["files"]["lexicon.npy"] == MANIFEST["files"]["lexicon.npy"]
