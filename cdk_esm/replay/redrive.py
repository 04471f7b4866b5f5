"""Dead-letter queues: SQS moves their messages back by itself, with one command and these rights."""

from __future__ import annotations

import re
from typing import Final

from cdk_esm.errors import EsmError
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.sources.redrive import FASTEST, ON_KEY_OF_SOURCE, ON_KEY_OF_TARGET, ON_SOURCE, ON_TARGET, PAGE, TO_FOLLOW

_QUEUE: Final = re.compile(
    rf"arn:aws[a-z-]*:{DESTINATIONS['queue'].arn_service}:(?P<region>[a-z0-9-]+):\d{{12}}:[A-Za-z0-9_-]+(\.fifo)?"
)
"""What is printed is pasted into a shell, so nothing else may be in it."""
DEFAULT_RATE = 10
"""Our choice: messages a second that a mended function surely bears beside its usual load."""


def redrive_text(arn: str, rate: int = DEFAULT_RATE) -> str:
    """The command that starts a redrive, with its rights.

    Args:
        arn: the ARN of the dead-letter queue.
        rate: messages a second.

    Raises:
        EsmError: it is no ARN of a queue, or SQS takes no such rate.
    """
    found = _QUEUE.fullmatch(arn)
    if found is None:
        raise EsmError(
            f"--queue {arn}: it is no ARN of a queue, such as arn:aws:sqs:eu-west-1:111122223333:orders-dead"
        )
    if not 1 <= rate <= FASTEST.value:
        raise EsmError(f"--rate {rate}: SQS moves 1 to {FASTEST.value} messages a second")
    where = f"--region {found['region']} --source-arn {arn}"
    keys = f"{', '.join(ON_KEY_OF_SOURCE)} on the dead-letter queue's key, {', '.join(ON_KEY_OF_TARGET)} on the other's"
    return f"""\
aws sqs start-message-move-task {where} --max-number-of-messages-per-second {rate}

It moves the messages back to the queue that they failed in, one task of a queue at a time.
  rights on the dead-letter queue: {", ".join(ON_SOURCE)}
  on the queue that they go back to: {", ".join(ON_TARGET)}
  where your own key encrypts: {keys}
  how far it is, with {TO_FOLLOW}: aws sqs list-message-move-tasks {where}
A standard queue hands them out in no order. Messages of a FIFO queue come behind what was sent since, also in their
own group.
SQS refuses a queue that is no dead-letter queue of a queue, such as an on-failure destination of a mapping.
see: {PAGE}"""
