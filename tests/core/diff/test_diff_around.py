"""Changes around a mapping that lose, delay or stop records although nothing of the mapping itself got less."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.testing.templates import document, get, inline, mapping, ref, resource
from tests.core.diff.diff_templates import Template, changed, difference, documentdb, msk, queue, stream

DANGER, ADVICE = "danger", "advice"
TIMEOUT, VISIBILITY = "Function.Properties.Timeout", "Queue.Properties.VisibilityTimeout"
KEY = "Queue.Properties.KmsMasterKeyId"
ONE, OTHER = (f"arn:aws:kms:eu-west-1:111122223333:key/{digit * 8}" for digit in "12")
FAILED = {"OnFailure": {"Destination": get("Failed")}}
POLLERS = {"MinimumPollers": 2, "MaximumPollers": 20}


def timed(seconds: int, visibility: int = 180, **properties: Any) -> Template:
    return changed(changed(queue(**properties), TIMEOUT, seconds), VISIBILITY, visibility)


def alarmed(threshold: Any = 1, sign: str = "GreaterThanOrEqualToThreshold", *more: Any) -> Template:
    made = queue()
    for place, (least, how) in enumerate([(threshold, sign), *more]):
        made["Resources"][f"Alarm{place}"] = resource(
            "CloudWatch::Alarm",
            {
                "MetricName": "ApproximateNumberOfMessagesVisible",
                "Dimensions": [{"Name": "QueueName", "Value": get("Dead", "QueueName")}],
                "AlarmActions": ["arn"],
                "Threshold": least,
                "ComparisonOperator": how,
            },
        )
    return made


def of_alarm(made: Template, name: str, value: Any) -> Template:
    return changed(made, f"Alarm0.Properties.{name}", value)


def may_read(what: Any) -> Template:
    """A queue whose role may do everything of SQS with something."""
    return changed(queue(), "Role.Properties", inline(document("sqs:*", what)))


def registered(form: Any = None) -> Template:
    registry = {"SchemaRegistryURI": "https://r", "EventRecordFormat": form}
    config = {"ConsumerGroupId": "shop", **({} if form is None else {"SchemaRegistryConfig": registry})}
    return msk(AmazonManagedKafkaEventSourceConfig=config, ProvisionedPollerConfig=POLLERS)


def keyed(key: Any) -> Template:
    """A queue under a key of the template, whose policy leaves the rest to IAM."""
    own = document("kms:*", "*", Principal={"AWS": "arn:aws:iam::111122223333:root"})
    made = changed(queue(), "Key", resource("KMS::Key", {"KeyPolicy": own}))
    return made if key is None else changed(made, KEY, key)


def failing(policy: Any, **properties: Any) -> Template:
    """A stream whose role may do certain things."""
    return changed(stream(**properties), "Role.Properties", inline(policy))


READS = document("kinesis:*", get("Stream"))
READS_AND_SENDS = document(["kinesis:*", "sqs:SendMessage"], "*")
ELSEWHERE = "arn:aws:iam::111122223333:role/elsewhere"

FIRE = [
    pytest.param(queue(Enabled=False), queue(), "mapping-enabled", ADVICE, id="a queue is read again"),
    pytest.param(stream(Enabled=False), stream(Enabled=True), "mapping-enabled", ADVICE, id="a stream is read again"),
    pytest.param(
        stream(Enabled=False, StartingPosition="LATEST"),
        stream(StartingPosition="LATEST"),
        "mapping-enabled",
        ADVICE,
        id="a stream that may never have been read",
    ),
    pytest.param(
        stream(Enabled=False, MaximumRecordAgeInSeconds=3600),
        stream(MaximumRecordAgeInSeconds=3600),
        "mapping-enabled",
        DANGER,
        id="what waited is too old",
    ),
    pytest.param(
        stream(Enabled=False, MaximumRecordAgeInSeconds=3600, DestinationConfig=FAILED),
        stream(MaximumRecordAgeInSeconds=3600, DestinationConfig=FAILED),
        "mapping-enabled",
        ADVICE,
        id="what waited is too old, and goes on to a destination",
    ),
    pytest.param(
        stream(Enabled=False, MaximumRecordAgeInSeconds=604_800),
        stream(MaximumRecordAgeInSeconds=604_800),
        "mapping-enabled",
        ADVICE,
        id="what waited expires before it is too old",
    ),
    pytest.param(timed(30), timed(3), "timeout-shorter", ADVICE, id="timeout lowered"),
    pytest.param(timed(30), queue(), "timeout-shorter", ADVICE, id="timeout left to the default"),
    pytest.param(timed(30), timed(200), "visibility-outgrown", DANGER, id="timeout above the visibility"),
    pytest.param(timed(30), timed(31), "visibility-outgrown", ADVICE, id="timeout above a sixth"),
    pytest.param(timed(60), timed(200, 190), "visibility-outgrown", DANGER, id="both longer, and not enough"),
    pytest.param(
        timed(30), timed(30, MaximumBatchingWindowInSeconds=1), "visibility-outgrown", ADVICE, id="a window beside it"
    ),
    pytest.param(
        stream(MaximumRetryAttempts=3), stream(), "retries-without-end", DANGER, id="the number of retries gone"
    ),
    pytest.param(
        stream(MaximumRecordAgeInSeconds=60), stream(), "retries-without-end", DANGER, id="the age of records gone"
    ),
    pytest.param(registered("JSON"), registered(), "payload-changed", ADVICE, id="no registry any more"),
    pytest.param(registered("JSON"), registered("SOURCE"), "payload-changed", ADVICE, id="another form"),
    pytest.param(
        documentdb(),
        documentdb(DocumentDBEventSourceConfig={"DatabaseName": "shop", "FullDocument": "UpdateLookup"}),
        "payload-changed",
        ADVICE,
        id="whole documents",
    ),
    pytest.param(keyed(None), keyed(get("Key")), "grant-missing", DANGER, id="a key that the role may not use"),
    pytest.param(
        failing(READS), failing(READS, DestinationConfig=FAILED), "grant-missing", DANGER, id="a first destination"
    ),
    pytest.param(
        queue(), changed(queue(), "Function.Properties.Role", ELSEWHERE), "grant-unseen", ADVICE, id="another role"
    ),
    pytest.param(changed(queue(), KEY, ONE), changed(queue(), KEY, OTHER), "key-changed", ADVICE, id="another key"),
    pytest.param(changed(queue(), KEY, ONE), queue(), "key-changed", ADVICE, id="no key any more"),
    pytest.param(
        changed(queue(), "Dead.Properties.KmsMasterKeyId", ONE),
        queue(),
        "key-changed",
        ADVICE,
        id="no key of the dead-letter queue",
    ),
    pytest.param(alarmed(1), alarmed(1000), "alarm-later", ADVICE, id="a higher threshold"),
    pytest.param(alarmed(1), alarmed(1, "GreaterThanThreshold"), "alarm-later", ADVICE, id="no longer at it"),
    pytest.param(
        alarmed(9, "LessThanThreshold"), alarmed(8, "LessThanThreshold"), "alarm-later", ADVICE, id="a lower one"
    ),
    pytest.param(alarmed(1), alarmed(1, "LessThanThreshold"), "alarm-later", ADVICE, id="the other side"),
    pytest.param(
        alarmed(1, "GreaterThanThreshold", (5, "GreaterThanThreshold")),
        alarmed(3, "GreaterThanThreshold", (5, "GreaterThanThreshold")),
        "alarm-later",
        ADVICE,
        id="the earlier of two",
    ),
]
SILENT = [
    pytest.param(queue(), queue(Enabled=True), id="on, written out"),
    pytest.param(queue(Enabled=False), queue(Enabled=False), id="off as before"),
    pytest.param(queue(Enabled=False), queue(Enabled=ref("On")), id="perhaps on"),
    pytest.param(timed(3), timed(30), id="a longer timeout that six times is still covered"),
    pytest.param(timed(40), timed(50), id="a timeout that was too long for six times before"),
    pytest.param(timed(30), timed(60, 360), id="both longer"),
    pytest.param(stream(MaximumRetryAttempts=3), stream(MaximumRetryAttempts=30), id="more retries"),
    pytest.param(
        stream(MaximumRetryAttempts=3, MaximumRecordAgeInSeconds=60),
        stream(MaximumRecordAgeInSeconds=60),
        id="an age that still ends the retries",
    ),
    pytest.param(registered("JSON"), registered("JSON"), id="the same form"),
    pytest.param(
        documentdb(),
        documentdb(DocumentDBEventSourceConfig={"DatabaseName": "shop", "FullDocument": "Default"}),
        id="the default written out",
    ),
    pytest.param(failing(READS_AND_SENDS), failing(READS_AND_SENDS, DestinationConfig=FAILED), id="a right for it"),
    pytest.param(keyed(get("Key")), keyed(get("Key")), id="a right that was missing before"),
    pytest.param(changed(queue(), KEY, ONE), changed(queue(), KEY, ref("Key")), id="perhaps another key"),
    pytest.param(changed(queue(), KEY, "alias/aws/sqs"), queue(), id="a key that AWS manages, and keeps"),
    *(
        pytest.param(changed(queue(), KEY, one), changed(queue(), KEY, other), id=f"the same key, {one} and {other}")
        for one, other in (
            ("alias/orders", "arn:aws:kms:eu-west-1:111122223333:alias/orders"),
            (ONE, ONE.rpartition("/")[2]),
            (ONE, "alias/orders"),
        )
    ),
    *(
        pytest.param(may_read("*"), may_read(pattern), id=f"a policy that is narrowed to {pattern}")
        for pattern in ("arn:aws:sqs:*:*:*", {"Fn::Sub": "arn:aws:sqs:*:*:${AWS::StackName}-*"})
    ),
    pytest.param(alarmed(0, "GreaterThanThreshold"), alarmed(1), id="the same count, written otherwise"),
    pytest.param(alarmed(5), of_alarm(alarmed(10), "Period", 300), id="a count of a longer time"),
    pytest.param(alarmed(5), of_alarm(alarmed(10), "ExtendedStatistic", "p99"), id="another statistic"),
    pytest.param(alarmed(10), alarmed(1), id="a lower threshold"),
    pytest.param(alarmed(10), alarmed(10.0), id="the same number"),
    pytest.param(alarmed(1), alarmed(ref("Least")), id="perhaps another threshold"),
    pytest.param(
        alarmed(1), alarmed(50, "GreaterThanThreshold", (1, "GreaterThanOrEqualToThreshold")), id="two, one as early"
    ),
]


@pytest.mark.parametrize(("old", "new", "kind", "severity"), FIRE)
def test_a_change_around_a_mapping_is_told(
    tmp_path: Path, old: Template, new: Template, kind: str, severity: str
) -> None:
    told = [(change.kind.name, str(change.severity)) for change in difference(tmp_path, old, new).changes]

    assert (kind, severity) in told


@pytest.mark.parametrize(("old", "new"), SILENT)
def test_what_harms_nothing_is_not_told(tmp_path: Path, old: Template, new: Template) -> None:
    assert [change.message for change in difference(tmp_path, old, new).changes] == []


def test_a_destination_of_another_kind_under_the_same_logical_id_is_another_one(tmp_path: Path) -> None:
    old = stream(DestinationConfig=FAILED)
    new = changed(old, "Failed", resource("S3::Bucket"))

    assert "failure-path-changed" in [change.kind.name for change in difference(tmp_path, old, new).changes]


def test_a_new_mapping_that_is_off_is_said_to_be_off(tmp_path: Path) -> None:
    old = deepcopy(queue())
    del old["Resources"]["Orders"]
    changes = [one for new in (queue(), queue(Enabled=False)) for one in difference(tmp_path, old, new).changes]

    assert [one.message for one in changes] == [
        "a new mapping reads new/Queue",
        "a new mapping reads new/Queue, and is off",
    ]


def test_a_shared_alarm_that_rings_later_is_told_once(tmp_path: Path) -> None:
    old, new = (changed(alarmed(least), "Again", mapping(get("Queue"), FunctionName="other")) for least in (1, 1000))

    assert [change.kind.name for change in difference(tmp_path, old, new).changes] == ["alarm-later"]
