"""Reading and rewriting parts of a partitioned Parquet table."""

from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StructType


def stored_rows(spark: SparkSession, path: str, schema: StructType, partitions: DataFrame) -> DataFrame:
    """The rows below `path` that lie in `partitions`; none where nothing was written yet.

    The schema is given, not inferred, so that partition values stay text ("05", not 5).
    """
    try:
        stored = spark.read.schema(schema).parquet(path)
    except AnalysisException as error:
        if error.getErrorClass() != "PATH_NOT_FOUND":
            raise
        return spark.createDataFrame([], schema)
    return stored.join(F.broadcast(partitions), partitions.columns, "left_semi").select(*schema.names)


def first_per(frame: DataFrame, keys: list[str], order: list[Column]) -> DataFrame:
    """One row per combination of `keys`: the first one in `order`."""
    position = F.row_number().over(Window.partitionBy(*keys).orderBy(*order))
    return frame.withColumn("_position", position).filter(F.col("_position") == 1).drop("_position")


def replace_partitions(frame: DataFrame, path: str, partitions: list[str]) -> None:
    """Write `frame` as the whole content of the partitions it falls on; all others stay as they are."""
    (
        frame.repartition(*partitions)
        .write.mode("overwrite")
        .option("partitionOverwriteMode", "dynamic")
        .partitionBy(*partitions)
        .parquet(path)
    )
