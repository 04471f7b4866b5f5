"""Corruptions of filters on a table's stream: keys that the table has not, and what replicas change."""

from __future__ import annotations

from tests.core.generated.case import Case
from tests.core.generated.corrupt_filters import _filter
from tests.core.generated.corruption import corrupts, own


def _on_table(case: Case, pattern: object) -> bool | None:
    if not own(case):
        return False
    _filter(case, pattern)
    return None


@corrupts("ESM533", on=("dynamodb",))
def _a_filter_on_what_is_no_key(case: Case) -> bool | None:
    return _on_table(case, {"dynamodb": {"Keys": {"state": {"S": ["due"]}}}})


@corrupts("ESM534", on=("dynamodb",))
def _a_filter_on_a_key_of_another_type(case: Case) -> bool | None:
    return _on_table(case, {"dynamodb": {"Keys": {"id": {"N": ["1"]}}}})


def _with_replicas(case: Case) -> bool:
    if not own(case):
        return False
    source = case.resources["Source"]
    source["Type"] = "AWS::DynamoDB::GlobalTable"
    source["Properties"].pop("SSESpecification", None)
    source["Properties"]["Replicas"] = [{"Region": "eu-west-1"}, {"Region": "us-east-1"}]
    return True


@corrupts("ESM535", on=("dynamodb",))
def _a_filter_on_time_to_live_where_there_are_replicas(case: Case) -> bool | None:
    if not _with_replicas(case):
        return False
    _filter(case, {"userIdentity": {"principalId": ["dynamodb.amazonaws.com"]}})
    return None


@corrupts("ESM353", on=("dynamodb",))
def _a_table_with_replicas(case: Case) -> bool | None:
    return None if _with_replicas(case) else False
