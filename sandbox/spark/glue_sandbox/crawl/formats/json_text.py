"""JSON: objects one after the other, or one array of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import reduce
from typing import Any

from ..file_schema import FileSchema
from ..glue_types import NULL, STRING, Array, GlueType, Scalar, Struct, merge, merge_columns

SPACE = re.compile(r"\s*")
NULL_TYPE: GlueType = NULL
INT_RANGE = range(-(2**31), 2**31)


def read_json(text: str, whole: bool) -> FileSchema | None:
    """:param whole: whether the text is the whole file, or else only its beginning

    A file that is one array gets one column named ``array``, as it does from Glue's own JSON classifier
    (developer guide, custom-classifier: only ``$[*]`` takes such a file apart).
    """
    if not text.lstrip().startswith(("{", "[")):
        return None
    documents = list(_documents(text, whole))
    if not documents or not all(isinstance(document, (dict, list)) for document in documents):
        return None
    columns: dict[str, GlueType] = {}
    for document in documents:
        fields = document if isinstance(document, dict) else {"array": document}
        types = {name.lower(): value_type(value) for name, value in fields.items()}
        columns = merge_columns(columns, types)
    return FileSchema("json", columns, len(documents))


def value_type(value: Any) -> GlueType:
    if value is None:
        return NULL
    if isinstance(value, dict):
        return Struct({name: value_type(item) for name, item in value.items()})
    if isinstance(value, list):
        elements: GlueType = reduce(merge, map(value_type, value), NULL_TYPE)
        return Array(elements)
    if isinstance(value, bool):
        return Scalar("boolean")
    if isinstance(value, int):
        return Scalar("int" if value in INT_RANGE else "bigint")
    return Scalar("double") if isinstance(value, float) else STRING


def _documents(text: str, whole: bool) -> Iterator[Any]:
    """All documents; a None among them where the text turns out to be no JSON."""
    decoder = json.JSONDecoder()
    place = _skip_space(text, 0)
    while place < len(text):
        try:
            document, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError:
            if whole:
                yield None
            return
        yield document
        place = _skip_space(text, end)


def _skip_space(text: str, place: int) -> int:
    match = SPACE.match(text, place)
    return match.end() if match else place
