"""Parquet: the schema is in the footer."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from ..file_schema import FileSchema
from ..glue_types import STRING, Array, GlueType, Map, Scalar, Struct

MAGIC = b"PAR1"
FOOTER_LENGTH = 8

SCALARS: dict[pa.DataType, str] = {
    pa.bool_(): "boolean",
    pa.int8(): "tinyint",
    pa.int16(): "smallint",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.uint8(): "smallint",
    pa.uint16(): "int",
    pa.uint32(): "bigint",
    pa.uint64(): "decimal(20,0)",
    pa.float16(): "float",
    pa.float32(): "float",
    pa.float64(): "double",
    pa.date32(): "date",
    pa.time32("ms"): "int",
    pa.time64("us"): "bigint",
    pa.time64("ns"): "bigint",
}


def footer_size(tail: bytes) -> int | None:
    """How many bytes at the end hold the schema; None when this is no end of a Parquet file."""
    if len(tail) < FOOTER_LENGTH or not tail.endswith(MAGIC):
        return None
    return int.from_bytes(tail[-FOOTER_LENGTH:-4], "little") + FOOTER_LENGTH


def read_parquet(tail: bytes) -> FileSchema:
    """:param tail: the file, or at least its last :func:`footer_size` bytes"""
    metadata = pq.read_metadata(io.BytesIO(MAGIC + tail if not tail.startswith(MAGIC) else tail))
    columns = {field.name.lower(): glue_type(field.type) for field in metadata.schema.to_arrow_schema()}
    return FileSchema("parquet", columns, metadata.num_rows)


def glue_type(type_: pa.DataType) -> GlueType:
    if pa.types.is_struct(type_):
        return Struct({field.name: glue_type(field.type) for field in type_})
    if pa.types.is_list(type_) or pa.types.is_large_list(type_) or pa.types.is_fixed_size_list(type_):
        return Array(glue_type(type_.value_type))
    if pa.types.is_map(type_):
        return Map(glue_type(type_.key_type), glue_type(type_.item_type))
    if pa.types.is_dictionary(type_):
        return glue_type(type_.value_type)
    if pa.types.is_decimal(type_):
        return Scalar(f"decimal({type_.precision},{type_.scale})")
    if pa.types.is_timestamp(type_):
        return Scalar("timestamp")
    if pa.types.is_binary(type_) or pa.types.is_large_binary(type_) or pa.types.is_fixed_size_binary(type_):
        return Scalar("binary")
    return Scalar(SCALARS[type_]) if type_ in SCALARS else STRING
