"""What one file looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .glue_types import STRING, GlueType, merge, merge_columns

# "When the majority of schemas at a folder level are similar" (developer guide,
# crawler-s3-folder-table-partition); 70 % is the share of columns that AWS names.
SIMILAR = 0.7


@dataclass(frozen=True)
class FileSchema:
    """Format, columns and number of records of a file, or of several merged ones."""

    classification: str
    columns: Mapping[str, GlueType]
    records: int
    # What else must agree for files to be of one table, for example a CSV file's delimiter.
    parameters: Mapping[str, str] = field(default_factory=dict)

    def is_similar(self, other: FileSchema, combine_compatible: bool = False) -> bool:
        """Whether a crawler takes both for files of one table."""
        if self.classification != other.classification or self.parameters != other.parameters:
            return False
        common = [name for name in self.columns if name in other.columns]
        agreeing = [name for name in common if _is_compatible(self.columns[name], other.columns[name])]
        if combine_compatible:
            return len(agreeing) == len(common)
        return len(agreeing) >= SIMILAR * max(len(self.columns), len(other.columns))

    def merged(self, other: FileSchema) -> FileSchema:
        return FileSchema(
            self.classification,
            merge_columns(self.columns, other.columns),
            self.records + other.records,
            self.parameters,
        )


def _is_compatible(one: GlueType, other: GlueType) -> bool:
    """Whether something narrower than ``string`` holds both."""
    return one == other or merge(one, other) != STRING
