"""Corruptions of the queue and of the function beside a mapping: what SQS refuses, and what Lambda cannot start."""

from __future__ import annotations

from tests.core.generated.case import Case
from tests.core.generated.corruption import EVERY, QUEUES, STREAMS, corrupts, own


@corrupts("ESM118", on=QUEUES)
def _a_name_of_the_other_kind(case: Case) -> bool:
    if not own(case):
        return False
    case.properties("Dead")["QueueName"] = "lost" if case.kind == "sqs-fifo" else "lost.fifo"
    return True


@corrupts("ESM119", on=("sqs",))
def _deduplication_on_a_standard_queue(case: Case) -> bool:
    if not own(case):
        return False
    case.properties("Source")["ContentBasedDeduplication"] = case.value(value=True)
    return True


@corrupts("ESM250", on=("sqs-fifo",))
def _a_limit_without_its_scope(case: Case) -> bool:
    if not own(case):
        return False
    case.properties("Source")["FifoThroughputLimit"] = "perMessageGroupId"
    return True


@corrupts("ESM251", on=EVERY)
def _code_in_the_template_with_another_module(case: Case) -> None:
    case.function["Code"] = {"ZipFile": "def handler(event, context): return None"}
    case.function["Handler"] = case.draw.one_of(("app.handler", "handler"))


@corrupts("ESM360", on=EVERY)
def _snap_start_without_a_version(case: Case) -> None:
    case.settings["FunctionName"] = {"Ref": "Function"}
    case.function["SnapStart"] = {"ApplyOn": "PublishedVersions"}


@corrupts("ESM313", on=EVERY)
def _a_destination_for_asynchronous_calls(case: Case) -> None:
    failed = {"DestinationConfig": {"OnFailure": {"Destination": case.elsewhere("sqs", "failed-calls")}}}
    case.settings["FunctionName"] = {"Ref": "Function"}
    config = {"FunctionName": {"Ref": "Function"}, "Qualifier": "$LATEST", **failed}
    case.add("Calls", "Lambda::EventInvokeConfig", config)


@corrupts("ESM361", on=QUEUES)
def _a_reserve_without_a_maximum(case: Case) -> bool:
    if not own(case):
        return False
    for name in ("ScalingConfig", "ProvisionedPollerConfig", "Enabled"):
        case.settings.pop(name, None)
    case.settings["FunctionName"] = {"Ref": "Function"}
    case.function["ReservedConcurrentExecutions"] = case.draw.between(5, 100)
    case.properties("Source")["RedrivePolicy"]["maxReceiveCount"] = case.draw.between(5, 9)
    return True


@corrupts("ESM362", on=("sqs-fifo",))
def _several_messages_before_dead_letters(case: Case) -> bool:
    if not own(case):
        return False
    case.settings["BatchSize"] = case.draw.between(2, 10)
    return True


@corrupts("ESM120", on=STREAMS)
def _a_function_of_half_an_hour(case: Case) -> None:
    case.function["Timeout"] = case.draw.between(901, 1_800)
    case.function.pop("CapacityProviderConfig", None)
