"""SAM sources of our own, each with something that SAM does in a way of its own."""

from __future__ import annotations

from typing import Any, Final

from tests.core.template.sam.building import (
    QUEUE,
    READS_JOBS,
    ROLE,
    STREAM,
    TABLE,
    connector,
    event,
    function,
    get,
    mapping,
    source,
)

_STAGES: Final = {"Stage": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]}}
_IN_PRODUCTION: Final = {"InProduction": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}}
_BRANCHES: Final = {"Parameters": _STAGES, "Conditions": _IN_PRODUCTION}
_NOTHING: Final = {"Ref": "AWS::NoValue"}
_INLINE: Final = {"Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": get("Jobs")}]}

_REGISTRY: Final = "arn:aws:glue:eu-west-1:111122223333:registry/shop"
_REGISTRY_HERE: Final = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:registry/shop"
_SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"  # noqa: S105 - an ARN


def _registered(registry: Any) -> dict[str, Any]:
    """An event of a cluster whose records have their schemas in a registry."""
    return event(
        "MSK",
        Stream="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/aaaabbbb-0000-1111-2222-333344445555-3",
        Topics=["orders"],
        StartingPosition="TRIM_HORIZON",
        ConsumerGroupId="shop",
        ProvisionedPollerConfig={"MinimumPollers": 1},
        SchemaRegistryConfig={
            "SchemaRegistryURI": registry,
            "EventRecordFormat": "JSON",
            "SchemaValidationConfigs": [{"Attribute": "VALUE"}],
            "AccessConfigs": [{"Type": "BASIC_AUTH", "URI": _SECRET}],
        },
    )


OWN_SOURCES: Final[dict[str, dict[str, Any]]] = {
    "the timeout of Globals": source(QUEUE, {"Worker": function(READS_JOBS)}, Globals={"Function": {"Timeout": 60}}),
    "Globals ignored": source(
        QUEUE,
        {"Worker": {**function(READS_JOBS), "IgnoreGlobals": ["Timeout"]}},
        Globals={"Function": {"Timeout": 600, "MemorySize": 256}},
    ),
    "records of Globals merged": source(
        QUEUE,
        {"Worker": function(READS_JOBS, Environment={"Variables": {"A": "own"}}, Architectures=["arm64"])},
        Globals={"Function": {"Environment": {"Variables": {"A": "all", "B": "all"}}, "Architectures": ["x86_64"]}},
    ),
    "two events": source(
        QUEUE,
        STREAM,
        {
            "Worker": function(
                {**READS_JOBS, "Click": event("Kinesis", Stream=get("Clicks"), StartingPosition="LATEST")}
            )
        },
    ),
    "a given role": source(QUEUE, {"Own": ROLE, "Worker": function(READS_JOBS, Role=get("Own"), Policies=[_INLINE])}),
    "a role under a condition": source(
        QUEUE,
        {
            "Worker": function(
                READS_JOBS, Role={"Fn::If": ["InProduction", "arn:aws:iam::111122223333:role/own", _NOTHING]}
            )
        },
        **_BRANCHES,
    ),
    "a role under the other condition": source(
        QUEUE,
        {"Own": ROLE, "Worker": function(READS_JOBS, Role={"Fn::If": ["InProduction", _NOTHING, get("Own")]})},
        **_BRANCHES,
    ),
    "policies under a condition": source(
        QUEUE,
        {"Worker": function(Policies=[{"Fn::If": ["InProduction", _INLINE, _NOTHING]}]), "Link": mapping()},
        **_BRANCHES,
    ),
    "a function under a condition": source(
        QUEUE, {"Worker": {**function(READS_JOBS, Timeout=400), "Condition": "InProduction"}}, **_BRANCHES
    ),
    "a setting under a condition": source(
        QUEUE,
        {"Worker": function({"Job": event("SQS", Queue=get("Jobs"), BatchSize={"Fn::If": ["InProduction", 100, 10]})})},
        **_BRANCHES,
    ),
    "a mapping by hand": source(
        QUEUE, {"Worker": function(Timeout=300, Policies=["AmazonSQSFullAccess"]), "Link": mapping()}
    ),
    "a policy template": source(
        QUEUE,
        {
            "Worker": function(Policies=[{"SQSPollerPolicy": {"QueueName": get("Jobs", "QueueName")}}]),
            "Link": mapping(),
        },
    ),
    "a policy template with a URL": source(
        QUEUE, {"Worker": function(Policies={"SQSPollerPolicy": {"QueueName": {"Ref": "Jobs"}}}), "Link": mapping()}
    ),
    "a connector": source(
        QUEUE, {"Worker": function(), "Link": mapping(), "Way": connector("Jobs", "Worker", "Read", "Write")}
    ),
    "mappings that depend on a connector": source(
        QUEUE,
        {
            "Worker": function(),
            "Link": {**mapping(), "DependsOn": ["Way", "Lost"]},
            "Other": {**mapping(), "DependsOn": "Way"},
            "Way": connector("Jobs", "Worker", "Read", "Write"),
        },
    ),
    "a connector of a table": source(
        TABLE,
        {
            "Worker": function(),
            "Way": connector("Ledger", "Worker", "Read"),
            "Link": mapping("Ledger", EventSourceArn=get("Ledger", "StreamArn"), StartingPosition="TRIM_HORIZON"),
        },
    ),
    "a connector within a queue": source(
        {
            **QUEUE,
            "Jobs": {
                **QUEUE["Jobs"],
                "Connectors": {
                    "Way": {"Properties": {"Destination": {"Id": "Worker"}, "Permissions": ["Read", "Write"]}}
                },
            },
            "Worker": function(),
            "Link": mapping(),
        }
    ),
    "an alias": source(
        QUEUE,
        {
            "Worker": function(
                READS_JOBS, AutoPublishAlias="live", ProvisionedConcurrencyConfig={"ProvisionedConcurrentExecutions": 2}
            )
        },
        {"Link": mapping("Lost", FunctionName={"Ref": "Worker.Alias"})},
    ),
    "an alias by parameter": source(
        QUEUE,
        {"Worker": function(READS_JOBS, AutoPublishAlias={"Ref": "Name"})},
        Parameters={"Name": {"Type": "String", "Default": "green"}},
    ),
    "the simple table has no stream": source(
        {
            "Plain": {"Type": "AWS::Serverless::SimpleTable"},
            "Worker": function(
                {"Row": event("DynamoDB", Stream=get("Plain", "StreamArn"), StartingPosition="TRIM_HORIZON")}
            ),
        },
        Globals={"SimpleTable": {"SSESpecification": {"SSEEnabled": True}}},
    ),
    "a subscribed queue": source(
        {"News": {"Type": "AWS::SNS::Topic"}},
        {"Worker": function({"Story": event("SNS", Topic={"Ref": "News"}, SqsSubscription=True)})},
    ),
    "a subscribed queue in order": source(
        {"News": {"Type": "AWS::SNS::Topic", "Properties": {"FifoTopic": True}}},
        {"Worker": function({"Story": event("SNS", Topic={"Ref": "News"}, SqsSubscription=True)})},
    ),
    "a connector to a role": source(
        QUEUE,
        {
            "Own": ROLE,
            "Worker": function(Role=get("Own")),
            "Way": {
                "Type": "AWS::Serverless::Connector",
                "Properties": {
                    "Source": {"Type": "AWS::SQS::Queue", "Arn": get("Jobs")},
                    "Destination": [
                        {"Type": "AWS::Lambda::Function", "RoleName": {"Ref": "Own"}, "Arn": get("Worker")},
                        {"Id": "Worker"},
                    ],
                    "Permissions": ["Write", "Read"],
                },
            },
            "Link": mapping(),
        },
    ),
    "connectors to what a function writes to": source(
        QUEUE,
        {
            "News": {"Type": "AWS::SNS::Topic"},
            "Files": {"Type": "AWS::S3::Bucket"},
            "Worker": function(READS_JOBS),
            "Mail": connector("Worker", "News", "Write"),
            "Copy": connector("Worker", "Files", "Read", "Write"),
            "Again": connector("Worker", "Jobs", "Write"),
        },
    ),
    "a schema registry by its ARN": source({"Worker": function({"Order": _registered(_REGISTRY)})}),
    "a schema registry by Fn::Sub": source({"Worker": function({"Order": _registered({"Fn::Sub": _REGISTRY})})}),
    "a schema registry of here": source({"Worker": function({"Order": _registered({"Fn::Sub": _REGISTRY_HERE})})}),
    "a schema registry of others": source({"Worker": function({"Order": _registered("https://registry.example")})}),
    "a subscribed queue of one's own": source(
        QUEUE,
        {"News": {"Type": "AWS::SNS::Topic"}},
        {
            "Worker": function(
                {
                    "Story": event(
                        "SNS",
                        Topic={"Ref": "News"},
                        SqsSubscription={"QueueArn": get("Jobs"), "QueueUrl": {"Ref": "Jobs"}, "BatchSize": 100},
                    )
                }
            )
        },
    ),
    "dead letters and asynchronous failures": source(
        QUEUE,
        {
            "Worker": function(
                READS_JOBS,
                DeadLetterQueue={"Type": "SQS", "TargetArn": get("Lost")},
                EventInvokeConfig={"MaximumRetryAttempts": 1, "DestinationConfig": {"OnFailure": {"Type": "SQS"}}},
            )
        },
    ),
    "asynchronous failures into a bucket": source(
        {**STREAM, "Files": {"Type": "AWS::S3::Bucket"}},
        {
            "Worker": function(
                {
                    "Click": event(
                        "Kinesis",
                        Stream=get("Clicks"),
                        StartingPosition="TRIM_HORIZON",
                        DestinationConfig={"OnFailure": {"Destination": get("Files")}},
                    )
                },
                EventInvokeConfig={
                    "DestinationConfig": {
                        "OnFailure": {"Type": "S3Bucket", "Destination": get("Files")},
                        "OnSuccess": {"Type": "SNS"},
                    }
                },
            )
        },
    ),
    "managed policies under a condition": source(
        QUEUE,
        {
            "Worker": function(Policies=[{"Fn::If": ["InProduction", "AmazonSQSFullAccess", _NOTHING]}]),
            "Link": mapping(),
        },
        **_BRANCHES,
    ),
    "a key of the credentials": source(
        {
            "Worker": function(
                {
                    "Change": event(
                        "DocumentDB",
                        Cluster="arn:aws:rds:eu-west-1:111122223333:cluster:shop",
                        DatabaseName="shop",
                        StartingPosition="TRIM_HORIZON",
                        SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": _SECRET}],
                        SecretsManagerKmsKeyId="1234abcd-12ab-34cd-56ef-1234567890ab",
                    )
                }
            )
        }
    ),
    "pushed events only": source(
        QUEUE, {"Worker": function({"Tick": event("Schedule", Schedule="rate(1 hour)")}), "Link": mapping()}
    ),
}
"""Name to source."""
