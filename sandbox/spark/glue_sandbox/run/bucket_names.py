"""Which buckets a run needs."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A URL's bucket; empty where code puts the name together: f"s3://{bucket}", "s3://" + bucket, "s3://%s".
URL = re.compile(r"""s3[an]?://(?:([a-z0-9][a-z0-9.-]*)|(?=["'{%$]))""")


def needed_buckets(texts: Iterable[str], buckets: Iterable[str]) -> set[str]:
    """Of all buckets those that the texts name; all of them when a text puts a bucket's name together."""
    known = set(buckets)
    needed: set[str] = set()
    for text in texts:
        named = URL.findall(text)
        if any(name not in known for name in named):
            return known
        needed.update(named)
        needed.update(name for name in known - needed if name in text)
    return needed
