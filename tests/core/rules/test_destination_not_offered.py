import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM221"
BUCKET = {"Destination": "arn:aws:s3:::orders-failed"}


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
@pytest.mark.parametrize("destination", ["arn:aws:sqs:eu-west-1:111122223333:fine", UNRESOLVED])
def test_destination_for_success_is_refused_once(kind: str, destination: object) -> None:
    config = {"OnFailure": BUCKET, "OnSuccess": {"Destination": destination}}
    (finding,) = check([mapping(kind, DestinationConfig=config)])

    assert (finding.rule.id, finding.setting) == (ID, "DestinationConfig.OnSuccess")


@pytest.mark.parametrize(
    ("arn", "named"),
    [
        ("arn:aws:lambda:eu-west-1:111122223333:function:failed", "names the service lambda"),
        ("arn:aws:events:eu-west-1:111122223333:event-bus/failed", "names the service events"),
        ("kafka://failed", "is no ARN"),
        ("failed", "is no ARN"),
    ],
)
def test_destination_of_another_service_is_refused(arn: str, named: str) -> None:
    (finding,) = check([mapping("dynamodb", DestinationConfig={"OnFailure": {"Destination": arn}})])

    assert (finding.rule.id, finding.got) == (ID, arn)
    assert named in finding.message


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:s3:::failed",
        "arn:aws-cn:sns:cn-north-1:111122223333:failed",
        "arn:aws:sqs:eu-west-1:111122223333:failed",
        "",
    ],
)
def test_bucket_topic_queue_and_none_are_fine(arn: str) -> None:
    assert ids(mapping("kinesis", DestinationConfig={"OnFailure": {"Destination": arn}}), select=[ID]) == []


def test_empty_destination_for_success_is_none() -> None:
    assert ids(mapping("kinesis", DestinationConfig={"OnFailure": BUCKET, "OnSuccess": {}})) == []


def test_source_without_destinations_is_for_another_rule() -> None:
    assert ids(mapping("sqs", DestinationConfig={"OnSuccess": BUCKET})) == ["ESM102"]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    for config in (hidden, {"OnSuccess": hidden}, {"OnFailure": hidden}, {"OnFailure": {"Destination": hidden}}):
        assert ids(mapping("kinesis", DestinationConfig=config), select=[ID]) == []
