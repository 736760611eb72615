"""One script, all rules: whatever goes wrong in it becomes its own result and stops no other."""
import hashlib
import sys

from glance import count_lines, is_plain
from grammar import compile_problem
from reading import Unreadable, decode, read_bytes


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
    data = read_bytes(job["path"])
    result["sha256"] = hashlib.sha256(data).hexdigest()
    text = decode(data)
    problem = compile_problem(data, text, job["name"], job.get("grammar"))
    if problem is None and not thorough and is_plain(text):
        result["lines"] = count_lines(text)
        return
    from judging import judge  # the modules behind it take longer to load than a dozen plain scripts to compile

    judge(text, problem, result)
