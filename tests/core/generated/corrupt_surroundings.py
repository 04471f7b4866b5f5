"""Corruptions of what surrounds a mapping on a queue or a stream: the source, the function and the failure path."""

from __future__ import annotations

from typing import Any

from tests.core.generated.case import Case
from tests.core.generated.corruption import (
    BROKERS,
    EVERY,
    KAFKA,
    QUEUES,
    STREAMS,
    corrupts,
    function_elsewhere,
    own,
    put,
)

_DAY = 86_400
_KINESIS = ("kinesis", "kinesis-efo")


def _queue(case: Case, logical_id: str = "Source", /, **properties: Any) -> bool:
    if not own(case, logical_id):
        return False
    case.properties(logical_id).update(properties)
    return True


@corrupts("ESM104", on=QUEUES)
def _a_queue_out_of_range(case: Case) -> bool:
    name, value = case.draw.one_of(
        (("VisibilityTimeout", 43_201), ("MessageRetentionPeriod", 1_209_601), ("DelaySeconds", 901))
    )
    return _queue(case, **{name: value})


@corrupts("ESM104", on=QUEUES)
def _dead_letters_kept_for_too_long(case: Case) -> bool:
    return _queue(case, "Dead", MessageRetentionPeriod=1_209_601)


@corrupts("ESM105", on=QUEUES)
def _more_receives_than_there_can_be(case: Case) -> bool:
    return own(case) and _receives(case, 1001)


def _receives(case: Case, count: int) -> bool:
    put(case.properties("Source"), "RedrivePolicy.maxReceiveCount", count)
    return True


@corrupts("ESM106", on=EVERY)
def _a_function_out_of_range(case: Case) -> None:
    name, value = case.draw.one_of(
        (("Timeout", 0), ("Timeout", 1_801), ("MemorySize", 127), ("MemorySize", 10_241), ("Handler", "h" * 129))
    )
    case.function[name] = value


@corrupts("ESM106", on=EVERY)
def _an_environment_too_large(case: Case) -> None:
    case.function["Environment"] = {"Variables": {"A": "x" * 4096}}


@corrupts("ESM106", on=EVERY)
def _a_reserve_below_none(case: Case) -> None:
    case.function["ReservedConcurrentExecutions"] = -1


@corrupts("ESM111", on=_KINESIS)
def _a_stream_out_of_range(case: Case) -> bool:
    name, value = case.draw.one_of((("RetentionPeriodHours", 23), ("RetentionPeriodHours", 8761)))
    return _queue(case, **{name: value})


@corrupts("ESM111", on=_KINESIS)
def _a_stream_without_a_shard(case: Case) -> bool:
    return _queue(case, ShardCount=0, StreamModeDetails={"StreamMode": "PROVISIONED"})


@corrupts("ESM112", on=(*STREAMS, *KAFKA))
def _a_destination_with_a_long_arn(case: Case) -> None:
    put(case.settings, "DestinationConfig.OnFailure.Destination", case.elsewhere("sqs", "q" * 350))


@corrupts("ESM206", on=QUEUES)
def _a_concurrency_above_the_reserve(case: Case) -> None:
    case.settings.pop("ProvisionedPollerConfig", None)
    case.settings["ScalingConfig"] = {"MaximumConcurrency": 50}
    case.function["ReservedConcurrentExecutions"] = 49


@corrupts("ESM209", on=EVERY)
def _a_function_for_each_tenant(case: Case) -> None:
    case.function["TenancyConfig"] = {"TenantIsolationMode": "PER_TENANT"}


@corrupts("ESM210", on=EVERY)
def _a_durable_function_without_a_version(case: Case) -> None:
    case.function["DurableConfig"] = {"ExecutionTimeout": 300}
    case.settings["FunctionName"] = {"Ref": "Function"}


@corrupts("ESM211", on=EVERY)
def _a_durable_function_that_takes_too_long(case: Case) -> None:
    case.function["DurableConfig"] = {"ExecutionTimeout": case.draw.between(901, 31_536_000)}


@corrupts("ESM213", on=QUEUES)
def _dead_letters_in_a_queue_of_the_other_kind(case: Case) -> bool:
    if not own(case):
        return False
    if case.kind == "sqs":
        case.properties("Dead")["FifoQueue"] = True
    else:
        del case.properties("Dead")["FifoQueue"]
    return True


@corrupts("ESM216", on=QUEUES)
def _a_queue_that_is_its_own_dead_letter_queue(case: Case) -> bool:
    return own(case) and put(
        case.properties("Source"), "RedrivePolicy.deadLetterTargetArn", {"Fn::GetAtt": ["Source", "Arn"]}
    )


@corrupts("ESM220", on=(*STREAMS, *KAFKA))
def _failures_into_a_fifo_queue(case: Case) -> None:
    made = case.draw.chance(0.5)
    if made:
        case.add("Fifo", "SQS::Queue", {"FifoQueue": True})
    arn: Any = {"Fn::GetAtt": ["Fifo", "Arn"]} if made else case.elsewhere("sqs", "failed.fifo")
    put(case.settings, "DestinationConfig.OnFailure.Destination", arn)


@corrupts("ESM221", on=(*STREAMS, *KAFKA))
def _failures_to_a_function(case: Case) -> None:
    put(case.settings, "DestinationConfig.OnFailure.Destination", case.elsewhere("lambda", "function:failed"))


@corrupts("ESM221", on=STREAMS)
def _a_destination_on_success(case: Case) -> None:
    put(case.settings, "DestinationConfig.OnSuccess.Destination", case.elsewhere("sqs", "done"))


@corrupts("ESM222", on=("dynamodb",))
def _a_table_without_a_stream(case: Case) -> bool:
    return own(case) and case.properties("Source").pop("StreamSpecification", None) is not None


@corrupts("ESM222", on=("dynamodb",))
def _a_table_by_its_own_arn(case: Case) -> None:
    case.settings["EventSourceArn"] = case.elsewhere("dynamodb", "table/orders")


@corrupts("ESM222", on=("dynamodb",))
def _a_table_where_its_stream_belongs(case: Case) -> bool:
    case.settings["EventSourceArn"] = {"Fn::GetAtt": ["Source", "Arn"]}
    return own(case)


@corrupts("ESM108", on=(*QUEUES, "kinesis", "dynamodb", *BROKERS))
def _a_source_by_its_name(case: Case) -> bool:
    case.settings["EventSourceArn"] = case.draw.one_of(({"Ref": "Source"}, {"Fn::Sub": "${Source}"}))
    return own(case)


@corrupts("ESM240", on=(*KAFKA, *BROKERS))
def _a_function_that_takes_too_long_for_a_broker(case: Case) -> None:
    case.function["Timeout"] = case.draw.between(841, 900)


@corrupts("ESM301", on=QUEUES)
def _a_visibility_below_the_timeout(case: Case) -> bool:
    case.function["Timeout"] = 60
    return _queue(case, VisibilityTimeout=case.draw.between(0, 59))


@corrupts("ESM301", on=QUEUES)
def _the_default_visibility_and_a_long_timeout(case: Case) -> bool:
    case.function["Timeout"] = 31
    return own(case) and case.properties("Source").pop("VisibilityTimeout") is not None


@corrupts("ESM305", on=QUEUES)
def _a_visibility_of_the_timeout_alone(case: Case) -> bool:
    case.function["Timeout"] = 60
    return _queue(case, VisibilityTimeout=case.draw.between(60, 359))


@corrupts("ESM302", on=EVERY)
def _a_function_that_is_switched_off(case: Case) -> None:
    case.function["ReservedConcurrentExecutions"] = 0
    case.settings.pop("Enabled", None)


@corrupts("ESM303", on=QUEUES)
def _a_reserve_below_what_pollers_start_with(case: Case) -> None:
    case.function["ReservedConcurrentExecutions"] = case.draw.between(1, 4)
    case.settings.pop("ScalingConfig", None)


@corrupts("ESM306", on=QUEUES)
def _a_single_receive(case: Case) -> bool:
    return own(case) and _receives(case, 1)


@corrupts("ESM307", on=QUEUES)
def _few_receives(case: Case) -> bool:
    return own(case) and _receives(case, case.draw.between(2, 4))


@corrupts("ESM308", on=QUEUES)
def _no_dead_letter_queue(case: Case) -> bool:
    return own(case) and case.properties("Source").pop("RedrivePolicy") is not None


@corrupts("ESM309", on=("sqs",))
def _dead_letters_that_expire_before_the_source_gives_up(case: Case) -> bool:
    if not _queue(case, MessageRetentionPeriod=345_600, VisibilityTimeout=5400):
        return False
    dead = case.properties("Dead")
    dead["MessageRetentionPeriod"] = case.draw.between(60, 345_599)
    return True


@corrupts("ESM352", on=("sqs",))
def _dead_letters_that_expire_when_the_source_would_give_them_up(case: Case) -> bool:
    if not _queue(case, MessageRetentionPeriod=345_600, VisibilityTimeout=5400) or not _receives(case, 10):
        return False
    dead = case.properties("Dead")
    dead["MessageRetentionPeriod"] = 345_600
    if case.draw.chance(0.3):
        del dead["MessageRetentionPeriod"]
    return True


@corrupts("ESM310", on=QUEUES)
def _messages_that_expire_before_their_last_receive(case: Case) -> bool:
    return _queue(case, VisibilityTimeout=6000, MessageRetentionPeriod=30_000) and _receives(case, 5)


@corrupts("ESM313", on=EVERY)
def _dead_letters_of_asynchronous_calls(case: Case) -> None:
    case.function["DeadLetterConfig"] = {"TargetArn": case.elsewhere("sqs", "async-failed")}


@corrupts("ESM312", on=QUEUES)
def _a_function_that_sends_to_its_own_queue(case: Case) -> None:
    send = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": case.settings["EventSourceArn"]}
    case.statements.append(send)


@corrupts("ESM321", on=_KINESIS)
def _more_batches_than_are_reserved(case: Case) -> bool:
    case.settings.pop("TumblingWindowInSeconds", None)
    case.settings["ParallelizationFactor"] = 10
    case.function["ReservedConcurrentExecutions"] = 99
    return _queue(case, ShardCount=10, StreamModeDetails={"StreamMode": "PROVISIONED"})


@corrupts("ESM324", on=_KINESIS)
def _records_larger_than_an_invocation(case: Case) -> bool:
    return _queue(case, MaxRecordSizeInKiB=case.draw.between(4501, 10_240))


@corrupts("ESM402", on=tuple(kind for kind in EVERY if kind not in ("self-managed-kafka", "activemq")))
def _a_function_in_another_region(case: Case) -> bool:
    function_elsewhere(case, region="us-east-1")
    return not own(case)


@corrupts("ESM404", on=QUEUES)
def _a_queue_of_another_account(case: Case) -> bool:
    function_elsewhere(case, account="444455556666")
    return not own(case)


@corrupts("ESM408", on=STREAMS)
def _a_stream_of_another_account(case: Case) -> bool:
    function_elsewhere(case, account="444455556666")
    return not own(case)


@corrupts("ESM406", on=("sqs",))
def _a_source_by_another_stacks_output(case: Case) -> None:
    case.settings["EventSourceArn"] = {"Fn::GetStackOutput": {"StackName": "shop", "OutputName": "SourceArn"}}


@corrupts("ESM335", on=EVERY)
def _provisioned_concurrency_beside_the_mapping(case: Case) -> bool:
    if case.settings["FunctionName"] != {"Ref": "Function"}:
        return False
    case.add("Ready", "Lambda::Version", {"FunctionName": {"Ref": "Function"}})
    case.properties("Ready")["ProvisionedConcurrencyConfig"] = {"ProvisionedConcurrentExecutions": 2}
    return True
