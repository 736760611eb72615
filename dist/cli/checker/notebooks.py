"""What a notebook's export leaves in a script: calls of IPython, which is not there when a job runs."""
import ast

from expressions import dotted

NAME = "get_ipython"


def notebook_findings(tree):
    """Calls of get_ipython that every run makes, unless the script brings the name along."""
    if _is_defined(tree):
        return []
    findings = []
    for call in _calls(tree.body):
        shown = call.func.attr if isinstance(call.func, ast.Attribute) else NAME
        findings.append({"rule": "notebook-code", "startLine": call.lineno, "endLine": call.lineno, "name": shown})
    return findings


def _is_defined(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)) and any((item.asname or item.name) == NAME for item in node.names):
            return True
        if isinstance(node, ast.FunctionDef) and node.name == NAME:
            return True
    return False


def _calls(block):
    """One call for each statement at the module's top level: a function may never be called, a `try` or `if` may ask first."""
    for node in block:
        if isinstance(node, (ast.Expr, ast.Assign)):
            for part in ast.walk(node):
                if isinstance(part, ast.Call) and dotted(part.func).split(".")[0] == NAME:
                    yield part
                    break
