"""Datasets of Hugging Face: maps, streams, and a cache that is not served after an upgrade."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from homoglyph_fix import Config, Normalizer

pytest.importorskip("pyarrow", reason="needs pyarrow: make test-integrations")
datasets = pytest.importorskip("datasets", reason="needs datasets: make test-integrations")

from homoglyph_fix.integrations.datasets import Repair  # noqa: E402  # only where its library is

FINGERPRINT = """
import datasets
from homoglyph_fix.integrations.datasets import Repair
print(datasets.fingerprint.Hasher.hash(Repair("text")))
"""


def _fingerprint(function: object) -> str:
    return datasets.fingerprint.Hasher.hash(function)


def test_other_rules_have_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """`datasets` hashes what is pickled, and functions by name: without the hash of the rules an upgrade would serve the old cache."""
    now = _fingerprint(Repair("text"))
    monkeypatch.setattr("homoglyph_fix.integrations.datasets.BEHAVIOUR", "another")

    assert now != _fingerprint(Repair("text"))


def test_the_cache_is_served_until_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same rules with the same columns and config, and of no other."""
    source = tmp_path / "texts.txt"
    source.write_text("Oт і все\nмoва\n", "utf-8")
    old = datasets.load_dataset("text", data_files=str(source), split="train", cache_dir=str(tmp_path / "cache"))

    def fingerprint(repair: Repair) -> Any:  # noqa: ANN401
        return old.with_format("arrow").map(repair, batched=True, batch_size=50_000)._fingerprint

    first = fingerprint(Repair("text"))

    assert fingerprint(Repair("text")) == first
    assert fingerprint(Repair("text", normalizer=Normalizer(Config(standalone=False)))) != first
    monkeypatch.setattr("homoglyph_fix.integrations.datasets.BEHAVIOUR", "another")
    assert fingerprint(Repair("text")) != first


def test_the_fingerprint_is_that_of_another_process() -> None:
    """Or nothing would be found in the cache."""
    found = subprocess.run([sys.executable, "-c", FINGERPRINT], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == _fingerprint(Repair("text"))


def test_pickle() -> None:
    """For `num_proc`."""
    copy = pickle.loads(pickle.dumps(Repair("text", normalizer=Normalizer(Config(digits=False)))))

    assert (copy.columns, copy.normalizer.config) == (("text",), Config(digits=False))


def test_batches_of_python_objects_are_refused() -> None:
    """They run at a tenth of the speed: the error says what to write."""
    old = datasets.Dataset.from_dict({"text": ["Oт"]})

    with pytest.raises(TypeError, match="with_format"):
        old.map(Repair("text"), batched=True)


@pytest.mark.parametrize("columns", [(), (["title", "text"],), (0,)])
def test_what_is_no_name_is_refused(columns: tuple[Any, ...]) -> None:
    """Without a column nothing would be repaired, and nobody would see it."""
    with pytest.raises(TypeError, match="names of columns"):
        Repair(*columns)
