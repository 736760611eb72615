"""Glue's formats and their options in terms of Spark's (developer guide, aws-glue-programming-etl-format)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyspark.sql import DataFrame, DataFrameReader, DataFrameWriter

from .unsupported import check_options, refuse

SPARK_FORMATS = {"parquet": "parquet", "glueparquet": "parquet", "json": "json", "csv": "csv", "orc": "orc"}

# Glue option → Spark option; None for what only makes Glue faster.
READ_OPTIONS: dict[str, dict[str, str | None]] = {
    "parquet": {"useVectorizedReader": None, "optimizePerformance": None},
    "json": {"multiLine": "multiLine", "multiline": "multiLine", "optimizePerformance": None},
    "csv": {
        "separator": "sep",
        "escaper": "escape",
        "quoteChar": "quote",
        "multiLine": "multiLine",
        "multiline": "multiLine",
        "withHeader": "header",
        "optimizePerformance": None,
    },
    "orc": {},
}
WRITE_OPTIONS: dict[str, dict[str, str | None]] = {
    "parquet": {
        "compression": "compression",
        "useGlueParquetWriter": None,
        "blockSize": None,
        "pageSize": None,
    },
    "json": {"compression": "compression"},
    "csv": {
        "separator": "sep",
        "escaper": "escape",
        "quoteChar": "quote",
        "writeHeader": "header",
        "compression": "compression",
    },
    "orc": {"compression": "compression"},
}


def spark_format(name: str | None) -> str:
    if name not in SPARK_FORMATS:
        refuse(f"Format {name}")
    return SPARK_FORMATS[name]


def read_files(
    reader: DataFrameReader, name: str, options: Mapping[str, Any], base: str | None, files: Sequence[str]
) -> DataFrame:
    """The files as one frame, with the ``key=value`` folders below ``base`` as columns of type string."""
    reader = _apply(reader, "read", name, options, READ_OPTIONS[name])
    if base is not None:
        reader = reader.option("basePath", base)
    if name == "parquet":
        reader = reader.option("mergeSchema", True)
    # Keys are literal: no character of them is a wildcard.
    frame = reader.option("__globPaths__", False).format(name).load(list(files))
    if name == "csv" and not _is_true(options.get("withHeader", False)):
        return frame.toDF(*(_csv_name(column) for column in frame.columns))
    return frame


def configure_writer(writer: DataFrameWriter, name: str, options: Mapping[str, Any]) -> DataFrameWriter:
    """Glue appends, leaves no ``_SUCCESS`` and writes CSV with a header."""
    if name == "csv":
        options = {"writeHeader": True, **options}
    configured: DataFrameWriter = _apply(writer, "write", name, options, WRITE_OPTIONS[name])
    marks = "mapreduce.fileoutputcommitter.marksuccessfuljobs"
    return configured.format(name).mode("append").option(marks, "false")


def _apply(
    target: Any, verb: str, name: str, options: Mapping[str, Any], known: Mapping[str, str | None]
) -> Any:
    check_options(f"{name} {verb}", options, known)
    for option, value in options.items():
        spark_option = known[option]
        if spark_option is not None:
            quote = "" if spark_option == "quote" and value == -1 else value
            target = target.option(spark_option, str(quote).lower() if isinstance(quote, bool) else quote)
    return target


def _csv_name(column: str) -> str:
    """Without a header Glue calls columns ``col0``, Spark ``_c0``."""
    return f"col{column[2:]}" if column.startswith("_c") and column[2:].isdigit() else column


def _is_true(value: Any) -> bool:
    return str(value).lower() == "true"
