"""Hive classes per format, as crawlers write them."""

from __future__ import annotations

from typing import Any

from .file_schema import FileSchema

HIVE = "org.apache.hadoop.hive"
PARQUET_FORMAT = f"{HIVE}.ql.io.parquet.MapredParquet"
TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat"
TEXT_OUTPUT = f"{HIVE}.ql.io.HiveIgnoreKeyTextOutputFormat"


def storage_descriptor(schema: FileSchema) -> dict[str, Any]:
    """A Glue StorageDescriptor but for Columns, Location and Parameters."""
    input_format, output_format, library, parameters = _classes(schema)
    return {
        "InputFormat": input_format,
        "OutputFormat": output_format,
        "Compressed": "compressionType" in schema.parameters,
        "NumberOfBuckets": -1,
        "SerdeInfo": {"SerializationLibrary": library, "Parameters": parameters},
        "BucketColumns": [],
        "SortColumns": [],
        "StoredAsSubDirectories": False,
    }


def _classes(schema: FileSchema) -> tuple[str, str, str, dict[str, str]]:
    if schema.classification == "parquet":
        library = f"{HIVE}.ql.io.parquet.serde.ParquetHiveSerDe"
        return (
            f"{PARQUET_FORMAT}InputFormat",
            f"{PARQUET_FORMAT}OutputFormat",
            library,
            {"serialization.format": "1"},
        )
    if schema.classification == "json":
        paths = ",".join(sorted(schema.columns))
        return TEXT_INPUT, TEXT_OUTPUT, "org.openx.data.jsonserde.JsonSerDe", {"paths": paths}
    delimiter = schema.parameters["delimiter"]
    return TEXT_INPUT, TEXT_OUTPUT, f"{HIVE}.serde2.lazy.LazySimpleSerDe", {"field.delim": delimiter}
