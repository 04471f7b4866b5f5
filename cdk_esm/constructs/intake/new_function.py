"""The function that a bundle makes, with what may be chosen: all that CDK's own constructors of functions take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, InitVar, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic

from aws_cdk import Duration, RemovalPolicy, Size
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from typing_extensions import TypeVar

from cdk_esm.constructs.intake.calls import explains_keywords
from cdk_esm.constructs.intake.new_alias import Destination, NewAlias

if TYPE_CHECKING:
    from aws_cdk import aws_codeguruprofiler as codeguru

GivenAlias_co = TypeVar("GivenAlias_co", covariant=True, bound=str | NewAlias | None, default=str | NewAlias | None)


@explains_keywords
@dataclass(frozen=True)
class NewFunction(Generic[GivenAlias_co]):
    """A function that the construct makes, with its own role and log group.

    It takes what the constructors of ``lambda_.Function`` and ``lambda_.DockerImageFunction`` take, under CDK's names
    and with CDK's values. Where we have an opinion, it is the default, and yours wins. Anything else that CDK has, such
    as a ``PythonFunction``, is made with CDK and passed as ``function``.

    Args:
        code: a folder or an archive, as a path, any ``lambda_.Code``, or a ``lambda_.DockerImageCode``. A path is
            looked at before anything is made: it must exist, hold the handler (of Python, Node.js or Java, or the
            ``bootstrap`` of a custom runtime), and hold nothing that was built for another processor than the
            function's.
        handler: the module and the function in it, such as ``"app.handler"``. Required, except with an image, which
            names its own.
        runtime: by default the newest Python runtime that this major version knows, Python 3.14.
        timeout: how long one invocation may take, 1 to 1,800 seconds; above 900 the API model of Lambda allows it, and
            its guide does not (ESM120). By default 30 seconds. Our choice: long enough
            for a batch of ten calls to a service, short enough that the queue's visibility timeout stays at minutes.
        memory_size: 128 to 10,240 MB. By default 512 MB. Our choice: below it a Python handler starts slowly.
        environment: environment variables.
        reserved_concurrent_executions: the function's own share of the account's concurrency. By default none is
            reserved.
        architecture: by default arm64.
        layers: layers, in their order.
        description: what the function does.
        log_retention: how long the log group that is made keeps entries. By default 30 days. Our choice. Not together
            with ``log_group`` (ESM007).
        tracing: whether X-Ray traces it. By default ``lambda_.Tracing.ACTIVE``. ``True`` and ``False`` are taken for
            ``ACTIVE`` and ``DISABLED``.
        vpc: a VPC to run in. By default none; an event source mapping does not need one.
        vpc_subnets: which subnets of the VPC. By default CDK's choice, the private ones.
        security_groups: by default CDK makes one.
        environment_encryption: a key for the environment variables. By default Lambda's own.
        alias: an alias on the function's current version, which the mapping then invokes: its name, or a ``NewAlias``
            with provisioned concurrency and the like. By default the mapping invokes the function itself (``$LATEST``).
        function_name: its name. By default CloudFormation chooses one, so that the function can be replaced.
        role: its execution role. By default a new one with what the function needs and no more. Yours gets what the
            function and the poller need as policies in the construct's own scope.
        initial_policy: statements for the role, besides what the function needs. By default none.
        log_group: your own log group. By default a new one.
        log_removal_policy: what becomes of the log group that is made. By default the construct's ``removal_policy``.
            Not together with ``log_group`` (ESM007).
        logging_format: how Lambda writes entries, as text or as JSON. By default the service's, text.
        application_log_level_v2: which entries of the handler are kept, if they are JSON. By default the service's.
        system_log_level_v2: which entries of Lambda itself are kept, if they are JSON. By default the service's.
        log_format: CDK's former name of ``logging_format``, with a text.
        application_log_level: CDK's former name of ``application_log_level_v2``, with a text.
        system_log_level: CDK's former name of ``system_log_level_v2``, with a text.
        ephemeral_storage_size: the size of ``/tmp``. By default the service's.
        insights_version: a version of CloudWatch Lambda Insights. By default none.
        adot_instrumentation: the layer and the wrapper of AWS Distro for OpenTelemetry. By default none.
        params_and_secrets: the extension that caches parameters and secrets. By default none.
        snap_start: whether published versions start from a snapshot; it has no effect without ``alias`` (ESM360), and
            is not taken with an image or with provisioned concurrency. By default they do not.
        filesystem: a file system to mount; it needs ``vpc``. By default none.
        runtime_management_mode: when Lambda updates the runtime. By default by itself.
        recursive_loop: whether Lambda stops loops that it sees. By default it does.
        code_signing_config: who must have signed the code. By default nobody.
        current_version_options: what CDK gives the version behind ``alias``. By default nothing.
        durable_config: makes it a durable function, which needs ``alias`` behind a mapping (ESM210). By default it is
            none.
        tenancy_config: isolates tenants, which excludes event source mappings (ESM209). By default it does not.
        profiling: whether CodeGuru profiles it. By default it does not.
        profiling_group: the group to profile into. By default a new one, with ``profiling``.
        allow_all_outbound: whether the security group that CDK makes lets all traffic out. By default it does.
        allow_all_ipv6_outbound: whether that security group lets all traffic by IPv6 out. By default it does not.
        allow_public_subnet: consent to a public subnet, out of which the function has no way to the internet. By
            default CDK refuses one.
        ipv6_allowed_for_dual_stack: whether it may use IPv6 in subnets with both. By default it may not.
        dead_letter_queue: where failed asynchronous invocations end; nothing from the mapping does (ESM313). By default
            nowhere.
        dead_letter_queue_enabled: has CDK make a queue for failed asynchronous invocations. By default it does not.
        dead_letter_topic: a topic for failed asynchronous invocations (ESM313). By default none.
        on_failure: the destination of failed asynchronous invocations; nothing from the mapping arrives there (ESM313).
            By default none.
        on_success: the destination of other asynchronous invocations. By default none.
        max_event_age: how long an asynchronous invocation may wait, 60 seconds to 6 hours. By default the longest.
        retry_attempts: how often an asynchronous invocation is tried again, 0 to 2 times. By default 2.
        events: further event sources of CDK for the same function. By default none.
        memory_mb: the former name of ``memory_size``.
        reserved_concurrency: the former name of ``reserved_concurrent_executions``.
    """

    code: str | Path | lambda_.Code | lambda_.DockerImageCode
    handler: str | None = None
    _: KW_ONLY
    runtime: lambda_.Runtime | None = None
    timeout: Duration | None = None
    memory_size: int | None = None
    environment: Mapping[str, str] | None = None
    reserved_concurrent_executions: int | None = None
    architecture: lambda_.Architecture | None = None
    layers: Sequence[lambda_.ILayerVersion | lambda_.LayerVersion] | None = None
    description: str | None = None
    log_retention: logs.RetentionDays | None = None
    tracing: lambda_.Tracing | bool | None = None
    vpc: ec2.IVpc | ec2.Vpc | None = None
    vpc_subnets: ec2.SubnetSelection | None = None
    security_groups: Sequence[ec2.ISecurityGroup | ec2.SecurityGroup] | None = None
    environment_encryption: kms.IKey | kms.Key | None = None
    alias: GivenAlias_co = None  # type: ignore[assignment]  # what is not given is None
    function_name: str | None = None
    role: iam.IRole | iam.Role | None = None
    initial_policy: Sequence[iam.PolicyStatement] | None = None
    log_group: logs.ILogGroup | logs.LogGroup | None = None
    log_removal_policy: RemovalPolicy | None = None
    logging_format: lambda_.LoggingFormat | None = None
    application_log_level_v2: lambda_.ApplicationLogLevel | None = None
    system_log_level_v2: lambda_.SystemLogLevel | None = None
    log_format: str | None = None
    application_log_level: str | None = None
    system_log_level: str | None = None
    ephemeral_storage_size: Size | None = None
    insights_version: lambda_.LambdaInsightsVersion | None = None
    adot_instrumentation: lambda_.AdotInstrumentationConfig | None = None
    params_and_secrets: lambda_.ParamsAndSecretsLayerVersion | None = None
    snap_start: lambda_.SnapStartConf | None = None
    filesystem: lambda_.FileSystem | None = None
    runtime_management_mode: lambda_.RuntimeManagementMode | None = None
    recursive_loop: lambda_.RecursiveLoop | None = None
    code_signing_config: lambda_.ICodeSigningConfig | lambda_.CodeSigningConfig | None = None
    current_version_options: lambda_.VersionOptions | None = None
    durable_config: lambda_.DurableConfig | None = None
    tenancy_config: lambda_.TenancyConfig | None = None
    profiling: bool | None = None
    profiling_group: codeguru.IProfilingGroup | codeguru.ProfilingGroup | None = None
    allow_all_outbound: bool | None = None
    allow_all_ipv6_outbound: bool | None = None
    allow_public_subnet: bool | None = None
    ipv6_allowed_for_dual_stack: bool | None = None
    dead_letter_queue: sqs.IQueue | sqs.QueueBase | None = None
    dead_letter_queue_enabled: bool | None = None
    dead_letter_topic: sns.ITopic | sns.TopicBase | None = None
    on_failure: Destination | None = None
    on_success: Destination | None = None
    max_event_age: Duration | None = None
    retry_attempts: int | None = None
    events: Sequence[lambda_.IEventSource] | None = None
    memory_mb: InitVar[int | None] = None
    reserved_concurrency: InitVar[int | None] = None

    @property
    def is_image(self) -> bool:
        """Whether the code is a container image, which brings its own runtime and names its own handler."""
        return isinstance(self.code, lambda_.DockerImageCode)

    @property
    def is_traced(self) -> bool:
        """Whether X-Ray traces it."""
        return self.tracing is not False and self.tracing is not lambda_.Tracing.DISABLED
