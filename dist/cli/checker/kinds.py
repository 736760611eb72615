"""What a file that is no Python 3 really is, for the reader of a syntax error: told from the line that CPython complains of and from how the file begins."""
import re
import unicodedata

STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
PYTHON_2 = (
    (re.compile(r"\s*print\s+(?![=.,)\]]|in\b|is\b|if\b|and\b|or\b|not\b)\S|\s*print\s*>>"), "a print statement"),
    (re.compile(r"\s*exec\s+(?![=.,)\]])\S"), "an exec statement"),
    (re.compile(r"\s*except\s+[\w.]+\s*,\s*\w+\s*:"), "except …, name"),
    (re.compile(r"\s*raise\s+[\w.]+\s*,\s*\S"), "raise …, value"),
    (re.compile(r".*[^<>=!]<>[^<>=]"), "the operator <>"),
    (re.compile(r".*(?<![\w.])(?:0[0-7]+|\d+)[lL]\b|.*(?<![\w.])0[0-7]+\b(?!\.)"), "a number of the old form"),
    (re.compile(r".*(?<!\w)[uU][rR](?:\"\"|'')"), "a ur string"),
    (re.compile(r"\s*`[^`]+`|.*[=(,]\s*`[^`]+`"), "backquotes for repr"),
)
FENCE = re.compile(r"\s*(?:```|~~~)")
MAGIC = re.compile(r"\s*(?:%%?[A-Za-z_]\w*|![A-Za-z./~]|\?\w)")
TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{[\w.:-]+\}|<%.*?%>|(?<![\w)\]])<[A-Za-z][\w -]*>|(?<!\w)@@\w+@@|\$\([\w.]+\)")
MARKUP = re.compile(r"\s*<(?:!DOCTYPE|html|head|body|\?xml|div)\b", re.I)
DIFF = re.compile(r"(?:diff --git |@@ -\d|Index: |--- a/|\+\+\+ b/)")
NOT_FOUND = re.compile(r"\s*404: Not Found")
PROMPT = re.compile(r"\s*(?:>>> |In \[\d+\]:)")
HEAD_LINES = 3


def kind_of(layout, line):
    """A few words such as `Python 2 code (a print statement)`, or None for Python 3 with a mistake in it."""
    lines = layout.lines
    for text in lines[:HEAD_LINES]:
        if MARKUP.match(text) or NOT_FOUND.match(text):
            return "a downloaded web page in place of the script"
        if DIFF.match(text):
            return "a diff in place of the script"
    text = lines[line - 1] if 1 <= line <= len(lines) else ""
    return _of_line(text) or _of_line(lines[line - 2] if 2 <= line <= len(lines) else "", exact=True)


def _of_line(text, exact=False):
    """`exact` leaves out what only means something on the very line that doesn't compile."""
    if FENCE.match(text):
        return "a markdown fence"
    if PROMPT.match(text):
        return "a console's prompt"
    bare = STRING.sub('""', text.split("#", 1)[0]) if "#" in text else STRING.sub('""', text)
    if MAGIC.match(bare):
        return "a notebook's magic command (%s)" % text.split()[0][:40]
    for pattern, what in PYTHON_2:
        if pattern.match(bare):
            return "Python 2 code (%s)" % what
    if exact:
        return None
    template = TEMPLATE.search(bare)
    if template:
        return "a template's placeholder (%s)" % template.group()[:40]
    return _odd_character(bare)


def _odd_character(text):
    """Characters that look like others, or like nothing, and that no editor shows."""
    for letter in text:
        if ord(letter) > 127 and not letter.isalpha() and not letter.isdigit():
            return "an odd character: U+%04X %s" % (ord(letter), unicodedata.name(letter, "without a name").lower())
    return None
