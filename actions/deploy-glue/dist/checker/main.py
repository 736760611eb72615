"""Checks Glue scripts without running them: a list of jobs on standard input, one line of JSON per script on standard output.

Runs on any CPython from 3.6 on, with the standard library only, as `python -I -S -B main.py`. Scripts are read as bytes
and compiled; nothing of theirs is imported or executed.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import gc  # noqa: E402
import json  # noqa: E402
import warnings  # noqa: E402

from check import check_script  # noqa: E402


FILES_PER_COLLECTION = 200


def answer(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


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
    answer({"python": list(sys.version_info[:3]), "implementation": sys.implementation.name})
    gc.disable()  # syntax trees are large and hold no cycles: looking for some takes most of the time
    for count, job in enumerate(request["scripts"], 1):
        answer(check_script(job))
        if count % FILES_PER_COLLECTION == 0:
            gc.collect()


if __name__ == "__main__":
    main()
