"""One script, all rules: whatever goes wrong in it becomes its own result and stops no other."""
import hashlib
import sys

from conflicts import conflict_markers
from grammar import compile_problem
from layout import Layout
from orphan import find_orphan
from reading import Unreadable, decode, read_bytes
from suppressions import suppressions_in

EXCERPT_LINES = 8


def check_script(job):
    result = {"id": job["id"], "sha256": None, "lines": 0, "findings": [], "suppressions": [], "internal": None}
    try:
        _check(job, result)
    except Unreadable as problem:
        result["findings"].append(
            {"rule": "unreadable-script", "startLine": problem.line, "endLine": problem.line, "reason": problem.reason}
        )
    except Exception as error:  # a defect of the checker must not cost the other scripts their results
        place = sys.exc_info()[2]
        while place.tb_next is not None:
            place = place.tb_next
        where = "%s:%d" % (place.tb_frame.f_code.co_name, place.tb_lineno)
        result["internal"] = "%s: %s (%s)" % (type(error).__name__, error, where)
    return result


def _check(job, result):
    data = read_bytes(job["path"])
    result["sha256"] = hashlib.sha256(data).hexdigest()
    text = decode(data)
    problem = compile_problem(data, job["name"], job.get("grammar"))
    layout = Layout(text)
    result["lines"] = len(layout.lines)
    findings = conflict_markers(layout) if problem else []
    if not findings:
        findings = _judge(layout, problem)
    for finding in findings:
        finding["excerpt"] = _excerpt(layout, finding["startLine"], finding["endLine"])
    result["findings"] = findings
    if findings or "glue-toolkit" in text:
        result["suppressions"] = suppressions_in(layout)


def _judge(layout, problem):
    verdict = find_orphan(layout, problem)
    findings = []
    if verdict.syntax is not None:
        line = min(max(verdict.syntax["line"], 1), max(len(layout.lines), 1))
        findings.append({"rule": "syntax-error", "startLine": line, "endLine": line, "python": verdict.syntax})
    if verdict.orphan is not None:
        findings.append(verdict.orphan)
    return findings


def _excerpt(layout, first, last):
    end = min(last, first + EXCERPT_LINES - 1)
    return [line[:200] for line in layout.lines[first - 1 : end]]
