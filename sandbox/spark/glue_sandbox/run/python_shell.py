"""Python shell jobs: plain Python, no Spark."""

from __future__ import annotations

from ..spec import JobSpec
from .outcome import failure_of
from .result import Result
from .script import Script, execute
from .surroundings import make_importable


def run_python_shell(spec: JobSpec, script: Script) -> Result:
    make_importable(spec)
    return Result(failure_of(lambda: execute(script, spec.arguments), script.shown_as))
