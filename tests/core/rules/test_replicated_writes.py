from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source
from cdk_esm.testing.templates import get, plan, ref, resource
from cdk_esm.testing.templates import mapping as reads

ID = "ESM353"
STREAM = {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}}


def read(kind: str, more: dict[str, Any], **around: Any) -> list[str]:
    mapped = reads(get("Table", "StreamArn"), StartingPosition="TRIM_HORIZON")
    read_plan = plan({"Table": resource(kind, {**STREAM, **more}), "Orders": mapped, **around})
    return ids(read_plan, select=[ID])


def test_table_with_replicas_says_once_that_their_writes_come_too() -> None:
    (finding,) = check([with_source(mapping("dynamodb"), replicated=True)], select=[ID])

    assert finding.severity == "advice"
    assert "several Regions" in finding.message


def test_replicas_of_a_global_table_and_of_cdk_count() -> None:
    two = {"Replicas": [{"Region": "eu-west-1"}, {"Region": "us-east-1"}]}
    replica = {"Type": "Custom::DynamoDBReplica", "Properties": {"TableName": ref("Table"), "Region": "us-east-1"}}

    assert read("DynamoDB::GlobalTable", two) == [ID]
    assert read("DynamoDB::GlobalTable", {"Replicas": two["Replicas"][:1]}) == []
    assert read("DynamoDB::Table", {}, Replica=replica) == [ID]
    assert read("DynamoDB::Table", {}) == []


def test_replica_of_another_table_is_nobody_elses() -> None:
    replica = {"Type": "Custom::DynamoDBReplica", "Properties": {"TableName": ref("Other"), "Region": "us-east-1"}}

    assert read("DynamoDB::Table", {}, Replica=replica, Other=resource("DynamoDB::Table")) == []


@pytest.mark.parametrize("replicated", [False, UNKNOWN, UNRESOLVED])
def test_other_tables_and_sources_are_not_judged(replicated: bool | Unknowable) -> None:
    assert ids(with_source(mapping("dynamodb"), replicated=replicated), select=[ID]) == []
    assert ids(mapping("kinesis"), select=[ID]) == []
