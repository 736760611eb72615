"""The specification of a job run, as the Glue front writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .s3.client import Endpoint


@dataclass(frozen=True)
class BookmarkSpec:
    """What ``--job-bookmark-option`` asks for, and what the last committed run left."""

    enabled: bool
    pause: bool
    state: dict[str, Any] | None


@dataclass(frozen=True)
class JobSpec:
    """One attempt to run a script."""

    run_id: str
    job_name: str
    command: str
    script: Path
    arguments: tuple[str, ...]
    extra_py_files: tuple[Path, ...]
    extra_files: tuple[Path, ...]
    work_folder: Path
    object_cache: Path
    endpoint: Endpoint
    bookmark: BookmarkSpec
    spark_conf: Mapping[str, str]
    result_file: Path

    def argument(self, name: str) -> str | None:
        """The value after the last ``name`` (with its dashes)."""
        places = [place for place, word in enumerate(self.arguments[:-1]) if word == name]
        return self.arguments[places[-1] + 1] if places else None


def read_spec(path: Path) -> JobSpec:
    given = json.loads(path.read_text("utf-8"))
    return JobSpec(
        run_id=given["runId"],
        job_name=given["jobName"],
        command=given["command"],
        script=Path(given["script"]),
        arguments=tuple(given["arguments"]),
        extra_py_files=tuple(map(Path, given["extraPyFiles"])),
        extra_files=tuple(map(Path, given["extraFiles"])),
        work_folder=Path(given["workFolder"]),
        object_cache=Path(given["objectCache"]),
        endpoint=Endpoint.from_spec(given),
        bookmark=BookmarkSpec(**given["bookmark"]),
        spark_conf=given["sparkConf"],
        result_file=Path(given["resultFile"]),
    )
