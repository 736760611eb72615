"""Whether orphan lines may be deleted: found is not the same as safe to delete.

Removal is proven when the lines stand in the script before, or can't be a slip of one token, and when nothing that stays
could miss them. Whoever can't prove it offers no fix.
"""
import ast
import re
import sys
from collections import Counter
from difflib import SequenceMatcher

import slips
from expressions import Chain, text_of_constant
from grammar import compile_problem, parse
from statements import ACTIONS, COLUMN_LINKS, TRANSFORM_CALLS, means_nothing

ENTRY = re.compile(r"__name__|__main__|^\s*(?:[\w.]+\s*=\s*)?(?:[\w.]+\()?main\s*\(")
CALL = re.compile(r"(?<![\w.])([^\W\d]\w*)\s*\(|\.\s*([^\W\d]\w*)\b")
BINDS = re.compile(r"^\s*(?:async\s+)?(?:def|class)\s+(\w+)|^\s*([^\W\d]\w*(?:\s*,\s*\w+)*)\s*(?::[^=]+)?=(?!=)|\b(?:import|as|for)\s+([\w]+(?:\s*,\s*\w+)*)")
STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
WORD = re.compile(r"[^\W\d]\w*")
# What CPython learnt when: an older one can't tell it from a broken piece.
NEWER = (
    ((3, 8), re.compile(r":=|\(\s*/|,\s*/\s*[,)]|\{\w+=\}")),
    ((3, 9), re.compile(r"^\s*@\s*[\w.]*[^\w.\s(]", re.M)),
    ((3, 10), re.compile(r"^\s*(?:match|case)\b[^=]*:", re.M)),
    ((3, 11), re.compile(r"\bexcept\s*\*")),
    ((3, 12), re.compile(r"^\s*type\s+\w+|\bf[\"'][^\n]*\{|^\s*(?:async\s+)?(?:def|class)\s+\w+\s*\[", re.M)),
    ((3, 14), re.compile(r"\bt[\"']|^\s*except\s+\w+\s*,", re.M)),
)
HARMLESS = TRANSFORM_CALLS | ACTIONS | COLUMN_LINKS | {
    "print", "range", "len", "str", "int", "float", "list", "dict", "set", "sorted", "format", "join", "split", "strip", "upper", "lower",
    "append", "items", "keys", "values", "get", "info", "warn", "warning", "debug", "error", "col", "lit", "when", "expr",
}  # fmt: skip
TRIVIAL = re.compile(r"^[\s()\[\]{},:;\\]*$")
FUNCTIONS = re.compile(r"\b(?:F|f|fn|T|W|Window|functions|types)\s*\.")
MEANT = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom)
EXACT_SHARE = 0.8
ALIKE = 0.6
WIDTH = 120
# Longer lines, which nobody edits by hand, must be equal: to compare two costs the square of their length.
LONG_LINE = 1000
MOST_REPAIRS = 12
MOST_STEPS = 1000 * 1000
FRAGMENT = {"kind": "fragment", "twinFirst": None, "twinLast": None, "edited": []}


class Removal:
    """Asked about one orphan at a time; `again` judges another text of the script and gives its orphan finding or None."""

    def __init__(self, layout, commits, again):
        self._layout = layout
        self._commits = commits
        self._again = again
        self._repairs = 0
        self._copies = 0
        self._is_fragment = False

    def is_slip(self, place, commit_end, first, orphan_end):
        """Whether one token makes the script compile, and a healthy script: then it has a slip in it and no orphan.

        The three numbers of `place`: `context` and `last` are the lines from the start of the statement at the margin that commits to the end of the one
        with the orphan; a slip could stand on the lines from `window` on.
        """
        context, window, last = place
        every = self._layout.lines
        lines = every[context - 1 : last]
        problem = parse("\n".join(lines) + "\n")[1]
        end = min(problem["line"], len(lines)) - 1 if problem else len(lines) - 1
        search = slips.Search(lines, window - context, max(end, window - context))
        copied = self._twins(first, orphan_end, commit_end)
        for repaired, is_plain in search.repairs(indents_alone=bool(copied) and not copied["edited"]):
            self._repairs += 1
            orphan = self._again("\n".join(every[: context - 1] + repaired + every[last:]) + "\n")
            if is_plain and orphan is None and _acts("\n".join(repaired) + "\n", window - context + 1):
                return True
            self._copies += orphan is not None and orphan["deleteLines"] is not None
            if self._repairs == MOST_REPAIRS:
                break
        self._is_fragment = search.is_whole and not self._repairs
        return False

    def proof(self, commit_end, first, last, broken):
        """What proves that the lines may go, or None. Of broken lines, `is_slip` must have been asked before."""
        if first <= commit_end:
            return None
        twins = self._twins(first, last, commit_end)
        if not broken and twins is None or not self._compiles_without(first, last):
            return None
        if self._holds_entry(first, last) or self._is_missed(first, last, exact=bool(twins) and not twins["edited"]):
            return None
        if not broken:
            return twins
        if self._repairs:
            return twins if self._copies and twins and not twins["edited"] else None
        return twins or (FRAGMENT if self._is_fragment and not self._may_be_newer(first, last) else None)

    def _compiles_without(self, first, last):
        lines = self._layout.lines
        kept = lines[: first - 1] + lines[last:]
        return _compiles(lines[: first - 1]) and (last == len(lines) or _compiles(kept))

    def _holds_entry(self, first, last):
        """Whether the lines start the script, or run a function that commits the job."""
        for number in self._code(first, last):
            line = self._layout.lines[number - 1]
            if ENTRY.search(line) or self._commits.calls_on(number):
                return True
        return False

    def _is_missed(self, first, last, exact):
        """Whether what stays needs a name that the lines bind, or does nothing that stands for one of their effects."""
        lines = self._layout.lines
        own = [_bare(lines[number - 1]) for number in self._code(first, last)]
        above = [_bare(lines[number - 1]) for number in self._code(1, first - 1)]
        below = [_bare(lines[number - 1]) for number in self._code(last + 1, len(lines))]
        kept = above + below
        bound = _bound(own)
        if (bound - _bound(kept)).intersection(_words(kept)) or not exact and bound.intersection(_words(below)):
            return True
        return bool(_effects(own) - _effects(kept))

    def _code(self, first, last):
        return [number for number in range(first, last + 1) if self._layout.is_code(number)]

    def _may_be_newer(self, first, last):
        """Whether a newer Python than this one might compile the lines: then they are no fragment."""
        text = self._layout.slice(first, last)
        return any(sys.version_info < version and pattern.search(text) for version, pattern in NEWER)

    def _twins(self, first, last, before):
        """The earlier lines that these repeat, with those that differ from theirs; None when too many do."""
        own = [number for number in self._code(first, last) if not TRIVIAL.match(self._layout.lines[number - 1])]
        earlier = self._code(1, before)
        texts = [self._layout.lines[number - 1].strip() for number in own]
        known = [self._layout.lines[number - 1].strip() for number in earlier]
        counts = Counter(known)
        if not own or sum(counts[text] for text in texts) > MOST_STEPS:
            return None
        equal, edited = [], []
        for kind, a, b, c, d in SequenceMatcher(None, known, texts, autojunk=False).get_opcodes():
            if kind == "equal":
                equal += zip(own[c:d], earlier[a:b])
            elif kind != "delete":
                pairs = _alike(range(c, d), range(a, b), texts, known)
                if pairs is None:
                    return None
                edited += [(own[place], earlier[twin]) for place, twin in pairs]
        if len(equal) < EXACT_SHARE * len(own):
            return None
        twins = [twin for _, twin in equal + edited]
        return {"kind": "repeats", "twinFirst": min(twins), "twinLast": max(twins), "edited": [self._edit(*pair) for pair in edited]}

    def _edit(self, number, twin):
        lines = self._layout.lines
        return {"line": number, "text": lines[number - 1].strip()[:WIDTH], "twin": twin, "twinText": lines[twin - 1].strip()[:WIDTH]}


def _alike(places, twins, texts, known):
    """Each text with the one of the earlier texts in its place that it was made from; None when one is new."""
    if len(places) > len(twins):
        return None
    pairs = []
    for place, twin in zip(places, twins):
        own, old = texts[place], known[twin]
        cut = len(own) > 2 and (place == 0 and old.endswith(own) or place == len(texts) - 1 and old.startswith(own))
        if not cut and own != old and (max(len(own), len(old)) > LONG_LINE or SequenceMatcher(None, own, old, autojunk=False).ratio() < ALIKE):
            return None
        pairs.append((place, twin))
    return pairs


def _acts(text, window):
    """Whether the statements from a line on are such as people write: each does something, and not all just name a value."""
    every = [node for statement in parse(text)[0] or [] for node in ast.walk(statement)]
    nodes = [node for node in every if isinstance(node, ast.stmt) and node.lineno >= window]
    for node in nodes:
        if not isinstance(node, ast.Expr) or text_of_constant(node.value) is not None:
            continue
        chain = Chain(node.value)
        if not isinstance(node.value, MEANT) or chain.root is None or means_nothing(node.value, chain):
            return False
    return any(not isinstance(node, (ast.Expr, ast.Assign, ast.AnnAssign)) or any(isinstance(part, ast.Call) for part in ast.walk(node)) for node in nodes)


def _compiles(lines):
    text = "\n".join(lines) + "\n"
    return compile_problem(text, text, "script") is None


def _bare(line):
    return STRING.sub('""', line).split("#", 1)[0]


def _bound(lines):
    found = set()
    for line in lines:
        for groups in BINDS.findall(line):
            for group in groups:
                found.update(WORD.findall(group))
    return found


def _words(lines):
    return {word for line in lines for word in WORD.findall(line)}


def _effects(lines):
    """The names of all calls and attributes but those that surely change nothing outside the script."""
    found = set()
    for line in lines:
        columns = {match.end() - 1 for match in FUNCTIONS.finditer(line)}
        for match in CALL.finditer(line):
            if match.group(1) or match.start() not in columns:
                found.add(match.group(1) or match.group(2))
    return found - HARMLESS
