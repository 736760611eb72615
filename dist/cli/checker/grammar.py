"""What CPython's own compiler says."""
import sys
from _ast import PyCF_ONLY_AST

FAILURES = (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError)

# said of `with (a, b):` too, which every Python takes as a tuple; newer_grammar tells the two apart
OVERZEALOUS = "Parenthesized context managers are only supported"


def compile_problem(source, name, grammar=None):
    """CPython's complaint about the source as a dict, or None. `grammar` limits a newer interpreter: [3, 7]."""
    try:
        compile(source, name, "exec", 0, True, 0)
        if grammar is not None and sys.version_info >= (3, 8):
            compile(source, name, "exec", PyCF_ONLY_AST, True, 0, _feature_version=grammar[1])
    except FAILURES as error:
        problem = describe(error)
        return None if problem["message"].startswith(OVERZEALOUS) else problem
    return None


def parse(text):
    """The statements of a piece of a script, or the complaint about it: one of the two is None."""
    try:
        return compile(text, "<script>", "exec", PyCF_ONLY_AST, True).body, None
    except FAILURES as error:
        return None, describe(error)


def parse_tree(text):
    """The whole tree of a script, or None."""
    try:
        return compile(text, "<script>", "exec", PyCF_ONLY_AST, True)
    except FAILURES:
        return None


def describe(error):
    if isinstance(error, SyntaxError):
        message = error.msg or "invalid syntax"
        return {
            "type": type(error).__name__,
            "message": str(message),
            "line": error.lineno or 1,
            "column": max(error.offset or 1, 1),
        }
    message = str(error) or "the compiler gave up: nested too deeply or too long"
    return {"type": type(error).__name__, "message": message, "line": 1, "column": 1}
