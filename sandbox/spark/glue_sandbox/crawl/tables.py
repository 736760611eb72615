"""A group of files as a table of the Data Catalog."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from .descriptors import storage_descriptor
from .glue_types import resolve_nulls
from .grouping import Folder, Group, partition_name


def inferred_tables(groups: Iterable[Group], prefix: str) -> list[dict[str, Any]]:
    """Tables in the shape that the Glue front reads; of two with one name the later gets a hash."""
    tables: dict[str, dict[str, Any]] = {}
    for group in groups:
        table = _table(group, prefix)
        if table["name"] in tables:
            table["name"] += f"_{hashlib.md5(table['location'].encode()).hexdigest()}"
        tables.setdefault(table["name"], table)
    return list(tables.values())


def _table(group: Group, prefix: str) -> dict[str, Any]:
    schema = group.schema
    first = group.files[0].item
    place = first.url if group.single_file else _folder_url(group.root)
    keys = _partition_keys(group)
    return {
        "name": f"{prefix}{_table_name(place)}",
        "location": place,
        "classification": schema.classification,
        "columns": [
            {"Name": name, "Type": str(resolve_nulls(type_))}
            for name, type_ in schema.columns.items()
            if name not in keys
        ],
        "partitionKeys": [{"Name": key, "Type": "string"} for key in keys],
        "storageDescriptor": storage_descriptor(schema),
        "parameters": dict(schema.parameters),
        "partitions": _partitions(group) if keys else [],
        "objectCount": len(group.files),
        "recordCount": schema.records,
        "sizeBytes": sum(file.item.size for file in group.files),
    }


def _table_name(place: str) -> str:
    return re.sub(r"[^a-z0-9_]", "_", place.rstrip("/").rsplit("/", 1)[-1].lower())


def _partition_keys(group: Group) -> list[str]:
    folders = group.files[0].folder[len(group.root) :]
    return [partition_name(folder, place) for place, folder in enumerate(folders)]


def _partitions(group: Group) -> list[dict[str, Any]]:
    folders = dict.fromkeys(file.folder for file in group.files)
    return [
        {"values": [_value(part) for part in folder[len(group.root) :]], "location": _folder_url(folder)}
        for folder in folders
    ]


def _value(folder: str) -> str:
    key, separator, value = folder.partition("=")
    return unquote(value) if key and separator else folder


def _folder_url(folder: Folder) -> str:
    return f"s3://{'/'.join(folder)}/"
