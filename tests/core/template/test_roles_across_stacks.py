"""Roles, policies and keys that stand in other stacks than the mapping."""

import json
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Permission
from cdk_esm.testing.templates import document, get, mapping, permission, ref, resource, template

RECEIVE = "sqs:ReceiveMessage"
INNER = "Inner.nested.template.json"
QUEUE = {"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))}
BARE = {"Role": resource("IAM::Role")}


def policy_of(role: Any, on: Any = "*") -> dict[str, Any]:
    return resource("IAM::Policy", {"Roles": [role], "PolicyDocument": document("sqs:*", on)})


def receives(folder: Path, nested: dict[str, Any] | None = None, **templates: Any) -> Permission:
    """What the mapping of the stack Shop is granted, in an assembly of these templates."""
    artifacts = {
        name: {
            "type": "aws:cloudformation:stack",
            "environment": "aws://111122223333/eu-west-1",
            "properties": {"templateFile": f"{name}.template.json"},
        }
        for name in templates
    }
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    for name, content in templates.items():
        (folder / f"{name}.template.json").write_text(json.dumps(content))
    if nested is not None:
        (folder / INNER).write_text(json.dumps(nested))
    [plan] = esm.read_assembly(folder)
    return permission(plan, RECEIVE)


def handing_over(parameters: dict[str, Any]) -> dict[str, Any]:
    """A nested stack that is at hand, and what it is given."""
    return resource("CloudFormation::Stack", {"Parameters": parameters}, Metadata={"aws:asset:path": INNER})


def nested(resources: dict[str, Any]) -> dict[str, Any]:
    return {"Parameters": {"Name": {"Type": "String"}}, "Resources": resources}


def test_policy_of_another_stack_is_found_and_its_order_is_not_known(tmp_path: Path) -> None:
    exported = {"Name": {"Value": ref("Role"), "Export": {"Name": "role"}}}
    found = receives(
        tmp_path,
        Shop=template({**QUEUE, **BARE}, Outputs=exported),
        Policies={"Resources": {"Policy": policy_of({"Fn::ImportValue": "role"})}},
    )

    assert (found.held, found.policies, found.ordered) == (True, ("Policy",), UNKNOWN)


def test_role_of_another_stack_may_get_more_before_the_mapping_is_made(tmp_path: Path) -> None:
    exported = {"Arn": {"Value": get("Role"), "Export": {"Name": "role"}}}
    function = {"Function": resource("Lambda::Function", {"Role": {"Fn::ImportValue": "role"}})}

    found = receives(tmp_path, Shop=template({**QUEUE, **function}), Roles={"Resources": BARE, "Outputs": exported})

    assert found.held is UNKNOWN


def test_nested_stack_that_is_at_hand_grants_what_it_says(tmp_path: Path) -> None:
    inner = nested({"Policy": policy_of(ref("Name"))})

    found = receives(tmp_path, inner, Shop=template({**QUEUE, **BARE, "Inner": handing_over({"Name": ref("Role")})}))

    assert (found.held, found.policies) == (True, ("Policy",))


@pytest.mark.parametrize(
    ("within", "held"),
    [
        pytest.param(resource("SNS::Topic", {"TopicName": ref("Name")}), False, id="nothing hidden"),
        pytest.param({"Type": "Custom::Policy", "Properties": {"Role": ref("Name")}}, UNKNOWN, id="custom resource"),
        pytest.param(resource("CloudFormation::Stack", {"Parameters": {}}), UNKNOWN, id="stack that is not at hand"),
    ],
)
def test_role_that_is_handed_to_a_nested_stack_may_get_more_there(tmp_path: Path, within: Any, held: Any) -> None:
    inner = handing_over({"Name": ref("Role")})

    found = receives(tmp_path, nested({"Within": within}), Shop=template({**QUEUE, **BARE, "Inner": inner}))

    assert found.held is held


def test_mapping_in_a_nested_stack_is_made_with_the_role_of_the_outer_one(tmp_path: Path) -> None:
    inner = nested({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), FunctionName=ref("Name"))})
    outer = handing_over({"Name": ref("Function")})

    assert receives(tmp_path, inner, Shop=template({**BARE, "Inner": outer})).held is False


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("fulfil", id="text"),
        pytest.param({"Fn::Sub": "fulfil-${AWS::Region}"}, id="text with a hole"),
    ],
)
def test_policy_in_a_nested_stack_finds_the_role_of_the_outer_one_by_its_name(tmp_path: Path, name: Any) -> None:
    named = {"Role": resource("IAM::Role", {"RoleName": name}), "Inner": handing_over({"Name": "orders"})}

    found = receives(tmp_path, nested({"Policy": policy_of(name)}), Shop=template({**QUEUE, **named}))

    assert (found.held, found.policies) == (True, ("Policy",))
