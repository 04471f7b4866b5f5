import json
from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Role
from cdk_esm.rules.engine import check
from cdk_esm.rules.permissions import role_arn
from cdk_esm.testing.plans import ids, mapping, with_function, with_queue

ID = "ESM404"
ABROAD = with_queue(mapping(), account="444455556666")


def test_fix_holds_the_statement_for_the_queues_policy() -> None:
    (finding,) = check([ABROAD], select=[ID])
    _, _, statement = finding.fix.partition("\n")

    assert (finding.rule.id, finding.got) == (ID, "444455556666")
    assert json.loads(statement) == {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/fulfil"},
        "Action": ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
        "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
    }


def test_role_that_cannot_be_seen_is_left_to_be_filled_in() -> None:
    assert "<ARN of the function's execution role>" in check([replace(ABROAD, role=Role())], select=[ID])[0].fix


def test_queue_of_the_same_account_is_fine() -> None:
    assert ids(mapping(), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED, None])
def test_what_is_not_known_is_not_judged(hidden: Unknowable | None) -> None:
    assert ids(with_queue(mapping(), account=hidden), select=[ID]) == []
    assert ids(with_function(ABROAD, account=hidden), select=[ID]) == []


def test_a_role_of_a_template_has_no_arn_that_a_policy_could_name() -> None:
    for identity, named in (
        ("Shop/Role", "<ARN of the function's execution role>"),
        (None, "<ARN of the function's execution role>"),
        ("arn:aws:iam::111122223333:role/orders", "arn:aws:iam::111122223333:role/orders"),
    ):
        assert role_arn(replace(mapping(), role=Role(identity=identity))) == named


@pytest.mark.parametrize(
    ("identity", "told"),
    [("${Token[TOKEN.22]}", "<its ARN>"), ("Theirs/Queue", "<ARN of Theirs/Queue>")],
)
def test_what_has_no_arn_to_paste_is_left_to_be_filled_in(identity: str, told: str) -> None:
    fix = check([with_queue(ABROAD, identity=identity)], select=[ID])[0].fix

    assert json.loads(fix.partition("\n")[2])["Resource"] == told
