"""``--enable-glue-datacatalog``: the Data Catalog's tables in Spark SQL."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from ..etl.data_catalog import CatalogTable, DataCatalog, Partition
from ..s3.objects import split_url
from .context import RunContext


# Statements that would change the Data Catalog; views of the session are Spark's own.
CATALOG_DDL = re.compile(
    r"\s*(?:(?:CREATE(?:\s+OR\s+REPLACE)?(?:\s+EXTERNAL)?|DROP|ALTER|TRUNCATE|REPLACE)\s+(?:TABLE|DATABASE|SCHEMA)"
    r"|CREATE(?:\s+OR\s+REPLACE)?\s+VIEW|(?:DROP|ALTER)\s+VIEW|MSCK\s+REPAIR)\b",
    re.IGNORECASE,
)


def offer_catalog_tables(context: RunContext) -> None:
    """Registers the catalog's tables in the session at the script's first use of SQL or of a table."""
    from pyspark.sql import DataFrameReader, DataFrameWriter, SparkSession

    registered = False
    run_sql = SparkSession.sql

    def register() -> None:
        nonlocal registered
        if not registered:
            registered = True
            session = SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()
            _register_all(lambda statement: run_sql(session, statement), context)

    for owner, name in ((SparkSession, "sql"), (SparkSession, "table"), (DataFrameReader, "table")):
        setattr(owner, name, _after(register, getattr(owner, name)))
    setattr(SparkSession, "sql", _refusing_ddl(SparkSession.sql))  # noqa: B010
    setattr(DataFrameWriter, "saveAsTable", _refuse_save_as_table)  # noqa: B010
    listing = vars(SparkSession)["catalog"].fget
    setattr(SparkSession, "catalog", property(_after(register, listing)))  # noqa: B010


def _after(first: Callable[[], None], then: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(then)
    def both(*args: Any, **kwargs: Any) -> Any:
        first()
        return then(*args, **kwargs)

    return both


def _refusing_ddl(run_sql: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(run_sql)
    def checked(session: Any, sqlQuery: str, *args: Any, **kwargs: Any) -> Any:
        if match := CATALOG_DDL.match(sqlQuery):
            raise _read_only(" ".join(match.group(0).split()).upper())
        return run_sql(session, sqlQuery, *args, **kwargs)

    return checked


def _refuse_save_as_table(*_: Any, **__: Any) -> None:
    raise _read_only("saveAsTable")


def _read_only(feature: str) -> NotImplementedError:
    return NotImplementedError(
        f"{feature}: the sandbox's Spark reads the Data Catalog but does not write to it; real Glue does. "
        "Write files and let a crawler make the table."
    )


def _register_all(run_sql: Callable[[str], Any], context: RunContext) -> None:
    catalog = DataCatalog(context.endpoint)
    for database in catalog.databases():
        run_sql(f"CREATE DATABASE IF NOT EXISTS `{database}`")
        for table in catalog.tables(database):
            if table.format is None:
                continue
            context.mirror.fetch([split_url(table.location)[0]])
            partitions = catalog.partitions(table) if table.partition_keys else []
            try:
                for statement in _statements(table, partitions):
                    run_sql(statement)
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
