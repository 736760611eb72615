"""Reading expressions: dotted names, and the chain of a fluent call."""
import ast


def dotted(node):
    """`self.job`, `get_job()`, `jobs[]`; empty for anything else."""
    parts = []
    while True:
        if isinstance(node, ast.Name):
            parts.append(node.id)
            return ".".join(reversed(parts))
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, (ast.Call, ast.Subscript)):
            node = node.func if isinstance(node, ast.Call) else node.value
        else:
            return ""


class Chain:
    """`df.write.mode("append").parquet(p)` as root `df` and links write, mode(), parquet(), innermost first."""

    def __init__(self, node):
        self.links = []
        self.calls = set()
        self.attributes = set()
        self.root = None
        self.root_called = False
        self.sql = None
        self.indexed = False
        self.arguments = set()
        self._follow(node)

    def _follow(self, node):
        call = None
        while True:
            if isinstance(node, ast.Call):
                call = node
                self._take(call)
                node = node.func
            elif isinstance(node, ast.Attribute):
                self._link(node.attr, call)
                call = None
                node = node.value
            elif isinstance(node, (ast.Subscript, ast.Starred, ast.Await)):
                self.indexed = self.indexed or not self.links
                node = node.value
            else:
                break
        if isinstance(node, ast.Name):
            self.root = node.id
            self.root_called = call is not None
        self.links.reverse()

    def _take(self, call):
        given = list(call.args) + [keyword.value for keyword in call.keywords]
        self.arguments.update(value.id for value in given if isinstance(value, ast.Name))

    def _link(self, name, call):
        self.links.append(name)
        if call is None:
            self.attributes.add(name)
            return
        self.calls.add(name)
        if name == "sql":
            self.sql = literal_start(call.args[0]) if call.args else ""

    @property
    def outermost(self):
        return self.links[-1] if self.links else None


def literal_start(node):
    """The text that a string expression surely begins with."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return literal_start(node.func.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(literal_start(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return literal_start(node.left) + literal_start(node.right)
    text = text_of_constant(node)
    return " " if text is None else text


def names_in(node):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def bound_names(node):
    """The names that a statement gives a value, without those of the blocks in it."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(item.asname or item.name).split(".")[0] for item in node.names}
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    return {part.id for target in targets if target is not None for part in ast.walk(target) if isinstance(part, ast.Name)}


def text_of_constant(node):
    """The value of a string literal, on all Pythons from 3.6 (ast.Str) to 3.14 (ast.Constant)."""
    value = getattr(node, "value", None) if type(node).__name__ == "Constant" else getattr(node, "s", None)
    return value if isinstance(value, str) else None
