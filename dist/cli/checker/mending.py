"""A block that doesn't parse, but would without the lines that follow its commit."""
import ast
import re

from commits import SURE
from grammar import parse
from statements import DATA, Tail

CLOSES = re.compile(r"(?:except|finally|else|elif|def|async|class|@|if __name__)\b|@")
LEAVES = re.compile(r"\s+(?:raise|return|sys\.exit|os\._exit|exit|quit)\b")
TRIES = 4


def mend(layout, unit, commits):
    """Gives the unit the nodes that it has without the hole, and the hole's lines; leaves it alone when that doesn't help."""
    lines = [number for number in range(unit.first, unit.last) if commits.is_on(number)]
    for line in lines[:TRIES]:
        for resume in _resumes(layout, unit, line):
            first, last = layout.next_code(line + 1), layout.last_code(line + 1, resume - 1)
            if first is None or last is None or first > last:
                continue
            rest = layout.slice(resume, unit.last) if resume <= unit.last else ""
            nodes, _ = parse(layout.slice(unit.first, line) + rest)
            if nodes is None:
                continue
            _place(nodes, unit, line, resume)
            if _commits_at(nodes, line, commits):
                start = _first_orphan(layout, first, last, layout.indent(line))
                unit.nodes, unit.hole = nodes, (line, start, last)
                return
    if lines:
        _cut_off(layout, unit, lines[0], commits)


def _cut_off(layout, unit, commit, commits):
    """For a tail that stands not at the commit but below the handlers that follow it."""
    ends = [n for n in range(commit, unit.last) if LEAVES.match(layout.lines[n - 1])][:TRIES]
    broken = min(unit.problem["line"], unit.last)
    while broken > commit and not layout.starts_statement(broken):
        broken -= 1
    for end in ends + [layout.last_code(commit, broken - 1)]:
        first = layout.next_code(end + 1) if end else None
        if first is None or first > unit.last or not _is_cut(layout, first, end):
            continue
        nodes, _ = parse(layout.slice(unit.first, end))
        if nodes is None:
            continue
        _place(nodes, unit, unit.last, unit.last)
        if commits.kind_of_block(nodes) == SURE and not any(_under_condition(node, commit, commits) for node in nodes):
            unit.nodes, unit.hole = nodes, (commit, first, unit.last)
            return


def _is_cut(layout, first, end):
    """Whether a block can end there: what follows is no further branch of it."""
    text = layout.lines[first - 1]
    return not CLOSES.match(text.strip()) or layout.indent(first) > layout.indent(end) or not text.strip().startswith(("except", "finally"))


def _resumes(layout, unit, line):
    indent = layout.indent(line)
    found = []
    for number in range(line + 1, unit.last + 1):
        text = layout.lines[number - 1].strip()
        if text and layout.indent(number) < indent and CLOSES.match(text):
            found.append(number)
            if len(found) == TRIES:
                break
    return found + [unit.last + 1]


def _commits_at(nodes, line, commits):
    """Whether a commit that no condition governs stands on that line of the mended block, as the last of its statements."""
    for node in nodes:
        for block in _blocks(node):
            last = block[-1]
            if last.lineno == line and commits.kind(last) == SURE:
                return not _under_condition(node, line, commits)
    return False


def _under_condition(node, line, commits):
    for part in ast.walk(node):
        if isinstance(part, (ast.If, ast.ExceptHandler)) and commits.kind_of_block([part]) != SURE:
            last = max(getattr(inner, "lineno", 0) for inner in ast.walk(part))
            if part.lineno <= line <= last:
                return True
    return False


def _blocks(node):
    for part in ast.walk(node):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(part, field, None)
            if isinstance(block, list) and block:
                yield block


def _place(nodes, unit, line, resume):
    """From lines of the mended block to lines of the file."""
    for top in nodes:
        for node in ast.walk(top):
            for field in ("lineno", "end_lineno"):
                local = getattr(node, field, None)
                if local is not None:
                    at = local + unit.first - 1
                    setattr(node, field, at if at <= line else at + resume - line - 1)


def _first_orphan(layout, first, last, indent):
    """Skips what rightly follows a commit."""
    starts = [n for n in range(first, last + 1) if layout.is_code(n) and layout.indent(n) == indent]
    if not starts or starts[0] != first:
        return first
    ends = [following - 1 for following in starts[1:]] + [last]
    for start, end in zip(starts, ends):
        pad = len(layout.lines[start - 1]) - len(layout.lines[start - 1].lstrip())
        nodes, _ = parse("\n".join(line[pad:] for line in layout.lines[start - 1 : end]) + "\n")
        if nodes is None or DATA in Tail(lambda name: True).label(nodes):
            return start
    return first
