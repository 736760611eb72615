"""The lines of a script as the reader of a broken file sees them: no parser, one linear pass, never an error."""
import re

LINE_END = re.compile(r"\r\n|\r|\n")
TOKEN = re.compile(
    r"(?P<end>\r\n|\r|\n)"
    r"|(?P<comment>\#[^\r\n]*)"
    r"|(?P<string>\"\"\"(?:[^\\\"]+|\\.|\"(?!\"\"))*(?:\"\"\"|\\?\Z)"
    r"|'''(?:[^\\']+|\\.|'(?!''))*(?:'''|\\?\Z)"
    r"|\"(?:[^\"\\\r\n]+|\\(?:\r\n|.))*\"?"
    r"|'(?:[^'\\\r\n]+|\\(?:\r\n|.))*'?)"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<joined>\\(?:\r\n|\r|\n))",
    re.DOTALL,
)
INDENT = re.compile(r"[ \t\f]*")
BLANK, COMMENT, CODE = 0, 1, 2


class Layout:
    """Lines are numbered from 1 in all methods."""

    def __init__(self, text):
        self.text = text
        self.lines = LINE_END.split(text)
        if self.lines[-1] == "":
            self.lines.pop()
        self._kinds = None
        self._starts = None
        self._comments = {}
        self._offsets = None

    def kind(self, number):
        self._scan()
        return self._kinds[number]

    def is_code(self, number):
        return self.kind(number) == CODE

    def is_comment(self, number):
        return self.kind(number) == COMMENT

    def starts_statement(self, number):
        """Whether a logical line may begin here: outside brackets and strings, and not after a backslash."""
        self._scan()
        return self._starts[number] and self._kinds[number] == CODE

    def comment_of(self, number):
        self._scan()
        return self._comments.get(number, "")

    def indent(self, number):
        """As CPython counts it: a form feed starts anew."""
        return len(INDENT.match(self.lines[number - 1]).group().rpartition("\f")[2].expandtabs(8))

    def next_code(self, number):
        while number <= len(self.lines) and not self.is_code(number):
            number += 1
        return number if number <= len(self.lines) else None

    def last_code(self, first, last):
        """The last line of code in the range, or None."""
        while last >= first and not self.is_code(last):
            last -= 1
        return last if last >= first else None

    def slice(self, first, last):
        return "\n".join(self.lines[first - 1 : last]) + "\n"

    def _scan(self):
        if self._kinds is not None:
            return
        count = len(self.lines)
        self._kinds = bytearray(count + 2)
        self._starts = bytearray(count + 2)
        for number in range(1, count + 1):
            self._forget(number)
        self._mark_inside(1, 0)

    def restart(self, number):
        """Reads the lines from this one on as if no bracket or string before it were open."""
        self._scan()
        if self._offsets is None:
            self._offsets = [0, 0] + [end.end() for end in LINE_END.finditer(self.text)]
        for later in range(number, len(self.lines) + 1):
            self._forget(later)
        self._mark_inside(number, self._offsets[number])

    def _forget(self, number):
        bare = self.lines[number - 1].strip()
        self._kinds[number] = BLANK if not bare else COMMENT if bare[0] == "#" else CODE
        self._starts[number] = 1

    def _mark_inside(self, number, offset):
        depth = 0
        for token in TOKEN.finditer(self.text, offset):
            group = token.lastgroup
            if group == "end":
                number += 1
                if depth and number <= len(self.lines):
                    self._starts[number] = 0
            elif group == "open":
                depth += 1
            elif group == "close":
                depth = max(depth - 1, 0)
            elif group == "comment":
                self._comments[number] = token.group()
            else:
                number = self._cover(number, len(LINE_END.findall(token.group())))

    def _cover(self, number, breaks):
        for _ in range(breaks):
            number += 1
            if number <= len(self.lines):
                self._starts[number] = 0
                self._kinds[number] = CODE
        return number
