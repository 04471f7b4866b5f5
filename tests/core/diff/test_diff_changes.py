"""Every kind of change that `cdk-esm diff` tells, and what harms nothing and is not told."""

from pathlib import Path

import pytest

from cdk_esm.testing.templates import get, mapping, ref, resource
from tests.core.diff.diff_templates import (
    Template,
    changed,
    conditioned,
    consumer,
    difference,
    filtered,
    kafka,
    kept,
    msk,
    queue,
    rabbitmq,
    renamed,
    stream,
    table,
    watched,
)

ADVICE, DANGER, ERROR = "advice", "danger", "error"
DEAD = "Queue.Properties.RedrivePolicy"
A, B, AB = {"body": {"a": ["x"]}}, {"body": {"a": ["y"]}}, {"body": {"a": ["x", "y"]}}
SECOND = changed(queue(), "Second", mapping(get("Queue"), FunctionName="arn:aws:lambda:eu-west-1:1:function:other"))
NAMED_QUEUE = changed(queue(), "Queue.Properties.QueueName", "orders")
TO_QUEUE = {"DestinationConfig": {"OnFailure": {"Destination": get("Failed")}}}
VERSIONED = changed(
    changed(queue(FunctionName=ref("V1")), "V1", resource("Lambda::Version", {"FunctionName": ref("Function")})),
    "V2",
    resource("Lambda::Version", {"FunctionName": ref("Function")}),
)
ALARMED = watched(QueueName=get("Queue", "QueueName"))
FIRE = [
    # Mappings.
    pytest.param(queue(), renamed(queue(), "Orders", "Sales"), "mapping-renamed", ERROR, id="queue renamed"),
    pytest.param(kafka(), renamed(kafka(), "Orders", "Sales"), "mapping-renamed", ERROR, id="topic renamed"),
    pytest.param(
        stream(), stream(StartingPosition="LATEST"), "mapping-replacement-refused", ERROR, id="position of a stream"
    ),
    pytest.param(
        kafka(StartingPosition="LATEST"),
        kafka(StartingPosition="TRIM_HORIZON"),
        "mapping-replacement-refused",
        ERROR,
        id="position of a topic",
    ),
    pytest.param(
        msk(),
        msk(StartingPosition="TRIM_HORIZON"),
        "mapping-replacement-refused",
        ERROR,
        id="position of a topic of Amazon MSK",
    ),
    pytest.param(
        msk(),
        msk(Topics=["returns"], StartingPosition="TRIM_HORIZON"),
        "mapping-replaced",
        ADVICE,
        id="position and topic with a consumer group",
    ),
    pytest.param(
        msk(AmazonManagedKafkaEventSourceConfig={}),
        msk(AmazonManagedKafkaEventSourceConfig={}, Topics=["returns"], StartingPosition="TRIM_HORIZON"),
        "mapping-replaced",
        DANGER,
        id="position and topic without a consumer group",
    ),
    pytest.param(consumer(), consumer("two"), "mapping-replaced", DANGER, id="consumer replaced"),
    pytest.param(consumer(on=get("Stream")), consumer(), "mapping-replaced", DANGER, id="now through a consumer"),
    pytest.param(msk(), msk(Topics=["returns"]), "setting-stays", DANGER, id="topic"),
    pytest.param(rabbitmq("/"), rabbitmq("/shop"), "setting-stays", DANGER, id="virtual host"),
    pytest.param(
        msk(),
        msk(AmazonManagedKafkaEventSourceConfig={"ConsumerGroupId": "other"}),
        "setting-stays",
        DANGER,
        id="consumer group",
    ),
    pytest.param(
        queue(), changed(queue(), "Orders.Properties.EventSourceArn", get("Dead")), "source-changed", DANGER, id="queue"
    ),
    pytest.param(
        SECOND,
        changed(SECOND, "Orders.Properties.EventSourceArn", get("Dead")),
        "source-changed",
        ADVICE,
        id="queue that is still read",
    ),
    pytest.param(
        queue(),
        changed(queue(), "Orders.Properties.EventSourceArn", "arn:aws:sqs:eu-west-1:111122223333:orders"),
        "source-may-change",
        ADVICE,
        id="resource and address",
    ),
    pytest.param(queue(), changed(queue(), "Orders"), "mapping-removed", DANGER, id="mapping removed"),
    pytest.param(SECOND, changed(SECOND, "Orders"), "mapping-removed", ADVICE, id="mapping removed, another reads"),
    pytest.param(conditioned(), conditioned(Condition="Live"), "mapping-removed", ADVICE, id="mapping not everywhere"),
    pytest.param(
        queue(), changed(changed(queue(), "Orders"), "Queue"), "mapping-removed", ADVICE, id="removed with its source"
    ),
    pytest.param(
        kept(queue(), "Orders", "DeletionPolicy"),
        changed(queue(), "Orders"),
        "mapping-removed",
        ADVICE,
        id="mapping removed and retained",
    ),
    pytest.param(changed(queue(), "Orders"), queue(), "mapping-added", ADVICE, id="mapping added"),
    pytest.param(
        changed(stream(), "Orders"),
        stream(StartingPosition="LATEST"),
        "mapping-added-at-latest",
        DANGER,
        id="mapping added at the end of what is there",
    ),
    pytest.param(queue(), queue(FunctionName="other"), "function-changed", ADVICE, id="other function"),
    pytest.param(VERSIONED, queue(), "function-changed", ADVICE, id="version to newest"),
    # Settings.
    pytest.param(queue(), queue(Enabled=False), "mapping-disabled", DANGER, id="disabled"),
    pytest.param(queue(), queue(FunctionResponseTypes=[]), "partial-batches-off", DANGER, id="responses"),
    pytest.param(stream(BisectBatchOnFunctionError=True), stream(), "bisect-off", ADVICE, id="bisect"),
    pytest.param(stream(), stream(MaximumRetryAttempts=5), "retries-fewer", DANGER, id="retries end"),
    pytest.param(
        stream(MaximumRetryAttempts=5, **TO_QUEUE),
        stream(MaximumRetryAttempts=3, **TO_QUEUE),
        "retries-fewer",
        ADVICE,
        id="fewer retries with a destination",
    ),
    pytest.param(stream(), stream(MaximumRecordAgeInSeconds=60), "record-age-shorter", DANGER, id="record age"),
    pytest.param(queue(), changed(queue(), f"{DEAD}.maxReceiveCount", 2), "receives-fewer", ADVICE, id="receives"),
    pytest.param(queue(MetricsConfig={"Metrics": ["EventCount"]}), queue(), "metrics-off", ADVICE, id="metrics"),
    pytest.param(
        queue(),
        changed(queue(), "Queue.Properties.MessageRetentionPeriod", 60),
        "retention-shorter",
        DANGER,
        id="retention of the queue",
    ),
    pytest.param(
        queue(),
        changed(queue(), "Dead.Properties.MessageRetentionPeriod", 60),
        "retention-shorter",
        DANGER,
        id="retention of the dead-letter queue",
    ),
    pytest.param(
        stream(),
        changed(stream(), "Stream.Properties.RetentionPeriodHours", 24),
        "stream-retention-shorter",
        DANGER,
        id="retention of the stream",
    ),
    # Failure paths, grants and alarms.
    pytest.param(queue(), changed(queue(), DEAD), "failure-path-removed", DANGER, id="no dead-letter queue"),
    pytest.param(stream(**TO_QUEUE), stream(), "failure-path-removed", DANGER, id="no destination"),
    pytest.param(
        changed(queue(), "Other", resource("SQS::Queue")),
        changed(changed(queue(), "Other", resource("SQS::Queue")), f"{DEAD}.deadLetterTargetArn", get("Other")),
        "failure-path-changed",
        ADVICE,
        id="another dead-letter queue",
    ),
    pytest.param(
        queue(), changed(queue(), "Role.Properties.Policies", []), "grant-removed", DANGER, id="no policy any more"
    ),
    pytest.param(ALARMED, changed(ALARMED, "Alarm"), "alarm-removed", ADVICE, id="no alarm on the queue"),
    pytest.param(
        watched(EventSourceMappingUUID=ref("Orders")), queue(), "alarm-removed", ADVICE, id="no alarm on the mapping"
    ),
    pytest.param(
        ALARMED,
        watched(actions=False, QueueName=get("Queue", "QueueName")),
        "alarm-silenced",
        ADVICE,
        id="no action",
    ),
    # Filters.
    pytest.param(filtered(), filtered(A), "filters-narrower", DANGER, id="the first filter"),
    pytest.param(filtered(A, B), filtered(A), "filters-narrower", DANGER, id="a filter gone"),
    pytest.param(filtered(AB), filtered(A), "filters-narrower", DANGER, id="a value gone"),
    pytest.param(filtered(A), filtered(B), "filters-changed", DANGER, id="another filter"),
    pytest.param(filtered(A), filtered("no JSON"), "filters-changed", DANGER, id="what is no pattern"),
    pytest.param(filtered(A), filtered(A, B), "filters-wider", ADVICE, id="a filter more"),
    pytest.param(filtered(A), filtered(AB), "filters-wider", ADVICE, id="a value more"),
    pytest.param(filtered(A), filtered(), "filters-wider", ADVICE, id="no filter"),
    # Sources.
    pytest.param(queue(), changed(queue(), "Dead"), "source-removed", DANGER, id="dead-letter queue removed"),
    pytest.param(
        stream(), changed(changed(stream(), "Orders"), "Stream"), "source-removed", DANGER, id="stream removed"
    ),
    pytest.param(
        kept(queue(), "Queue", "DeletionPolicy"),
        changed(changed(queue(), "Orders"), "Queue"),
        "source-left-behind",
        DANGER,
        id="removed and retained",
    ),
    pytest.param(queue(), NAMED_QUEUE, "source-replaced", DANGER, id="queue named"),
    pytest.param(
        queue(), changed(queue(), "Queue.Properties.FifoQueue", True), "source-replaced", DANGER, id="queue made FIFO"
    ),
    pytest.param(
        table(),
        table(KeySchema=[{"AttributeName": "other", "KeyType": "HASH"}]),
        "source-replaced",
        DANGER,
        id="key of a table",
    ),
    pytest.param(
        queue(),
        kept(NAMED_QUEUE, "Queue", "UpdateReplacePolicy"),
        "source-left-behind",
        DANGER,
        id="replaced, retained",
    ),
    pytest.param(
        queue(),
        changed(queue(), "Queue.Properties.QueueName", {"Fn::ImportValue": "name"}),
        "source-may-be-replaced",
        ADVICE,
        id="name that the deployment knows",
    ),
    pytest.param(
        table(TableName="orders"),
        table(TableName="orders", KeySchema=[{"AttributeName": "other", "KeyType": "HASH"}]),
        "source-name-taken",
        ERROR,
        id="replaced under the same name",
    ),
    pytest.param(
        NAMED_QUEUE,
        renamed(NAMED_QUEUE, "Queue", "Sales"),
        "source-name-taken",
        ERROR,
        id="logical id of a named queue",
    ),
    pytest.param(
        table(),
        table(StreamSpecification={"StreamViewType": "KEYS_ONLY"}),
        "table-stream-ends",
        DANGER,
        id="view of a table",
    ),
]


@pytest.mark.parametrize(("old", "new", "kind", "severity"), FIRE)
def test_a_change_is_told(tmp_path: Path, old: Template, new: Template, kind: str, severity: str) -> None:
    told = [(change.kind.name, str(change.severity)) for change in difference(tmp_path, old, new).changes]

    assert (kind, severity) in told


@pytest.mark.parametrize("document", [case.values[side] for case in FIRE for side in (0, 1)])
def test_nothing_changes_between_a_template_and_itself(tmp_path: Path, document: Template) -> None:
    assert difference(tmp_path, document, document).changes == ()
