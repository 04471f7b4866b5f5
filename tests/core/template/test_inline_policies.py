"""How long the inline policies of a role are: what is written out, and what only the deployment knows."""

import json
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.plan import InlinePolicies
from cdk_esm.testing.templates import document, get, inline, mapping, plan, plans, ref, resource

ACCOUNT = "111122223333"
LITERAL = document(["sqs:ReceiveMessage", "sqs:DeleteMessage"], f"arn:aws:sqs:eu-west-1:{ACCOUNT}:orders")


def length(policy: Any) -> int:
    """As IAM counts it: all of its JSON but white space."""
    return len("".join(json.dumps(policy, separators=(",", ":")).split()))


def beside(policy: Any, /, kind: str = "IAM::Policy", **properties: Any) -> dict[str, Any]:
    named = {"RoleName": ref("Role")} if kind == "IAM::RolePolicy" else {"Roles": [ref("Role")]}
    return resource(kind, {**named, "PolicyDocument": policy, **properties})


def counted(resources: dict[str, Any], /, **sections: Any) -> InlinePolicies:
    around = {"Queue": resource("SQS::Queue"), "Role": resource("IAM::Role"), "Orders": mapping(get("Queue"))}
    access = plan({**around, **resources}, **sections).role.access
    assert access is not None
    assert access.inline is not None
    return access.inline


def of_a_resource(on: Any, /, resources: dict[str, Any] | None = None, **sections: Any) -> tuple[int, int]:
    """What a place in a policy adds to its length: for certain, and likely."""
    found = counted({"Policy": beside(document("a", on)), **(resources or {})}, **sections)
    rest = length(document("a", ""))
    return found.at_least - rest, found.about - rest


@pytest.mark.parametrize(
    "policy",
    [
        pytest.param(LITERAL, id="actions and a place"),
        pytest.param(document("*", ["*", "arn:aws:s3:::a/*"]), id="places"),
        pytest.param({"Version": "2012-10-17", "Statement": []}, id="nothing in it"),
        pytest.param({**LITERAL, "Id": "with white space"}, id="white space"),
        pytest.param(document("*", "*", Condition={"Bool": {"aws:SecureTransport": True}}), id="condition"),
        pytest.param(document("*", "*", Condition={"NumericLessThan": {"s3:max-keys": 10}}), id="number"),
    ],
)
def test_what_is_written_out_is_counted_as_iam_counts_it(policy: Any) -> None:
    within = counted({"Role": resource("IAM::Role", inline(policy))})
    next_to_it = counted({"Policy": beside(policy)})

    assert (within.count, within.at_least, within.about) == (1, length(policy), length(policy))
    assert (next_to_it.count, next_to_it.at_least, next_to_it.about) == (1, length(policy), length(policy))


def test_policies_within_and_beside_a_role_add_up_and_managed_ones_do_not() -> None:
    within = [{"PolicyName": name, "PolicyDocument": LITERAL} for name in ("One", "Two")]

    found = counted(
        {
            "Role": resource("IAM::Role", {"Policies": within}),
            "Policy": beside(LITERAL),
            "Further": beside(LITERAL, "IAM::RolePolicy"),
            "Managed": beside(LITERAL, "IAM::ManagedPolicy"),
            "Another": resource("IAM::Policy", {"Roles": ["somebody"], "PolicyDocument": LITERAL}),
        }
    )

    assert (found.role, found.count, found.at_least) == ("Shop/Role", 4, 4 * length(LITERAL))


@pytest.mark.parametrize(
    ("on", "least", "about"),
    [
        pytest.param(get("Queue"), "arn:aws:sqs:us-east-1:111122223333:q", 80, id="ARN of a resource"),
        pytest.param(ref("AWS::AccountId"), ACCOUNT, 12, id="account"),
        pytest.param(ref("AWS::Region"), "us-east-1", 12, id="Region"),
        pytest.param({"Fn::Sub": "arn:${AWS::Partition}:s3:::"}, "arn:aws:s3:::", 13, id="partition"),
        pytest.param({"Fn::ImportValue": "Queue"}, "", 80, id="import"),
        pytest.param(
            {"Fn::Sub": ["arn:aws:s3:::${B}", {"B": {"Fn::ImportValue": "B"}}]}, "arn:aws:s3:::", 43, id="part"
        ),
        pytest.param(get("Named", "Arn"), "arn:aws:kinesis:us-east-1:111122223333:stream/clicks", 55, id="named"),
        pytest.param(get("Key", "Arn"), "arn:aws:kms:us-east-1:111122223333:key/k", 78, id="key"),
        pytest.param(get("Bucket", "Arn"), "arn:aws:s3:::b", 53, id="without a Region"),
    ],
)
def test_what_only_the_deployment_knows_is_at_least_short_and_likely_usual(on: Any, least: str, about: int) -> None:
    others = {
        "Named": resource("Kinesis::Stream", {"Name": "clicks"}),
        "Key": resource("KMS::Key"),
        "Bucket": resource("S3::Bucket"),
    }

    at_least, likely = of_a_resource(on, others)

    assert at_least == len(least)
    assert likely >= at_least
    assert likely == pytest.approx(about, abs=8)


def test_the_default_of_a_parameter_is_likely_and_not_certain() -> None:
    found = of_a_resource(ref("Place"), Parameters={"Place": {"Type": "String", "Default": "arn:aws:s3:::failures"}})

    assert found == (0, len("arn:aws:s3:::failures"))


def test_a_policy_under_an_open_condition_counts_where_it_stands() -> None:
    found = plans(
        {
            "Queue": resource("SQS::Queue"),
            "Role": resource("IAM::Role"),
            "Orders": mapping(get("Queue")),
            "Policy": {**beside(LITERAL), "Condition": "Wanted"},
        },
        Parameters={"Stage": {"Type": "String"}},
        Conditions={"Wanted": {"Fn::Equals": [ref("Stage"), "prod"]}},
    )

    inline = [one.role.access.inline for one in found if one.role.access is not None]
    assert sorted(one.at_least for one in inline if one is not None) == [length(LITERAL)]
    assert len(inline) == 2


def test_of_two_policies_with_one_name_the_later_overwrites_the_other() -> None:
    short, long = document("a", "*"), document("a" * 500, "*")

    found = counted({"One": beside(short, PolicyName="same"), "Two": beside(long, PolicyName="same")})

    assert (found.count, found.at_least, found.about) == (1, length(short), length(long))


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(f"arn:aws:iam::{ACCOUNT}:role/shared", id="literal"),
        pytest.param(f"arn:aws:iam::{ACCOUNT}:role/service/shared", id="below a path"),
        pytest.param({"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/shared"}, id="in parts"),
    ],
)
def test_policies_on_a_role_that_stands_elsewhere_are_found_by_its_name(role: Any) -> None:
    policy = resource("IAM::Policy", {"Roles": ["shared"], "PolicyDocument": LITERAL})
    function = resource("Lambda::Function", {"Role": role})
    around = {"Function": function, "Queue": resource("SQS::Queue"), "One": policy, "Two": policy}

    found = counted(around)

    assert (found.count, found.at_least) == (2, 2 * length(LITERAL))


@pytest.mark.parametrize("role", [{"Fn::ImportValue": "Role"}, "shared", 5])
def test_a_role_without_a_name_is_not_counted(role: Any) -> None:
    around = {"Function": resource("Lambda::Function", {"Role": role}), "Queue": resource("SQS::Queue")}

    [one] = plans({**around, "Orders": mapping(get("Queue"))})

    assert one.role.access is not None
    assert one.role.access.inline is None


def shared_role(stacks: dict[str, str], folder: Path) -> list[InlinePolicies]:
    """A mapping and a policy in each stack, on one role that stands elsewhere."""
    artifacts = {}
    for name, account in stacks.items():
        resources = {
            "Queue": resource("SQS::Queue"),
            "Function": resource("Lambda::Function", {"Role": f"arn:aws:iam::{ACCOUNT}:role/shared"}),
            "Orders": mapping(get("Queue")),
            "Policy": resource("IAM::Policy", {"Roles": ["shared"], "PolicyDocument": LITERAL}),
        }
        (folder / f"{name}.json").write_text(json.dumps({"Resources": resources}))
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "environment": f"aws://{account}/eu-west-1",
            "properties": {"templateFile": f"{name}.json"},
        }
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    found = [one.role.access.inline for one in esm.read_assembly(folder) if one.role.access is not None]
    return [one for one in found if one is not None]


def test_stacks_of_one_account_share_a_role_by_its_name(tmp_path: Path) -> None:
    found = shared_role({"Shop": ACCOUNT, "Audit": ACCOUNT}, tmp_path)

    assert [one.count for one in found] == [2, 2]


def test_stacks_of_other_accounts_and_of_unknown_ones_do_not(tmp_path: Path) -> None:
    found = shared_role(
        {"Shop": ACCOUNT, "Other": "444455556666", "One": "unknown-account", "Two": "unknown-account"}, tmp_path
    )

    assert [one.count for one in found] == [1, 1, 1, 1]


def test_a_policy_is_measured_once_however_many_mappings_its_role_has(monkeypatch: pytest.MonkeyPatch) -> None:
    from cdk_esm.template.iam import sizes  # noqa: PLC0415 - what is replaced

    asked: list[Any] = []
    real = sizes._size  # noqa: SLF001 - counted here

    def counting(policy: Any) -> sizes.Size:
        asked.append(policy)
        return real(policy)

    monkeypatch.setattr(sizes, "_size", counting)
    many = {f"Orders{n}": mapping(get("Queue")) for n in range(50)}
    policies = {f"Policy{n}": beside(LITERAL) for n in range(50)}

    plans({"Queue": resource("SQS::Queue"), "Role": resource("IAM::Role"), **many, **policies})

    assert len(asked) == 50
