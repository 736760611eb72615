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
    findings = conflict_markers(layout) if problem else []
    if not findings:
        findings = _findings(layout, problem)
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
    findings = conflict_markers(layout) or [_syntax_error(layout, problem)]
    add_excerpts(layout, findings)
    result["findings"] = findings
    result["suppressions"] = suppressions_in(layout)


def _syntax_error(layout, problem):
    line = min(max(problem["line"], 1), max(len(layout.lines), 1))
    kind = kind_of(layout, line)
    return {"rule": "syntax-error", "startLine": line, "endLine": line, "python": problem, "kind": kind}


def _findings(layout, problem):
    verdict = find_orphan(layout, problem)
    findings = []
    if verdict.syntax is not None:
        findings.append(_syntax_error(layout, verdict.syntax))
    if verdict.orphan is not None:
        findings.append(verdict.orphan)
    if not findings:
        findings = bookmark_findings(layout)
    if verdict.orphan is None:
        findings += duplicate_blocks(layout)
    return findings
