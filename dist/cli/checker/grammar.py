"""What CPython's own compiler says."""
from _ast import PyCF_ONLY_AST

FAILURES = (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError)


def compile_problem(source, name, grammar=None):
    """CPython's complaint about the source as a dict, or None. `grammar` limits a newer interpreter: [3, 7]."""
    try:
        if grammar is not None:
            compile(source, name, "exec", PyCF_ONLY_AST, True, 0, _feature_version=grammar[1])
        compile(source, name, "exec", 0, True, 0)
    except FAILURES as error:
        return describe(error)
    return None


def parse(text):
    """The statements of a piece of a script, or the complaint about it: one of the two is None."""
    try:
        return compile(text, "<script>", "exec", PyCF_ONLY_AST, True).body, None
    except FAILURES as error:
        return None, describe(error)


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
