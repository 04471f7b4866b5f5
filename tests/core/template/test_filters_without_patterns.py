"""Filter criteria in which nothing filters: an empty list, and filters without a pattern."""

from typing import Any

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import get, mapping, plans, resource

SOURCES = {
    "SQS::Queue": "Arn",
    "Kinesis::Stream": "Arn",
    "DynamoDB::Table": "StreamArn",
    "MSK::Cluster": "Arn",
    "AmazonMQ::Broker": "Arn",
}


def told(criteria: Any, source: str) -> list[tuple[str, str]]:
    one = mapping(get("Source", SOURCES[source]), FilterCriteria=criteria)
    found = check(plans({"Source": resource(source), "Orders": one}), select=["ESM001", "ESM102", "ESM113"])
    return [(finding.rule.id, finding.setting) for finding in found if "Filter" in finding.setting]


@pytest.mark.parametrize("source", SOURCES)
def test_list_of_filters_is_not_empty(source: str) -> None:
    assert told({"Filters": []}, source) == [("ESM001", "FilterCriteria.Filters")]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("empty", [pytest.param({}, id="empty"), pytest.param({"Name": "paid"}, id="other key")])
def test_every_filter_has_a_pattern(source: str, empty: dict[str, Any]) -> None:
    good = {"Pattern": '{"body": {"a": ["b"]}}'}

    assert ("ESM001", "FilterCriteria.Filters[1]") in told({"Filters": [good, empty]}, source)


def test_filter_that_only_the_deployment_knows_has_no_finding() -> None:
    assert told({"Filters": [{"Fn::ImportValue": "filter"}]}, "SQS::Queue") == []
    assert told({"Fn::ImportValue": "criteria"}, "SQS::Queue") == []
