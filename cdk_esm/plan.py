"""The plan: a frozen record of one mapping and of what surrounds it, on which everything else works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cdk_esm.facts import UNKNOWN, Form, Setting, SourceFacts, Unknowable, Value
from cdk_esm.sources import SOURCES
from cdk_esm.sources.lambda_function import FUNCTION
from cdk_esm.sources.sqs_queue import QUEUE

_NOTHING: Mapping[str, Any] = {}


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
        problem: ``type``, ``unknown-keyword``, ``missing-keyword`` or ``reason`` (a choice that wants one and has none).
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


@dataclass(frozen=True, kw_only=True)
class MappingPlan:
    """One event source mapping, with what surrounds it.

    Args:
        path: the construct path, or template name and logical id.
        source: the source kind, a key of ``SOURCES``.
        settings: CloudFormation names, nested as CloudFormation nests them; durations in seconds; absent means
            that the service's default holds.
        event_source: what is known of the source itself.
        function: what is known of the function.
        role: what is known of the execution role.
        failure: where failed records end; ``UNKNOWN`` where an imported source hides it.
        filters: the raw texts of the filter patterns.
        filter_key: the key that encrypts them; absent where Lambda's own key does.
        acknowledged: rule id to reason.
        origin: setting or knob to where its value came from: ``default``, ``derived``, ``org`` or ``user``.
        choices: the knobs of our constructs that rules compare with, such as ``visibility_timeout_factor``.
        door: ``construct`` or ``template``: the words that messages are written in.
        malformed: keywords that could not be taken.
        alarms: filled in by the whole-app check.
    """

    path: str
    source: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    event_source: Queue
    function: Function
    role: Role = field(default_factory=Role)
    failure: FailurePath | Unknowable = UNKNOWN
    filters: tuple[str | Unknowable, ...] | Unknowable = ()
    filter_key: FilterKey | None = None
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    door: str = "template"
    malformed: tuple[Malformed, ...] = ()
    alarms: AlarmState | None = None

    @property
    def facts(self) -> SourceFacts:
        """The fact sheet of this mapping's source."""
        return SOURCES[self.source]

    def given(self, name: str) -> Any:
        """A setting as it was given; ``None`` where it is absent. A dot leads into a nested record."""
        value: Any = self.settings
        for part in name.split("."):
            if isinstance(value, Unknowable):
                return value
            if not isinstance(value, Mapping):
                return None
            value = value.get(part)
        return value

    def setting(self, name: str) -> Any:
        """A setting as AWS will see it: the service's default stands in for an absent one."""
        value = self.given(name)
        known_setting = self.facts.by_name.get(name)
        return known_setting.default if value is None and known_setting is not None else value

    def chosen_by_user(self, knob: str) -> bool:
        """Whether the user set the knob, which is consent to what it brings."""
        return self.origin.get(knob) == "user"

    def say(self, setting: str | Setting, value: object = _NOTHING) -> str:
        """Name a setting, with a value if one is given, in the words of the door that the plan came through."""
        fact = self.facts.by_name.get(setting) if isinstance(setting, str) else setting
        if fact is None:
            name = setting if isinstance(setting, str) else setting.name
            return name if value is _NOTHING else f"{name}: {value}"
        if self.door != "construct" or fact.keyword is None:
            return fact.name if value is _NOTHING else f"{fact.name}: {value}"
        if value is _NOTHING:
            return fact.keyword
        written = f"Duration.seconds({value})" if fact.form is Form.SECONDS else repr(value)
        return f"{fact.keyword}={written}"
