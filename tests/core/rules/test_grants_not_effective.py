import json
from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan, Role
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

NEED = {"Effect": "Allow", "Action": "sqs:ReceiveMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}


def under(**role: Any) -> MappingPlan:
    return replace(mapping(), role=replace(Role(identity="arn:role", takes_grants=False, needs=(NEED,)), **role))


@pytest.mark.parametrize("identity", ["arn:role", None])
def test_role_that_takes_no_grants_is_pointed_out(identity: str | None) -> None:
    assert ids(under(identity=identity)) == ["ESM401"]


def test_fix_holds_a_policy_that_can_be_pasted() -> None:
    _, _, policy = check([under()])[0].fix.partition("\n")

    assert json.loads(policy) == {"Version": "2012-10-17", "Statement": [NEED]}
    assert policy.startswith('{\n  "Version"')


def test_an_unresolved_resource_is_written_as_a_word_in_the_policy() -> None:
    assert '"Resource": "UNRESOLVED"' in check([under(needs=({"Resource": UNRESOLVED},))])[0].fix


def test_a_role_that_accepts_needs_or_wants_no_grants_is_fine() -> None:
    assert ids(under(takes_grants=True)) == []
    assert ids(under(needs=())) == []
    assert ids(under(declined=True)) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(under(takes_grants=hidden)) == []
