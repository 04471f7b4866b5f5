"""Each number in a public docstring is that of a sheet, or that of the constant behind a choice of ours.

Docstrings are written by hand, because people read them in their editors. Here each number in them is compared, so that
neither a sheet nor a docstring can change alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from cdk_esm.constructs.intake.constants import newest_runtime
from cdk_esm.constructs.intake.settings import RECORDS
from cdk_esm.constructs.queue_keywords import FIFO_BATCH
from cdk_esm.constructs.records_keywords import RETRIES
from cdk_esm.constructs.resources.buckets import INVESTIGATION_DAYS, LEAST_TLS, UNFINISHED_DAYS
from cdk_esm.constructs.resources.functions import MEMORY_MB, TIMEOUT_SECONDS
from cdk_esm.constructs.resources.streams import RETENTION_HOURS
from cdk_esm.constructs.stream_keywords import half_of_retention
from cdk_esm.facts import Form, Setting
from cdk_esm.plan import TableStream
from cdk_esm.sources import SOURCES
from cdk_esm.sources.broker_ports import HTTPS
from cdk_esm.sources.cloudwatch import ACTIONS
from cdk_esm.sources.document_cluster import CHANGE_STREAM_RETENTION, LARGEST_EVENT
from cdk_esm.sources.documentdb import ENGINE_VERSIONS
from cdk_esm.sources.dynamodb_table import STREAM_RETENTION
from cdk_esm.sources.kafka_settings import RETRIES_WITH_DESTINATION
from cdk_esm.sources.lambda_function import (
    FUNCTION,
    LONGEST_MODELLED_TIMEOUT,
    LONGEST_STANDARD_TIMEOUT,
    LONGEST_TIMEOUT_BEHIND_BROKER,
    LONGEST_WAIT,
)
from cdk_esm.sources.lambda_function import RETRIES as ASYNC_RETRIES
from cdk_esm.sources.mq_settings import LARGEST_MESSAGE, REDELIVERIES
from cdk_esm.sources.msk import MSK
from cdk_esm.sources.sqs import SQS
from cdk_esm.sources.sqs_fifo import SQS_FIFO
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, QUEUE, VISIBILITY_FACTOR
from cdk_esm.sources.sqs_settings import INVOCATIONS_OF_A_POLLER
from cdk_esm.sources.stream_settings import BATCH_SIZE, FOREVER, LEAST_RECORD_AGE, PARALLELIZATION, RECORD_AGE
from tests.cdk.docstrings import arguments, numbers, prose
from tests.cdk.templates import properties
from tests.cdk.test_signatures import CONSTRUCTS, EVERY, sheets

HOUR: Final = 3_600
LONGEST_RETENTION: Final = QUEUE.by_name["MessageRetentionPeriod"].maximum
SQS_BATCH, SQS_WINDOW = SQS.by_name["BatchSize"], SQS.by_name["MaximumBatchingWindowInSeconds"]
QUEUES, STREAMS = ("SqsToLambda", "SqsFifoToLambda"), ("KinesisToLambda", "DynamoDbToLambda")
BROKERS: Final = ("ActiveMqToLambda", "RabbitMqToLambda", "DocumentDbToLambda")
KAFKA: Final = ("MskToLambda", "SelfManagedKafkaToLambda")
RECORDS_OF: Final = (*STREAMS, *KAFKA)
POLLERS: Final = tuple(MSK.by_name[f"ProvisionedPollerConfig.{name}"] for name in ("MinimumPollers", "MaximumPollers"))

Place = tuple[str, str]
FURTHER: Final[Mapping[Place, Sequence[float | None]]] = {
    ("Alarms", "notify"): [ACTIONS.value],
    **{(queue, "dead_letter_queue"): [LONGEST_RETENTION] for queue in QUEUES},
    **{(queue, "max_receive_count"): [LEAST_RECEIVES.value] for queue in QUEUES},
    ("SqsToLambda", "batch_size"): [SQS_BATCH.default],  # type: ignore[list-item]  # every BatchSize has a number
    ("SqsFifoToLambda", "batch_size"): [FIFO_BATCH],
    ("SqsToLambda", "max_batching_window"): [SQS.window_needed_above, 1],
    ("SqsToLambda", "visibility_timeout_factor"): [SQS_WINDOW.maximum, VISIBILITY_FACTOR.value],
    ("SqsFifoToLambda", "visibility_timeout_factor"): [VISIBILITY_FACTOR.value],
    **{(one, "batch_size"): [BATCH_SIZE.default] for one in (*RECORDS_OF, *BROKERS)},  # type: ignore[list-item]
    **{(broker, "function"): [LONGEST_TIMEOUT_BEHIND_BROKER.value] for broker in BROKERS},
    ("DocumentDbToLambda", "starting_position"): [CHANGE_STREAM_RETENTION.default],  # type: ignore[list-item]  # likewise
    **{(stream, "parallelization_factor"): [PARALLELIZATION.default] for stream in STREAMS},  # type: ignore[list-item]
    **{(stream, "retry_attempts"): [RETRIES] for stream in RECORDS_OF},
    ("DynamoDbToLambda", "max_record_age"): [half_of_retention(TableStream(identity="a table"))],
    ("NewFunction", "timeout"): [LONGEST_STANDARD_TIMEOUT.value, TIMEOUT_SECONDS, SQS_BATCH.default],  # type: ignore[list-item]  # likewise
    ("NewFunction", "memory_size"): [MEMORY_MB],
    ("NewQueue", "retention_period"): [QUEUE.by_name["MessageRetentionPeriod"].default, LONGEST_RETENTION],  # type: ignore[list-item]
    ("NewQueue", "visibility_timeout"): [QUEUE.by_name["VisibilityTimeout"].default],  # type: ignore[list-item]
    ("NewStream", "retention_period"): [RETENTION_HOURS * HOUR],
    ("NewQueue", "data_key_reuse"): [QUEUE.by_name["KmsDataKeyReusePeriodSeconds"].default],  # type: ignore[list-item]
    **{(one, "retry_attempts"): [ASYNC_RETRIES.default] for one in ("NewFunction", "NewAlias")},  # type: ignore[list-item]
    ("NewBucket", "lifecycle_rules"): [INVESTIGATION_DAYS * 24 * HOUR, UNFINISHED_DAYS * 24 * HOUR],
    ("NewBucket", "minimum_tls_version"): [LEAST_TLS],
    ("ProvisionedPollers", "minimum"): [POLLERS[0].minimum, POLLERS[0].maximum],
    ("ProvisionedPollers", "maximum"): [INVOCATIONS_OF_A_POLLER.value, POLLERS[1].maximum],
}
"""The numbers of an argument that come after the range of its setting, in their order."""
OTHER_RANGES: Final[Mapping[Place, Sequence[float | None]]] = {
    **{(stream, "max_record_age"): [LEAST_RECORD_AGE.value, RECORD_AGE.maximum] for stream in RECORDS_OF},
    ("NewFunction", "timeout"): [FUNCTION.by_name["Timeout"].minimum, LONGEST_MODELLED_TIMEOUT.value],
    ("ProvisionedPollers", "maximum"): [SQS.by_name["ProvisionedPollerConfig.MaximumPollers"].maximum],
    **{
        (one, str(each.keyword)): [each.minimum, each.maximum]
        for one in ("NewFunction", "NewAlias")
        for each in (ASYNC_RETRIES, LONGEST_WAIT)
    },
    ("NewQueue", "delivery_delay"): [QUEUE.by_name["DelaySeconds"].maximum],
    ("NewQueue", "visibility_timeout"): [QUEUE.by_name["VisibilityTimeout"].maximum],
}
"""Ranges that a docstring tells otherwise than the setting's own range."""
IN_PROSE: Final[Mapping[str, Sequence[float | None]]] = {
    "SqsFifoToLambda": [SQS_FIFO.by_name["BatchSize"].maximum],
    "DynamoDbToLambda": [STREAM_RETENTION.value],
    "ActiveMqToLambda": [REDELIVERIES.value, LARGEST_MESSAGE.value],
    "RabbitMqToLambda": [LARGEST_MESSAGE.value],
    "DocumentDbToLambda": [*map(float, ENGINE_VERSIONS), LARGEST_EVENT.value],
    "MskToLambda": [HTTPS.value, RETRIES_WITH_DESTINATION.value, LONGEST_TIMEOUT_BEHIND_BROKER.value],
    "SelfManagedKafkaToLambda": [RETRIES_WITH_DESTINATION.value, LONGEST_TIMEOUT_BEHIND_BROKER.value],
    "ClusterConnection": [2012, 444455556666],  # of the policy that its owner attaches
}
"""The numbers before the arguments."""


def range_of(public: Any, keyword: str) -> list[float | None]:
    """The range of the setting behind a keyword, as a docstring has to tell it; empty if it has none."""
    place = (public.__name__, keyword)
    if place in OTHER_RANGES:
        return list(OTHER_RANGES[place])
    found = {_told(setting) for setting in _settings(public, keyword) if setting.minimum is not None}
    assert len(found) <= 1, "two sheets of one construct disagree"
    return [one for told in found for one in told]


def _settings(public: Any, keyword: str) -> Iterator[Setting]:
    """The settings in numbers behind a keyword of a construct or of a record."""
    record = {kind: name for name, kind in RECORDS.items()}.get(public)
    every = [(other, settings) for _, other, settings in sheets()]
    every += [(public, QUEUE.settings)] if public.__name__ in QUEUES else []
    if record is not None:
        every, keyword = [(public, SQS.settings)], f"{record}.{keyword}"
    for other, settings in every:
        for setting in settings:
            if other is public and setting.keyword == keyword and setting.form in _IN_NUMBERS:
                yield setting


_IN_NUMBERS: Final = {Form.INTEGER: 1, Form.SECONDS: 1, Form.HOURS: HOUR}


def _told(setting: Setting) -> tuple[float, ...]:
    """A range in the order of its numbers: ``0 to 10,000, or -1 for no end`` if AWS writes no end as -1."""
    least, most = setting.minimum, setting.maximum
    assert least is not None
    if most is None:
        return ()  # a docstring need not say that a count of shards is at least 1
    unit = _IN_NUMBERS[setting.form]
    return (0, most, FOREVER) if least == FOREVER else (least * unit, most * unit)


PUBLIC: Final = [pytest.param(one, id=one.__name__) for one in EVERY]


@pytest.mark.parametrize("public", PUBLIC)
def test_each_number_of_an_argument_is_that_of_a_sheet_or_of_our_choice(public: Any) -> None:
    told = {name: numbers(text) for name, text in arguments(public).items() if (public.__name__, name) not in BUILT}
    expected = {name: [*range_of(public, name), *FURTHER.get((public.__name__, name), ())] for name in told}

    assert told == expected


@pytest.mark.parametrize("public", PUBLIC)
def test_each_number_before_the_arguments_is_that_of_a_sheet(public: Any) -> None:
    assert numbers(prose(public)) == IN_PROSE.get(public.__name__, [])


BUILT: Final = {("NewFunction", "log_retention"), ("NewFunction", "runtime")}
"""Numbers of our own that no constant holds; they are read from what a default bundle builds."""


def test_numbers_of_a_new_function_are_those_of_what_is_built(stack: cdk.Stack, function: esm.NewFunction) -> None:
    orders = esm.SqsToLambda(stack, "Orders", function=function)
    days = properties(orders.log_group)["RetentionInDays"]
    told = arguments(esm.NewFunction)

    assert numbers(told["log_retention"]) == [days * 24 * HOUR]
    assert f"Python {newest_runtime().name.removeprefix('python')}." in told["runtime"]


def test_numbers_of_a_destination_are_those_of_what_is_built(stack: cdk.Stack, function: esm.NewFunction) -> None:
    clicks = esm.KinesisToLambda(stack, "Clicks", function=function, on_failure=esm.OnFailure.queue())
    told = {name: numbers(inspect.getdoc(getattr(esm.OnFailure, name)) or "") for name in vars(esm.OnFailure)}

    assert {name: one for name, one in told.items() if one and name[0] != "_"} == {
        "queue": [properties(clicks.on_failure)["MessageRetentionPeriod"]]
    }


def test_every_exception_is_about_an_argument_that_there_is() -> None:
    by_name = {one.__name__: one for one in EVERY}

    for name, argument in (*FURTHER, *OTHER_RANGES, *BUILT):
        assert argument in arguments(by_name[name])


def test_no_sheet_of_a_construct_is_left_out() -> None:
    assert {sheet.construct for sheet in SOURCES.values()} - {None} == {one.__name__ for one in CONSTRUCTS}
