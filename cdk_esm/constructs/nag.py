"""What cdk-nag asks for and a mapping cannot give, acknowledged on the one resource it concerns, with the reason.

cdk-nag reads acknowledgements from the metadata of a construct. They are written directly, because one call does
then what ``Validations.acknowledge`` takes three for.
"""

from __future__ import annotations

from typing import Final

from constructs import Node

from cdk_esm.constructs.constants import acknowledged_rules_key

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
ON_ROLE_POLICY: Final = {
    "AwsSolutions::AwsSolutions-IAM5[Resource::*]": "X-Ray's PutTraceSegments and PutTelemetryRecords, and in a VPC "
    "the network interface actions of EC2, accept no narrower resource.",
}


def acknowledge(node: Node, reasons: dict[str, str]) -> None:
    """Write acknowledgements onto a construct's node."""
    node.add_metadata(acknowledged_rules_key(), reasons)
