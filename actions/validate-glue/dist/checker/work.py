"""Whether a job has done any of its work by a given line: what tells a final commit from the console's opening template."""
import re
from bisect import bisect_right

DOES_WORK = re.compile(
    r"\.(?:read|write|readStream|writeStream)\b(?!\()|\b(?:create|write)_(?:dynamic|data)_frame|\.(?:getSink|getSource|writeFrame)\("
    r"|\.(?:withColumns?|withColumnRenamed|select|selectExpr|filter|where|join|groupBy|agg|dropDuplicates|toDF|union\w*|drop_fields"
    r"|sql|table|parquet|csv|json|load|save|saveAsTable|insertInto|apply|apply_mapping|createDataFrame|createOrReplaceTempView"
    r"|forEachBatch|foreachBatch|awaitTermination|run|process|execute|transform|ingest|start)\("
    r"|\b(?!GlueContext|Job|SparkContext|SparkSession|SQLContext|HiveContext|getLogger)\w+\((?:[^()]*[,=\s])?"
    r"(?:spark|sc|glueContext|glue_context|spark_session|sparkSession)\b"
    r"|\.(?:put_object|upload_file\w*|copy_object|download_file\w*|get_object|execute_query|to_parquet|to_csv)\(|^\s*(?:for|while)\s",
    re.M,
)

# Reading and reshaping is lazy: until one of these runs, a Spark job has done nothing.
TAKES_EFFECT = re.compile(
    r"\.(?:write|writeStream)\b|\bwrite_(?:dynamic|data)_frame|\.(?:getSink|writeFrame|save|saveAsTable|insertInto|toPandas)\b"
    r"|\.(?:sql|show|count|collect|head|first|take|foreach\w*|forEachBatch|awaitTermination|put_\w+|upload_\w+|copy\w*|delete\w*"
    r"|execute\w*|to_parquet|to_csv|run|process|transform|ingest|start\w*|publish|generate)\("
    r"|\b(?!GlueContext|Job|SparkContext|SparkSession|SQLContext|HiveContext|getLogger)\w+\((?:[^()]*[,=\s])?"
    r"(?:spark|sc|glueContext|glue_context|spark_session|sparkSession)\b",
)

# Each look goes through all that the script has run; who commits at more places than this wants to hold the runner.
LOOKS_INSIDE = 300


class Work:
    """Looks only at what the module has run: function bodies count once something before calls them."""

    def __init__(self, layout, units):
        self._layout = layout
        self._units = units
        self._firsts = [unit.first for unit in units]
        self._parts = None
        self._looks = 0

    def done_by(self, index):
        """Whether the units up to the one at `index` work on data."""
        return self._matches(DOES_WORK, index, False)

    def done_above(self, line):
        """The same of the units that begin up to a line, looked at from inside: the last one's own definition counts."""
        self._looks += 1
        index = bisect_right(self._firsts, line) - 1
        return index >= 0 and self._looks <= LOOKS_INSIDE and self._matches(DOES_WORK, index, True)

    def took_effect_by(self, index):
        """Whether anything of that work has left the script, or was looked at."""
        return self._matches(TAKES_EFFECT, index, False)

    def _matches(self, pattern, index, inside):
        run, waiting = [], []
        for place, (name, text) in enumerate(self._named_texts()[: index + 1]):
            (waiting if name and not (inside and place == index) else run).append((name, text))
        texts = [text for _, text in run]
        done = "\n".join(texts)
        own = {name for name, _ in waiting}
        if own.intersection(re.findall(r"\b(\w+)\s*\(", done[done.rfind(".init(") + 1 :])):
            return True
        for name, text in self._called(waiting, texts):
            texts.append(text)
        return any(pattern.search(text) for text in texts)

    def _named_texts(self):
        """Each unit's text, with its name where it is a definition."""
        if self._parts is None:
            names = [definition_name(self._layout.lines[unit.first - 1]) for unit in self._units]
            self._parts = [(name, self._layout.slice(unit.first, unit.last)) for name, unit in zip(names, self._units)]
        return self._parts

    def _called(self, waiting, texts):
        called = []
        words = set(re.findall(r"\w+", "\n".join(texts)))
        for _ in range(3):
            new = [item for item in waiting if item[0] in words and item not in called]
            called.extend(new)
            for _, text in new:
                words.update(re.findall(r"\w+", text))
        return called


def definition_name(line):
    match = re.match(r"(?:[ \t\f]*\f)?(?:(?:async\s+)?(?:def|class)\s+(\w+)|(@))", line)
    return match and (match.group(1) or "@")
