"""What is stated of queues and functions outside the templates: the output of the AWS command line, as it comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import FailureKind, FailurePath, Function, MappingPlan, Queue
from cdk_esm.plan.conflicts import function_named
from cdk_esm.plan.stated import where_unknown
from cdk_esm.sources.sqs_queue import FIFO_SUFFIX

_OF_QUEUE: Final = "aws sqs get-queue-attributes --queue-url <URL> --attribute-names All"
_OF_FUNCTION: Final = "aws lambda get-function-configuration --function-name <name>"


@dataclass
class Stated:
    """What is known of queues and functions outside the templates.

    Args:
        queues: the queues, by their ARNs.
        failures: where the failed messages of each of them end.
        functions: the functions, by the name that plans compare them by.
    """

    queues: dict[str, Queue] = field(default_factory=dict)
    failures: dict[str, FailurePath] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)

    def fill(self, plans: Iterable[MappingPlan]) -> list[MappingPlan]:
        """The plans, with what is stated where they know nothing; what a template says is never replaced."""
        return [self._filled(plan) for plan in plans]

    def _filled(self, plan: MappingPlan) -> MappingPlan:
        source, function = plan.event_source, self.functions.get(function_named(plan))
        if function is not None:
            plan = replace(plan, function=where_unknown(plan.function, function))
        queue = self._queue(source) if isinstance(source, Queue) else None
        if queue is None or not isinstance(source, Queue):
            return plan
        failure = self.failures[queue.identity] if isinstance(plan.failure, Unknowable) else plan.failure
        return replace(plan, event_source=where_unknown(source, queue), failure=failure)

    def _queue(self, source: Queue) -> Queue | None:
        """What is stated of a queue: by its ARN, or by its name if only the deployment knows the place of that."""
        found = self.queues.get(source.identity)
        if found is not None or not source.existing:
            return found
        name = source.identity.rpartition(":")[2]
        fitting = [one for arn, one in self.queues.items() if arn.endswith(f":{name}") and _may_be_at(one, source)]
        return fitting[0] if len(fitting) == 1 else None


def _may_be_at(stated: Queue, source: Queue) -> bool:
    """Whether a queue may be where a template says that its own is."""
    pairs = ((stated.region, source.region), (stated.account, source.account))
    return all(isinstance(theirs, Unknowable) or theirs == own for own, theirs in pairs)


def read_stated(files: Sequence[str]) -> Stated:
    """Read files with the output of the AWS command line about queues and functions.

    Raises:
        TemplateError: a file cannot be read, or it does not say what it is about.
    """
    stated = Stated()
    for file in files:
        try:
            document = json.loads(Path(file).read_text(encoding="utf-8"))
        except OSError as error:
            raise TemplateError(f"{file}: {error.strerror}") from None
        except (ValueError, RecursionError):
            raise TemplateError(f"{file}: it is no JSON; {_what_to_run()}") from None
        _read_one(stated, file, document)
    return stated


def _what_to_run() -> str:
    return f"run `{_OF_QUEUE}` or `{_OF_FUNCTION}`, and save what it prints"


def _read_one(stated: Stated, file: str, document: Any) -> None:
    attributes = document.get("Attributes") if isinstance(document, dict) else None
    if isinstance(attributes, dict) and isinstance(attributes.get("QueueArn"), str):
        arn = attributes["QueueArn"]
        stated.queues[arn], stated.failures[arn] = _queue(arn, attributes), _failure(attributes)
        return
    if isinstance(document, dict) and isinstance(document.get("FunctionArn"), str):
        function = _function(document)
        stated.functions[function.identity] = function
        return
    lacks = "QueueArn" if isinstance(attributes, dict) else "QueueArn or FunctionArn"
    raise TemplateError(f"{file}: there is no {lacks} in it; {_what_to_run()}")


def _number(value: object) -> Any:
    """A number, which SQS writes as text."""
    try:
        return int(str(value))
    except ValueError:
        return UNKNOWN


def _taken(record: Mapping[str, Any], name: str, take: Callable[[object], Any] = _number) -> Any:
    return take(record[name]) if name in record else UNKNOWN


def _queue(arn: str, attributes: Mapping[str, Any]) -> Queue:
    return Queue(
        identity=arn,
        existing=True,
        fifo=arn.endswith(FIFO_SUFFIX),
        visibility_timeout_seconds=_taken(attributes, "VisibilityTimeout"),
        retention_seconds=_taken(attributes, "MessageRetentionPeriod"),
        delay_seconds=_taken(attributes, "DelaySeconds"),
        encryption_key=attributes.get("KmsMasterKeyId"),
        region=arn.split(":")[3],
        account=arn.split(":")[4],
    )


def _failure(attributes: Mapping[str, Any]) -> FailurePath:
    """Where failed messages end, by the redrive policy, which is JSON in a text."""
    try:
        policy = json.loads(attributes["RedrivePolicy"])
        arn, receives = str(policy["deadLetterTargetArn"]), _number(policy["maxReceiveCount"])
    except (KeyError, TypeError, ValueError):
        return FailurePath(kind=FailureKind.NONE)
    hidden: Any = {"visibility_timeout_seconds": UNKNOWN, "retention_seconds": UNKNOWN, "delay_seconds": UNKNOWN}
    queue = Queue(identity=arn, existing=True, fifo=arn.endswith(FIFO_SUFFIX), encryption_key=UNKNOWN, **hidden)
    return FailurePath(kind=FailureKind.DEAD_LETTER_QUEUE, queue=queue, max_receive_count=receives)


def _function(document: Mapping[str, Any]) -> Function:
    arn = document["FunctionArn"]
    architectures = document.get("Architectures")
    durable = document.get("DurableConfig")
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
        durable_timeout_seconds=_taken(durable, "ExecutionTimeout") if isinstance(durable, dict) else None,
        dead_letter_target=(document.get("DeadLetterConfig") or {}).get("TargetArn"),
        asynchronous_target=UNKNOWN,
        environment_bytes=UNKNOWN,
        inline=UNKNOWN,
        snap_start=(document.get("SnapStart") or {}).get("ApplyOn") == "PublishedVersions",
        region=arn.split(":")[3] if arn.startswith("arn:") else UNKNOWN,
        account=arn.split(":")[4] if arn.startswith("arn:") else UNKNOWN,
    )
