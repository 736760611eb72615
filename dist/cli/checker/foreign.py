"""Lines that no slip of the pen makes of Python: prose, markdown, a console's prompt, pasted output."""
import keyword
import re

STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
NEIGHBOURS = re.compile(r"(?<![\w.\"'])([A-Za-z_]\w*)[ \t]+(?=([A-Za-z_]\w*))")
COUNTED = re.compile(r"(?<![\w.])\d+(?:\.\d+)?[ \t]+([A-Za-z_]\w*)")
OPENING = re.compile(r"[`$|?\\!%]|>>>|\d[\d/:.,-]*\s+\S|(?:---|\+\+\+|@@|\*\*|- |\+ ?\w)|[A-Za-z]:\\|[\w.-]+@[\w.-]+:|\w+ \[\d+\]:")
# Python 2 and soft keywords: `print x`, `exec code`, `match value:`, `type X = int`
STATEMENTS = frozenset(["print", "exec", "match", "case", "type", "async", "await"])
WORDS = frozenset(keyword.kwlist) | STATEMENTS


def is_no_code(line):
    """Whether the stripped line reads as something else than Python with a mistake in it."""
    if OPENING.match(line):
        return True
    text = STRING.sub('""', line.split("#", 1)[0])
    if any(word not in WORDS for word in COUNTED.findall(text)):
        return True
    return any(first not in WORDS and second not in WORDS for first, second in NEIGHBOURS.findall(text))
