"""Recognises an object's format by its content."""

from __future__ import annotations

import dataclasses
import zlib
from typing import Any

from ..s3.objects import S3Object
from .file_schema import FileSchema
from .formats.csv_text import read_csv
from .formats.json_text import read_json
from .formats.parquet import MAGIC, footer_size, read_parquet

# "A crawler reads the first 1 MB of a file" to classify it (developer guide, add-classifier).
SAMPLE = 1024 * 1024
GZIP = b"\x1f\x8b"


def classify(s3: Any, item: S3Object) -> FileSchema | None:
    """The object's schema; None when no classifier recognises it."""
    head = _range(s3, item, 0, SAMPLE)
    if head.startswith(MAGIC):
        return _classify_parquet(s3, item, head)
    compressed = head.startswith(GZIP)
    content = _decompressed(head) if compressed else head
    whole = len(head) == item.size and len(content) < SAMPLE
    schema = _classify_text(content, whole)
    if schema is None:
        return None
    records = schema.records if whole else round(schema.records * item.size / len(head))
    parameters = {**schema.parameters, "compressionType": "gzip"} if compressed else schema.parameters
    return dataclasses.replace(schema, records=records, parameters=parameters)


def _classify_parquet(s3: Any, item: S3Object, head: bytes) -> FileSchema | None:
    if len(head) == item.size:
        return read_parquet(head) if head.endswith(MAGIC) else None
    tail = _range(s3, item, item.size - SAMPLE, SAMPLE)
    size = footer_size(tail)
    if size is None:
        return None
    return read_parquet(tail if size <= len(tail) else _range(s3, item, item.size - size, size))


def _classify_text(content: bytes, whole: bool) -> FileSchema | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if whole or error.start < len(content) - 4:
            return None
        text = content[: error.start].decode("utf-8-sig")
    return read_json(text, whole) or read_csv(text, whole)


def _decompressed(data: bytes) -> bytes:
    """The beginning of a gzip file, of all its members."""
    content = b""
    while data.startswith(GZIP) and len(content) < SAMPLE:
        member = zlib.decompressobj(wbits=31)
        content += member.decompress(data, SAMPLE - len(content))
        data = member.unused_data
    return content


def _range(s3: Any, item: S3Object, start: int, length: int) -> bytes:
    end = min(item.size, start + length) - 1
    answer = s3.get_object(Bucket=item.bucket, Key=item.key, Range=f"bytes={start}-{end}")
    return bytes(answer["Body"].read())
