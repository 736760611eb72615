"""Whether changing one token makes a broken piece of a script compile: then it may be a slip, and nobody may delete it.

The search is exhaustive in its window, which runs from the statement before the first broken one to the line that CPython
complains of: an edit below that line can't remove the complaint, and statements above it parse as they are.
"""
import re

from grammar import FAILURES

TOKEN = re.compile(
    r"\"\"\"|'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[^\W\d]\w*|\d[\w.]*|\*\*=?|//=?|>>=?|<<=?|[-+*/%&|^=<>!:]=|->|\S"
)
NAME = re.compile(r"[^\W\d]\w*\Z")
MARKS = ("(", ")", "[", "]", "{", "}", ":", ",")
MORE = (".", "=", "x", "in", "if", "else", "for", "import", "as", "lambda", "-")
KEYWORDS = ("if", "elif", "else", "for", "while", "def", "class", "with", "try", "except", "finally", "return", "import", "from", "in", "and", "x")
OPERATORS = ("==", "x", ".", "=", ",", ":", "(", ")", "[", "]", "{", "}")
INDENTS_NEAR = 6
MOST_LINES = 40
MOST_BYTES = 2500 * 1000

class Search:
    """The lines `first` to `last` of a text are edited, one token at a time; the whole of it must compile."""

    def __init__(self, lines, first, last):
        self._lines = lines
        self._first = first
        self._last = last
        self._left = MOST_BYTES
        self._cost = sum(map(len, lines)) + 500
        self.is_whole = False

    def repairs(self, indents_alone=False):
        """Pairs of the lines that one edit makes of the text and that compile, and whether it was of layout or punctuation.

        `is_whole` says at the end whether all edits were tried.
        """
        if self._last - self._first >= MOST_LINES:
            return
        for edits in (self._indents,) if indents_alone else (self._indents, self._marks, self._quotes, self._others):
            for number in range(self._last, self._first - 1, -1):
                for lines in edits(number):
                    if self._left < 0:
                        return
                    if self._compiles(lines):
                        yield lines, edits != self._others
        self.is_whole = True

    def _compiles(self, lines):
        self._left -= self._cost
        try:
            compile("\n".join(lines) + "\n", "slip", "exec", 0, True, 0)
        except FAILURES:
            return False
        return True

    def _with(self, number, line):
        return self._lines[:number] + [line] + self._lines[number + 1 :]

    def _indents(self, number):
        """The line, alone or with the block below it, at every indentation that is in use nearby."""
        line = self._lines[number]
        bare = line.lstrip()
        if not bare:
            return
        own = len(line) - len(bare)
        near = [one for one in self._lines[max(0, number - INDENTS_NEAR) : number + INDENTS_NEAR] if one.strip()]
        widths = {len(one) - len(one.lstrip()) for one in near}
        widths |= {width + step for width in widths for step in (-4, -2, -1, 1, 2, 4)}
        end = self._block_end(number, own)
        for width in sorted(widths):
            if width < 0 or width == own:
                continue
            yield self._with(number, " " * width + bare)
            if end > number + 1:
                block = [_shifted(one, width - own) for one in self._lines[number:end]]
                yield self._lines[:number] + block + self._lines[end:]

    def _block_end(self, number, own):
        end = number + 1
        while end < len(self._lines) and (not self._lines[end].strip() or len(self._lines[end]) - len(self._lines[end].lstrip()) >= own):
            end += 1
        return end

    def _marks(self, number):
        """Each token left out, and each bracket, comma and colon put before it or in its place."""
        line = self._lines[number]
        for match in TOKEN.finditer(line):
            start, end = match.span()
            yield self._with(number, line[:start] + line[end:])
            for mark in MARKS:
                yield self._with(number, line[:start] + mark + line[start:])
                if match.group() in MARKS:
                    yield self._with(number, line[:start] + mark + line[end:])
        for mark in MARKS + (" \\",):
            yield self._with(number, line.rstrip() + mark)

    def _quotes(self, number):
        """Quotes put in and left out between any two characters: a string that has lost one has no tokens to go by."""
        line = self._lines[number]
        for place, letter in enumerate(line):
            if letter in "\"'":
                yield self._with(number, line[:place] + line[place + 1 :])
                yield self._with(number, line[:place] + ("'" if letter == '"' else '"') + line[place + 1 :])
        for place in range(len(line) + 1):
            for quote in ('"', "'"):
                yield self._with(number, line[:place] + quote + line[place:])
        for match in list(TOKEN.finditer(line)) + [None]:
            start = match.start() if match else len(line)
            for quote in ('"""', "'''"):
                yield self._with(number, line[:start] + quote + line[start:])

    def _others(self, number):
        """Names, keywords and operators put before each token and in its place."""
        line = self._lines[number]
        for match in list(TOKEN.finditer(line)) + [None]:
            start, end = match.span() if match else (len(line), len(line))
            for text in MORE:
                yield self._with(number, "%s %s %s" % (line[:start], text, line[start:]))
            if match:
                for text in KEYWORDS if NAME.match(match.group()) else OPERATORS:
                    yield self._with(number, "%s %s %s" % (line[:start], text, line[end:]))


def _shifted(line, by):
    if by >= 0:
        return " " * by + line if line.strip() else line
    return line[-by:] if not line[:-by].strip() else line.lstrip()
