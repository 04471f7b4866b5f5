"""The records that a plan is made of: the source, the function, the role and the failure path, as far as known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cdk_esm.facts import UNKNOWN, Setting, Unknowable, Value
from cdk_esm.sources.lambda_function import FUNCTION
from cdk_esm.sources.sqs_queue import QUEUE


def _effective(value: Value[int], setting: Setting) -> int | Unknowable:
    """A number as AWS will see it: absent means the service's default."""
    if value is not None:
        return value
    assert isinstance(setting.default, int), f"{setting.name} has no default to fall back on"
    return setting.default


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What is known of an SQS queue.

    Args:
        identity: what makes it the same queue in two plans: an ARN, or a token that stands for one.
        existing: it was made elsewhere, so what it lacks is a finding and never a change.
        fifo: it is a FIFO queue.
        visibility_timeout_seconds: absent means the service's default.
        retention_seconds: how long it keeps a message; absent means the service's default.
        delay_seconds: the delivery delay; absent means none.
        region: the Region in its ARN or of its stack.
        account: the account in its ARN or of its stack.
        encryption_key: the key's ARN or alias; absent where SQS holds the key itself.
        weakly_referenced: the template would carry its ARN as ``Fn::GetStackOutput``.
    """

    identity: str
    existing: bool = False
    fifo: bool | Unknowable = False
    visibility_timeout_seconds: Value[int] = None
    retention_seconds: Value[int] = None
    delay_seconds: Value[int] = None
    region: Value[str] = None
    account: Value[str] = None
    encryption_key: Value[str] = None
    weakly_referenced: bool = False

    @property
    def effective_visibility_seconds(self) -> int | Unknowable:
        """The visibility timeout that the poller meets."""
        return _effective(self.visibility_timeout_seconds, QUEUE.by_name["VisibilityTimeout"])

    @property
    def effective_retention_seconds(self) -> int | Unknowable:
        """How long a message really stays."""
        return _effective(self.retention_seconds, QUEUE.by_name["MessageRetentionPeriod"])


@dataclass(frozen=True, kw_only=True)
class Code:
    """What was found in a function's code folder or archive.

    Args:
        path: as the user wrote it.
        exists: there is a folder or a file at the path.
        handler_found: the handler's module is in it; ``UNKNOWN`` where we did not look.
        x86_files: native libraries built for x86-64, at most a few, as relative paths.
    """

    path: str
    exists: bool
    handler_found: bool | Unknowable = UNKNOWN
    x86_files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Function:
    """What is known of the Lambda function that a mapping invokes.

    Args:
        identity: what makes it the same target in two plans; a version or an alias is a target of its own.
        pool: the function whose reserved concurrency the target uses, where that is not the target itself.
        existing: it was made elsewhere.
        name: the function's name or ARN, where it is known.
        qualified: the mapping invokes a version or an alias.
        timeout_seconds: absent means the service's default.
        memory_mb: absent means the service's default.
        reserved_concurrency: absent means that the account's pool is shared.
        architecture: ``arm64`` or ``x86_64``; absent means the service's default.
        handler: as configured.
        managed_instances: it runs on Lambda Managed Instances, which allow longer timeouts.
        tenant_isolated: it isolates tenants, which excludes event source mappings.
        durable_timeout_seconds: the execution timeout of a durable function; absent where it is none.
        dead_letter_target: a dead-letter target for asynchronous invocations.
        writes_to: identities of the queues that its environment names.
        environment_bytes: the size of its environment variables.
        region: the Region in its ARN or of its stack.
        account: the account in its ARN or of its stack.
        code: what was found in its code; absent where the code is not a local path.
    """

    identity: str
    pool: str | None = None
    existing: bool = False
    name: Value[str] = None
    qualified: bool | Unknowable = False
    timeout_seconds: Value[int] = None
    memory_mb: Value[int] = None
    reserved_concurrency: Value[int] = None
    architecture: Value[str] = None
    handler: Value[str] = None
    managed_instances: bool | Unknowable = False
    tenant_isolated: bool | Unknowable = False
    durable_timeout_seconds: Value[int] = None
    dead_letter_target: Value[str] = None
    writes_to: frozenset[str] = frozenset()
    environment_bytes: int | Unknowable = 0
    region: Value[str] = None
    account: Value[str] = None
    code: Code | None = None

    @property
    def concurrency_pool(self) -> str:
        """The identity under which invocations of several mappings add up."""
        return self.pool or self.identity

    @property
    def effective_timeout_seconds(self) -> int | Unknowable:
        """The timeout that an invocation really has."""
        return _effective(self.timeout_seconds, FUNCTION.by_name["Timeout"])


@dataclass(frozen=True, kw_only=True)
class Role:
    """What can be granted to the execution role.

    Args:
        identity: what makes it the same role in two plans; absent where there is none to be seen.
        takes_grants: a policy attached to it will take effect.
        declined: the user asked us to grant nothing.
        needs: the statements that the poller needs, as IAM JSON.
    """

    identity: str | None = None
    takes_grants: bool | Unknowable = True
    declined: bool = False
    needs: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FailurePath:
    """Where a record ends that the function cannot process.

    Args:
        kind: ``dead-letter-queue``, or ``none`` where failed records are given up or retried until they expire.
        queue: the dead-letter queue.
        max_receive_count: receives after which SQS moves a message there; absent means the service's default.
        reason: why there is none, in the user's words.
    """

    kind: str
    queue: Queue | None = None
    max_receive_count: Value[int] = None
    reason: str | None = None

    @property
    def effective_max_receive_count(self) -> int | Unknowable:
        """The receives after which a message is moved."""
        return _effective(self.max_receive_count, QUEUE.by_name["RedrivePolicy.maxReceiveCount"])


@dataclass(frozen=True, kw_only=True)
class FilterKey:
    """The key that encrypts the filter patterns.

    Args:
        identity: its ARN.
        takes_grants: a statement added to its policy will take effect.
        needs: the statement that its policy must hold, as IAM JSON.
    """

    identity: str
    takes_grants: bool | Unknowable = True
    needs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Malformed:
    """A keyword that could not be taken as it came; its setting counts as ``UNKNOWN``.

    Args:
        problem: ``type``, ``unknown-keyword``, ``missing-keyword``, or ``reason`` for a choice without one.
        keyword: as the user wrote it.
        got: what came, in words.
        accepted: what is taken, in words.
        fix: the change to make.
    """

    problem: str
    keyword: str
    got: str
    accepted: str
    fix: str


@dataclass(frozen=True, kw_only=True)
class AlarmState:
    """What the whole-app check wants to know of a mapping's alarms.

    Args:
        stack: the stack that they stand in.
        without_action: one that tells nobody; absent where each has an action, or where there is none at all.
    """

    stack: str
    without_action: str | None = None
