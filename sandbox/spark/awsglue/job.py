"""``Job``: where a run's bookmark begins and is committed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glue_sandbox.run.context import current


class Job:
    """The class methods name the arguments that ``awsglue.utils.getResolvedOptions`` reserves."""

    def __init__(self, glue_context_or_spark_session: Any) -> None:
        self._initialized = False

    def init(self, job_name: str, args: Mapping[str, Any] | None = None) -> None:
        self._initialized = True
        current().bookmark.initialize()

    def isInitialized(self) -> bool:  # noqa: N802
        return self._initialized

    def commit(self) -> None:
        """What the run has written is in S3, and what it has read counts as read."""
        context = current()
        context.mirror.push()
        context.bookmark.commit()

    @classmethod
    def continuation_options(cls) -> list[str]:
        return [
            "--continuation-option",
            "continuation-enabled",
            "continuation-readonly",
            "continuation-ignore",
        ]

    @classmethod
    def job_bookmark_options(cls) -> list[str]:
        values = [f"job-bookmark-{value}" for value in ("enable", "pause", "disable")]
        return ["--job-bookmark-option", *values]

    @classmethod
    def job_bookmark_range_options(cls) -> list[str]:
        return ["--job-bookmark-from", "--job-bookmark-to"]

    @classmethod
    def id_params(cls) -> list[str]:
        return ["--JOB_NAME", "--JOB_ID", "--JOB_RUN_ID", "--SECURITY_CONFIGURATION"]

    @classmethod
    def encryption_type_options(cls) -> list[str]:
        return ["--encryption-type", "sse-s3"]

    @classmethod
    def data_lineage_options(cls) -> list[str]:
        return ["--enable-data-lineage"]
