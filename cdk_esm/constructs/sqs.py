"""An SQS standard queue that invokes a Lambda function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.calls import takes_keywords
from cdk_esm.constructs.intake.given import (
    GivenDeadLetterQueue,
    GivenDeadLetterQueue_co,
    GivenFunction,
    GivenQueue,
    GivenQueue_co,
)
from cdk_esm.constructs.intake.options import ProvisionedPollers
from cdk_esm.constructs.queue_bundle import QueueToLambda
from cdk_esm.filters import Pattern

if TYPE_CHECKING:
    from aws_cdk.aws_lambda_event_sources import ProvisionedPollerConfig


@takes_keywords
class SqsToLambda(QueueToLambda[GivenFunction, GivenQueue_co, GivenDeadLetterQueue_co]):
    """A standard queue that invokes a function, with everything that production wants around it."""

    SOURCE = "sqs"

    def __init__(
        self: SqsToLambda[GivenFunction, GivenQueue, GivenDeadLetterQueue],
        scope: Construct,
        id: str,
        *,
        function: GivenFunction,
        queue: GivenQueue = None,  # type: ignore[assignment]
        dead_letter_queue: GivenDeadLetterQueue = None,  # type: ignore[assignment]
        batch_size: int | None = None,
        max_batching_window: Duration | None = None,
        report_batch_item_failures: bool | None = None,
        max_concurrency: int | None = None,
        provisioned_poller_config: ProvisionedPollers | ProvisionedPollerConfig | None = None,
        filters: Sequence[Pattern | Mapping[str, Any] | str] | None = None,
        filter_encryption: kms.IKey | kms.Key | None = None,
        metrics_config: lambda_.MetricsConfig | None = None,
        enabled: bool | None = None,
        visibility_timeout_factor: int | None = None,
        max_receive_count: int | None = None,
        grants: bool | None = None,
        removal_policy: RemovalPolicy | None = None,
        logical_id: str | None = None,
        alarms: Alarms | None = None,
        acknowledge: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        """Make a queue and its dead-letter queue, a function, the mapping between them, and alarms.

        Alone with its defaults it makes an encrypted, TLS-only queue, a dead-letter queue, a function with its own role
        and log group, a mapping that takes partial batch responses and waits for its permissions, and alarms.

        A message is delivered at least once, so the handler has to be idempotent. One that fails comes back when its
        visibility timeout ends, and goes to the dead-letter queue after ``max_receive_count`` receives.

        Args:
            scope: the stack, or any construct in it.
            id: the construct's id.
            function: a ``NewFunction``, or a function, version or alias that exists (imported ones too, with what you
                know of them as ``Imported(function, timeout=...)``).
            queue: a queue that exists, or a ``NewQueue``. By default a new one. An existing queue is never changed:
                what it lacks is a finding. What an imported one hides can be stated: ``Imported(queue,
                visibility_timeout=...)``.
            dead_letter_queue: where a new queue's failed messages end: a queue that exists, a ``NewQueue``, or
                ``NoDeadLetterQueue(reason)``. By default a new one that keeps messages for 14 days.
            batch_size: the maximum number of messages in one invocation, 1 to 10,000. By default the service's 10.
            max_batching_window: how long a poller gathers messages, 0 to 300 seconds; a batch above 10 needs at least
                1. By default it does not wait.
            report_batch_item_failures: whether the handler answers with the ids of the messages that failed (a partial
                batch response). By default it does; a handler that answers nothing is still understood.
            max_concurrency: the maximum number of concurrent invocations by this mapping, 2 to 1,000. By default the
                service scales freely. Not together with ``provisioned_poller_config``.
            provisioned_poller_config: the mapping's own pollers, ``ProvisionedPollers(minimum, maximum)``, or CDK's
                ``ProvisionedPollerConfig``. By default the shared ones.
            filters: patterns in the typed form of ``cdk_esm.filters.f`` or in AWS's own, as dicts or JSON texts; a
                message that matches none of them is deleted from the queue. By default every message is delivered.
            filter_encryption: a KMS key that encrypts the patterns. By default Lambda's own key does.
            metrics_config: the mapping's own metrics. By default ``EventCount`` with partial batch responses or
                filters: nothing else shows a message that always fails before it is in the dead-letter queue, or what
                filters delete. CloudWatch charges for them as for custom metrics, so
                ``lambda_.MetricsConfig(metrics=[])`` saves that, and loses the alarms ``failures`` and ``stopped``.
            enabled: whether the mapping polls. By default it does.
            visibility_timeout_factor: a new queue hides a message for this many times the function's timeout, and for
                the batching window besides, 300 seconds if that is a token. By default 6, as AWS recommends; below it
                ESM305 is an advice. If the function hides its timeout, or it is a token, state it, or give the
                ``NewQueue`` a ``visibility_timeout`` (ESM003).
            max_receive_count: receives after which a new queue's message moves to the dead-letter queue, 1 to 1,000. By
                default 5, the least that AWS recommends, since throttles count too; below it ESM306 and ESM307 speak.
            grants: whether the execution role is granted what the poller needs. By default it is.
            removal_policy: what becomes of new queues and log groups when the stack goes. By default
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
