"""Queues, topics and event buses.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, PolicyResource, ResourceFacts

QUEUE: Final = ResourceFacts(
    type="AWS::SQS::Queue",
    kind=Kind.QUEUE,
    label="Amazon SQS queue",
    ref=Gives.URL,
    attributes={
        "Arn": Gives.ARN,
        "QueueUrl": Gives.URL,
        "QueueName": Gives.NAME,
        "RedrivePolicy.deadLetterTargetArn": Gives.ARN,
    },
    itself=("Arn",),
    name="QueueName",
    arn=ArnForm(service="sqs", holds=Gives.NAME),
    key=("KmsMasterKeyId",),
    policies=(
        PolicyResource("AWS::SQS::QueuePolicy", "Queues", "PolicyDocument"),
        PolicyResource("AWS::SQS::QueueInlinePolicy", "Queue", "PolicyDocument"),
    ),
    sources=("sqs", "sqs-fifo"),
    holds="messages",
    create_only=("QueueName", "FifoQueue"),
    keys={
        "RedrivePolicy": ("deadLetterTargetArn", "maxReceiveCount"),
        "RedriveAllowPolicy": ("redrivePermission", "sourceQueueArns"),
    },
)
TOPIC: Final = ResourceFacts(
    type="AWS::SNS::Topic",
    kind=Kind.TOPIC,
    label="Amazon SNS topic",
    ref=Gives.ARN,
    attributes={"TopicArn": Gives.ARN, "TopicName": Gives.NAME},
    itself=("TopicArn", "Ref"),
    name="TopicName",
    arn=ArnForm(service="sns", holds=Gives.NAME),
    key=("KmsMasterKeyId",),
    policies=(
        PolicyResource("AWS::SNS::TopicPolicy", "Topics", "PolicyDocument"),
        PolicyResource("AWS::SNS::TopicInlinePolicy", "TopicArn", "PolicyDocument"),
    ),
    create_only=("TopicName", "FifoTopic"),
)
EVENT_BUS: Final = ResourceFacts(
    type="AWS::Events::EventBus",
    kind=Kind.EVENT_BUS,
    label="Amazon EventBridge event bus",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN, "Name": Gives.NAME, "DeadLetterConfig.Arn": Gives.ARN},
    itself=("Arn",),
    name="Name",
    arn=ArnForm(service="events", before="event-bus/", holds=Gives.NAME),
    key=("KmsKeyIdentifier",),
    policies_within=(("Policy",),),
    create_only=("Name",),
)
