"""A replay: each object's event to its function, one after the other, and what the answers mean."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.replay.objects import (
    Event,
    Failure,
    Name,
    NotReplayableError,
    StoredObject,
    from_the_first,
    is_of_kafka,
    read_failure,
)
from cdk_esm.replay.objects import only as only_these
from cdk_esm.replay.planning import S3, Lambda, ReplayPlan, asked, code_of
from cdk_esm.replay.progress import AGAIN, DONE, KEPT, STARTED, Progress
from cdk_esm.simulator.responses import judge
from cdk_esm.sources.answers import HOLDER

THROTTLES: Final = ("TooManyRequestsException", "ThrottlingException", "Throttling")
TRIES: Final = 6
"""Our choice: tries of an invocation that is throttled, each after twice the wait, so half a minute in all."""
TOO_LARGE: Final = ("RequestTooLargeException", "RequestEntityTooLargeException")
_GONE: Final = ("NoSuchKey", "404")


@dataclass
class Result:
    """What a replay did.

    Args:
        states: what became of how many objects.
        records: how many records were processed.
        left: key to what is left of the object, in words.
        repeated: keys that an earlier run may have invoked already: it ended before it knew.
    """

    states: Counter[str] = field(default_factory=Counter)
    records: int = 0
    left: dict[str, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether nothing is left."""
        return not self.left


def replay(
    plan: ReplayPlan,
    s3: S3,
    client: Lambda,
    progress: Progress,
    *,
    per_second: float = 1.0,
    delete: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Result:
    """Invoke each function with what it failed on, and keep what fails again.

    An object is done if the function answers without an error and reports no failed record. Of one with failed records
    the rest is remembered, and the next run invokes with the rest alone. A run that was cut off goes on where it was;
    the object that it was at may be invoked twice, so handlers have to be idempotent, as they have to be for a mapping.

    Args:
        plan: what to take.
        s3: a client of boto3 for S3.
        client: a client of boto3 for Lambda.
        progress: what was done before; it is written after each step.
        per_second: the most invocations a second.
        delete: delete an object after all of its records were processed, in this run or before. By default it stays.
        sleep: waits; for tests.

    Raises:
        EsmError: AWS refuses to let an object be read, or a function be invoked; what was done is remembered.
    """
    result, waited = Result(), False
    for stored in plan.objects:
        if progress.state(stored.key) == DONE:
            result.states["done before"] += 1
            if delete:
                _delete(s3, plan.bucket, stored)
            continue
        try:
            failure = read(s3, plan.bucket, stored)
        except NotReplayableError as error:
            _keep(progress, result, stored.key, KEPT, why=str(error))
            continue
        function = plan.function or failure.function
        if function is None:
            _keep(progress, result, stored.key, KEPT, why="it does not say which function; name one with --function")
            continue
        left = progress.left(stored.key)
        event = failure.event if left is None else only_these(failure.event, left)
        if progress.state(stored.key) == STARTED:
            result.repeated.append(stored.key)
        if waited:
            sleep(1 / per_second)
        waited = True
        progress.note(stored.key, STARTED, left=left)
        why, again = _invoked(client, function, event, sleep)
        names = Failure(event, None, None).names
        if why:
            _keep(progress, result, stored.key, AGAIN, why=why, left=again)
            result.records += len(names) - len(names if again is None else again)
            continue
        progress.note(stored.key, DONE)
        result.states[DONE] += 1
        result.records += len(names)
        if delete:
            _delete(s3, plan.bucket, stored)
    return result


def _keep(
    progress: Progress, result: Result, key: str, state: str, *, why: str, left: frozenset[Name] | None = None
) -> None:
    before = progress.left(key) if left is None else left
    progress.note(key, state, left=before, why=why)
    result.states[state] += 1
    result.left[key] = why


def read(s3: S3, bucket: str, stored: StoredObject) -> Failure:
    """Read an object of a plan.

    Raises:
        NotReplayableError: it is gone, or holds nothing to invoke a function with.
        EsmError: it cannot be read.
    """
    try:
        content: bytes = s3.get_object(Bucket=bucket, Key=stored.key)["Body"].read()
    except Exception as error:
        if code_of(error) in _GONE:
            raise NotReplayableError("it is no longer there") from None
        raise asked(error, f"{stored.key} cannot be read") from error
    return read_failure(content)


def _delete(s3: S3, bucket: str, stored: StoredObject) -> None:
    try:
        s3.delete_object(Bucket=bucket, Key=stored.key)
    except Exception as error:
        raise asked(error, f"{stored.key} was replayed, and cannot be deleted") from error


def _invoked(
    client: Lambda, function: str, event: Event, sleep: Callable[[float], None]
) -> tuple[str, frozenset[Name] | None]:
    """Invoke; say why something is left, and which records those are, ``None`` for all of them."""
    payload = _as_lambda_has_it(event)
    for turn in range(TRIES):
        try:
            answer = client.invoke(FunctionName=function, InvocationType="RequestResponse", Payload=payload)
        except Exception as error:
            if code_of(error) in TOO_LARGE:
                return "it is larger than what an invocation takes", None
            if code_of(error) not in THROTTLES:
                raise asked(error, f"{function} cannot be invoked") from error
            if turn + 1 < TRIES:
                sleep(2**turn)
            continue
        return _answered(answer, event)
    return f"the function was throttled {TRIES} times", None


def _as_lambda_has_it(event: Event) -> bytes:
    """The event in as few bytes as it has in a mapping: a batch may be as large as what an invocation takes."""
    try:
        return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half a character, which only an escape can say
        return json.dumps(event, separators=(",", ":")).encode()


def _answered(answer: Any, event: Event) -> tuple[str, frozenset[Name] | None]:
    content = answer["Payload"].read() if answer.get("Payload") is not None else b""
    try:
        returned = json.loads(content) if content else None
    except ValueError:
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
    return f"the function reported {len(verdict.failed)} of {len(names)} records as failed", again
