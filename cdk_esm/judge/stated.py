"""What is stated of queues and functions outside the templates: the output of the AWS command line, as it comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import FailureKind, FailurePath, Function, MappingPlan, Queue
from cdk_esm.plan.conflicts import function_named
from cdk_esm.plan.stated import R, where_unknown
from cdk_esm.sources.sqs_queue import FIFO_SUFFIX
from cdk_esm.template.cloudformation.files import named_path, read_text
from cdk_esm.template.unread import Skipped

_OF_QUEUE: Final = "aws sqs get-queue-attributes --queue-url <URL> --attribute-names All"
_OF_FUNCTION: Final = "aws lambda get-function-configuration --function-name <name>"
_ALWAYS_THERE: Final = ("VisibilityTimeout", "MessageRetentionPeriod", "DelaySeconds")
"""What the command prints of every queue: where one is missing, it was not asked for all, and no absence tells."""

_PARTS_OF_AN_ARN: Final = 6


@dataclass
class Stated:
    """What is known of queues and functions outside the templates.

    Args:
        queues: the queues, by their ARNs.
        failures: where the failed messages of each of them end.
        functions: the functions, by the name that plans compare them by.
        files: the file that says it, by the same names.
        used: the names of what a mapping depends on.
    """

    queues: dict[str, Queue] = field(default_factory=dict)
    failures: dict[str, FailurePath | Unknowable] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def fill(self, plans: Iterable[MappingPlan]) -> list[MappingPlan]:
        """The plans, with what is stated where they know nothing; what a template says is never replaced."""
        return [self._filled(plan) for plan in plans]

    def unused(self, plans: Iterable[MappingPlan]) -> list[Skipped]:
        """What is stated and says nothing of any mapping: whoever gave it thinks that it was looked at."""
        known = list(dict.fromkeys(name for plan in plans for name in _outside(plan)))
        return [_unused(file, name, known) for name, file in self.files.items() if name not in self.used]

    def _filled(self, plan: MappingPlan) -> MappingPlan:
        source, function = plan.event_source, self._function(plan)
        if function is not None:
            plan = replace(plan, function=where_unknown(plan.function, function))
        if not isinstance(source, Queue):
            return plan
        queue, failure = self._queue(source), plan.failure
        if queue is not None:
            failure = self.failures[queue.identity] if isinstance(failure, Unknowable) else failure
            plan = replace(plan, event_source=where_unknown(source, queue))
        if isinstance(failure, FailurePath) and failure.queue is not None:
            dead_letters = self._queue(failure.queue)
            if dead_letters is not None:
                failure = replace(failure, queue=where_unknown(failure.queue, dead_letters))
        return replace(plan, failure=failure)

    def _function(self, plan: MappingPlan) -> Function | None:
        """What is stated of a function: by its name, and by its place where that tells two of one name apart."""
        named = [key for key, one in self.functions.items() if one.identity == function_named(plan)]
        fitting = [key for key in named if _may_be_at(self.functions[key], plan.function)]
        if len(fitting) != 1:
            return None
        self.used.add(fitting[0])
        return self.functions[fitting[0]]

    def _queue(self, source: Queue) -> Queue | None:
        """What is stated of a queue: by its ARN, or by its name if only the deployment knows the place of that."""
        found = self.queues.get(source.identity)
        if found is None and source.existing:
            name = source.identity.rpartition(":")[2]
            fitting = [one for arn, one in self.queues.items() if arn.endswith(f":{name}") and _may_be_at(one, source)]
            found = fitting[0] if len(fitting) == 1 else None
        if found is not None:
            self.used.add(found.identity)
        return found


def _outside(plan: MappingPlan) -> Iterable[str]:
    """What a mapping depends on and a file may be about: names of queues and functions."""
    yield function_named(plan)
    ends = plan.failure.queue if isinstance(plan.failure, FailurePath) else None
    yield from (queue.identity for queue in (plan.event_source, ends) if isinstance(queue, Queue) and queue.existing)


def _unused(file: str, name: str, known: Sequence[str]) -> Skipped:
    about = name if name.startswith("arn:") else f"the function {name}"
    close = get_close_matches(name, known, n=1, cutoff=0.8)
    near = f"; the nearest that a mapping depends on is {close[0]}" if close else ""
    return Skipped(
        file,
        f"it is about {about}, which no mapping reads, invokes or has as its dead-letter queue outside the "
        f"templates{near}",
        "ask AWS about the queue or the function that the mapping names, leave the file out, or agree to it with "
        "--allow-unjudged",
        file,
    )


def _may_be_at(stated: Queue | Function, own: Queue | Function) -> bool:
    """Whether a queue or a function may be where a template says that its own is."""
    pairs = ((stated.region, own.region), (stated.account, own.account))
    return all(isinstance(theirs, Unknowable) or theirs in {None, ours} for ours, theirs in pairs)


def read_stated(files: Sequence[str]) -> Stated:
    """Read files with the output of the AWS command line about queues and functions.

    Raises:
        TemplateError: a file cannot be read, or it does not say what it is about.
    """
    stated = Stated()
    for file in files:
        text = read_text(named_path(file))
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            raise TemplateError(f"{file}: it is no JSON; {_what_to_run()}") from None
        try:
            _read_one(stated, file, document)
        except _OddError as error:
            raise TemplateError(f"{file}: {error}; {_what_to_run()}") from None
    return stated


class _OddError(Exception):
    """What the AWS command line never prints."""


def _what_to_run() -> str:
    return f"run `{_OF_QUEUE}` or `{_OF_FUNCTION}`, and save what it prints"


def _read_one(stated: Stated, file: str, document: Any) -> None:
    attributes = document.get("Attributes") if isinstance(document, dict) else None
    if isinstance(attributes, dict) and isinstance(attributes.get("QueueArn"), str):
        arn = _arn(attributes["QueueArn"], "QueueArn", "sqs")
        stated.queues[arn] = _merged(stated, arn, stated.queues.get(arn), _queue(arn, attributes))
        stated.failures[arn] = _one_of(stated, arn, stated.failures.get(arn, UNKNOWN), _failure(attributes))
        stated.files.setdefault(arn, file)
        return
    if isinstance(document, dict) and isinstance(document.get("FunctionArn"), str):
        function = _function(document)
        name = function.identity
        first = stated.functions.get(name, function)
        if (first.region, first.account) != (function.region, function.account):
            name = document["FunctionArn"]  # one of the same name elsewhere
        stated.functions[name] = _merged(stated, name, stated.functions.get(name), function)
        stated.files.setdefault(name, file)
        return
    lacks = "QueueArn" if isinstance(attributes, dict) else "QueueArn or FunctionArn"
    raise _OddError(f"there is no {lacks} in it")


def _merged(stated: Stated, name: str, before: R | None, now: R) -> R:
    """What two files say of one thing; where both say something it must be the same, for nobody knows which holds."""
    if before is None:
        return now
    merged = where_unknown(before, now)
    if merged != where_unknown(now, before):
        raise _contradicted(stated, name)
    return merged


def _one_of(stated: Stated, name: str, before: FailurePath | Unknowable, now: FailurePath | Unknowable) -> Any:
    if UNKNOWN not in (before, now) and before != now:
        raise _contradicted(stated, name)
    return now if before is UNKNOWN else before


def _contradicted(stated: Stated, name: str) -> _OddError:
    return _OddError(f"it says otherwise of {name} than {stated.files[name]}, so leave out the older one of them")


def _arn(text: str, key: str, service: str) -> str:
    parts = text.split(":")
    if len(parts) < _PARTS_OF_AN_ARN or parts[0] != "arn" or parts[2] != service:
        raise _OddError(f"its {key} is no ARN of that service: {text}")
    return text


def _number(value: object) -> Any:
    """A number, which SQS writes as text."""
    try:
        return int(str(value))
    except ValueError:
        raise _OddError("a number in it is none") from None


def _taken(record: Mapping[str, Any], name: str, take: Callable[[object], Any] = _number) -> Any:
    try:
        return take(record[name]) if name in record else UNKNOWN
    except _OddError:
        raise _OddError(f"its {name} is no number") from None


def _record(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A part of the configuration of a function, which AWS prints as an object."""
    value = document.get(name) or {}
    if not isinstance(value, Mapping):
        raise _OddError(f"its {name} is no object")
    return value


def _is_whole(attributes: Mapping[str, Any]) -> bool:
    return all(name in attributes for name in _ALWAYS_THERE)


def _queue(arn: str, attributes: Mapping[str, Any]) -> Queue:
    return Queue(
        identity=arn,
        existing=True,
        fifo=arn.endswith(FIFO_SUFFIX),
        visibility_timeout_seconds=_taken(attributes, "VisibilityTimeout"),
        retention_seconds=_taken(attributes, "MessageRetentionPeriod"),
        delay_seconds=_taken(attributes, "DelaySeconds"),
        encryption_key=attributes.get("KmsMasterKeyId", None if _is_whole(attributes) else UNKNOWN),
        region=arn.split(":")[3],
        account=arn.split(":")[4],
    )


def _failure(attributes: Mapping[str, Any]) -> FailurePath | Unknowable:
    """Where failed messages end, by the redrive policy, which is JSON in a text."""
    if "RedrivePolicy" not in attributes:
        return FailurePath(kind=FailureKind.NONE) if _is_whole(attributes) else UNKNOWN
    try:
        policy = json.loads(attributes["RedrivePolicy"])
        arn = _arn(str(policy["deadLetterTargetArn"]), "deadLetterTargetArn", "sqs")
        receives = _number(policy["maxReceiveCount"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise _OddError("its RedrivePolicy is no text of JSON with deadLetterTargetArn and maxReceiveCount") from None
    hidden: Any = {"visibility_timeout_seconds": UNKNOWN, "retention_seconds": UNKNOWN, "delay_seconds": UNKNOWN}
    queue = Queue(identity=arn, existing=True, fifo=arn.endswith(FIFO_SUFFIX), encryption_key=UNKNOWN, **hidden)
    return FailurePath(kind=FailureKind.DEAD_LETTER_QUEUE, queue=queue, max_receive_count=receives)


def _function(document: Mapping[str, Any]) -> Function:
    arn = _arn(document["FunctionArn"], "FunctionArn", "lambda")
    architectures = document.get("Architectures")
    durable, snap_start = _record(document, "DurableConfig"), _record(document, "SnapStart")
    return Function(
        identity=arn.partition(":function:")[2] or arn,
        existing=True,
        timeout_seconds=_taken(document, "Timeout"),
        memory_mb=_taken(document, "MemorySize"),
        reserved_concurrency=UNKNOWN,
        architecture=architectures[0] if isinstance(architectures, list) and architectures else UNKNOWN,
        handler=_taken(document, "Handler", str),
        managed_instances=bool(document.get("CapacityProviderConfig")),
        tenant_isolated=bool(document.get("TenancyConfig")),
        durable_timeout_seconds=_taken(durable, "ExecutionTimeout") if durable else None,
        dead_letter_target=_record(document, "DeadLetterConfig").get("TargetArn"),
        asynchronous_target=UNKNOWN,
        environment_bytes=UNKNOWN,
        inline=UNKNOWN,
        snap_start=snap_start.get("ApplyOn") == "PublishedVersions",
        region=arn.split(":")[3],
        account=arn.split(":")[4],
    )
