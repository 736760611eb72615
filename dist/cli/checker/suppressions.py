"""`# glue-toolkit: ignore[rule, rule] reason` comments."""
import re

COMMENT = re.compile(r"#\s*glue-toolkit:\s*ignore\[([\w\s,*-]+)\]\s*(.*)$")


def suppressions_in(layout):
    """Where they stand and what they name. One on a line of its own speaks for the next line of code."""
    found = []
    for number, line in enumerate(layout.lines, 1):
        if "glue-toolkit" not in line:
            continue
        match = COMMENT.search(layout.comment_of(number))
        if match:
            rules = [rule.strip() for rule in match.group(1).split(",") if rule.strip()]
            target = layout.next_code(number + 1) if layout.is_comment(number) else number
            found.append({"line": number, "target": target or number, "rules": rules, "reason": match.group(2).strip()})
    return found
