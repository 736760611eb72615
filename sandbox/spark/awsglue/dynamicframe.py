"""``DynamicFrame`` over a Spark DataFrame: every column has one type, there are no choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame

from glue_sandbox.etl.field_paths import column_at, drop_path, has_path, parse_path, put, select_paths
from glue_sandbox.etl.glue_schema import glue_type, tree_string
from glue_sandbox.etl.joining import join_frames
from glue_sandbox.etl.mapping import apply_mapping, resolve_choices
from glue_sandbox.etl.records import filter_records, map_records
from glue_sandbox.etl.unsupported import refuse, refusing

from .frame_access import DynamicFrameReader, DynamicFrameWriter

if TYPE_CHECKING:
    from .context import GlueContext

__all__ = ["DynamicFrame", "DynamicFrameCollection", "DynamicFrameReader", "DynamicFrameWriter"]


@refusing(
    "assertErrorThreshold",
    "errorsAsDynamicFrame",
    "errorsCount",
    "mapPartitions",
    "mapPartitionsWithIndex",
    "mergeDynamicFrame",
    "relationalize",
    "simplify_ddb_json",
    "spigot",
    "split_rows",
    "stageErrorsCount",
    "unbox",
    "unnest",
    "unnest_ddb_json",
    "with_frame_schema",
)
class DynamicFrame:
    """Further arguments of the methods (transformation_ctx, info, thresholds) change nothing here."""

    def __init__(self, frame: DataFrame, glue_ctx: GlueContext, name: str = "") -> None:
        self._frame = frame
        self.glue_ctx = glue_ctx
        self.name = name

    @classmethod
    def fromDF(cls, dataframe: DataFrame, glue_ctx: GlueContext, name: str = "") -> DynamicFrame:  # noqa: N802
        return cls(dataframe, glue_ctx, name)

    def toDF(self, options: Sequence[Any] | None = None) -> DataFrame:  # noqa: N802
        if options:
            refuse("DynamicFrame.toDF with ResolveOptions")
        return self._frame

    def schema(self) -> Any:
        """As ``awsglue.gluetypes.StructType``."""
        return glue_type(self._frame.schema)

    def printSchema(self) -> None:  # noqa: N802
        print(tree_string(self.schema()) + "\n")

    def show(self, num_rows: int = 20) -> None:
        """One JSON object per record."""
        for record in self._frame.limit(num_rows).toJSON().collect():
            print(record)

    def count(self) -> int:
        return self._frame.count()

    def filter(self, f: Callable[[Any], Any], *_: Any, **__: Any) -> DynamicFrame:
        return self._with(filter_records(self._frame, f))

    def map(self, f: Callable[[Any], Any], *_: Any, **__: Any) -> DynamicFrame:
        return self._with(map_records(self._frame, f))

    def select_fields(self, paths: str | Iterable[str], *_: Any, **__: Any) -> DynamicFrame:
        return self._with(select_paths(self._frame, map(parse_path, _listed(paths))))

    def drop_fields(self, paths: str | Iterable[str], *_: Any, **__: Any) -> DynamicFrame:
        frame = self._frame
        for path in _listed(paths):
            frame = drop_path(frame, parse_path(path))
        return self._with(frame)

    def split_fields(
        self, paths: str | Iterable[str], name1: str, name2: str, *_: Any, **__: Any
    ) -> DynamicFrameCollection:
        chosen = _listed(paths)
        parts = {name1: self.select_fields(chosen), name2: self.drop_fields(chosen)}
        return DynamicFrameCollection(parts, self.glue_ctx)

    def rename_field(self, oldName: str, newName: str, *_: Any, **__: Any) -> DynamicFrame:  # noqa: N803
        old, new = parse_path(oldName), parse_path(newName)
        if not has_path(self._frame.schema, old):
            return self
        if len(old) == len(new) == 1:
            return self._with(self._frame.withColumnRenamed(old[0], new[0]))
        return self._with(drop_path(put(self._frame, new, column_at(old)), old))

    def apply_mapping(self, mappings: Any, case_sensitive: bool = False, *_: Any, **__: Any) -> DynamicFrame:
        listed = [mappings] if isinstance(mappings, tuple) else mappings
        return self._with(apply_mapping(self._frame, listed))

    def applyMapping(self, *args: Any, **kwargs: Any) -> DynamicFrame:  # noqa: N802
        own = args[1:] if args and isinstance(args[0], DynamicFrame) else args
        return self.apply_mapping(*own, **kwargs)

    def resolveChoice(self, specs: Any = None, choice: str = "", *_: Any, **__: Any) -> DynamicFrame:  # noqa: N802
        if specs is None and not choice:
            raise Exception("Parameter specs and option are both missing, add one.")
        if specs is not None and choice:
            raise Exception("Parameter specs and option are both specified, choose one.")
        if choice.lower() == "match_catalog":
            refuse("resolveChoice choice match_catalog")
        listed = [specs] if isinstance(specs, tuple) else specs or []
        return self._with(resolve_choices(self._frame, listed))

    def join(
        self,
        paths1: str | Iterable[str],
        paths2: str | Iterable[str],
        frame2: DynamicFrame,
        *_: Any,
        **__: Any,
    ) -> DynamicFrame:
        joined = join_frames(self._frame, frame2._frame, _listed(paths1), _listed(paths2))
        return DynamicFrame(joined, self.glue_ctx, self.name + frame2.name)

    def union(self, other_frame: DynamicFrame, *_: Any, **__: Any) -> DynamicFrame:
        return self._with(self._frame.unionByName(other_frame._frame, allowMissingColumns=True))

    def repartition(self, num_partitions: int, *_: Any, **__: Any) -> DynamicFrame:
        return self._with(self._frame.repartition(num_partitions))

    def coalesce(self, num_partitions: int, shuffle: bool = False, *_: Any, **__: Any) -> DynamicFrame:
        return self._with(
            self._frame.repartition(num_partitions) if shuffle else self._frame.coalesce(num_partitions)
        )

    def getNumPartitions(self) -> int:  # noqa: N802
        return self._frame.rdd.getNumPartitions()

    def write(self, *args: Any, **kwargs: Any) -> DynamicFrame:
        return self.glue_ctx.write_dynamic_frame_from_options(self, *args, **kwargs)

    def _with(self, frame: DataFrame) -> DynamicFrame:
        return DynamicFrame(frame, self.glue_ctx, self.name)


@refusing("flatmap")
class DynamicFrameCollection:
    """DynamicFrames by name."""

    def __init__(
        self, dynamic_frames: Mapping[str, DynamicFrame] | list[DynamicFrame], glue_ctx: GlueContext
    ) -> None:
        if isinstance(dynamic_frames, list):
            dynamic_frames = {frame.name: frame for frame in dynamic_frames}
        self._frames = dict(dynamic_frames)
        self._glue_ctx = glue_ctx

    def __getitem__(self, key: str) -> DynamicFrame:
        return self._frames[key]

    def __len__(self) -> int:
        return len(self._frames)

    def keys(self) -> Iterable[str]:
        return self._frames.keys()

    def values(self) -> Iterable[DynamicFrame]:
        return self._frames.values()

    def select(self, key: str, transformation_ctx: str = "") -> DynamicFrame:
        return self._frames[key]

    def map(self, callable: Callable[[DynamicFrame, str], DynamicFrame], transformation_ctx: str = "") -> Any:
        frames = {key: callable(frame, f"{transformation_ctx}:{key}") for key, frame in self._frames.items()}
        return DynamicFrameCollection(frames, self._glue_ctx)


def _listed(paths: str | Iterable[str]) -> list[str]:
    return [paths] if isinstance(paths, str) else list(paths)
