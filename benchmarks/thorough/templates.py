"""Small templates for the fuzzer to begin with, and what it puts into them."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.thorough.hostile import EVENTS
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping as sound_mapping
from cdk_esm.testing.templates import get, mapping, ref, resource, template, without_fault

YAML: Final = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: {Type: String, Default: live, AllowedValues: [live, test]}
Conditions:
  Live: !Equals [!Ref Stage, live]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub "${AWS::StackName}-orders"
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: !If [Live, 5, 1]}
  Dead: {Type: AWS::SQS::Queue, Condition: Live}
  Function: {Type: AWS::Lambda::Function, Properties: {Timeout: 30}}
  Orders:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Queue.Arn
      FunctionName: !Join ["", [!Ref Function, ":live"]]
      FilterCriteria: {Filters: [{Pattern: '{"body": {"type": ["paid"]}}'}]}
"""

_STREAM: Final = {
    "Stream": resource("Kinesis::Stream", {"ShardCount": 2, "RetentionPeriodHours": 48}),
    "Consumer": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream"), "ConsumerName": "fulfil"}),
    "Failed": resource("S3::Bucket"),
    "Orders": mapping(
        get("Consumer", "ConsumerARN"),
        StartingPosition="TRIM_HORIZON",
        DestinationConfig={"OnFailure": {"Destination": get("Failed")}},
        ParallelizationFactor={"Fn::Select": [1, [1, 2]]},
    ),
}
_TABLE: Final = {
    "Table": resource("DynamoDB::Table", {"StreamSpecification": {"StreamViewType": "KEYS_ONLY"}}),
    "Orders": mapping(
        get("Table", "StreamArn"),
        StartingPosition="LATEST",
        FilterCriteria={"Filters": [{"Pattern": '{"dynamodb": {"NewImage": {"a": {"S": ["x"]}}}}'}]},
    ),
    "Again": mapping(get("Table", "StreamArn"), StartingPosition="LATEST"),
}
_CHOICES: Final = {
    "Queue": resource("SQS::Queue", {"VisibilityTimeout": {"Fn::FindInMap": ["Times", ref("Stage"), "Seconds"]}}),
    "Alias": resource("Lambda::Alias", {"FunctionName": ref("Function"), "Name": "live"}),
    "Orders": mapping(
        {"Fn::If": ["Live", get("Queue"), {"Fn::ImportValue": {"Fn::Sub": "${Stage}-queue"}}]},
        FunctionName=ref("Alias"),
        BatchSize=ref("Size"),
        ScalingConfig={"Fn::If": ["Live", {"MaximumConcurrency": 2}, ref("AWS::NoValue")]},
    ),
}
_ROLES: Final = {
    "Queue": resource("SQS::Queue"),
    "Policy": resource(
        "IAM::Policy",
        {
            "PolicyName": "poll",
            "Roles": [ref("Role")],
            "PolicyDocument": {
                "Statement": {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:*"], "Resource": "*"}
            },
        },
    ),
    "Orders": {**mapping(get("Queue")), "DependsOn": ["Policy"]},
}
_LOOPS: Final = {
    "Fn::ForEach::Lanes": [
        "Lane",
        ref("Names"),
        {
            "Queue${Lane}": resource("SQS::Queue", {"QueueName": {"Fn::Sub": "${Lane}-orders"}}),
            "Orders&{Lane}": mapping({"Fn::GetAtt": [{"Fn::Sub": "Queue${Lane}"}, "Arn"]}),
        },
    ],
}

_SERVERLESS: Final[dict[str, Any]] = {
    "Transform": "AWS::Serverless-2016-10-31",
    "Globals": {"Function": {"Timeout": 30, "Environment": {"Variables": {"A": "b"}}}},
    "Conditions": {"Live": {"Fn::Equals": [ref("AWS::Region"), "eu-west-1"]}},
    "Resources": {
        "Queue": resource("SQS::Queue"),
        "Plain": resource("Serverless::SimpleTable"),
        "Way": resource(
            "Serverless::Connector",
            {"Source": {"Id": "Queue"}, "Destination": {"Id": "Worker"}, "Permissions": ["Read", "Write"]},
        ),
        "Worker": resource(
            "Serverless::Function",
            {
                "Handler": "app.handler",
                "AutoPublishAlias": "live",
                "Role": {"Fn::If": ["Live", "arn:aws:iam::111122223333:role/own", ref("AWS::NoValue")]},
                "Policies": [{"SQSPollerPolicy": {"QueueName": get("Queue", "QueueName")}}, "AmazonSQSFullAccess"],
                "EventInvokeConfig": {"DestinationConfig": {"OnFailure": {"Type": "SQS"}}},
                "Events": {
                    "Job": {"Type": "SQS", "Properties": {"Queue": get("Queue"), "BatchSize": 10}},
                    "Row": {
                        "Type": "DynamoDB",
                        "Properties": {"Stream": get("Plain", "StreamArn"), "StartingPosition": "LATEST"},
                    },
                    "Story": {"Type": "SNS", "Properties": {"Topic": "t", "SqsSubscription": True}},
                },
            },
        ),
        "Orders": resource(
            "Lambda::EventSourceMapping", {"EventSourceArn": get("Queue"), "FunctionName": ref("Worker.Alias")}
        ),
    },
}
_EVERY_EVENT: Final[dict[str, Any]] = {
    "Transform": "AWS::Serverless-2016-10-31",
    "Resources": {
        "Queue": resource("SQS::Queue"),
        "Stream": resource("Kinesis::Stream", {"ShardCount": 1}),
        "Table": resource("DynamoDB::Table", {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}}),
        "Broker": resource("AmazonMQ::Broker", {"EngineType": "RABBITMQ"}),
        "Worker": resource(
            "Serverless::Function",
            {
                "Handler": "app.handler",
                "Connectors": {"Way": {"Properties": {"Destination": {"Id": "Queue"}, "Permissions": ["Write"]}}},
                "Events": {kind: {"Type": kind, "Properties": properties} for kind, properties in EVENTS.items()},
            },
        ),
    },
}
TEMPLATES: Final[tuple[dict[str, Any], ...]] = (
    without_fault(BatchSize=10),
    template(_STREAM),
    template(_TABLE),
    template(
        _CHOICES,
        Parameters={"Stage": {"Type": "String", "Default": "live"}, "Size": {"Type": "Number", "Default": "10"}},
        Conditions={"Live": {"Fn::Not": [{"Fn::Equals": [ref("Stage"), "test"]}]}},
        Mappings={"Times": {"live": {"Seconds": "180"}}},
        Outputs={"Queue": {"Value": get("Queue"), "Export": {"Name": "orders"}}},
    ),
    template(_ROLES),
    _SERVERLESS,
    _EVERY_EVENT,
    template(
        _LOOPS,
        Transform="AWS::LanguageExtensions",
        Parameters={"Names": {"Type": "CommaDelimitedList", "Default": "North,South"}},
    ),
    *(
        template({"Orders": resource("Lambda::EventSourceMapping", dict(sound_mapping(kind).settings))})
        for kind in SOURCES
    ),
)

FUNCTIONS: Final = (
    *("Ref", "Condition", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::If", "Fn::FindInMap"),
    *("Fn::ImportValue", "Fn::GetStackOutput", "Fn::ToJsonString", "Fn::Length", "Fn::Equals", "Fn::And", "Fn::Or"),
    *("Fn::Not", "Fn::Base64", "Fn::Transform", "Fn::ForEach::Each"),
)

WORDS: Final = (
    *("Queue", "Dead", "Function", "Role", "Orders", "Stream", "Stage", "Live", "AWS::Region", "AWS::NoValue"),
    *("Properties", "Type", "Resources", "Metadata", "DependsOn", "Parameters", "Conditions", "Mappings", "Outputs"),
    *("AWS::Serverless::Function", "AWS::Serverless::Connector", "Events", "Globals", "Policies", "Connectors", "MSK"),
    *("SQSPollerPolicy", "SqsSubscription", "AutoPublishAlias", "DeadLetterQueue", "IgnoreGlobals", "Worker.Alias"),
    *("AWS::Lambda::EventSourceMapping", "AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::CloudFormation::Stack"),
    *("Arn", "StreamArn", "Outputs.A", "${Queue.Arn}", "${AWS::Region}:${!Literal}:${", "*", "sqs:*", "", "true", "10"),
    *("arn:aws:sqs:eu-west-1:111122223333:orders.fifo", "arn:aws:kinesis:eu-west-1:111122223333:stream/a/consumer/b:1"),
    *("arn:aws:lambda:eu-west-1:111122223333:function:fulfil:live", "arn:::::", "arn:aws:sqs:::", "cdk-esm"),
    *('{"body": {"a": [{"numeric": [">", 1]}]}}', '{"$or": []}', "[" * 200, "1e999", "-1", "0x10", "\ud800", "\0"),
    *(
        "AssumeRolePolicyDocument",
        "EventSourceArn",
        "FunctionName",
        "BatchSize",
        "FilterCriteria",
        "Filters",
        "Pattern",
    ),
    *("StartingPosition", "StartingPositionTimestamp", "SourceAccessConfigurations", "SelfManagedEventSource", "Tags"),
    *("DestinationConfig", "OnFailure", "Destination", "RedrivePolicy", "maxReceiveCount", "PolicyDocument", "Action"),
)

SCALARS: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 10, 10_001, 2**63, 10**400, 0.5, float("nan"), float("inf")),
    *([], {}, [None], {"": None}, {1: 2}, {None: 1}),
)
