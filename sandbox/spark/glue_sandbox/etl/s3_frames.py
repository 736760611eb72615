"""Frames from S3 paths, and to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from ..run.context import RunContext
from .data_catalog import CatalogTable, table_format
from .formats import configure_writer, read_files, spark_format
from .s3_source import source_files
from .sessions import empty_frame, string_partitions
from .unsupported import check_options

# Those after the first three only make reading faster or cheaper.
SOURCE_OPTIONS = (
    "paths",
    "recurse",
    "exclusions",
    "compressionType",
    "excludeStorageClasses",
    "groupFiles",
    "groupSize",
    "inPlaceExecution",
    "isFailFast",
    "maxBand",
    "maxFilesInBand",
    "useS3ListImplementation",
)
SINK_OPTIONS = ("path", "partitionKeys", "compression")


def read_s3(
    spark: SparkSession,
    context: RunContext,
    format_name: str | None,
    connection_options: Mapping[str, Any],
    format_options: Mapping[str, Any],
    transformation_ctx: str,
) -> DataFrame:
    check_options("S3 source", connection_options, SOURCE_OPTIONS)
    name = spark_format(format_name)
    paths = connection_options["paths"]
    recurse = str(connection_options.get("recurse", False)).lower() == "true"
    files = source_files(context, paths, transformation_ctx, connection_options, recurse)
    if not files:
        return empty_frame(spark)
    base = paths[0].rstrip("/") if len(paths) == 1 and paths[0] not in files else None
    with string_partitions(spark):
        return read_files(spark.read, name, format_options, base, files)


def write_s3(
    frame: DataFrame,
    format_name: str | None,
    connection_options: Mapping[str, Any],
    format_options: Mapping[str, Any],
) -> None:
    check_options("S3 sink", connection_options, SINK_OPTIONS)
    name = spark_format(format_name)
    options = dict(format_options)
    if "compression" in connection_options:
        options["compression"] = connection_options["compression"]
    keys = list(connection_options.get("partitionKeys", []))
    _write(frame, name, options, keys, connection_options["path"])


def write_table(frame: DataFrame, table: CatalogTable) -> None:
    """Appends below the table's location; the catalog stays as it is."""
    name = table_format(table)
    options = {"separator": table.delimiter, "writeHeader": table.has_header} if name == "csv" else {}
    _write(frame, name, options, [key for key, _ in table.partition_keys], table.location)


def _write(frame: DataFrame, name: str, options: Mapping[str, Any], keys: list[str], path: str) -> None:
    if frame.columns and not frame.isEmpty():
        configure_writer(frame.write, name, options).partitionBy(*keys).save(path)
