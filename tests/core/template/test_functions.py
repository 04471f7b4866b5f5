"""The function behind a mapping, and where its role lets it write."""

from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import get, mapping, plan, ref, resource


def document(actions: Any, on: Any, **more: Any) -> dict[str, Any]:
    return {"Statement": [{"Effect": "Allow", "Action": actions, "Resource": on, **more}]}


def found(resources: dict[str, Any], /, **orders: Any) -> MappingPlan:
    one = {**mapping(get("Queue")), **orders}
    return plan({"Queue": resource("SQS::Queue"), "Orders": one, **resources})


def with_role(properties: dict[str, Any], /, further: dict[str, Any] | None = None, **orders: Any) -> MappingPlan:
    return found({"Role": resource("IAM::Role", properties), **(further or {})}, **orders)


def of_function(name: Any, resources: dict[str, Any] | None = None) -> MappingPlan:
    orders = mapping(get("Queue"))
    orders["Properties"]["FunctionName"] = name
    return plan({"Queue": resource("SQS::Queue"), "Orders": orders, **(resources or {})})


def test_function_is_read() -> None:
    properties = {
        "Timeout": "30",
        "MemorySize": 512,
        "ReservedConcurrentExecutions": 7,
        "Handler": "app.handler",
        "Architectures": ["arm64"],
        "DurableConfig": {"ExecutionTimeout": 60},
        "TenancyConfig": {"TenantIsolationMode": "PER_TENANT"},
        "CapacityProviderConfig": {"LambdaManagedInstancesCapacityProviderConfig": {}},
        "DeadLetterConfig": {"TargetArn": get("Queue")},
        "Environment": {"Variables": {"A": "bc"}},
        "FunctionName": "fulfil",
    }
    invoked = {"FunctionName": ref("Function"), "DestinationConfig": {"OnFailure": {"Destination": get("Queue")}}}
    function = found(
        {
            "Function": resource("Lambda::Function", properties),
            "Invoked": resource("Lambda::EventInvokeConfig", invoked),
        }
    ).function

    assert (function.identity, function.existing, function.qualified, function.pool) == (
        "Shop/Function",
        False,
        False,
        None,
    )
    assert (function.timeout_seconds, function.memory_mb, function.reserved_concurrency) == (30, 512, 7)
    assert (function.handler, function.architecture, function.name) == ("app.handler", "arm64", "fulfil")
    assert (function.durable_timeout_seconds, function.tenant_isolated, function.managed_instances) == (60, True, True)
    assert (function.dead_letter_target, function.asynchronous_target) == ("Shop/Queue", "Shop/Queue")
    assert function.environment_bytes == 3


@pytest.mark.parametrize(
    ("name", "identity", "pool"),
    [
        pytest.param(ref("Alias"), "Shop/Alias", "Shop/Function", id="alias"),
        pytest.param(ref("Version"), "Shop/Version", "Shop/Function", id="version"),
        pytest.param({"Fn::Sub": "${Function.Arn}:live"}, "Shop/Function:live", "Shop/Function", id="ARN with alias"),
        pytest.param({"Fn::Join": ["", [ref("Function"), ":live"]]}, "Shop/Function:live", "Shop/Function", id="name"),
        pytest.param(
            "arn:aws:lambda:eu-west-1:111122223333:function:fulfil:live",
            "arn:aws:lambda:eu-west-1:111122223333:function:fulfil:live",
            "arn:aws:lambda:eu-west-1:111122223333:function:fulfil",
            id="elsewhere",
        ),
    ],
)
def test_qualified_function_is_a_target_of_its_own_in_the_functions_pool(name: Any, identity: str, pool: str) -> None:
    around = {
        "Alias": resource("Lambda::Alias", {"FunctionName": ref("Function"), "FunctionVersion": "1"}),
        "Version": resource("Lambda::Version", {"FunctionName": get("Function")}),
    }

    function = of_function(name, around).function

    assert (function.identity, function.pool, function.qualified) == (identity, pool, True)


@pytest.mark.parametrize("name", [pytest.param("fulfil", id="name"), pytest.param({"Fn::Sub": "fulfil"}, id="sub")])
def test_function_is_known_by_its_literal_name(name: Any) -> None:
    function = resource("Lambda::Function", {"FunctionName": "fulfil", "Timeout": 9})

    assert of_function(name, {"Function": function}).function.timeout_seconds == 9


def test_function_elsewhere_hides_all_but_its_name() -> None:
    function = of_function("arn:aws:lambda:eu-west-1:111122223333:function:fulfil").function

    assert (function.existing, function.qualified, function.pool) == (True, False, None)
    assert (function.region, function.account, function.timeout_seconds) == ("eu-west-1", "111122223333", UNKNOWN)


@pytest.mark.parametrize(
    ("statement", "fires"),
    [
        pytest.param(document("sqs:SendMessage", get("Queue")), True, id="sends to its source"),
        pytest.param(document("sqs:SendMessage", get("Other")), False, id="sends elsewhere"),
        pytest.param(document("sqs:*", "*"), False, id="may do anything"),
        pytest.param(document("sqs:SendMessage", get("Queue"), Condition={"Bool": {}}), False, id="under a condition"),
    ],
)
def test_function_that_may_send_to_its_source_is_told(statement: dict[str, Any], *, fires: bool) -> None:
    properties = {"Policies": [{"PolicyDocument": statement}]}

    one = with_role(properties, {"Other": resource("SQS::Queue")})

    assert bool(check([one], select=["ESM312"])) is fires


def test_environment_with_a_hole_has_no_size() -> None:
    function = resource("Lambda::Function", {"Environment": {"Variables": {"QUEUE": get("Queue")}}})

    assert found({"Function": function}).function.environment_bytes is UNRESOLVED
