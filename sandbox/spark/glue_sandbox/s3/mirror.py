"""Buckets as local folders: fetched before a run, pushed after it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from .local_files import FileState, data_files, file_state, local_path
from .object_cache import ObjectCache
from .objects import S3Object, list_objects

THREADS = 8
DELETE_BATCH = 1000
GONE = {"404", "NoSuchKey"}


class Mirror:
    """A run's local copies of buckets, one folder each below ``root``.

    ``push`` uploads what is new or changed since the fetch or the last push, and deletes objects whose files
    are gone. Objects that somebody else changes meanwhile, and that the run leaves alone, stay as they are.
    """

    def __init__(self, s3: Any, root: Path, cache_folder: Path, buckets: Iterable[str]) -> None:
        self._s3 = s3
        self._root = root
        self._cache = ObjectCache(cache_folder, s3)
        self._buckets = tuple(buckets)
        self._fetched: set[str] = set()
        self._objects: dict[tuple[str, str], S3Object] = {}
        self._files: dict[tuple[str, str], FileState] = {}
        self._lock = threading.RLock()
        for bucket in self._buckets:
            self.folder(bucket).mkdir(parents=True, exist_ok=True)

    @property
    def buckets(self) -> tuple[str, ...]:
        """All buckets there are, fetched or not."""
        return self._buckets

    def folder(self, bucket: str) -> Path:
        return self._root / bucket

    def object(self, bucket: str, key: str) -> S3Object | None:
        """The object as fetched; none for a file that the run wrote."""
        return self._objects.get((bucket, key))

    def fetch(self, buckets: Iterable[str]) -> None:
        """Brings the content of those of the buckets that are not here yet."""
        with self._lock:
            wanted = [name for name in self._buckets if name in set(buckets) - self._fetched]
            self._fetched.update(wanted)
            objects = [item for bucket in wanted for item in list_objects(self._s3, bucket)]
            with ThreadPoolExecutor(THREADS) as pool:
                list(pool.map(self._place, objects))

    def push(self) -> None:
        """Brings S3 to what the folders hold."""
        with self._lock:
            found = {
                (bucket, key): path
                for bucket in self._buckets
                for key, path in data_files(self.folder(bucket))
            }
            changed = [at for at, path in found.items() if self._files.get(at) != file_state(path)]
            gone = [at for at in self._files if at not in found]
            with ThreadPoolExecutor(THREADS) as pool:
                list(pool.map(lambda at: self._upload(at, found[at]), changed))
            self._delete(gone + self._markers_without_folder())

    def _place(self, item: S3Object) -> None:
        at = (item.bucket, item.key)
        path = local_path(self.folder(item.bucket), item.key)
        if path is None or (item.key.endswith("/") and not item.is_folder_marker):
            return _warn(f"{item.url} has no equivalent as a local file and is not visible to Spark")
        try:
            if item.is_folder_marker:
                (path if item.key.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._cache.copy(item, path)
                self._files[at] = file_state(path)
            self._objects[at] = item
        except ClientError as error:
            # Deleted since it was listed, for example by another run that overwrites its own folder.
            if error.response["Error"]["Code"] not in GONE:
                raise
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            _warn(f"{item.url} is both an object and a folder of objects; Spark sees only one of them")

    def _upload(self, at: tuple[str, str], path: Path) -> None:
        state = file_state(path)
        self._s3.upload_file(str(path), *at)
        self._files[at] = state
        self._objects.pop(at, None)

    def _markers_without_folder(self) -> list[tuple[str, str]]:
        return [
            (bucket, key)
            for (bucket, key), item in self._objects.items()
            if item.is_folder_marker and key.endswith("/") and not (self.folder(bucket) / key).is_dir()
        ]

    def _delete(self, places: list[tuple[str, str]]) -> None:
        for bucket in {bucket for bucket, _ in places}:
            keys = [key for name, key in places if name == bucket]
            for start in range(0, len(keys), DELETE_BATCH):
                batch = [{"Key": key} for key in keys[start : start + DELETE_BATCH]]
                answer = self._s3.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True})
                for error in answer.get("Errors", []):
                    raise PermissionError(f"s3://{bucket}/{error['Key']}: {error['Code']} {error['Message']}")
        for at in places:
            self._files.pop(at, None)
            self._objects.pop(at, None)


def _warn(message: str) -> None:
    print(f"WARN sandbox: {message}", file=sys.stderr)
