"""Column types of the Data Catalog, and what two of them have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Scalar:
    """``string``, ``bigint``, ``decimal(10,2)`` …"""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Array:
    element: GlueType

    def __str__(self) -> str:
        return f"array<{self.element}>"


@dataclass(frozen=True)
class Map:
    key: GlueType
    value: GlueType

    def __str__(self) -> str:
        return f"map<{self.key},{self.value}>"


@dataclass(frozen=True)
class Struct:
    fields: Mapping[str, GlueType]

    def __str__(self) -> str:
        return f"struct<{','.join(f'{name}:{type_}' for name, type_ in self.fields.items())}>"


GlueType = Scalar | Array | Map | Struct

STRING = Scalar("string")
# Of values that are all null, or of no values.
NULL = Scalar("null")
INTEGERS = ("tinyint", "smallint", "int", "bigint")
FLOATS = ("float", "double")
DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")


def merge(one: GlueType, other: GlueType) -> GlueType:
    """The type that holds both; ``string`` where nothing narrower does."""
    if one == other or other == NULL:
        return one
    if one == NULL:
        return other
    if isinstance(one, Struct) and isinstance(other, Struct):
        return Struct(merge_columns(one.fields, other.fields))
    if isinstance(one, Array) and isinstance(other, Array):
        return Array(merge(one.element, other.element))
    if isinstance(one, Map) and isinstance(other, Map):
        return Map(merge(one.key, other.key), merge(one.value, other.value))
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return _merge_scalars(one.name, other.name)
    return STRING


def merge_columns(one: Mapping[str, GlueType], other: Mapping[str, GlueType]) -> dict[str, GlueType]:
    """All columns of both, in the order of their first appearance."""
    merged = dict(one)
    for name, type_ in other.items():
        merged[name] = merge(merged[name], type_) if name in merged else type_
    return merged


def resolve_nulls(type_: GlueType) -> GlueType:
    """What was null everywhere is reported as ``string``."""
    if isinstance(type_, Array):
        return Array(resolve_nulls(type_.element))
    if isinstance(type_, Map):
        return Map(resolve_nulls(type_.key), resolve_nulls(type_.value))
    if isinstance(type_, Struct):
        return Struct({name: resolve_nulls(field) for name, field in type_.fields.items()})
    return STRING if type_ == NULL else type_


def _merge_scalars(one: str, other: str) -> Scalar:
    for order in (INTEGERS, FLOATS):
        if one in order and other in order:
            return Scalar(max(one, other, key=order.index))
    if {one, other} <= {*INTEGERS, *FLOATS}:
        return Scalar("double")
    if {one, other} == {"date", "timestamp"}:
        return Scalar("timestamp")
    left, right = DECIMAL.fullmatch(one), DECIMAL.fullmatch(other)
    if left and right:
        return _merge_decimals(*map(int, left.groups()), *map(int, right.groups()))
    return STRING


def _merge_decimals(precision: int, scale: int, other_precision: int, other_scale: int) -> Scalar:
    merged_scale = max(scale, other_scale)
    whole = max(precision - scale, other_precision - other_scale)
    return Scalar(f"decimal({min(38, whole + merged_scale)},{merged_scale})")
