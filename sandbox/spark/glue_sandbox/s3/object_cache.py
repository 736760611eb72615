"""Contents of S3 objects on this machine, shared between runs."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from .objects import S3Object


class ObjectCache:
    """Keeps each object's content in a file named by its fingerprint; runs copy these files.

    Copies, not links: Hadoop overwrites a file of the same name in place, which other runs would see through a
    link. Several processes may use one folder, as files appear in it complete.
    """

    def __init__(self, folder: Path, s3: Any) -> None:
        self._folder = folder
        self._s3 = s3

    def copy(self, item: S3Object, target: Path) -> None:
        """Makes ``target`` a file with the object's content and modification time.

        :raises ClientError: when the object has been deleted since it was listed
        """
        cached = self._folder / item.fingerprint[:2] / item.fingerprint
        if not _is_intact(cached, item):
            self._fetch(item, cached)
        shutil.copy2(cached, target)

    def _fetch(self, item: S3Object, cached: Path) -> None:
        cached.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cached.parent, prefix="new-")
        try:
            with os.fdopen(handle, "wb") as file:
                self._s3.download_fileobj(item.bucket, item.key, file)
            os.chmod(name, 0o644)
            os.utime(name, ns=(_modified_ns(item), _modified_ns(item)))
            os.replace(name, cached)
        except BaseException:
            os.unlink(name)
            raise


def _is_intact(cached: Path, item: S3Object) -> bool:
    try:
        found = cached.stat()
    except FileNotFoundError:
        return False
    return found.st_size == item.size and found.st_mtime_ns == _modified_ns(item)


def _modified_ns(item: S3Object) -> int:
    return int(item.last_modified.timestamp() * 1000) * 1_000_000
