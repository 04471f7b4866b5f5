"""Small templates, each with one thing that decides what the poller of a mapping needs."""

from typing import Any

from cdk_esm.testing.templates import document, get, mapping, ref, resource

LATEST = {"StartingPosition": "LATEST"}
KAFKA = {**LATEST, "Topics": ["orders"]}
SERVERS = {"Endpoints": {"KafkaBootstrapServers": ["a.example.com:9092"]}}
NOTHING_ALLOWED: dict[str, Any] = {"Role": resource("IAM::Role")}


def of_queue(properties: dict[str, Any] | None = None, /, **resources: Any) -> dict[str, Any]:
    """A mapping of a queue whose role is allowed nothing."""
    queue = resource("SQS::Queue", properties)
    return {**NOTHING_ALLOWED, "Queue": queue, "Orders": mapping(get("Queue")), **resources}


def failing_to(end: dict[str, Any], named: Any, **resources: Any) -> dict[str, Any]:
    """A mapping of a stream with a destination."""
    to = {"DestinationConfig": {"OnFailure": {"Destination": named}}}
    stream = resource("Kinesis::Stream")
    return {
        **NOTHING_ALLOWED,
        "Stream": stream,
        "End": end,
        "Orders": mapping(get("Stream"), **LATEST, **to),
    } | resources


def with_access(source: Any, *entries: tuple[str, Any], **settings: Any) -> dict[str, Any]:
    """A mapping with source access configurations."""
    access = [{"Type": kind, "URI": uri} for kind, uri in entries]
    return mapping(source, SourceAccessConfigurations=access, **settings)


KEY = {"Key": resource("KMS::Key")}
SECRET = {
    **KEY,
    "Secret": resource("SecretsManager::Secret", {"KmsKeyId": get("Key")}),
    "Attached": resource("SecretsManager::SecretTargetAttachment", {"SecretId": ref("Secret")}),
}
CLUSTER = {
    **NOTHING_ALLOWED,
    "Cluster": resource("MSK::Cluster", {"ClientAuthentication": {"Sasl": {"Iam": {"Enabled": True}}}}),
}
BROKER = {**NOTHING_ALLOWED, **SECRET, "Broker": resource("AmazonMQ::Broker", {"EngineType": "RABBITMQ"})}
DOCUMENTS = {**NOTHING_ALLOWED, **SECRET, "Cluster": resource("DocDB::DBCluster")}
REGISTRY = {"AmazonManagedKafkaEventSourceConfig": {"SchemaRegistryConfig": {"SchemaRegistryURI": ref("Registry")}}}
ELSEWHERE = "arn:aws:glue:eu-west-1:111122223333:registry/shop"

NEEDS_READ: dict[str, dict[str, Any]] = {
    "queue with a key": of_queue({"KmsMasterKeyId": ref("Key")}, **KEY),
    "queue with the alias of a key": of_queue(
        {"KmsMasterKeyId": ref("Alias")}, **KEY, Alias=resource("KMS::Alias", {"TargetKeyId": ref("Key")})
    ),
    "queue with a key elsewhere": of_queue({"KmsMasterKeyId": "alias/aws/sqs"}),
    "queue elsewhere": {**NOTHING_ALLOWED, "Orders": mapping("arn:aws:sqs:eu-west-1:111122223333:orders")},
    "stream with a key": {
        **NOTHING_ALLOWED,
        **KEY,
        "Stream": resource("Kinesis::Stream", {"StreamEncryption": {"EncryptionType": "KMS", "KeyId": ref("Key")}}),
        "Orders": mapping(get("Stream"), **LATEST),
    },
    "consumer": {
        **NOTHING_ALLOWED,
        "Stream": resource("Kinesis::Stream"),
        "Consumer": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream")}),
        "Orders": mapping(ref("Consumer"), **LATEST),
    },
    "consumer behind its stream's ARN": {
        **NOTHING_ALLOWED,
        "Stream": resource("Kinesis::Stream"),
        "Orders": mapping({"Fn::Sub": "${Stream.Arn}/consumer/fast:1"}, **LATEST),
    },
    "table with a key": {
        **NOTHING_ALLOWED,
        **KEY,
        "Table": resource(
            "DynamoDB::Table",
            {
                "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
                "SSESpecification": {"KMSMasterKeyId": ref("Key")},
            },
        ),
        "Orders": mapping(get("Table", "StreamArn"), **LATEST),
    },
    "table without a stream": {
        **NOTHING_ALLOWED,
        "Table": resource("DynamoDB::Table"),
        "Orders": mapping(get("Table", "StreamArn"), **LATEST),
    },
    "cluster that takes IAM": {**CLUSTER, "Orders": mapping(get("Cluster"), **KAFKA)},
    "cluster that takes IAM, and a password": {
        **CLUSTER,
        **SECRET,
        "Orders": with_access(get("Cluster"), ("SASL_SCRAM_512_AUTH", ref("Attached")), **KAFKA),
    },
    "cluster with schemas": {
        **CLUSTER,
        "Registry": resource("Glue::Registry"),
        "Orders": mapping(get("Cluster"), **KAFKA, **REGISTRY),
    },
    "cluster with schemas elsewhere": {
        **CLUSTER,
        "Orders": mapping(
            get("Cluster"),
            **KAFKA,
            AmazonManagedKafkaEventSourceConfig={"SchemaRegistryConfig": {"SchemaRegistryURI": ELSEWHERE}},
        ),
    },
    "cluster with schemas at another service": {
        **CLUSTER,
        "Orders": mapping(
            get("Cluster"),
            **KAFKA,
            AmazonManagedKafkaEventSourceConfig={"SchemaRegistryConfig": {"SchemaRegistryURI": "https://example.com"}},
        ),
    },
    "cluster that fails to a topic of its own": {
        **CLUSTER,
        "Orders": mapping(get("Cluster"), **KAFKA, DestinationConfig={"OnFailure": {"Destination": "kafka://failed"}}),
    },
    "cluster of one's own": {
        **NOTHING_ALLOWED,
        **SECRET,
        "Subnet": resource("EC2::Subnet"),
        "Orders": with_access(
            ref("AWS::NoValue"),
            ("VPC_SUBNET", ref("Subnet")),
            ("BASIC_AUTH", ref("Secret")),
            **KAFKA,
            SelfManagedEventSource=SERVERS,
        ),
    },
    "broker": {**BROKER, "Orders": with_access(get("Broker"), ("BASIC_AUTH", ref("Attached")), Queues=["orders"])},
    "broker with a secret elsewhere": {
        **BROKER,
        "Orders": with_access(get("Broker"), ("BASIC_AUTH", ref("Name")), Queues=["orders"]),
    },
    "broker without users": {**BROKER, "Orders": mapping(get("Broker"), Queues=["orders"])},
    "document cluster": {**DOCUMENTS, "Orders": with_access(ref("Cluster"), ("BASIC_AUTH", ref("Secret")), **LATEST)},
    "failing to a queue": failing_to(resource("SQS::Queue", {"KmsMasterKeyId": get("Key")}), get("End"), **KEY),
    "failing to a topic": failing_to(resource("SNS::Topic", {"KmsMasterKeyId": get("Key")}), ref("End"), **KEY),
    "failing to a bucket": failing_to(resource("S3::Bucket"), get("End")),
    "failing to a bucket elsewhere": failing_to(resource("S3::Bucket"), "arn:aws:s3:::failed"),
    "failing to a function": failing_to(resource("Lambda::Function"), get("End")),
}


def filtered(key: Any, **resources: Any) -> dict[str, Any]:
    """A mapping whose filters are encrypted."""
    return {**resources, "Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), KmsKeyArn=key)}


def key_for(principal: Any, action: str = "kms:Decrypt") -> dict[str, Any]:
    """A key with a policy."""
    return {"Key": resource("KMS::Key", {"KeyPolicy": document(action, "*", Principal=principal)})}


LAMBDA = {"Service": "lambda.amazonaws.com"}
FILTER_KEYS_READ: dict[str, dict[str, Any]] = {
    "key that lets Lambda in": filtered(get("Key"), **key_for(LAMBDA)),
    "key that lets Lambda in by its alias": filtered(
        ref("Alias"), **key_for(LAMBDA), Alias=resource("KMS::Alias", {"TargetKeyId": get("Key")})
    ),
    "key that lets several in": filtered(get("Key"), **key_for({"Service": ["s3.amazonaws.com", LAMBDA["Service"]]})),
    "key that lets everybody in": filtered(get("Key"), **key_for("*")),
    "key that lets every account in": filtered(get("Key"), **key_for({"AWS": ["111122223333", "*"]})),
    "key that lets a service in": filtered(get("Key"), **key_for({"Service": "s3.amazonaws.com"})),
    "key that lets a hidden service in": filtered(get("Key"), **key_for({"Service": ref("Name")})),
    "key that lets Lambda encrypt": filtered(get("Key"), **key_for(LAMBDA, "kms:Encrypt")),
    "key without a policy": filtered(get("Key"), Key=resource("KMS::Key")),
    "key with a hidden policy": filtered(get("Key"), Key=resource("KMS::Key", {"KeyPolicy": ref("Name")})),
    "key of another Region": filtered(get("Key"), Key=resource("KMS::ReplicaKey", {"KeyPolicy": document("a:b", "*")})),
    "key elsewhere": filtered("arn:aws:kms:eu-west-1:111122223333:key/1"),
    "hidden key": filtered(ref("Name")),
    "no key": filtered(ref("AWS::NoValue")),
}
