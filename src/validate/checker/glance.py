"""The quick look that most scripts need no more than: it spares them a reader's pass, a syntax tree and most of our modules."""
import re

from signs import has_signs
from suspicion import is_suspect

AFTER_COMMIT = re.compile(r"\.commit[ \t]*\(\s*\)[ \t;]*(?:#[^\r\n]*)?\s*\Z")


def is_plain(text):
    """Whether a script that compiles can have no finding and no suppression: one commit at most, and nothing after it."""
    if "glue-toolkit" in text:
        return False
    place = text.find(".commit")
    if place >= 0 and AFTER_COMMIT.match(text, place) is None:
        return False
    return not is_suspect(text) and not has_signs(text)


def count_lines(text):
    """As many as a Layout has."""
    ends = text.count("\n")
    if "\r" in text:
        ends += text.count("\r") - text.count("\r\n")
    return ends if not text or text[-1] in "\r\n" else ends + 1
