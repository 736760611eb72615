"""The ``from_options`` and ``from_catalog`` objects of a GlueContext."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glue_sandbox.etl.unsupported import refusing

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from .context import GlueContext
    from .dynamicframe import DynamicFrame


class DynamicFrameReader:
    """``glueContext.create_dynamic_frame``"""

    def __init__(self, glue_context: GlueContext) -> None:
        self._glue_context = glue_context

    def from_rdd(self, data: Any, name: str, schema: Any = None, sampleRatio: Any = None) -> DynamicFrame:  # noqa: N803
        return self._glue_context.create_dynamic_frame_from_rdd(data, name, schema, sampleRatio)

    def from_options(self, *args: Any, **kwargs: Any) -> DynamicFrame:
        return self._glue_context.create_dynamic_frame_from_options(*args, **kwargs)

    def from_catalog(self, *args: Any, **kwargs: Any) -> DynamicFrame:
        return self._glue_context.create_dynamic_frame_from_catalog(*args, **kwargs)


class DataFrameReader:
    """``glueContext.create_data_frame``"""

    def __init__(self, glue_context: GlueContext) -> None:
        self._glue_context = glue_context

    def from_options(self, *args: Any, **kwargs: Any) -> DataFrame:
        return self._glue_context.create_data_frame_from_options(*args, **kwargs)

    def from_catalog(self, *args: Any, **kwargs: Any) -> DataFrame:
        return self._glue_context.create_data_frame_from_catalog(*args, **kwargs)


@refusing("from_jdbc_conf")
class DynamicFrameWriter:
    """``glueContext.write_dynamic_frame``"""

    def __init__(self, glue_context: GlueContext) -> None:
        self._glue_context = glue_context

    def from_options(self, *args: Any, **kwargs: Any) -> DynamicFrame:
        return self._glue_context.write_dynamic_frame_from_options(*args, **kwargs)

    def from_catalog(self, *args: Any, **kwargs: Any) -> DynamicFrame:
        return self._glue_context.write_dynamic_frame_from_catalog(*args, **kwargs)


@refusing("from_options", "from_catalog", "from_jdbc_conf")
class DataFrameWriter:
    """``glueContext.write_data_frame``"""
