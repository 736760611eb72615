"""How an uncaught exception reads in JobRun.ErrorMessage."""

from __future__ import annotations

MAX_LENGTH = 2000


def error_message(error: BaseException) -> str:
    """``<Type>: <message>``; of a Java error, what is said before its stack trace."""
    name = type(error).__name__
    message = _without_java_frames(str(error)).strip()
    return (f"{name}: {message}" if message else name)[:MAX_LENGTH]


def _without_java_frames(message: str) -> str:
    lines: list[str] = []
    for line in message.splitlines():
        if line.startswith(("\tat ", "JVM stacktrace:", "Driver stacktrace:", "Caused by:")):
            break
        lines.append(line)
    return "\n".join(lines)


def is_success(error: SystemExit) -> bool:
    """``sys.exit()`` and ``sys.exit(0)`` end a run well."""
    return error.code is None or error.code == 0
