"""`cdk-esm diff --live`: mappings that are off, fail, or were changed by hand, and those that are as they should be."""

from typing import Any

import pytest

from cdk_esm.testing.templates import get, ref, resource
from tests.core.diff.diff_templates import Template, changed, documentdb, kafka, queue, stream
from tests.core.diff.live_mappings import ACCOUNT, FUNCTION, QUEUE, live, live_stream, look, told

KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/11111111"
ALIAS = changed(
    queue(FunctionName=ref("Live")),
    "Live",
    resource("Lambda::Alias", {"Name": "live", "FunctionName": ref("Function")}),
)
VERSION = changed(queue(FunctionName=ref("V1")), "V1", resource("Lambda::Version", {"FunctionName": ref("Function")}))


@pytest.mark.parametrize(
    ("document", "body"),
    [
        pytest.param(queue(), live(), id="queue"),
        pytest.param(stream(), live_stream(), id="stream"),
        pytest.param(queue(KmsKeyArn=KEY), live(KMSKeyArn=KEY), id="a key for the filters"),
        pytest.param(queue(KmsKeyArn="alias/filters"), live(KMSKeyArn=KEY), id="a key by its alias"),
        pytest.param(
            changed(queue(KmsKeyArn=get("Key")), "Key", resource("KMS::Key")),
            live(KMSKeyArn=KEY),
            id="a key of its own",
        ),
        pytest.param(stream(), live_stream(LastProcessingResult="No records processed"), id="an idle stream"),
        pytest.param(
            stream(),
            live_stream(MaximumRecordAgeInSeconds=604_800, MaximumRetryAttempts=10_000),
            id="no end in the older words",
        ),
        pytest.param(queue(Enabled=False), live(State="Disabled"), id="off, as the template says"),
        pytest.param(queue(), live(State="Updating"), id="in the middle of an update"),
        pytest.param(ALIAS, live(FunctionArn=f"{FUNCTION}:live"), id="alias"),
        pytest.param(VERSION, live(FunctionArn=f"{FUNCTION}:7"), id="version"),
        pytest.param(queue(BatchSize={"Ref": "Size"}), live(BatchSize=7), id="what only the deployment knew"),
        pytest.param(
            queue(FilterCriteria={"Filters": [{"Pattern": '{"body": {"a": ["x"]}}'}]}),
            live(FilterCriteria={"Filters": [{"Pattern": '{ "body" : {"a":["x"]} }'}]}),
            id="a filter written otherwise",
        ),
        pytest.param(
            changed(queue(), "Queue.Properties.QueueName", "orders"),
            live(EventSourceArn=f"arn:aws:sqs:eu-west-1:{ACCOUNT}:orders"),
            id="a queue with a name",
        ),
        pytest.param(
            changed(queue(FunctionName="fulfil"), "Orders.Properties.EventSourceArn", QUEUE),
            live(FunctionArn=f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:fulfil"),
            id="literal names",
        ),
        pytest.param(
            kafka(StartingPosition="LATEST"),
            {
                "UUID": "2",
                "FunctionArn": FUNCTION,
                "BatchSize": 100,
                "SelfManagedEventSource": {"Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": ["one.example.com:9092"]}},
                "SelfManagedKafkaEventSourceConfig": {"ConsumerGroupId": "made-by-the-service"},
                "StartingPosition": "LATEST",
                "Topics": ["orders"],
                "State": "Enabled",
                "LastProcessingResult": "OK",
            },
            id="a topic",
        ),
        pytest.param(
            documentdb(),
            {
                "UUID": "3",
                "EventSourceArn": "arn:aws:rds:eu-west-1:111122223333:cluster:shop",
                "FunctionArn": FUNCTION,
                "BatchSize": 100,
                "DocumentDBEventSourceConfig": {"DatabaseName": "shop", "FullDocument": "Default"},
                "StartingPosition": "LATEST",
                "State": "Enabled",
            },
            id="a database",
        ),
    ],
)
def test_a_mapping_that_is_as_its_template_says_is_not_told(document: Template, body: dict[str, Any]) -> None:
    found = look(document, body)

    assert told(found) == []
    assert found.skipped == ()


FIRE = [
    pytest.param(
        queue(),
        live(KMSKeyArn=KEY),
        "live-drift",
        "advice",
        f"KmsKeyArn: none in the template, {KEY} in Lambda",
        id="a key for the filters",
    ),
    pytest.param(
        queue(KmsKeyArn=KEY),
        live(KMSKeyArn=f"{KEY}2"),
        "live-drift",
        "advice",
        f"KmsKeyArn: {KEY} in the template, {KEY}2 in Lambda",
        id="another key for the filters",
    ),
    pytest.param(
        queue(),
        live(State="Deleting"),
        "live-disabled",
        "danger",
        "State: Deleting (USER_INITIATED), UUID 11111111-aaaa",
        id="on its way out",
    ),
    pytest.param(
        queue(),
        live(State="Disabled"),
        "live-disabled",
        "danger",
        "State: Disabled (USER_INITIATED), UUID 11111111-aaaa",
        id="off",
    ),
    pytest.param(
        queue(Enabled={"Ref": "On"}),
        live(State="Disabling"),
        "live-disabled",
        "advice",
        "State: Disabling (USER_INITIATED), UUID 11111111-aaaa; only the deployment knows whether the template has "
        "it enabled",
        id="off, and perhaps meant",
    ),
    pytest.param(
        queue(Enabled=False),
        live(),
        "live-drift",
        "advice",
        "Enabled: false in the template, true in Lambda",
        id="on, and not meant",
    ),
    pytest.param(
        stream(),
        live_stream(LastProcessingResult="PROBLEM: Function call failed"),
        "live-failed",
        "danger",
        "LastProcessingResult: PROBLEM: Function call failed, UUID 11111111-aaaa",
        id="last result",
    ),
    pytest.param(
        queue(),
        live(StateTransitionReason="EVENT_SOURCE_AUTHZ_ERROR"),
        "live-failed",
        "danger",
        "StateTransitionReason: EVENT_SOURCE_AUTHZ_ERROR, so Lambda does not have the permissions to access the "
        "source, UUID 11111111-aaaa",
        id="stopped",
    ),
    pytest.param(
        queue(),
        live(State="Failed"),
        "live-failed",
        "danger",
        "State: Failed, UUID 11111111-aaaa",
        id="other state",
    ),
    pytest.param(
        queue(), live(BatchSize=7), "live-drift", "advice", "BatchSize: 10 in the template, 7 in Lambda", id="batch"
    ),
    pytest.param(
        queue(ScalingConfig={"MaximumConcurrency": 5}),
        live(),
        "live-drift",
        "advice",
        "ScalingConfig.MaximumConcurrency: 5 in the template, none in Lambda",
        id="a cap taken away",
    ),
    pytest.param(
        queue(),
        live(ProvisionedPollerConfig={"MinimumPollers": 2, "MaximumPollers": 9}),
        "live-drift",
        "advice",
        "ProvisionedPollerConfig.MaximumPollers: none in the template, 9 in Lambda",
        id="pollers added",
    ),
    pytest.param(
        queue(),
        live(FunctionResponseTypes=[]),
        "live-drift",
        "advice",
        "FunctionResponseTypes: ReportBatchItemFailures in the template, none in Lambda",
        id="no partial batches",
    ),
    pytest.param(
        queue(),
        live(FilterCriteria={"Filters": [{"Pattern": "{}"}]}),
        "live-drift",
        "advice",
        "FilterCriteria: none in the template, {} in Lambda",
        id="a filter added",
    ),
    pytest.param(
        stream(MaximumRetryAttempts=3),
        live_stream(MaximumRetryAttempts=10_000),
        "live-drift",
        "advice",
        "MaximumRetryAttempts: 3 in the template, 10000 in Lambda",
        id="retries",
    ),
    pytest.param(
        stream(),
        live_stream(DestinationConfig={"OnFailure": {"Destination": "arn:aws:sqs:eu-west-1:1:other"}}),
        "live-drift",
        "advice",
        "DestinationConfig.OnFailure.Destination: none in the template, arn:aws:sqs:eu-west-1:1:other in Lambda",
        id="a destination added",
    ),
]


@pytest.mark.parametrize(("document", "body", "kind", "severity", "message"), FIRE)
def test_what_is_off_or_fails_or_was_changed_by_hand_is_told(
    document: Template, body: dict[str, Any], kind: str, severity: str, message: str
) -> None:
    assert (kind, severity, message) in told(look(document, body))


def test_the_fix_of_a_mapping_that_is_off_names_its_uuid() -> None:
    [change] = look(queue(), live(State="Disabled")).changes

    assert (change.place.path, change.before, change.after) == ("Shop/Orders", True, False)
    assert change.fix.endswith("aws lambda update-event-source-mapping --uuid 11111111-aaaa --enabled")


def test_drift_counts_only_if_it_differs_in_every_way_in_which_the_mapping_may_be_deployed() -> None:
    document = queue(BatchSize={"Fn::If": ["IsLive", 10, 5]})
    document["Parameters"] = {"Stage": {"Type": "String"}}
    document["Conditions"] = {"IsLive": {"Fn::Equals": [ref("Stage"), "live"]}}

    assert told(look(document, live(BatchSize=5))) == []
    assert [kind for kind, _, _ in told(look(document, live(BatchSize=7)))] == ["live-drift"]
