"""How many readers a stream bears is counted over the whole app, each time that it is synthesized."""

from __future__ import annotations

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis

from cdk_esm import DynamoDbToLambda, KinesisToLambda, NewFunction
from tests.cdk.reports import violations
from tests.cdk.streams.existing import a_stream, a_table
from tests.cdk.streams.variants import FROM_THE_START

Violations = list[tuple[str, str, str]]
SILENT_ALARMS = "ESM314"


def found(app: cdk.App) -> Violations:
    """What the synthesis reports beside alarms that tell nobody."""
    return [one for one in violations(app) if one[0] != SILENT_ALARMS]


def read_table(stack: cdk.Stack, function: NewFunction, table: dynamodb.ITableV2, readers: int) -> None:
    for number in range(readers):
        DynamoDbToLambda(stack, f"Reader{number}", function=function, table=table)


def read_stream(
    stack: cdk.Stack, function: NewFunction, stream: kinesis.IStream, readers: int, *, fan_out: bool = False
) -> None:
    for number in range(readers):
        KinesisToLambda(
            stack,
            f"{'Fan' if fan_out else 'Reader'}{number}",
            function=function,
            stream=stream,
            enhanced_fan_out=fan_out,
            starting_position=FROM_THE_START,
        )


def test_two_readers_of_a_table_are_fine(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    read_table(stack, function, a_table(stack), 2)

    assert found(app) == []


def test_a_third_reader_of_a_table_fails_the_synthesis(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    read_table(stack, function, a_table(stack), 3)

    assert found(app) == [("ESM323", "error", "Shop/Reader2")]


def test_readers_of_a_table_are_counted_over_all_stacks(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    table = a_table(stack)
    read_table(stack, function, table, 1)
    read_table(cdk.Stack(app, "Search"), function, table, 1)
    read_table(cdk.Stack(app, "Audit"), function, table, 1)

    assert found(app) == [("ESM323", "error", "Audit/Reader0")]


def test_a_second_reader_of_a_global_table_fails_the_synthesis(app: cdk.App, function: NewFunction) -> None:
    stack = cdk.Stack(app, "Shop", env=cdk.Environment(region="eu-west-1"))
    read_table(stack, function, a_table(stack, replicas=[dynamodb.ReplicaTableProps(region="eu-west-2")]), 2)

    assert found(app) == [("ESM323", "error", "Shop/Reader1")]


def test_a_third_reader_is_accepted_if_it_is_acknowledged(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    table = a_table(stack)
    read_table(stack, function, table, 2)
    DynamoDbToLambda(
        stack, "Reader2", function=function, table=table, acknowledge={"ESM323": "the second one goes next week"}
    )

    assert found(app) == []


def test_a_disabled_reader_takes_nothing(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    table = a_table(stack)
    read_table(stack, function, table, 2)
    DynamoDbToLambda(stack, "Spare", function=function, table=table, enabled=False)

    assert found(app) == []


def test_a_third_reader_on_the_shared_throughput_is_an_advice(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    read_stream(stack, function, a_stream(stack), 3)

    assert found(app) == [("ESM322", "warning", "Shop/Reader2")]


def test_readers_through_consumers_leave_the_shared_throughput_alone(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    stream = a_stream(stack)
    read_stream(stack, function, stream, 2)
    read_stream(stack, function, stream, 6, fan_out=True)

    assert found(app) == []


@pytest.mark.parametrize("consumers", [20, 21])
def test_a_stream_takes_twenty_consumers_and_no_more(
    consumers: int, app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    read_stream(stack, function, a_stream(stack), consumers, fan_out=True)

    assert found(app) == ([("ESM224", "error", "Shop/Fan20")] if consumers > 20 else [])


def test_a_function_with_a_share_below_what_its_shards_need_is_told_so(stack: cdk.Stack, function: NewFunction) -> None:
    stream = a_stream(stack, shard_count=4)
    small = KinesisToLambda(
        stack,
        "Clicks",
        function=NewFunction(code=function.code, handler=function.handler, reserved_concurrent_executions=5),
        stream=stream,
        starting_position=FROM_THE_START,
        parallelization_factor=2,
    )
    (advice,) = small.findings

    assert (advice.rule.id, advice.allowed) == ("ESM321", "at least 8")
