"""``--enable-glue-datacatalog``: the Data Catalog's tables in Spark SQL."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from ..etl.data_catalog import CatalogTable, DataCatalog, Partition
from ..s3.objects import split_url
from .context import RunContext


def offer_catalog_tables(context: RunContext) -> None:
    """Registers the catalog's tables in the session at the script's first use of SQL or of a table."""
    from pyspark.sql import DataFrameReader, SparkSession

    registered = False

    def register() -> None:
        nonlocal registered
        if not registered:
            registered = True
            _register_all(SparkSession.getActiveSession() or SparkSession.builder.getOrCreate(), context)

    for owner, name in ((SparkSession, "sql"), (SparkSession, "table"), (DataFrameReader, "table")):
        setattr(owner, name, _after(register, getattr(owner, name)))
    listing = vars(SparkSession)["catalog"].fget
    setattr(SparkSession, "catalog", property(_after(register, listing)))  # noqa: B010


def _after(first: Callable[[], None], then: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(then)
    def both(*args: Any, **kwargs: Any) -> Any:
        first()
        return then(*args, **kwargs)

    return both


def _register_all(spark: Any, context: RunContext) -> None:
    catalog = DataCatalog(context.endpoint)
    for database in catalog.databases():
        spark.sql(f"CREATE DATABASE IF NOT EXISTS `{database}`")
        for table in catalog.tables(database):
            if table.format is None:
                continue
            context.mirror.fetch([split_url(table.location)[0]])
            partitions = catalog.partitions(table) if table.partition_keys else []
            try:
                for statement in _statements(table, partitions):
                    spark.sql(statement)
            except Exception as error:
                reason = str(error).strip().splitlines()[0]
                print(
                    f"WARN sandbox: no table {database}.{table.name} in Spark SQL: {reason}", file=sys.stderr
                )


def _statements(table: CatalogTable, partitions: list[Partition]) -> list[str]:
    name = f"`{table.database}`.`{table.name}`"
    columns = ", ".join(f"`{column}` {type_}" for column, type_ in (*table.columns, *table.partition_keys))
    keys = ", ".join(f"`{key}`" for key, _ in table.partition_keys)
    create = (
        f"CREATE TABLE {name} ({columns}) USING {table.format}{_options(table)}"
        f"{f' PARTITIONED BY ({keys})' if keys else ''} LOCATION {_quoted(table.location)}"
    )
    added = " ".join(
        f"PARTITION ({_values(table, partition)}) LOCATION {_quoted(partition.location)}"
        for partition in partitions
    )
    return [create, f"ALTER TABLE {name} ADD IF NOT EXISTS {added}"] if added else [create]


def _options(table: CatalogTable) -> str:
    if table.format != "csv":
        return ""
    return f" OPTIONS (sep {_quoted(table.delimiter)}, header '{str(table.has_header).lower()}')"


def _values(table: CatalogTable, partition: Partition) -> str:
    pairs = zip(table.partition_keys, partition.values)
    return ", ".join(f"`{key}` = {_quoted(value)}" for (key, _), value in pairs)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
