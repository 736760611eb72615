"""S3 objects of a Glue source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from ..crawl.exclusions import exclusion
from ..run.context import RunContext
from ..s3.local_files import data_files
from ..s3.mirror import Mirror
from ..s3.objects import S3Object, split_url


def source_files(
    context: RunContext,
    urls: Iterable[str],
    transformation_ctx: str,
    options: Mapping[str, Any],
    recurse: bool,
) -> list[str]:
    """URLs of the objects to read: below the given ones, not excluded, and new to the job's bookmark."""
    patterns = [exclusion(_relative(glob)) for glob in _exclusions(options)]
    listed = [item for url in urls for item in _below(context.mirror, url, recurse)]
    wanted = [item for item in listed if not any(pattern.fullmatch(item.key) for pattern in patterns)]
    written = [item for item in wanted if context.mirror.object(item.bucket, item.key) is None]
    stored = [item for item in wanted if context.mirror.object(item.bucket, item.key) is not None]
    fresh = context.bookmark.select_new(transformation_ctx, stored)
    return [item.url for item in (*fresh, *written)]


def _below(mirror: Mirror, url: str, recurse: bool) -> list[S3Object]:
    bucket, key = split_url(url)
    mirror.fetch([bucket])
    folder = key.rstrip("/") + "/" if key else ""
    return [
        item
        for item in _local_objects(mirror, bucket)
        if item.key == key or (item.key.startswith(folder) and _counts(item.key[len(folder) :], recurse))
    ]


def _local_objects(mirror: Mirror, bucket: str) -> list[S3Object]:
    """The bucket's objects as this run sees them: as fetched, and what it has written itself."""
    found: list[S3Object] = []
    for key, path in data_files(mirror.folder(bucket)):
        if path.stat().st_size > 0:
            fetched = mirror.object(bucket, key)
            found.append(
                fetched or S3Object(bucket, key, "", path.stat().st_size, datetime.now(timezone.utc))
            )
    return sorted(found, key=lambda item: item.key)


def _counts(relative: str, recurse: bool) -> bool:
    if any(part.startswith(("_", ".")) for part in relative.split("/")):
        return False
    return recurse or all("=" in part for part in relative.split("/")[:-1])


def _exclusions(options: Mapping[str, Any]) -> list[str]:
    """A JSON list in a string, as Glue takes it."""
    given = options.get("exclusions", "[]")
    return json.loads(given) if isinstance(given, str) else list(given)


def _relative(glob: str) -> str:
    """Patterns may be written with the bucket or without it."""
    return re.sub(r"^s3[an]?://[^/]+/", "", glob)
