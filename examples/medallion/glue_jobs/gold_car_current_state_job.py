"""Gold: the latest known state of every car.

The table has one row per car and is written anew from all of silver on each run, so the job keeps no
bookmark: there is no state to lose, and running it twice changes nothing.

Job arguments:
    --silver_path   s3:// folder of the silver events
    --gold_path     s3:// folder of this table
"""

import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

args = getResolvedOptions(sys.argv, ["JOB_NAME", "silver_path", "gold_path"])
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
spark.conf.set("spark.sql.session.timeZone", "UTC")
logger = glue_context.get_logger()
job = Job(glue_context)
job.init(args["JOB_NAME"], args)

LOW_FUEL_PERCENT = 15
LOW_TIRE_PSI = 26
HOT_ENGINE_CELSIUS = 110


def current_state(events: DataFrame) -> DataFrame:
    """One row per car: the readings of its last event, and what they mean for the driver."""
    newest_first = Window.partitionBy("car_id").orderBy(
        F.col("event_timestamp").desc(), F.col("event_id").desc()
    )
    latest = events.withColumn("position", F.row_number().over(newest_first)).filter(F.col("position") == 1)
    return latest.select(
        "car_id",
        "manufacturer",
        "model",
        "model_year",
        F.col("event_id").alias("last_event_id"),
        F.col("event_timestamp").alias("last_seen_at"),
        "odometer_km",
        "engine_temperature",
        "fuel_level_percent",
        "tire_min_pressure_psi",
        status().alias("status"),
        F.current_timestamp().alias("processed_at"),
    )


def status() -> Column:
    """The most urgent thing about a car; the first condition that holds decides."""
    return (
        F.when(F.col("engine_temperature") > HOT_ENGINE_CELSIUS, "ENGINE_HOT")
        .when(F.col("tire_min_pressure_psi") < LOW_TIRE_PSI, "TIRE_PRESSURE_LOW")
        .when(F.col("fuel_level_percent") < LOW_FUEL_PERCENT, "FUEL_LOW")
        .otherwise("OK")
    )


state = current_state(spark.read.parquet(args["silver_path"])).coalesce(1).persist()
logger.info(f"Current state of {state.count()} cars")
state.write.mode("overwrite").parquet(args["gold_path"])
job.commit()
