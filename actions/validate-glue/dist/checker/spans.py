"""From the statements after a commit to the exact lines that are orphans, and where they came from."""
import ast
import re

from commits import is_main_guard
from expressions import Chain, bound_names, names_in
from pasted import Pasted
from removal import Removal
from repeats import Repeats
from statements import BUILD, DATA, PLAIN, Tail, calls_writer, flatten, judge
from units import LazyUnit

SETUP_CALLS = {"getResolvedOptions", "Job", "SparkContext", "GlueContext"}
WORD = re.compile(r"[A-Za-z_]\w*")
BROKEN_LINES = 200
COPY_SHARE = 0.8
HEAVY_LINES = 3
LONG_COPY = 12
MANY = 2000
SETUP = 3


class Spans:
    def __init__(self, layout, commits):
        self._layout = layout
        self._commits = commits
        self._repeats = Repeats(layout)
        self._pasted = Pasted(layout, self._repeats, commits)

    def span(self, after, units):
        """First and last orphan line among the units that follow line `after`, or None when they belong there."""
        labels = self._labels(after, units)
        bad = [unit for unit, label in zip(units, labels) if label == DATA]
        if not bad:
            return None
        first = self._first_pasted(units, bad[0]).first
        first = self.reach_back(first, after) if first > after else first  # a statement may share its line with the commit
        broken = [unit for unit in units if unit.problem is not None]
        if broken:
            return first, units[-1].last
        last = self._reach_on(bad[-1].last, units[-1].last, after)
        for unit in units:
            if unit.first > last and self._commits.kind_of_block(unit.nodes):
                last = unit.last
        return first, self._reach_on(last, units[-1].last, first - 1)

    def _first_pasted(self, units, bad):
        """Statements right above the first bad one that are earlier lines once more came with it."""
        place = units.index(bad)
        while place > 0 and self._repeats.stands_before(units[place - 1].first, units[place - 1].last, units[0].first - 1):
            place -= 1
        return units[place]

    def is_plain(self, unit):
        return unit.problem is None and DATA not in Tail(lambda name: True).label(unit.nodes)

    def is_copy(self, after, last):
        """Whether the lines after `after`, a commit of their own included, are earlier code once more."""
        share, lines = self._repeats.share(after + 1, last, after)
        return share >= COPY_SHARE and lines >= (HEAVY_LINES if share < 1 else 2) and self._is_more_than_commits(after, last)

    def _is_more_than_commits(self, after, last):
        numbers = range(after + 1, last + 1)
        return any(self._layout.is_code(number) and not self._commits.is_on(number) for number in numbers)

    def finding(self, commit, place, first, last, problem, again):
        """The orphan as the checker tells it; None when one token makes a healthy script of it: `place` is for Removal.is_slip."""
        removal = Removal(self._layout, self._commits, again)
        if problem is not None and removal.is_slip(place, commit, first, last):
            return None
        run = self._repeats.run(first, last, commit)
        repeats = None
        if run is not None and run[1] - run[0] + 1 >= HEAVY_LINES:
            repeats = {"first": run[0], "last": run[1], "twinFirst": run[2], "twinLast": run[3]}
        code = sum(1 for number in range(first, last + 1) if self._layout.is_code(number))
        proof = removal.proof(commit, first, last, problem is not None)
        return {
            "rule": "orphan-code",
            "startLine": first,
            "endLine": last,
            "python": problem,
            "commitLine": commit,
            "commitText": self._layout.lines[commit - 1].strip()[:80],
            "codeLines": code,
            "repeats": repeats,
            "deleteLines": [first, last] if proof else None,
            "proof": proof,
        }

    def _labels(self, after, units):
        if len(units) > MANY and self._is_long_copy(after, units):
            return [DATA] * len(units)
        units = [unit.held() if isinstance(unit, LazyUnit) else unit for unit in units]
        whole = [unit for unit in units if unit.problem is None]
        before = "\n".join(self._layout.lines[:after])
        tail = Tail(lambda name: re.search(r"\b%s\b" % re.escape(name), before) is not None)
        nodes = [node for unit in whole for node in unit.nodes]
        owners = [unit for unit in whole for _ in unit.nodes]
        labels = tail.label(nodes)
        found = {id(unit) for unit, label in zip(owners, labels) if label == DATA}
        built = {id(unit) for unit, label in zip(owners, labels) if label == BUILD}
        found |= self._pasted.among(whole, after)
        found |= {id(unit) for unit in whole if self._writes_again(unit, after)}
        weight = 0
        repeated = set()
        for unit in whole:
            heaviness = max([3 if id(unit) in built else 0] + [weigh(node) for node in unit.nodes])
            if heaviness and self._repeats.stands_before(unit.first, unit.last, after):
                repeated.add(id(unit))
                weight += heaviness * (unit.last - unit.first + 1)
        if weight >= HEAVY_LINES:
            found |= repeated
        if self._is_second_run(after, whole, units) or self._is_long_copy(after, units):
            found |= {id(unit) for unit in whole if self._repeats.stands_before(unit.first, unit.last, after)}
        if found:
            found |= {id(unit) for unit in whole if any(weigh(node) == SETUP for node in unit.nodes)}
        found |= self._feeding(units, found)
        return [DATA if unit.problem is not None or id(unit) in found else PLAIN for unit in units]

    def _writes_again(self, unit, after):
        """Whether the statement calls a function that writes, which only the lines below the commit define, or once more."""
        for node in unit.nodes:
            for statement in flatten(node):
                name = calls_writer(statement, self._commits.effects(judge))
                if name and (self._commits.is_defined_below(name, after) or self._repeats.stands_before(unit.first, unit.last, after)):
                    return True
        return False

    def _is_second_run(self, after, whole, units):
        """Whether what follows is the script's end once more, with its commit."""
        commits = any(self._commits.kind_of_block(unit.nodes) for unit in whole)
        return commits and self.is_copy(after, units[-1].last)

    def _is_long_copy(self, after, units):
        """Whether so much of what follows stands before that nobody wrote it twice on purpose, whatever it does."""
        share, lines = self._repeats.share(units[0].first, units[-1].last, after) if units else (0, 0)
        return share >= COPY_SHARE and lines >= LONG_COPY

    def _feeding(self, units, found):
        """The ids of the units that bind names for the orphan ones below them."""
        feeding = set()
        needed = set()
        for unit in reversed(units):
            if unit.problem is not None:
                needed.update(WORD.findall(self._layout.slice(unit.first, min(unit.last, unit.first + BROKEN_LINES))))
                continue
            wanted = id(unit) in found
            if not wanted and any(needed.intersection(bound_names(node)) for node in unit.nodes):
                wanted = True
                feeding.add(id(unit))
            if wanted:
                needed.update(*[names_in(node) for node in unit.nodes])
        return feeding

    def pasted_on(self, units, commit):
        """The last line of those units right below an orphan that are lines up to the commit once more, or broken."""
        last = None
        for unit in units:
            if unit.problem is None and is_main_guard(unit.nodes[-1]):
                break
            if unit.problem is not None or self._repeats.stands_before(unit.first, unit.last, commit):
                last = unit.last
        return last

    def reach_back(self, first, after):
        """Lines before the first surely orphan one that were pasted with it."""
        start = self._repeats.reach(first, after + 1, -1, after)
        return self._layout.next_code(start) or first

    def _reach_on(self, last, end, after):
        stop = self._repeats.reach(last, end, 1, after)
        return self._layout.last_code(last, stop) or last


def is_heavy(node):
    return weigh(node) > 0


def weigh(node):
    """How surely nobody repeats the statement on purpose after a commit: 0 for those that people do, 3 for the job's setup."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
        return 1
    if is_main_guard(node):
        return 1
    if isinstance(node, (ast.If, ast.For, ast.With, ast.Try)):
        return max([weigh(part) for part in flatten(node)] or [0])
    value = getattr(node, "value", None)
    if not isinstance(node, (ast.Expr, ast.Assign)) or (isinstance(node, ast.Expr) and not isinstance(value, ast.Call)):
        return 0
    chain = Chain(value)
    if chain.root in SETUP_CALLS or chain.outermost in SETUP_CALLS or chain.outermost == "init":
        return SETUP
    return 1 if isinstance(node, ast.Assign) and not isinstance(value, ast.Call) else 0
