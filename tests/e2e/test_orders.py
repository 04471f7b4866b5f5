"""ShopOrders: messages in, effects out, partial failure, retry and redrive; and each mutant, which must not pass."""

import json

import pytest

from tests.e2e.mutants import MUTANTS, Mutant
from tests.e2e.orders import RECEIVES, RIGHT, Outcome, Traffic
from tests.e2e.queues import listen, messages
from tests.e2e.server import Server
from tests.e2e.stacks import Stack
from tests.e2e.waiting import until

AllTraffic = dict[str, tuple[Traffic, Outcome]]


@pytest.fixture(scope="module")
def orders(traffic: AllTraffic) -> Traffic:
    """ShopOrders after its traffic."""
    return traffic["ShopOrders"][0]


def test_orders_are_stored_and_announced_once_and_bad_messages_fail_alone(traffic: AllTraffic) -> None:
    orders, outcome = traffic["ShopOrders"]

    assert outcome == RIGHT
    [order] = [one for one in orders.items("ORDER_TABLE") if one["order_id"]["S"] == "O-1"]
    assert order["total_cents"] == {"N": "6980"}
    assert order["status"] == {"S": "accepted"}
    assert {one["status"]["S"] for one in orders.items("SEEN_TABLE")} == {"COMPLETED"}


def test_a_message_that_failed_is_hidden_for_the_queues_visibility_timeout(orders: Traffic) -> None:
    [left] = orders.left

    assert left.body == "no order, first"
    assert left.received == 1
    assert 179 <= left.hidden_for <= 181  # six times the function's timeout


def test_a_message_is_moved_after_its_receives_and_says_where_it_came_from(orders: Traffic, server: Server) -> None:
    [dead] = server.client("sqs").receive_message(
        QueueUrl=orders.orders.dead_letters, AttributeNames=["All"], MaxNumberOfMessages=10, VisibilityTimeout=0
    )["Messages"]
    assert dead["Body"] == "no order, second"
    assert dead["MessageId"] == orders.second[1]
    assert dead["Attributes"]["DeadLetterQueueSourceArn"] == orders.orders.source_arn
    assert orders.failures(orders.second[1]) == RECEIVES


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_is_noticed_in_its_way(traffic: AllTraffic, mutant: Mutant) -> None:
    _, outcome = traffic[mutant.name]

    assert outcome.differences(RIGHT)
    assert outcome == mutant.outcome, mutant.why


def test_an_alarm_reaches_those_who_subscribe_to_its_topic(shop: dict[str, Stack], server: Server) -> None:
    stack = shop["ShopOrders"]
    [alarm] = [one for one in stack.template["Resources"] if one.startswith("OrdersDeadLettersAlarm")]
    [topic] = [stack.of(action) for action in stack.template["Resources"][alarm]["Properties"]["AlarmActions"]]
    ear = listen(server, topic, "heard-alarms")

    server.client("cloudwatch").set_alarm_state(
        AlarmName=stack.physical[alarm], StateValue="ALARM", StateReason="tried"
    )

    [heard] = until(lambda: messages(server, ear))
    told = json.loads(heard.body)
    assert (told["AlarmName"], told["NewStateValue"]) == (stack.physical[alarm], "ALARM")
    # The alarm watches the queue that dead messages are in.
    dimensions = server.client("cloudwatch").describe_alarms(AlarmNames=[stack.physical[alarm]])["MetricAlarms"][0]
    watched = {one["Name"]: one["Value"] for one in dimensions["Dimensions"]}
    assert watched == {"QueueName": str(stack.mapping("Orders").dead_letters).rsplit("/", 1)[-1]}
