"""A job for `spark-submit`: repairs columns of Parquet or JSON Lines, or plain text, and writes them anew in the same format."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from pyspark.sql import DataFrame, SparkSession

from homoglyph_fix import BEHAVIOUR, __version__
from homoglyph_fix.integrations.spark import normalize_batches

FORMATS: Final = {
    "parquet": {},
    # What is null is written as null. A line that is no JSON would give every line a field _corrupt_record.
    "json": {"lineSep": "\n", "mode": "FAILFAST", "ignoreNullFields": "false"},
    "text": {"lineSep": "\n"},  # by default Spark ends a line at a lone \r, too, and drops that of \r\n
}
"""Their names in Spark, and how they are read and written."""


def repaired(frame: DataFrame, columns: list[str]) -> DataFrame:
    """Return a frame with these columns repaired, and what repaired them in their metadata, which Parquet keeps.

    Raises:
        ValueError: the frame has no column of that name.
    """
    if missing := sorted({*columns} - {*frame.columns}):
        raise ValueError(f"no column {', '.join(missing)} among {', '.join(frame.columns)}")
    new = frame.mapInArrow(normalize_batches(columns), frame.schema)
    for name in columns:
        new = new.withMetadata(name, {**frame.schema[name].metadata, "homoglyph-fix": f"{__version__}, behaviour {BEHAVIOUR}"})
    return new


def main() -> None:
    """Read the command line and do what it says."""
    options = _options()
    spark = SparkSession.builder.appName("homoglyph-fix").getOrCreate()
    how = FORMATS[options.format]
    frame = spark.read.format(options.format).options(**how).load(options.input)
    columns = ["value"] if options.format == "text" else options.columns
    repaired(frame, columns).write.format(options.format).options(**how).save(options.output)
    spark.stop()


def _options() -> Namespace:
    parser = ArgumentParser(description="Restore the letters of Ukrainian text in the columns of a data set.")
    parser.add_argument("input", help="a file, a folder or a pattern, at any address that Spark can read")
    parser.add_argument("output", help="a folder that does not exist yet")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="of input and output (default: parquet)")
    parser.add_argument("--columns", nargs="+", default=["text"], metavar="NAME", help="to repair (default: text); text has only lines")
    return parser.parse_args()


if __name__ == "__main__":
    main()
