"""Streams with their consumers, and tables with their streams.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources import pages
from cdk_esm.sources.resource_facts import EACH, ArnForm, Gives, Kind, PolicyResource, ResourceFacts

STREAM: Final = ResourceFacts(
    type="AWS::Kinesis::Stream",
    kind=Kind.STREAM,
    label="Amazon Kinesis data stream",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN},
    itself=("Arn",),
    name="Name",
    arn=ArnForm(service="kinesis", before="stream/", holds=Gives.NAME, separator="/"),
    key=("StreamEncryption", "KeyId"),
    policies=(PolicyResource("AWS::Kinesis::ResourcePolicy", "ResourceArn", "ResourcePolicy"),),
    sources=("kinesis",),
    holds="records",
    create_only=("Name",),
    keys={"StreamModeDetails": ("StreamMode",), "StreamEncryption": ("EncryptionType", "KeyId")},
)
CONSUMER: Final = ResourceFacts(
    type="AWS::Kinesis::StreamConsumer",
    kind=Kind.CONSUMER,
    label="consumer of an Amazon Kinesis data stream",
    ref=Gives.ARN,
    attributes={"ConsumerARN": Gives.ARN, "StreamARN": Gives.ARN, "ConsumerName": Gives.NAME},
    itself=("ConsumerARN", "Ref"),
    name="ConsumerName",
    arn=ArnForm(service="kinesis", before="stream/"),
    policies=(PolicyResource("AWS::Kinesis::ResourcePolicy", "ResourceArn", "ResourcePolicy"),),
    sources=("kinesis-efo",),
    create_only=("ConsumerName", "StreamARN", "Tags"),
)
TABLE: Final = ResourceFacts(
    type="AWS::DynamoDB::Table",
    kind=Kind.TABLE,
    label="Amazon DynamoDB table",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN, "StreamArn": Gives.ARN},
    itself=("Arn",),
    name="TableName",
    arn=ArnForm(service="dynamodb", before="table/", holds=Gives.NAME, separator="/"),
    key=("SSESpecification", "KMSMasterKeyId"),
    policies_within=(
        ("ResourcePolicy", "PolicyDocument"),
        ("StreamSpecification", "ResourcePolicy", "PolicyDocument"),
    ),
    sources=("dynamodb",),
    holds="items and the records of its stream",
    create_only=("TableName", "ImportSourceSpecification"),
    sometimes_create_only=("KeySchema",),
    keys={"StreamSpecification": ("StreamViewType", "ResourcePolicy")},
)
GLOBAL_TABLE: Final = ResourceFacts(
    type="AWS::DynamoDB::GlobalTable",
    kind=Kind.GLOBAL_TABLE,
    label="Amazon DynamoDB global table",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN, "StreamArn": Gives.ARN, "TableId": Gives.ID},
    itself=("Arn",),
    name="TableName",
    arn=ArnForm(service="dynamodb", before="table/", holds=Gives.NAME, separator="/"),
    key=("Replicas", EACH, "SSESpecification", "KMSMasterKeyId"),
    key_for_each=True,
    policies_within=(
        ("Replicas", EACH, "ResourcePolicy", "PolicyDocument"),
        ("Replicas", EACH, "ReplicaStreamSpecification", "ResourcePolicy", "PolicyDocument"),
    ),
    sources=("dynamodb",),
    holds="items and the records of its stream",
    create_only=("TableName",),
    sometimes_create_only=("KeySchema", "LocalSecondaryIndexes", "GlobalTableSourceArn"),
    keys={"StreamSpecification": ("StreamViewType", "ResourcePolicy")},
)
SAM_TABLE: Final = ResourceFacts(
    type="AWS::Serverless::SimpleTable",
    kind=Kind.SAM_TABLE,
    label="table of AWS SAM",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN, "StreamArn": Gives.ARN},
    itself=("Arn",),
    name="TableName",
    arn=ArnForm(service="dynamodb", before="table/", holds=Gives.NAME, separator="/"),
    key=("SSESpecification", "KMSMasterKeyId"),
    schema=False,
    read_from=pages.SAM_TABLE_RESOURCE,
)
