"""DynamicFrame.join."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame


def join_frames(
    left: DataFrame, right: DataFrame, left_keys: Sequence[str], right_keys: Sequence[str]
) -> DataFrame:
    """An equality join; of names that both frames have, the right one's begins with a dot."""
    taken = {name.lower() for name in left.columns}
    renamed = right.toDF(*(f".{name}" if name.lower() in taken else name for name in right.columns))
    names = dict(zip((name.lower() for name in right.columns), renamed.columns))
    conditions = [
        left[f"`{one}`"] == renamed[f"`{names.get(other.lower(), other)}`"]
        for one, other in zip(left_keys, right_keys)
    ]
    return left.join(renamed, conditions)
