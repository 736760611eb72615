"""Which local files stand for S3 objects, and where."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

# Left behind by writers that have not finished, or never written to S3 by Glue.
UNFINISHED = ("_temporary", ".spark-staging", ".hive-staging")

FileState = tuple[int, int, int]


def file_state(path: Path) -> FileState:
    """Tells a file from its former content: inode, modification time, size."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def local_path(folder: Path, key: str) -> Path | None:
    """Where a key's content lies; none for keys that no file system path spells, such as ``a//b``."""
    parts = key.removesuffix("/").split("/")
    if any(part in {"", ".", ".."} or "\0" in part or len(os.fsencode(part)) > 255 for part in parts):
        return None
    return folder.joinpath(*parts)


def data_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Key and path of every finished file below a bucket's folder."""
    for parent, names, files in os.walk(folder):
        names[:] = [name for name in names if not name.startswith(UNFINISHED)]
        for name in files:
            if name.endswith(".crc") and name.startswith("."):
                continue
            path = Path(parent, name)
            yield path.relative_to(folder).as_posix(), path
