"""The change stream of an Amazon DocumentDB cluster that invokes a Lambda function."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct, IConstruct

from cdk_esm.constructs.app.nag_reasons import ON_DOCUMENTDB_MAPPING
from cdk_esm.constructs.bundle import MappingBundle
from cdk_esm.constructs.common_keywords import CommonKeywords
from cdk_esm.constructs.draft import Draft, Hooks
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.calls import takes_keywords
from cdk_esm.constructs.intake.given import GivenFunction
from cdk_esm.constructs.intake.hashes import id_with
from cdk_esm.constructs.intake.options import SecretArn
from cdk_esm.constructs.intake.positions import take_position, take_timestamp
from cdk_esm.constructs.resources import roles
from cdk_esm.constructs.resources.documents import ACCEPTED, ClusterFound, existing_cluster, is_document_cluster
from cdk_esm.constructs.resources.secrets import access_entries
from cdk_esm.facts import UNKNOWN, Neighbour, Unknowable, Value
from cdk_esm.plan import DocumentCluster, FailureKind, FailurePath, MappingPlan
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.mq_settings import CREDENTIALS


class DocumentDbKeywords(CommonKeywords):
    """The keywords that only ``DocumentDbToLambda`` has, and that are no setting taken by its form."""

    cluster: docdb.IDatabaseCluster | docdb.CfnDBCluster | str
    database: str
    credentials: secretsmanager.ISecret | SecretArn
    starting_position: lambda_.StartingPosition | None
    starting_position_timestamp: datetime | float | None


class DocumentDbDraft(Draft[DocumentCluster]):
    """What a document cluster adds: where the mapping begins, and the user that the poller signs in as."""

    keywords: DocumentDbKeywords
    found: ClusterFound | None = None

    def _neighbours(self, window: Value[int]) -> tuple[DocumentCluster, FailurePath]:
        del window
        return self._cluster(), FailurePath(kind=FailureKind.NONE)

    def _cluster(self) -> DocumentCluster:
        value = self.keywords["cluster"]
        if not self.intake.one_of("cluster", value, {ACCEPTED: is_document_cluster}):
            return DocumentCluster(identity=f"{self.path}/Cluster", form=UNKNOWN, engine_version=UNKNOWN)
        self.found = existing_cluster(value, self.where)
        return self.found.facts

    def _defaults(self, source: DocumentCluster) -> dict[str, Any]:
        if self.keywords["database"] is not None:
            return super()._defaults(source)
        self.intake.refuse("database", None, "the name of a database", problem="missing-keyword")
        return {"DocumentDBEventSourceConfig": UNKNOWN}

    def _hooks(self) -> Hooks[DocumentCluster]:
        position, timestamp = self.keywords["starting_position"], self.keywords["starting_position_timestamp"]
        return {
            **super()._hooks(),
            ACCESS.name: self._access,
            # A change stream keeps hours; a new mapping that began with the latest event would miss some.
            "StartingPosition": lambda *_: take_position(self.intake, position) or "TRIM_HORIZON",
            "StartingPositionTimestamp": lambda *_: take_timestamp(self.intake, timestamp),
        }

    def _access(self, *_: object) -> list[dict[str, Value[str]]] | Unknowable:
        secret = self.secret("credentials", self.keywords["credentials"])
        return UNKNOWN if secret is None else access_entries(self.intake, [(CREDENTIALS, secret.arn)])


@takes_keywords
class DocumentDbToLambda(MappingBundle[GivenFunction]):
    """The change stream of a document cluster that invokes a function, with all that production wants around it."""

    SOURCE = "documentdb"
    _keywords: DocumentDbKeywords

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        function: GivenFunction,
        cluster: docdb.IDatabaseCluster | docdb.DatabaseCluster | docdb.CfnDBCluster | str,
        database: str,
        credentials: secretsmanager.ISecret | secretsmanager.Secret | SecretArn,
        collection: str | None = None,
        full_document: str | None = None,
        starting_position: lambda_.StartingPosition | None = None,
        starting_position_timestamp: datetime | float | None = None,
        batch_size: int | None = None,
        max_batching_window: Duration | None = None,
        enabled: bool | None = None,
        grants: bool | None = None,
        removal_policy: RemovalPolicy | None = None,
        logical_id: str | None = None,
        alarms: Alarms | None = None,
        acknowledge: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        """Take a cluster, and make a function, the mapping, and alarms.

        The cluster exists, is instance-based and in one Region, has an engine of version 4.0 or 5.0 and TLS; and its
        change stream is on, which is a command to the database (``modifyChangeStreams``) and not in a template. The
        construct makes a function with its own role and log group, a mapping, and alarms.

        *What fails*: events come one invocation at a time, in their order. A batch that fails is tried again until it
        succeeds, and nothing behind it moves. If its events expire first, Lambda disables the mapping. An event above 6
        MB is dropped. Lambda offers no on-failure destination, no filters, no partial batch responses and no metrics of
        the mapping for Amazon DocumentDB. The alarms ``iterator_age`` and ``oversized`` are what there is instead.

        *The network*: the poller enters the cluster's subnets with the cluster's security group, whatever network the
        function is in. That security group has to let itself in, and the subnets need a NAT gateway, or endpoints for
        AWS Lambda, AWS STS and AWS Secrets Manager.

        Another cluster, database, collection or starting position makes a new mapping, which forgets how far the old
        one had read. Whether Lambda takes it beside the old one is not documented; if it answers that the mapping
        already exists, take the old one out first, or map another alias of the function.

        Args:
            scope: the stack, or any construct in it.
            id: the construct's id.
            function: a ``NewFunction``, or a function, version or alias that exists (imported ones too, with what you
                know of them as ``Imported(function, timeout=...)``). Its timeout may be 840 seconds at most here.
            cluster: the cluster, by its ARN, as a ``DatabaseCluster`` (an imported one too) or as a ``CfnDBCluster``.
                It is in the function's own account and Region.
            database: the name of the database.
            credentials: the database's user, as a secret with the keys ``username`` and ``password``: an ``ISecret``,
                such as ``cluster.secret``, or a ``SecretArn`` for one that exists elsewhere.
            collection: the name of the collection. By default every collection of the database.
            full_document: ``"UpdateLookup"`` adds the whole document to the event of an update, ``"Default"`` only what
                changed. By default the service's ``"Default"``.
            starting_position: where a new mapping begins. By default ``TRIM_HORIZON``, the oldest event that the change
                stream still keeps, 3 hours unless its parameter group says otherwise. ``LATEST`` misses what is written
                while the mapping is made.
            starting_position_timestamp: the moment of ``AT_TIMESTAMP``: a datetime with a time zone, or Unix seconds.
            batch_size: the maximum number of events in one invocation, 1 to 10,000. By default the service's 100.
            max_batching_window: how long a poller gathers events, 0 to 300 seconds. By default the service's half
                second, which never comes back once a window was set.
            enabled: whether the mapping polls. By default it does.
            grants: whether the execution role is granted what the poller needs. By default it is.
            removal_policy: what becomes of the new log group when the stack goes. By default
                ``RETAIN_ON_UPDATE_OR_DELETE``: it stays, unless its first deployment fails.
            logical_id: the mapping's logical id, to keep that of a mapping that is already deployed. By default CDK's,
                with a hash of database and collection, which no update can change.
            alarms: who is told, and what differs from the derived alarms. By default alarms without an action.
            acknowledge: rule id to reason, for findings that you accept.
            tags: tags of the mapping itself. By default none.

        Raises:
            EsmTypeError: a keyword of the wrong type, misspelt or missing, or a secret by its name (ESM001 to ESM009).
            InvalidMappingError: AWS would refuse the mapping (``error``), or it would lose, duplicate, block or leak
                data without consent (``danger``); ``docs/reference/rules.md`` lists the rules.
            EsmError: CDK refused something that could not be seen beforehand.
        """

    def _draft(self, path: str) -> DocumentDbDraft:
        self._drafted = DocumentDbDraft(self._keywords, self.SOURCE, path, self._where)
        return self._drafted

    def _mapping_id(self, plan: MappingPlan) -> str:
        return id_with(super()._mapping_id(plan), plan)

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        found = self._drafted.found
        assert found is not None
        return {
            **super()._grantees(plan),
            Neighbour.SOURCE_KEY: found.key_arn,
            Neighbour.PARAMETER_GROUPS: f"{found.groups}:cluster-pg:*",
            Neighbour.SUBNET_GROUPS: f"{found.groups}:subgrp:*",
        }

    def _for_nag(self) -> list[tuple[IConstruct, Mapping[str, Any]]]:
        return [(self._mapping, ON_DOCUMENTDB_MAPPING)]
