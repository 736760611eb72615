"""Python functions over records: DynamicFrame.filter and map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyspark.sql import DataFrame, Row

from .sessions import empty_frame, setting

NESTED_DICTS = "spark.sql.pyspark.inferNestedDictAsStruct.enabled"


def filter_records(frame: DataFrame, keep: Callable[[Any], Any]) -> DataFrame:
    """Records for which the function fails are left out."""

    def passes(row: Row) -> bool:
        try:
            return bool(keep(_record(row)))
        except Exception:
            return False

    return frame.sparkSession.createDataFrame(frame.rdd.filter(passes), frame.schema)


def map_records(frame: DataFrame, change: Callable[[Any], Any]) -> DataFrame:
    """The schema is found out from the results; records for which the function fails are left out."""

    def changed(row: Row) -> list[dict[str, Any]]:
        try:
            result = change(_record(row))
        except Exception:
            return []
        return [_plain(result)] if result else []

    spark = frame.sparkSession
    results = frame.rdd.flatMap(changed).cache()
    if results.isEmpty():
        return empty_frame(spark)
    with setting(spark, NESTED_DICTS, "true"):
        return spark.createDataFrame(results, samplingRatio=1.0)


def _record(row: Row) -> Any:
    from awsglue.gluetypes import _create_dynamic_record

    return _create_dynamic_record(row.asDict(recursive=True))


def _plain(value: Any) -> Any:
    from awsglue.gluetypes import _revert_to_dict

    return _revert_to_dict(value)
