"""Whether a script that compiles and has no orphan code may have another finding, told from its text alone."""
import re

ENDS_WITH_COMMIT = re.compile(r"(?:\A|[\r\n])(?=\w*[jJ]ob)\w+\.commit[ \t]*\(\s*\)[\s;]*(?:#[^\r\n]*\s*)?\Z")
LINE_END = re.compile(r"\r\n|\r|\n")
REPEATED_LINES = 6


def is_suspect(text):
    return may_mislead_bookmarks(text) or repeats_lines(text)


def may_mislead_bookmarks(text):
    """False for the plain job: it calls init, and its one commit stands at the margin as the last of its lines."""
    if "awsglue" not in text:
        return False
    place = text.find(".commit")
    if place < 0 or ".init(" not in text:
        return True
    start = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place), 0)
    return ENDS_WITH_COMMIT.match(text, start) is None


def repeats_lines(text):
    """Whether several lines in a row all stand in the script before."""
    seen = set()
    run = 0
    for line in LINE_END.split(text):
        line = line.strip()
        if line in seen:
            run += bool(line)
            if run >= REPEATED_LINES:
                return True
        elif line:
            seen.add(line)
            run = 0
    return False
