"""Where a script commits its Glue job, under the names that real scripts use."""
import ast
import re
from bisect import bisect_left, bisect_right

from expressions import dotted
from units import LazyUnit
from flow import definitions, effects_of, job_names

SURE, MAYBE, NEVER = 2, 1, 0
JOB_ALIAS = re.compile(r"\bfrom\s+awsglue\.job\s+import\s+Job\s+as\s+(\w+)")
COMMIT_LINE = re.compile(r"^\s*(?:await\s+|return\s+)?[A-Za-z_][\w.]*(?:\(\w*\))?\.commit\(\s*\)")
CALLED = re.compile(r"\b([^\W\d]\w*)\s*\(")
CALL_LINE = r"^\s*(?:(?:await\s+|return\s+)?|[\w.]+\s*=\s*)(?:[A-Za-z_][\w.]*(?:\([^()]*\))?\.)?(?:%s)\s*\("
OTHERS = re.compile(r"(?:conn|connection|cursor|session|db|database|engine|txn|transaction|producer|consumer|repo)\d*$", re.I)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Commits:
    """`learn` must see all units once; then `kind` tells of any statement whether running it commits the job."""

    def __init__(self, layout):
        text = layout.text
        self._lines = layout.lines
        self._text = text
        self._marked = [number for number, line in enumerate(layout.lines, 1) if "commit" in line.lower()]
        classes = "|".join(["Job"] + [re.escape(name) for name in JOB_ALIAS.findall(text)])
        self._classes = set(classes.split("|"))
        self._bound = job_names(text, self._classes, ())
        self._own = {}
        self._effects = None
        self.functions = {}
        self.methods = {}
        self._calls = None

    def learn(self, units):
        """Finds the functions that commit, through other functions too."""
        defined = []
        for unit in units:
            if not isinstance(unit, LazyUnit):
                defined.extend(definitions(unit.nodes or ()))
        self._bound |= job_names(self._text, self._classes, [node for node, _ in defined])
        self._own = {}
        for node, _ in defined:
            self._own.setdefault(node.name, []).append(node)
        for _ in range(4):
            new = set()
            for node, method in defined:
                table = self.methods if method else self.functions
                if node.name not in table and self.kind_of_block(node.body) == SURE:
                    table[node.name] = node
                    new.add(node.name)
            if not new:
                return
            self._calls = re.compile(CALL_LINE % "|".join(re.escape(name) for name in [*self.functions, *self.methods]))
            more = {number for number, line in enumerate(self._lines, 1) if not new.isdisjoint(CALLED.findall(line))}
            self._marked = sorted(more.union(self._marked))

    def makes_job(self):
        """Whether the script itself makes the job that it commits."""
        return bool(self._bound)

    def job_classes(self):
        return sorted(self._classes)

    def marks(self, first, last):
        """Whether a line of the range names a commit, or a function that commits."""
        return self.last_mark(first, last) is not None

    def last_mark(self, first, last):
        """The last line of the range that names a commit, or None."""
        place = bisect_right(self._marked, last)
        return self._marked[place - 1] if place and self._marked[place - 1] >= first else None

    def is_on(self, number):
        """Whether the line is, by its looks, a statement that commits or calls a function that does."""
        line = self._lines[number - 1]
        return bool(COMMIT_LINE.match(line) or self._calls and self._calls.match(line))

    def calls_on(self, number):
        """Whether the line, by its looks, calls a function that commits."""
        return bool(self._calls and self._calls.match(self._lines[number - 1]))

    def kind_of_block(self, statements):
        return max([self.kind(statement) for statement in statements] or [NEVER])

    def kind(self, node):
        """SURE when running the statement commits whatever the data is, MAYBE under a condition or in a loop."""
        if not self._is_marked(node):
            return NEVER
        if isinstance(node, (ast.Expr, ast.Assign, ast.AnnAssign, ast.Return, ast.Raise)):
            value = getattr(node, "value", None) or getattr(node, "exc", None)
            return SURE if value is not None and self._calls_commit(value) else NEVER
        if isinstance(node, ast.Try):
            done = self.kind_of_block(node.body + node.orelse + node.finalbody)
            caught = max([self.kind_of_block(handler.body) for handler in node.handlers] or [NEVER])
            return max(done, min(caught, MAYBE))
        if isinstance(node, (ast.With, ast.AsyncWith)):
            return self.kind_of_block(node.body)
        if isinstance(node, ast.If):
            return self._kind_of_if(node)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            return min(self.kind_of_block(node.body + node.orelse), MAYBE)
        return NEVER

    def effects(self, judge):
        """What calls of the script's own functions do to data: {name: effects}."""
        if self._effects is None:
            self._effects = effects_of([node for nodes in self._own.values() for node in nodes], judge)
        return self._effects

    def is_defined_below(self, name, line):
        return all(node.lineno > line for node in self._own.get(name, ()))

    def takes_job(self, call):
        """Whether the call hands the job to a function that isn't the script's own: then it may do anything with it."""
        given = list(call.args) + [keyword.value for keyword in call.keywords]
        name = dotted(call.func).rsplit(".", 1)[-1]
        return name not in self._own and name not in self._classes and any(dotted(value) in self._bound for value in given if not isinstance(value, ast.Call))

    def is_job(self, node):
        return dotted(node) in self._bound

    def is_commit(self, node):
        if isinstance(node, ast.Call) and "commit" in dotted(node.func).rsplit(".", 1)[-1].lower() and self.takes_job(node):
            return True
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "commit":
            return False
        name = dotted(node.func.value)
        if name in self._bound:
            return True
        own = name.rsplit(".", 1)[-1]
        return ("job" in own.lower() or own in self._classes) and not OTHERS.search(own)

    def line_of(self, node):
        """The line of the commit that running the statement reaches."""
        return self._reached(node, set()) or node.lineno

    def _reached(self, node, seen):
        """`seen` are the functions looked into already: they may call each other."""
        seen.add(node)
        calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
        for call in calls:
            if self.is_commit(call):
                return call.lineno
        for call in calls:
            called = self._called(call)
            line = self._reached(called, seen) if called is not None and called not in seen else None
            if line is not None:
                return line
        return None

    def is_direct(self, node):
        return any(self.is_commit(part) for part in ast.walk(node))

    def is_called_once(self, node):
        """Whether the committing function that the statement calls is called nowhere else."""
        for part in ast.walk(node):
            called = self._called(part) if isinstance(part, ast.Call) else None
            if called is not None:
                return len(re.findall(r"(?<!def )\b%s\s*\(" % re.escape(called.name), self._text)) == 1
        return False

    def _is_marked(self, node):
        """Whether a line of the statement names a commit at all: what spares most statements a closer look."""
        end = getattr(node, "end_lineno", None)
        place = bisect_left(self._marked, node.lineno)
        return end is None or (place < len(self._marked) and self._marked[place] <= end)

    def _calls_commit(self, value):
        for part in ast.walk(value):
            if isinstance(part, ast.Call) and (self.is_commit(part) or self._called(part) is not None):
                return True
        return False

    def _called(self, call):
        if isinstance(call.func, ast.Name):
            return self.functions.get(call.func.id)
        if isinstance(call.func, ast.Attribute) and not OTHERS.search(dotted(call.func.value).rsplit(".", 1)[-1]):
            return self.methods.get(call.func.attr)
        return None

    def _kind_of_if(self, node):
        body, other = self.kind_of_block(node.body), self.kind_of_block(node.orelse)
        if is_main_guard(node) or self._asks_for_job(node.test):
            return body
        return SURE if body == other == SURE else min(max(body, other), MAYBE)

    def _asks_for_job(self, test):
        """`if job:` and `if job is not None:` only ask whether this runs in Glue."""
        names = {dotted(part) for part in ast.walk(test) if isinstance(part, (ast.Name, ast.Attribute))}
        return any(name in self._bound or name.rsplit(".", 1)[-1].lower().strip("_") == "job" for name in names)


def is_main_guard(node):
    return isinstance(node, ast.If) and any(
        isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test)
    )
