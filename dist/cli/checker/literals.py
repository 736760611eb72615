"""Passwords and AWS keys that stand in a script as literals, for everybody who can read the repository or the bucket."""
import ast
import re

from expressions import text_of_constant

KEY_ID = re.compile(r"(?:AKIA|ASIA)[A-Z2-7]{16}\Z")
SECRET_KEY = re.compile(r"[A-Za-z0-9/+]{40}\Z")
PASSWORD_NAME = re.compile(r"(?:^|[_.\W])(?:password|passwd|passphrase|pwd)\Z|[a-z]Password\Z", re.I)
SECRET_NAME = re.compile(r"secret", re.I)
IN_URL = re.compile(r"[?&;](?:password|pwd)=([^&;\"'\s]+)|://[^/\s:@\"']+:([^/\s:@\"']+)@", re.I)
PLACEHOLDER = re.compile(
    r"[<>{}$%*]|\.\.\.|x{3}|your|example|placeholder|change|todo|dummy|redacted|secret|password|passwd|pwd|replace|insert|hidden"
    r"|mask|none|null|\s|^(?:arn:|/|s3:|https?:|ssm:)|^(?:user|username|root|admin|test|string|str|value|default|token|key|col\w*|env)$",
    re.I,
)
SHORTEST = 5


def secret_findings(tree):
    findings = {}
    for name, node in _named_literals(tree):
        text = text_of_constant(node)
        what = _kind(name, text) if text else None
        if what is not None:
            findings.setdefault((node.lineno, what), node)
    return [
        {"rule": "hardcoded-secret", "startLine": line, "endLine": line, "kind": what} for line, what in sorted(findings)
    ]


def _kind(name, text):
    if KEY_ID.match(text) and "EXAMPLE" not in text:
        return "an AWS access key id"
    if SECRET_KEY.match(text) and name and SECRET_NAME.search(name) and _is_mixed(text):
        return "an AWS secret access key"
    if name and PASSWORD_NAME.search(name) and len(text) >= SHORTEST and not PLACEHOLDER.search(text):
        return "a password"
    match = IN_URL.search(text)
    if match:
        inside = match.group(1) or match.group(2)
        if len(inside) >= SHORTEST and not PLACEHOLDER.search(inside):
            return "a password in a URL"
    return None


def _is_mixed(text):
    return "EXAMPLE" not in text and all(re.search(letters, text) for letters in ("[a-z]", "[A-Z]", "[0-9]"))


def _named_literals(tree):
    """String literals with the name that they are given, or None."""
    named = set()
    for node in ast.walk(tree):  # a name's node comes before its value's
        if id(node) not in named and text_of_constant(node) is not None:
            yield None, node
        for name, value in _pairs(node):
            if text_of_constant(value) is not None:
                named.add(id(value))
                yield name, value


def _pairs(node):
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield _name_of(target), node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield _name_of(node.target), node.value
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values):
            yield (text_of_constant(key) if key is not None else None), value
    elif isinstance(node, ast.Call):
        for keyword in node.keywords:
            yield keyword.arg, keyword.value
        is_option = isinstance(node.func, ast.Attribute) and node.func.attr in ("option", "set", "config")
        if is_option and len(node.args) == 2:
            yield text_of_constant(node.args[0]), node.args[1]


def _name_of(target):
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute):
        return target.attr
    if isinstance(target, ast.Subscript):
        index = target.slice.value if type(target.slice).__name__ == "Index" else target.slice
        return text_of_constant(index)
    return None
