"""The JVM that PySpark started, if it did."""

from __future__ import annotations

import contextlib
import sys


def stop_spark() -> None:
    """Ends the Spark application and its JVM."""
    if "pyspark" not in sys.modules:
        return
    from pyspark import SparkContext

    with contextlib.suppress(Exception):
        if SparkContext._active_spark_context is not None:
            SparkContext._active_spark_context.stop()
    kill_spark()


def kill_spark() -> None:
    """Ends the JVM at once."""
    if "pyspark" not in sys.modules:
        return
    from pyspark import SparkContext

    process = getattr(SparkContext._gateway, "proc", None)
    if process is not None:
        process.kill()
        process.wait()
