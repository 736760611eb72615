"""What the statements after a commit do: go on with the data, mean nothing, or rightly stand there."""
import ast
import re

from commits import is_main_guard
from expressions import Chain, bound_names, names_in, text_of_constant
from flow import WRITE, called_name

PLAIN, BUILD, DATA = "plain", "build", "data"

READ_ATTRIBUTES = {"read", "readStream", "create_dynamic_frame", "create_data_frame"}
READ_CALLS = {
    "create_dynamic_frame_from_options", "create_dynamic_frame_from_catalog", "create_data_frame_from_options",
    "create_data_frame_from_catalog", "create_dynamic_frame_from_rdd", "from_catalog", "from_options", "getSink", "getSource",
}  # fmt: skip
WRITE_ATTRIBUTES = {"write", "writeStream", "write_dynamic_frame", "write_data_frame"}
WRITE_CALLS = {
    "write_dynamic_frame_from_options", "write_dynamic_frame_from_catalog", "write_dynamic_frame_from_jdbc_conf",
    "write_data_frame_from_options", "write_data_frame_from_catalog", "writeFrame", "writeDynamicFrame", "writeDataFrame",
    "insertInto", "saveAsTable", "writeTo", "forEachBatch", "foreachBatch",
}  # fmt: skip
TRANSFORM_CALLS = {
    "withColumn", "withColumns", "withColumnRenamed", "select", "selectExpr", "filter", "where", "join", "crossJoin",
    "groupBy", "agg", "dropDuplicates", "drop_duplicates", "distinct", "union", "unionAll", "unionByName", "orderBy",
    "repartition", "coalesce", "toDF", "fillna", "dropna", "cache", "persist", "pivot", "apply_mapping", "resolveChoice",
    "drop_fields", "rename_field", "select_fields", "relationalize", "unnest", "createOrReplaceTempView",
    "createOrReplaceGlobalTempView", "registerTempTable", "createTempView", "fromDF", "createDataFrame",
}  # fmt: skip
TRANSFORM_CLASSES = {
    "ApplyMapping", "ResolveChoice", "DropFields", "DropNullFields", "SelectFields", "SelectFromCollection", "SplitFields",
    "SplitRows", "RenameField", "Relationalize", "Unbox", "UnnestFrame", "Spigot", "FillMissingValues",
}  # fmt: skip
ACTIONS = {
    "count", "collect", "show", "first", "head", "take", "isEmpty", "toPandas", "printSchema", "toLocalIterator",
    "foreach", "describe", "explain", "unpersist", "getNumPartitions", "isLocal", "summary", "asDict", "columns", "schema",
    "dtypes", "tolist", "item", "errorsCount", "checkpoint",
}  # fmt: skip
COLUMN_LINKS = {"alias", "cast", "otherwise", "over", "isNull", "isNotNull", "asc", "desc", "between", "isin", "when"}
FILE_LINKS = {"write", "writelines", "close", "flush", "read", "seek"}
LATE_WRITES = {"put_object", "upload_file", "upload_fileobj", "to_parquet", "writeStream"}
MARKER = re.compile(r"success|marker|done|complete|finish|trigger|flag|status|heartbeat|lock|audit|log|metric|report", re.I)
COLUMN_ROOTS = {"F", "f", "fn", "functions", "T", "col", "lit", "when", "expr", "Window"}
HARMLESS = {"Attribute", "Await", "Yield", "YieldFrom", "NamedExpr", "Str", "JoinedStr", "Ellipsis", "ListComp", "BoolOp", "IfExp"}
SIMPLE = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign)


class Tail:
    """Labels the statements that follow a commit. `known(name)` says whether the code before uses a name."""

    def __init__(self, known):
        self._known = known
        self._frames = {}
        self._fresh = set()
        self._reported = set()
        self._bound = set()
        self._labels = []

    def label(self, nodes):
        """PLAIN, DATA, or BUILD for a frame that is only looked at, for each node in order."""
        self._labels = [PLAIN] * len(nodes)
        for index, node in enumerate(nodes):
            for statement in flatten(node):
                self._look_at(statement, index)
                self._bound |= bound_names(statement)
        used = self._reported
        while used:  # what a reported frame was made from is reported too
            used = {name for target in used for name in self._frames.pop(target, (0, ()))[1]}
        for index, _ in self._frames.values():
            self._labels[index] = DATA
        return self._labels

    def writes(self, value, targets):
        """Whether the expression writes frames, or puts objects beside them."""
        chain = Chain(value)
        if self._is_fresh(chain, value):
            self._fresh |= targets
            return False
        return _writes(chain) or _changes(chain, value) or bool(chain.calls & LATE_WRITES) and not _is_marker(value)

    def _look_at(self, node, index):
        value = getattr(node, "value", None)
        if not isinstance(node, SIMPLE) or value is None:
            if isinstance(node, ast.AnnAssign):
                self._labels[index] = DATA  # `Status: SUCCEEDED` is a line of output, not code
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self._reported |= names_in(node)
            return
        chain = Chain(value)
        targets = bound_names(node)
        if self._is_fresh(chain, value):
            self._fresh |= targets
        elif _writes(chain):
            self._labels[index] = DATA
        elif _builds(chain) and not _is_action(chain):
            self._build(chain, node, targets, index)
        elif isinstance(node, ast.Expr) and self._means_nothing(value, chain):
            self._labels[index] = DATA
        else:
            self._reported |= names_in(value)
            if _builds(chain) and "sql" in chain.calls:
                self._reported |= {"<view>"}

    def _build(self, chain, node, targets, index):
        view = any(link.endswith(("TempView", "TempTable")) for link in chain.links)
        if not targets and not view:
            if chain.sql is None or chain.sql.strip():
                self._labels[index] = DATA
            return
        if any(not self._known(name) and name not in self._bound for name in chain.arguments):
            self._labels[index] = DATA  # made from what this script has never heard of
            return
        for target in ({"<view>"} if view else targets):
            self._frames.setdefault(target, (index, names_in(node.value)))
            if self._labels[index] == PLAIN:
                self._labels[index] = BUILD

    def _is_fresh(self, chain, value):
        """Rows made on the spot, as for an audit table, are no part of the data that the job carries."""
        if chain.root in self._fresh:
            return True
        if "createDataFrame" in chain.calls:
            return not any(isinstance(part, ast.Attribute) and part.attr == "rdd" for part in ast.walk(value))
        sql = (chain.sql or "").lower().split()
        if sql[:1] == ["insert"]:
            return any("values" in (text_of_constant(part) or "").lower() for part in ast.walk(value))
        return False

    def _means_nothing(self, value, chain):
        if isinstance(value, ast.Call):
            root = chain.root in COLUMN_ROOTS and (chain.root_called or bool(chain.links))
            root = root and chain.outermost not in FILE_LINKS
            return root or (chain.outermost in COLUMN_LINKS and chain.outermost in chain.calls)
        if isinstance(value, ast.Name):
            return not self._known(value.id) and value.id not in ("exit", "quit")
        if type(value).__name__ in ("Constant", "NameConstant"):
            return value.value not in (None, Ellipsis) and not isinstance(value.value, str)
        return type(value).__name__ not in HARMLESS


def means_nothing(value, chain):
    """Whether a statement of that value alone is pointless: a column, a number."""
    return Tail(lambda name: True)._means_nothing(value, chain)


def judge():
    """Two questions about a simple statement of one function: does it read data, does it write some?"""
    return reads, Tail(lambda name: True).writes


def reads(value):
    chain = Chain(value)
    sql = (chain.sql or "").lower().split()[:1]
    return bool(chain.attributes & READ_ATTRIBUTES or chain.calls & READ_CALLS or sql in (["select"], ["with"]))


def calls_writer(statement, effects):
    """The name of the function with WRITE among its effects that the simple statement calls, or None."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, SIMPLE) or value is None:
        return None
    names = [called_name(part) for part in ast.walk(value) if isinstance(part, ast.Call)]
    return next((name for name in names if WRITE in effects.get(name, ())), None)


def writes_late(nodes, effects):
    """The first of the statements below a commit that writes data of the job, or None."""
    tail = Tail(lambda name: True)
    for node in nodes:
        for statement in flatten(node):
            value = getattr(statement, "value", None)
            if isinstance(statement, SIMPLE) and value is not None and tail.writes(value, bound_names(statement)):
                return statement
            if calls_writer(statement, effects):
                return statement
    return None


def flatten(node):
    """The simple statements in a statement, whatever runs them; a guard and definitions are left whole."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) or is_main_guard(node):
        return
    inner = []
    for field in ("body", "orelse", "finalbody"):
        inner.extend(getattr(node, field, None) or [])
    for handler in getattr(node, "handlers", None) or []:
        inner.extend(handler.body)
    if not inner:
        yield node
        return
    for field in ("test", "iter", "items"):
        if getattr(node, field, None) is not None:
            yield ast.Expr(value=ast.Call(func=ast.Name(id="report"), args=_asked(node, field), keywords=[]))
    for part in inner:
        for found in flatten(part):
            yield found


def _asked(node, field):
    value = getattr(node, field)
    return [item.context_expr for item in value] if isinstance(value, list) else [value]


def _is_marker(value):
    """An object without a body, or one whose name says that it stands for an event, is a message and no data."""
    bodies = [item.value for part in ast.walk(value) if isinstance(part, ast.Call) for item in part.keywords if item.arg == "Body"]
    empty = "put_object" in Chain(value).calls and not bodies
    texts = [text_of_constant(part) or "" for part in ast.walk(value)]
    return empty or any(getattr(body, "value", getattr(body, "s", None)) in ("", b"") for body in bodies) or any(map(MARKER.search, texts))


def _writes(chain):
    if chain.sql is not None:
        sql = " ".join(chain.sql.lower().split())
        if sql.startswith(("insert", "merge", "create or replace table")):
            return True
        return sql.startswith("create table") and " as " in sql + " "
    return bool(chain.attributes & WRITE_ATTRIBUTES and len(chain.links) > 1 or chain.calls & WRITE_CALLS)


def _changes(chain, value):
    """Whether rows of a table are changed, or objects and rows put by libraries beside Spark."""
    sql = (chain.sql or "").lower().split()[:1]
    if sql in (["delete"], ["update"], ["merge"], ["truncate"]) or "foreachPartition" in chain.calls:
        return True
    if chain.root in ("wr", "awswrangler") and (chain.outermost or "").startswith("to_"):
        return True
    if "execute" in chain.calls and "merge" in chain.calls:
        return True
    return "put" in chain.calls and "Object" in chain.calls and not _is_marker(value)


def _builds(chain):
    if chain.sql is not None:
        return chain.sql.lower().split()[:1] in (["select"], ["with"], [])
    if chain.root in TRANSFORM_CLASSES or (chain.root in ("Filter", "Map", "Join", "FlatMap") and "apply" in chain.calls):
        return True
    if chain.attributes & READ_ATTRIBUTES or chain.calls & READ_CALLS:
        return True
    if "table" in chain.calls and chain.root == "spark":
        return True
    return bool(chain.calls & TRANSFORM_CALLS) and not _is_of_another_library(chain)


def _is_action(chain):
    """Whether the chain ends in a number or in rows; `groupBy(…).count()` is still a frame."""
    grouped = chain.outermost == "count" and chain.links[-2:-1] in (["groupBy"], ["groupby"], ["rollup"], ["cube"])
    return chain.outermost in ACTIONS and not grouped


def _is_of_another_library(chain):
    """`os.path.join`, `", ".join`, `bucket.objects.filter`, a cursor's or an ORM's select."""
    if chain.root is None or chain.root in ("os", "posixpath", "itertools", "re", "np", "pd", "pa", "wr"):
        return True
    return "objects" in chain.links or "object_versions" in chain.links
