"""The run under way, for the parts of ``awsglue`` that need more than Spark."""

from __future__ import annotations

from dataclasses import dataclass

from ..s3.client import Endpoint
from ..s3.mirror import Mirror
from .bookmark import Bookmark


@dataclass
class RunContext:
    """What ``GlueContext`` and ``Job`` work with."""

    endpoint: Endpoint
    mirror: Mirror
    bookmark: Bookmark


_current: RunContext | None = None


def enter(context: RunContext) -> None:
    global _current
    _current = context


def current() -> RunContext:
    """:raises RuntimeError: outside of a Spark job"""
    if _current is None:
        raise RuntimeError("GlueContext works in jobs of type glueetl only")
    return _current
