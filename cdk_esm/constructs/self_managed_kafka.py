"""A topic of an Apache Kafka cluster that is not Amazon MSK, and that invokes a Lambda function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from cdk_esm.constructs.draft import Hooks
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.calls import takes_keywords
from cdk_esm.constructs.intake.given import GivenFunction, GivenOnFailure, GivenOnFailure_co
from cdk_esm.constructs.intake.kafka_options import (
    KafkaAuthentication,
    PublicEndpoint,
    SchemaRegistry,
    ServiceGroup,
    VpcAccess,
)
from cdk_esm.constructs.intake.options import ProvisionedPollers, SecretArn
from cdk_esm.constructs.intake.pastes import way_pasted
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.constructs.kafka_bundle import KafkaToLambda
from cdk_esm.constructs.kafka_keywords import KafkaDraft, KafkaKeywords
from cdk_esm.constructs.resources.networks import network_entries
from cdk_esm.constructs.resources.secrets import access_entries
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.filters import Pattern
from cdk_esm.plan import Cluster, MappingPlan
from cdk_esm.sources.broker_settings import CREDENTIALS, ROOT_CERTIFICATE
from cdk_esm.sources.self_managed_kafka import BOOTSTRAP_SERVERS, CONSUMPTION_MODE, QUEUE_MODE, SERVERS

if TYPE_CHECKING:
    from aws_cdk.aws_lambda_event_sources import ProvisionedPollerConfig


class SelfManagedKafkaKeywords(KafkaKeywords):
    """The keywords that only ``SelfManagedKafkaToLambda`` has, and that are no setting taken by its form."""

    bootstrap_servers: Sequence[str]
    network: VpcAccess | PublicEndpoint
    root_certificate: Any
    consumption_mode: str | None


@takes_keywords
class SelfManagedKafkaToLambda(KafkaToLambda[GivenFunction, GivenOnFailure_co]):
    """A topic of your own cluster, or of one outside AWS, that invokes a function, with all that production wants."""

    SOURCE = "self-managed-kafka"
    _keywords: SelfManagedKafkaKeywords

    def __init__(
        self: SelfManagedKafkaToLambda[GivenFunction, GivenOnFailure],
        scope: Construct,
        id: str,
        *,
        function: GivenFunction,
        bootstrap_servers: Sequence[str],
        topic: str,
        authentication: KafkaAuthentication,
        network: VpcAccess | PublicEndpoint,
        root_certificate: secretsmanager.ISecret | secretsmanager.Secret | SecretArn | None = None,
        starting_position: lambda_.StartingPosition | None = None,
        starting_position_timestamp: datetime | float | None = None,
        consumption_mode: str | None = None,
        consumer_group_id: str | ServiceGroup | None = None,
        batch_size: int | None = None,
        max_batching_window: Duration | None = None,
        provisioned_poller_config: ProvisionedPollers | ProvisionedPollerConfig | None = None,
        report_batch_item_failures: bool | None = None,
        bisect_batch_on_error: bool | None = None,
        retry_attempts: int | None = None,
        max_record_age: Duration | None = None,
        on_failure: GivenOnFailure = None,  # type: ignore[assignment]
        schema_registry: SchemaRegistry | None = None,
        log_level: lambda_.EventSourceMappingLogLevel | None = None,
        filters: Sequence[Pattern | Mapping[str, Any] | str] | None = None,
        filter_encryption: kms.IKey | kms.Key | None = None,
        metrics_config: lambda_.MetricsConfig | None = None,
        enabled: bool | None = None,
        grants: bool | None = None,
        removal_policy: RemovalPolicy | None = None,
        logical_id: str | None = None,
        alarms: Alarms | None = None,
        acknowledge: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        """Take a cluster, and make a function, the mapping, a bucket for what fails, and alarms.

        For Confluent, Redpanda and brokers that you run yourself. Alone with what is required it makes a function with
        its own role and log group, a mapping with its own consumer group, whose failed records go to a bucket, and
        alarms. The role holds what the poller needs: the secrets and their keys, network interfaces, the destination.

        In a VPC the poller uses the subnets and the security group of ``network``, whatever VPC the function is in. The
        brokers must let that group in, and on-demand pollers need a way from the subnets to Lambda, AWS STS, AWS
        Secrets Manager and the destination. Provisioned pollers need no such way, and bring retries that end, record
        age, bisecting, partial batch responses, logs, schema registries and Kafka topics as destinations. Without them
        a batch that fails is tried again, at most ten times if there is a destination.

        The function may run for at most 14 minutes here. Other servers, topic or starting position make a new mapping;
        another consumer group or consumption mode cannot reach a mapping that is there, and ``cdk-esm diff`` says so.

        Args:
            scope: the stack, or any construct in it.
            id: the construct's id; two mappings of one function on one cluster are two constructs with two ids.
            function: a ``NewFunction``, or a function, version or alias that exists (imported ones too, with what you
                know of them as ``Imported(function, timeout=...)``).
            bootstrap_servers: the brokers to begin with, each as host and port.
            topic: the topic.
            authentication: ``KafkaAuthentication.basic(secret)``, ``.scram_256(secret)``, ``.scram_512(secret)``,
                ``.mutual_tls(secret)``, ``.oauth_bearer(secret)``, ``.iam()``, ``.iam_oauth_bearer(audience)`` or
                ``.unauthenticated()``.
            network: a ``VpcAccess`` for brokers in a VPC, or ``PublicEndpoint()`` for those that everybody can reach.
            root_certificate: a secret with the certificate of the authority that signed the brokers' own, under
                ``certificate``. By default an authority that everybody trusts.
            starting_position: where a group without committed offsets begins; one with them goes on from there.
                ``TRIM_HORIZON`` reads all that the topic still holds, ``LATEST`` misses what is written while the
                mapping is made. Required, except in consumption mode ``Queue``, which takes none.
            starting_position_timestamp: the moment of ``AT_TIMESTAMP``: a datetime with a time zone, or Unix seconds.
            consumption_mode: ``Stream`` for a consumer group, or ``Queue`` for a share group: then records come in no
                order, and neither a starting position nor a batching window nor retries without an end are taken. By
                default ``Stream``.
            consumer_group_id: the consumer or share group, which no other mapping may have. By default one of this
                stack, Region, account, construct and topic; a moved construct or a renamed stack gets another.
                ``ServiceGroup(uuid)`` leaves it to Lambda, for a mapping that is taken over.
            batch_size: the maximum number of records in one invocation, 1 to 10,000. By default the service's 100.
            max_batching_window: how long a poller gathers records, 0 to 300 seconds. By default the service's half
                second, which never comes back once a window was set.
            provisioned_poller_config: pollers that only this mapping, or its group, has. By default the service scales
                pollers on demand.
            report_batch_item_failures: whether the handler answers with the partitions and offsets that failed. By
                default it does if there are provisioned pollers, which this needs.
            bisect_batch_on_error: whether a failed batch is halved before it is tried again. By default it is with
                provisioned pollers, which this needs.
            retry_attempts: retries of a batch, 0 to 10,000, or -1 for no end. By default 10 with provisioned pollers,
                which this needs. Our choice.
            max_record_age: how old a record may grow before it is given up, 60 seconds to 7 days; needs provisioned
                pollers. By default only the retries end.
            on_failure: where failed records go: ``OnFailure.bucket()``, ``.queue()``, ``.topic()``,
                ``.kafka_topic(name)`` with provisioned pollers, or ``.discard(reason=…)``. By default a bucket that the
                mappings of the stack share, because it gets the records themselves.
            schema_registry: where schemas are, with provisioned pollers; Avro and Protobuf can be filtered then. By
                default records are taken as they are.
            log_level: how much the mapping logs, beside the function's own log; needs provisioned pollers. By default
                none.
            filters: patterns in the typed form of ``cdk_esm.filters.f`` or in AWS's own, as dicts or JSON texts; a
                record that matches none is passed over. By default every record is delivered.
            filter_encryption: a KMS key that encrypts the patterns. By default Lambda's own key does.
            metrics_config: the mapping's own metrics. By default all of them: lag, errors and dropped records show
                nowhere else.
            enabled: whether the mapping polls. By default it does.
            grants: whether the execution role is granted what the poller needs. By default it is.
            removal_policy: what becomes of new buckets, queues and log groups when the stack goes. By default
                ``RETAIN_ON_UPDATE_OR_DELETE``: they stay, unless their first deployment fails.
            logical_id: the mapping's logical id, to keep that of a mapping that is already deployed. By default CDK's,
                with a hash of the topic.
            alarms: who is told, and what differs from the derived alarms. The threshold of ``offset_lag``, in records,
                nobody can derive: name one, or decline the alarm with a reason.
            acknowledge: rule id to reason, for findings that you accept.
            tags: tags of the mapping itself. By default none.

        Raises:
            EsmTypeError: a keyword of the wrong type, misspelt or missing, a secret by its name, or no threshold for an
                alarm that needs one (ESM001 to ESM009).
            InvalidMappingError: AWS would refuse the mapping (``error``), or it would lose, duplicate, block or leak
                data without consent (``danger``); ``docs/reference/rules.md`` lists the rules.
            EsmError: CDK refused something that could not be seen beforehand.
        """

    def _draft(self, path: str) -> _Draft:
        self._drafted = _Draft(self._keywords, self.SOURCE, path, self._where)
        return self._drafted

    def _source_arn(self, plan: MappingPlan) -> None:
        del plan


class _Draft(KafkaDraft):
    """What a self-managed cluster adds: servers, the way to them, and whom the poller trusts."""

    keywords: SelfManagedKafkaKeywords

    def _in_queue_mode(self) -> bool:
        mode = self.keywords["consumption_mode"]
        return mode == QUEUE_MODE or is_token(mode)  # it may be, and then none of our choices fits

    def _source(self) -> Cluster:
        servers = self.keywords["bootstrap_servers"]
        named = ",".join(map(str, servers)) if isinstance(servers, list | tuple) else f"{self.path}/Cluster"
        return Cluster(identity=named, existing=True)

    def _hooks(self) -> Hooks[Cluster]:
        return {**super()._hooks(), SERVERS.name: self._servers}

    def _servers(self, *_: object) -> dict[str, Any]:
        keyword, given = "bootstrap_servers", self.keywords["bootstrap_servers"]
        refused = len(self.intake.malformed)
        if given is None:
            accepted, fix = "a list of brokers, each as host:port", 'write bootstrap_servers=["<host>:<port>"]'
            self.intake.refuse(keyword, None, accepted, problem="missing-keyword", fix=fix)
        servers: Any = self.intake.text_list(keyword, given)
        if UNRESOLVED in servers:
            self.intake.tokens[BOOTSTRAP_SERVERS.name] = given
        if len(self.intake.malformed) > refused:
            servers = UNKNOWN
        return {"Endpoints": {"KafkaBootstrapServers": servers}}

    def _further(self) -> dict[str, Any]:
        given = self.keywords["consumption_mode"]
        mode = self.intake.text("consumption_mode", given)
        if mode is UNRESOLVED:
            self.intake.tokens[CONSUMPTION_MODE.name] = given
        return {CONSUMPTION_MODE.name.rpartition(".")[2]: mode}

    def _access(self, *_: object) -> list[dict[str, Value[str]]] | Unknowable:
        """How the poller signs in, whom it trusts, and through which network it comes."""
        keywords, refused = self.keywords, len(self.intake.malformed)
        entries = self._credentials()
        if keywords["root_certificate"] is not None:
            root = self.secret("root_certificate", keywords["root_certificate"])
            entries += [] if root is None else [(ROOT_CERTIFICATE, root.arn)]
        entries += network_entries(self.intake, keywords["network"])
        return UNKNOWN if len(self.intake.malformed) > refused else access_entries(self.intake, entries)

    def _credentials(self) -> list[tuple[str, str | None]]:
        given = self.keywords["authentication"]
        ways = (
            "KafkaAuthentication.basic(secret), .scram_256(secret), .scram_512(secret), .mutual_tls(secret), "
            ".oauth_bearer(secret), .iam(), .iam_oauth_bearer(audience) or .unauthenticated()"
        )
        fix = way_pasted(KafkaAuthentication, given)
        if not self.intake.one_of("authentication", given, {ways: _is_authentication}, fix) or not given.kind:
            return []
        parts = [(name, value) for name, value in given.parts.items() if self._is_part(name, value)]
        if given.kind not in CREDENTIALS:
            return [(given.kind, None), *parts]
        secret = self.secret("authentication.secret", given.secret, f"authentication={given.written}")
        return [] if secret is None else [(given.kind, secret.arn), *parts]

    def _is_part(self, name: str, value: object) -> bool:
        keyword = f"authentication.{name.removeprefix('OAUTHBEARER_').lower()}"
        return self.intake.text(keyword, value, required=True) is not UNKNOWN


def _is_authentication(value: object) -> bool:
    return isinstance(value, KafkaAuthentication)
