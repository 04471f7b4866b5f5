"""Traffic for ShopOrders and for its mutants, and what became of it: an ``Outcome`` that can be compared.

Two batches. The first comes while the queue is as its template says: two orders, one of them twice, and a message that
is no order. Then failed messages come back after a second instead of three minutes, and the second batch follows: an
order, and another message that is none, which has to use up its receives.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.e2e.queues import Message, listen, messages, redeliver_after, send
from tests.e2e.stacks import Mapped
from tests.e2e.waiting import until

RECEIVES: Final = 5
"""How often a message of the shop is received before it is moved."""

_SOON: Final = 1  # second


def order(order_id: str, sku: str = "TEAPOT-RED") -> dict[str, Any]:
    """An order as a customer places it."""
    line = {"sku": sku, "quantity": 2, "unit_price_cents": 3490}
    return {"order_id": order_id, "customer_id": "C-204", "currency": "EUR", "lines": [line]}


FIRST: Final = (order("O-1"), "no order, first", order("O-2"), order("O-1"))
SECOND: Final = (order("O-3"), "no order, second")


@dataclass(frozen=True)
class Outcome:
    """What became of the traffic; messages by what they are called here, in the order of the alphabet."""

    stored: tuple[str, ...]
    """The orders in the table."""
    announced: tuple[str, ...]
    """The orders that the topic told of, each as often as it did."""
    dead: tuple[str, ...]
    """The messages in the dead-letter queue."""
    left: tuple[str, ...]
    """The messages that are still in the queue."""

    def differences(self, other: Outcome) -> set[str]:
        """In which of its parts another outcome is not the same."""
        names = (field.name for field in dataclasses.fields(self))
        return {name for name in names if getattr(self, name) != getattr(other, name)}


RIGHT: Final = Outcome(
    stored=("O-1", "O-2", "O-3"),
    announced=("O-1", "O-2", "O-3"),
    dead=("no order, second",),
    left=("no order, first",),  # hidden for its three minutes
)
"""What has to become of it."""


class Traffic:
    """The traffic of one deployed stack; the steps are apart, so that several stacks can wait at the same time."""

    def __init__(self, orders: Mapped) -> None:
        """Listen to the announcements, and send the first batch."""
        self.orders = orders
        self.server = orders.stack.server
        self._ear = listen(self.server, orders.environment("ORDER_PLACED_TOPIC"), f"heard-{orders.stack.name}")
        orders.one_at_a_time()
        self.first = self._send(FIRST)
        self.left: list[Message] = []
        """What of the first batch was in the queue after it."""
        self.second: list[str] = []

    def go_on(self) -> None:
        """Wait until the function has answered the first batch, and send the second one."""
        until(lambda: self.orders.read()["LastProcessingResult"] != "No records processed")
        # Looked at now: in three minutes they come back, and nobody knows whether this machine is done until then.
        self.left = self.waiting()
        redeliver_after(self.server, self.orders.source, _SOON)
        self.second = self._send(SECOND)

    def finish(self, expected: Outcome) -> Outcome:
        """Wait until each message of the second batch has come to its end and all is as expected; then stop.

        A message that is moved nowhere has come to its end when it was received more often than it may be.
        """
        until(lambda: all(one.received > RECEIVES for one in self.waiting() if one.id in self.second))
        found = until(self._outcome, lambda one: one == expected, limit=60)
        self.orders.turn(on=False)
        return found

    def waiting(self) -> list[Message]:
        """The messages in the queue."""
        return messages(self.server, self.orders.source)

    def dead(self) -> list[Message]:
        """The messages in the dead-letter queue."""
        return messages(self.server, self.orders.dead_letters)

    def items(self, table: str) -> list[dict[str, Any]]:
        """The items of a table that the function's environment names."""
        answer = self.server.client("dynamodb").scan(TableName=self.orders.environment(table), ConsistentRead=True)
        return list(answer["Items"])

    def failures(self, message_id: str) -> int:
        """How often the function wrote into its log that a message failed."""
        logs = self.server.client("logs")
        events = until(
            lambda: logs.filter_log_events(logGroupName=self.orders.log_group, filterPattern="order failed")["events"]
        )
        lines = [json.loads(one["message"]) for one in events if one["message"].startswith("{")]
        return sum(line["message_id"] == message_id for line in lines if line["message"] == "order failed")

    def _send(self, batch: Sequence[Any]) -> list[str]:
        self.orders.turn(on=False)
        ids = send(self.server, self.orders.source, batch)
        self.orders.turn(on=True)
        return ids

    def _outcome(self) -> Outcome:
        heard = [json.loads(one.body)["order_id"] for one in messages(self.server, self._ear)]
        return Outcome(
            stored=tuple(sorted(one["order_id"]["S"] for one in self.items("ORDER_TABLE"))),
            announced=tuple(sorted(heard)),
            dead=_called([one for one in self.dead() if one.id in self.second]),
            left=_called(self.left + [one for one in self.waiting() if one.id in self.second]),
        )


def _called(found: Sequence[Message]) -> tuple[str, ...]:
    return tuple(sorted(json.loads(one.body)["order_id"] if one.body.startswith("{") else one.body for one in found))
