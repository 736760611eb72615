"""Silver consolidation: bronze telemetry made flat, checked, and one row per event.

Bronze holds what the cars sent: nested documents, with events sent twice and events corrected later. Each
run takes the files that arrived since the last committed run (job bookmark), flattens and checks their
events, and merges the rest into silver, where the version of an event that was received last wins.

Only the days that new events fall on are rewritten, each of them whole, so running the job again on the
same files, or on all files after a bookmark reset, leads to the same silver rows.

Job arguments:
    --bronze_path   s3:// folder of Parquet files, partitioned by ingest_year/ingest_month/ingest_day
    --silver_path   s3:// folder to write, partitioned by event_year/event_month/event_day
"""

import logging
import sys
from collections.abc import Callable, Iterator

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
LOGGER = logging.getLogger("silver_consolidation")

args = getResolvedOptions(sys.argv, ["JOB_NAME", "bronze_path", "silver_path"])
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
spark.conf.set("spark.sql.session.timeZone", "UTC")
job = Job(glue_context)
job.init(args["JOB_NAME"], args)

PARTITIONS = ["event_year", "event_month", "event_day"]
# Which version of an event wins. The gateway never changes an event's own timestamp, so all versions of
# an event lie in one partition.
LATEST_FIRST = [F.col(name).desc() for name in ("received_at", "ingested_at", "processed_at")]
MAX_LOGGED_REJECTS = 20


def select(*columns: Column) -> Callable[[DataFrame], DataFrame]:
    """A projection for ``DataFrame.transform``: these columns, in this order."""
    return lambda frame: frame.select(*columns)


# The nested bronze document as flat, typed columns. Text that is no timestamp becomes null here, and the
# rules below reject it.
flatten = select(
    F.col("event_id"),
    F.col("car_id"),
    F.try_to_timestamp(F.col("event_timestamp")).alias("event_timestamp"),
    F.try_to_timestamp(F.col("received_at")).alias("received_at"),
    F.upper(F.trim(F.col("vehicle_static_info.manufacturer"))).alias("manufacturer"),
    F.trim(F.col("vehicle_static_info.model")).alias("model"),
    F.col("vehicle_static_info.model_year").cast("int").alias("model_year"),
    F.col("vehicle_dynamic_state.engine.data.temperature").alias("engine_temperature"),
    F.col("vehicle_dynamic_state.engine.data.rpm").cast("int").alias("engine_rpm"),
    F.col("vehicle_dynamic_state.fuel.data.level_percent").alias("fuel_level_percent"),
    F.col("vehicle_dynamic_state.tires.data.min_pressure_psi").alias("tire_min_pressure_psi"),
    F.col("vehicle_dynamic_state.odometer.data.total_km").alias("odometer_km"),
    F.col("trip.trip_id").alias("trip_id"),
    F.col("trip.distance_km").alias("trip_distance_km"),
    F.col("trip.fuel_used_liters").alias("trip_fuel_liters"),
    F.col("trip.max_speed_kmh").alias("trip_max_speed_kmh"),
    F.col("source").alias("source_system"),
    F.col("source_file"),
    F.try_to_timestamp(F.col("ingested_at")).alias("ingested_at"),
)

# Fields that bronze must have. Parquet files carry their own schema, so a change at the source shows here
# first.
REQUIRED_FIELDS = frozenset(
    {
        "event_id",
        "car_id",
        "event_timestamp",
        "received_at",
        "source",
        "source_file",
        "ingested_at",
        "vehicle_static_info.manufacturer",
        "vehicle_static_info.model",
        "vehicle_static_info.model_year",
        "vehicle_dynamic_state.engine.data.temperature",
        "vehicle_dynamic_state.engine.data.rpm",
        "vehicle_dynamic_state.fuel.data.level_percent",
        "vehicle_dynamic_state.tires.data.min_pressure_psi",
        "vehicle_dynamic_state.odometer.data.total_km",
        "trip.trip_id",
        "trip.distance_km",
        "trip.fuel_used_liters",
        "trip.max_speed_kmh",
    }
)

# What the catalog's tables, the gold jobs and the dashboards rely on: silver's columns with their types.
SILVER_COLUMNS = {
    "event_id": "string",
    "car_id": "string",
    "event_timestamp": "timestamp",
    "received_at": "timestamp",
    "manufacturer": "string",
    "model": "string",
    "model_year": "int",
    "engine_temperature": "double",
    "engine_rpm": "int",
    "fuel_level_percent": "double",
    "tire_min_pressure_psi": "double",
    "odometer_km": "double",
    "trip_id": "string",
    "trip_distance_km": "double",
    "trip_fuel_liters": "double",
    "trip_max_speed_kmh": "double",
    "source_system": "string",
    "source_file": "string",
    "ingested_at": "timestamp",
    "trip_km_per_liter": "double",
    "processed_at": "timestamp",
} | dict.fromkeys(PARTITIONS, "string")


def between(column: str, low: float, high: float) -> Column:
    """True where the reading lies in the range that the sensor can report; an absent reading is fine."""
    return F.col(column).isNull() | F.col(column).between(low, high)


# What every silver row fulfils, in the order of checking: an event is rejected by the first rule it breaks.
RULES = {
    "event_id is missing": F.col("event_id").isNotNull() & (F.length("event_id") > 0),
    "car_id is not a VIN": F.coalesce(F.col("car_id").rlike("^[A-HJ-NPR-Z0-9]{17}$"), F.lit(False)),
    "event_timestamp is no timestamp": F.col("event_timestamp").isNotNull(),
    "received_at is no timestamp": F.col("received_at").isNotNull(),
    "received before it happened": F.col("received_at") >= F.col("event_timestamp"),
    "model_year out of range": between("model_year", 1980, 2100),
    "engine_temperature out of range": between("engine_temperature", -40, 150),
    "engine_rpm out of range": between("engine_rpm", 0, 9000),
    "fuel_level_percent out of range": between("fuel_level_percent", 0, 100),
    "tire_min_pressure_psi out of range": between("tire_min_pressure_psi", 0, 60),
    "odometer_km is negative": between("odometer_km", 0, 2_000_000),
    "trip_distance_km is negative": between("trip_distance_km", 0, 5_000),
    "trip_fuel_liters is negative": between("trip_fuel_liters", 0, 500),
    "trip_max_speed_kmh out of range": between("trip_max_speed_kmh", 0, 350),
}

# More rejects than this is a fault at the source, not noise: the run fails and leaves silver as it is.
MAX_REJECTED_SHARE = 0.5


def broken_rule() -> Column:
    """Name of the first rule that a row breaks, or null."""
    return F.coalesce(*(F.when(~rule, F.lit(name)) for name, rule in RULES.items()))


def read_new_events() -> DataFrame | None:
    """The bronze documents that no committed run has read yet; None where there are none."""
    new_files = glue_context.create_dynamic_frame.from_options(
        connection_type="s3",
        connection_options={"paths": [args["bronze_path"]], "recurse": True},
        format="parquet",
        transformation_ctx="bronze_events",
    )
    documents = new_files.toDF()
    return None if documents.isEmpty() else documents


def field_paths(schema: StructType, prefix: str = "") -> Iterator[str]:
    """Dotted paths of a schema's fields, those inside structs included."""
    for field in schema.fields:
        yield f"{prefix}{field.name}"
        if isinstance(field.dataType, StructType):
            yield from field_paths(field.dataType, f"{prefix}{field.name}.")


def require_fields(documents: DataFrame) -> None:
    """Fail with the names of all missing fields, which says more than Spark's first unresolved column."""
    missing = sorted(REQUIRED_FIELDS - set(field_paths(documents.schema)))
    if missing:
        raise ValueError(f"{args['bronze_path']} has no field {', '.join(missing)}")


def report_rejects(checked: DataFrame) -> int:
    """Log how many events each rule rejected, and some of them by id; returns how many there were."""
    rejects = checked.filter(F.col("broken_rule").isNotNull())
    counts = {row["broken_rule"]: row["count"] for row in rejects.groupBy("broken_rule").count().collect()}
    for rule, count in sorted(counts.items()):
        LOGGER.warning("%d event(s) rejected: %s", count, rule)
    for row in rejects.limit(MAX_LOGGED_REJECTS).collect() if counts else []:
        LOGGER.warning("Rejected %s of %s: %s", row["event_id"], row["source_file"], row["broken_rule"])
    return sum(counts.values())


def enrich(events: DataFrame) -> DataFrame:
    """Add what silver derives: fuel efficiency of the trip, time of processing, partition columns."""
    liters = F.col("trip_fuel_liters")
    return events.withColumns(
        {
            "trip_km_per_liter": F.when(liters > 0, F.round(F.col("trip_distance_km") / liters, 3)),
            "processed_at": F.current_timestamp(),
            "event_year": F.date_format("event_timestamp", "yyyy"),
            "event_month": F.date_format("event_timestamp", "MM"),
            "event_day": F.date_format("event_timestamp", "dd"),
        }
    )


def require_contract(events: DataFrame) -> None:
    """Fail before anything is written when a column's name or type isn't what silver promises."""
    actual = dict(events.dtypes)
    if actual != SILVER_COLUMNS:
        differing = sorted(name for name, _ in actual.items() ^ SILVER_COLUMNS.items())
        raise TypeError(f"silver's columns would change: {', '.join(dict.fromkeys(differing))}")


def silver_rows(days: DataFrame, schema: StructType) -> DataFrame:
    """The rows that silver holds for these days; none before the first run.

    The schema is given, not inferred: partition values stay text ("05", not 5), and columns that older
    files don't have are null.
    """
    try:
        stored = spark.read.schema(schema).parquet(args["silver_path"])
    except AnalysisException as error:
        if error.getErrorClass() != "PATH_NOT_FOUND":
            raise
        return spark.createDataFrame([], schema)
    return stored.join(F.broadcast(days), PARTITIONS, "left_semi").select(*schema.names)


def latest_per_event(events: DataFrame) -> DataFrame:
    """One row per event_id: the version that was received last."""
    versions = Window.partitionBy("event_id").orderBy(*LATEST_FIRST)
    numbered = events.withColumn("version", F.row_number().over(versions))
    return numbered.filter(F.col("version") == 1).drop("version")


def write_days(events: DataFrame) -> None:
    """Replace the partitions that these events fall on, and leave all others alone."""
    (
        events.repartition(*PARTITIONS)
        .sortWithinPartitions("car_id", "event_timestamp")
        .write.mode("overwrite")
        .option("partitionOverwriteMode", "dynamic")
        .option("compression", "snappy")
        .partitionBy(*PARTITIONS)
        .parquet(args["silver_path"])
    )


def verify_days(days: DataFrame, schema: StructType, expected: int) -> None:
    """Read the days back: all rows there, no event twice. Fails before the bookmark moves on."""
    rows, events = silver_rows(days, schema).agg(F.count("*"), F.countDistinct("event_id")).first()
    if rows != expected or events != expected:
        raise RuntimeError(f"silver holds {rows} rows of {events} events for these days, not {expected}")


def consolidate() -> None:
    """Merge what is new in bronze into silver.

    Nothing is written unless the batch is fit for it, and the bookmark moves only after the write was read
    back, so a failed run is repeated on the same files.
    """
    documents = read_new_events()
    if documents is None:
        LOGGER.info("Nothing new in %s", args["bronze_path"])
        return
    require_fields(documents)

    checked = documents.transform(flatten).withColumn("broken_rule", broken_rule()).persist()
    received = checked.count()
    rejected = report_rejects(checked)
    LOGGER.info("%d events received, %d rejected", received, rejected)
    if rejected > received * MAX_REJECTED_SHARE:
        raise ValueError(f"{rejected} of {received} events rejected, silver left as it is")

    fresh = checked.filter(F.col("broken_rule").isNull()).drop("broken_rule").transform(enrich).persist()
    require_contract(fresh)
    days = fresh.select(*PARTITIONS).distinct().persist()
    stored = silver_rows(days, fresh.schema)

    # Counted before the write, which replaces files that this frame is computed from.
    consolidated = fresh.unionByName(stored).transform(latest_per_event).persist()
    kept = consolidated.count()
    write_days(consolidated)
    verify_days(days, fresh.schema, kept)
    LOGGER.info("Silver now holds %d events on these days", kept)


consolidate()
job.commit()
