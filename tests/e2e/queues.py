"""Messages in and out of the queues of the local AWS, and looks into them that leave no trace."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.e2e.server import ACCOUNT, REGION, Server


@dataclass(frozen=True)
class Message:
    """A message that is in a queue."""

    id: str
    body: str
    received: int
    """How often it was received."""
    hidden_for: float
    """Seconds from its first receive until it can be received again."""


def send(server: Server, queue_url: str, bodies: Sequence[Any], group: str | None = None) -> list[str]:
    """Send messages in one call, so that they can come in one batch, and return their ids in that order.

    Args:
        server: where the queue is.
        queue_url: the queue.
        bodies: texts as they are; anything else becomes JSON.
        group: the message group of all of them, for a FIFO queue; without it, each is in the group of its customer.
    """
    fifo = queue_url.endswith(".fifo")
    entries = [
        {
            "Id": str(number),
            "MessageBody": body if isinstance(body, str) else json.dumps(body),
            **({"MessageGroupId": group or body["customer_id"]} if fifo else {}),
            **({"MessageDeduplicationId": f"{time.time_ns()}-{number}"} if fifo else {}),
        }
        for number, body in enumerate(bodies)
    ]
    answer = server.client("sqs").send_message_batch(QueueUrl=queue_url, Entries=entries)
    assert not answer.get("Failed"), answer
    ids = {one["Id"]: str(one["MessageId"]) for one in answer["Successful"]}
    return [ids[entry["Id"]] for entry in entries]


def messages(server: Server, queue_url: str | None) -> list[Message]:
    """What is in a queue, visible or not, without receiving it; nothing if there is no queue."""
    if queue_url is None:
        return []
    path = f"/_ministack/sqs/messages?{urlencode({'account': ACCOUNT, 'QueueUrl': queue_url})}"
    answer = json.loads(server.get(path))["messages"].get(ACCOUNT, {}).get(REGION, {}).get(queue_url, [])
    return [Message(one["MessageId"], one["Body"], one["ReceiveCount"], _hidden(one)) for one in answer]


def _hidden(message: dict[str, Any]) -> float:
    received = message["FirstReceiveTimestamp"]
    return float(message["VisibleAt"] - received) if received else 0.0


def redeliver_after(server: Server, queue_url: str, seconds: int) -> None:
    """Let failed messages come back sooner than the template says; those that are hidden now stay so."""
    server.client("sqs").set_queue_attributes(QueueUrl=queue_url, Attributes={"VisibilityTimeout": str(seconds)})


def listen(server: Server, topic_arn: str, name: str) -> str:
    """Subscribe a new queue to a topic, and return its URL; its bodies are what is published."""
    sqs = server.client("sqs")
    url = str(sqs.create_queue(QueueName=name)["QueueUrl"])
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "sns.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": arn,
                "Condition": {"ArnEquals": {"aws:SourceArn": topic_arn}},
            }
        ],
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    server.client("sns").subscribe(
        TopicArn=topic_arn, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
    )
    return url
