"""Small templates, each with a source that the reader has to make something of."""

from typing import Any

from cdk_esm.sources import SOURCES
from cdk_esm.testing.legal import mapping as sound_mapping
from cdk_esm.testing.templates import get, mapping, ref, resource
from tests.core.template.plan_cases import HERE, KEY, THERE

STREAM = {
    "ShardCount": 4,
    "RetentionPeriodHours": "48",
    "MaxRecordSizeInKiB": 2048,
    "StreamEncryption": {"EncryptionType": "KMS", "KeyId": get("Key")},
}
CLOSED = {
    "Vpc": resource("EC2::VPC", {"CidrBlock": "10.0.0.0/16"}),
    "Subnet": resource("EC2::Subnet", {"VpcId": ref("Vpc")}),
}
SERVERS = {"Endpoints": {"KafkaBootstrapServers": ["a.example.com:9092"]}}
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
    "stream that is said to be provisioned": {
        "Stream": resource("Kinesis::Stream", {"ShardCount": 4, "StreamModeDetails": {"StreamMode": "PROVISIONED"}}),
        "Orders": mapping(get("Stream")),
    },
    "stream of a hidden mode": {
        "Stream": resource("Kinesis::Stream", {"ShardCount": 4, "StreamModeDetails": {"StreamMode": ref("Name")}}),
        "Orders": mapping(get("Stream")),
    },
    "stream elsewhere": {"Orders": mapping(f"arn:aws:kinesis:{THERE}:stream/clicks")},
    "stream that a parameter names": {"Orders": mapping({"Fn::Sub": f"arn:aws:kinesis:{HERE}:stream/${{Name}}"})},
    "consumer of a hidden stream": {
        "Consumer": resource("Kinesis::StreamConsumer", {"StreamARN": ref("Name")}),
        "Orders": mapping(ref("Consumer")),
    },
    "consumer after another one": {
        "Stream": resource("Kinesis::Stream", {"Name": "clicks"}),
        "Consumer": resource(
            "Kinesis::StreamConsumer",
            {"StreamARN": {"Fn::Sub": f"arn:aws:kinesis:{HERE}:stream/clicks"}},
            DependsOn=["Stream", "Gone", "Consumer", "First"],
        ),
        "First": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream")}, DependsOn=["First", 1]),
        "Orders": mapping(ref("Consumer")),
        "Returns": mapping(ref("First")),
    },
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
    "table of which only the deployment knows": {
        "Table": resource("DynamoDB::Table", {"StreamSpecification": ref("Name"), "SSESpecification": ref("Name")}),
        "Orders": mapping(get("Table", "StreamArn")),
    },
    "global table of which only the deployment knows": {
        "Table": resource("DynamoDB::GlobalTable", {"Replicas": ref("Name")}),
        "Orders": mapping(get("Table", "StreamArn")),
    },
    "table by its own ARN in a text": {
        "Table": resource("DynamoDB::Table", {"TableName": "shop", "StreamSpecification": VIEW}),
        "Orders": mapping({"Fn::Sub": f"arn:aws:dynamodb:{HERE}:table/shop"}),
    },
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
    "queue of which only the deployment knows": {
        "Queue": resource(
            "SQS::Queue",
            dict.fromkeys(("VisibilityTimeout", "MessageRetentionPeriod", "DelaySeconds", "RedrivePolicy"), ref("Name"))
            | {"KmsMasterKeyId": {"Fn::ImportValue": "key"}, "FifoQueue": ref("Name")},
        ),
        "Orders": mapping(get("Queue")),
    },
    "queue that a parameter names": {"Orders": mapping({"Fn::Sub": f"arn:aws:sqs:{HERE}:${{Name}}"})},
    "FIFO queue that a parameter names": {"Orders": mapping({"Fn::Sub": f"arn:aws:sqs:{HERE}:${{Name}}.fifo"})},
    "queue with a policy in JSON": {
        "Queue": resource(
            "SQS::Queue",
            {"RedrivePolicy": f'{{"deadLetterTargetArn": "arn:aws:sqs:{THERE}:dead", "maxReceiveCount": "4"}}'},
        ),
        "Orders": mapping(get("Queue")),
    },
    "queue with a policy that names nothing": {
        "Queue": resource("SQS::Queue", {"RedrivePolicy": {"maxReceiveCount": 4}}),
        "Orders": mapping(get("Queue")),
    },
    "queue by its address": {"Queue": resource("SQS::Queue"), "Orders": mapping(ref("Queue"))},
    "queue that is none": {"Orders": mapping(f"arn:aws:sns:{THERE}:orders")},
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
    "MSK Serverless in a closed network": {
        **CLOSED,
        "Cluster": resource("MSK::ServerlessCluster", {"VpcConfigs": [{"SubnetIds": [ref("Subnet")]}]}),
        "Orders": mapping(get("Cluster"), Topics=["orders"]),
    },
    "Kafka of one's own": {"Orders": mapping(ref("AWS::NoValue"), SelfManagedEventSource=SERVERS, Topics=["orders"])},
    "Kafka of one's own in a closed network": {
        **CLOSED,
        "Orders": mapping(
            ref("AWS::NoValue"),
            SelfManagedEventSource=SERVERS,
            SourceAccessConfigurations=[{"Type": "VPC_SUBNET", "URI": ref("Subnet")}, "odd"],
        ),
    },
    "Kafka of one's own beside something hidden": {"Orders": mapping(ref("Name"), SelfManagedEventSource=SERVERS)},
    "cluster that a parameter names": {
        "Orders": mapping({"Fn::Sub": f"arn:aws:kafka:{HERE}:cluster/${{Name}}/1-s2"}, Topics=["orders"])
    },
    "cluster by its topics alone": {"Orders": mapping(ref("Name"), Topics=["orders"])},
    "cluster by its settings alone": {"Orders": mapping(ref("Name"), AmazonManagedKafkaEventSourceConfig={})},
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
    "DocumentDB that a parameter names": {"Orders": mapping({"Fn::Sub": f"arn:aws:rds:{HERE}:cluster:${{Name}}"})},
    "DocumentDB by its settings alone": {"Orders": mapping(ref("Name"), DocumentDBEventSourceConfig={})},
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
    "broker by its queues alone": {"Orders": mapping(ref("AWS::NoValue"), Queues=["orders"])},
    "hidden broker by its queues alone": {"Orders": mapping(ref("Name"), Queues=["orders"])},
    "hidden broker by its virtual host": {
        "Orders": mapping(
            ref("Name"), Queues=["orders"], SourceAccessConfigurations=["odd", {"Type": "VIRTUAL_HOST", "URI": "/"}]
        )
    },
    "broker that a parameter names": {
        "Orders": mapping(
            {"Fn::Sub": f"arn:aws:mq:{HERE}:broker:${{Name}}"},
            SourceAccessConfigurations=[{"Type": "VIRTUAL_HOST", "URI": "/"}],
        )
    },
    "broker that hides its engine": {
        "Broker": resource("AmazonMQ::Broker", {"EngineType": ref("Name")}),
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
