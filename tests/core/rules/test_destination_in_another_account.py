import json
from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import FailureKind, MappingPlan, Role
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_destination, with_failure, with_function, with_permission
from cdk_esm.testing.templates import get, plan, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM441"
HERE, THERE = "111122223333", "444455556666"
KINDS = {
    "queue": (FailureKind.QUEUE, f"arn:aws:sqs:eu-west-1:{THERE}:failed", ["sqs:SendMessage"]),
    "topic": (FailureKind.TOPIC, f"arn:aws:sns:eu-west-1:{THERE}:failed", ["sns:Publish"]),
}


def abroad(kind: FailureKind, arn: str) -> MappingPlan:
    return with_failure(with_destination(mapping("kinesis"), identity=arn, account=THERE), kind=kind)


def statements(text: str) -> list[dict[str, Any]]:
    found = []
    while "{" in text:
        text = text[text.index("{") :]
        one, end = json.JSONDecoder().raw_decode(text)
        found.append(one)
        text = text[end:]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_fix_holds_the_statement_for_the_policy_there(kind: str) -> None:
    word, arn, actions = KINDS[kind]
    (finding,) = check([abroad(word, arn)], select=[ID])
    (statement,) = statements(finding.fix)

    assert (finding.got, str(finding.severity)) == (THERE, "advice")
    assert f"the {kind}'s policy in the account {THERE}" in finding.fix
    assert (statement["Action"], statement["Resource"]) == (actions, arn)
    assert statement["Principal"] == {"AWS": "arn:aws:iam::111122223333:role/fulfil"}


def test_bucket_needs_a_statement_for_itself_and_one_for_what_is_in_it() -> None:
    (finding,) = check([with_destination(mapping("kinesis"), account=THERE)], select=[ID])
    bucket, objects = statements(finding.fix)

    assert bucket["Action"] == ["s3:ListBucket"]
    assert (objects["Action"], objects["Resource"]) == (["s3:PutObject"], f"{bucket['Resource']}/aws/lambda/*")


def test_bucket_that_is_denied_by_the_role_itself_is_told_by_another_rule() -> None:
    theirs = with_destination(mapping("kinesis"), account=THERE)
    denied = with_permission(theirs, "s3:PutObject", on="destination-objects", owners=(HERE,))
    held = with_permission(theirs, "s3:PutObject", on="destination-objects", owners=(THERE,))

    assert ids(denied, select=[ID]) == []
    assert ids(held, select=[ID]) == [ID]


def test_what_only_the_deployment_names_is_left_to_be_filled_in() -> None:
    word, arn, _ = KINDS["queue"]
    hidden = with_destination(abroad(word, arn), identity="Shop/Failed")

    assert "<ARN of the queue>" in check([hidden], select=[ID])[0].fix
    assert "<ARN of the function's execution role>" in check([replace(hidden, role=Role())], select=[ID])[0].fix


@pytest.mark.parametrize("account", [HERE, UNKNOWN, UNRESOLVED, None])
def test_destination_of_this_account_or_of_a_hidden_one_is_fine(account: Any) -> None:
    assert ids(with_destination(mapping("kinesis"), account=account), select=[ID]) == []


def test_function_of_a_hidden_account_is_not_judged() -> None:
    word, arn, _ = KINDS["topic"]

    assert ids(with_function(abroad(word, arn), account=UNKNOWN), select=[ID]) == []


def test_other_ends_are_not_judged() -> None:
    assert ids(mapping(), select=[ID]) == []
    assert ids(with_failure(mapping("kinesis"), kind=FailureKind.DISCARD, destination=None), select=[ID]) == []


@pytest.mark.parametrize(("account", "found"), [(THERE, [ID]), (HERE, [])])
@pytest.mark.parametrize("service", ["sqs", "sns"])
def test_template_that_names_both_is_read(service: str, account: str, found: list[str]) -> None:
    settings = {
        "StartingPosition": "TRIM_HORIZON",
        "FunctionName": f"arn:aws:lambda:eu-west-1:{HERE}:function:fulfil",
        "DestinationConfig": {"OnFailure": {"Destination": f"arn:aws:{service}:eu-west-1:{account}:failed"}},
    }
    read = plan({"Stream": resource("Kinesis::Stream"), "Orders": orders(get("Stream"), **settings)})

    assert ids(read, select=[ID]) == found
