"""A pipeline of datatrove: what it counts, what it says of a document, and that it goes on where it stopped."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("datatrove", reason="needs datatrove: make test-integrations")

from datatrove.data import Document  # only where it is installed
from datatrove.executor import LocalPipelineExecutor

from homoglyph_fix import Config, Normalizer
from homoglyph_fix.integrations.datatrove import HomoglyphFormatter

TEXTS = ["Oт і все", "чисте", "мoва", "слово", "Пpoпoнyємo"]


def _documents() -> list[Document]:
    return [Document(text, str(number), metadata={"url": number}) for number, text in enumerate(TEXTS)]


@pytest.mark.parametrize("batch_size", [1, 2, 5, 1000])
def test_counts(batch_size: int) -> None:
    """The sums do not depend on the batches."""
    block = HomoglyphFormatter(batch_size=batch_size)
    ids = [document.id for document in block(_documents())]
    stats = block.stats.to_dict()["stats"]

    assert ids == ["0", "1", "2", "3", "4"]
    totals = {name: found["total"] if isinstance(found, dict) else found for name, found in stats.items()}
    assert totals == {"total": 5, "repaired": 3, "characters": sum(map(len, TEXTS))}


def test_metadata() -> None:
    """Where it is asked for, and beside what stands there."""
    new = list(HomoglyphFormatter(metadata_key="homoglyphs")(_documents()))

    assert [document.metadata["homoglyphs"] for document in new] == [True, False, True, False, True]
    assert new[2].metadata["url"] == 2
    assert "homoglyphs" not in next(iter(HomoglyphFormatter()(_documents()))).metadata


def test_one_text() -> None:
    """`format` is what other formatters are called by."""
    assert HomoglyphFormatter(Normalizer()).format("Oт") == "От"


def test_pickle() -> None:
    """Executors send their pipeline to other processes."""
    block = pickle.loads(pickle.dumps(HomoglyphFormatter(Normalizer(Config(digits=False)), batch_size=7)))

    assert (block.normalizer.config, block.batch_size) == (Config(digits=False), 7)
    assert next(document.text for document in block(_documents())) == "От і все"


def test_a_pipeline_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Tasks that are done are not done again, and the block has no state that would need it."""
    seen: list[tuple[int, list[str]]] = []

    def read(data: object, rank: int, world_size: int) -> Iterator[Document]:
        yield from _documents()[rank::world_size]

    def write(data: Iterable[Document], rank: int, world_size: int) -> None:
        seen.append((rank, [document.text for document in data]))

    def run() -> None:
        LocalPipelineExecutor([read, HomoglyphFormatter(), write], tasks=2, workers=1, logging_dir=str(tmp_path)).run()

    run()
    (tmp_path / "completions" / "00001").unlink()
    run()

    even, odd = (0, ["От і все", "мова", "Пропонуємо"]), (1, ["чисте", "слово"])
    assert seen == [even, odd, odd]


@pytest.mark.parametrize("size", [0, -1])
def test_batches_of_nothing_are_refused(size: int) -> None:
    """All documents would be gone."""
    with pytest.raises(ValueError, match="at least 1"):
        HomoglyphFormatter(batch_size=size)
