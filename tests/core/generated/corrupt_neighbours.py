"""Corruptions by a second mapping: what is right alone and wrong beside another."""

from __future__ import annotations

from typing import Any

from tests.core.generated.case import Case
from tests.core.generated.corruption import (
    KAFKA,
    KINESIS,
    MQ,
    QUEUES,
    STREAMS,
    again,
    another_function,
    corrupts,
    own,
    put,
)

_PAID = {"Filters": [{"Pattern": '{"body": {"type": ["paid"]}}'}]}
_LOST = {"Filters": [{"Pattern": '{"body": {"type": ["lost"]}}'}]}


@corrupts("ESM208", on=(*QUEUES, *STREAMS))
def _the_same_source_twice(case: Case) -> None:
    again(case)


@corrupts("ESM223", on=("kinesis-efo",))
def _six_consumers_at_once(case: Case) -> bool:
    return _consumers(case, 6)


@corrupts("ESM224", on=("kinesis-efo",))
def _twenty_one_consumers(case: Case) -> bool:
    return _consumers(case, 21)


def _consumers(case: Case, count: int) -> bool:
    """That many consumers of the stream, each with a mapping."""
    if not own(case, "Consumer"):
        return False
    stream = case.properties("Consumer")["StreamARN"]
    for place in range(count - 1):
        properties = {"ConsumerName": f"ours-{place}", "StreamARN": stream}
        case.add(f"Consumer{place}", "Kinesis::StreamConsumer", properties)
        again(case, f"Again{place}", EventSourceArn={"Ref": f"Consumer{place}"})
    return True


@corrupts("ESM231", on=KAFKA)
def _too_many_pollers_in_a_group(case: Case) -> None:
    pollers = {"MinimumPollers": 1, "MaximumPollers": 1001, "PollerGroupName": "shop"}
    case.settings["ProvisionedPollerConfig"] = pollers
    again(case, Topics=["returns"])


@corrupts("ESM239", on=("self-managed-kafka",))
def _the_same_topic_twice(case: Case) -> None:
    again(case)


@corrupts("ESM304", on=QUEUES)
def _concurrencies_above_the_reserve(case: Case) -> None:
    case.settings.pop("ProvisionedPollerConfig", None)
    case.settings.pop("Enabled", None)
    case.settings["FunctionName"] = {"Ref": "Function"}
    case.settings["ScalingConfig"] = {"MaximumConcurrency": 6}
    case.function["ReservedConcurrentExecutions"] = 10
    again(case, EventSourceArn=case.elsewhere("sqs", "returns" + ".fifo" * (case.kind == "sqs-fifo")))


@corrupts("ESM315", on=QUEUES)
def _a_queue_for_two_functions(case: Case) -> None:
    case.settings.pop("FilterCriteria", None)
    case.settings.pop("Enabled", None)
    again(case, FunctionName=another_function(case))


@corrupts("ESM322", on=("kinesis",))
def _three_readers_of_a_stream(case: Case) -> None:
    _readers(case, 3)


@corrupts("ESM323", on=("dynamodb",))
def _three_readers_of_a_table(case: Case) -> None:
    _readers(case, 3)


def _readers(case: Case, count: int) -> None:
    case.settings.pop("Enabled", None)
    for place in range(count - 1):
        again(case, f"Again{place}", FunctionName=another_function(case, f"Other{place}"))


@corrupts("ESM325", on=QUEUES)
def _a_dead_letter_queue_that_is_read_at_once(case: Case) -> bool:
    if not own(case):
        return False
    case.settings.pop("ScalingConfig", None)
    case.settings.pop("Enabled", None)
    again(case, EventSourceArn={"Fn::GetAtt": ["Dead", "Arn"]}, FunctionName=another_function(case))
    return True


@corrupts("ESM330", on=KAFKA)
def _a_consumer_group_of_two(case: Case) -> None:
    again(case, FunctionName=another_function(case))


@corrupts("ESM334", on=MQ)
def _more_reserved_than_a_broker_uses(case: Case) -> None:
    case.function["ReservedConcurrentExecutions"] = 100


@corrupts("ESM509", on=("sqs",))
def _two_filters_on_a_queue(case: Case) -> None:
    _filtered(case, _PAID)
    again(case, FunctionName=another_function(case), FilterCriteria=_LOST)


@corrupts("ESM202", on=("sqs-fifo",))
def _a_window_on_a_fifo_queue(case: Case) -> None:
    case.settings["MaximumBatchingWindowInSeconds"] = 5


def _filtered(case: Case, criteria: dict[str, Any]) -> None:
    case.settings.pop("Enabled", None)
    put(case.settings, "FilterCriteria", criteria)
    put(case.settings, "MetricsConfig.Metrics", ["EventCount"])


@corrupts("ESM322", on=KINESIS[:1])
def _four_mappings_of_versions_on_a_stream(case: Case) -> None:
    case.settings.pop("Enabled", None)
    for place in range(3):
        again(case, f"Again{place}", FunctionName={"Fn::Sub": f"${{Function.Arn}}:{place + 1}"})
