from collections.abc import Callable
from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.sources.sqs_queue import OTHER_NUMBERS, QUEUE
from cdk_esm.template.read import read_template
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_failure, with_queue

Change = Callable[..., MappingPlan]

each_queue = pytest.mark.parametrize(
    ("change", "role"),
    [
        pytest.param(with_queue, "source queue", id="source"),
        pytest.param(with_dead_letter_queue, "dead-letter queue", id="dead-letter"),
    ],
)
each_time = pytest.mark.parametrize(
    ("attribute", "name"),
    [
        pytest.param("visibility_timeout_seconds", "VisibilityTimeout", id="visibility"),
        pytest.param("retention_seconds", "MessageRetentionPeriod", id="retention"),
        pytest.param("delay_seconds", "DelaySeconds", id="delay"),
    ],
)


@each_queue
@each_time
def test_a_value_just_outside_the_range_fires_and_its_ends_do_not(
    change: Change, role: str, attribute: str, name: str
) -> None:
    setting = QUEUE.by_name[name]
    assert setting.minimum is not None
    assert setting.maximum is not None
    for value in (setting.minimum - 1, setting.maximum + 1):
        (finding,) = check([change(mapping(), **{attribute: value})], select=["ESM104"])

        assert (finding.setting, finding.got, finding.allowed) == (name, value, setting.range_text)
        assert role in finding.message
    for value in (setting.minimum, setting.maximum):
        assert ids(change(mapping(), **{attribute: value}), select=["ESM104"]) == []


@pytest.mark.parametrize("value", [UNKNOWN, UNRESOLVED, None])
def test_hidden_and_absent_times_are_not_judged(value: object) -> None:
    times = dict.fromkeys(("visibility_timeout_seconds", "retention_seconds", "delay_seconds"), value)

    assert ids(with_queue(with_dead_letter_queue(mapping(), **times), **times), select=["ESM104"]) == []


def test_a_hidden_failure_path_does_not_keep_the_source_from_being_judged() -> None:
    too_long = with_queue(mapping(), visibility_timeout_seconds=50_000)

    assert ids(replace(too_long, failure=UNKNOWN), select=["ESM104"]) == ["ESM104"]
    assert ids(with_failure(too_long, kind="none", queue=None), select=["ESM104"]) == ["ESM104"]


def test_the_breach_of_a_number_that_aws_may_raise_can_be_acknowledged() -> None:
    plan = replace(with_queue(mapping(), delay_seconds=1_000), acknowledged={"ESM104": "raised, ticket 12"})

    assert ids(plan, select=["ESM104"]) == []


@each_queue
@pytest.mark.parametrize("name", OTHER_NUMBERS)
def test_a_number_that_only_has_a_range_fires_outside_of_it(change: Change, role: str, name: str) -> None:
    setting = QUEUE.by_name[name]
    assert setting.minimum is not None
    assert setting.maximum is not None
    for value in (setting.minimum, setting.maximum, UNRESOLVED, UNKNOWN):
        assert ids(change(mapping(), other_numbers={name: value}), select=["ESM104"]) == []
    for value in (setting.minimum - 1, setting.maximum + 1):
        (finding,) = check([change(mapping(), other_numbers={name: value})], select=["ESM104"])
        assert (finding.setting, finding.got, finding.allowed) == (name, value, setting.range_text)
        assert role in finding.message


def test_a_template_tells_the_numbers_of_a_queue() -> None:
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"MaximumMessageSize": 100, "ReceiveMessageWaitTimeSeconds": 20}}
    mapped = {
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {"EventSourceArn": {"Fn::GetAtt": ["Orders", "Arn"]}, "FunctionName": "fulfil"},
    }
    plans = read_template({"Resources": {"Orders": queue, "Mapping": mapped}})

    (finding,) = check(plans, select=["ESM104"])
    assert (finding.setting, finding.got) == ("MaximumMessageSize", 100)
