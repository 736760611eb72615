"""Paths such as ``a.b`` and ``a.`b.c``` into a frame's columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from .unsupported import refuse

Path = tuple[str, ...]
PART = re.compile(r"`([^`]*)`|([^.`]+)")


def parse_path(text: str) -> Path:
    if "[]" in text:
        refuse(f"Path {text} into an array")
    return tuple(quoted or plain for quoted, plain in PART.findall(text))


def column_at(path: Path) -> Column:
    return F.col(".".join(f"`{part}`" for part in path))


def has_path(schema: StructType, path: Path) -> bool:
    head, *rest = path
    fields = {field.name.lower(): field.dataType for field in schema.fields}
    if head.lower() not in fields:
        return False
    inner = fields[head.lower()]
    return not rest or (isinstance(inner, StructType) and has_path(inner, tuple(rest)))


def select_paths(frame: DataFrame, paths: Iterable[Path]) -> DataFrame:
    """The frame with these fields only, structs cut down to what is selected of them."""
    present = [path for path in paths if has_path(frame.schema, path)]
    return frame.select(*_projected(frame.schema, (), present))


def drop_path(frame: DataFrame, path: Path) -> DataFrame:
    """The frame without the field, and without structs that hold nothing else."""
    if not has_path(frame.schema, path):
        return frame
    head, *rest = path
    if not rest:
        return frame.drop(head)
    if _siblings(frame.schema, path) == 1:
        return drop_path(frame, path[:-1])
    inner = ".".join(f"`{part}`" for part in rest)
    return frame.withColumn(head, column_at((head,)).dropFields(inner))


def put(frame: DataFrame, path: Path, value: Column) -> DataFrame:
    """The frame with the value at the path; structs on the way there are made."""
    head, *rest = path
    if not rest:
        return frame.withColumn(head, value)
    if has_path(frame.schema, (head,)):
        return frame.withColumn(
            head, column_at((head,)).withField(".".join(f"`{part}`" for part in rest), value)
        )
    for part in reversed(rest):
        value = F.struct(value.alias(part))
    return frame.withColumn(head, value)


def _siblings(schema: StructType, path: Path) -> int:
    """How many fields are in the struct that the path's last field is in."""
    head, *rest = path
    if not rest:
        return len(schema.fields)
    inner = next(field.dataType for field in schema.fields if field.name.lower() == head.lower())
    return _siblings(inner, tuple(rest)) if isinstance(inner, StructType) else 0


def _projected(schema: StructType, at: Path, paths: list[Path]) -> list[Column]:
    columns: list[Column] = []
    for field in schema.fields:
        inside = [path[1:] for path in paths if path[0].lower() == field.name.lower()]
        place = (*at, field.name)
        if () in inside:
            columns.append(column_at(place).alias(field.name))
        elif inside and isinstance(field.dataType, StructType):
            struct = F.struct(*_projected(field.dataType, place, inside))
            columns.append(F.when(column_at(place).isNotNull(), struct).alias(field.name))
    return columns
