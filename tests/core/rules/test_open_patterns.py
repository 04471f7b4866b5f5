"""Filter patterns that are put together at deployment time: what is wrong however the open parts turn out."""

from typing import Any, Final

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import get, mapping, plans, ref, resource

PARAMETERS: Final = {"Word": {"Type": "String"}, "More": {"Type": "String"}, "Third": {"Type": "String"}}
SOURCES: Final = {
    "Queue": (resource("SQS::Queue"), "Arn"),
    "Stream": (resource("Kinesis::Stream"), "Arn"),
    "Table": (resource("DynamoDB::Table", {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}}), "StreamArn"),
}


def faults(pattern: Any, source: str = "Queue") -> set[str]:
    one, attribute = SOURCES[source]
    mapped = mapping(
        get(source, attribute), StartingPosition="LATEST", FilterCriteria={"Filters": [{"Pattern": pattern}]}
    )
    found = check(plans({source: one, "Orders": mapped}, Parameters=PARAMETERS), select=["ESM5"])
    return {finding.rule.id for finding in found if str(finding.rule.severity) != "advice"}


def sub(text: str) -> dict[str, Any]:
    return {"Fn::Sub": text}


@pytest.mark.parametrize(
    ("pattern", "source", "rule"),
    [
        pytest.param(sub('{"body": {"kind": "${Word}"}}'), "Queue", "ESM501", id="text as leaf"),
        pytest.param(sub('{"body": {"kind": "a-${Word}-b"}}'), "Queue", "ESM501", id="text around a gap"),
        pytest.param(sub('{"data": {"kind": ["${Word}", }}'), "Stream", "ESM501", id="no JSON"),
        pytest.param(sub('{"body": {"kind": ["${Word}"], "state": 5}}'), "Queue", "ESM501", id="fault beside the gap"),
        pytest.param(
            {"Fn::Join": ["", ['{"data": {"at": "', ref("AWS::Region"), '"}}']]}, "Stream", "ESM501", id="joined leaf"
        ),
        pytest.param(sub('{"data": {"kind": ["${Word}"]}}'), "Queue", "ESM502", id="key of another source"),
        pytest.param(sub('{"body": {"kind": ["${Word}"]}}'), "Stream", "ESM502", id="key of a queue on a stream"),
        pytest.param(
            sub('{"NewImage": {"kind": {"S": ["${Word}"]}}}'), "Table", "ESM502", id="key below the right one"
        ),
        pytest.param(sub('{"data": {"a": ["${Word}"], "b": [${More}]}}'), "Queue", "ESM502", id="two gaps"),
        pytest.param(sub('{"data": {"${Word}": [${More}, "${Third}"]}}'), "Queue", "ESM502", id="three gaps"),
    ],
)
def test_fault_in_the_fixed_parts_is_found(pattern: Any, source: str, rule: str) -> None:
    assert rule in faults(pattern, source)


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(sub('{"body": {"kind": ["${Word}"]}}'), id="value"),
        pytest.param(sub('{"body": {"kind": ${Word}}}'), id="a list may stand there"),
        pytest.param(sub('{"body": {"kind": [${Word}]}}'), id="members of a list"),
        pytest.param(sub('{"${Word}": {"kind": ["a"]}}'), id="the key may be the right one"),
        pytest.param(sub('{"${Word}": {"${More}": ["${Third}"]}}'), id="keys throughout"),
        pytest.param(sub("${Word}"), id="the whole pattern"),
        pytest.param(sub("{${Word}}"), id="all fields"),
        pytest.param(sub('{"body": {"kind": [{"${Word}": "a"}]}}'), id="the operator"),
        pytest.param(sub('{"body": {"kind": [{"numeric": ["${Word}", 5]}]}}'), id="the comparison"),
        pytest.param(sub('{"body": {"kind": [{"numeric": [">", ${Word}]}]}}'), id="the number"),
        pytest.param(sub('{"body": {"kind": [{"exists": ${Word}}]}}'), id="the truth value"),
        pytest.param(sub('{"body": {"kind": [{"cidr": "${Word}"}]}}'), id="the range of addresses"),
        pytest.param({"Fn::ImportValue": "pattern"}, id="import"),
    ],
)
def test_pattern_that_the_open_part_may_make_right_has_no_finding(pattern: Any) -> None:
    assert faults(pattern) == set()


def test_finding_names_the_open_part_as_the_template_does() -> None:
    criteria = {"Filters": [{"Pattern": sub('{"body": {"kind": "${Word}"}}')}]}
    one = mapping(get("Queue"), FilterCriteria=criteria)

    [found] = check(plans({"Queue": resource("SQS::Queue"), "Orders": one}, Parameters=PARAMETERS), select=["ESM501"])

    assert found.got == '{"body": {"kind": "${Word}"}}'
    assert found.message.startswith("FilterCriteria.Filters[0].body.kind: ")
