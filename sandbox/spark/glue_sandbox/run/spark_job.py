"""Spark jobs: S3 to folders, the script, folders to S3."""

from __future__ import annotations

import os
import signal
import sys

from ..s3.mirror import Mirror
from ..s3.objects import list_buckets
from ..spec import JobSpec
from .bookmark import Bookmark
from .bucket_names import needed_buckets, texts_of
from .catalog_tables import offer_catalog_tables
from .context import RunContext, enter
from .outcome import failure_of
from .result import Result
from .script import Script, execute
from .spark_process import kill_spark, stop_spark
from .spark_settings import worker_path, write_spark_conf
from .surroundings import make_importable

# What a shell reports for a process ended by SIGTERM.
TERMINATED = 143


def run_spark_job(spec: JobSpec, script: Script) -> Result:
    entries = make_importable(spec)
    context = _prepare(spec)
    _configure(spec, context.mirror, entries)
    if spec.argument("--enable-glue-datacatalog") not in (None, "false"):
        offer_catalog_tables(context)
    signal.signal(signal.SIGTERM, lambda *_: _terminate(context.mirror))
    failure = failure_of(lambda: execute(script, spec.arguments), script.shown_as)
    # A failed run's files stay written, as on S3.
    not_written = failure_of(context.mirror.push, script.shown_as)
    stop_spark()
    bookmark = context.bookmark
    return Result(failure or not_written, bookmark.state if bookmark.committed else None, bookmark.committed)


def _prepare(spec: JobSpec) -> RunContext:
    s3 = spec.endpoint.client("s3")
    mirror = Mirror(s3, spec.work_folder / ".s3", spec.object_cache, list_buckets(s3))
    files = [spec.script, *spec.extra_py_files, *spec.extra_files]
    texts = [text for file in files for text in texts_of(file)]
    mirror.fetch(needed_buckets([*texts, *spec.arguments], mirror.buckets))
    context = RunContext(spec.endpoint, mirror, Bookmark(spec.bookmark))
    enter(context)
    return context


def _configure(spec: JobSpec, mirror: Mirror, entries: list[str]) -> None:
    folders = {bucket: mirror.folder(bucket) for bucket in mirror.buckets}
    conf_folder = spec.work_folder / ".spark"
    os.environ.update(write_spark_conf(conf_folder, spec.work_folder / ".spark", folders, spec.spark_conf))
    os.environ.update(worker_path(entries))


def _terminate(mirror: Mirror) -> None:
    """A stopped run's finished files stay written, too."""
    kill_spark()
    mirror.push()
    sys.stderr.flush()
    os._exit(TERMINATED)
