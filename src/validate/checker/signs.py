"""Whether a script's text gives any reason to look for what job_rules finds: most scripts are spared a syntax tree."""
import re

RESERVED = (
    "JOB_ID", "JOB_RUN_ID", "SECURITY_CONFIGURATION", "job-bookmark-", "continuation-option", "encryption-type"
)
RARE = ("enable-data-lineage", "'help'", '"help"')
ASKED = re.compile(r"getResolvedOptions\s*\([^\[\]()]*\[([^\]]*)\]")
NAMES = re.compile(r"[\"']([^\"']*)[\"']")
SECRET = re.compile(
    r"(?:AKIA|ASIA)[A-Z2-7]{16}|(?:password|passwd|passphrase|pwd)[\"']?\s*\]?\s*[:=,]\s*[\"'][^\"']|[Ss]ecret\w*[\"']?\s*\]?\s*[:=,]\s*[\"'][A-Za-z0-9/+]{40}[\"']"
    r"|[?&;](?:password|pwd)=|://[^/\s:@\"'{]+:[^/\s:@\"'{]+@",
    re.I,
)
SOURCE = re.compile(r"create_dynamic_frame(?:\s*\.\s*|_)from_(?:catalog|options)\s*\(")
CONTEXT = re.compile(r"transformation_ctx\s*=\s*[\"']([^\"']+)[\"']")
CALL_LENGTH = 3000
WORDS = ("passw", "passphrase", "pwd", "secret", "akia", "asia")


def signs_in(text):
    """The rules of job_rules that the text gives a reason for."""
    found = []
    if "getResolvedOptions" in text and _asks_oddly(text):
        found.append("reserved-argument")
    if "create_dynamic_frame" in text and _reads_oddly(text):
        found.append("transformation-context")
    if _may_hold_secret(text) and SECRET.search(text) is not None:
        found.append("hardcoded-secret")
    if "get_ipython" in text:
        found.append("notebook-code")
    return found


def _may_hold_secret(text):
    """Words are found much faster than the pattern, which looks at each place of the text."""
    if "@" in text and "://" in text:
        return True
    lower = text.lower()
    return any(word in lower for word in WORDS)


def _asks_oddly(text):
    if any(name in text for name in RESERVED + RARE):
        return True
    for names in ASKED.findall(text):
        found = NAMES.findall(names)
        if len(found) != len(set(found)):
            return True
    return False


def _reads_oddly(text):
    """Whether no context stands behind any source, or the same one behind two."""
    places = [match.end() for match in SOURCE.finditer(text)]
    found = []
    for place, following in zip(places, places[1:] + [len(text)]):
        match = CONTEXT.search(text, place, min(following, place + CALL_LENGTH))
        if match is not None:
            found.append(match.group(1))
    return bool(places) and not found or len(found) != len(set(found))
