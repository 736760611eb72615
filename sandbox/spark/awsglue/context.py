"""``GlueContext``: frames from S3 and the Data Catalog, and back."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping
from typing import Any

from pyspark import SparkContext
from pyspark.sql import DataFrame, SparkSession, SQLContext

from glue_sandbox.etl.catalog_source import read_table
from glue_sandbox.etl.data_catalog import CatalogTable, DataCatalog
from glue_sandbox.etl.glue_logger import GlueLogger
from glue_sandbox.etl.record_utils import JvmWithRecordUtils
from glue_sandbox.etl.s3_frames import read_s3, write_s3, write_table
from glue_sandbox.etl.unsupported import check_options, refuse, refusing
from glue_sandbox.run.context import current

from .dynamicframe import DynamicFrame
from .frame_access import DataFrameReader, DataFrameWriter, DynamicFrameReader, DynamicFrameWriter

Options = Mapping[str, Any]


@refusing(
    "getSource",
    "getStreamingSource",
    "getSink",
    "get_catalog_schema_as_spark_schema",
    "create_sample_dynamic_frame_from_catalog",
    "create_sample_dynamic_frame_from_options",
    "write_dynamic_frame_from_jdbc_conf",
    "write_from_jdbc_conf",
    "write_data_frame_from_catalog",
    "convert_resolve_option",
    "extract_jdbc_conf",
    "purge_table",
    "purge_s3_path",
    "transition_table",
    "transition_s3_path",
    "getSampleStreamingDynamicFrame",
    "forEachBatch",
    "add_ingestion_time_columns",
    "start_transaction",
    "commit_transaction",
    "cancel_transaction",
)
class GlueContext(SQLContext):
    """:param sparkContext: a SparkContext or a SparkSession"""

    def __init__(self, sparkContext: Any = None, **options: Any) -> None:  # noqa: N803
        check_options("GlueContext", options, ("minPartitions", "targetPartitions"))
        session = (
            sparkContext if isinstance(sparkContext, SparkSession) else SparkSession.builder.getOrCreate()
        )
        context: SparkContext = session.sparkContext
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # SQLContext is what Glue's class extends, too
            super().__init__(context, session)
        self._jvm = JvmWithRecordUtils(context._jvm)
        self.spark_session = session
        self.create_dynamic_frame = DynamicFrameReader(self)
        self.create_data_frame = DataFrameReader(self)
        self.write_dynamic_frame = DynamicFrameWriter(self)
        self.write_data_frame = DataFrameWriter()
        self._logger = GlueLogger()

    def create_dynamic_frame_from_rdd(
        self, data: Any, name: str, schema: Any = None, sample_ratio: Any = None, transformation_ctx: str = ""
    ) -> DynamicFrame:
        return DynamicFrame(self.spark_session.createDataFrame(data, schema, sample_ratio), self, name)

    def create_dynamic_frame_from_options(
        self,
        connection_type: str,
        connection_options: Options = {},
        format: str | None = None,
        format_options: Options = {},
        transformation_ctx: str = "",
        push_down_predicate: str = "",
        **kwargs: Any,
    ) -> DynamicFrame:
        if connection_type not in ("s3", *_FORMATS_AS_TYPES):
            refuse(f"Connection type {connection_type}")
        if push_down_predicate or kwargs:
            refuse("push_down_predicate for a source that is no catalog table")
        name = format or _FORMATS_AS_TYPES.get(connection_type)
        spark = self.spark_session
        frame = read_s3(spark, current(), name, connection_options, format_options, transformation_ctx)
        return DynamicFrame(frame, self, transformation_ctx)

    def create_dynamic_frame_from_catalog(
        self,
        database: str | None = None,
        table_name: str | None = None,
        redshift_tmp_dir: str = "",
        transformation_ctx: str = "",
        push_down_predicate: str = "",
        additional_options: Options = {},
        catalog_id: str | None = None,
        **kwargs: Any,
    ) -> DynamicFrame:
        table = self._table(database, table_name, kwargs)
        check_options("Catalog source", additional_options, _CATALOG_OPTIONS)
        predicate = push_down_predicate or additional_options.get("catalogPartitionPredicate", "")
        spark = self.spark_session
        frame = read_table(spark, current(), table, predicate, transformation_ctx, additional_options)
        return DynamicFrame(frame, self, table.name)

    def create_data_frame_from_options(self, *args: Any, **kwargs: Any) -> DataFrame:
        return self.create_dynamic_frame_from_options(*args, **kwargs).toDF()

    def create_data_frame_from_catalog(self, *args: Any, **kwargs: Any) -> DataFrame:
        return self.create_dynamic_frame_from_catalog(*args, **kwargs).toDF()

    def write_dynamic_frame_from_options(
        self,
        frame: DynamicFrame,
        connection_type: str,
        connection_options: Options = {},
        format: str | None = None,
        format_options: Options = {},
        transformation_ctx: str = "",
    ) -> DynamicFrame:
        if not isinstance(frame, DynamicFrame):
            raise TypeError(f"frame_or_dfc must be DynamicFrame orDynamicFrameCollection. Got {type(frame)}")
        if connection_type != "s3":
            refuse(f"Connection type {connection_type}")
        write_s3(frame.toDF(), format, connection_options, format_options)
        return frame

    write_from_options = write_dynamic_frame_from_options

    def write_dynamic_frame_from_catalog(
        self,
        frame: DynamicFrame,
        database: str | None = None,
        table_name: str | None = None,
        redshift_tmp_dir: str = "",
        transformation_ctx: str = "",
        additional_options: Options = {},
        catalog_id: str | None = None,
        **kwargs: Any,
    ) -> DynamicFrame:
        check_options("Catalog sink", additional_options, ("partitionKeys",))
        write_table(frame.toDF(), self._table(database, table_name, kwargs))
        return frame

    def get_logger(self) -> GlueLogger:
        return self._logger

    def currentTimeMillis(self) -> int:  # noqa: N802
        return round(time.time() * 1000)

    def _table(self, database: str | None, table_name: str | None, kwargs: dict[str, Any]) -> CatalogTable:
        name_space = kwargs.pop("name_space", None)
        if database is not None and name_space is not None:
            raise Exception("Parameter name_space and database are both specified, choose one.")
        if database is None and name_space is None:
            raise Exception("Parameter name_space or database is missing.")
        if table_name is None:
            raise Exception("Parameter table_name is missing.")
        check_options("Catalog", kwargs, ())
        return DataCatalog(current().endpoint).table(str(database or name_space), table_name)


# ``create_dynamic_frame.from_options("parquet", …)`` is an older spelling.
_FORMATS_AS_TYPES = {"parquet": "parquet", "orc": "orc"}
_CATALOG_OPTIONS = (
    "catalogPartitionPredicate",
    "exclusions",
    "groupFiles",
    "groupSize",
    "maxBand",
    "maxFilesInBand",
    "recurse",
    "useS3ListImplementation",
)
