"""What cdk-nag asks for and a mapping cannot give: the exact ids of its rules, each with the reason."""

from __future__ import annotations

from typing import Final

ON_FUNCTION: Final = {
    "Serverless::Serverless-LambdaDLQ": "An event source mapping invokes synchronously: a function's own dead-letter "
    "queue serves asynchronous invocation only and would stay empty.",
}
ON_SQS_MAPPING: Final = {
    "Serverless::Serverless-LambdaEventSourceMappingDestination": "Lambda refuses an on-failure destination on an "
    "SQS mapping: the queue's redrive policy moves failed messages to the dead-letter queue.",
}
ON_DEAD_LETTER_QUEUE: Final = {
    "Serverless::Serverless-SQSRedrivePolicy": "This queue is itself the dead-letter queue: people empty it, and a "
    "further queue behind it would hide messages from them.",
}
ON_QUEUE_WITHOUT_DEAD_LETTERS: Final = dict.fromkeys(
    ("AwsSolutions::AwsSolutions-SQS3", "Serverless::Serverless-SQSRedrivePolicy"),
    "Failed messages have no dead-letter queue on purpose: the reason stands in the mapping's metadata.",
)
ON_FAILURE_QUEUE: Final = {
    "AwsSolutions::AwsSolutions-SQS3": "This queue gets what a mapping could not process: people empty it, and a "
    "further queue behind it would hide messages from them.",
}
ON_FAILURE_BUCKET: Final = {
    "AwsSolutions::AwsSolutions-S1": "Only Lambda writes here, and CloudTrail tells who reads: access logs would want "
    "a further bucket in every stack. Pass a bucket of your own to OnFailure.bucket() where logs are required.",
}
ON_DISCARDING_MAPPING: Final = {
    "Serverless::Serverless-LambdaEventSourceMappingDestination": "Failed records are given up on purpose: the reason "
    "stands in the mapping's metadata.",
}
ON_ROLE_POLICY: Final = {
    "AwsSolutions::AwsSolutions-IAM5[Resource::*]": "X-Ray's PutTraceSegments and PutTelemetryRecords, and in a VPC "
    "the network interface actions of EC2, accept no narrower resource.",
}
ON_BROKER_MAPPING: Final = {
    "Serverless::Serverless-LambdaEventSourceMappingDestination": "Lambda refuses an on-failure destination on a "
    "mapping of Amazon MQ: what becomes of a message that keeps failing is for the broker to say.",
}
ON_DOCUMENTDB_MAPPING: Final = {
    "Serverless::Serverless-LambdaEventSourceMappingDestination": "Lambda refuses an on-failure destination on a "
    "mapping of Amazon DocumentDB: the change stream waits until the event succeeds, and an alarm watches its age.",
}
WHY_WILDCARDS: Final = (
    "The objects that Lambda writes for failed records, the streams that a table has had, the key that an alias points "
    "to, the schemas of a registry, and the consumer group of a mapping if Lambda names it, are not known when the "
    "policy is made, and of the parameter groups and subnet groups of a document cluster AWS asks for all: the "
    "wildcard, with its condition if it has one, covers them alone."
)
WHY_EVERYTHING: Final = (
    "The poller puts a network interface into the network of the source, and most of these actions of EC2 accept no "
    "narrower resource."
)
