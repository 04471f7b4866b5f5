"""What SQS takes and needs for moving messages of a dead-letter queue back.

Read from the SQS API reference (StartMessageMoveTask) and the SQS developer guide
(sqs-configure-dead-letter-queue-redrive) on 2026-11-28.
"""

from typing import Final

from cdk_esm.facts import Figure
from cdk_esm.sources import pages

PAGE: Final = pages.SQS_REDRIVE
FASTEST: Final = Figure(500, "messages that a redrive moves in a second, at most", pages.SQS_MOVE_TASK)
ON_SOURCE: Final = ("sqs:StartMessageMoveTask", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
ON_TARGET: Final = ("sqs:SendMessage",)
ON_KEY_OF_SOURCE: Final = ("kms:Decrypt",)
ON_KEY_OF_TARGET: Final = ("kms:Decrypt", "kms:GenerateDataKey")
