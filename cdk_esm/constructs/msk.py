"""A topic of an Amazon MSK cluster, provisioned or serverless, that invokes a Lambda function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_msk as msk
from constructs import Construct

from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.calls import takes_keywords
from cdk_esm.constructs.intake.given import GivenFunction, GivenOnFailure, GivenOnFailure_co
from cdk_esm.constructs.intake.kafka_options import (
    ClusterConnection,
    MskAuthentication,
    SchemaRegistry,
    ServiceGroup,
)
from cdk_esm.constructs.intake.options import ProvisionedPollers
from cdk_esm.constructs.intake.pastes import way_pasted
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.constructs.kafka_bundle import KafkaToLambda
from cdk_esm.constructs.kafka_keywords import KafkaDraft, KafkaKeywords
from cdk_esm.constructs.resources import roles
from cdk_esm.constructs.resources.clusters import ClusterFound, take_cluster
from cdk_esm.constructs.resources.secrets import SecretFound, access_entries, named
from cdk_esm.facts import UNKNOWN, Neighbour, Unknowable, Value
from cdk_esm.filters import Pattern
from cdk_esm.plan import Cluster, FailureKind, MappingPlan
from cdk_esm.plan.needs import needs
from cdk_esm.sources.msk_settings import ACCESS_TYPES, AUTHENTICATION

if TYPE_CHECKING:
    from aws_cdk.aws_lambda_event_sources import ProvisionedPollerConfig


class MskKeywords(KafkaKeywords):
    """The keywords that only ``MskToLambda`` has, and that are no setting taken by its form."""

    cluster: Any


@takes_keywords
class MskToLambda(KafkaToLambda[GivenFunction, GivenOnFailure_co]):
    """A topic of a cluster that invokes a function, with everything that production wants around it."""

    SOURCE = "msk"
    _keywords: MskKeywords
    _drafted: _Draft

    def __init__(
        self: MskToLambda[GivenFunction, GivenOnFailure],
        scope: Construct,
        id: str,
        *,
        function: GivenFunction,
        cluster: msk.CfnCluster | msk.CfnServerlessCluster | msk.CfnVpcConnection | ClusterConnection | str | Any,
        topic: str,
        authentication: MskAuthentication,
        starting_position: lambda_.StartingPosition,
        starting_position_timestamp: datetime | float | None = None,
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

        Alone with what is required it makes a function with its own role and log group, a mapping with its own consumer
        group, whose failed records go to a bucket, and alarms. The role holds what the poller needs on this cluster,
        topic and group, on the secret and its key, and on network interfaces.

        Lambda puts network interfaces into the cluster's own subnets and security groups; the VPC of the function does
        not matter. Those security groups must let themselves in on the brokers' port and out on 443 (``allow_pollers``
        writes such rules), and on-demand pollers need a way from the subnets to Lambda, AWS STS, AWS Secrets Manager
        and the destination. Provisioned pollers need no such way, and bring retries that end, record age, bisecting,
        partial batch responses, logs, schema registries and Kafka topics as destinations. Without them a batch that
        fails is tried again, at most ten times if there is a destination. A record that is too large for an invocation
        goes there, too.

        The function may run for at most 14 minutes here. Another cluster, topic or starting position makes a new
        mapping; another consumer group cannot reach a mapping that is there, and ``cdk-esm diff`` says so.

        Args:
            scope: the stack, or any construct in it.
            id: the construct's id; two mappings of one function on one cluster are two constructs with two ids.
            function: a ``NewFunction``, or a function, version or alias that exists (imported ones too, with what you
                know of them as ``Imported(function, timeout=...)``).
            cluster: a provisioned or serverless cluster: CDK's L1, an L2 of its alpha part, an imported one, or its
                ARN. A cluster of another account is a ``ClusterConnection``, or the L1 of the VPC connection to it.
            topic: the topic.
            authentication: ``MskAuthentication.iam()``, ``.scram(secret)``, ``.mutual_tls(secret)`` or
                ``.unauthenticated()``. A serverless cluster takes IAM only.
            starting_position: where a group without committed offsets begins; one with them goes on from there.
                ``TRIM_HORIZON`` reads all that the topic still holds, ``LATEST`` misses what is written while the
                mapping is made.
            starting_position_timestamp: the moment of ``AT_TIMESTAMP``: a datetime with a time zone, or Unix seconds.
            consumer_group_id: the consumer group, which no other mapping may have. By default one of this stack,
                Region, account, construct and topic; a moved construct or a renamed stack gets another. With MSK
                Replicator give the same name in both Regions. ``ServiceGroup(uuid)`` leaves it to Lambda, for a mapping
                that is taken over.
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

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        found, group = self._drafted.found, self._drafted.group_in_role
        assert found is not None
        grantees = {
            **super()._grantees(plan),
            Neighbour.SOURCE: found.arn,
            Neighbour.CONNECTION: plan.event_source.identity,
        }
        wanted = {need.grant.on for need in needs(plan) if need.applies is not False}
        if Neighbour.TOPIC not in wanted:  # each of these ARNs may be calls to Node
            return {**grantees, Neighbour.TOPIC: None, Neighbour.GROUP: None}
        places = {Neighbour.TOPIC: found.topic(self._keywords["topic"]), Neighbour.GROUP: found.group(group)}
        if Neighbour.DESTINATION_TOPIC in wanted:
            failed = self._keywords["on_failure"]  # a token for a name is a part of an ARN, and not in the plan
            name = "*" if failed is None or failed.kind != FailureKind.KAFKA_TOPIC else failed.target
            places[Neighbour.DESTINATION_TOPIC] = found.topic(name)
        return {**grantees, **places}


class _Draft(KafkaDraft):
    """What Amazon MSK adds: the cluster, which says itself of which kind it is, and what it offers to clients."""

    keywords: MskKeywords
    found: ClusterFound | None = None

    def __init__(self, keywords: MskKeywords, kind: str, path: str, where: Any) -> None:
        super().__init__(keywords, kind, path, where)
        self.found = take_cluster(self.intake, keywords["cluster"], where)
        self.kind = "msk-serverless" if self.found is not None and self.found.serverless else kind

    @property
    def group_in_role(self) -> str:
        """The group that the role may use: by its name, by the UUID that Lambda calls it by, or every one."""
        given = self.keywords["consumer_group_id"]
        return self.group or getattr(given, "uuid", None) or "*"

    def _source(self) -> Cluster:
        given = self.keywords["authentication"]
        ways = "MskAuthentication.iam(), .scram(secret), .mutual_tls(secret) or .unauthenticated()"
        fix = way_pasted(MskAuthentication, given)
        taken = self.intake.one_of("authentication", given, {ways: _is_authentication}, fix)
        if self.found is None:
            return Cluster(identity=f"{self.path}/Cluster", authentications=UNKNOWN, connection=UNKNOWN)
        facts = self.found.facts
        if taken and isinstance(facts.authentications, Unknowable):
            # Nobody can see what an imported cluster offers, so what the user says of it counts.
            return replace(facts, authentications=frozenset({given.kind}))
        return facts

    def _knobs(self) -> dict[str, Any]:
        given = self.keywords["authentication"]
        return {**super()._knobs(), AUTHENTICATION: given.kind if _is_authentication(given) else None}

    def _access(self, *_: object) -> list[dict[str, Value[str]]] | Unknowable | None:
        given = self.keywords["authentication"]
        if not _is_authentication(given) or given.kind not in ACCESS_TYPES:
            return None
        kind, secret = ACCESS_TYPES[given.kind], self.secret("authentication.secret", given.secret, given.written)
        if secret is None or self._hides_its_key(secret):
            return UNKNOWN
        self.secrets[-1] = named(secret, kind)
        return access_entries(self.intake, [(kind, secret.arn)])

    def _hides_its_key(self, secret: SecretFound) -> bool:
        """Whether a secret with a user has a key that the role could not be allowed: Amazon MSK takes none without."""
        given = self.keywords["authentication"]
        hidden = given.kind == "Scram" and isinstance(secret.facts.encryption_key, Unknowable)
        if hidden and self.keywords["grants"] is not False:
            self.intake.refuse(
                "authentication.secret",
                "one that does not tell its key",
                "a secret that tells its own KMS key, which the role has to be allowed to decrypt with",
                problem="fraction",
                fix=f"write {given.written.format('ARN' if is_token(secret.arn) else repr(secret.arn))}",
            )
            return True
        return False


def _is_authentication(value: object) -> bool:
    return isinstance(value, MskAuthentication)
