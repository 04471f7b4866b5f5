"""Small templates, each with one thing that the reader has to make something of."""

from typing import Any

from cdk_esm.sources import SOURCES
from cdk_esm.testing.sound import mapping as sound_mapping
from cdk_esm.testing.templates import get, mapping, ref, resource

HERE = "${AWS::Region}:${AWS::AccountId}"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"
THERE = "eu-central-1:444455556666"


def failing_to(destination: Any) -> dict[str, Any]:
    """A mapping of a stream with an on-failure destination."""
    return {
        "Stream": resource("Kinesis::Stream"),
        "Key": resource("KMS::Key"),
        "Orders": mapping(get("Stream"), DestinationConfig={"OnFailure": {"Destination": destination}}),
    }


def encrypted(key: Any) -> dict[str, Any]:
    """What a bucket says of its encryption."""
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    return {"BucketEncryption": {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": default}]}}


STREAM = {
    "ShardCount": 4,
    "RetentionPeriodHours": "48",
    "MaxRecordSizeInKiB": 2048,
    "StreamEncryption": {"EncryptionType": "KMS", "KeyId": get("Key")},
}
VIEW = {"StreamViewType": "NEW_IMAGE"}
ONE_REPLICA = [{"Region": "eu-west-1", "SSESpecification": {"KMSMasterKeyId": KEY}}]

SOURCES_READ: dict[str, dict[str, Any]] = {
    "stream": {
        "Key": resource("KMS::Key"),
        "Stream": resource("Kinesis::Stream", STREAM),
        "Orders": mapping(get("Stream"), StartingPosition="LATEST"),
    },
    "stream on demand": {
        "Stream": resource("Kinesis::Stream", {"ShardCount": 4, "StreamModeDetails": {"StreamMode": "ON_DEMAND"}}),
        "Orders": mapping(get("Stream")),
    },
    "stream elsewhere": {"Orders": mapping(f"arn:aws:kinesis:{THERE}:stream/clicks")},
    "stream that a parameter names": {"Orders": mapping({"Fn::Sub": f"arn:aws:kinesis:{HERE}:stream/${{Name}}"})},
    "consumer elsewhere": {"Orders": mapping(f"arn:aws:kinesis:{THERE}:stream/clicks/consumer/fulfil:1")},
    "consumer that a parameter names": {
        "Orders": mapping({"Fn::Sub": f"arn:aws:kinesis:{HERE}:stream/clicks/consumer/${{Name}}:1"})
    },
    "consumer of the template's stream, by its name": {
        "Stream": resource("Kinesis::Stream", {"Name": "clicks", "ShardCount": 4}),
        "Orders": mapping({"Fn::Sub": f"arn:aws:kinesis:{HERE}:stream/clicks/consumer/fulfil:1"}),
    },
    "table": {
        "Table": resource(
            "DynamoDB::Table", {"StreamSpecification": VIEW, "SSESpecification": {"KMSMasterKeyId": KEY}}
        ),
        "Orders": mapping(get("Table", "StreamArn")),
    },
    "stream of the template's table, by its name": {
        "Table": resource("DynamoDB::Table", {"TableName": "shop", "StreamSpecification": VIEW}),
        "Orders": mapping({"Fn::Sub": f"arn:aws:dynamodb:{HERE}:table/shop/stream/2026-11-20"}),
    },
    "table without a stream": {"Table": resource("DynamoDB::Table"), "Orders": mapping(get("Table"))},
    "global table of one Region": {
        "Table": resource("DynamoDB::GlobalTable", {"StreamSpecification": VIEW, "Replicas": ONE_REPLICA}),
        "Orders": mapping(get("Table", "StreamArn")),
    },
    "global table of two Regions": {
        "Table": resource("DynamoDB::GlobalTable", {"Replicas": [{"Region": "eu-central-1"}, *ONE_REPLICA]}),
        "Orders": mapping(get("Table", "StreamArn")),
    },
    "table's stream elsewhere": {"Orders": mapping(f"arn:aws:dynamodb:{THERE}:table/shop/stream/2026-11-20")},
    "table elsewhere": {"Orders": mapping(f"arn:aws:dynamodb:{THERE}:table/shop")},
    "table that a parameter names": {"Orders": mapping({"Fn::Sub": f"arn:aws:dynamodb:{HERE}:table/${{Name}}"})},
    "queue": {
        "Key": resource("KMS::Key"),
        "Queue": resource(
            "SQS::Queue",
            {
                "VisibilityTimeout": 180,
                "MessageRetentionPeriod": 3600,
                "DelaySeconds": 5,
                "KmsMasterKeyId": ref("Key"),
                "RedrivePolicy": {"deadLetterTargetArn": get("Dead"), "maxReceiveCount": 3},
            },
        ),
        "Dead": resource("SQS::Queue", {"QueueName": "dead", "MessageRetentionPeriod": 1_209_600}),
        "Orders": mapping(get("Queue")),
    },
    "FIFO queue by the end of its name": {
        "Queue": resource("SQS::Queue", {"QueueName": {"Fn::Sub": "${Name}-orders.fifo"}}),
        "Orders": mapping(get("Queue")),
    },
    "MSK": {
        "Cluster": resource(
            "MSK::Cluster",
            {
                "ClientAuthentication": {"Sasl": {"Scram": {"Enabled": True}, "Iam": {"Enabled": "false"}}},
                "BrokerNodeGroupInfo": {"ClientSubnets": ["subnet-1"]},
            },
        ),
        "Orders": mapping(get("Cluster"), Topics=["orders"]),
    },
    "MSK Serverless": {
        "Cluster": resource("MSK::ServerlessCluster", {"VpcConfigs": [{"SubnetIds": [ref("Subnet")]}, "odd"]}),
        "Subnet": resource("EC2::Subnet"),
        "Orders": mapping(get("Cluster"), Topics=["orders"]),
    },
    "DocumentDB": {
        "Cluster": resource(
            "DocDB::DBCluster", {"EngineVersion": "5.0.0", "DBClusterParameterGroupName": ref("Group")}
        ),
        "Group": resource("DocDB::DBClusterParameterGroup", {"Parameters": {"tls": "disabled"}}),
        "Orders": mapping({"Fn::Sub": f"arn:aws:rds:{HERE}:cluster:${{Cluster}}"}),
    },
    "DocumentDB with its own TLS": {
        "Cluster": resource("DocDB::DBCluster", {"DBClusterParameterGroupName": ref("Group")}),
        "Group": resource("DocDB::DBClusterParameterGroup", {"Parameters": {}}),
        "Orders": mapping({"Fn::Sub": f"arn:aws:rds:{HERE}:cluster:${{Cluster}}"}),
    },
    "DocumentDB Elastic": {
        "Cluster": resource("DocDBElastic::Cluster"),
        "Orders": mapping(get("Cluster", "ClusterArn")),
    },
    "ActiveMQ": {
        "Broker": resource("AmazonMQ::Broker", {"EngineType": "ActiveMQ"}),
        "Orders": mapping(get("Broker"), Queues=["orders"]),
    },
    "RabbitMQ": {
        "Broker": resource("AmazonMQ::Broker", {"EngineType": "RABBITMQ"}),
        "Orders": mapping(get("Broker"), Queues=["orders"]),
    },
    "RabbitMQ by its virtual host": {
        "Orders": mapping(
            f"arn:aws:mq:{THERE}:broker:b:1",
            Queues=["orders"],
            SourceAccessConfigurations=[{"Type": "VIRTUAL_HOST", "URI": "/"}],
        )
    },
    "queue elsewhere": {"Orders": mapping(f"arn:aws:sqs:{THERE}:orders.fifo")},
    "nothing that anybody knows": {"Orders": mapping(ref("Name"), StartingPosition="LATEST")},
    **{
        f"{kind}, by ARNs alone": {"Orders": resource("Lambda::EventSourceMapping", dict(sound_mapping(kind).settings))}
        for kind in SOURCES
    },
}

DESTINATIONS_READ: dict[str, dict[str, Any]] = {
    "queue": {**failing_to(get("End")), "End": resource("SQS::Queue", {"KmsMasterKeyId": KEY})},
    "FIFO queue": {**failing_to(get("End")), "End": resource("SQS::Queue", {"FifoQueue": True})},
    "topic": {**failing_to(ref("End")), "End": resource("SNS::Topic", {"KmsMasterKeyId": ref("Key")})},
    "FIFO topic": {**failing_to(ref("End")), "End": resource("SNS::Topic", {"FifoTopic": "true"})},
    "topic of which only the deployment knows": {
        **failing_to(ref("End")),
        "End": resource("SNS::Topic", {"FifoTopic": ref("Name"), "KmsMasterKeyId": ref("Name")}),
    },
    "bucket": {**failing_to(get("End")), "End": resource("S3::Bucket")},
    "bucket with a key": {**failing_to(get("End")), "End": resource("S3::Bucket", encrypted(get("Key")))},
    "bucket with a hidden key": {**failing_to(get("End")), "End": resource("S3::Bucket", encrypted(ref("Name")))},
    "queue elsewhere": failing_to(f"arn:aws:sqs:{THERE}:failed"),
    "FIFO queue elsewhere": failing_to(f"arn:aws:sqs:{THERE}:failed.fifo"),
    "topic elsewhere": failing_to(f"arn:aws:sns:{THERE}:failed"),
    "bucket elsewhere": failing_to("arn:aws:s3:::failed.fifo"),
    "Kafka topic": failing_to("kafka://failed"),
    "no destination at all": failing_to(f"arn:aws:lambda:{THERE}:function:failed"),
    "nothing that anybody knows": failing_to(ref("Name")),
}


FULL = {
    "Timeout": 60,
    "MemorySize": "512",
    "ReservedConcurrentExecutions": 5,
    "Architectures": ["arm64"],
    "Handler": "app.handler",
    "DurableConfig": {"ExecutionTimeout": 3600},
    "DeadLetterConfig": {"TargetArn": get("Dead")},
    "Environment": {"Variables": {"ONE": "two", "\u00fc": 1}},
    "TenancyConfig": {"TenantIsolationMode": "PER_TENANT"},
    "CapacityProviderConfig": {"LambdaManagedInstancesCapacityProviderConfig": {}},
}
FAILS = {"OnFailure": {"Destination": get("Dead")}}
IN_USE = {"ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 1}}


def invoking(name: Any, /, **resources: Any) -> dict[str, Any]:
    """A mapping to a function, with a queue to send failures to."""
    named = resource("Lambda::Function", {"FunctionName": "fulfil"})
    return {
        "Dead": resource("SQS::Queue"),
        "Named": named,
        **resources,
        "Orders": mapping(get("Dead"), FunctionName=name),
    }


FUNCTIONS_READ: dict[str, dict[str, Any]] = {
    "function": invoking(ref("F"), F=resource("Lambda::Function", FULL)),
    "function of which only the deployment knows": invoking(
        ref("F"), F=resource("Lambda::Function", {name: ref("Name") for name in FULL})
    ),
    "function by its name": invoking("fulfil"),
    "function by its ARN": invoking({"Fn::Sub": f"arn:aws:lambda:{HERE}:function:fulfil"}),
    "version in an ARN": invoking({"Fn::Sub": f"arn:aws:lambda:{HERE}:function:fulfil:7"}),
    "latest version in an ARN": invoking({"Fn::Sub": "${Named.Arn}:$LATEST"}),
    "version behind a function": invoking({"Fn::Join": ["", [ref("Named"), ":7"]]}),
    "alias": invoking(ref("A"), A=resource("Lambda::Alias", {"FunctionName": ref("Named"), "Name": "live"})),
    "version": invoking(ref("V"), V=resource("Lambda::Version", {"FunctionName": ref("Named"), **IN_USE})),
    "function whose version is provisioned": invoking(
        ref("Named"), V=resource("Lambda::Version", {"FunctionName": ref("Named"), **IN_USE})
    ),
    "function whose alias is provisioned": invoking(
        "fulfil", A=resource("Lambda::Alias", {"FunctionName": "fulfil", "Name": "live", **IN_USE})
    ),
    "alias of an alias": invoking(
        ref("B"),
        A=resource("Lambda::Alias", {"FunctionName": ref("Named"), "Name": "live"}),
        B=resource("Lambda::Alias", {"FunctionName": ref("A"), "Name": "more"}),
    ),
    "function with an event invoke config": invoking(
        ref("Named"),
        I=resource("Lambda::EventInvokeConfig", {"FunctionName": "fulfil", "DestinationConfig": FAILS}),
    ),
    "function with a literal destination": invoking(
        ref("Named"),
        I=resource(
            "Lambda::EventInvokeConfig",
            {
                "FunctionName": ref("Named"),
                "DestinationConfig": {"OnFailure": {"Destination": f"arn:aws:sqs:{THERE}:a"}},
            },
        ),
    ),
    "function elsewhere": invoking(f"arn:aws:lambda:{THERE}:function:fulfil"),
    "version elsewhere": invoking(f"arn:aws:lambda:{THERE}:function:fulfil:7"),
    "latest version elsewhere": invoking(f"arn:aws:lambda:{THERE}:function:fulfil:$LATEST"),
    "name elsewhere": invoking("another"),
    "nothing that anybody knows": invoking(ref("Name")),
    "no text": invoking([1]),
    "function with odd variables": invoking(
        ref("F"), F=resource("Lambda::Function", {"Environment": {"Variables": [1]}, "Architectures": []})
    ),
}
