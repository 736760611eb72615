"""A crawl's inference from its specification to its result file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from ..s3.objects import split_url
from .found_file import list_target, look_at
from .grouping import Group, group_files
from .spec import CrawlSpec, Target, read_crawl_spec
from .tables import inferred_tables


def main(spec_file: str) -> int:
    """Exit code 0 and a result file, or 1 and the reason as the last line of stderr."""
    spec = read_crawl_spec(Path(spec_file))
    try:
        result = infer(spec)
    except (BotoCoreError, ClientError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    partial = spec.result_file.with_suffix(".partial")
    partial.write_text(json.dumps(result), "utf-8")
    os.replace(partial, spec.result_file)
    return 0


def infer(spec: CrawlSpec) -> dict[str, Any]:
    s3 = spec.endpoint.client("s3")
    messages: list[str] = []
    groups = [group for target in spec.targets for group in _groups(s3, spec, target, messages)]
    return {"tables": inferred_tables(groups, spec.table_prefix), "messages": messages}


def _groups(s3: Any, spec: CrawlSpec, target: Target, messages: list[str]) -> Iterator[Group]:
    objects = list_target(s3, target)
    if not objects:
        messages.append(f"No files found at {target.path}")
        return
    files, unrecognised = look_at(s3, objects, spec.sample_size)
    messages.extend(unrecognised)
    bucket, key = split_url(target.path)
    folders = [part for part in key.rstrip("/").split("/") if part]
    is_file = len(files) == 1 and files[0].item.key == key
    root = (bucket, *(folders[:-1] if is_file else folders))
    if is_file and files[0].schema:
        yield Group(root, tuple(files), files[0].schema, single_file=True)
    else:
        yield from group_files(files, root, spec.table_level, spec.combine_compatible)
