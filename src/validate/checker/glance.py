"""The quick look that most scripts need no more than: it spares them a reader's pass, a syntax tree and most of our modules."""
import re

from suspicion import is_suspect

AFTER_COMMIT = re.compile(r"\.commit[ \t]*\(\s*\)[ \t;]*(?:#[^\r\n]*)?\s*\Z")


def is_plain(text):
    """Whether a script that compiles can have no suppression and no finding but of job_rules: one commit at most, and nothing after it."""
    if "glue-toolkit" in text:
        return False
    place = text.find(".commit")
    return (place < 0 or AFTER_COMMIT.match(text, place) is not None) and not is_suspect(text)


def count_lines(text):
    """As many as a Layout has."""
    ends = text.count("\n")
    if "\r" in text:
        ends += text.count("\r") - text.count("\r\n")
    return ends if not text or text[-1] in "\r\n" else ends + 1
