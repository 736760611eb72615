"""Delimited text, by the rules of Glue's CSV classifier (developer guide, add-classifier-built-in)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from ..file_schema import FileSchema
from ..glue_types import NULL, STRING, GlueType, Scalar, merge

DELIMITERS = (",", "|", "\t", ";", "\x01")
MAX_HEADER = 150
# "Every column must meet the AWS Glue regex requirements for a column name."
COLUMN_NAME = re.compile(r"[\w \-./#()%&$@]+")
INTEGER = re.compile(r"[+-]?\d{1,18}")
DECIMAL = re.compile(r"[+-]?(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?")
BOOLEANS = {"true", "false"}


def read_csv(text: str, whole: bool) -> FileSchema | None:
    """At least two columns and two rows make a CSV file.

    :param whole: whether the text is the whole file, or else only its beginning
    """
    complete = text if whole else text[: text.rfind("\n") + 1]
    for delimiter in DELIMITERS:
        rows = [row for row in csv.reader(io.StringIO(complete), delimiter=delimiter) if row]
        if _is_table(rows):
            return _schema(rows, delimiter, '"' in complete)
    return None


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    return len(rows) > 1 and len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows)


def _schema(rows: list[list[str]], delimiter: str, quoted: bool) -> FileSchema:
    header = _is_header(rows)
    data = rows[1:] if header else rows
    names = _column_names(rows[0]) if header else [f"col{place}" for place in range(len(rows[0]))]
    columns: dict[str, GlueType] = dict.fromkeys(names, NULL)
    for row in data:
        for name, cell in zip(names, row):
            columns[name] = merge(columns[name], cell_type(cell))
    parameters = {
        "areColumnsQuoted": str(quoted).lower(),
        "columnsOrdered": "true",
        "delimiter": delimiter,
        **({"skip.header.line.count": "1"} if header else {}),
    }
    return FileSchema("csv", columns, len(data), parameters)


def _is_header(rows: list[list[str]]) -> bool:
    """All strings and fit for names, above rows that are not all strings."""
    first, *rest = rows
    if any(cell_type(cell) not in (STRING, NULL) for cell in first):
        return False
    if not all(COLUMN_NAME.fullmatch(cell) and len(cell) < MAX_HEADER for cell in first[:-1]):
        return False
    return any(cell_type(cell) not in (STRING, NULL) for row in rest for cell in row)


def _column_names(header: list[str]) -> list[str]:
    names: list[str] = []
    for place, cell in enumerate(header):
        name = cell.strip().lower() or f"col{place}"
        names.append(name if name not in names else f"{name}_{place}")
    return names


def cell_type(cell: str) -> GlueType:
    text = cell.strip()
    if not text:
        return NULL
    if INTEGER.fullmatch(text):
        return Scalar("bigint")
    if DECIMAL.fullmatch(text):
        return Scalar("double")
    return Scalar("boolean") if text.lower() in BOOLEANS else STRING
