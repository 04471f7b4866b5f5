"""Keys of nested records in other capitals, beside the mapping and in it."""

from typing import Any

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import get, mapping, plans, resource


def told(resources: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = check(plans(resources), select=["ESM102", "ESM117"])
    return [(finding.rule.id, finding.setting, finding.fix) for finding in found]


@pytest.mark.parametrize(
    ("policy", "key", "right"),
    [
        pytest.param({"DeadLetterTargetArn": get("Dead"), "maxReceiveCount": 3}, 0, "deadLetterTargetArn", id="target"),
        pytest.param({"deadLetterTargetARN": get("Dead"), "maxReceiveCount": 3}, 0, "deadLetterTargetArn", id="ARN"),
        pytest.param({"deadLetterTargetArn": get("Dead"), "MaxReceiveCount": 3}, 1, "maxReceiveCount", id="count"),
        pytest.param({"deadLetterTargetArn": get("Dead"), "maxRecieveCount": 3}, 1, "maxReceiveCount", id="letters"),
    ],
)
def test_redrive_policy_takes_its_own_capitals(policy: dict[str, Any], key: int, right: str) -> None:
    queue = resource("SQS::Queue", {"RedrivePolicy": policy})
    written = list(policy)[key]

    found = told({"Queue": queue, "Dead": resource("SQS::Queue"), "Orders": mapping(get("Queue"))})

    assert found == [("ESM117", f"Queue.RedrivePolicy.{written}", f"did you mean {right}?")]


def test_redrive_policy_as_text_is_read_too() -> None:
    queue = resource(
        "SQS::Queue", {"RedrivePolicy": '{"deadLetterTargetArn": "arn:aws:sqs:a:1:d", "MaxReceiveCount": 3}'}
    )

    assert [rule for rule, _, _ in told({"Queue": queue, "Orders": mapping(get("Queue"))})] == ["ESM117"]


@pytest.mark.parametrize(
    ("kind", "properties", "attribute"),
    [
        pytest.param(
            "DynamoDB::Table", {"StreamSpecification": {"streamViewType": "NEW_IMAGE"}}, "StreamArn", id="table"
        ),
        pytest.param("Kinesis::Stream", {"StreamModeDetails": {"streamMode": "ON_DEMAND"}}, "Arn", id="stream"),
        pytest.param("SQS::Queue", {"RedriveAllowPolicy": {"RedrivePermission": "denyAll"}}, "Arn", id="queue"),
    ],
)
def test_records_of_other_sources_take_theirs(kind: str, properties: dict[str, Any], attribute: str) -> None:
    one = {"Source": resource(kind, properties), "Orders": mapping(get("Source", attribute), StartingPosition="LATEST")}

    assert "ESM117" in [rule for rule, _, _ in told(one)]


def test_record_of_the_function_takes_its_own() -> None:
    function = resource("Lambda::Function", {"DeadLetterConfig": {"targetArn": get("Queue")}})

    [(rule, setting, _)] = told(
        {"Function": function, "Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))}
    )

    assert (rule, setting) == ("ESM117", "Function.DeadLetterConfig.targetArn")


@pytest.mark.parametrize(
    ("criteria", "setting", "right"),
    [
        pytest.param({"filters": [{"Pattern": "{}"}]}, "FilterCriteria.filters", "FilterCriteria.Filters", id="list"),
        pytest.param(
            {"Filters": [{"pattern": "{}"}]},
            "FilterCriteria.Filters.pattern",
            "FilterCriteria.Filters.Pattern",
            id="one",
        ),
    ],
)
def test_filters_take_their_own_capitals(criteria: dict[str, Any], setting: str, right: str) -> None:
    found = told({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), FilterCriteria=criteria)})

    assert found == [("ESM102", setting, f"did you mean {right}?")]


def test_access_configuration_takes_its_own_capitals() -> None:
    access = [{"type": "BASIC_AUTH", "URI": "arn:aws:secretsmanager:a:1:secret:x"}]
    broker = "arn:aws:kafka:eu-west-1:111122223333:cluster/depot/aaaabbbb-0000-1111-2222-333344445555-3"

    found = told({"Orders": mapping(broker, Topics=["a"], SourceAccessConfigurations=access)})

    assert found == [("ESM102", "SourceAccessConfigurations.type", "did you mean SourceAccessConfigurations.Type?")]


def test_keys_that_are_right_or_far_from_any_have_no_finding() -> None:
    policy = {"deadLetterTargetArn": get("Dead"), "maxReceiveCount": 3, "owner": "shop"}
    queue = resource("SQS::Queue", {"RedrivePolicy": policy})

    assert told({"Queue": queue, "Dead": resource("SQS::Queue"), "Orders": mapping(get("Queue"))}) == []
