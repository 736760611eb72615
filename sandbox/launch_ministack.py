"""Starts MiniStack so that it ends with its parent, and answers what IAM says of a Glue call.

The front serves Glue's job and crawler calls itself, so MiniStack never judges them, and of the catalog's calls
MiniStack judges other resources than AWS does. Hence the front asks here before it serves a call: the request is
authenticated as it was signed, and every permission that it needs is put to MiniStack's own evaluator, which knows
users, groups, sessions, their policies and boundaries. A catalog call that was judged so is not judged again.
"""

import base64
import json
import os
import sys
import threading
from contextvars import ContextVar
from urllib.parse import parse_qs

VERDICT_PATH = "/_sandbox/verdict"
JUDGED_HEADER = b"x-sandbox-judged"


def end_with_parent():
    """The parent holds the other end of standard input; it closes when the parent dies."""
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()

from ministack import app as ministack  # noqa: E402
from ministack.core import iam_actions, iam_evaluator, responses, router  # noqa: E402

serve = ministack.app
enforce = iam_evaluator.enforce
judged = ContextVar("judged", default=False)


def enforce_unless_judged(*args, **kwargs):
    return None if judged.get() else enforce(*args, **kwargs)


async def app(scope, receive, send):
    if scope["type"] != "http":
        return await serve(scope, receive, send)
    if scope["path"] == VERDICT_PATH:
        return await answer(send, verdict(json.loads(await read_body(receive))))
    judged.set(any(name == JUDGED_HEADER for name, _ in scope["headers"]))
    return await serve(scope, receive, send)


def verdict(request):
    """`{}` for a call that may be made, else the fault to answer it with."""
    headers = {name.lower(): value for name, value in request["headers"]}
    query = parse_qs(request["query"], keep_blank_values=True)
    access_key = router.extract_access_key_id(headers, query)
    region = router.extract_region(headers, query)
    try:
        if access_key:
            responses.set_request_account_id(ministack._request_account_scope(access_key))
    except iam_evaluator.AmbiguousAccessKeyError:
        return fault("UnrecognizedClientException", "The security token included in the request is invalid.")
    responses.set_request_region(region)
    iam_evaluator.pin_request_origin("127.0.0.1", False)
    raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in request["headers"]]
    iam_evaluator.pin_signed_request(request["method"], request["path"], query, raw_headers)
    iam_evaluator.pin_signed_body(base64.b64decode(request["body"]))
    # this action is never denied, so it authenticates only, also a call that needs no permission
    for check in [{"action": "sts:GetCallerIdentity", "resource": "*"}, *request["permissions"]]:
        refused = decide(access_key, region, headers, check)
        if refused:
            return refused
    return {}


def decide(access_key, region, headers, check):
    action, resource = check["action"], check["resource"]
    denied = enforce(access_key, action, "glue", region, resource_arn=resource, service_context=check.get("context"))
    if denied is None:
        return None
    if isinstance(denied, iam_evaluator.AuthError):
        _, _, body = iam_actions.access_denied_response(
            "glue", action, "", "", error_code=denied.code, message=denied.message, headers=headers
        )
        return fault(json.loads(body)["__type"], json.loads(body)["message"])
    explicit = denied.decision == "Deny"
    message = iam_actions.identity_denial_message(action, denied.principal_arn, resource, explicit)
    return fault("AccessDeniedException", message)


def fault(code, message):
    return {"code": code, "message": message}


async def read_body(receive):
    body = b""
    while True:
        event = await receive()
        body += event.get("body", b"")
        if not event.get("more_body"):
            return body


async def answer(send, content):
    body = json.dumps(content).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


ministack.app = app
iam_evaluator.enforce = enforce_unless_judged
ministack.main()
