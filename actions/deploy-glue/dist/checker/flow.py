"""What the script's functions do to the job and its data, so that a call counts as what it runs.

Followed are functions and methods of the script and functions imported from the job's own libraries, through each other;
names that another name was given to; a job that a function makes and returns, or gets as an argument. Not followed are
values in containers, attributes of other objects, and what only the run decides.
"""
import ast
import re

from expressions import Chain, bound_names, dotted

READ, WRITE = "read", "write"
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
ROUNDS = 4


def definitions(nodes):
    """Every function and method, at any depth of classes, with whether it is a method."""
    for node in nodes:
        if isinstance(node, DEFINITIONS):
            yield node, False
        elif isinstance(node, ast.ClassDef):
            for found, _ in definitions(node.body):
                yield found, True


def job_names(text, classes, nodes):
    """The dotted names that stand for the job: given one by its class, by another name, by a function, as an argument."""
    made = r"(?:[\w.]+\.)?(?:%s)\(" % "|".join(re.escape(name) for name in classes)
    names = set(re.findall(r"(?<![\w.])([^\W\d][\w.]*)\s*(?::\s*[\w.]+\s*)?:?=\s*" + made, text))
    if not names:
        return names
    assigned = set(re.findall(r"=[ \t]*(?:await[ \t]+)?(?:\w+\.)?([^\W\d]\w*)\(", text))
    functions = [node for node, _ in definitions(nodes)]
    makers = [node for node in functions if node.name in assigned]
    for _ in range(ROUNDS):
        known = len(names)
        any_job = "|".join(re.escape(name) for name in names)
        names.update(re.findall(r"^[ \t]*([^\W\d][\w.]*)[ \t]*(?::[^=\n]+)?=[ \t]*(?:%s)[ \t]*(?:#.*)?$" % any_job, text, re.M))
        for node in makers:
            names.update(_from_maker(node, names, text))
        takers = set(re.findall(r"\b([^\W\d]\w*)\([^()\n]*\b(?:%s)\b" % any_job, text))
        for node in functions:
            if node.name in takers:
                names.update(_parameters(node, names, text))
        if len(names) == known:
            break
    return names


def _from_maker(node, names, text):
    """What a call of the function is assigned to, where that is a job it returns, alone or in a tuple."""
    returned = [part.value for part in ast.walk(node) if isinstance(part, ast.Return) and part.value is not None]
    places = set()
    for value in returned:
        if isinstance(value, ast.Tuple):
            places.update(place for place, item in enumerate(value.elts) if dotted(item) in names)
        elif dotted(value) in names and not isinstance(value, ast.Call):
            places.add(None)
    if not places:
        return
    call = r"^[ \t]*([^\W\d][\w., \t]*?)[ \t]*=[ \t]*(?:await[ \t]+)?(?:\w+\.)?%s\(" % re.escape(node.name)
    for targets in re.findall(call, text, re.M):
        given = [target.strip() for target in targets.split(",")]
        for place in places:
            if place is None and len(given) == 1:
                yield given[0]
            elif place is not None and place < len(given) > 1:
                yield given[place]


def _parameters(node, names, text):
    """The function's parameters that a call gives the job."""
    parameters = [item.arg for item in node.args.args]
    if not parameters:
        return
    for given in re.findall(r"(?<!def )(?<![\w])%s\(([^()]*)\)" % re.escape(node.name), text):
        for place, argument in enumerate(given.split(",")):
            keyword, _, value = argument.strip().rpartition("=")
            if value.strip() in names:
                if keyword.strip() in parameters:
                    yield keyword.strip()
                elif not keyword and place < len(parameters):
                    yield parameters[place]


def effects_of(functions, judge):
    """{name: the effects READ and WRITE of the functions}; `judge()` gives the two questions about a simple statement."""
    effects = {}
    calls = {}
    for node in functions:
        own, called = set(), set()
        reads, writes = judge()
        for part in ast.walk(node):
            value = getattr(part, "value", None) if isinstance(part, (ast.Expr, ast.Assign, ast.AnnAssign, ast.Return)) else None
            if value is not None:
                own.update([WRITE] if writes(value, bound_names(part)) else [READ] if reads(value) else [])
            if isinstance(part, ast.Call):
                called.add(called_name(part))
        effects[node.name] = effects.get(node.name, set()) | own
        calls[node.name] = calls.get(node.name, set()) | called
    for _ in range(ROUNDS):
        for name, called in calls.items():
            for other in called.intersection(effects):
                effects[name] = effects[name] | effects[other]
    return {name: found for name, found in effects.items() if found}


def called_name(call):
    """`save(…)` and `self.save(…)` by their last name; None for a method of anything else."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    chain = Chain(call)
    return call.func.attr if isinstance(call.func, ast.Attribute) and chain.root in ("self", "cls") and len(chain.links) == 1 else None
