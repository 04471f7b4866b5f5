import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.template.read import read_assembly
from cdk_esm.testing.plans import ids, mapping, with_feeders
from cdk_esm.testing.templates import get, plan, ref, resource
from tests.core.rules.feeding import PAYLOAD, bucket, fed, fed_stream, filtered, lets, rule, subscription

ID = "ESM531"
SNS, EVENTS, S3 = "sns.amazonaws.com", "events.amazonaws.com", "s3.amazonaws.com"


@pytest.mark.parametrize(
    ("around", "said"),
    [
        ({"Feed": subscription()}, "Amazon SNS (Feed) sends Type, MessageId"),
        ({"Feed": subscription(RawMessageDelivery=False)}, "as a text under Message"),
        ({"Feed": subscription(RawMessageDelivery="false")}, "as a text under Message"),
        ({"Feed": subscription(), "Gate": lets(SNS, ref("Topic"))}, "Amazon SNS"),
        ({"Feed": subscription(), "Gate": lets(SNS, ref("Topic"), Principal="*")}, "Amazon SNS"),
        ({"Feed": rule()}, "Amazon EventBridge (Feed) sends version, id, detail-type, source, account, …"),
        ({"Feed": rule(InputPath="$")}, "under detail"),
        ({"Feed": rule(), "Gate": lets(EVENTS, get("Feed"))}, "under detail"),
        ({"Feed": bucket()}, "Amazon S3 (Feed) sends Records"),
        ({"Feed": bucket(), "Gate": lets(S3, get("Feed"))}, "Amazon S3 (Feed) sends Records"),
        ({"Bucket": bucket("Topic"), "Feed": subscription()}, "and inside that is what Amazon S3 sends"),
        ({"Bucket": bucket("Topic"), "Feed": subscription(RawMessageDelivery=True)}, "Amazon S3 (Feed) sends Records"),
        ({"One": subscription(), "Two": rule()}, "; Amazon EventBridge (Two) sends"),
    ],
)
def test_filter_on_the_payload_of_a_queue_that_gets_an_envelope_is_a_danger(around: Any, said: str) -> None:
    (finding,) = check([fed(PAYLOAD, **around)], select=["ESM53"])

    assert finding.rule.id == ID
    assert said in finding.message
    assert "sees into a text" not in finding.message
    assert "Lambda deletes the message from the queue" in finding.message


@pytest.mark.parametrize(
    ("feed", "page"),
    [
        (subscription(), "sns-large-payload-raw-message-delivery"),
        (rule(), "eb-events-structure"),
        (bucket(), "notification-content-structure"),
    ],
)
def test_page_is_that_of_the_service_that_sends(feed: dict[str, Any], page: str) -> None:
    (finding,) = check([fed(PAYLOAD, Feed=feed)], select=[ID])

    assert finding.page.endswith(f"/{page}.html")


def test_topic_may_name_its_subscriptions_itself() -> None:
    topic = resource("SNS::Topic", {"Subscription": [{"Protocol": "sqs", "Endpoint": get("Queue")}]})

    assert ids(fed(PAYLOAD, Topic=topic), select=["ESM53"]) == [ID]


def test_notifications_that_cdk_sets_count() -> None:
    one = {"Events": ["s3:ObjectCreated:*"], "QueueArn": get("Queue")}
    properties = {"BucketName": ref("Bucket"), "NotificationConfiguration": {"QueueConfigurations": [one]}}
    made = {"Type": "Custom::S3BucketNotifications", "Properties": properties}
    around = {"Bucket": resource("S3::Bucket"), "Made": made, "Gate": lets(S3, get("Bucket"))}

    assert ids(fed(PAYLOAD, **around), select=["ESM53"]) == [ID]


@pytest.mark.parametrize("around", [{"Feed": subscription()}, {"Feed": subscription(), "Bucket": bucket("Topic")}])
@pytest.mark.parametrize("pattern", [{"Message": PAYLOAD}, {"Message": {"Records": {"eventName": ["a"]}}}])
def test_no_filter_sees_into_a_message_and_the_fix_names_both_ways(around: Any, pattern: Any) -> None:
    (finding,) = check([fed(pattern, **around)], select=["ESM53"])

    assert "; no filter sees into a text; when" in finding.message
    assert "FilterPolicyScope MessageBody" in finding.fix
    assert "RawMessageDelivery to true" in finding.fix
    assert "let the function take both forms first" in finding.fix


@pytest.mark.parametrize(
    "pattern",
    [
        {"Subject": [{"prefix": "paid"}]},
        {"Message": [{"prefix": '{"status":"paid"'}]},
        {"MessageAttributes": {"kind": {"Value": ["paid"]}}},
        {"MessageAttributes": {"a.b": {"Type": ["String", 5]}}},
        {"TopicArn": [{"suffix": ":orders"}]},
        {"Type": [{"anything-but": ["Notification"]}]},
        {"$or": [{"status": ["paid"]}, {"Subject": ["paid"]}]},
        {"status": [{"exists": False}]},
        '{"other": ["paid"]}',
    ],
)
def test_pattern_that_matches_the_envelope_of_sns_is_fine(pattern: Any) -> None:
    assert ids(fed(pattern, Feed=subscription()), select=["ESM53"]) == []


@pytest.mark.parametrize(
    "pattern",
    [
        {"MessageAttributes": {"kind": ["paid"]}},
        {"Timestamp": [{"numeric": [">", 5]}]},
        {"Type": [None]},
        {"Message": [5]},
        {"$or": [{"status": ["paid"]}, {"total": [1]}]},
        {"Subject": ["paid"], "status": ["paid"]},
        '{"body": ["paid"]}',
    ],
)
def test_pattern_that_no_document_of_sns_satisfies_is_a_danger(pattern: Any) -> None:
    assert ids(fed(pattern, Feed=subscription()), select=["ESM53"]) == [ID]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ({"Records": {"eventName": [{"prefix": "ObjectCreated"}]}}, []),
        ({"Records": {"s3": {"object": {"key": [{"suffix": ".csv"}]}}}}, []),
        ({"Records": {"s3": {"object": {"size": [{"numeric": [">", 0]}]}}}}, []),
        ({"Event": ["s3:TestEvent"]}, []),
        ({"s3": {"object": {"key": ["a"]}}}, [ID]),
        ({"Records": {"s3": {"object": {"size": ["0"]}}}}, [ID]),
        ({"Records": {"eventName": ["a"]}, "Event": ["s3:TestEvent"]}, [ID]),
    ],
)
def test_records_of_a_bucket_are_looked_into(pattern: Any, said: list[str]) -> None:
    assert ids(fed(pattern, Feed=bucket()), select=["ESM53"]) == said


@pytest.mark.parametrize(
    ("target", "pattern"),
    [
        ({}, {"detail": PAYLOAD}),
        ({}, {"detail-type": ["Paid"], "resources": [{"prefix": "arn:"}]}),
        ({"InputPath": "$.detail"}, PAYLOAD),
        ({"Input": '{"status": "paid"}'}, PAYLOAD),
        (
            {"InputTransformer": {"InputPathsMap": {"s": "$.detail.status"}, "InputTemplate": '{"status": <s>}'}},
            PAYLOAD,
        ),
        ({"InputPath": ref("Path")}, PAYLOAD),
    ],
)
def test_event_that_is_asked_for_or_reshaped_is_fine(target: dict[str, Any], pattern: Any) -> None:
    assert ids(fed(pattern, Feed=rule(**target)), select=["ESM53"]) == []


@pytest.mark.parametrize("raw", [True, "true", ref("Raw")])
def test_raw_delivery_is_fine_and_so_is_what_may_be_raw(raw: Any) -> None:
    assert ids(fed(PAYLOAD, Feed=subscription(RawMessageDelivery=raw)), select=["ESM53"]) == []


def test_feeder_whose_condition_is_never_met_is_none() -> None:
    conditions = {"Never": {"Fn::Equals": ["a", "b"]}}
    around = {
        "Queue": resource("SQS::Queue"),
        "Topic": resource("SNS::Topic"),
        "Feed": {**subscription(), "Condition": "Never"},
    }

    assert ids(plan({**around, "Orders": filtered(PAYLOAD)}, Conditions=conditions), select=["ESM53"]) == []


def test_logs_are_compressed_so_no_filter_on_data_matches() -> None:
    lines = resource("Logs::SubscriptionFilter", {"DestinationArn": get("Stream"), "RoleArn": get("Sends")})
    sends = {
        "Effect": "Allow",
        "Action": "kinesis:PutRecord",
        "Resource": get("Stream"),
    }
    role = resource("IAM::Role", {"Policies": [{"PolicyName": "a", "PolicyDocument": {"Statement": [sends]}}]})
    destination = resource("Logs::Destination", {"TargetArn": get("Stream"), "RoleArn": get("Sends")})
    absent = {"level": [{"exists": False}]}

    for feed in (lines, destination):
        for pattern in ({"messageType": ["DATA_MESSAGE"]}, absent):
            (finding,) = check([fed_stream(pattern, Feed=feed, Sends=role)], select=["ESM53"])
            assert finding.rule.id == ID
            assert "compressed with gzip" in finding.message
    assert ids(fed_stream('{"partitionKey": ["a"]}', Feed=lines, Sends=role), select=["ESM53"]) == []


def test_changes_of_a_table_and_events_reach_a_stream_in_envelopes_too() -> None:
    table = resource("DynamoDB::Table", {"KinesisStreamSpecification": {"StreamArn": get("Stream")}})
    events = resource("Events::Rule", {"EventPattern": {}, "Targets": [{"Id": "a", "Arn": get("Stream")}]})

    for feed, right in ((table, "dynamodb"), (events, "detail")):
        assert ids(fed_stream(PAYLOAD, Feed=feed), select=["ESM53"]) == [ID]
        assert ids(fed_stream({right: PAYLOAD}, Feed=feed), select=["ESM53"]) == []


def test_consumer_of_a_stream_is_fed_as_the_stream_is() -> None:
    consumer = resource("Kinesis::StreamConsumer", {"ConsumerName": "a", "StreamARN": get("Stream")})
    lines = resource("Logs::SubscriptionFilter", {"DestinationArn": get("Stream")})
    orders = filtered(PAYLOAD, "Stream", "data", StartingPosition="LATEST")
    orders["Properties"]["EventSourceArn"] = ref("Consumer")
    around = {"Stream": resource("Kinesis::Stream"), "Consumer": consumer, "Feed": lines, "Orders": orders}

    assert ids(plan(around), select=["ESM53"]) == [ID]


def test_pipe_sends_the_record_of_its_source_unless_it_makes_something_of_it() -> None:
    pipe = {"Source": get("Inbox"), "Target": get("Queue")}
    made = {"TargetParameters": {"InputTemplate": "<$.body>"}}
    around = {"Inbox": resource("SQS::Queue")}

    assert ids(fed(PAYLOAD, Feed=resource("Pipes::Pipe", pipe), **around), select=["ESM53"]) == [ID]
    assert ids(fed({"body": PAYLOAD}, Feed=resource("Pipes::Pipe", pipe), **around), select=["ESM53"]) == []
    assert ids(fed(PAYLOAD, Feed=resource("Pipes::Pipe", {**pipe, **made}), **around), select=["ESM53"]) == []
    elsewhere = {**pipe, "Source": "arn:aws:mq:eu-west-1:111122223333:broker:a:b-1"}
    assert ids(fed(PAYLOAD, Feed=resource("Pipes::Pipe", elsewhere)), select=["ESM53"]) == []


def test_schedule_sends_its_input() -> None:
    target = {"Arn": get("Queue"), "RoleArn": "arn:aws:iam::111122223333:role/clock"}

    assert ids(fed(PAYLOAD, Feed=resource("Scheduler::Schedule", {"Target": target})), select=["ESM53"]) == []


def test_dead_letters_come_as_they_came_to_the_queue_that_gave_them_up() -> None:
    inbox = resource("SQS::Queue", {"RedrivePolicy": {"deadLetterTargetArn": get("Queue"), "maxReceiveCount": 3}})

    assert ids(fed(PAYLOAD, Inbox=inbox, Feed=subscription(Endpoint=get("Inbox"))), select=["ESM53"]) == [ID]
    assert ids(fed(PAYLOAD, Inbox=inbox), select=["ESM53"]) == []


def test_two_queues_that_redrive_to_each_other_end() -> None:
    def redrive(to: str) -> dict[str, Any]:
        return resource("SQS::Queue", {"RedrivePolicy": {"deadLetterTargetArn": get(to), "maxReceiveCount": 3}})

    plan_of_both = fed(PAYLOAD, Queue=redrive("Other"), Other=redrive("Queue"), Feed=subscription())

    assert ids(plan_of_both, select=[ID]) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"body": {"status": ["${State}"]}}', [ID]),
        ('{"body": {"${Name}": ["paid"]}}', []),
        ('{"body": {"detail": {"${Name}": ["paid"]}}}', []),
        ('{"body": ${Inner}}', []),
        ('{"body": {"status": [{"prefix": "${Begin}-a"}]}}', [ID]),
    ],
)
def test_only_what_the_deployment_cannot_make_right_is_told(text: str, said: list[str]) -> None:
    criteria = {"Filters": [{"Pattern": {"Fn::Sub": text}}]}
    parameters = {name: {"Type": "String"} for name in ("State", "Name", "Inner", "Begin")}
    orders = resource(
        "Lambda::EventSourceMapping",
        {"EventSourceArn": get("Queue"), "FunctionName": ref("Function"), "FilterCriteria": criteria},
    )
    around = {"Queue": resource("SQS::Queue"), "Feed": rule(), "Orders": orders}

    assert ids(plan(around, Parameters=parameters), select=["ESM53"]) == said


def test_one_filter_that_matches_the_envelope_is_enough() -> None:
    both = ('{"body": {"status": ["paid"]}}', '{"body": {"Subject": ["paid"]}}')

    assert ids(with_feeders(replace(mapping(), filters=both), "sns"), select=["ESM53"]) == []
    assert ids(with_feeders(replace(mapping(), filters=both[:1]), "sns", "event"), select=["ESM53"]) == [ID]
    assert ids(with_feeders(replace(mapping(), filters=()), "sns"), select=["ESM53"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Any) -> None:
    one = '{"body": {"status": ["paid"]}}'

    assert ids(replace(mapping(), filters=(one,), feeders=hidden), select=["ESM53"]) == []
    assert ids(with_feeders(replace(mapping(), filters=hidden), "sns"), select=["ESM53"]) == []
    assert ids(with_feeders(replace(mapping(), filters=(one, hidden)), "sns"), select=["ESM53"]) == []


def test_feeder_in_another_stack_of_the_assembly_counts(tmp_path: Path) -> None:
    export = {"Arn": {"Value": get("Queue"), "Export": {"Name": "inbox"}}}
    shop = {"Resources": {"Queue": resource("SQS::Queue"), "Orders": filtered(PAYLOAD)}, "Outputs": export}
    feed = {"TopicArn": ref("Topic"), "Protocol": "sqs", "Endpoint": {"Fn::ImportValue": "inbox"}}
    news = {"Resources": {"Topic": resource("SNS::Topic"), "Feed": resource("SNS::Subscription", feed)}}
    artifacts = {}
    for name, document in (("Shop", shop), ("News", news)):
        (tmp_path / f"{name}.template.json").write_text(json.dumps(document))
        properties = {"templateFile": f"{name}.template.json", "stackName": name}
        artifacts[name] = {"type": "aws:cloudformation:stack", "properties": properties}
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))

    assert ids(*read_assembly(tmp_path), select=["ESM53"]) == [ID]
