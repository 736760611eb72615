"""The specification of a crawl, as the Glue front writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..s3.client import Endpoint


@dataclass(frozen=True)
class Target:
    """An include path and its exclude patterns."""

    path: str
    exclusions: tuple[str, ...]


@dataclass(frozen=True)
class CrawlSpec:
    endpoint: Endpoint
    targets: tuple[Target, ...]
    # Files to look at in each leaf folder; None for all.
    sample_size: int | None
    table_prefix: str
    # Depth of tables' folders, the bucket being 1; None to find out.
    table_level: int | None
    combine_compatible: bool
    result_file: Path


def read_crawl_spec(path: Path) -> CrawlSpec:
    given = json.loads(path.read_text("utf-8"))
    return CrawlSpec(
        endpoint=Endpoint.from_spec(given),
        targets=tuple(Target(target["path"], tuple(target["exclusions"])) for target in given["targets"]),
        sample_size=given["sampleSize"],
        table_prefix=given["tablePrefix"],
        table_level=given["tableLevel"],
        combine_compatible=given["grouping"] == "CombineCompatibleSchemas",
        result_file=Path(given["resultFile"]),
    )
