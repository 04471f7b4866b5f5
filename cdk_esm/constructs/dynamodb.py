"""A DynamoDB table whose changes invoke a Lambda function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.calls import takes_keywords
from cdk_esm.constructs.intake.given import (
    Attribute,
    GivenFunction,
    GivenOnFailure,
    GivenOnFailure_co,
    GivenTable,
)
from cdk_esm.constructs.intake.keywords import looks_like
from cdk_esm.constructs.intake.options import NewTable
from cdk_esm.constructs.records_bundle import RecordsToLambda
from cdk_esm.constructs.resources import roles
from cdk_esm.constructs.resources.keys import place_of_key
from cdk_esm.constructs.resources.tables import build_table, draft_table, existing_table
from cdk_esm.constructs.stream_keywords import StreamDraft, StreamKeywords
from cdk_esm.facts import UNKNOWN, Neighbour
from cdk_esm.filters import Pattern
from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.plan.identity import STREAM


class DynamoDbKeywords(StreamKeywords):
    """The keywords that only ``DynamoDbToLambda`` has, and that are no setting taken by its form."""

    table: dynamodb.ITable | dynamodb.ITableV2 | NewTable


Existing = TypeVar("Existing", bound="dynamodb.ITable | dynamodb.ITableV2 | dynamodb.Table | dynamodb.TableV2")


class _Table(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _Table: ...
        @overload
        def __get__(self, instance: DynamoDbToLambda[Any, Any, NewTable], owner: Any) -> dynamodb.TableV2: ...
        @overload
        def __get__(self, instance: DynamoDbToLambda[Any, Any, Existing], owner: Any) -> Existing: ...
        @overload
        def __get__(self, instance: DynamoDbToLambda, owner: Any) -> dynamodb.ITable | dynamodb.ITableV2: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


@takes_keywords
class DynamoDbToLambda(
    RecordsToLambda[GivenFunction, GivenOnFailure_co], Generic[GivenFunction, GivenOnFailure_co, GivenTable]
):
    """A table whose changes invoke a function, with everything that production wants around it."""

    SOURCE = "dynamodb"
    _keywords: DynamoDbKeywords

    def __init__(
        self: DynamoDbToLambda[GivenFunction, GivenOnFailure, GivenTable],
        scope: Construct,
        id: str,
        *,
        function: GivenFunction,
        table: GivenTable,
        starting_position: lambda_.StartingPosition | None = None,
        batch_size: int | None = None,
        max_batching_window: Duration | None = None,
        parallelization_factor: int | None = None,
        report_batch_item_failures: bool | None = None,
        bisect_batch_on_error: bool | None = None,
        retry_attempts: int | None = None,
        max_record_age: Duration | None = None,
        tumbling_window: Duration | None = None,
        on_failure: GivenOnFailure = None,  # type: ignore[assignment]
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
        """Make a table or take one, and make a function, the mapping, a bucket for what fails, and alarms.

        With a table's key alone it makes a table with a stream and point-in-time recovery, a function with its own role
        and log group, a mapping whose retries end and whose failed records go to a bucket, and alarms.

        Changes of one item come in order. A batch that fails is halved and tried again; a record that still fails after
        ``retry_attempts``, or grows older than ``max_record_age``, goes to the bucket, and the shard moves on. The
        stream keeps a record for 24 hours and there is no way to keep it longer. Another table, stream view or starting
        position makes a new mapping, which forgets how far the old one had read.

        Args:
            scope: the stack, or any construct in it.
            id: the construct's id; two mappings of one function on one table are two constructs with two ids.
            function: a ``NewFunction``, or a function, version or alias that exists (imported ones too, with what you
                know of them as ``Imported(function, timeout=...)``).
            table: a table that exists, or a ``NewTable(partition_key)``. An imported table needs its stream's ARN.
            starting_position: where a new mapping begins. By default ``TRIM_HORIZON``: the stream holds at most a day.
                ``LATEST`` misses what is written while the mapping is made.
            batch_size: the maximum number of records in one invocation, 1 to 10,000. By default the service's 100.
            max_batching_window: how long a poller gathers records, 0 to 300 seconds. By default it does not wait.
            parallelization_factor: batches of one shard at the same time, 1 to 10, in order by item. By default 1.
            report_batch_item_failures: whether the handler answers with the sequence numbers that failed. By default it
                does; a handler that answers nothing is still understood.
            bisect_batch_on_error: whether a failed batch is halved before it is tried again. By default it is.
            retry_attempts: retries of a batch, 0 to 10,000, or -1 for no end. By default 10. Our choice.
            max_record_age: how old a record may grow before it is given up, 60 seconds to 7 days. By default 12 hours,
                half of what the stream keeps. Our choice.
            tumbling_window: the length of the windows that a handler aggregates over, 0 to 900 seconds. By default
                none.
            on_failure: where failed records go: ``OnFailure.bucket()``, ``.queue()``, ``.topic()``, or
                ``.discard(reason=…)``. By default a bucket that the mappings of the stack share, because it alone gets
                the records themselves.
            filters: patterns in the typed form of ``cdk_esm.filters.f`` or in AWS's own, as dicts or JSON texts; a
                record that matches none is passed over. By default every record is delivered.
            filter_encryption: a KMS key that encrypts the patterns. By default Lambda's own key does.
            metrics_config: the mapping's own metrics. By default ``EventCount``, without which nobody sees what is
                dropped or delivered to the destination.
            enabled: whether the mapping polls. By default it does.
            grants: whether the execution role is granted what the poller needs. By default it is.
            removal_policy: what becomes of new tables, buckets, queues and log groups when the stack goes. By default
                ``RETAIN_ON_UPDATE_OR_DELETE``: they stay, unless their first deployment fails.
            logical_id: the mapping's logical id, to keep that of a mapping that is already deployed. By default CDK's.
            alarms: who is told, and what differs from the derived alarms. By default alarms without an action.
            acknowledge: rule id to reason, for findings that you accept.
            tags: tags of the mapping itself. By default none.

        Raises:
            EsmTypeError: a keyword of the wrong type, misspelt or missing (ESM001 to ESM009).
            InvalidMappingError: AWS would refuse the mapping (``error``), or it would lose, duplicate, block or leak
                data without consent (``danger``); ``docs/reference/rules.md`` lists the rules.
            EsmError: CDK refused something that could not be seen beforehand.
        """

    def _draft(self, path: str) -> _Draft:
        return _Draft(self._keywords, self.SOURCE, path, self._where)

    @_Table
    def table(self) -> dynamodb.ITable | dynamodb.ITableV2:
        """The table."""
        return self._table

    def _make_source(self, plan: MappingPlan) -> MappingPlan:
        facts, wanted = plan.source_as(TableStream), self._keywords["table"]
        self._table: dynamodb.ITable | dynamodb.ITableV2
        if isinstance(wanted, NewTable):
            self._table, facts = build_table(self, wanted, self._removal, facts, injected=self._injected)
        else:
            self._table = wanted
        arn = self._table.table_stream_arn
        assert arn is not None  # ESM222 has refused a table without a stream
        facts = replace(facts, identity=arn)
        return self._make_destination(replace(plan, event_source=facts))

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        key = self._table.encryption_key if plan.event_source.encryption_key is not None else None
        return {
            **super()._grantees(plan),
            Neighbour.STREAMS_OF_TABLE: f"{self._table.table_arn}{STREAM}*",
            Neighbour.SOURCE_KEY: place_of_key(key, self._where),
        }


class _Draft(StreamDraft):
    """What a table adds: its stream."""

    keywords: DynamoDbKeywords

    def _source(self) -> TableStream:
        value = self.keywords["table"]
        if isinstance(value, NewTable):
            return draft_table(self.intake, value, self.where, self.path)
        if self.intake.one_of("table", value, {"a NewTable": lambda _: False, "a DynamoDB table": _is_table}):
            return existing_table(value, self.where)
        return TableStream(identity=self.path + "/Table", has_stream=UNKNOWN, view_type=UNKNOWN)


def _is_table(value: object) -> bool:
    return looks_like(value, "table_arn", "table_stream_arn")
