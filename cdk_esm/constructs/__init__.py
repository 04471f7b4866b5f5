"""The constructs: the only folder that imports ``aws_cdk``."""

from cdk_esm.constructs.app.validation import MappingValidation
from cdk_esm.constructs.dynamodb import DynamoDbToLambda
from cdk_esm.constructs.intake.options import (
    Alarms,
    NewFunction,
    NewQueue,
    NewStream,
    NewTable,
    NoDeadLetterQueue,
    OnFailure,
    ProvisionedPollers,
)
from cdk_esm.constructs.kinesis import KinesisToLambda
from cdk_esm.constructs.sqs import SqsToLambda
from cdk_esm.constructs.sqs_fifo import SqsFifoToLambda

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
