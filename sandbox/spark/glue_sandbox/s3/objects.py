"""S3 objects as listed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class S3Object:
    """One line of ListObjectsV2."""

    bucket: str
    key: str
    etag: str
    size: int
    last_modified: datetime

    @property
    def url(self) -> str:
        return f"s3://{self.bucket}/{self.key}"

    @property
    def is_folder_marker(self) -> bool:
        """Consoles and Hadoop leave zero-byte objects behind that stand for folders."""
        return self.size == 0 and self.key.endswith(("/", "_$folder$"))

    @property
    def fingerprint(self) -> str:
        """Names this content at this time; the same for equal objects of different keys."""
        text = f"{self.etag} {self.size} {self.last_modified.timestamp()}"
        return hashlib.sha256(text.encode()).hexdigest()


def list_objects(s3: Any, bucket: str, prefix: str = "") -> Iterator[S3Object]:
    """All objects below a prefix, by key."""
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for item in page.get("Contents", []):
            yield S3Object(bucket, item["Key"], item["ETag"].strip('"'), item["Size"], item["LastModified"])


def list_buckets(s3: Any) -> list[str]:
    return [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]


def split_url(url: str) -> tuple[str, str]:
    """Bucket and key of an ``s3://``, ``s3a://`` or ``s3n://`` URL.

    :raises ValueError: for any other URL
    """
    scheme, separator, rest = url.partition("://")
    bucket, _, key = rest.partition("/")
    if not separator or scheme not in {"s3", "s3a", "s3n"} or not bucket:
        raise ValueError(f"Not an S3 URL: {url}")
    return bucket, key
