"""A source that is not shipped: a bundle made of no more than its sheet, its signature, and what is special to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk_esm import Alarms, NewFunction, ProvisionedPollers
from cdk_esm.constructs.bundle import MappingBundle
from cdk_esm.constructs.draft import Draft, Hooks
from cdk_esm.constructs.intake.calls import takes_keywords
from cdk_esm.constructs.resources import roles
from cdk_esm.facts import Neighbour, SourceFacts
from cdk_esm.plan import Cluster, FailureKind, FailurePath, MappingPlan
from cdk_esm.sources.self_managed_kafka import SELF_MANAGED_KAFKA

KIND: Final = SELF_MANAGED_KAFKA.kind
KEYWORDS: Final[Mapping[str, str]] = {
    "FunctionName": "function",
    "SelfManagedEventSource.Endpoints.KafkaBootstrapServers": "bootstrap_servers",
    "Topics": "topics",
    "SourceAccessConfigurations": "credentials",
    "StartingPosition": "starting_position",
    "BatchSize": "batch_size",
    "MaximumBatchingWindowInSeconds": "max_batching_window",
    "ProvisionedPollerConfig": "provisioned_poller_config",
    "ProvisionedPollerConfig.MinimumPollers": "provisioned_poller_config.minimum",
    "ProvisionedPollerConfig.MaximumPollers": "provisioned_poller_config.maximum",
    "ProvisionedPollerConfig.PollerGroupName": "provisioned_poller_config.group",
    "SelfManagedKafkaEventSourceConfig.ConsumerGroupId": "consumer_group",
    "Enabled": "enabled",
    "Tags": "tags",
}
SHEET: Final[SourceFacts] = replace(
    SELF_MANAGED_KAFKA,
    settings=tuple(replace(one, keyword=KEYWORDS.get(one.name)) for one in SELF_MANAGED_KAFKA.settings),
)
"""The sheet with the keywords of the bundle below."""
CREDENTIALS: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf"


class _Draft(Draft[Cluster]):
    def _neighbours(self, window: object) -> tuple[Cluster, FailurePath]:
        del window
        return Cluster(identity=f"{self.path}/Cluster"), FailurePath(kind=FailureKind.NONE)

    def _hooks(self) -> Hooks[Cluster]:
        return {
            **super()._hooks(),
            "SourceAccessConfigurations": lambda *_: [{"Type": "BASIC_AUTH", "URI": CREDENTIALS}],
            "StartingPosition": lambda *_: "TRIM_HORIZON",
        }


@takes_keywords
class KafkaToLambda(MappingBundle):
    """Topics of a cluster that AWS does not know: it has no ARN, and another topic needs another logical id."""

    SOURCE = KIND

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - CDK's word
        *,
        function: NewFunction | lambda_.IFunction,
        bootstrap_servers: Sequence[str],
        topics: Sequence[str],
        credentials: str | None = None,
        starting_position: lambda_.StartingPosition | None = None,
        batch_size: int | None = None,
        max_batching_window: Duration | None = None,
        provisioned_poller_config: ProvisionedPollers | None = None,
        consumer_group: str | None = None,
        enabled: bool | None = None,
        grants: bool | None = None,
        removal_policy: RemovalPolicy | None = None,
        logical_id: str | None = None,
        alarms: Alarms | None = None,
        acknowledge: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None: ...

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        del plan
        return {Neighbour.SECRET: CREDENTIALS, Neighbour.SECRET_KEY: None}

    def _draft(self, path: str) -> Draft[Any]:
        return _Draft(self._keywords, self.SOURCE, path, self._where)

    def _source_arn(self, plan: MappingPlan) -> None:
        del plan

    def _mapping_id(self, plan: MappingPlan) -> str:
        topics = ",".join(plan.settings["Topics"])
        return super()._mapping_id(plan) + hashlib.sha256(topics.encode()).hexdigest()[:8]
