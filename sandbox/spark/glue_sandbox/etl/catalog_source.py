"""Reads catalog tables the way DynamicFrames do: the partitions that the catalog knows, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from ..run.context import RunContext
from .data_catalog import CatalogTable, DataCatalog, Partition, table_format
from .formats import read_files
from .s3_source import source_files
from .sessions import empty_frame, string_partitions


def read_table(
    spark: SparkSession,
    context: RunContext,
    table: CatalogTable,
    push_down_predicate: str,
    transformation_ctx: str,
    options: Mapping[str, Any],
) -> DataFrame:
    """The objects below the table's location, or below its partitions', that are new to the bookmark."""
    if not table.partition_keys:
        files = source_files(context, [table.location], transformation_ctx, options, recurse=True)
        return _read(spark, table, files, None) if files else empty_frame(spark)
    partitions = DataCatalog(context.endpoint).partitions(table)
    if push_down_predicate:
        partitions = _matching(spark, table, partitions, push_down_predicate)
    locations = [partition.location for partition in partitions]
    files = source_files(context, locations, transformation_ctx, options, recurse=True)
    if not files:
        return empty_frame(spark)
    if all(_is_hive_style(table, partition) for partition in partitions):
        return _read(spark, table, files, table.location)
    return _read_one_by_one(spark, table, partitions, files)


def _read(spark: SparkSession, table: CatalogTable, files: list[str], base: str | None) -> DataFrame:
    name = table_format(table)
    options = {"separator": table.delimiter, "withHeader": table.has_header} if name == "csv" else {}
    with string_partitions(spark):
        frame = read_files(spark.read, name, options, base, files)
    return _as_declared(frame, table) if name == "csv" else frame


def _as_declared(frame: DataFrame, table: CatalogTable) -> DataFrame:
    """CSV columns by position, with the catalog's names and types."""
    declared = [
        F.col(f"`{column}`").cast(type_).alias(name)
        for column, (name, type_) in zip(frame.columns, table.columns)
    ]
    keys = [F.col(f"`{name}`") for name, _ in table.partition_keys if name in frame.columns]
    return frame.select(*declared, *keys)


def _read_one_by_one(
    spark: SparkSession, table: CatalogTable, partitions: list[Partition], files: list[str]
) -> DataFrame:
    frames: list[DataFrame] = []
    for partition in partitions:
        folder = partition.location.rstrip("/") + "/"
        inside = [file for file in files if file.startswith(folder)]
        if inside:
            values = zip(table.partition_keys, partition.values)
            columns = {name: F.lit(value).cast(type_) for (name, type_), value in values}
            frames.append(_read(spark, table, inside, None).withColumns(columns))
    return reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), frames)


def _is_hive_style(table: CatalogTable, partition: Partition) -> bool:
    """Whether Spark itself sees the catalog's keys in the partition's path."""
    base = table.location.rstrip("/") + "/"
    folders = partition.location.removeprefix(base).rstrip("/").split("/")
    names = [folder.partition("=")[0].lower() for folder in folders]
    return partition.location.startswith(base) and names == [name.lower() for name, _ in table.partition_keys]


def _matching(
    spark: SparkSession, table: CatalogTable, partitions: list[Partition], predicate: str
) -> list[Partition]:
    """Those that the SQL predicate over the partition keys lets through."""
    if not partitions:
        return []
    schema = ", ".join(f"`{name}` string" for name, _ in table.partition_keys)
    rows = [(*partition.values, place) for place, partition in enumerate(partitions)]
    frame = spark.createDataFrame(rows, f"{schema}, `_place` int")
    typed = frame.withColumns({name: F.col(f"`{name}`").cast(type_) for name, type_ in table.partition_keys})
    return [partitions[row["_place"]] for row in typed.where(predicate).collect()]
