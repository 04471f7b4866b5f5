"""What SQS takes and needs for moving messages of a dead-letter queue back.

The rate was read on 2026-11-28 in the service model of SQS (botocore 1.44.5) and in stored copies of its API reference
(StartMessageMoveTask) and developer guide (sqs-configure-dead-letter-queue-redrive). Of the rights, only the beginning
of that page of the guide could be read; they are those on which policies that others publish agree, one of which quotes
the service authorization reference. Those on keys are those of any reader and any sender (sqs-key-management).
"""

from typing import Final

from cdk_esm.facts import Figure
from cdk_esm.sources import pages

PAGE: Final = pages.SQS_REDRIVE
FASTEST: Final = Figure(500, "messages that a redrive moves in a second, at most", pages.SQS_MOVE_TASK)
ON_SOURCE: Final = ("sqs:StartMessageMoveTask", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
TO_FOLLOW: Final = "sqs:ListMessageMoveTasks"
ON_TARGET: Final = ("sqs:SendMessage",)
ON_KEY_OF_SOURCE: Final = ("kms:Decrypt",)
ON_KEY_OF_TARGET: Final = ("kms:Decrypt", "kms:GenerateDataKey")
