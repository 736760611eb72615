"""Tables of the Data Catalog, as Glue's API answers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..s3.client import Endpoint
from .unsupported import refuse

FORMAT_CLASSES = ("parquet", "orc", "json")


@dataclass(frozen=True)
class Partition:
    values: tuple[str, ...]
    location: str


@dataclass(frozen=True)
class CatalogTable:
    """What reading needs of a table; columns and keys are (name, Glue type)."""

    database: str
    name: str
    location: str
    format: str | None
    columns: tuple[tuple[str, str], ...]
    partition_keys: tuple[tuple[str, str], ...]
    parameters: Mapping[str, str]
    serde_parameters: Mapping[str, str]

    @property
    def delimiter(self) -> str:
        """Of CSV; Hive's LazySimpleSerDe separates by Ctrl-A unless told otherwise."""
        parameters = self.serde_parameters
        return parameters.get("field.delim") or parameters.get("separatorChar") or "\x01"

    @property
    def has_header(self) -> bool:
        return self.parameters.get("skip.header.line.count", "0") != "0"


class DataCatalog:
    """Reads the catalog at the endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._glue = endpoint.client("glue")

    def table(self, database: str, name: str) -> CatalogTable:
        """:raises ClientError: EntityNotFoundException for a table that is not there"""
        return _table(self._glue.get_table(DatabaseName=database, Name=name)["Table"])

    def databases(self) -> Iterator[str]:
        for page in self._glue.get_paginator("get_databases").paginate():
            yield from (database["Name"] for database in page["DatabaseList"])

    def tables(self, database: str) -> Iterator[CatalogTable]:
        for page in self._glue.get_paginator("get_tables").paginate(DatabaseName=database):
            yield from map(_table, page["TableList"])

    def partitions(self, table: CatalogTable) -> list[Partition]:
        pages = self._glue.get_paginator("get_partitions").paginate(
            DatabaseName=table.database, TableName=table.name
        )
        return [
            Partition(tuple(item["Values"]), item["StorageDescriptor"]["Location"])
            for page in pages
            for item in page["Partitions"]
        ]


def table_format(table: CatalogTable) -> str:
    """:raises NotImplementedError: for a table that is not of files in a format of the sandbox's"""
    if table.format is None:
        refuse(f"Reading and writing table {table.database}.{table.name}, which is of no known format,")
    return table.format


def _table(given: Mapping[str, Any]) -> CatalogTable:
    storage = given.get("StorageDescriptor", {})
    serde = storage.get("SerdeInfo", {})
    return CatalogTable(
        database=given["DatabaseName"],
        name=given["Name"],
        location=storage.get("Location", ""),
        format=_format(given, storage),
        columns=_columns(storage.get("Columns", [])),
        partition_keys=_columns(given.get("PartitionKeys", [])),
        parameters=given.get("Parameters", {}),
        serde_parameters=serde.get("Parameters", {}),
    )


def _format(given: Mapping[str, Any], storage: Mapping[str, Any]) -> str | None:
    """The classification, or else what its Hive classes are for."""
    if not storage.get("Location", "").startswith("s3"):
        return None
    classification = given.get("Parameters", {}).get("classification", "").lower()
    if classification:
        return classification if classification in (*FORMAT_CLASSES, "csv") else None
    library = storage.get("SerdeInfo", {}).get("SerializationLibrary", "")
    classes = f"{storage.get('InputFormat', '')} {library}".lower()
    if "lazysimple" in classes or "opencsv" in classes:
        return "csv"
    return next((name for name in FORMAT_CLASSES if name in classes), None)


def _columns(given: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((column["Name"], column.get("Type", "string")) for column in given)
