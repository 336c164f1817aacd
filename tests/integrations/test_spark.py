"""Spark: batches and functions give what one process gives; so does a cluster that loses half of its workers on the way."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from homoglyph_fix import Config, Normalizer, normalize_many
from rows import ROWS

pa = pytest.importorskip("pyarrow", reason="needs pyarrow: make test-integrations")
pytest.importorskip("pyspark", reason="needs pyspark: make test-integrations")
if shutil.which("java") is None:
    pytest.skip("needs Java 17", allow_module_level=True)

import pyarrow.parquet as pq  # noqa: E402  # as all below: only where its library is
from pyspark.sql import DataFrame, SparkSession  # noqa: E402

from homoglyph_fix.integrations.jobs import spark as job  # noqa: E402
from homoglyph_fix.integrations.spark import GATHERED, normalize_batches, normalize_udf  # noqa: E402
from spark_cluster import Cluster, cluster, kill_with_executors, wait_for  # noqa: E402
from table_of_rows import in_one_process, read, rows, write  # noqa: E402

TEXTS = [text for texts in ROWS.values() for text in texts]
EXPECTED = normalize_many(TEXTS)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """A session in this process that hands over a hundred rows at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(Path(job.__file__).parents[3]))
        settings = {"spark.ui.enabled": "false", "spark.sql.execution.arrow.maxRecordsPerBatch": "100"}
        session = SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
        yield session
        session.stop()


@pytest.fixture
def frame(spark: SparkSession) -> DataFrame:
    """All kinds of rows, in a column and in lists."""
    data = pa.table({"id": range(len(TEXTS)), "text": TEXTS, "list": [[text, "слово"] for text in TEXTS]})
    return spark.createDataFrame(data)


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for all jobs that leave it whole."""
    with cluster(tmp_path_factory.mktemp("spark") / "cluster") as running:
        yield running


def test_batches(frame: DataFrame) -> None:
    """Columns of text and of lists of text come out repaired, the others and the schema as they were."""
    found = frame.mapInArrow(normalize_batches(["text", "list"]), frame.schema)

    assert found.schema == frame.schema
    assert [tuple(row) for row in found.collect()] == [(n, text, [text, "слово"]) for n, text in enumerate(EXPECTED)]
    assert frame.limit(0).mapInArrow(normalize_batches(["text"]), frame.schema).collect() == []


def test_one_name_is_one_column() -> None:
    """And not a column for each of its letters."""
    batch = pa.record_batch({"text": ["Oт"]})

    assert [found.to_pydict() for found in normalize_batches("text")(iter([batch]))] == [{"text": ["От"]}]


def test_batches_are_gathered() -> None:
    """Small ones come out as one, and none waits for more than 16 MB."""
    batch = pa.record_batch({"text": ["Oт " * 1000] * 100})
    left = iter([batch] * 200)
    first = next(normalize_batches(["text"])(left))
    taken = 200 - len(list(left))

    assert first.num_rows == 100 * taken
    assert GATHERED <= taken * batch.nbytes < GATHERED + batch.nbytes
    assert list(normalize_batches(["text"])(iter([]))) == []


def test_no_such_column() -> None:
    """The name that is missing is told."""
    with pytest.raises(KeyError, match="title"):
        next(normalize_batches(["title"])(iter([pa.record_batch({"text": ["Oт"]})])))


def test_function(frame: DataFrame) -> None:
    """As an expression, twice in a query, in another, and in a filter."""
    normalize = normalize_udf()
    found = frame.select(normalize("text"), normalize(normalize("text")), normalize(frame["list"][0]))

    assert [tuple(row) for row in found.collect()] == [(text, text, text) for text in EXPECTED]
    assert frame.filter(normalize("text") == "От").count() == EXPECTED.count("От")


def test_function_in_sql(spark: SparkSession, frame: DataFrame) -> None:
    """Under a name, with a config of its own."""
    normalizer = Normalizer(Config(standalone=False))
    spark.udf.register("homoglyphs_normalize", normalize_udf(normalizer))
    frame.createOrReplaceTempView("texts")
    found = spark.sql("SELECT homoglyphs_normalize(text) FROM texts ORDER BY id").collect()

    assert [row[0] for row in found] == normalizer.normalize_many(TEXTS) != EXPECTED


def test_broken_json_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    """By its first reader, before anything is written."""
    (tmp_path / "in.jsonl").write_text('{"text": "Oт"}\n{"text": "мo\n', "utf-8")

    with pytest.raises(Exception, match=r"(?i)malformed"):
        spark.read.format("json").options(**job.FORMATS["json"]).load(str(tmp_path / "in.jsonl"))


def test_job_on_parquet(two_workers: Cluster, tmp_path: Path) -> None:
    """On two workers, 50 MB come out as from one process, with the version in the metadata of the column."""
    table = rows(50_000_000)
    write(table, tmp_path / "in", files=8)
    two_workers.submit(tmp_path / "in", tmp_path / "out", "--columns", "text").finishes()
    metadata = json.loads(pq.read_schema(next((tmp_path / "out").glob("*.parquet"))).metadata[b"org.apache.spark.sql.parquet.row.metadata"])

    assert read(tmp_path / "out").equals(in_one_process(table))
    assert "homoglyph-fix" in metadata["fields"][1]["metadata"]


def test_job_loses_a_worker(tmp_path: Path) -> None:
    """Killed with its executor once a task has ended, it changes nothing: its tasks run anew elsewhere."""
    table = rows(50_000_000)
    write(table, tmp_path / "in", files=24)
    with cluster(tmp_path / "cluster") as its_own:
        submitted = its_own.submit(tmp_path / "in", tmp_path / "out", settings={"spark.sql.files.maxPartitionBytes": "1m"})
        wait_for(lambda: next((tmp_path / "out").glob("_temporary/0/task_*"), None), submitted)
        kill_with_executors(its_own.started[1])
        submitted.finishes()

    assert "Lost executor" in submitted.log.read_text("utf-8", "replace")
    assert read(tmp_path / "out").equals(in_one_process(table))


def test_job_on_json_lines(two_workers: Cluster, tmp_path: Path) -> None:
    """Nulls are written, other fields stay, two columns are repaired."""
    lines = [{"id": number, "text": text, "title": text and text[:5], "url": "oт.ua"} for number, text in enumerate(TEXTS[:60])]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    two_workers.submit(tmp_path / "in.jsonl", tmp_path / "out", "--format", "json", "--columns", "text", "title").finishes()
    found = [json.loads(line) for part in (tmp_path / "out").glob("part-*") for line in part.read_bytes().splitlines()]

    titles = normalize_many([text and text[:5] for text in TEXTS[:60]])
    expected = [{**line, "text": text, "title": title} for line, text, title in zip(lines, EXPECTED, titles, strict=False)]
    assert sorted(found, key=lambda line: line["id"]) == expected


def test_job_on_text(two_workers: Cluster, tmp_path: Path) -> None:
    r"""Empty lines, \r and bytes that are no UTF-8 stay."""
    data = "Oт\n\nмaма\r\nсло\rво мaма\n".encode() + b"\xff\xfe \xd0\n" + "мoва\n".encode()
    (tmp_path / "in.txt").write_bytes(data)
    two_workers.submit(tmp_path / "in.txt", tmp_path / "out", "--format", "text").finishes()
    found = b"".join(part.read_bytes() for part in sorted((tmp_path / "out").glob("part-*")))

    assert found == Normalizer().normalize_utf8(data) != data


def test_job_without_its_column(two_workers: Cluster, tmp_path: Path) -> None:
    """It ends before anything is written."""
    write(rows(1000), tmp_path / "in", files=1)
    submitted = two_workers.submit(tmp_path / "in", tmp_path / "out", "--columns", "body")
    submitted.finishes(code=1)

    assert "no column body among id, text" in submitted.log.read_text("utf-8", "replace")
    assert not (tmp_path / "out").exists()
