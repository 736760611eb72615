"""Statements that are earlier lines once more, told by their form: arguments outside any call, and whole runs of statements."""
import ast

FEWEST_STATEMENTS = 3
DISTINCT_LINES = 2


class Pasted:
    def __init__(self, layout, repeats, commits):
        self._layout = layout
        self._repeats = repeats
        self._commits = commits

    def among(self, units, before):
        """The ids of the units that surely were pasted from the lines up to `before`."""
        found = {id(unit) for unit in units if self._is_argument(unit, before)}
        for run in self._runs(units, before):
            found.update(id(unit) for unit in run)
        return found

    def _is_argument(self, unit, before):
        """`mode="append",` parses as a statement of its own; nobody means it."""
        node = unit.nodes[0]
        if not isinstance(node, (ast.Assign, ast.Expr)):
            return False
        ends_in_comma = self._layout.lines[unit.last - 1].rstrip().endswith(",")
        if isinstance(node.value, ast.Tuple) and ends_in_comma:
            return True
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not ends_in_comma:
            return False
        return unit.first == unit.last and self._repeats.stood_inside(unit.first, before)

    def _runs(self, units, before):
        """Consecutive statements, several and unlike, that stood together before, other than in the wake of a commit."""
        place = 0
        while place < len(units):
            run = self._longest(units, place, before)
            if len(run) >= FEWEST_STATEMENTS and self._unlike(run) and not self._is_wake(run, before):
                yield run
            place += max(len(run), 1)

    def _longest(self, units, place, before):
        best = 0
        for twin in self._repeats.twins_of(units[place].first, before):
            count = 0
            for unit in units[place:]:
                twin = self._repeats.follow(unit.first, unit.last, twin, before) if unit.problem is None else None
                if twin is None:
                    break
                count += 1
            best = max(best, count)
        return units[place : place + best]

    def _unlike(self, run):
        texts = {self._layout.lines[unit.first - 1].strip() for unit in run}
        return len([text for text in texts if any(letter.isalpha() for letter in text)]) >= DISTINCT_LINES

    def _is_wake(self, run, before):
        """An early exit ends as the script does: commit, stop, log."""
        twins = self._repeats.twins_of(run[0].first, before)
        return any(self._commits.is_on(line) for twin in twins for line in self._code_above(twin))

    def _code_above(self, number):
        above = self._layout.last_code(1, number - 1)
        return [above] if above else []
