from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, with_source
from cdk_esm.testing.templates import get, plan, ref, resource
from cdk_esm.testing.templates import mapping as reads

ID = "ESM533"
DUE = '{"dynamodb": {"Keys": {"state": {"S": ["due"]}}}}'


def table(kind: str = "DynamoDB::Table", **changes: Any) -> dict[str, Any]:
    properties = {
        "AttributeDefinitions": [
            {"AttributeName": "tenant", "AttributeType": "S"},
            {"AttributeName": "seq", "AttributeType": "N"},
            {"AttributeName": "state", "AttributeType": "S"},
        ],
        "KeySchema": [{"AttributeName": "tenant", "KeyType": "HASH"}, {"AttributeName": "seq", "KeyType": "RANGE"}],
        "StreamSpecification": {"StreamViewType": "KEYS_ONLY"},
    }
    return resource(kind, {**properties, **changes})


def read_by(pattern: str, made: dict[str, Any]) -> Any:
    criteria = {"Filters": [{"Pattern": pattern}]}
    mapped = reads(get("Table", "StreamArn"), StartingPosition="TRIM_HORIZON", FilterCriteria=criteria)
    return plan({"Table": made, "Orders": mapped})


@pytest.mark.parametrize("kind", ["DynamoDB::Table", "DynamoDB::GlobalTable"])
def test_attribute_of_an_index_is_no_key_of_the_table(kind: str) -> None:
    (finding,) = check([read_by(DUE, table(kind))], select=[ID])

    assert finding.message.startswith("FilterCriteria.Filters[0].dynamodb.Keys.state.S: Keys holds")
    assert "(tenant, seq)" in finding.message


def test_key_of_the_table_is_fine() -> None:
    assert ids(read_by('{"dynamodb": {"Keys": {"seq": {"N": ["7"]}}}}', table()), select=["ESM53"]) == []


@pytest.mark.parametrize("schema", [ref("Keys"), [ref("Key")], [{"AttributeName": ref("Name")}], None])
def test_schema_that_only_the_deployment_knows_is_not_judged(schema: Any) -> None:
    read = read_by(DUE, table(KeySchema=schema))

    assert ids(read, select=[ID]) == []
    assert ids(with_source(read, keys=UNKNOWN), select=[ID]) == []


def test_name_that_only_the_deployment_knows_is_not_judged() -> None:
    pattern = {"Fn::Sub": '{"dynamodb": {"Keys": {"${Name}": {"S": ["due"]}}}}'}
    mapped = reads(
        get("Table", "StreamArn"), StartingPosition="LATEST", FilterCriteria={"Filters": [{"Pattern": pattern}]}
    )
    parameters = {"Name": {"Type": "String"}}

    assert ids(plan({"Table": table(), "Orders": mapped}, Parameters=parameters), select=[ID]) == []
