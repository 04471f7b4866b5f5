"""The simulator against the local AWS: the same messages, the same handler, tables and topics of the same kind.

The handlers of the shop run in the simulator, in virtual time, and what they store goes into tables of the local AWS,
so that both outcomes are looked at in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import pytest
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

import sample_app.tests.conftest  # noqa: F401 - sets the environment that the handlers are imported with
from cdk_esm import Record, Trace, simulate
from cdk_esm.testing import mapping_of
from sample_app.orders.handler.orders import app as orders
from sample_app.orders.handler.orders.shop import AwsShop
from sample_app.payments.handler.payments import app as payments
from sample_app.payments.handler.payments.ledger import DynamoDbLedger
from tests.e2e.deploy import Assembly
from tests.e2e.orders import FIRST, RECEIVES, RIGHT, SECOND, Outcome, Traffic
from tests.e2e.payments import ALONE, WITH_THOSE_BEHIND, Booked, balances, batch, begin, end, expected
from tests.e2e.queues import listen, messages
from tests.e2e.server import Server
from tests.e2e.stacks import Stack

QUEUES: Final = {"Payments": WITH_THOSE_BEHIND, "Refunds": ALONE}


def new_table(server: Server, name: str, *keys: str) -> str:
    """A table with these keys, all of them texts."""
    server.client("dynamodb").create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


def records(batch: Sequence[Any]) -> list[Record]:
    """A batch for the simulator; each record is called by its number in the batch."""
    bodies = [one if isinstance(one, str) else json.dumps(one) for one in batch]
    return [Record(body, id=str(number)) for number, body in enumerate(bodies)]


def test_orders_end_in_the_simulator_as_they_do_when_they_are_deployed(
    traffic: dict[str, tuple[Traffic, Outcome]], server: Server, assembly: Assembly
) -> None:
    deployed, outcome = traffic["ShopOrders"]
    plan = mapping_of(assembly.folder / "ShopOrders.template.json")
    topic = server.client("sns").create_topic(Name="simulated")["TopicArn"]
    ear = listen(server, topic, "heard-simulated")
    dynamodb = server.client("dynamodb")
    table = new_table(server, "simulated-orders", "order_id")
    shop = AwsShop(table=table, topic=topic, dynamodb=dynamodb, sns=server.client("sns"))
    seen = DynamoDBPersistenceLayer(new_table(server, "simulated-seen", "id"), boto3_client=dynamodb)
    handler = orders.create_handler(shop, seen)

    # The local AWS is watched for less than the three minutes after which the failed message of the first batch comes
    # back; and its second batch comes back after a second, which is the same in virtual time.
    first = simulate(plan, handler, records(FIRST), until=170)
    second = simulate(plan, handler, records(SECOND))

    items = dynamodb.scan(TableName=table, ConsistentRead=True)["Items"]
    simulated = Outcome(
        stored=tuple(sorted(one["order_id"]["S"] for one in items)),
        announced=tuple(sorted(json.loads(one.body)["order_id"] for one in messages(server, ear))),
        dead=named(second, "dead-letter", SECOND) + named(first, "dead-letter", FIRST),
        left=named(first, "in-flight", FIRST) + named(second, "in-flight", SECOND),
    )
    assert outcome == simulated == RIGHT
    assert by_id(deployed.items("ORDER_TABLE")) == by_id(items)
    assert deployed.failures(deployed.second[1]) == second.records["1"].receive_count == RECEIVES
    assert deployed.left[0].received == first.records["1"].receive_count == 1


@pytest.fixture(scope="module")
def under_way(shop: dict[str, Stack]) -> Stack:
    """ShopPayments, with a batch in each of its queues."""
    for construct_id, prefix in QUEUES.items():
        begin(shop["ShopPayments"].mapping(construct_id), prefix)
    return shop["ShopPayments"]


@pytest.mark.parametrize(("construct_id", "prefix"), QUEUES.items())
def test_payments_end_in_the_simulator_as_they_do_when_they_are_deployed(
    under_way: Stack, server: Server, assembly: Assembly, construct_id: str, prefix: str
) -> None:
    deployed = under_way.mapping(construct_id)
    plan = mapping_of(assembly.folder / "ShopPayments.template.json", f"/{construct_id}")
    dynamodb = server.client("dynamodb")
    ledger = new_table(server, f"simulated-ledger-{prefix}", "customer_id", "entry")

    trace = simulate(
        plan,
        payments.create_handler(DynamoDbLedger(table=ledger, dynamodb=dynamodb)),
        [Record(json.dumps(one), group=one["customer_id"], id=one["payment_id"]) for one in batch(prefix)],
    )

    simulated = Booked(balances(dynamodb, ledger, prefix), tuple(one.record_id for one in trace.dead_letters))
    assert end(deployed, prefix) == simulated == expected(prefix)
    assert trace.records[f"{prefix}-broken"].receive_count == RECEIVES


def named(trace: Trace, end: str, batch: Sequence[Any]) -> tuple[str, ...]:
    """The messages of a batch with this end, by what the traffic calls them."""
    bodies = [batch[int(story.id)] for story in trace.records if story.end == end]
    return tuple(sorted(body if isinstance(body, str) else body["order_id"] for body in bodies))


def by_id(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {one["order_id"]["S"]: one for one in items}
