"""What f-strings may hold since which Python: PEP 701 (3.12) let quotes, backslashes, comments and line ends into them."""
import io
import re
import sys
import tokenize

QUOTES = "\"'"
PAIRS = {"(": ")", "[": "]", "{": "}"}
START = getattr(tokenize, "FSTRING_START", None)
END = getattr(tokenize, "FSTRING_END", None)
DEEPEST = 2
F_STRING = re.compile(r"(?<!\w)(?:f|rf|fr)[\"']", re.I)


def may_hold_strings(text, wanted):
    """Whether it is worth reading the tokens: there are f-strings, and the two Pythons read them differently."""
    return (wanted < 8 or wanted < 12 <= sys.version_info[1]) and F_STRING.search(text) is not None


def string_problems(text):
    """(minor version, words, line, column) for each f-string that an older Python refuses."""
    found = []
    try:
        for source, line, column in _f_strings(text):
            problem = _problem_of(source)
            if problem is not None:
                found.append(problem + (line, column))
    except (tokenize.TokenError, SyntaxError):
        pass  # tokenize, where it is no part of the compiler, trips over some texts that compile
    return found


def _f_strings(text):
    """Each f-string's source with its place, those inside others too."""
    lines = io.StringIO(text, newline=None).getvalue().splitlines(True) or [""]
    rows = iter(lines)
    opened = []
    for token in tokenize.generate_tokens(lambda: next(rows, "")):
        if token.type == START:
            opened.append(token.start)
        elif token.type == END and START is not None:
            start = opened.pop()
            yield _slice(lines, start, token.end), start[0], start[1]
        elif token.type == tokenize.STRING and "f" in token.string.split(token.string[-1], 1)[0].lower():
            yield token.string, token.start[0], token.start[1]


def _slice(lines, start, end):
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]]
    middle = lines[start[0] : end[0] - 1]
    return "".join([lines[start[0] - 1][start[1] :]] + middle + [lines[end[0] - 1][: end[1]]])


def _problem_of(source):
    head = min(place for place in (source.find(quote) for quote in QUOTES) if place >= 0)
    raw = "r" in source[:head].lower()
    quote = source[head : head + 3] if source[head : head + 3] in ('\"\"\"', "'''") else source[head]
    body = source[head + len(quote) : len(source) - len(quote)]
    if _ends_early(body, quote):
        return 12, "reused quotes and line ends in f-strings are"
    return _Fields(body, raw).problem()


def _ends_early(body, quote):
    """Whether the older tokenizer, which knows nothing of fields, sees the string's end, or a line's, before the real one."""
    place = 0
    while place < len(body):
        if body[place] == "\\":
            place += 2
            continue
        if body.startswith(quote, place) or len(quote) == 1 and body[place] == "\n":
            return True
        place += 1
    return False


class _Fields:
    """Reads the replacement fields as CPython 3.6 to 3.11 did; what it doesn't take is new."""

    def __init__(self, body, raw):
        self._body = body
        self._raw = raw
        self._place = 0
        self._found = None

    def problem(self):
        self._literal(0)
        return self._found

    def _literal(self, depth):
        """Text up to the end, or inside a format spec up to the bracket that closes its field."""
        body = self._body
        while self._place < len(body) and self._found is None:
            letter = body[self._place]
            if letter == "\\" and not self._raw:
                self._place = self._after_escape()
            elif letter in "{}" and depth == 0 and body[self._place + 1 : self._place + 2] == letter:
                self._place += 2
            elif letter == "{":
                self._place += 1
                self._field(depth)
            elif letter == "}":
                return
            else:
                self._place += 1

    def _after_escape(self):
        body, place = self._body, self._place
        if body.startswith("\\N{", place):
            return body.find("}", place) + 1 or len(body)
        return place + (1 if body[place + 1 : place + 2] in ("{", "}") else 2)

    def _field(self, depth):
        if depth >= DEEPEST:
            self._found = (12, "f-string fields inside of others' format specs are")
            return
        self._expression()
        body = self._body
        if self._found is None and body.startswith("=", self._place):
            self._found = (8, "self documenting expressions are")
        if self._found is not None:
            return
        if body.startswith("!", self._place):
            while self._place < len(body) and body[self._place] not in ":}":
                self._place += 1
        if body.startswith(":", self._place):
            self._place += 1
            self._literal(depth + 1)
        self._place += 1

    def _expression(self):
        """Moves to what ends the expression: `!`, `:`, `=` or the closing bracket."""
        body, opened, quote = self._body, [], None
        while self._place < len(body):
            letter = body[self._place]
            if letter == "\\":
                self._found = (12, "backslashes in f-string expressions are")
                return
            if quote is not None:
                if body.startswith(quote, self._place):
                    self._place += len(quote)
                    quote = None
                else:
                    self._place += 1
                continue
            if letter in QUOTES:
                quote = letter * 3 if body.startswith(letter * 3, self._place) else letter
                self._place += len(quote)
                continue
            if letter == "#":
                self._found = (12, "comments in f-string expressions are")
                return
            if letter in PAIRS:
                opened.append(PAIRS[letter])
            elif opened:
                if letter == opened[-1]:
                    opened.pop()
            elif body[self._place : self._place + 2] in ("!=", "==", "<=", ">="):
                self._place += 2
                continue
            elif letter in "!:=}":
                return
            self._place += 1
