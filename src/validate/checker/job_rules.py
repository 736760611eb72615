"""The rules on what a script that compiles asks of Glue, beside those on its commits."""
from arguments import reserved_findings
from contexts import context_findings
from grammar import parse_tree
from literals import secret_findings
from notebooks import notebook_findings
from signs import has_signs


def job_findings(text):
    if not has_signs(text):
        return []
    tree = parse_tree(text)
    if tree is None:
        return []
    return reserved_findings(tree) + context_findings(tree) + secret_findings(tree) + notebook_findings(tree)
