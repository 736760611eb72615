"""The job arguments that a script asks for by getResolvedOptions, where they can be told from its text."""
import ast

from commits import is_main_guard
from expressions import dotted, text_of_constant

# Source: awslabs/aws-glue-libs, awsglue/utils.py and awsglue/job.py: getResolvedOptions adds these itself, and its parser
# (argparse) refuses to add an option twice.
RESERVED = frozenset(
    ["JOB_ID", "JOB_RUN_ID", "SECURITY_CONFIGURATION", "job-bookmark-option", "job-bookmark-from", "job-bookmark-to"]
    + ["continuation-option", "encryption-type", "enable-data-lineage", "help"]
)
# left out of the list before it reaches the parser
OPTIONAL = ("TempDir", "RedshiftTempDir")
ASK = "getResolvedOptions"
LISTS = (ast.List, ast.Tuple, ast.Set)
CHANGES = ("append", "extend", "insert", "remove", "pop")


class Asked:
    """One call: the names it asks for, with their lines; `sure` when every run that gets there makes the call."""

    def __init__(self, names, line, sure):
        self.names = names
        self.line = line
        self.sure = sure


def asked_arguments(tree):
    """The calls whose list of names is a literal, or a name that is bound once, to one."""
    lists = _literal_lists(tree)
    found = []
    for call, sure in _calls(tree.body, True):
        names = _names(call.args[1] if len(call.args) > 1 else _keyword(call, "options"), lists)
        if names is not None and call.args and _is_argv(call.args[0]):
            found.append(Asked(names, call.lineno, sure))
    return found


def changes_argv(tree):
    """Whether the script gives itself other arguments than the run's."""
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if any(target is not None and dotted(target).startswith("sys.argv") for target in targets):
            return True
        if isinstance(node, ast.Attribute) and node.attr in CHANGES and dotted(node.value) == "sys.argv":
            return True
    return False


def reserved_findings(tree):
    """Names that getResolvedOptions refuses: Glue's own, and one that stands in the list twice."""
    findings = []
    for asked in asked_arguments(tree):
        seen = set()
        for name, line in asked.names:
            if name.lstrip("-") in RESERVED or name in seen and name not in OPTIONAL:
                kind = "reserved" if name.lstrip("-") in RESERVED else "repeated"
                findings.append({"rule": "reserved-argument", "startLine": line, "endLine": line, "name": name, "kind": kind})
            seen.add(name)
    return findings


def _calls(block, sure):
    """Calls of getResolvedOptions in a block; those under a condition or a `try` are not sure."""
    for node in block:
        inner = []
        for field in ("body", "orelse", "finalbody", "handlers"):
            inner += getattr(node, field, None) or []
        if inner:
            certain = sure and (
                isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.With)) or isinstance(node, ast.If) and is_main_guard(node)
            )
            for found in _calls(inner, certain):
                yield found
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Call) and dotted(part.func).split(".")[-1] == ASK:
                yield part, sure and not _in_condition(node, part)


def _in_condition(node, call):
    """Whether the call stands in a part of the statement that is not always evaluated."""
    for part in ast.walk(node):
        if isinstance(part, (ast.IfExp, ast.BoolOp, ast.Lambda)) or type(part).__name__.endswith("Comp"):
            if any(inner is call for inner in ast.walk(part)):
                return True
    return False


def _literal_lists(tree):
    """Names that are bound once in the script, to a list of literals that nothing changes."""
    lists, spoiled = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            names = _names(node.value, {})
            if name in lists or names is None:
                spoiled.add(name)
            lists[name] = names
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            spoiled.add(node.target.id)
        elif isinstance(node, ast.Attribute) and node.attr in CHANGES and isinstance(node.value, ast.Name):
            spoiled.add(node.value.id)
    return {name: names for name, names in lists.items() if name not in spoiled}


def _names(node, lists):
    """[(name, line)] of a literal list, of a name for one, or of a sum of such; None for anything else."""
    if isinstance(node, ast.Name):
        return lists.get(node.id)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _names(node.left, lists), _names(node.right, lists)
        return None if left is None or right is None else left + right
    if not isinstance(node, LISTS):
        return None
    texts = [(text_of_constant(item), item.lineno) for item in node.elts]
    if any(text is None for text, _ in texts):
        return None
    return list(dict(texts).items()) if isinstance(node, ast.Set) else texts


def _keyword(call, name):
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _is_argv(node):
    return dotted(node) in ("sys.argv", "argv") and not isinstance(node, ast.Subscript)
