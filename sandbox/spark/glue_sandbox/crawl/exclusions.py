"""Exclude patterns of a crawler's target (developer guide, define-crawler-choose-data-sources)."""

from __future__ import annotations

import re

TOKENS = re.compile(r"\*\*|\*|\?|\[[^\]]*\]|\\.|[{},]|.", re.DOTALL)


def exclusion(pattern: str) -> re.Pattern[str]:
    """A glob over paths relative to the include path, as a regular expression.

    ``*`` and ``?`` stay within a folder, ``**`` does not; ``[…]`` is a set of characters, ``{a,b}`` a choice.
    """
    depth = 0
    parts: list[str] = []
    for token in TOKENS.findall(pattern.lstrip("/")):
        if token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
        parts.append(_translate(token, depth))
    return re.compile("".join(parts), re.DOTALL)


def _translate(token: str, depth: int) -> str:
    fixed = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")"}
    if token in fixed:
        return fixed[token]
    if token == "," and depth > 0:
        return "|"
    if token.startswith("[") and len(token) > 1:
        return token.replace("[!", "[^", 1)
    return re.escape(token[1:] if token.startswith("\\") and len(token) > 1 else token)
