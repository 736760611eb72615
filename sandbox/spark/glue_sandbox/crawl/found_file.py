"""The files of a target that count."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from ..s3.objects import S3Object, list_objects, split_url
from .classify import classify
from .exclusions import exclusion
from .file_schema import FileSchema
from .spec import Target

THREADS = 8


@dataclass(frozen=True)
class FoundFile:
    """An object and its schema; the schema is None where it was not looked at."""

    item: S3Object
    schema: FileSchema | None

    @property
    def folder(self) -> tuple[str, ...]:
        """Bucket, then the folders of the key."""
        return (self.item.bucket, *self.item.key.split("/")[:-1])


def list_target(s3: Any, target: Target) -> list[S3Object]:
    """The target's objects without hidden files, folder markers, empty files and exclusions."""
    bucket, key = split_url(target.path)
    folder = key.rstrip("/") + "/" if key.strip("/") else ""
    patterns = [exclusion(pattern) for pattern in target.exclusions]
    listed = list_objects(s3, bucket, key.rstrip("/"))
    objects = [item for item in listed if item.key.startswith(folder) or item.key == key]
    return [item for item in objects if item.size > 0 and _counts(item, folder, patterns)]


def look_at(s3: Any, objects: list[S3Object], sample_size: int | None) -> tuple[list[FoundFile], list[str]]:
    """The files that classifiers recognise, and a message about each one that they do not."""
    sampled = _sample(objects, sample_size)
    with ThreadPoolExecutor(THREADS) as pool:
        schemas = dict(zip(sampled, pool.map(lambda item: _schema(s3, item), sampled)))
    unknown = {item for item, schema in schemas.items() if schema is None}
    files = [FoundFile(item, schemas.get(item)) for item in objects if item not in unknown]
    messages = [f"No classifier recognises {item.url}" for item in objects if item in unknown]
    return files, messages


def _schema(s3: Any, item: S3Object) -> FileSchema | None:
    """None for a broken file, too: it does not fail the crawl of all others."""
    try:
        return classify(s3, item)
    except (ValueError, OSError, zlib.error, RecursionError):
        return None


def _counts(item: S3Object, folder: str, patterns: list[Any]) -> bool:
    relative = item.key[len(folder) :] if item.key.startswith(folder) else item.key.rsplit("/", 1)[-1]
    if any(part.startswith(("_", ".")) for part in relative.split("/")):
        return False
    return not (item.key.endswith("/") or any(pattern.fullmatch(relative) for pattern in patterns))


def _sample(objects: list[S3Object], size: int | None) -> list[S3Object]:
    """The first files of each folder."""
    if size is None:
        return objects
    taken: dict[str, int] = {}
    sampled: list[S3Object] = []
    for item in objects:
        folder = item.url.rsplit("/", 1)[0]
        taken[folder] = taken.get(folder, 0) + 1
        if taken[folder] <= size:
            sampled.append(item)
    return sampled
