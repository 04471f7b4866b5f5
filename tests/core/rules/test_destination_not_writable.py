from typing import Any

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, ref, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM420"
OBJECTS = {"Fn::Sub": "${Failed.Arn}/*"}
DESTINATIONS: dict[str, tuple[dict[str, Any], Any, list[dict[str, Any]]]] = {
    "queue": (resource("SQS::Queue"), get("Failed"), [document("sqs:SendMessage", get("Failed"))]),
    "topic": (resource("SNS::Topic"), ref("Failed"), [document("sns:Publish", ref("Failed"))]),
    "bucket": (
        resource("S3::Bucket"),
        get("Failed"),
        [document("s3:PutObject", OBJECTS), document("s3:ListBucket", get("Failed"))],
    ),
}


def found(kind: str, *documents: dict[str, Any]) -> list[str]:
    made, arn, _ = DESTINATIONS[kind]
    settings = {"StartingPosition": "TRIM_HORIZON", "DestinationConfig": {"OnFailure": {"Destination": arn}}}
    around = {
        "Stream": resource("Kinesis::Stream"),
        "Failed": made,
        "Role": resource("IAM::Role", inline(*documents)),
        "Orders": orders(get("Stream"), **settings),
    }
    return [str(one.allowed).removeprefix("a role that is allowed ") for one in check([plan(around)], select=[ID])]


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [("queue", ["sqs:SendMessage"]), ("topic", ["sns:Publish"]), ("bucket", ["s3:ListBucket", "s3:PutObject"])],
)
def test_destination_that_the_role_may_not_write_to_is_told(kind: str, lacking: list[str]) -> None:
    assert found(kind) == lacking


@pytest.mark.parametrize("kind", DESTINATIONS)
def test_destination_that_the_role_may_write_to_is_fine(kind: str) -> None:
    assert found(kind, *DESTINATIONS[kind][2]) == []
    assert found(kind, document("*", "*")) == []


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        pytest.param({"Fn::Sub": "${Failed.Arn}/aws/lambda/*"}, [], id="the prefix that Lambda writes under"),
        pytest.param({"Fn::Sub": "arn:aws:s3:::${Failed}/*"}, [], id="ARN put together"),
        pytest.param({"Fn::Sub": "${Failed.Arn}/aws/lambda/${AWS::StackId}/*"}, [], id="below it, perhaps"),
        pytest.param({"Fn::Sub": "${Failed.Arn}/failed/*"}, ["s3:PutObject"], id="another prefix"),
        pytest.param(get("Failed"), ["s3:PutObject"], id="bucket and not its objects"),
    ],
)
def test_objects_are_written_below_one_prefix(objects: Any, wanted: list[str]) -> None:
    assert found("bucket", document("s3:PutObject", objects), document("s3:ListBucket", get("Failed"))) == wanted


def test_topic_of_the_cluster_takes_records_where_the_role_may_write() -> None:
    settings = {
        "Topics": ["orders"],
        "StartingPosition": "TRIM_HORIZON",
        "DestinationConfig": {"OnFailure": {"Destination": "kafka://failed"}},
    }
    around = {"Cluster": resource("MSK::ServerlessCluster"), "Orders": orders(ref("Cluster"), **settings)}
    reads = document(["kafka-cluster:Connect", "kafka-cluster:DescribeTopic"], "*")

    for documents, wanted in ((reads,), [ID]), ((reads, document("kafka-cluster:Write*", "arn:aws:kafka:*")), []):
        role = resource("IAM::Role", inline(*documents))
        assert [one.rule.id for one in check([plan({**around, "Role": role})], select=[ID])] == wanted


def test_destination_elsewhere_may_let_the_role_in() -> None:
    settings = {
        "StartingPosition": "TRIM_HORIZON",
        "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:s3:::failed"}},
    }
    around = {"Stream": resource("Kinesis::Stream"), "Orders": orders(get("Stream"), **settings)}

    assert check([plan(around)], select=[ID]) == []


def test_destination_that_is_held_is_fine() -> None:
    assert ids(with_permission(mapping("kinesis"), "sqs:SendMessage", on="destination"), select=[ID]) == []
