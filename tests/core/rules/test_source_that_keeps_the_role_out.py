"""A source of another account whose policy is in the templates too: it lets the role in, or AWS refuses the mapping."""

from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.rules.engine import check
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import mapping as orders
from cdk_esm.testing.templates import ref, resource, template

HERE, THERE = "111122223333", "444455556666"
ROLE = f"arn:aws:iam::{HERE}:role/fulfil"
QUEUE = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
STREAM = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream"]
SELECT = ["ESM404", "ESM408", "ESM414", "ESM424"]


def let_in(principal: Any, action: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*", **more}


def read_together(place: str, there: dict[str, Any], account: str = THERE, **settings: Any) -> esm.plan.MappingPlan:
    """A mapping on something of another stack, with a role that may do anything."""
    document = template({"Orders": orders(place.replace(THERE, account), **settings)})
    document["Resources"]["Role"]["Properties"]["RoleName"] = "fulfil"
    here = Stack(name="Shop", document=document, region="eu-west-1", account=HERE)
    theirs = Stack(name="Till", document={"Resources": there}, region="eu-west-1", account=account)
    [plan] = read(Assembly([here, theirs])).plans
    return plan


def queue(*statements: dict[str, Any], account: str = THERE) -> esm.plan.MappingPlan:
    there = {"Queue": resource("SQS::Queue", {"QueueName": "sold"})}
    if statements:
        gate = {"Queues": [ref("Queue")], "PolicyDocument": {"Statement": [*statements]}}
        there["Gate"] = resource("SQS::QueuePolicy", gate)
    return read_together(f"arn:aws:sqs:eu-west-1:{THERE}:sold", there, account)


def stream(*statements: dict[str, Any], account: str = THERE) -> esm.plan.MappingPlan:
    there = {"Stream": resource("Kinesis::Stream", {"Name": "sold"})}
    if statements:
        gate = {"ResourceArn": {"Fn::GetAtt": ["Stream", "Arn"]}, "ResourcePolicy": {"Statement": [*statements]}}
        there["Gate"] = resource("Kinesis::ResourcePolicy", gate)
    place = f"arn:aws:kinesis:eu-west-1:{THERE}:stream/sold"
    return read_together(place, there, account, StartingPosition="TRIM_HORIZON")


def found(plan: esm.plan.MappingPlan) -> list[str]:
    return [finding.rule.id for finding in check([plan], select=SELECT)]


@pytest.mark.parametrize(("made", "every"), [(queue, QUEUE), (stream, STREAM)])
def test_source_that_does_not_let_the_role_in_is_refused(made: Any, every: list[str]) -> None:
    for statements in (
        (),
        (let_in({"Service": "events.amazonaws.com"}, every),),
        (let_in({"AWS": f"arn:aws:iam::{THERE}:root"}, every),),
        (let_in({"AWS": f"arn:aws:iam::{HERE}:role/another"}, every),),
        (let_in({"AWS": ROLE}, every[1:]),),
        (let_in({"AWS": ROLE}, every, Effect="Deny"),),
    ):
        assert set(found(made(*statements))) == {"ESM414"}


@pytest.mark.parametrize(("made", "every", "service"), [(queue, QUEUE, "sqs"), (stream, STREAM, "kinesis")])
def test_source_that_lets_the_role_in_is_fine(made: Any, every: list[str], service: str) -> None:
    for principal, action in (
        ({"AWS": ROLE}, every),
        ({"AWS": HERE}, f"{service}:*"),
        ({"AWS": [f"arn:aws:iam::{HERE}:root"]}, "*"),
        ("*", every),
    ):
        assert found(made(let_in(principal, action))) == []


@pytest.mark.parametrize(("made", "advice"), [(queue, "ESM404"), (stream, "ESM408")])
def test_source_whose_policy_may_let_it_in_is_an_advice(made: Any, advice: str) -> None:
    for principal, more in (
        ({"AWS": {"Fn::ImportValue": "role"}}, {}),
        ("*", {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}),
    ):
        assert found(made(let_in(principal, "*", **more))) == [advice]


@pytest.mark.parametrize("made", [queue, stream])
def test_within_one_account_the_role_alone_decides(made: Any) -> None:
    assert found(made(account=HERE)) == []


def test_role_that_nobody_knows_is_not_judged() -> None:
    there = {"Queue": resource("SQS::Queue", {"QueueName": "sold"})}
    document = template({"Orders": orders(f"arn:aws:sqs:eu-west-1:{THERE}:sold", FunctionName="fulfil")})
    here = Stack(name="Shop", document=document, region="eu-west-1", account=HERE)
    theirs = Stack(name="Till", document={"Resources": there}, region="eu-west-1", account=THERE)
    [plan] = read(Assembly([here, theirs])).plans

    assert "ESM414" not in found(plan)


def test_finding_says_whose_policy_it_is_and_what_to_paste() -> None:
    (finding,) = check([queue(let_in({"AWS": ROLE}, QUEUE[:2]))], select=["ESM414"])

    assert (
        "sqs:ReceiveMessage on the source Till/Queue (the policy of Till/Queue, in another account" in finding.message
    )
    assert '"Action": ["sqs:ReceiveMessage"]' in finding.fix
