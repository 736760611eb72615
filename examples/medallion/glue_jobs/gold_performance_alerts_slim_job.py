"""Gold: a slim log of performance alerts, one row per event and alert.

New silver events (job bookmark) are held against the thresholds below. An alert that was logged once stays
in the log as it was raised, even when the event is corrected later: the log says what was known when.
Its id is made of event and kind, so reading an event again adds nothing.

Job arguments:
    --silver_path   s3:// folder of the silver events
    --gold_path     s3:// folder of this table, partitioned by event_year/event_month/event_day
"""

import logging
import sys
from typing import NamedTuple

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
LOGGER = logging.getLogger("gold_performance_alerts_slim")

# Partition columns, each with its pattern.
DAY = {"event_year": "yyyy", "event_month": "MM", "event_day": "dd"}


class Threshold(NamedTuple):
    """A reading that raises an alert once it goes beyond `warning`; `critical` lies further out."""

    alert_type: str
    column: str
    warning: float
    critical: float

    def beyond(self, limit: float) -> Column:
        """True beyond the limit, on the side on which `critical` lies."""
        reading = F.col(self.column)
        return reading > limit if self.critical > self.warning else reading < limit

    def alert(self) -> Column:
        """The alert that an event raises as a struct, or null."""
        return F.when(
            self.beyond(self.warning),
            F.struct(
                F.lit(self.alert_type).alias("alert_type"),
                F.when(self.beyond(self.critical), "CRITICAL").otherwise("WARNING").alias("severity"),
                F.col(self.column).cast("double").alias("reading"),
                F.lit(float(self.warning)).alias("threshold"),
            ),
        )


THRESHOLDS = [
    Threshold("ENGINE_TEMPERATURE_HIGH", "engine_temperature", 105, 115),
    Threshold("ENGINE_RPM_HIGH", "engine_rpm", 6000, 7000),
    Threshold("TIRE_PRESSURE_LOW", "tire_min_pressure_psi", 26, 20),
    Threshold("FUEL_LEVEL_LOW", "fuel_level_percent", 10, 5),
    Threshold("SPEED_HIGH", "trip_max_speed_kmh", 120, 150),
]


def with_day(events: DataFrame) -> DataFrame:
    """The partition columns as text, whatever type the reader gave them."""
    return events.withColumns(
        {name: F.date_format("event_timestamp", pattern) for name, pattern in DAY.items()}
    )


def alerts_of(events: DataFrame) -> DataFrame:
    """The alerts that these events raise."""
    raised = F.explode(F.array_compact(F.array(*(threshold.alert() for threshold in THRESHOLDS))))
    return events.withColumn("alert", raised).select(
        F.sha2(F.concat_ws("|", "event_id", "alert.alert_type"), 256).alias("alert_id"),
        "event_id",
        "car_id",
        "event_timestamp",
        "alert.*",
        F.current_timestamp().alias("processed_at"),
        *DAY,
    )


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


def main() -> None:
    """Add the alerts of silver's new events to the log."""
    args = getResolvedOptions(sys.argv, ["JOB_NAME", "silver_path", "gold_path"])
    glue_context = GlueContext(SparkContext.getOrCreate())
    spark = glue_context.spark_session
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    job = Job(glue_context)
    job.init(args["JOB_NAME"], args)

    new = glue_context.create_dynamic_frame.from_options(
        connection_type="s3",
        connection_options={"paths": [args["silver_path"]], "recurse": True},
        format="parquet",
        transformation_ctx="silver_events",
    ).toDF()
    if new.isEmpty():
        LOGGER.info("No new events in silver")
    else:
        raised = alerts_of(with_day(new)).persist()
        logged = stored_rows(spark, args["gold_path"], raised.schema, raised.select(*DAY).distinct())
        log = first_per(raised.unionByName(logged), ["alert_id"], [F.col("processed_at").asc()])
        LOGGER.info("%d alerts raised by new events", raised.count())
        replace_partitions(log, args["gold_path"], list(DAY))

    job.commit()


if __name__ == "__main__":
    main()
