"""A run from its specification to its result file."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from ..spec import JobSpec, read_spec
from .error_message import error_message
from .python_shell import run_python_shell
from .result import Result
from .script import Script, compile_script, print_traceback, shown_name
from .spark_job import run_spark_job
from .surroundings import enter_work_folder

RUNNERS: dict[str, Callable[[JobSpec, Script], Result]] = {
    "glueetl": run_spark_job,
    "pythonshell": run_python_shell,
}


def main(spec_file: str) -> int:
    """Exit code 0: the result file tells how the run ended."""
    spec = read_spec(Path(spec_file))
    run(spec).write(spec.result_file)
    return 0


def run(spec: JobSpec) -> Result:
    runner = RUNNERS.get(spec.command)
    if runner is None:
        kinds = " and ".join(RUNNERS)
        return Result(f"The sandbox runs jobs of type {kinds}, not {spec.command}")
    enter_work_folder(spec)
    try:
        # Before Spark starts: a script that is no Python fails at once.
        script = compile_script(spec.script)
    except (SyntaxError, ValueError) as error:
        print_traceback(error, shown_name(spec.script))
        return Result(error_message(error))
    try:
        return runner(spec, script)
    except Exception as error:
        # Not the script's doing: its own errors are results. Without this the run would end with no word.
        traceback.print_exc()
        return Result(f"The sandbox could not run the script: {error_message(error)}")
