from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import FilterKey
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"
PATTERN = '{"body": {"type": ["paid"]}}'


@pytest.mark.parametrize("criteria", [None, {}, {"Filters": []}])
def test_a_key_without_a_filter_is_worth_an_advice(criteria: object) -> None:
    (finding,) = check([mapping(KmsKeyArn=KEY, FilterCriteria=criteria)], select=["ESM207"])

    assert (finding.setting, finding.got) == ("KmsKeyArn", KEY)


def test_a_key_whose_arn_is_a_token_is_a_key_all_the_same() -> None:
    plan = replace(mapping(KmsKeyArn=UNRESOLVED), filter_key=FilterKey(identity="Shop/Key"))

    assert ids(plan, select=["ESM207"]) == ["ESM207"]


def test_a_key_with_filters_and_no_key_at_all_are_accepted() -> None:
    assert ids(replace(mapping(KmsKeyArn=KEY), filters=(PATTERN,)), select=["ESM207"]) == []
    assert ids(mapping(KmsKeyArn=KEY, FilterCriteria={"Filters": [{"Pattern": PATTERN}]}), select=["ESM207"]) == []
    assert ids(mapping(), select=["ESM207"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_a_hidden_key_and_hidden_filters_are_not_judged(hidden: Unknowable) -> None:
    assert ids(mapping(KmsKeyArn=hidden), select=["ESM207"]) == []
    assert ids(mapping(KmsKeyArn=KEY, FilterCriteria=hidden), select=["ESM207"]) == []
    assert ids(replace(mapping(KmsKeyArn=KEY), filters=hidden), select=["ESM207"]) == []
    assert ids(replace(mapping(KmsKeyArn=KEY), filters=(hidden,)), select=["ESM207"]) == []
