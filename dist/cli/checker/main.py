"""Checks Glue scripts without running them: a list of jobs on standard input, one line of JSON per script on standard output.

Runs on any CPython from 3.6 on, with the standard library only, as `python -I -S -B main.py`. Scripts are read as bytes
and compiled; nothing of theirs is imported or executed.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import gc  # noqa: E402
import json  # noqa: E402
import time  # noqa: E402
import warnings  # noqa: E402

from check import check_script  # noqa: E402


FILES_PER_COLLECTION = 200
SECONDS_BETWEEN_ANSWERS = 0.05


class Answers:
    """Lines on standard output: at once where each must be out before the next script, else a few at a time."""

    def __init__(self, at_once):
        self._at_once = at_once
        self._flushed = 0.0

    def write(self, value):
        sys.stdout.write(json.dumps(value) + "\n")
        now = time.monotonic()
        if self._at_once or now - self._flushed > SECONDS_BETWEEN_ANSWERS:
            sys.stdout.flush()
            self._flushed = now


def limit_memory(size):
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        pass  # a system without such limits, or with a lower one of its own


def main():
    warnings.simplefilter("ignore")
    request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    if request.get("memoryBytes"):
        limit_memory(request["memoryBytes"])
    answers = Answers(request.get("oneByOne", True))
    answers.write({"python": list(sys.version_info[:3]), "implementation": sys.implementation.name})
    gc.disable()  # syntax trees are large and hold no cycles: looking for some takes most of the time
    for count, job in enumerate(request["scripts"], 1):
        answers.write(check_script(job, request.get("thorough", False)))
        if count % FILES_PER_COLLECTION == 0:
            gc.collect()


if __name__ == "__main__":
    main()
