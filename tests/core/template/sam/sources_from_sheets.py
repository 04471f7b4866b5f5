"""SAM sources from a seed: legal templates, and those with one thing wrong, written as a SAM user would write them.

The numbers come from the fact sheets, for the templates do. Chance decides on the ways of SAM: what stands in Globals,
whether the role is given or made, which policies it has, and whether the function publishes to an alias.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.sources import SOURCES
from cdk_esm.sources.sam_events import FOR_THE_ROLE, GLOBALS, PULL_EVENTS, SAME, TRANSFORM
from tests.core.generated.case import Case
from tests.core.generated.corruptions import EVERY_CORRUPTION
from tests.core.generated.legal import legal

EVENT_OF: Final = {
    "sqs": "SQS",
    "sqs-fifo": "SQS",
    "kinesis": "Kinesis",
    "kinesis-efo": "Kinesis",
    "dynamodb": "DynamoDB",
    "msk": "MSK",
    "msk-serverless": "MSK",
    "self-managed-kafka": "SelfManagedKafka",
    "activemq": "MQ",
    "rabbitmq": "MQ",
    "documentdb": "DocumentDB",
}
_KINDS: Final = tuple(SOURCES)
_MADE_BY_SAM: Final = ("Version", "Live", "Policy", "Role", "Orders")
_TYPES: Final = {"AWS::SQS::Queue": "SQS", "AWS::SNS::Topic": "SNS", "AWS::S3::Bucket": "S3"}
_POLICY_TEMPLATES: Final[tuple[dict[str, dict[str, Any]], ...]] = (
    {"SQSPollerPolicy": {"QueueName": {"Fn::GetAtt": ["Source", "QueueName"]}}},
    {"SQSPollerPolicy": {"QueueName": {"Ref": "Source"}}},
    {"KinesisStreamReadPolicy": {"StreamName": {"Ref": "Source"}}},
    {"DynamoDBStreamReadPolicy": {"TableName": {"Ref": "Source"}, "StreamName": "*"}},
    {"S3WritePolicy": {"BucketName": {"Ref": "Failed"}}},
    {"SNSPublishMessagePolicy": {"TopicName": {"Fn::GetAtt": ["Failed", "TopicName"]}}},
    {"SQSSendMessagePolicy": {"QueueName": {"Fn::GetAtt": ["Failed", "QueueName"]}}},
    {"VPCAccessPolicy": {}},
    {"CloudWatchPutMetricPolicy": {}},
)


def source_of(seed: int) -> dict[str, Any]:
    """The SAM source of a seed: every kind of source in turn, every other one with something wrong in it."""
    kind = _KINDS[seed % len(_KINDS)]
    case = legal(kind, seed)
    if case.draw.chance(0.5):
        fitting = [one for one in EVERY_CORRUPTION if kind in one.kinds]
        case.draw.one_of(fitting).change(case)
    return _as_sam(case)


def _as_sam(case: Case) -> dict[str, Any]:
    """The same in SAM's words."""
    draw, document = case.draw, case.template()
    resources = document["Resources"]
    function = resources["Function"]["Properties"]
    code = function.pop("Code")
    if "ZipFile" in code:
        function["InlineCode"] = code["ZipFile"]
    else:
        function["CodeUri"] = {"Bucket": code["S3Bucket"], "Key": code["S3Key"]}
    event_type = EVENT_OF[case.kind]
    function["Events"] = {"Orders": {"Type": event_type, "Properties": _event(case, event_type, resources)}}
    made = [name for name in _MADE_BY_SAM if name not in ("Role", "Policy")]
    if draw.chance(0.7):
        made = list(_MADE_BY_SAM)
        del function["Role"]
        function["Policies"] = _policies(case)
    if draw.chance(0.3):
        function["AutoPublishAlias"] = "live"
    if draw.chance(0.1):
        function["VpcConfig"] = {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
    if draw.chance(0.2):
        function["DeadLetterQueue"] = {"Type": "SQS", "TargetArn": "arn:aws:sqs:eu-west-1:111122223333:late"}
    shared = {name: function.pop(name) for name in list(function) if name in GLOBALS["Function"] and draw.chance(0.3)}
    metadata = resources["Orders"].get("Metadata")
    kept = {name: body for name, body in resources.items() if name not in made and name != "Function"}
    own = {"Type": "AWS::Serverless::Function", "Properties": function}
    document["Resources"] = {"Function": own | ({"Metadata": metadata} if metadata else {}), **kept}
    document |= {"Transform": TRANSFORM} | ({"Globals": {"Function": shared}} if shared else {})
    return copy.deepcopy(document)


def _event(case: Case, event_type: str, resources: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of the event; what SAM has no property for is left out."""
    facts, mapping = PULL_EVENTS[event_type], resources["Orders"]["Properties"]
    found = {name: mapping[name] for name in mapping if name in SAME}
    for own, theirs in facts.renamed.items():
        value: Any = mapping
        for part in theirs.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        found |= {} if value is None else {own: value}
    target = found.get("DestinationConfig", {}).get("OnFailure")
    failed = _TYPES.get(resources.get("Failed", {}).get("Type"))
    if isinstance(target, dict) and failed is not None and case.draw.chance(0.6):
        target["Type"] = failed
    if event_type in ("MQ", "DocumentDB", "SelfManagedKafka") and case.draw.chance(0.3):
        found[FOR_THE_ROLE[-1]] = "1234abcd-12ab-34cd-56ef-1234567890ab"
    return found


def _policies(case: Case) -> list[Any]:
    """What the function's role is given beside what SAM adds."""
    draw = case.draw
    found: list[Any] = []
    if draw.chance(0.5):
        found.append({"Version": "2012-10-17", "Statement": case.statements})
    if draw.chance(0.3):
        found.append(draw.one_of(("AWSLambdaBasicExecutionRole", "AmazonSQSFullAccess", "AWSXRayDaemonWriteAccess")))
    named = {name for name, body in case.resources.items() if body["Type"] in _NAMED}
    fitting = [one for one in _POLICY_TEMPLATES if _refers_to(one) <= named]
    found += [draw.one_of(fitting)] if draw.chance(0.4) else []
    return found


_NAMED: Final = (
    "AWS::SQS::Queue",
    "AWS::Kinesis::Stream",
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::SNS::Topic",
)


def _refers_to(policy: Mapping[str, Any]) -> set[str]:
    """The resources that a policy template gets as its parameters."""
    [parameters] = policy.values()
    values = [value for value in parameters.values() if isinstance(value, dict)]
    return {value.get("Ref") or value["Fn::GetAtt"][0] for value in values}
