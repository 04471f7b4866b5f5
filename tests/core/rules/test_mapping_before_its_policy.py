from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, Lack
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, ref, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM416"
AROUND = {"Queue": resource("SQS::Queue"), "Role": resource("IAM::Role")}
POLICY = resource("IAM::Policy", {"Roles": [ref("Role")], "PolicyDocument": document("sqs:*", get("Queue"))})


def found(resources: dict[str, Any], **attributes: Any) -> list[Any]:
    return check([plan({**AROUND, "Orders": {**orders(get("Queue")), **attributes}, **resources})], select=[ID])


def test_policy_beside_the_function_is_named() -> None:
    [one] = found({"Policy": POLICY})

    assert (one.setting, one.allowed) == ("DependsOn", "Policy")


@pytest.mark.parametrize(
    ("resources", "attributes"),
    [
        pytest.param({"Policy": POLICY}, {"DependsOn": "Policy"}, id="mapping waits"),
        pytest.param(
            {"Policy": POLICY, "Function": resource("Lambda::Function", {"Role": get("Role")}, DependsOn=["Policy"])},
            {},
            id="function waits",
        ),
        pytest.param(
            {"Policy": POLICY, "Between": resource("SNS::Topic", {}, DependsOn=["Policy"])},
            {"DependsOn": "Between"},
            id="something between waits",
        ),
        pytest.param({"Role": resource("IAM::Role", inline(document("sqs:*", "*")))}, {}, id="role holds it itself"),
        pytest.param(
            {"Role": resource("IAM::Role", inline(document("sqs:*", get("Queue")))), "Policy": POLICY},
            {},
            id="role holds it too",
        ),
        pytest.param({}, {}, id="nothing allows it"),
    ],
)
def test_policy_that_is_there_in_time_is_fine(resources: dict[str, Any], attributes: dict[str, Any]) -> None:
    assert found(resources, **attributes) == []


def test_a_policy_that_the_poller_does_not_need_may_come_later() -> None:
    logs = resource("IAM::Policy", {"Roles": [ref("Role")], "PolicyDocument": document("logs:*", "*")})
    role = resource("IAM::Role", inline(document("sqs:*", get("Queue"))))

    assert found({"Policy": logs, "Role": role}) == []


@pytest.mark.parametrize("ordered", [True, UNKNOWN])
def test_order_that_is_right_or_not_seen_is_fine(ordered: object) -> None:
    one = with_permission(mapping(), "sqs:ReceiveMessage", lack=Lack.REFUSED, policies=("P",), ordered=ordered)

    assert ids(one, select=[ID]) == []
