"""What the rules say of one script's text, beside CPython's verdict on it."""
from bookmarks import bookmark_findings
from conflicts import conflict_markers
from duplicates import duplicate_blocks
from kinds import kind_of
from layout import Layout
from orphan import find_orphan
from suppressions import suppressions_in

EXCERPT_LINES = 8


def judge(text, problem, result):
    """Fills in the script's lines, findings and suppressions."""
    layout = Layout(text)
    result["lines"] = len(layout.lines)
    findings = [_syntax_error(layout, problem)] if problem else []
    conflicts = conflict_markers(layout) if problem else []
    findings += conflicts or _findings(layout, problem)
    for finding in findings:
        finding["excerpt"] = _excerpt(layout, finding["startLine"], finding["endLine"])
    result["findings"] = findings
    if findings or "glue-toolkit" in text:
        result["suppressions"] = suppressions_in(layout)


def _syntax_error(layout, problem):
    """CPython's own complaint always stands by itself: no other rule's level or suppression may hide it."""
    line = min(max(problem["line"], 1), max(len(layout.lines), 1))
    return {"rule": "syntax-error", "startLine": line, "endLine": line, "python": problem, "kind": kind_of(layout, line)}


def _findings(layout, problem):
    orphan = find_orphan(layout, problem)
    findings = [orphan] if orphan else []
    if orphan is None and problem is None:
        findings += bookmark_findings(layout)
    return findings if orphan else findings + duplicate_blocks(layout)


def _excerpt(layout, first, last):
    end = min(last, first + EXCERPT_LINES - 1)
    return [line[:200] for line in layout.lines[first - 1 : end]]
