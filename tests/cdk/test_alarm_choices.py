"""What users choose of the alarms: who hears which, how long a state lasts, and what they leave out with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

from cdk_esm import Alarms, EsmTypeError, Imported, KinesisToLambda, NewFunction, SqsToLambda, read_template
from tests.cdk.brokers.variants import build
from tests.cdk.existing import a_function
from tests.cdk.reports import violations
from tests.cdk.templates import made, properties, ref, template

MINUTES = cdk.Duration.minutes
FILTERS = [{"body": {"type": ["created"]}}]
NO_COUNTS = lambda_.MetricsConfig(metrics=[])


def refused(stack: cdk.Stack, function: Any, alarms: Alarms, **keywords: Any) -> list[tuple[str, str, str]]:
    """What is refused: the keyword, what it takes, and the fix."""
    with pytest.raises(EsmTypeError) as caught:
        SqsToLambda(stack, "Orders", function=function, alarms=alarms, **keywords)
    assert stack.node.try_find_child("Orders") is None
    return [(one.setting, one.allowed, one.fix) for one in caught.value.findings]


def test_one_reason_leaves_all_alarms_out_and_is_in_the_metadata(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, alarms=Alarms(off="another team watches"))

    assert dict(orders.alarms) == {}
    assert made(orders.mapping)["Metadata"] == {"cdk-esm": {"choices": {"alarms.off": "another team watches"}}}
    (plan,) = read_template(template(stack))
    assert plan.choices["alarms.off"] == "another team watches"


def test_a_reason_for_one_alarm_is_in_the_metadata_too(stack: cdk.Stack, function: NewFunction) -> None:
    off = {"throttles": "throttled on purpose"}
    orders = SqsToLambda(stack, "Orders", function=function, alarms=Alarms(off=off))

    assert made(orders.mapping)["Metadata"]["cdk-esm"]["choices"] == {"alarms.off": off}


def test_alarms_are_told_by_how_urgent_they_are(stack: cdk.Stack, function: NewFunction) -> None:
    pager, mail = sns.Topic(stack, "Pager"), sns.Topic(stack, "Mail")
    alarms = Alarms(notify={"page": [pager], "ticket": [mail]}, severities={"age": "ticket", "errors": "page"})
    orders = SqsToLambda(stack, "Orders", function=function, alarms=alarms)

    told = {key: properties(alarm)["AlarmActions"] for key, alarm in orders.alarms.items()}
    assert told == {
        "age": [ref(mail)],
        "dead_letters": [ref(mail)],
        "errors": [ref(pager)],
        "throttles": [ref(mail)],
        "failures": [ref(mail)],
        "stopped": [ref(pager)],
    }


def test_an_empty_list_tells_nobody_and_an_advice_says_so(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    SqsToLambda(
        stack, "Orders", function=function, alarms=Alarms(notify={"page": [sns.Topic(stack, "T")], "ticket": []})
    )

    assert violations(app) == [("ESM314", "warning", "Shop/Orders")]


@pytest.mark.parametrize("as_action", [False, True], ids=["a-topic", "an-action"])
def test_the_end_of_an_alarm_is_told_if_that_is_wanted(
    as_action: bool, stack: cdk.Stack, function: NewFunction
) -> None:
    topic = sns.Topic(stack, "Topic")
    notify: Any = [actions.SnsAction(topic)] if as_action else [topic]
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify=notify, notify_ok=True))
    alarms = [one for one in template(stack)["Resources"].values() if one["Type"] == "AWS::CloudWatch::Alarm"]

    assert len(alarms) == 6
    assert all(one["Properties"]["OKActions"] == one["Properties"]["AlarmActions"] == [ref(topic)] for one in alarms)


def test_a_longer_period_lets_a_state_last_longer_and_the_description_says_so(
    stack: cdk.Stack, function: NewFunction
) -> None:
    periods = {"throttles": MINUTES(3), "failures": MINUTES(10)}
    orders = SqsToLambda(stack, "Orders", function=function, alarms=Alarms(periods=periods))

    throttles, failures = properties(orders.alarms["throttles"]), properties(orders.alarms["failures"])
    assert throttles["Period"] == 180
    assert "has been throttled for a quarter of an hour." in throttles["AlarmDescription"]
    assert {one["MetricStat"]["Period"] for one in failures["Metrics"] if "MetricStat" in one} == {600}


@pytest.mark.parametrize(
    ("alarms", "setting", "fix"),
    [
        pytest.param(Alarms(thresholds={"failures": 10}), "thresholds", "failures is there if", id="threshold"),
        pytest.param(Alarms(periods={"stopped": MINUTES(5)}), "periods", "stopped is there if", id="period"),
        pytest.param(
            Alarms(notify={"page": [], "ticket": []}, severities={"filtered": "page"}),
            "severities",
            "filtered is there if",
            id="severity",
        ),
        pytest.param(
            Alarms(thresholds={"errors": 2}, off={"errors": "noise"}),
            "thresholds",
            "leave it out: alarms.off leaves errors out",
            id="left-out",
        ),
    ],
)
def test_what_is_said_of_an_alarm_that_is_not_made_is_refused(
    alarms: Alarms, setting: str, fix: str, stack: cdk.Stack, function: NewFunction
) -> None:
    ((place, allowed, told),) = refused(stack, function, alarms, metrics_config=NO_COUNTS)

    assert place.startswith(f"alarms.{setting}[")
    assert "an alarm that this mapping has: age, dead_letters" in allowed
    assert told.startswith(fix)


def test_a_mapping_that_is_switched_off_keeps_what_was_chosen(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, enabled=False, alarms=Alarms(thresholds={"failures": 10}))

    assert "failures" not in orders.alarms


def test_an_alarm_that_another_mapping_of_the_function_brought_is_chosen_there(
    stack: cdk.Stack, function: NewFunction
) -> None:
    first = SqsToLambda(stack, "First", function=function, alarms=Alarms(thresholds={"errors": 5}))
    SqsToLambda(stack, "Same", function=first.function, alarms=Alarms(thresholds={"errors": 5}))
    ((_, allowed, fix),) = refused(stack, first.function, Alarms(thresholds={"errors": 7}))

    assert "the function has errors from Shop/First" in allowed
    assert "in the alarms of Shop/First" in fix


def test_an_alarm_on_a_queue_whose_name_is_hidden_cannot_be_chosen(stack: cdk.Stack) -> None:
    queue = sqs.Queue.from_queue_arn(stack, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
    lost = sqs.Queue.from_queue_arn(stack, "Lost", "arn:aws:sqs:eu-west-1:111122223333:lost")
    stated = Imported(queue, visibility_timeout=MINUTES(5), dead_letter_queue=lost, max_receive_count=5)
    ((place, allowed, _),) = refused(stack, a_function(stack), Alarms(thresholds={"dead_letters": 5}), queue=stated)

    assert place == "alarms.thresholds['dead_letters']"
    assert "age, errors, throttles" in allowed


@pytest.mark.parametrize(
    ("alarms", "place"),
    [
        pytest.param(Alarms(off=" "), "alarms.off", id="no-reason"),
        pytest.param(Alarms(off=5), "alarms.off", id="off-a-number"),  # type: ignore[arg-type]
        pytest.param(Alarms(periods={"age": cdk.Duration.seconds(90)}), "alarms.periods['age']", id="no-whole-minute"),
        pytest.param(Alarms(periods={"age": 60}), "alarms.periods['age']", id="a-number"),  # type: ignore[dict-item]
        pytest.param(Alarms(periods={"age": cdk.Duration.days(2)}), "alarms.periods['age']", id="five-of-them-a-week"),
        pytest.param(Alarms(periods={"ages": MINUTES(1)}), "alarms.periods['ages']", id="misspelt"),
        pytest.param(Alarms(severities={"age": "page"}), "alarms.severities", id="severity-without-lists"),
        pytest.param(
            Alarms(notify={"page": [], "ticket": []}, severities={"age": "wake"}),  # type: ignore[dict-item]
            "alarms.severities['age']",
            id="no-such-severity",
        ),
        pytest.param(Alarms(notify={"page": []}), "alarms.notify", id="half-a-dict"),
        pytest.param(Alarms(notify={"page": ["x"], "ticket": []}), "alarms.notify['page'][0]", id="no-topic"),  # type: ignore[list-item]
        pytest.param(Alarms(notify_ok="yes"), "alarms.notify_ok", id="no-answer"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_taken_is_refused(alarms: Alarms, place: str, stack: cdk.Stack, function: NewFunction) -> None:
    assert [one for one, *_ in refused(stack, function, alarms)] == [place]


def test_an_alarm_takes_five_actions(stack: cdk.Stack, function: NewFunction) -> None:
    topics = [sns.Topic(stack, f"Topic{number}") for number in range(6)]
    ((place, allowed, _),) = refused(stack, function, Alarms(notify=topics))

    assert (place, allowed) == ("alarms.notify", "at most 5 of them")


def test_a_stream_takes_the_same_choices(stack: cdk.Stack, function: NewFunction) -> None:
    alarms = Alarms(periods={"iterator_age": MINUTES(2)}, off={"read_throttles": "one reader"})
    clicks = KinesisToLambda(stack, "Clicks", function=replace(function, alias="live"), alarms=alarms)

    assert properties(clicks.alarms["iterator_age"])["Period"] == 120
    assert "read_throttles" not in clicks.alarms


def test_one_reason_answers_for_a_threshold_that_nobody_can_derive(stack: cdk.Stack, function: NewFunction) -> None:
    bundle = build("rabbitmq", stack, function, "Movements", alarms=Alarms(off="another team watches"))

    assert dict(bundle.alarms) == {}


def test_every_topic_of_a_dict_lets_cloudwatch_in(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    topics = [sns.Topic(stack, name, enforce_ssl=True) for name in ("Pager", "Mail")]
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(notify={"page": topics[:1], "ticket": topics[1:]}))
    policies = [one for one in template(stack)["Resources"].values() if one["Type"] == "AWS::SNS::TopicPolicy"]

    assert len(policies) == 2
    assert all("AlarmsTellThisTopic" in str(one) for one in policies)
    assert app is stack.node.root
