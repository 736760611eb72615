"""The rules on what a script that compiles asks of Glue, beside those on its commits."""
from arguments import reserved_findings
from contexts import context_findings
from grammar import parse_tree
from literals import secret_findings
from notebooks import notebook_findings

EXCERPT_LINES = 8
RULES = {
    "reserved-argument": reserved_findings,
    "transformation-context": context_findings,
    "hardcoded-secret": secret_findings,
    "notebook-code": notebook_findings,
}


def judge_plain(text, signs, result):
    """Fills in the findings of a script that has no others."""
    findings = job_findings(text, signs)
    if findings:
        from layout import Layout

        add_excerpts(Layout(text), findings)
        result["findings"] = findings


def job_findings(text, signs):
    tree = parse_tree(text) if signs else None
    findings = []
    for sign in signs if tree is not None else []:
        findings += RULES[sign](tree)
    return findings


def add_excerpts(layout, findings):
    """The findings' first lines; none of a secret's, since reports are read by more people than the script."""
    for finding in findings:
        if finding["rule"] != "hardcoded-secret":
            end = min(finding["endLine"], finding["startLine"] + EXCERPT_LINES - 1)
            finding["excerpt"] = [line[:200] for line in layout.lines[finding["startLine"] - 1 : end]]
