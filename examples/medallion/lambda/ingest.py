"""Ingestion: one JSON document of car telemetry in the landing bucket becomes one Parquet file in bronze.

Invoked by S3 (ObjectCreated). Needs pyarrow, which the AWS SDK for pandas layer brings on AWS.

S3 delivers an event at least once, so everything about the file that is written comes from the event
itself: its name holds the event's time and a digest of bucket, key, ETag and sequencer. A second delivery
writes the same bytes to the same key. A second upload of the same document is another event and another
file; silver keeps one row per telemetry event.
"""

import hashlib
import io
import json
import logging
import os
from datetime import datetime, timezone
from urllib.parse import unquote_plus

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
from botocore.exceptions import ClientError

logging.basicConfig()  # no effect on Lambda, whose runtime has set up its own handler
LOGGER = logging.getLogger()
LOGGER.setLevel(os.environ.get("LOG_LEVEL", "INFO"))

BRONZE_BUCKET = os.environ["BRONZE_BUCKET"]
BRONZE_PREFIX = os.environ.get("BRONZE_PREFIX", "bronze/car_data/")

s3 = boto3.client("s3")


def data(**readings: pa.DataType) -> pa.DataType:
    """A sensor group as the gateway sends it: its readings inside a `data` object."""
    return pa.struct([("data", pa.struct(list(readings.items())))])


# One event, as sent. Types are fixed here: left to inference, a whole number in one file and a fraction in
# the next would give the table two types. Members that are not listed are dropped, missing ones are null.
EVENT = pa.struct(
    [
        ("event_id", pa.string()),
        ("car_id", pa.string()),
        ("event_timestamp", pa.string()),
        ("received_at", pa.string()),
        (
            "vehicle_static_info",
            pa.struct([("manufacturer", pa.string()), ("model", pa.string()), ("model_year", pa.int32())]),
        ),
        (
            "vehicle_dynamic_state",
            pa.struct(
                [
                    ("engine", data(temperature=pa.float64(), rpm=pa.float64())),
                    ("fuel", data(level_percent=pa.float64())),
                    ("tires", data(min_pressure_psi=pa.float64())),
                    ("odometer", data(total_km=pa.float64())),
                ]
            ),
        ),
        (
            "trip",
            pa.struct(
                [
                    ("trip_id", pa.string()),
                    ("distance_km", pa.float64()),
                    ("fuel_used_liters", pa.float64()),
                    ("max_speed_kmh", pa.float64()),
                ]
            ),
        ),
    ]
)
LINEAGE = [
    ("source", pa.string()),
    ("schema_version", pa.string()),
    ("source_file", pa.string()),
    ("ingested_at", pa.string()),
]
SCHEMA = pa.schema([*EVENT, *(pa.field(name, kind) for name, kind in LINEAGE)])


class BadDocumentError(ValueError):
    """The landed object is not the telemetry document that was agreed on."""


def handler(event: dict, _context: object) -> dict:
    """Convert every object of an S3 event; returns the keys written.

    One bad document does not hold up the others, but fails the invocation in the end, so that Lambda retries
    it and hands it to the failure destination. Repeating the good ones is harmless.
    """
    written, failures = [], []
    for record in event["Records"]:
        try:
            key = ingest(record)
        except BadDocumentError as error:
            LOGGER.error("%s", error)
            failures.append(str(error))
        else:
            written += [key] if key else []
    if failures:
        raise BadDocumentError("; ".join(failures))
    return {"written": written}


def ingest(record: dict) -> str | None:
    """Convert one landed object; returns the bronze key, or None where that object is gone."""
    bucket = record["s3"]["bucket"]["name"]
    landed = record["s3"]["object"]
    key = unquote_plus(landed["key"])  # S3 encodes keys in events like an HTML form
    body = read_landed(bucket, key, landed["eTag"])
    if body is None:
        return None

    event_time = datetime.fromisoformat(record["eventTime"].replace("Z", "+00:00")).astimezone(timezone.utc)
    source_file = f"s3://{bucket}/{key}"
    rows = parse(body, source_file, event_time.isoformat())
    identity = "|".join([source_file, landed["eTag"], landed.get("sequencer", "")])
    target = bronze_key(event_time, hashlib.sha256(identity.encode()).hexdigest()[:8])
    s3.put_object(Bucket=BRONZE_BUCKET, Key=target, Body=to_parquet(rows, source_file))
    LOGGER.info("%d events of %s written to s3://%s/%s", len(rows), source_file, BRONZE_BUCKET, target)
    return target


def read_landed(bucket: str, key: str, etag: str) -> bytes | None:
    """The bytes the event is about. None where they were replaced (that has its own event) or removed."""
    try:
        return s3.get_object(Bucket=bucket, Key=key, IfMatch=f'"{etag}"')["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] not in {"PreconditionFailed", "412", "NoSuchKey"}:
            raise
        LOGGER.warning("s3://%s/%s is gone or was replaced, nothing to do", bucket, key)
        return None


def parse(body: bytes, source_file: str, ingested_at: str) -> list[dict]:
    """The document's events, each with the document's own members and its lineage."""
    try:
        document = json.loads(body)
    except ValueError as error:
        raise BadDocumentError(f"{source_file} is not JSON: {error}") from error
    events = document.get("events") if isinstance(document, dict) else None
    if not isinstance(events, list) or not events or not all(isinstance(item, dict) for item in events):
        raise BadDocumentError(f"{source_file} has no list of events")
    lineage = {
        "source": document.get("source"),
        "schema_version": document.get("schema_version"),
        "source_file": source_file,
        "ingested_at": ingested_at,
    }
    return [{**item, **lineage} for item in events]


def to_parquet(rows: list[dict], source_file: str) -> bytes:
    """The rows as a Parquet file, structs kept."""
    try:
        table = pa.Table.from_pylist(rows, schema=SCHEMA)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise BadDocumentError(f"{source_file} does not fit the schema: {error}") from error
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="snappy")
    return buffer.getvalue()


def bronze_key(event_time: datetime, digest: str) -> str:
    """Where the file goes: partitioned by the day of ingestion (UTC)."""
    return (
        f"{BRONZE_PREFIX}ingest_year={event_time:%Y}/ingest_month={event_time:%m}/ingest_day={event_time:%d}/"
        f"car_data_{event_time:%Y%m%d_%H%M%S}_{digest}.parquet"
    )
