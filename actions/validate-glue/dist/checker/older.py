"""An older version of the script below its commit: told by a second set-up of the job, or by its statements in their order.

Names and literals may all have changed since; what the statements are, and that a job is set up once, has not.
"""
import ast
import re
from difflib import SequenceMatcher

from commits import SURE, is_main_guard
from expressions import Chain, text_of_constant

SETUP = re.compile(r"(?<![\w.])(?:\w+\.)?(GlueContext|getResolvedOptions|%s)\s*\((?!\s*\)\s*:)")
WAKE_CALLS = {
    "print", "stop", "exit", "_exit", "quit", "close", "info", "warn", "warning", "debug", "error", "log", "unpersist", "clearCache", "commit",
}  # fmt: skip
FEWEST = 8
ALIKE = 0.7
MOST = 4000


class Older:
    """`kinds` are the units' answers to whether running them commits the job."""

    def __init__(self, layout, units, commits, kinds, work):
        self._layout = layout
        self._units = units
        self._commits = commits
        self._kinds = kinds
        self._work = work
        classes = "|".join(re.escape(name) for name in commits.job_classes())
        self._setup = re.compile(SETUP.pattern % classes)

    def found(self):
        """(line of the commit, index of the first unit of the older version), or None."""
        signs = [self._signs(unit) for unit in self._units]
        index = next((place for place, kind in enumerate(self._kinds[:-1]) if kind), None)
        if index is None:
            return self._set_up_again(signs)
        again = set().union(*signs[: index + 1]) & set().union(*signs[index + 1 :])
        if not self._is_second(index, again):
            return None
        start = self._start(index)
        return None if start is None else (self._commits.line_of(self._units[index].nodes[-1]), start)

    def _is_second(self, index, again):
        if len(again) > 1:
            return True
        if self._kinds[index] != SURE or not self._work.done_by(index):
            return False
        return bool(again) and self._alike(index) >= ALIKE / 2 or any(self._kinds[index + 1 :]) and self._alike(index) >= ALIKE

    def _set_up_again(self, signs):
        """For a commit that only some runs reach: a second set-up at the margin, below the line of a commit."""
        still = [set()]
        for found in reversed(signs):
            still.append(still[-1] | found)
        still.reverse()
        seen = set()
        commit = None
        for place, unit in enumerate(self._units):
            if commit and seen.intersection(signs[place]) and len(seen & still[place]) > 1:
                start = place
                while start > 0 and _is_head(self._units[start - 1]) and self._units[start - 1].first > commit:
                    start -= 1
                return commit, start
            seen |= signs[place]
            commit = self._commits.last_mark(unit.first, unit.last) or commit
        return None

    def _signs(self, unit):
        """Which parts of a job's set-up the unit calls."""
        text = self._layout.slice(unit.first, unit.last)
        if not self._setup.search(text):
            return set()
        if unit.is_broken:
            return set(self._setup.findall(text))
        calls = [part.func for node in unit.nodes for part in ast.walk(node) if isinstance(part, ast.Call)]
        names = {getattr(call, "attr", None) or getattr(call, "id", None) for call in calls}
        return {name for name in names if name in ("GlueContext", "getResolvedOptions") or name in self._commits.job_classes()}

    def _start(self, index):
        """The first unit after the commit that isn't just the end of a run: a stop, a print, an exit."""
        for place in range(index + 1, len(self._units)):
            unit = self._units[place]
            if unit.is_broken or not all(_is_wake(node) for node in unit.nodes):
                return place
        return None

    def _alike(self, index):
        """How much of what follows stands in the script before, by the forms of its statements."""
        if len(self._units) > MOST:
            return 0.0
        earlier = self._forms(self._units[: index + 1])
        later = self._forms(self._units[index + 1 :])
        if not FEWEST <= len(later) <= MOST or len(earlier) > MOST:
            return 0.0
        blocks = SequenceMatcher(None, earlier, later, autojunk=False).get_matching_blocks()
        return sum(block.size for block in blocks) / float(len(later))

    def _forms(self, units):
        return [form for unit in units for node in unit.nodes or () for form in _forms_of(node)]


def _is_head(unit):
    """Whether a script may begin with it: an import, a text, a constant."""
    simple = (ast.Import, ast.ImportFrom, ast.Expr)
    return not unit.is_broken and all(
        isinstance(node, simple) and (not isinstance(node, ast.Expr) or text_of_constant(node.value) is not None) for node in unit.nodes
    )


def _is_wake(node):
    if not isinstance(node, ast.Expr) or is_main_guard(node):
        return False
    if isinstance(node.value, ast.Call):
        chain = Chain(node.value)
        return (chain.outermost or chain.root) in WAKE_CALLS
    return False


def _forms_of(node):
    """The forms of a statement and of those in its blocks."""
    inner = [part for field in ("body", "orelse", "finalbody") for part in getattr(node, field, None) or [] if isinstance(part, ast.stmt)]
    for handler in getattr(node, "handlers", None) or []:
        inner.extend(handler.body)
    if inner:
        yield type(node).__name__
        for part in inner:
            for form in _forms_of(part):
                yield form
    else:
        yield _form(node)


def _form(node):
    """What a statement is, without its names and literals: the kinds of its parts and the methods that it calls."""
    parts = [type(node).__name__]
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute):
            parts.append(part.attr)
        elif isinstance(part, ast.Call):
            parts.append("()")
    return " ".join(parts)
