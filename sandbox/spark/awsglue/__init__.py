"""Glue's Python library over plain Spark.

What needs Glue's own JVM classes is written anew here: ``context``, ``dynamicframe`` and ``job``. The
rest (``utils``, ``gluetypes``, ``transforms``) is AWS's own code, from the package AWSGlueDataplanePython.
"""

from __future__ import annotations

from importlib.metadata import distribution
from typing import Any

__path__.append(str(distribution("AWSGlueDataplanePython").locate_file("awsglue")))

__all__ = ["DynamicFrame"]


def __getattr__(name: str) -> Any:
    # Late, as Python shell jobs use awsglue.utils without Spark.
    if name == "DynamicFrame":
        from .dynamicframe import DynamicFrame

        return DynamicFrame
    raise AttributeError(f"module 'awsglue' has no attribute '{name}'")
