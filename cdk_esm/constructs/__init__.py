"""The constructs: the only folder that imports ``aws_cdk``."""

from cdk_esm.constructs.records import Alarms, NewFunction, NewQueue, NoDeadLetterQueue, ProvisionedPollers
from cdk_esm.constructs.sqs import SqsToLambda
from cdk_esm.constructs.sqs_fifo import SqsFifoToLambda
from cdk_esm.constructs.validation import MappingValidation

__all__ = [
    "Alarms",
    "MappingValidation",
    "NewFunction",
    "NewQueue",
    "NoDeadLetterQueue",
    "ProvisionedPollers",
    "SqsFifoToLambda",
    "SqsToLambda",
]
