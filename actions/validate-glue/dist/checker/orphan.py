"""Finds code after a job's final commit that doesn't belong there, in scripts that compile and in scripts that don't."""
import ast
import re

from commits import MAYBE, SURE, Commits, is_main_guard
from grammar import parse
from foreign import is_no_code
from layout import Layout
from mending import mend
from older import Older
from pasted import FEWEST_STATEMENTS
from spans import Spans, is_heavy
from statements import PLAIN, Tail
from units import last_line, units_of, whole_units
from work import Work, definition_name

MID_EXPRESSION = re.compile(r"[)\]}.,+*/|&=<>:]|'{3}|\"{3}|(?:else|elif|except|finally|and|or|in|is)\b")
AFTER_COMMIT = re.compile(r"\.commit\s*\(\s*\)[ \t;]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
HANDED = re.compile(r"\b\w*commit\w*\([^()\n]*job", re.I)
CALLED = re.compile(r"(?<![\w])([^\W\d]\w*)[ \t]*\(")
AT_MARGIN = re.compile(r"[A-Za-z_][\w.]*\Z")
COMMITS = 12
LOOPS = (ast.For, ast.AsyncFor, ast.While)


def find_orphan(layout, problem):
    """The finding, or None. `problem` is CPython's complaint about the script, if it has one."""
    return Search(layout, problem).verdict() if _worth_a_look(layout.text, problem) else None


def _orphan_of(text):
    return find_orphan(Layout(text), None)


def _worth_a_look(text, problem):
    """Most scripts end with their one commit, or with some plain lines after it: the whole needs no second parse."""
    place = text.find(".commit")
    if place < 0:
        return HANDED.search(text) is not None
    if problem is not None or text.find(".commit", place + 7) >= 0:
        return True
    rest = AFTER_COMMIT.match(text, place)
    if rest is None:
        return True
    start = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
    tail = text[rest.end() :]
    if not tail.strip():
        return False
    nodes = parse(tail)[0] if AT_MARGIN.match(text[start:place]) else None
    if nodes is None or len(nodes) >= FEWEST_STATEMENTS or any(is_heavy(node) for node in nodes):
        return True
    if any(re.search(r"\bdef %s\(" % name, text) for name in set(CALLED.findall(tail))):
        return True
    labels = Tail(lambda name: re.search(r"\b%s\b" % re.escape(name), text[:start]) is not None).label(nodes)
    return any(label != PLAIN for label in labels)


class Search:
    def __init__(self, layout, problem):
        self._layout = layout
        self._problem = problem
        self._units = units_of(layout, problem)
        self._commits = Commits(layout)
        self._commits.learn(self._units)
        self._mend()
        if problem is not None and all(unit.problem is None for unit in self._units):
            self._blame(problem)
        self._work = Work(layout, self._units)
        self._spans = Spans(layout, self._commits)

    def verdict(self):
        found = self._older() or self._joined(self._in_holes() or self._in_blocks(), self._at_top() or self._between())
        if found is None:
            return None
        commit, first, last = found
        inside, outside = [], []
        for unit in self._units:
            if unit.problem is not None:
                within = unit.hole or first <= unit.problem["line"] <= last
                (inside if within else outside).append(unit.problem)
        problem = self._problem
        belongs = problem is not None and (first <= problem["line"] or not outside) and not _before(outside, first)
        told = problem if belongs else inside[0] if inside else None
        first = self._dead_from(first, commit)
        context = max([unit.first for unit in self._units if unit.first <= commit] or [1])
        end = max([unit.last for unit in self._units if unit.first <= last])
        place = (context, self._window(first, last), max(end, last))
        return self._spans.finding(commit, place, first, last, told, _orphan_of)

    def _window(self, first, last):
        """The first line that a slip could stand on: of the statement before the first broken one, from the orphan's start on."""
        before = first
        for unit in self._units:
            if unit.first >= first:
                if unit.problem is not None or unit.hole is not None or unit.first > last:
                    break
                before = unit.first
        return before

    def _dead_from(self, first, commit):
        """Statements right above that no run reaches, below a `raise` or `return`, came with the orphan."""
        for unit in self._units:
            near = unit.last < first and not unit.is_broken and self._layout.last_code(unit.first, first - 1) == unit.last
            if near and unit.nodes:
                line = _dead_line(unit.nodes[-1])
                if line is not None and line > commit:
                    return line
        return first

    def _older(self):
        kinds = [self._kind(unit) for unit in self._units]
        found = Older(self._layout, self._units, self._commits, kinds, self._work).found()
        if found is None:
            return None
        commit, start = found
        return commit, self._units[start].first, self._units[-1].last

    def _joined(self, inner, outer):
        """An orphan that begins inside the block of the commit and goes on below it is one."""
        if inner is None or outer is None:
            return outer or inner
        goes_on = inner[0] == outer[0] or (self._layout.next_code(inner[2] + 1) or outer[1]) >= outer[1]
        return (inner[0], inner[1], max(inner[2], outer[2])) if inner[1] < outer[1] and goes_on else outer

    def _mend(self):
        mended = False
        for unit in self._units:
            if unit.is_broken:
                mend(self._layout, unit, self._commits)
                mended = mended or not unit.is_broken
        if mended:
            self._commits.learn(self._units)

    def _blame(self, problem):
        """Every unit parses, but not the whole (`return` outside a function): the one with the line is the broken one."""
        for unit in reversed(self._units):
            if unit.first <= problem["line"]:
                unit.problem = problem
                return

    def _at_top(self):
        kinds = [self._kind(unit) for unit in self._units]
        sure = _few([index for index, kind in enumerate(kinds) if kind == SURE])
        for index in sure:
            if index + 1 < len(self._units) and self._is_final(index, sure):
                found = self._judge(index)
                if found:
                    return found
        if sure:
            return None
        for index, kind in reversed(list(enumerate(kinds))):
            if kind == MAYBE:
                return self._judge(index) if self._goes_astray(index) and not self._exits(index) else None
        return None

    def _kind(self, unit):
        if unit.is_broken or unit.problem is not None and unit.hole is None or not self._commits.marks(unit.first, unit.last):
            return 0
        return self._commits.kind_of_block(unit.nodes)

    def _is_final(self, index, sure):
        unit = self._units[index]
        astray = self._goes_astray(index)
        node = unit.nodes[-1]
        if not astray and not self._work.done_by(index):
            return False
        lazy = self._problem is None and not astray and not self._work.took_effect_by(index)
        if lazy and not self._repeats_much(index):
            return False
        if sure[-1] > index:
            return astray or self._spans.is_copy(unit.last, self._units[-1].last)
        direct = self._commits.is_direct(node) or self._commits.is_called_once(node)
        return direct or is_main_guard(node) or any(later.problem for later in self._units[index + 1 :])

    def _repeats_much(self, index):
        return self._spans.is_copy(self._units[index].last, self._units[-1].last)

    def _goes_astray(self, index):
        """Whether what follows starts in mid-expression: after a commit that is no template's opening."""
        for unit in self._units[index + 1 :]:
            if unit.problem is not None:
                return self._starts_astray(unit)
            if not self._spans.is_plain(unit):
                return False
        return False

    def _strays(self, units):
        """Whether units, one of them broken, start with something that means nothing where it stands."""
        odd = [unit for unit in units if unit.problem is not None or not self._spans.is_plain(unit)]
        broken = any(unit.problem is not None for unit in odd)
        return broken and (odd[0].problem is None or self._starts_astray(odd[0]))

    def _starts_astray(self, unit):
        line = self._layout.lines[unit.first - 1]
        bare = line.strip()
        return self._layout.indent(unit.first) > 0 or bool(MID_EXPRESSION.match(bare)) or is_no_code(bare)

    def _exits(self, index):
        node = self._units[index].nodes[-1]
        return isinstance(node, ast.If) and isinstance(node.body[-1], (ast.Return, ast.Raise, ast.Expr)) and (
            not self._commits.is_commit(getattr(node.body[-1], "value", None))
        )  # fmt: skip

    def _judge(self, index):
        unit = self._units[index]
        span = self._spans.span(unit.last, self._units[index + 1 :])
        return span and (self._commits.line_of(unit.nodes[-1]),) + span

    def _between(self):
        """Pieces between the function or class that commits and the statement that calls it."""
        for index, unit in enumerate(self._units[:-1]):
            name = definition_name(self._layout.lines[unit.first - 1])
            committing = self._committing(unit)
            if committing is None:
                continue
            following = []
            for place in range(index + 1, len(self._units)):  # by place: most stop soon, and a copy of the rest would not
                later = self._units[place]
                line = self._layout.lines[later.first - 1]
                if definition_name(line) or re.match(r"(?:if __name__|(?:\w+\s*=\s*)?%s\s*\()" % re.escape(name), line):
                    break
                if self._kind(later):
                    break
                following.append(later)
            after = last_line(committing.body[-1], self._layout)
            span = self._spans.span(after, following) if self._strays(following) else None
            if span:
                return (self._commits.line_of(committing),) + span
        return None

    def _committing(self, unit):
        """The function that the unit defines, by itself or as a class's method, and that commits the job."""
        for node in unit.nodes or () if self._commits.marks(unit.first, unit.last) else ():
            for part in [node] + (node.body if isinstance(node, ast.ClassDef) else []):
                name = getattr(part, "name", None)
                if part in (self._commits.functions.get(name), self._commits.methods.get(name)):
                    return part
        return None

    def _in_holes(self):
        for index, unit in enumerate(self._units):
            if unit.hole is not None:
                commit, first, last = unit.hole
                if last == unit.last:
                    last = self._spans.pasted_on(self._units[index + 1 :], commit) or last
                return commit, self._spans.reach_back(first, commit), last
        return None

    def _in_blocks(self):
        for unit in self._units:
            for node in unit.nodes or () if self._commits.marks(unit.first, unit.last) else ():
                for block in _blocks(node):
                    found = self._in_block(block)
                    if found:
                        return found
        return None

    def _in_block(self, block):
        sure = _few([index for index, node in enumerate(block) if self._commits.kind(node) == SURE])
        for index in sure:
            node = block[index]
            end = last_line(node, self._layout)
            if index + 1 == len(block) or not self._work.done_above(end):
                continue
            tail_end = last_line(block[-1], self._layout)
            if sure[-1] > index and not self._spans.is_copy(end, tail_end):
                continue
            if self._commits.is_direct(node) or self._commits.is_called_once(node):
                span = self._spans.span(end, whole_units(self._layout, block[index + 1 :]))
                if span:
                    return (self._commits.line_of(node),) + span
        return None


def _few(places):
    """The first commits and the last: each costs a look at all that follows, and a job that commits often does so by design."""
    return places if len(places) <= COMMITS else places[: COMMITS - 1] + places[-1:]


def _before(problems, first):
    return any(problem["line"] < first for problem in problems)


def _blocks(node):
    """The blocks of a statement in which a commit would be the job's last act; loops and conditions are none."""
    if isinstance(node, LOOPS):
        return
    if isinstance(node, ast.If) and not is_main_guard(node):
        return
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list) and block:
            yield block
            for part in block:
                for inner in _blocks(part):
                    yield inner


def _dead_line(node):
    """The first line, in the last block of a statement, that stands behind its block's `raise` or `return`."""
    blocks = [getattr(node, field, None) for field in ("finalbody", "orelse", "body")]
    handlers = getattr(node, "handlers", None) or []
    blocks = blocks[:1] + [handlers[-1].body if handlers else None] + blocks[1:]
    block = next((block for block in blocks if isinstance(block, list) and block), None)
    if block is None:
        return None
    for place, part in enumerate(block[:-1]):
        if isinstance(part, (ast.Raise, ast.Return, ast.Continue, ast.Break)):
            return block[place + 1].lineno
    return _dead_line(block[-1])
