"""Merge conflict markers, as git writes them."""
import re

OPENING = re.compile(r"^<{7}(?: |$)")
MIDDLE = re.compile(r"^={7}$")
CLOSING = re.compile(r"^>{7}(?: |$)")


def conflict_markers(layout):
    """One finding per conflict. Only asked about scripts that don't compile, so markers quoted in a string are safe."""
    findings = []
    opened = None
    middle = False
    for number, line in enumerate(layout.lines, 1):
        if OPENING.match(line):
            opened, middle = number, False
        elif opened is not None and MIDDLE.match(line.rstrip()):
            middle = True
        elif opened is not None and middle and CLOSING.match(line):
            findings.append({"rule": "merge-conflict", "startLine": opened, "endLine": number})
            opened = None
    return findings
