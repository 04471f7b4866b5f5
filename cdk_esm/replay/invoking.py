"""One invocation of a replay, and what the answer means."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.printed import counted
from cdk_esm.replay.objects import Event, Failure, Name, from_the_first, is_of_kafka
from cdk_esm.replay.planning import Lambda, asked, code_of, status_of
from cdk_esm.simulator.responses import judge
from cdk_esm.sources.answers import HOLDER

THROTTLES: Final = ("TooManyRequestsException", "ThrottlingException", "Throttling")
TRIES: Final = 6
"""Our choice: tries of an invocation that is throttled, each after twice the wait, so half a minute in all."""
TOO_LARGE: Final = ("RequestTooLargeException", "RequestEntityTooLargeException")
_NO_FUNCTION: Final = "ResourceNotFoundException"
_OF_THE_SERVER: Final = 500


class NotInvokedError(EsmError):
    """Lambda refused an invocation before the function began."""


def invoked(
    client: Lambda, function: str, event: Event, sleep: Callable[[float], None]
) -> tuple[str, frozenset[Name] | None]:
    """Invoke; say why something is left, and which records those are, ``None`` for all of them.

    Raises:
        NotInvokedError: Lambda refuses it, and will refuse the others.
        EsmError: nobody knows whether the function ran.
    """
    payload = _as_lambda_has_it(event)
    for turn in range(TRIES):
        try:
            answer = client.invoke(FunctionName=function, InvocationType="RequestResponse", Payload=payload)
        except Exception as error:
            code = code_of(error)
            if code in TOO_LARGE:
                return "it is larger than what an invocation takes", None
            if code == _NO_FUNCTION:
                return f"there is no function {function}; name another one with --function", None
            if code not in THROTTLES:
                refused = code and status_of(error) < _OF_THE_SERVER
                said = asked(error, f"{function} cannot be invoked")
                raise (NotInvokedError(str(said)) if refused else said) from error
            if turn + 1 < TRIES:
                sleep(2**turn)
            continue
        return _answered(answer, event, function)
    return f"the function was throttled {TRIES} times", None


def _as_lambda_has_it(event: Event) -> bytes:
    """The event in as few bytes as it has in a mapping: a batch may be as large as what an invocation takes."""
    try:
        return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half a character, which only an escape can say
        return json.dumps(event, separators=(",", ":")).encode()


def _answered(answer: Any, event: Event, function: str) -> tuple[str, frozenset[Name] | None]:
    try:
        content = answer["Payload"].read() if answer.get("Payload") is not None else b""
    except Exception as error:
        raise asked(error, f"the answer of {function} cannot be read") from error
    try:
        returned = json.loads(content) if content else None
    except (ValueError, RecursionError):
        returned = None
    if answer.get("FunctionError"):
        said = returned.get("errorMessage") if isinstance(returned, dict) else None
        kind = returned.get("errorType") if isinstance(returned, dict) else None
        return f"the function failed: {kind or answer['FunctionError']}: {said or 'no message'}", None
    if not isinstance(returned, dict) or HOLDER not in returned:
        return "", frozenset()  # nobody knows here whether the mapping would look at the answer
    names = Failure(event, None, None).names
    verdict = judge(returned, frozenset(names), by_partition=is_of_kafka(event))
    if verdict.failed is None:
        return f"the function's answer counts for the whole batch as failed: {verdict.why}", None
    if not verdict.failed:
        return "", frozenset()
    again = from_the_first(event, verdict.failed)
    return f"the function reported {len(verdict.failed)} of {counted(len(names), 'record', '')} as failed", again
