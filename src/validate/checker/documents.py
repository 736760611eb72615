"""Files in place of a script that CPython compiles all the same, or complains of in words that help nobody."""
import json
import re

NOTEBOOK = "is a Jupyter notebook, not a Python script"
DOCUMENT = re.compile(r"\s*[\[{]")
BRACKETS = "]}"


def document_kind(name, text):
    """What the file is in place of a script, as a sentence without its subject; None for what may be a script."""
    if name.lower().endswith(".ipynb"):
        return NOTEBOOK
    if not DOCUMENT.match(text) or text.rstrip()[-1:] not in BRACKETS:
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(document, dict) and "cells" in document and "nbformat" in document:
        return NOTEBOOK
    return "is a JSON document, not a Python script"
