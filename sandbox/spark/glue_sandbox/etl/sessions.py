"""Small things that need a Spark session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

PARTITION_TYPES = "spark.sql.sources.partitionColumnTypeInference.enabled"


def empty_frame(spark: SparkSession) -> DataFrame:
    """What a source without files gives: no rows and no columns."""
    return spark.createDataFrame([], StructType([]))


@contextmanager
def setting(spark: SparkSession, name: str, value: str) -> Iterator[None]:
    """A session setting for as long as the block lasts."""
    before = spark.conf.get(name, None)
    spark.conf.set(name, value)
    try:
        yield
    finally:
        if before is None:
            spark.conf.unset(name)
        else:
            spark.conf.set(name, before)


def string_partitions(spark: SparkSession) -> AbstractContextManager[None]:
    """Partition values of DynamicFrames are text: month "05", not 5."""
    return setting(spark, PARTITION_TYPES, "false")
