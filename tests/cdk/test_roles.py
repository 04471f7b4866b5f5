"""What an execution role holds: exactly what the poller and the function need, on exactly those resources."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from constructs import IConstruct

from cdk_esm import NewFunction, NewQueue, SqsFifoToLambda, SqsToLambda
from tests.cdk.existing import a_function, a_queue
from tests.cdk.templates import Resource, arn_of, ref, resources

Grants = set[tuple[str, str]]
OF_THE_FUNCTION = {
    ("logs:CreateLogStream", "log group"),
    ("logs:PutLogEvents", "log group"),
    ("xray:PutTelemetryRecords", "*"),
    ("xray:PutTraceSegments", "*"),
}
OF_THE_POLLER = {
    ("sqs:DeleteMessage", "queue"),
    ("sqs:GetQueueAttributes", "queue"),
    ("sqs:ReceiveMessage", "queue"),
}
OF_THE_KEY = {("kms:Decrypt", "key")}
POLLED = {action for action, _ in OF_THE_POLLER}


def statements_of(role: IConstruct) -> Iterator[dict[str, Any]]:
    """Every statement of every policy that the role's stack attaches to it, inline or not."""
    found = resources(cdk.Stack.of(role))
    documents = [policy["PolicyDocument"] for policy in found[ref(role)["Ref"]]["Properties"].get("Policies", [])]
    documents += [
        resource["Properties"]["PolicyDocument"]
        for resource in found.values()
        if resource["Type"] in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
        and ref(role) in resource["Properties"].get("Roles", [])
    ]
    for document in documents:
        yield from document["Statement"]


def granted(role: iam.IRole | None, **named: IConstruct | None) -> Grants:
    """Every action with the name of the resource that it is granted on."""
    assert role is not None
    names = {json.dumps(arn_of(one)): name.replace("_", " ") for name, one in named.items() if one is not None}
    found = set()
    for statement in statements_of(role):
        assert set(statement) == {"Action", "Effect", "Resource"}
        assert statement["Effect"] == "Allow"
        for action in _listed(statement["Action"]):
            for resource in _listed(statement["Resource"]):
                found.add((action, resource if resource == "*" else names[json.dumps(resource)]))
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("encrypted", [False, True], ids=["no-key", "key"])
@pytest.mark.parametrize("existing", [False, True], ids=["new-queue", "existing-queue"])
@pytest.mark.parametrize("construct", [SqsToLambda, SqsFifoToLambda], ids=["standard", "fifo"])
def test_a_role_holds_exactly_what_is_needed(
    construct: Callable[..., SqsToLambda | SqsFifoToLambda],
    stack: cdk.Stack,
    function: NewFunction,
    *,
    existing: bool,
    encrypted: bool,
) -> None:
    key = kms.Key(stack, "Key") if encrypted else None
    if existing:
        orders = construct(
            stack, "Orders", function=function, queue=a_queue(stack, fifo=construct is SqsFifoToLambda, key=key)
        )
    else:
        orders = construct(stack, "Orders", function=function, queue=NewQueue(encryption_master_key=key))

    expected = OF_THE_FUNCTION | OF_THE_POLLER | (OF_THE_KEY if encrypted else set())
    assert granted(orders.role, queue=orders.queue, key=key, log_group=orders.log_group) == expected


def test_in_a_vpc_the_role_may_manage_network_interfaces(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=replace(function, vpc=ec2.Vpc(stack, "Vpc")))
    actions = (
        "AssignPrivateIpAddresses",
        "CreateNetworkInterface",
        "DeleteNetworkInterface",
        "DescribeNetworkInterfaces",
        "DescribeSubnets",
        "UnassignPrivateIpAddresses",
    )

    assert granted(orders.role, queue=orders.queue, log_group=orders.log_group) == (
        OF_THE_FUNCTION | OF_THE_POLLER | {(f"ec2:{action}", "*") for action in actions}
    )


def test_an_existing_functions_role_gets_the_pollers_part_alone(stack: cdk.Stack) -> None:
    fulfil = a_function(stack)
    orders = SqsToLambda(stack, "Orders", function=fulfil)

    assert orders.role is not None
    assert orders.role.node.path == "Shop/Fulfil/ServiceRole"
    assert granted(orders.role, queue=orders.queue) == OF_THE_POLLER
    assert _dependencies_of_mapping(stack) == {"AWS::IAM::Policy"}


@pytest.mark.parametrize("qualifier", ["alias", "version"])
def test_an_alias_and_a_version_have_their_functions_role(qualifier: str, stack: cdk.Stack) -> None:
    fulfil = a_function(stack)
    version = fulfil.current_version
    target = version if qualifier == "version" else lambda_.Alias(stack, "Live", alias_name="live", version=version)
    orders = SqsToLambda(stack, "Orders", function=target)

    assert granted(fulfil.role, queue=orders.queue) == OF_THE_POLLER
    assert orders.function is fulfil
    assert orders.mapping.function_name == target.function_arn


def test_function_queue_and_mapping_may_stand_in_three_stacks(app: cdk.App) -> None:
    functions, queues, mappings = (cdk.Stack(app, name) for name in ("Functions", "Queues", "Mappings"))
    key = kms.Key(queues, "Key")
    SqsToLambda(mappings, "Orders", function=a_function(functions), queue=a_queue(queues, key=key))

    assert _dependencies_of_mapping(mappings) == {"AWS::IAM::Policy"}
    assert _actions(resources(mappings, "AWS::IAM::Policy")) == POLLED | {"kms:Decrypt"}
    assert resources(functions, "AWS::IAM::Policy") == {}
    assert {stack.node.path for stack in mappings.dependencies} == {"Functions", "Queues"}
    assert functions.dependencies == queues.dependencies == []


def test_two_stacks_that_share_a_role_do_not_overwrite_each_others_policy(app: cdk.App) -> None:
    role = iam.Role(cdk.Stack(app, "Roles"), "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    stacks = [cdk.Stack(app, name) for name in ("Blue", "Green")]
    for stack in stacks:
        SqsToLambda(stack, "Orders", function=a_function(stack, role=role))
    (blue, region, one), (green, _, other) = (_policy_name(stack)["Fn::Join"][1] for stack in stacks)

    assert (blue, green) == ("Blue-", "Green-")
    assert one != other
    assert region == {"Ref": "AWS::Region"}, "the same stack in another Region has a policy of its own too"


def test_stacks_whose_long_names_begin_alike_have_policies_of_their_own(app: cdk.App) -> None:
    env = cdk.Environment(region="ap-southeast-1")
    stacks = [cdk.Stack(app, "S" * 120 + ending, env=env) for ending in "AB"]
    for stack in stacks:
        SqsToLambda(stack, "Orders", function=a_function(stack))
    one, other = (_policy_name(stack) for stack in stacks)

    assert one != other
    assert max(len(one), len(other)) <= 128, "as long as IAM allows a policy's name to be"


def _policy_name(stack: cdk.Stack) -> Any:
    """The name of the mapping's policy: the only one with the poller's actions."""
    (policy,) = (policy for policy in resources(stack, "AWS::IAM::Policy").values() if _actions({"": policy}) >= POLLED)
    return policy["Properties"]["PolicyName"]


def _actions(policies: Mapping[str, Resource]) -> set[str]:
    return {
        action
        for policy in policies.values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        for action in _listed(statement["Action"])
    }


def _dependencies_of_mapping(stack: cdk.Stack) -> set[str]:
    """The types of what the stack's one mapping waits for."""
    (mapping,) = resources(stack, "AWS::Lambda::EventSourceMapping").values()
    return {resources(stack)[name]["Type"] for name in mapping.get("DependsOn", [])}
