"""Blocks of a script that stand in it twice, line for line."""
import re

from suspicion import REPEATED_LINES, repeats_lines

TRIVIAL = re.compile(r"[\s()\[\]{},:;\\'\"#*=-]*\Z")
DEFINES = re.compile(r"(?:async\s+def|def|class)\s")
FEWEST_LINES = 12
FEWEST_STATEMENTS = 5
FEWEST_DISTINCT = 0.6


def duplicate_blocks(layout):
    """One finding per block of lines that repeats an earlier one, the earlier one named."""
    return list(Blocks(layout).findings()) if repeats_lines(layout.text) else []


class Blocks:
    def __init__(self, layout):
        self._layout = layout
        self._lines = [line.strip() for line in layout.lines]
        self._code = [number for number, line in enumerate(self._lines, 1) if line and layout.is_code(number)]

    def findings(self):
        places = {}
        place = 0
        while place + REPEATED_LINES <= len(self._code):
            key = tuple(self._bare(place + step) for step in range(REPEATED_LINES))
            twin = places.setdefault(key, place)
            length = self._length(twin, place) if twin < place else 0
            if length and self._matters(twin, place, length):
                yield self._finding(twin, place, length)
            place += max(length, 1)  # never twice over the same lines: this is what keeps it linear

    def _length(self, twin, place):
        """How many lines of code go on alike, the two blocks not running into each other."""
        length = 0
        while place + length < len(self._code) and twin + length < place and self._bare(twin + length) == self._bare(place + length):
            length += 1
        return length

    def _matters(self, twin, place, length):
        lines = [self._bare(place + step) for step in range(length)]
        telling = [line for line in lines if not TRIVIAL.match(line)]
        if len(set(telling)) < FEWEST_DISTINCT * len(lines):
            return False
        if self._is_definition(twin, place, length):
            return True
        starts = sum(1 for step in range(length) if self._layout.starts_statement(self._code[place + step]))
        return len(telling) >= FEWEST_LINES and starts >= FEWEST_STATEMENTS  # a long literal or query is no code

    def _is_definition(self, twin, place, length):
        """Whether the whole of a function or class at the margin is there twice."""
        first, second = self._code[twin], self._code[place]
        if not DEFINES.match(self._layout.lines[first - 1]) or not DEFINES.match(self._layout.lines[second - 1]):
            return False
        return all(self._ends(start + length) or self._layout.indent(self._code[start + length - 1]) == 0 for start in (twin, place))

    def _ends(self, place):
        return place >= len(self._code) or self._layout.indent(self._code[place]) == 0

    def _finding(self, twin, place, length):
        end = place + length - 1
        return {
            "rule": "duplicate-code",
            "startLine": self._code[place],
            "endLine": self._code[end],
            "twinFirst": self._code[twin],
            "twinLast": self._code[twin + length - 1],
        }

    def _bare(self, place):
        return self._lines[self._code[place] - 1]
