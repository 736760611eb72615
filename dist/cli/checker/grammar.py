"""What CPython's own compiler says."""
import re
import sys
from _ast import PyCF_ONLY_AST

FAILURES = (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError)

# said of `with (a, b):` too, which every Python takes as a tuple; newer_grammar tells the two apart
OVERZEALOUS = "Parenthesized context managers are only supported"


# Above this many characters a script is compiled in parts: CPython needs a hundred times the memory of the text.
LARGE = 1000 * 1000
PART = 150 * 1000
# Where a part may end: before a statement at the margin, unless that goes on with the one before.
SEAM = re.compile(r"^(?!(?:else|elif|except|finally)\b)[A-Za-z_@]", re.M)
# What CPython judges by the module as a whole.
MODULE_WIDE = re.compile(r"__future__|^global\b", re.M)


def compile_problem(source, text, name, grammar=None):
    """CPython's complaint about the source, whose text is given too, as a dict, or None. `grammar` limits a newer interpreter: [3, 7]."""
    if len(text) < LARGE or MODULE_WIDE.search(text):
        return _complaint(source, name, grammar)
    start = 0
    while start < len(text):
        size = PART
        while True:
            seam = SEAM.search(text, start + size)
            end = seam.start() if seam else len(text)
            if _complaint(text[start:end], name, grammar) is None:
                break
            if end == len(text):  # the lines before are made blank ones, so that all numbers of the complaint hold
                return _complaint("\n" * text.count("\n", 0, start) + text[start:], name, grammar) or _complaint(source, name, grammar)
            size *= 4  # the seam may have been inside a string, or the part holds the error
        start = end
    return None


def _complaint(source, name, grammar):
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
