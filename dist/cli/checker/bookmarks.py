"""What makes bookmarks lie in a script that compiles: no commit, one that some runs never reach, one before the last write."""
import ast
import re

from commits import DEFINITIONS, SURE, Commits, is_main_guard
from expressions import Chain
from statements import judge, writes_late
from suspicion import may_mislead_bookmarks
from units import LazyUnit, last_line, units_of
from work import Work

INIT = re.compile(r"\.init\s*\(")
GIVES_JOB = re.compile(r"[(,=]\s*\w{0,40}job\w{0,40}\s*[,)]", re.I)
MAKES_JOB = re.compile(r"\bJob\s*\(")
ABOUT_SURROUNDINGS = re.compile(r"local|test|debug|dry|glue|job|bookmark|env|argv|getResolved|stage|profile|mode", re.I)
LEAVES = ("exit", "_exit", "quit", "abort", "fail")


def bookmark_findings(layout):
    """Findings in the order of their lines; the caller knows that the script compiles and has no orphan code."""
    if not may_mislead_bookmarks(layout.text):
        return []
    if "commit" not in layout.text and not GIVES_JOB.search(layout.text):
        return [_finding("missing-commit", _place_of_job(layout))]
    return Look(layout).findings()


def _finding(rule, first, last=None, **facts):
    found = {"rule": rule, "startLine": first, "endLine": last or first}
    found.update(facts)
    return found


def _place_of_job(layout):
    """Where the reader would look for it: the line that makes or starts the job, else the first line of code."""
    for number in range(len(layout.lines), 0, -1):
        if layout.is_code(number) and (INIT.search(layout.lines[number - 1]) or MAKES_JOB.search(layout.lines[number - 1])):
            return number
    return layout.next_code(1) or 1


class Look:
    def __init__(self, layout):
        self._layout = layout
        self._units = units_of(layout)
        self._commits = Commits(layout)
        self._commits.learn(self._units)
        self._body = [node for unit in self._relevant() for node in unit.nodes or ()]
        self._work = Work(layout, self._units)

    def _relevant(self):
        """All units, but of a large script only those whose trees are kept and what follows the first commit."""
        known = [unit.first for unit in self._units if self._commits.marks(unit.first, unit.last)]
        after = known[0] if known else 0
        return [unit for unit in self._units if not isinstance(unit, LazyUnit) or unit.first > after]

    def findings(self):
        calls = [part for node in self._body for part in ast.walk(node) if self._commits.is_commit(part)]
        if not calls and (self._hands_commit_on() or self._hands_job_on()):
            return []
        if not calls:
            return [_finding("missing-commit", _place_of_job(self._layout))]
        findings = []
        if self._commits.makes_job() and not self._has_init():
            findings.append(_finding("missing-init", calls[0].lineno))
        line = self._conditional()
        late = self._late_write()
        if line is not None:
            findings.append(_finding("conditional-commit", line))
        elif late is not None:
            findings.append(_finding("commit-not-last", late[1], late[2], commitLine=late[0]))
        return findings

    def _has_init(self):
        parts = [part for node in self._body for part in ast.walk(node)]
        if any(isinstance(part, ast.Attribute) and part.attr == "init" for part in parts):
            return True
        return any(isinstance(part, ast.Call) and self._commits.takes_job(part) and not self._commits.is_commit(part) for part in parts)

    def _hands_commit_on(self):
        """Whether the commit itself is given to somebody who calls it: `atexit.register(job.commit)`."""
        parts = (part for node in self._body for part in ast.walk(node))
        return any(isinstance(part, ast.Attribute) and part.attr == "commit" and self._commits.is_job(part.value) for part in parts)

    def _hands_job_on(self):
        """Whether a function from elsewhere gets the job: it may commit it."""
        parts = (part for node in self._body for part in ast.walk(node))
        return any(isinstance(part, ast.Call) and self._commits.takes_job(part) for part in parts)

    def _conditional(self):
        """The line of a commit under a condition, when all of the script's stand under one."""
        blocks = [self._body] + [node.body for node in self._definitions()]
        if any(self._commits.kind_of_block(block) == SURE for block in blocks):
            return None
        lines = []
        for block in blocks:
            for node in block:
                lines.extend(self._governed(node))
        return max(lines) if lines and len(lines) == self._count() else None

    def _definitions(self):
        return [part for node in self._body for part in ast.walk(node) if isinstance(part, DEFINITIONS)]

    def _count(self):
        return sum(1 for node in self._body for part in ast.walk(node) if self._commits.is_commit(part))

    def _governed(self, node, condition=False):
        """The lines of commits that hang on a question about the data; of definitions only the block itself."""
        if isinstance(node, DEFINITIONS + (ast.ClassDef,)):
            return []
        if isinstance(node, ast.If) and not is_main_guard(node):
            if ABOUT_SURROUNDINGS.search(self._text_of(node)) or _gives_up(node.body) or _gives_up(node.orelse):
                return []
            condition = True
        inner = []
        for field in ("body", "orelse", "finalbody"):
            inner.extend(getattr(node, field, None) or [])
        found = []
        for part in inner:
            found.extend(self._governed(part, condition))
        if not inner and condition and any(self._commits.is_commit(part) for part in ast.walk(node)):
            found.append(node.lineno)
        return found

    def _text_of(self, node):
        """The lines of the question that an `if` asks."""
        return self._layout.slice(node.lineno, max(node.body[0].lineno - 1, node.lineno))

    def _late_write(self):
        """(line of the final commit, first and last line of a statement below it that writes), or None."""
        for block in self._blocks(self._body):
            sure = [place for place, node in enumerate(block) if self._commits.kind(node) == SURE]
            if not sure or sure[-1] + 1 == len(block):
                continue
            node = block[sure[-1]]
            if isinstance(node, DEFINITIONS) or not self._work.done_above(node.lineno):
                continue
            late = writes_late(block[sure[-1] + 1 :], self._commits.effects(judge))
            if late is not None:
                return self._commits.line_of(node), late.lineno, last_line(late, self._layout)
        return None

    def _blocks(self, block):
        """The module's block, and those inside it in which a commit would be the job's last act."""
        yield block
        for node in block:
            if isinstance(node, (ast.For, ast.AsyncFor, ast.While)) or isinstance(node, ast.If) and not is_main_guard(node):
                continue
            for field in ("body", "orelse", "finalbody"):
                inner = getattr(node, field, None)
                if isinstance(inner, list) and inner:
                    for found in self._blocks(inner):
                        yield found


def _gives_up(block):
    """Whether the branch ends the run as failed, or early: then it is right that it doesn't commit."""
    if not block:
        return False
    last = block[-1]
    if isinstance(last, (ast.Raise, ast.Return)):
        return True
    return isinstance(last, ast.Expr) and Chain(last.value).outermost in LEAVES
