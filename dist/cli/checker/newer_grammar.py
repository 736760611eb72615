"""Constructs newer than the job's Python, for a script that only a newer Python could be found for.

`compile(…, _feature_version=…)` knows some of them, by version of the interpreter; this table knows those that it misses.
It looks at trees and tokens that the newer Python has accepted, so that each check may take the rest for granted.
"""
import ast
import io
import sys
import tokenize

from newer_strings import may_hold_strings, string_problems

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
MOST_ARGUMENTS = 255


def newer_construct(text, wanted):
    """CPython's way to say that a construct needs a newer Python than `wanted` (a minor number), or None."""
    items = list(Constructs(text).of(ast.parse(text)))
    if may_hold_strings(text, wanted):
        items += string_problems(text)
    found = [item for item in items if wanted < item[0] <= sys.version_info[1]]
    if not found:
        return None
    version, what, line, column = min(found, key=lambda item: item[2:])
    message = "%s only supported in Python 3.%d and greater" % (what, version)
    return {"type": "SyntaxError", "message": message, "line": line, "column": column + 1}


class Constructs:
    """Yields (minor version, words, line, column) for what the tree holds; `column` counts from 0."""

    def __init__(self, text):
        self._is_asynchronous = "async" in text or "await" in text
        # lines as CPython counts them, as UTF-8, which col_offset counts in
        self._lines = [line.encode("utf-8") for line in io.StringIO(text, newline=None).getvalue().split("\n")]

    def of(self, tree):
        for node in ast.walk(tree):
            look = getattr(self, "_" + type(node).__name__.lower(), None)
            if look is not None:
                for version, what, place in look(node):
                    yield version, what, getattr(place, "lineno", 1), getattr(place, "col_offset", 0)
        if self._is_asynchronous:
            for version, what, place in self._scopes(tree, None, False):
                yield version, what, place.lineno, place.col_offset

    # statements

    def _importfrom(self, node):
        if node.module == "__future__" and any(name.name == "annotations" for name in node.names):
            yield 7, "the future feature annotations is", node

    def _return(self, node):
        if self._unpacks_bare(node.value):
            yield 8, "unparenthesized unpacking in return is", node

    def _annassign(self, node):
        if self._is_bare_tuple(node.value) or isinstance(node.value, (ast.Yield, ast.YieldFrom)) and self._is_bare(node.value):
            yield 8, "unparenthesized tuples in annotated assignments are", node

    def _for(self, node):
        if self._unpacks_bare(node.iter):
            yield 9, "unparenthesized unpacking in for is", node.iter

    _asyncfor = _for

    def _functiondef(self, node):
        for decorator in node.decorator_list:
            if not self._is_plain_decorator(decorator):
                yield 9, "expressions as decorators are", decorator
        for parameter in getattr(node, "type_params", ()):
            yield 12, "type parameter lists are", parameter
            if getattr(parameter, "default_value", None) is not None:
                yield 13, "type parameter defaults are", parameter
        if hasattr(node, "args"):
            for found in self._arguments(node.args):
                yield found

    _asyncfunctiondef = _functiondef
    _classdef = _functiondef

    def _with(self, node):
        if self._has_bracketed_items(node):
            yield 9, "parenthesized context managers are", node

    _asyncwith = _with

    def _match(self, node):
        yield 10, "match statements are", node

    def _try(self, node):
        for handler in node.handlers:
            if self._is_bare_tuple(handler.type):
                yield 14, "except expressions without parentheses are", handler
        for place in self._continues(node.finalbody):
            yield 8, "continue in a finally clause is", place

    def _trystar(self, node):
        yield 11, "exception groups are", node
        for found in self._try(node):
            yield found

    def _typealias(self, node):
        yield 12, "type statements are", node

    # expressions

    def _namedexpr(self, node):
        yield 8, "assignment expressions are", node

    def _lambda(self, node):
        return self._arguments(node.args)

    def _arguments(self, arguments):
        names = getattr(arguments, "posonlyargs", []) + arguments.args + arguments.kwonlyargs
        if len(names) > MOST_ARGUMENTS:
            yield 7, "more than 255 parameters are", names[0]
        for argument in getattr(arguments, "posonlyargs", ()):
            yield 8, "positional-only parameters are", argument
        if arguments.vararg is not None and isinstance(arguments.vararg.annotation, ast.Starred):
            yield 11, "unpacking in annotations is", arguments.vararg

    def _yield(self, node):
        if self._unpacks_bare(node.value):
            yield 8, "unparenthesized unpacking in yield is", node

    def _set(self, node):
        for item in node.elts:
            if type(item).__name__ == "NamedExpr" and self._is_bare(item):
                yield 9, "unparenthesized assignment expressions in sets are", item

    def _setcomp(self, node):
        if type(node.elt).__name__ == "NamedExpr" and self._is_bare(node.elt):
            yield 9, "unparenthesized assignment expressions in sets are", node.elt

    def _subscript(self, node):
        index = node.slice.value if type(node.slice).__name__ == "Index" else node.slice
        items = index.elts if isinstance(index, ast.Tuple) and not self._is_bracketed(index) else [index]
        for item in items:
            if isinstance(item, ast.Starred):
                yield 11, "unpacking in subscripts is", item
            if type(item).__name__ == "NamedExpr" and self._is_bare(item):
                yield 10, "unparenthesized assignment expressions in subscripts are", item

    def _call(self, node):
        if len(node.args) + len(node.keywords) > MOST_ARGUMENTS:
            yield 7, "more than 255 arguments are", node

    def _templatestr(self, node):
        yield 14, "t-strings are", node

    # scopes

    def _scopes(self, node, scope, awaits):
        """Asynchronous comprehensions inside of others that are not: `scope` is the innermost comprehension or function."""
        outside = None
        if isinstance(node, COMPREHENSIONS):
            own = _awaits(node)
            nested = own and isinstance(scope, COMPREHENSIONS) and not awaits
            if nested and not isinstance(node, ast.GeneratorExp):
                yield 11, "asynchronous comprehensions inside of others are", node
            if own and isinstance(node, ast.GeneratorExp) and not awaits:
                yield 7, "asynchronous generator expressions outside of asynchronous functions are", node
            outside = node.generators[0].iter
            for found in self._scopes(outside, scope, awaits):
                yield found
            scope, awaits = node, own
        elif isinstance(node, FUNCTIONS + (ast.ClassDef,)):
            scope, awaits = node, isinstance(node, ast.AsyncFunctionDef)
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.comprehension):
                parts = [inner for inner in ast.iter_child_nodes(part) if inner is not outside]
            else:
                parts = [part]
            for inner in parts:
                for found in self._scopes(inner, scope, awaits):
                    yield found

    def _continues(self, block):
        for node in block:
            if isinstance(node, ast.Continue):
                yield node
            elif not isinstance(node, FUNCTIONS + (ast.ClassDef, ast.For, ast.AsyncFor, ast.While)):
                for part in ast.iter_child_nodes(node):
                    for found in self._continues([part]):
                        yield found
            elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
                for found in self._continues(node.orelse):
                    yield found

    # brackets, which a tree doesn't keep

    def _is_plain_decorator(self, node):
        if not self._follows(node, b"@"):
            return False
        if isinstance(node, ast.Call):
            node = node.func
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name)

    def _is_bare_tuple(self, node):
        return isinstance(node, ast.Tuple) and bool(node.elts) and not self._is_bracketed(node)

    def _unpacks_bare(self, node):
        return self._is_bare_tuple(node) and any(isinstance(item, ast.Starred) for item in node.elts)

    def _is_bare(self, node):
        """Whether no bracket of its own stands before an expression: the one before is its parent's, or none."""
        before = self._before(node)
        return not before.endswith(b"(")

    def _is_bracketed(self, node):
        """Whether the round bracket that a tuple begins with is the one that it ends with."""
        if sys.version_info < (3, 8):  # no ends of nodes, and no construct that this would tell apart
            return True
        tokens = self._tokens(node.lineno, node.col_offset)
        first = next(tokens, None)
        if first is None or first.string != "(":
            return False
        depth = 1
        for token in tokens:
            depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
            if depth == 0:
                end = (node.lineno + token.end[0] - 1, token.end[1])
                return end[0] > node.end_lineno or end[0] == node.end_lineno and self._last_column(node, end) >= node.end_col_offset
        return False

    def _has_bracketed_items(self, node):
        tokens = self._tokens(node.lineno, node.col_offset)
        depth, opened, named = 0, False, False
        for token in tokens:
            if token.type not in (tokenize.OP, tokenize.NAME):
                continue
            if depth == 0 and not opened:
                if token.string in ("async", "with"):
                    continue
                if token.string != "(":
                    return False
                opened = True
            elif depth == 1 and token.string == "as":
                named = True
            depth += (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))
            if depth == 0:
                return named
        return False

    def _tokens(self, line, column):
        """Tokens from a place on, as far as they can be had; columns of the first line count from the place."""
        lines = self._lines_from(line, column)
        try:
            for token in tokenize.generate_tokens(lambda: next(lines, "")):
                yield token
        except (tokenize.TokenError, SyntaxError):  # the brackets around the place aren't closed in what follows it
            return

    def _lines_from(self, line, column):
        yield self._lines[line - 1][column:].decode("utf-8", "replace") + "\n"
        for number in range(line, len(self._lines)):
            yield self._lines[number].decode("utf-8", "replace") + "\n"

    def _last_column(self, node, end):
        column = node.col_offset if end[0] == node.lineno else 0
        line = self._lines[end[0] - 1][column:].decode("utf-8", "replace")
        return column + len(line[: end[1]].encode("utf-8"))

    def _before(self, node):
        """The text before an expression, over the ends of lines, without blanks, comments and line continuations."""
        line, before = node.lineno, self._lines[node.lineno - 1][: node.col_offset]
        while not before.strip(b" \t\f\\") and line > 1:
            line -= 1
            before = self._lines[line - 1].split(b"#", 1)[0]
        return before.rstrip(b" \t\f\\")

    def _follows(self, node, mark):
        return self._before(node).endswith(mark)


def _awaits(comprehension):
    """Whether a comprehension awaits in its own scope."""
    if any(generator.is_async for generator in comprehension.generators):
        return True
    first = comprehension.generators[0].iter
    todo = [part for part in ast.iter_child_nodes(comprehension)]
    while todo:
        node = todo.pop()
        if node is first or isinstance(node, COMPREHENSIONS + FUNCTIONS):
            continue
        if isinstance(node, ast.Await):
            return True
        todo.extend(ast.iter_child_nodes(node))
    return False
