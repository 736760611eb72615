"""The user's script as ``__main__``."""

from __future__ import annotations

import linecache
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType, TracebackType


@dataclass(frozen=True)
class Script:
    """A compiled script, and the file name that its traceback shows."""

    file: Path
    shown_as: str
    code: CodeType


def shown_name(file: Path) -> str:
    """Glue runs scripts from /tmp."""
    return f"/tmp/{file.name}"


def compile_script(file: Path) -> Script:
    """:raises SyntaxError: when the script is no Python"""
    source = file.read_bytes()
    shown_as = shown_name(file)
    lines = source.decode("utf-8", "replace").splitlines(keepends=True)
    # Without a modification time, linecache keeps the lines although there is no such file.
    linecache.cache[shown_as] = (len(source), None, lines, shown_as)
    return Script(file, shown_as, compile(source, shown_as, "exec", dont_inherit=True))


def execute(script: Script, arguments: tuple[str, ...]) -> None:
    """Runs the script; whatever it raises passes through."""
    sys.argv = [script.shown_as, *arguments]
    module = ModuleType("__main__")
    module.__dict__.update(__file__=str(script.file), __builtins__=__builtins__)
    sys.modules["__main__"] = module
    exec(script.code, module.__dict__)


def print_traceback(error: BaseException, shown_as: str) -> None:
    """Like the interpreter would, without the runner's own frames."""
    trace = _from_script(error.__traceback__, shown_as)
    traceback.print_exception(type(error), error, trace, file=sys.stderr)
    sys.stderr.flush()


def _from_script(trace: TracebackType | None, shown_as: str) -> TracebackType | None:
    while trace and trace.tb_frame.f_code.co_filename != shown_as:
        trace = trace.tb_next
    return trace
