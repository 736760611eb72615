"""What a plan compares with a live job: the arguments that a script asks for, and the modules that it imports."""
import ast
import re
import sys

from arguments import asked_arguments, changes_argv
from commits import is_main_guard
from grammar import parse_tree

# Python has no list of its own library before 3.10; Glue jobs whose modules are known run newer ones
STANDARD = getattr(sys, "stdlib_module_names", None)
INSTALLS = re.compile(r"\bpip[\"'\s,]+install\b|\beasy_install\b|addPyFile|sys\.path\b|site\.addsitedir")


def facts_of(text):
    """`options`: names that every run asks for; `modules`: names outside of the standard library that every run imports; each with its line."""
    tree = parse_tree(text)
    if tree is None:
        return {"options": [], "modules": []}
    options = {}
    if not changes_argv(tree):
        for asked in asked_arguments(tree):
            for name, line in asked.names if asked.sure else []:
                options.setdefault(name, line)
    modules = {}
    if STANDARD and not INSTALLS.search(text):
        for name, line in _imports(tree.body):
            if name not in STANDARD:
                modules.setdefault(name, line)
    return {"options": _listed(options), "modules": _listed(modules)}


def _listed(found):
    return [{"name": name, "line": line} for name, line in found.items()]


def _imports(block):
    """Imports that nothing guards: at the top level, or under the main guard."""
    for node in block:
        if isinstance(node, ast.Import):
            for item in node.names:
                yield item.name.split(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.split(".")[0], node.lineno
        elif isinstance(node, ast.If) and is_main_guard(node):
            for found in _imports(node.body):
                yield found
