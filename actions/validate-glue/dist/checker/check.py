"""One script, all rules: whatever goes wrong in it becomes its own result and stops no other."""
import hashlib
import sys

from documents import document_kind
from glance import count_lines, is_plain
from grammar import compile_problem
from reading import Unreadable, content_of, decode
from signs import signs_in


def check_script(job, thorough=False):
    """`thorough` takes no short cut; it is there to show that the short cut changes no answer."""
    result = {"id": job["id"], "sha256": None, "lines": 0, "findings": [], "suppressions": [], "internal": None}
    try:
        _check(job, result, thorough)
    except Unreadable as problem:
        result["findings"].append(
            {"rule": "unreadable-script", "startLine": problem.line, "endLine": problem.line, "reason": problem.reason}
        )
    except RecursionError:  # CPython compiles what a walk over the tree, a call for each level, can't follow
        reason = "is nested too deeply to be judged"
        result["findings"] = [{"rule": "unreadable-script", "startLine": 1, "endLine": 1, "reason": reason}]
    except Exception as error:  # a defect of the checker must not cost the other scripts their results
        place = sys.exc_info()[2]
        while place.tb_next is not None:
            place = place.tb_next
        where = "%s:%d" % (place.tb_frame.f_code.co_name, place.tb_lineno)
        result["internal"] = "%s: %s (%s)" % (type(error).__name__, error, where)
    return result


def _check(job, result, thorough):
    data = content_of(job)
    result["sha256"] = hashlib.sha256(data).hexdigest()
    text = decode(data)
    kind = document_kind(job["name"], text)
    if kind is not None:
        raise Unreadable(kind)
    grammar = job.get("grammar")
    problem = compile_problem(data, text, job["name"], grammar)
    if problem is None and grammar is not None:
        from newer_grammar import newer_construct

        problem = newer_construct(text, grammar[1])
    if problem is None and job.get("facts"):
        from facts import facts_of

        result["facts"] = facts_of(text)
    if problem is None and (job.get("library") or not thorough and is_plain(text)):
        result["lines"] = count_lines(text)
        signs = [] if job.get("library") else signs_in(text)
        if signs:
            from job_rules import judge_plain

            judge_plain(text, signs, result)
        return
    from judging import judge, judge_library  # the modules behind it take longer to load than a dozen plain scripts to compile

    (judge_library if job.get("library") else judge)(text, problem, result)
