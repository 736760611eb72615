"""Gold: fuel efficiency of every car, by month.

The bookmark tells which silver files are new. A month with new events is computed again from all of its
events and written whole, so late events, corrections and repeated runs all lead to the same figures.

Job arguments:
    --catalog_database   database of the silver table
    --silver_table       name of the silver table
    --silver_path        s3:// folder of that table
    --gold_path          s3:// folder of this table, partitioned by event_year/event_month
"""

import logging
import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
LOGGER = logging.getLogger("gold_fuel_efficiency")

MONTH = ["event_year", "event_month"]


def efficiency(events: DataFrame) -> DataFrame:
    """One row per car and month, from the trips that have a fuel reading."""
    measured = events.filter((F.col("trip_fuel_liters") > 0) & (F.col("trip_distance_km") > 0))
    totals = measured.groupBy("car_id", *MONTH).agg(
        F.max("manufacturer").alias("manufacturer"),
        F.max("model").alias("model"),
        F.countDistinct("trip_id").alias("trips"),
        F.count("event_id").alias("events"),
        F.round(F.sum("trip_distance_km"), 2).alias("distance_km"),
        F.round(F.sum("trip_fuel_liters"), 3).alias("fuel_liters"),
        F.max("trip_km_per_liter").alias("best_km_per_liter"),
        F.min("trip_km_per_liter").alias("worst_km_per_liter"),
    )
    return totals.withColumns(
        {
            "km_per_liter": F.round(F.col("distance_km") / F.col("fuel_liters"), 3),
            "liters_per_100_km": F.round(F.col("fuel_liters") * 100 / F.col("distance_km"), 3),
            "processed_at": F.current_timestamp(),
        }
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
    """Compute the months again that have new events in silver."""
    args = getResolvedOptions(
        sys.argv, ["JOB_NAME", "catalog_database", "silver_table", "silver_path", "gold_path"]
    )
    glue_context = GlueContext(SparkContext.getOrCreate())
    spark = glue_context.spark_session
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    job = Job(glue_context)
    job.init(args["JOB_NAME"], args)

    new = glue_context.create_dynamic_frame.from_catalog(
        database=args["catalog_database"],
        table_name=args["silver_table"],
        transformation_ctx="silver_events",
    ).toDF()
    if new.isEmpty():
        LOGGER.info("No new events in silver")
    else:
        months = new.select(*MONTH).distinct()
        events = stored_rows(spark, args["silver_path"], new.schema, months)
        replace_partitions(efficiency(events), args["gold_path"], MONTH)
        LOGGER.info("Months written: %s", sorted("-".join(month) for month in months.collect()))

    job.commit()


if __name__ == "__main__":
    main()
