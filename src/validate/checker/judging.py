"""What the rules say of one script's text, beside CPython's verdict on it."""
from bookmarks import bookmark_findings
from conflicts import conflict_markers
from duplicates import duplicate_blocks
from job_rules import add_excerpts, job_findings
from kinds import kind_of
from layout import Layout
from orphan import find_orphan
from signs import signs_in
from suppressions import suppressions_in


def judge(text, problem, result):
    """Fills in the script's lines, findings and suppressions."""
    layout = Layout(text)
    result["lines"] = len(layout.lines)
    findings = [_syntax_error(layout, problem)] if problem else []
    conflicts = conflict_markers(layout) if problem else []
    findings += conflicts or _findings(layout, problem)
    if problem is None:
        findings += job_findings(text, signs_in(text))
    add_excerpts(layout, findings)
    result["findings"] = findings
    if findings or "glue-toolkit" in text:
        result["suppressions"] = suppressions_in(layout)


def judge_library(text, problem, result):
    """The same of a module that jobs import: it must compile, and no more."""
    layout = Layout(text)
    result["lines"] = len(layout.lines)
    if problem is None:
        return
    findings = [_syntax_error(layout, problem), *conflict_markers(layout)]
    add_excerpts(layout, findings)
    result["findings"] = findings
    result["suppressions"] = suppressions_in(layout)


def _syntax_error(layout, problem):
    """CPython's own complaint always stands by itself: no other rule's level or suppression may hide it."""
    line = min(max(problem["line"], 1), max(len(layout.lines), 1))
    kind = kind_of(layout, line)
    return {"rule": "syntax-error", "startLine": line, "endLine": line, "python": problem, "kind": kind}


def _findings(layout, problem):
    orphan = find_orphan(layout, problem)
    findings = [orphan] if orphan else []
    if orphan is None and problem is None:
        findings += bookmark_findings(layout)
    return findings if orphan else findings + duplicate_blocks(layout)
