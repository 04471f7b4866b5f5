"""Small templates, each with one thing that decides what the poller of a mapping is granted."""

from typing import Any

from cdk_esm.testing.templates import document, get, inline, mapping, ref, resource
from tests.core.template.need_cases import (
    BROKER,
    CLUSTER,
    KAFKA,
    LATEST,
    NOTHING_ALLOWED,
    failing_to,
    of_queue,
    with_access,
)

HERE = "${AWS::Region}:${AWS::AccountId}"
RECEIVES = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
OF_AWS = ("SQSQueueExecutionRole", "BasicExecutionRole", "VPCAccessExecutionRole")
OPEN = {"Condition": "Hidden"}


def granted(*documents: Any) -> dict[str, Any]:
    """The role with these documents in it."""
    return {"Role": resource("IAM::Role", inline(*documents))}


def beside(kind: str, owner: str, of: Any, document_in: str = "PolicyDocument") -> dict[str, Any]:
    """A policy of a resource that lets the role do anything."""
    return resource(kind, {owner: of, document_in: document("*", "*", Principal={"AWS": get("Role")})})


def within(*names: str) -> dict[str, Any]:
    """The same, as it stands in the resource itself."""
    value: Any = document("*", "*", Principal={"AWS": get("Role")})
    for name in reversed(names):
        value = {name: value}
    return dict(value)


GRANTS_READ: dict[str, dict[str, Any]] = {
    "exactly what is needed": of_queue(**granted(document(RECEIVES, get("Queue")))),
    "by patterns": of_queue(**granted(document(["sqs:Receive*", "sqs:Delete?essage"], get("Queue")))),
    "on another queue": of_queue(
        Other=resource("SQS::Queue"), **granted(document(RECEIVES, [get("Other"), "arn:aws:s3:::bucket"]))
    ),
    "after what is denied": of_queue(
        **granted(
            {
                "Statement": [
                    {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"},
                    *document(RECEIVES, "*")["Statement"],
                ]
            }
        )
    ),
    "after what cannot be read": of_queue(
        **granted(
            {
                "Statement": [
                    {"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"},
                    *document("s3:*", "*")["Statement"],
                ]
            }
        )
    ),
    "after a policy that cannot be read": of_queue(**granted(ref("Name"), document("s3:*", "*"))),
    "under conditions": of_queue(
        **granted(
            document(RECEIVES, "*", Condition={"StringEquals": {"aws:SourceAccount": "1", "aws:PrincipalTag/a": "b"}}),
            document(RECEIVES[0], get("Queue"), Condition={"Bool": {"aws:SecureTransport": "true"}}),
            document(RECEIVES[1], get("Queue"), Condition=ref("Name")),
        )
    ),
    "on everything that is needed": {
        **CLUSTER,
        **granted(document(["kafka:*", "kafka-cluster:*", "ec2:Describe*"], "*"), document("ec2:*", get("Cluster"))),
        "Orders": mapping(get("Cluster"), **KAFKA),
    },
    "beside what AWS manages": of_queue(
        Role=resource(
            "IAM::Role",
            {
                **inline(document(RECEIVES, get("Queue"))),
                "ManagedPolicyArns": [f"arn:aws:iam::aws:policy/service-role/AWSLambda{name}" for name in OF_AWS],
            },
        )
    ),
    "on other brokers by a pattern": {
        **granted(document("mq:*", ["arn:aws:mq:*:*:broker:other*", "arn:aws:mq:*:*:configuration:*"])),
        "Orders": with_access("arn:aws:mq:eu-west-1:1:broker:shop:b-1", ("VIRTUAL_HOST", "/"), Queues=["orders"]),
    },
    "on some objects of a bucket": failing_to(resource("S3::Bucket"), get("End"))
    | granted(document("s3:*", [get("End"), {"Fn::Sub": "${End.Arn}/aws/lambda/orders/*"}])),
    "by the first of two policies of the queue": of_queue(
        Own=beside("SQS::QueuePolicy", "Queues", [ref("Queue")]),
        Two=resource("SQS::QueuePolicy", {"Queues": [ref("Queue")], "PolicyDocument": document("s3:*", "*")}),
    ),
    "by one statement without a list": of_queue(
        **granted({"Statement": {"Effect": "Allow", "Action": "sqs:[A-Z]*", "Resource": "*"}}, document("SQS:*", "*"))
    ),
    "under odd conditions": of_queue(
        **granted(
            document(RECEIVES[0], "*", Condition={"Bool": {}}),
            document(RECEIVES[1], "*", Condition={"Bool": "odd"}),
            document(RECEIVES[2], "*", Condition={"Bool": {"A": 1}, "StringLike": {"b": ref("Name")}}),
        )
    ),
    "by more than anybody reads": of_queue(
        **granted(document([f"s3:{number}" for number in range(101)], [f"a{number}" for number in range(100)]))
    ),
    "by as much as anybody reads": of_queue(
        **granted(document([f"s3:{number}" for number in range(100)], [f"a{number}" for number in range(100)]))
    ),
    "by actions of which one is hidden": of_queue(**granted(document([RECEIVES[0], ref("Name")], "*"))),
    "by no action": of_queue(**granted(document([], "*"), document(RECEIVES[0], "*"))),
    "on places of which one is none": of_queue(**granted(document(RECEIVES, ["*", [1]]))),
    **{
        f"by a policy of the queue for {who}": of_queue(
            Another=resource("IAM::Role"),
            Own=resource(
                "SQS::QueuePolicy",
                {"Queues": [ref("Queue")], "PolicyDocument": document("sqs:R*", "*", Principal=principal)},
            ),
        )
        for who, principal in {
            "everybody": "*",
            "every account": {"AWS": "*"},
            "a hidden one": {"AWS": ref("Name")},
            "this account": {"AWS": [ref("AWS::AccountId"), "111122223333"]},
            "the root of an account": {"AWS": "arn:aws:iam::111122223333:root"},
            "a role elsewhere": {"AWS": "arn:aws:iam::111122223333:role/fulfil"},
            "roles by a text with a hole": {"AWS": {"Fn::Sub": "arn:aws:iam::1:role/${Name}"}},
            "another role": {"AWS": get("Another")},
            "nobody": {"AWS": []},
            "a number": {"AWS": 5},
        }.items()
    },
    "by two policies beside the role": of_queue(
        One=resource("IAM::Policy", {"Roles": [ref("Role")], "PolicyDocument": document(RECEIVES[:2], get("Queue"))}),
        Two=resource("IAM::RolePolicy", {"RoleName": ref("Role"), "PolicyDocument": document(RECEIVES, get("Queue"))}),
        Orders={**mapping(get("Queue")), "DependsOn": "One"},
    ),
    "by a policy that may not be there": of_queue(
        One=resource("IAM::Policy", {"Roles": [ref("Role")], "PolicyDocument": document(RECEIVES, "*")}, **OPEN)
    ),
    "by managed policies": of_queue(
        Role=resource(
            "IAM::Role",
            {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole", ref("Own")]},
        ),
        Own=resource("IAM::ManagedPolicy", {"PolicyDocument": document("s3:*", "*")}),
    ),
    "on literal ARNs": {
        **granted(document(RECEIVES[0], "arn:aws:sqs:eu-west-1:1:orders"), document(RECEIVES[1], "arn:aws:sqs:*:1:o*")),
        "Orders": mapping("arn:aws:sqs:eu-west-1:1:orders"),
    },
    "on another literal ARN": {
        **granted(document(RECEIVES, "arn:aws:sqs:eu-west-1:1:returns"), document(RECEIVES[0], get("Queue"))),
        "Queue": resource("SQS::Queue"),
        "Orders": mapping("arn:aws:sqs:eu-west-1:1:orders"),
    },
    "on the stream of a table in part": {
        **granted(document("dynamodb:*", {"Fn::Sub": "${Table.Arn}/stream/*"})),
        "Table": resource("DynamoDB::Table", {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}}),
        "Orders": mapping(get("Table", "StreamArn"), **LATEST),
    },
    "on a consumer by its stream": {
        **granted(document("kinesis:*", {"Fn::Sub": "${Stream.Arn}/consumer/*"})),
        "Stream": resource("Kinesis::Stream"),
        "Consumer": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream")}),
        "Orders": mapping(ref("Consumer"), **LATEST),
    },
    "on the objects of a bucket": failing_to(resource("S3::Bucket"), get("End"))
    | granted(document("s3:*", [get("End"), {"Fn::Sub": "${End.Arn}/aws/lambda/*"}])),
    "on other objects of a bucket": failing_to(resource("S3::Bucket"), get("End"))
    | granted(document("s3:*", [get("End"), {"Fn::Sub": "${End.Arn}/failed/*"}])),
    "to a role by its name": {
        **of_queue(),
        "Role": resource("IAM::Role", {"RoleName": "fulfil", **inline(document(RECEIVES, "*"))}),
        "Function": resource("Lambda::Function", {"Role": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/fulfil"}}),
    },
    "to a role elsewhere that is to get nothing": {
        **of_queue(),
        "Function": resource("Lambda::Function", {"Role": "arn:aws:iam::111122223333:role/fulfil"}),
        "Orders": {**mapping(get("Queue")), "Metadata": {"cdk-esm": {"choices": {"grants": False}}}},
    },
    "by a policy of the queue": of_queue(Own=beside("SQS::QueuePolicy", "Queues", [ref("Queue")])),
    "by an inline policy of the queue": of_queue(Own=beside("SQS::QueueInlinePolicy", "Queue", ref("Queue"))),
    "by a policy of the queue for its name": of_queue(Own=beside("SQS::QueuePolicy", "Queues", [get("Queue")])),
    "by a policy of the queue for all but one": of_queue(
        Own=resource(
            "SQS::QueuePolicy",
            {"Queues": [ref("Queue")], "PolicyDocument": document("*", "*", NotPrincipal={"AWS": "1"})},
        )
    ),
    "by a policy of the queue for others": of_queue(
        Own=resource(
            "SQS::QueuePolicy",
            {
                "Queues": [ref("Queue")],
                "PolicyDocument": document("sqs:*", {"Fn::Sub": f"arn:aws:sqs:{HERE}:a"}, Principal={"Service": "a"}),
            },
        )
    ),
    "by a policy of the queue of which a part cannot be read": of_queue(
        Own=resource("SQS::QueuePolicy", {"Queues": [ref("Queue")], "PolicyDocument": ref("Name")}),
        Two=resource("SQS::QueuePolicy", {"Queues": [ref("Queue")], "PolicyDocument": document("s3:*", "*")}),
    ),
    "by a policy of another queue": of_queue(
        Other=resource("SQS::Queue"), Own=beside("SQS::QueuePolicy", "Queues", [ref("Other")])
    ),
    "by a policy of a hidden topic": of_queue(Own=beside("SNS::TopicPolicy", "Topics", [ref("Name")])),
    "by a policy of the stream": {
        **NOTHING_ALLOWED,
        "Stream": resource("Kinesis::Stream"),
        "Own": beside("Kinesis::ResourcePolicy", "ResourceArn", get("Stream"), "ResourcePolicy"),
        "Orders": mapping(get("Stream"), **LATEST),
    },
    "by a policy of the table": {
        **NOTHING_ALLOWED,
        "Table": resource(
            "DynamoDB::Table",
            {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}, **within("ResourcePolicy", "PolicyDocument")},
        ),
        "Orders": mapping(get("Table", "StreamArn"), **LATEST),
    },
    "by a policy of the table's stream": {
        **NOTHING_ALLOWED,
        "Table": resource(
            "DynamoDB::Table",
            {"StreamSpecification": {"StreamViewType": "A", **within("ResourcePolicy", "PolicyDocument")}},
        ),
        "Orders": mapping(get("Table", "StreamArn"), **LATEST),
    },
    "by a policy of the global table": {
        **NOTHING_ALLOWED,
        "Table": resource(
            "DynamoDB::GlobalTable",
            {
                "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
                "Replicas": [
                    {"Region": "eu-west-1"},
                    {
                        "Region": "eu-central-1",
                        **within("ReplicaStreamSpecification", "ResourcePolicy", "PolicyDocument"),
                    },
                ],
            },
        ),
        "Orders": mapping(get("Table", "StreamArn"), **LATEST),
    },
    "by a policy of the cluster": {
        **CLUSTER,
        "Own": beside("MSK::ClusterPolicy", "ClusterArn", ref("Cluster"), "Policy"),
        "Orders": mapping(get("Cluster"), **KAFKA),
    },
    "by policies of the secret and its key": {
        **BROKER,
        "Key": resource("KMS::Key", within("KeyPolicy")),
        "Own": beside("SecretsManager::ResourcePolicy", "SecretId", ref("Attached"), "ResourcePolicy"),
        "Orders": with_access(get("Broker"), ("BASIC_AUTH", ref("Attached")), Queues=["orders"]),
    },
    "by a policy of the topic": failing_to(
        resource("SNS::Topic"), ref("End"), Own=beside("SNS::TopicPolicy", "Topics", [ref("End")])
    ),
    "by an inline policy of the topic": failing_to(
        resource("SNS::Topic"), ref("End"), Own=beside("SNS::TopicInlinePolicy", "TopicArn", ref("End"))
    ),
    "by a policy of the bucket": failing_to(
        resource("S3::Bucket"), get("End"), Own=beside("S3::BucketPolicy", "Bucket", ref("End"))
    ),
}
