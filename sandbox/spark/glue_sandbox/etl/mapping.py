"""DynamicFrame.apply_mapping and resolveChoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from .field_paths import Path, column_at, has_path, parse_path, put
from .glue_schema import spark_type_name
from .unsupported import refuse

# Types that a mapping names without saying what is inside.
NESTED = {"struct", "array", "map", "choice", "null"}


def apply_mapping(frame: DataFrame, mappings: Iterable[Sequence[str]]) -> DataFrame:
    """The mapped fields only, in the order of the mappings; those whose source is missing are left out."""
    targets: dict[Path, Column] = {}
    for mapping in mappings:
        source, target, type_name = _parts(mapping)
        if has_path(frame.schema, parse_path(source)):
            targets[parse_path(target)] = _cast(column_at(parse_path(source)), type_name)
    return frame.select(*_columns(targets))


def resolve_choices(frame: DataFrame, specs: Iterable[tuple[str, str]]) -> DataFrame:
    """Casts and projections; other actions have nothing to do, as no column here is of a choice type."""
    for text, action in specs:
        kind, _, type_name = action.partition(":")
        path = parse_path(text)
        if kind in ("cast", "project"):
            if has_path(frame.schema, path):
                frame = put(frame, path, _cast(column_at(path), type_name))
        elif kind not in ("make_cols", "make_struct"):
            refuse(f"resolveChoice action {action}")
    return frame


def _parts(mapping: Sequence[str]) -> tuple[str, str, str | None]:
    """(source, target), (source, target, type) or (source, source type, target, target type)."""
    if not isinstance(mapping, tuple):
        raise TypeError(f"Mapping must be specified as a tuple. Got {mapping}")
    if len(mapping) == 2:
        return mapping[0], mapping[1], None
    if len(mapping) == 3:
        return mapping[0], mapping[1], mapping[2]
    if len(mapping) == 4:
        return mapping[0], mapping[2], mapping[3]
    raise ValueError(f"Mapping tuple must be of length 2, 3, or 4Got tuple of length {len(mapping)}")


def _cast(column: Column, type_name: str | None) -> Column:
    if type_name is None or type_name.lower() in NESTED:
        return column
    return column.cast(spark_type_name(type_name))


def _columns(targets: dict[Path, Column]) -> list[Column]:
    """Fields with dots in their target become fields of structs."""
    columns: list[Column] = []
    for head in dict.fromkeys(path[0] for path in targets):
        inner = {path[1:]: column for path, column in targets.items() if path[0] == head}
        value = inner[()] if () in inner else F.struct(*_columns(inner))
        columns.append(value.alias(head))
    return columns
