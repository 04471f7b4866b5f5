from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM535"
EXPIRED = '{"eventName": ["REMOVE"], "userIdentity": {"type": ["Service"]}}'
OTHERS = '{"eventName": ["REMOVE"], "dynamodb": {"Keys": {"id": {"S": ["1"]}}}}'


@pytest.mark.parametrize(
    "pattern",
    [EXPIRED, f'{{"$or": [{OTHERS}, {EXPIRED}]}}', '{"userIdentity": {"type": [{"exists": false}]}}'],
)
def test_filter_on_deletions_by_time_to_live_is_an_advice_on_a_table_with_replicas(pattern: str) -> None:
    plan = with_source(replace(mapping("dynamodb"), filters=(OTHERS, pattern)), replicated=True)
    (finding,) = check([plan], select=[ID])

    assert finding.severity == "advice"
    assert finding.got == "FilterCriteria.Filters[1].userIdentity"


@pytest.mark.parametrize("replicated", [False, UNKNOWN, UNRESOLVED])
def test_table_in_one_region_is_fine(replicated: bool | Unknowable) -> None:
    assert ids(with_source(replace(mapping("dynamodb"), filters=(EXPIRED,)), replicated=replicated), select=[ID]) == []


@pytest.mark.parametrize("pattern", [OTHERS, "no json"])
def test_other_filters_are_fine(pattern: str) -> None:
    assert ids(with_source(replace(mapping("dynamodb"), filters=(pattern,)), replicated=True), select=[ID]) == []
