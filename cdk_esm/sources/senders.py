"""What sends to queues, streams and topics in a template, and where its properties name what it sends to.

Read from the CloudFormation template reference of each type on 2026-11-28. The custom resource is CDK's own, which
sets the notifications of a bucket.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cdk_esm.sources.resource_facts import EACH
from cdk_esm.sources.resource_types.functions import FUNCTION, INVOKE_CONFIG, MAPPING
from cdk_esm.sources.resource_types.messages import QUEUE, TOPIC
from cdk_esm.sources.resource_types.storage import BUCKET
from cdk_esm.sources.resource_types.streams import GLOBAL_TABLE, TABLE


class Via(StrEnum):
    """How something is sent."""

    SUBSCRIPTION = "subscription"
    RULE = "rule"
    SCHEDULE = "schedule"
    PIPE = "pipe"
    NOTIFICATION = "bucket notification"
    LOGS = "subscription filter"
    TABLE = "table"
    REDRIVE = "redrive policy"
    """What a queue could not get rid of, as it came."""
    FAILURES = "failures of somebody else"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """One place in the properties of a type.

    Args:
        type: CloudFormation's name of the type.
        via: how it sends.
        entries: the path to the records that name a target; ``EACH`` goes into a list.
        target: the property of such a record that names it; a dot leads into a nested record.
        role: the property of the resource or of the record that names the role it sends with.
    """

    type: str
    via: Via
    entries: tuple[str, ...] = ()
    target: str
    role: str | None = None


SUBSCRIPTION_TYPE: Final = "AWS::SNS::Subscription"
_RULE: Final = "AWS::Events::Rule"
_SCHEDULE: Final = "AWS::Scheduler::Schedule"
_PIPE: Final = "AWS::Pipes::Pipe"
_BUCKET_OF_CDK: Final = "Custom::S3BucketNotifications"
_NOTIFIES: Final = "NotificationConfiguration"
_QUEUES: Final = (_NOTIFIES, "QueueConfigurations", EACH)
_TOPICS: Final = (_NOTIFIES, "TopicConfigurations", EACH)
_ON_FAILURE: Final = ("DestinationConfig", "OnFailure")

SENDERS: Final = (
    Sender(type=SUBSCRIPTION_TYPE, via=Via.SUBSCRIPTION, target="Endpoint"),
    Sender(type=TOPIC.type, via=Via.SUBSCRIPTION, entries=("Subscription", EACH), target="Endpoint"),
    Sender(type=_RULE, via=Via.RULE, entries=("Targets", EACH), target="Arn", role="RoleArn"),
    Sender(type=_SCHEDULE, via=Via.SCHEDULE, entries=("Target",), target="Arn", role="RoleArn"),
    Sender(type=_PIPE, via=Via.PIPE, target="Target", role="RoleArn"),
    Sender(type=BUCKET.type, via=Via.NOTIFICATION, entries=_QUEUES, target="Queue"),
    Sender(type=BUCKET.type, via=Via.NOTIFICATION, entries=_TOPICS, target="Topic"),
    Sender(type=_BUCKET_OF_CDK, via=Via.NOTIFICATION, entries=_QUEUES, target="QueueArn"),
    Sender(type=_BUCKET_OF_CDK, via=Via.NOTIFICATION, entries=_TOPICS, target="TopicArn"),
    Sender(type="AWS::Logs::SubscriptionFilter", via=Via.LOGS, target="DestinationArn", role="RoleArn"),
    Sender(type="AWS::Logs::Destination", via=Via.LOGS, target="TargetArn", role="RoleArn"),
    Sender(type=TABLE.type, via=Via.TABLE, entries=("KinesisStreamSpecification",), target="StreamArn"),
    Sender(
        type=GLOBAL_TABLE.type,
        via=Via.TABLE,
        entries=("Replicas", EACH, "KinesisStreamSpecification"),
        target="StreamArn",
    ),
    Sender(type=QUEUE.type, via=Via.REDRIVE, entries=("RedrivePolicy",), target="deadLetterTargetArn"),
    Sender(type=SUBSCRIPTION_TYPE, via=Via.FAILURES, entries=("RedrivePolicy",), target="deadLetterTargetArn"),
    Sender(type=_RULE, via=Via.FAILURES, entries=("Targets", EACH), target="DeadLetterConfig.Arn"),
    Sender(type=_SCHEDULE, via=Via.FAILURES, entries=("Target",), target="DeadLetterConfig.Arn"),
    Sender(type=FUNCTION.type, via=Via.FAILURES, entries=("DeadLetterConfig",), target="TargetArn"),
    Sender(type=INVOKE_CONFIG.type, via=Via.FAILURES, entries=_ON_FAILURE, target="Destination"),
    Sender(
        type=INVOKE_CONFIG.type,
        via=Via.FAILURES,
        entries=("DestinationConfig", "OnSuccess"),
        target="Destination",
    ),
    Sender(type=MAPPING.type, via=Via.FAILURES, entries=_ON_FAILURE, target="Destination"),
)
"""Every such place."""

OFF: Final = {
    _RULE: ("State", "DISABLED"),
    _SCHEDULE: ("State", "DISABLED"),
    _PIPE: ("DesiredState", "STOPPED"),
}
"""The property by which a sender is switched off, and what it then says."""

SENDING: Final = ("sqs:send", "kinesis:put", "sns:publish")
"""How the actions begin that send something; ``sqs:*`` is what many a poller is allowed, and tells nothing."""

SERVICES: Final = {
    Via.SUBSCRIPTION: "sns.amazonaws.com",
    Via.RULE: "events.amazonaws.com",
    Via.NOTIFICATION: "s3.amazonaws.com",
}
"""The service that a policy of the target has to let in."""
