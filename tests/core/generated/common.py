"""Settings that most sources take, and the destination of failed records."""

from __future__ import annotations

import time
from typing import Any, Final

from tests.core.generated.case import ACCOUNT, Case
from tests.core.generated.patterns import filters

_DAY: Final = 86_400
_TAGS: Final = (("team", "shop"), ("stage", "prod"), ("cost-center", "4711"), ("owner", ""))


def add_mapping(case: Case, source: Any, target: Any) -> dict[str, Any]:
    """Add the mapping with what every source takes; return its properties."""
    settings: dict[str, Any] = {"FunctionName": target}
    if source is not None:
        settings["EventSourceArn"] = source
    case.add("Orders", "Lambda::EventSourceMapping", settings)
    draw = case.draw
    if draw.chance(0.3):
        settings["Enabled"] = case.value(draw.chance(0.8))
    if draw.chance(0.25):
        settings["Tags"] = [{"Key": key, "Value": value} for key, value in draw.some_of(_TAGS, 1)]
    return settings


def filter_now_and_then(case: Case, view: str | None = None, *, metrics: bool = True) -> None:
    """Filters, the metrics that show what they drop, and a key for them."""
    draw, settings = case.draw, case.settings
    if draw.chance(0.35):
        settings["FilterCriteria"] = {"Filters": filters(draw, case.kind, view)}
        if metrics:
            settings["MetricsConfig"] = {"Metrics": ["EventCount"]}
        if draw.chance(0.15):
            key = "arn:aws:kms:eu-west-1:111122223333:key/0f4b7d3e-5c1a-4f6e-9f5e-1d2c3b4a5968"
            settings["KmsKeyArn"] = key
    elif metrics and draw.chance(0.2):
        settings["MetricsConfig"] = {"Metrics": ["EventCount"]}


def batches(case: Case) -> None:
    """Batch, window, and the partial batch response, which a batch of one needs not."""
    draw, sheet, settings = case.draw, case.sheet.by_name, case.settings
    if draw.chance(0.7):
        settings["BatchSize"] = case.value(draw.within(sheet["BatchSize"]))
    if draw.chance(0.4):
        settings["MaximumBatchingWindowInSeconds"] = case.value(draw.within(sheet["MaximumBatchingWindowInSeconds"]))


def answer_partially(case: Case) -> None:
    """The partial batch response: but for a batch of one a handler that has none makes all be tried again."""
    alone = str(case.settings.get("BatchSize")) == "1"
    if not alone or case.draw.chance(0.5):
        case.settings["FunctionResponseTypes"] = ["ReportBatchItemFailures"]


def start(case: Case) -> None:
    """Where reading begins: from the beginning, or at a moment in the past; LATEST misses records."""
    draw, settings = case.draw, case.settings
    moments = "AT_TIMESTAMP" in case.sheet.by_name["StartingPosition"].choices
    if moments and draw.chance(0.3):
        settings["StartingPosition"] = "AT_TIMESTAMP"
        settings["StartingPositionTimestamp"] = case.value(int(time.time()) - draw.between(60, 300 * _DAY))
        return
    settings["StartingPosition"] = case.value("TRIM_HORIZON")


def destination(case: Case, *kinds: str) -> str:
    """Where failed records go, and what the role needs for that; return its kind."""
    draw = case.draw
    kind = draw.one_of(kinds)
    made = draw.chance(0.8)
    if kind == "bucket":
        arn: Any = case.arn("Failed") if made else "arn:aws:s3:::orders-failed"
        if made:
            case.add("Failed", "S3::Bucket", {})
        # Without it a bucket of that name that somebody else makes later would get the records.
        owner = draw.one_of(({"Ref": "AWS::AccountId"}, ACCOUNT))
        more: Any = {"Condition": {"StringEquals": {"s3:ResourceAccount": owner}}}
        case.allow(("s3:ListBucket",), arn, **more)
        case.allow(("s3:PutObject",), _objects(case, made=made), **more)
    elif kind == "queue":
        arn = case.arn("Failed") if made else case.elsewhere("sqs", "orders-failed")
        if made:
            case.add("Failed", "SQS::Queue", {"MessageRetentionPeriod": 1_209_600})
        case.allow(("sqs:SendMessage",), arn)
    else:
        arn = {"Ref": "Failed"} if made else case.elsewhere("sns", "orders-failed")
        if made:
            case.add("Failed", "SNS::Topic", {})
        case.allow(("sns:Publish",), arn)
    case.settings["DestinationConfig"] = {"OnFailure": {"Destination": arn}}
    case.notes["destination"] = kind
    return kind


def _objects(case: Case, *, made: bool) -> Any:
    below = case.draw.one_of(("/aws/lambda/*", "/*"))
    if not made:
        return f"arn:aws:s3:::orders-failed{below}"
    ways = ({"Fn::Sub": f"${{Failed.Arn}}{below}"}, {"Fn::Join": ["", [{"Fn::GetAtt": ["Failed", "Arn"]}, below]]})
    return case.draw.one_of(ways)


def own_key(case: Case, actions: tuple[str, ...]) -> Any:
    """A key of the account's own for a source, which the role may then use."""
    case.add("Key", "KMS::Key", {"KeyPolicy": {"Version": "2012-10-17", "Statement": [_administered()]}})
    case.allow(actions, {"Fn::GetAtt": ["Key", "Arn"]})
    return {"Fn::GetAtt": ["Key", "Arn"]}


def _administered() -> dict[str, Any]:
    root = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}
    return {"Effect": "Allow", "Action": "kms:*", "Principal": root, "Resource": "*"}
