"""The execution roles, as the service's own simulation of policies judges them: what the poller needs, and no more.

The local AWS never asks whether the poller may do what it does, so only this sees a right that is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pytest

from cdk_esm import read_template
from cdk_esm.facts import Neighbour
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.needs import needs
from tests.e2e.conftest import SHOP
from tests.e2e.deploy import Assembly, deploy
from tests.e2e.exclusions import deployable
from tests.e2e.mutants import of_type, without_action
from tests.e2e.server import ACCOUNT, Server
from tests.e2e.stacks import Mapped, Stack

MAPPINGS = (
    ("ShopOrders", "Orders"),
    ("ShopPayments", "Payments"),
    ("ShopPayments", "Refunds"),
    ("ShopClicks", "Clicks"),
    ("ShopProducts", "Projection"),
)
NEVER = {"sqs:SendMessage", "sqs:PurgeQueue", "sqs:ChangeMessageVisibility", "kinesis:PutRecord"}
"""What no poller needs, and no handler of the shop."""
# What the exclusions leave of a neighbour: the mapping of ShopClicks reads the stream itself.
WITHOUT_CONSUMERS = {Neighbour.CONSUMER: Neighbour.SOURCE}


def arn(mapping: Mapped, neighbour: Neighbour) -> str:
    """Where a neighbour of a deployed mapping is."""
    destination = mapping.properties.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    match WITHOUT_CONSUMERS.get(neighbour, neighbour):
        case Neighbour.SOURCE:
            return mapping.source_arn
        case Neighbour.STREAMS_OF_TABLE:
            return f"{mapping.source_arn.rsplit('/', 1)[0]}/*"
        case Neighbour.DESTINATION:
            return str(mapping.stack.of(destination))
        case Neighbour.DESTINATION_OBJECTS:
            return f"{mapping.stack.of(destination)}/aws/lambda/{mapping.uuid}/one"
    raise NotImplementedError(neighbour)


def needed(plan: MappingPlan, mapping: Mapped) -> Iterator[tuple[str, str]]:
    """Each action that the plan says the poller needs, and on what."""
    for need in needs(plan):
        if need.applies is True:
            yield from ((action, arn(mapping, need.grant.on)) for action in need.grant.actions)


def decisions(server: Server, role: str, actions: Iterable[str], resource: str) -> dict[str, str]:
    """What a role may do with a resource: action to decision."""
    answer = server.client("iam").simulate_principal_policy(
        PolicySourceArn=role,
        ActionNames=sorted(actions),
        ResourceArns=[resource],
        ContextEntries=[
            {"ContextKeyName": "s3:ResourceAccount", "ContextKeyType": "string", "ContextKeyValues": [ACCOUNT]}
        ],
    )
    return {one["EvalActionName"]: one["EvalDecision"] for one in answer["EvaluationResults"]}


def missing(server: Server, plan: MappingPlan, mapping: Mapped) -> set[str]:
    """The actions that the poller needs and may not do."""
    wanted: dict[str, set[str]] = {}
    for action, resource in needed(plan, mapping):
        wanted.setdefault(resource, set()).add(action)
    return {
        action
        for resource, actions in wanted.items()
        for action, decision in decisions(server, mapping.role_arn, actions, resource).items()
        if decision != "allowed"
    }


def plan_of(mapping: Mapped, assembly: Assembly) -> MappingPlan:
    """The plan of the template as it was synthesized, before the exclusions."""
    [plan] = [one for one in read_template(assembly.template(mapping.stack.name)) if mapping.logical_id in one.path]
    return plan


@pytest.mark.parametrize(("stack", "construct_id"), MAPPINGS)
def test_a_role_may_do_all_that_the_poller_needs(
    shop: dict[str, Stack], server: Server, assembly: Assembly, stack: str, construct_id: str
) -> None:
    mapping = shop[stack].mapping(construct_id)
    plan = plan_of(mapping, assembly)

    assert len(list(needed(plan, mapping))) >= 3
    assert missing(server, plan, mapping) == set()


@pytest.mark.parametrize(("stack", "construct_id"), MAPPINGS)
def test_a_role_may_do_nothing_with_a_dead_letter_queue_or_with_the_source_of_another_bundle(
    shop: dict[str, Stack], server: Server, assembly: Assembly, stack: str, construct_id: str
) -> None:
    mapping = shop[stack].mapping(construct_id)
    everyone = [one for name in SHOP for one in shop[name].mappings]
    # Two mappings of one function share its role, so each may read the other's source, and no dead-letter queue.
    others = [one for one in everyone if one.role_arn != mapping.role_arn]
    forbidden = [one.source_arn for one in others] + [
        one.source_arn.replace(one.source.rsplit("/", 1)[-1], str(one.dead_letters).rsplit("/", 1)[-1])
        for one in everyone
        if one.dead_letters
    ]

    every_action = {action for one in everyone for action, _ in needed(plan_of(one, assembly), one)} | NEVER
    assert len(forbidden) >= len(others) + 3
    for resource in forbidden:
        service = resource.split(":")[2]
        actions = {one for one in every_action if one.startswith(f"{service}:")}
        assert set(decisions(server, mapping.role_arn, actions, resource).values()) == {"implicitDeny"}, resource


def test_a_poller_may_subscribe_its_own_consumer_and_no_other(
    shop: dict[str, Stack], server: Server, assembly: Assembly
) -> None:
    # The stack is deployed without its consumer: here is one, and the policies as they were synthesized.
    clicks, template = shop["ShopClicks"], assembly.template("ShopClicks")
    [consumer] = [one for one, it in template["Resources"].items() if it["Type"] == "AWS::Kinesis::StreamConsumer"]
    own, other = (
        server.client("kinesis").register_stream_consumer(
            StreamARN=clicks.mapping("Clicks").source_arn, ConsumerName=name
        )["Consumer"]["ConsumerARN"]
        for name in ("own", "other")
    )
    reference = json.dumps({"Fn::GetAtt": [consumer, "ConsumerARN"]})
    policies = [
        json.dumps(clicks.of(json.loads(json.dumps(one["PolicyDocument"]).replace(reference, json.dumps(own)))))
        for one in of_type(template, "AWS::IAM::Policy")
    ]

    decided = {
        arn: server.client("iam").simulate_custom_policy(
            PolicyInputList=policies, ActionNames=["kinesis:SubscribeToShard"], ResourceArns=[arn]
        )["EvaluationResults"][0]["EvalDecision"]
        for arn in (own, other)
    }
    assert decided == {own: "allowed", other: "implicitDeny"}


def test_a_poller_that_may_not_receive_is_noticed(server: Server, assembly: Assembly) -> None:
    template = deployable(assembly.template("ShopOrders"))
    without_action("sqs:ReceiveMessage")(template)
    mapping = deploy(server, "ShopOrdersNoReceive", template).mapping("Orders")
    [plan] = read_template(assembly.template("ShopOrders"))

    assert missing(server, plan, mapping) == {"sqs:ReceiveMessage"}
