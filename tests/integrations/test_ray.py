"""Ray Data: the recipe gives what one process gives, also when a worker process is killed on the way."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from homoglyph_fix import normalize_many
from rows import ROWS

pa = pytest.importorskip("pyarrow", reason="needs pyarrow: make test-integrations")
pytest.importorskip("ray", reason="needs ray: make test-integrations")

import ray  # noqa: E402  # as below: only where its library is
import ray.data  # noqa: E402

from homoglyph_fix.integrations.arrow import normalize_table  # noqa: E402
from table_of_rows import in_one_process, read, rows, write  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Ray 2.40 leaves its logs open
TEXTS = [text for texts in ROWS.values() for text in texts]


@pytest.fixture(scope="module", autouse=True)
def _ray() -> Iterator[None]:
    """Two workers on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # or it warns that it will be so some day
        patch.setenv("RAY_AUTH_MODE", "disabled")  # or it leaves a token in the home of whoever runs the tests
        ray.init(address="local", num_cpus=2, object_store_memory=300_000_000, include_dashboard=False, log_to_driver=False)
        yield
        ray.shutdown()


def test_rows() -> None:
    """Every kind of row, cut into blocks anyhow."""
    table = pa.table({"id": range(len(TEXTS)), "text": pa.array(TEXTS, pa.string())})
    repair = partial(normalize_table, columns=["text"])
    found = ray.data.from_arrow([table.slice(place, 999) for place in range(0, len(table), 999)]).map_batches(
        repair, batch_format="pyarrow", batch_size=None, zero_copy_batch=True
    )

    assert [row["text"] for row in sorted(found.take_all(), key=lambda row: row["id"])] == normalize_many(TEXTS)


def test_a_worker_is_killed(tmp_path: Path) -> None:
    """At once, when its first block is done: it changes nothing."""
    table, ended = rows(50_000_000), tmp_path / "ended"
    write(table, tmp_path / "in", files=24)
    ended.mkdir()

    def repair(block: Any) -> Any:  # noqa: ANN401  # a table of Arrow
        new = normalize_table(block, ["text"])
        (ended / f"{os.getpid()}").open("a").close()
        return new

    killed: list[int] = []
    killer = Thread(target=_kill_first, args=(ended, killed))
    killer.start()
    found = ray.data.read_parquet(str(tmp_path / "in"), override_num_blocks=24)
    found = found.map_batches(repair, batch_format="pyarrow", batch_size=None, zero_copy_batch=True)
    found.write_parquet(str(tmp_path / "out"))
    killer.join()

    assert killed
    assert len(list(ended.iterdir())) > 1
    assert read(tmp_path / "out").equals(in_one_process(table))


def _kill_first(ended: Path, killed: list[int]) -> None:
    """Kill the first process that leaves its number in a folder."""
    while not (found := next(ended.iterdir(), None)):
        time.sleep(0.001)
    os.kill(int(found.name), signal.SIGKILL)
    killed.append(int(found.name))
