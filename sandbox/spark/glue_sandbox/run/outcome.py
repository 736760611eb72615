"""Runs something of the user's and words how it failed."""

from __future__ import annotations

from collections.abc import Callable

from .error_message import error_message, is_success
from .script import print_traceback


def failure_of(action: Callable[[], None], shown_as: str) -> str | None:
    """The error message of what the action raises; its traceback goes to stderr."""
    try:
        action()
    except SystemExit as error:
        return None if is_success(error) else error_message(error)
    except BaseException as error:
        print_traceback(error, shown_as)
        return error_message(error)
    return None
