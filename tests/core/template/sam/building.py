"""The parts that the tests build SAM sources of."""

from __future__ import annotations

from typing import Any, Final

from cdk_esm.sources.sam_events import TRANSFORM

CODE: Final = {"Runtime": "python3.13", "Handler": "app.handler", "CodeUri": "s3://assets/app.zip"}
QUEUE: Final = {
    "Jobs": {
        "Type": "AWS::SQS::Queue",
        "Properties": {
            "VisibilityTimeout": 180,
            "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["Lost", "Arn"]}, "maxReceiveCount": 5},
        },
    },
    "Lost": {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": 1209600}},
}
TABLE: Final = {
    "Ledger": {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "BillingMode": "PAY_PER_REQUEST",
            "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
        },
    }
}
STREAM: Final = {"Clicks": {"Type": "AWS::Kinesis::Stream", "Properties": {"RetentionPeriodHours": 48}}}
ROLE: Final = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": []}}}


def get(logical_id: str, attribute: str = "Arn") -> dict[str, Any]:
    return {"Fn::GetAtt": [logical_id, attribute]}


def event(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": properties}


def function(events: Any = None, **properties: Any) -> dict[str, Any]:
    given = {} if events is None else {"Events": events}
    return {"Type": "AWS::Serverless::Function", "Properties": {**CODE, **properties, **given}}


def mapping(queue: str = "Jobs", name: str = "Worker", **properties: Any) -> dict[str, Any]:
    """A mapping that somebody wrote by hand."""
    own = {"EventSourceArn": get(queue), "FunctionName": {"Ref": name}, **properties}
    return {"Type": "AWS::Lambda::EventSourceMapping", "Properties": own}


def connector(source: str, destination: str, *permissions: str) -> dict[str, Any]:
    ends = {"Source": {"Id": source}, "Destination": {"Id": destination}}
    return {"Type": "AWS::Serverless::Connector", "Properties": {**ends, "Permissions": list(permissions)}}


def source(*parts: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """A SAM source of some resources."""
    resources = {name: body for part in parts for name, body in part.items()}
    return {"Transform": TRANSFORM, **sections, "Resources": resources}


READS_JOBS: Final = {"Job": event("SQS", Queue=get("Jobs"))}
