"""Traffic for the two FIFO queues of ShopPayments: one reads ten messages at a time, and one a single message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.e2e.orders import RECEIVES
from tests.e2e.queues import messages, redeliver_after, send
from tests.e2e.stacks import Mapped
from tests.e2e.waiting import until


def payment(customer: str, payment_id: str, cents: int, kind: str = "charge") -> dict[str, Any]:
    """A payment of a customer, whose name is its message group."""
    return {
        "payment_id": payment_id,
        "customer_id": customer,
        "order_id": f"O-{payment_id}",
        "kind": kind,
        "amount_cents": cents,
    }


def batch(prefix: str) -> list[dict[str, Any]]:
    """Ada's payments in their order; Eve's first one is a refund of money that she never paid, and one follows it."""
    ada, bob, eve = f"{prefix}-ada", f"{prefix}-bob", f"{prefix}-eve"
    return [
        payment(ada, f"{prefix}-1", 1000),
        payment(eve, f"{prefix}-broken", 900, "refund"),
        payment(ada, f"{prefix}-2", 300, "refund"),
        payment(bob, f"{prefix}-3", 500),
        payment(eve, f"{prefix}-4", 80),
        payment(ada, f"{prefix}-5", 7),
    ]


@dataclass(frozen=True)
class Booked:
    """What became of a batch.

    Args:
        balances: customer to what they have paid.
        dead: the payments in the dead-letter queue, in the order in which they came there.
    """

    balances: Mapping[str, int]
    dead: tuple[str, ...]


WITH_THOSE_BEHIND: Final = "many"
"""The prefix for the queue whose messages come ten at a time: those behind a broken one fail with it."""
ALONE: Final = "one"
"""The prefix for the queue whose messages come one at a time: a broken one fails alone."""


def expected(prefix: str) -> Booked:
    """What has to become of ``batch(prefix)``."""
    balances = {f"{prefix}-ada": 707, f"{prefix}-bob": 500}
    if prefix == WITH_THOSE_BEHIND:
        return Booked(balances, (f"{prefix}-broken", f"{prefix}-4"))
    return Booked({**balances, f"{prefix}-eve": 80}, (f"{prefix}-broken",))


def begin(mapping: Mapped, prefix: str) -> None:
    """Send a batch while the mapping is off, and turn it on; failed messages come back after a second."""
    server = mapping.stack.server
    mapping.turn(on=False)
    redeliver_after(server, mapping.source, 1)
    send(server, mapping.source, batch(prefix))
    mapping.turn(on=True)


def end(mapping: Mapped, prefix: str) -> Booked:
    """Wait until the queue is empty, and say what became of the batch."""
    server = mapping.stack.server
    until(lambda: not messages(server, mapping.source))
    dead = until(
        lambda: [json.loads(one.body)["payment_id"] for one in messages(server, mapping.dead_letters)],
        lambda found: len(found) == len(expected(prefix).dead),
        limit=60,
    )
    return Booked(balances(server.client("dynamodb"), mapping.environment("LEDGER_TABLE"), prefix), tuple(dead))


def balances(dynamodb: Any, table: str, prefix: str) -> dict[str, int]:
    """The balances in a ledger, of customers with a prefix."""
    items = dynamodb.scan(TableName=table, ConsistentRead=True)["Items"]
    return {
        one["customer_id"]["S"]: int(one["balance_cents"]["N"])
        for one in items
        if one["entry"]["S"] == "balance" and one["customer_id"]["S"].startswith(f"{prefix}-")
    }


__all__ = ["ALONE", "RECEIVES", "WITH_THOSE_BEHIND", "Booked", "balances", "batch", "begin", "end", "expected"]
