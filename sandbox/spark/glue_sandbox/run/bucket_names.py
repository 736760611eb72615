"""Which buckets a run needs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

# A URL's bucket; empty where code puts the name together: f"s3://{bucket}", "s3://" + bucket, "s3://%s".
URL = re.compile(r"""s3[an]?://(?:([a-z0-9][a-z0-9.-]*)|(?=["'{%$]))""")
# A URL whose scheme is filled in, too: "{}://{}", f"{scheme}://…", scheme + "://".
SCHEME = re.compile(r"""(?:\}|%s|["'])://""")
ZIPS = {".zip", ".egg", ".whl"}


def needed_buckets(texts: Iterable[str], buckets: Iterable[str]) -> set[str]:
    """Of all buckets those that the texts name; all of them when a text puts a bucket's name together."""
    known = set(buckets)
    needed: set[str] = set()
    for text in texts:
        named = URL.findall(text)
        if SCHEME.search(text) or any(name not in known for name in named):
            return known
        needed.update(named)
        needed.update(name for name in known - needed if name in text)
    return needed


def texts_of(file: Path) -> list[str]:
    """What may name buckets in a file: its text, or its members' where it is an archive."""
    if file.suffix not in ZIPS:
        return [file.read_bytes().decode("utf-8", "ignore")]
    with zipfile.ZipFile(file) as archive:
        return [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
