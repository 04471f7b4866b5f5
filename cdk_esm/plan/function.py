"""What is known of the Lambda function that a mapping invokes, and of its code."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan.answers import Answers
from cdk_esm.plan.source import effective
from cdk_esm.sources.lambda_function import FUNCTION


@dataclass(frozen=True, kw_only=True)
class Code:
    """What was found in a function's code folder or archive.

    Args:
        path: as the user wrote it.
        exists: there is a folder or a file at the path.
        handler_found: the file of the handler is in it; ``UNKNOWN`` if we did not look, or cannot tell.
        looked_for: what the handler names for its runtime: a ``module``, a ``class``, or the file ``bootstrap``.
        function_found: the handler's module defines the function; likewise.
        close_names: functions of that module that are named like it.
        x86_files: files built for x86-64 and not for arm64 as well, at most a few, as relative paths.
        arm_files: the same for arm64.
        answers: what the handler surely answers; absent if that was not looked for, or cannot be told.
    """

    path: str
    exists: bool
    handler_found: bool | Unknowable = UNKNOWN
    looked_for: str = "module"
    function_found: bool | Unknowable = UNKNOWN
    close_names: tuple[str, ...] = ()
    x86_files: tuple[str, ...] = ()
    arm_files: tuple[str, ...] = ()
    answers: Answers | None = None


@dataclass(frozen=True, kw_only=True)
class Image:
    """The image of a function that is built of a folder when the app is deployed.

    Args:
        path: the folder.
        processor: ``arm64`` or ``x86_64``; absent if it is that of the machine that builds it.
    """

    path: str
    processor: Value[str] = None


@dataclass(frozen=True, kw_only=True)
class Function:
    """What is known of the Lambda function that a mapping invokes.

    Args:
        identity: what makes it the same target in two plans; a version or an alias is its own target.
        pool: the function whose reserved concurrency the target uses, if that is not the target itself.
        existing: it was made elsewhere.
        name: the function's name or ARN, if it is known.
        qualified: the mapping invokes a version or an alias.
        timeout_seconds: absent means the service's default.
        memory_mb: absent means the service's default.
        reserved_concurrency: absent means that the account's pool is shared.
        architecture: ``arm64`` or ``x86_64``; absent means the service's default.
        handler: as configured.
        managed_instances: it runs on Lambda Managed Instances, which allow longer timeouts.
        tenant_isolated: it isolates tenants, which excludes event source mappings.
        durable_timeout_seconds: the execution timeout of a durable function; absent if it is none.
        dead_letter_target: a dead-letter target for asynchronous invocations.
        asynchronous_target: the on-failure destination of its asynchronous invocations.
        recursive_loop: whether Lambda lets loops run, ``Allow`` or ``Terminate``; absent means the service's default.
        writes_to: identities of sources that its role lets it send to.
        environment_bytes: the size of its environment variables.
        inline: its code is in the template, as a text.
        snap_start: its versions start from a snapshot.
        provisioned: a version or an alias of the function that has provisioned concurrency, if the mapping invokes
            neither.
        region: the Region in its ARN or of its stack.
        account: the account in its ARN or of its stack.
        code: what was found in its code; absent if the code is not a local path.
        inline_code: what was found in its code, if that is in the template; absent if nothing can be told of it.
        image: what is known of its image; absent if no folder is built.
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
    asynchronous_target: Value[str] = None
    recursive_loop: Value[str] = None
    writes_to: frozenset[str] = frozenset()
    environment_bytes: int | Unknowable = 0
    inline: bool | Unknowable = False
    snap_start: bool | Unknowable = False
    provisioned: str | None = None
    region: Value[str] = None
    account: Value[str] = None
    code: Code | None = None
    inline_code: Code | None = None
    image: Image | None = None

    @property
    def answers(self) -> Answers | None:
        """What its handler surely answers to a batch; absent if nobody can tell."""
        code = self.code or self.inline_code
        return None if code is None else code.answers

    @property
    def concurrency_pool(self) -> str:
        """The identity under which invocations of several mappings add up."""
        return self.pool or self.identity

    @property
    def effective_timeout_seconds(self) -> int | Unknowable:
        """The timeout that an invocation really has."""
        return effective(self.timeout_seconds, FUNCTION.by_name["Timeout"])
