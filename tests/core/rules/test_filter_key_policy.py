import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import FilterKey, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM407"
NEED = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*"}


def under(*, takes_grants: bool | Unknowable, needs: Mapping[str, object] = NEED) -> MappingPlan:
    return replace(mapping(), filter_key=FilterKey(identity="arn:key", takes_grants=takes_grants, needs=needs))


def test_fix_holds_the_statement_for_the_keys_policy() -> None:
    (finding,) = check([under(takes_grants=False)], select=[ID])
    _, _, statement = finding.fix.partition("\n")

    assert finding.got == "arn:key"
    assert json.loads(statement) == NEED


def test_key_without_a_known_need_is_pointed_out_without_a_statement() -> None:
    assert check([under(takes_grants=False, needs={})], select=[ID])[0].fix.endswith("in the key's policy")


def test_key_that_we_can_change_or_no_key_is_fine() -> None:
    assert ids(under(takes_grants=True), select=[ID]) == []
    assert ids(mapping(), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(under(takes_grants=hidden), select=[ID]) == []
