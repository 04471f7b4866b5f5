"""The constructs: the only folder that imports ``aws_cdk``."""

from cdk_esm.constructs.dynamodb import DynamoDbToLambda
from cdk_esm.constructs.kinesis import KinesisToLambda
from cdk_esm.constructs.records import (
    Alarms,
    NewFunction,
    NewQueue,
    NewStream,
    NewTable,
    NoDeadLetterQueue,
    OnFailure,
    ProvisionedPollers,
)
from cdk_esm.constructs.sqs import SqsToLambda
from cdk_esm.constructs.sqs_fifo import SqsFifoToLambda
from cdk_esm.constructs.validation import MappingValidation

__all__ = [
    "Alarms",
    "DynamoDbToLambda",
    "KinesisToLambda",
    "MappingValidation",
    "NewFunction",
    "NewQueue",
    "NewStream",
    "NewTable",
    "NoDeadLetterQueue",
    "OnFailure",
    "ProvisionedPollers",
    "SqsFifoToLambda",
    "SqsToLambda",
]
