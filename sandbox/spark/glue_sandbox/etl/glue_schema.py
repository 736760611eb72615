"""Spark schemas as ``awsglue.gluetypes``, and as DynamicFrame.printSchema shows them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from pyspark.sql import types as spark_types

# AWS's own module, found through awsglue's path only when running.
gluetypes: Any = import_module("awsglue.gluetypes")

# By Glue's name, where Spark calls the type differently.
SPARK_NAMES = {"long": "bigint", "short": "smallint", "byte": "tinyint"}


def glue_type(given: spark_types.DataType) -> Any:
    if isinstance(given, spark_types.StructType):
        return gluetypes.StructType(
            [gluetypes.Field(field.name, glue_type(field.dataType)) for field in given]
        )
    if isinstance(given, spark_types.ArrayType):
        return gluetypes.ArrayType(glue_type(given.elementType))
    if isinstance(given, spark_types.MapType):
        return gluetypes.MapType(glue_type(given.valueType))
    if isinstance(given, spark_types.DecimalType):
        return gluetypes.DecimalType(given.precision, given.scale)
    return getattr(gluetypes, type(given).__name__, gluetypes.StringType)()


def spark_type_name(glue_name: str) -> str:
    """What a cast to Glue's type is called in Spark."""
    name = glue_name.strip().lower()
    return SPARK_NAMES.get(name, name)


def tree_string(schema: Any) -> str:
    return "\n".join(["root", *_lines(schema, "|")])


def _lines(given: Any, indent: str) -> Iterator[str]:
    for name, inner in _children(given):
        yield f"{indent}-- {name}: {inner.typeName()}"
        yield from _lines(inner, f"{indent}    |")


def _children(given: Any) -> list[tuple[str, Any]]:
    if isinstance(given, gluetypes.StructType):
        return [(field.name, field.dataType) for field in given]
    if isinstance(given, gluetypes.ArrayType):
        return [("element", given.elementType)]
    if isinstance(given, gluetypes.MapType):
        return [("keyType", gluetypes.StringType()), ("valueType", given.valueType)]
    return []
