"""A script cut into its top-level statements, so that a broken one hides none of the others."""
import ast
import re
from bisect import bisect_left

from expressions import text_of_constant
from grammar import LARGE, parse

OPENS_BLOCK = re.compile(r"(?:if|for|while|with|try|def|class|async|else|elif|except|finally)\b|match\b.*:\s*(?:#.*)?$")
CONTINUES = re.compile(r"(?:else|elif|except|finally)\b")
DECORATOR = re.compile(r"@\s*[A-Za-z_]")
# Where a statement surely begins, even when an unclosed bracket or string before it says otherwise.
SURE_START = re.compile(
    r"(?:async\s+def|def|class|import|while|with|return|raise|global)\s|from\s+[\w.]+\s+import\b|try\s*:|@\s*[A-Za-z_]"
    r"|(?:if|for|elif)\s.*:\s*(?:#.*)?$|(?:else|finally|except\b.*):\s*(?:#.*)?$"
    r"|[A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_]\w*)*\s*=[^=]|[A-Za-z_][\w.]*\("
)
HANDLER = re.compile(r"\s*(?:except\b.*|finally\s*):\s*(?:#.*)?$")
TRY = re.compile(r"\s*try\s*:")
MARK = re.compile(r"commit|\bJob\b|\binit\b|__name__", re.I)
PART_LINES = 2000
PIECES_BETWEEN = 40
RESTARTS = 8


class Unit:
    """A top-level statement, or a piece that is none: then `nodes` is None and `problem` is CPython's complaint."""

    def __init__(self, first, last, nodes, problem=None):
        self.first = first
        self.last = last
        self.nodes = nodes
        self.problem = problem
        self.hole = None

    @property
    def is_broken(self):
        return self.nodes is None


class LazyUnit:
    """A statement of a script so large that its syntax trees don't fit into memory together: parsed anew when asked for."""

    hole = problem = None
    is_broken = False

    def __init__(self, first, last, layout):
        self.first = first
        self.last = last
        self._layout = layout

    @property
    def nodes(self):
        return _parse_unit(self._layout, self.first, self.last).nodes

    def held(self):
        """The same with its trees, for those who look at them several times."""
        return Unit(self.first, self.last, self.nodes)


def units_of(layout, problem=None):
    """The units of any script; `problem` is CPython's complaint about it, if it has one."""
    if len(layout.text) >= LARGE:
        units = _large_units(layout, len(layout.lines))
        if units is None and problem is not None:
            return broken_units(layout, problem)
        if units is not None:
            return units
    body, problem = parse(layout.text)
    return broken_units(layout, problem) if body is None else whole_units(layout, body)


def _light(layout, unit):
    """The unit without its trees, unless it may commit, is broken or is one of few."""
    if unit.is_broken or len(layout.text) < LARGE or any(MARK.search(line) for line in layout.lines[unit.first - 1 : unit.last]):
        return unit
    return LazyUnit(unit.first, unit.last, layout)


def _large_units(layout, end):
    """The units up to a line, parsed part by part; trees are kept for those that may commit alone. None when a part is broken."""
    units = []
    first = 1
    pieces = [start for start, _ in _pieces(layout, 1) if start <= end]
    while first <= end:
        size = PART_LINES
        while True:
            place = bisect_left(pieces, first + size)
            stop = pieces[place] - 1 if place < len(pieces) else end
            nodes, _ = parse(layout.slice(first, stop))
            if nodes is not None or stop == end:
                break
            size *= 4
        if nodes is None:
            return None
        for node in nodes:
            unit = Unit(first_line(node) + first - 1, (getattr(node, "end_lineno", None) or 0) + first - 1, [node])
            light = _light(layout, unit)
            if light is unit or unit.last < unit.first:  # Python < 3.8 knows no end
                ast.increment_lineno(node, first - 1)
                unit.last = last_line(node, layout)
                light = _light(layout, unit)
            units.append(light)
        first = stop + 1
    return units


def whole_units(layout, body):
    """The units of a script that parses."""
    units = []
    for node in body:
        units.append(Unit(first_line(node), last_line(node, layout), [node]))
    return units


def broken_units(layout, problem):
    """The units of a script that does not parse: what stands before CPython's complaint at once, the rest one by one."""
    units, start = _sound_units(layout, problem["line"])
    for restarts in range(RESTARTS + 1):
        for first, last in _pieces(layout, start):
            unit = _parse_unit(layout, first, last)
            start = _swallowed(layout, unit) if unit.is_broken and restarts < RESTARTS else None
            if start is not None:
                units.append(_parse_unit(layout, first, _last_written(layout, first, start - 1)))
                layout.restart(start)
                break
            units.append(_light(layout, unit))
        else:
            break
    return list(_reunited(layout, units))


def _last_written(layout, first, last):
    """The last line that is not blank, be it inside a string that never ends."""
    while last > first and not layout.lines[last - 1].strip():
        last -= 1
    return last


def _reunited(layout, units):
    """Joins a block with a `try` to the handlers that pieces pasted at the margin have cut it off from."""
    place = 0
    while place < len(units):
        unit = units[place]
        indent = _open_try(layout, unit) if unit.is_broken else None
        if indent is not None:
            for later, other in enumerate(units[place + 1 : place + 1 + PIECES_BETWEEN], place + 1):
                if _handles(layout, other, indent):
                    unit = Unit(unit.first, other.last, None, unit.problem)
                    place = later
                    break
        yield unit
        place += 1


def _open_try(layout, unit):
    """The indentation of the block's last `try` that no handler follows, or None."""
    indent = None
    for number in range(unit.first, unit.last + 1):
        if layout.starts_statement(number):
            line = layout.lines[number - 1]
            if TRY.match(line):
                indent = layout.indent(number)
            elif indent is not None and layout.indent(number) == indent and HANDLER.match(line):
                indent = None
    return indent


def _handles(layout, unit, indent):
    return layout.indent(unit.first) == indent and bool(HANDLER.match(layout.lines[unit.first - 1]))


def _sound_units(layout, line):
    """The units before the one with the line, if they parse, and the line at which to go on."""
    firsts = [first for first, _ in _pieces(layout, 1) if first <= line]
    if len(layout.text) >= LARGE and len(firsts) > 1:
        units = _large_units(layout, firsts[-1] - 1)
        return (units, firsts[-1]) if units else ([], 1)
    body = parse(layout.slice(1, firsts[-1] - 1))[0] if len(firsts) > 1 else None
    return (whole_units(layout, body), firsts[-1]) if body else ([], 1)


def first_line(node):
    decorators = getattr(node, "decorator_list", None)
    line = min([node.lineno] + [item.lineno for item in decorators]) if decorators else node.lineno
    if node.col_offset == -1 and isinstance(node, ast.Expr):  # Python < 3.8 gives a long string's last line
        line -= (text_of_constant(node.value) or "").count("\n")
    return max(line, 1)


def last_line(node, layout):
    end = getattr(node, "end_lineno", None)
    if end is not None:
        return end
    end = max([getattr(part, "lineno", 0) for part in ast.walk(node)] + [node.lineno])
    while end < len(layout.lines) and layout.is_code(end + 1) and not layout.starts_statement(end + 1):
        end += 1
    return end


def _pieces(layout, start):
    """Line ranges from one statement at the margin to the next; lines indented under no block are a piece of their own."""
    pieces = []
    block = decorated = False
    for number in range(start, len(layout.lines) + 1):
        if not layout.starts_statement(number):
            continue
        line = layout.lines[number - 1].strip("\f")
        if layout.indent(number) > 0:
            if block and not _is_complete(layout, pieces[-1], number):
                continue
            new = not pieces or pieces[-1][1]
            decorated = False
        else:
            new = not (decorated or (block and CONTINUES.match(line)))
            decorated = bool(DECORATOR.match(line))
        if new:
            pieces.append([number, layout.indent(number) == 0])
        block = layout.indent(number) == 0 and bool(OPENS_BLOCK.match(line))
        if decorated:
            block = False
    firsts = [first for first, _ in pieces]
    ends = [following - 1 for following in firsts[1:]] + [len(layout.lines)]
    return [(first, layout.last_code(first, end) or first) for first, end in zip(firsts, ends)]


def _is_complete(layout, piece, number):
    """Whether the block's header, on the line before, is a whole one-line statement (`if job: job.commit()`)."""
    first = layout.last_code(piece[0], number - 1)
    if first is None or layout.indent(first) > 0 or layout.lines[first - 1].rstrip().endswith(":"):
        return False
    return parse(layout.slice(first, first))[0] is not None


def _parse_unit(layout, first, last):
    nodes, problem = parse(layout.slice(first, last))
    if nodes is None:
        problem["line"] = min(problem["line"] + first - 1, last)
        return Unit(first, last, None, problem)
    for node in nodes:
        ast.increment_lineno(node, first - 1)
    return Unit(first, last, nodes)


def _swallowed(layout, unit):
    """The first line that an unclosed bracket or string of the unit has swallowed, or None."""
    for number in range(unit.first + 1, unit.last + 1):
        line = layout.lines[number - 1]
        if layout.starts_statement(number):
            continue
        if line[:1].strip() and SURE_START.match(line) or HANDLER.match(line):
            return number
    return None
