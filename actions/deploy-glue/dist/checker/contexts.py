"""Sources whose bookmark Glue can't keep: without a transformation_ctx, or with one that another source has too."""
import ast

from expressions import dotted, text_of_constant

READERS = frozenset(["from_catalog", "from_options"])
SHORT_READERS = frozenset(["create_dynamic_frame_from_catalog", "create_dynamic_frame_from_options"])
# Source: Glue developer guide, page monitor-continuations: bookmarks are for S3 and JDBC sources.
KEPT = frozenset(["s3", "jdbc", "mysql", "postgresql", "oracle", "sqlserver", "redshift", "file"])
CONTEXT = "transformation_ctx"


def context_findings(tree):
    """For a job that keeps bookmarks; whether it does is known elsewhere.

    A source without a context is read as a whole in each run. Where others have one that is meant (Glue developer guide,
    page monitor-continuations), where none has one the job keeps no bookmark at all.
    """
    sources = list(_sources(tree.body, ()))
    if sources and not any(_has_context(call) for call, _ in sources):
        return [_finding(sources[0][0], "missing")]
    findings, seen = [], {}
    for call, place in sources:
        text = text_of_constant(_context(call) or ast.Pass())
        if not text:
            continue
        others = [other for other in seen.get(text, []) if not _exclusive(other[1], place)]
        if others:
            findings.append(_finding(call, "repeated", text, others[0][0].lineno))
        seen.setdefault(text, []).append((call, place))
    return findings


def _finding(call, kind, name=None, twin=None):
    facts = {"rule": "transformation-context", "startLine": call.lineno, "endLine": call.lineno, "kind": kind}
    facts.update({"name": name, "twinLine": twin})
    return facts


def _context(call):
    return _argument(call, CONTEXT, 3 if _kind(call) == "from_catalog" else 4)


def _has_context(call):
    """Also where it can't be read: keywords that come as a dict may hold it."""
    context = _context(call)
    return any(keyword.arg is None for keyword in call.keywords) or context is not None and text_of_constant(context) != ""


def _sources(block, place):
    """Calls that read from a source with a bookmark, with the branches that they stand in."""
    for node in block:
        nested = [(field, getattr(node, field)) for field in ("body", "orelse", "finalbody") if getattr(node, field, None)]
        nested += [("handler", handler.body) for handler in getattr(node, "handlers", None) or []]
        nested = [(field, inner) for field, inner in nested if isinstance(inner, list)]
        for field, inner in nested:
            for found in _sources(inner, place + ((node, field),)):
                yield found
        if nested:
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Call) and _kind(part) and _keeps_bookmark(part):
                yield part, place


def _kind(call):
    """`from_catalog` or `from_options` for a call that makes a DynamicFrame of a source."""
    if not isinstance(call.func, ast.Attribute):
        return None
    if call.func.attr in SHORT_READERS:
        return call.func.attr[len("create_dynamic_frame_") :]
    reads = call.func.attr in READERS and dotted(call.func.value).endswith("create_dynamic_frame")
    return call.func.attr if reads else None


def _keeps_bookmark(call):
    if _kind(call) == "from_catalog":
        return True
    kind = text_of_constant(_argument(call, "connection_type", 0) or ast.Pass())
    return kind is not None and kind.lower() in KEPT


def _argument(call, name, place):
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if len(call.args) > place else None


def _exclusive(one, other):
    """Whether two places can't both be reached in one run: different branches of an `if` or `try`, or different functions."""
    for (node, field), (twin, side) in zip(one, other):
        if node is twin and field != side:
            return isinstance(node, (ast.If, ast.Try))
        if node is not twin:
            break
    functions = [[node for node, _ in place if isinstance(node, ast.FunctionDef)][-1:] for place in (one, other)]
    return functions[0] != functions[1]
