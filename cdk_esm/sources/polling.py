"""How the service polls and scales: the figures that the simulator works with, and no setting has.

Read from the Lambda developer guide (services-sqs-scaling, with-sqs, with-kinesis, with-ddb, services-kinesis-windows,
with-mq, gettingstarted-limits, kafka-scaling-modes) and the DocumentDB developer guide (change_streams) on 2026-11-28.
"""

from typing import Final

from cdk_esm.facts import Figure
from cdk_esm.sources import pages

STARTING_BATCHES: Final = Figure(
    5, "batches that a queue's poller works on at the same time at first", pages.SQS_SCALING
)
FEWEST_BATCHES: Final = Figure(2, "batches that it goes down to when traffic is low", pages.SQS_SCALING)
BATCHES_A_MINUTE: Final = Figure(300, "batches at the same time by which it grows in a minute", pages.SQS_SCALING)
MOST_BATCHES: Final = Figure(1250, "batches at the same time of one mapping on a queue, at most", pages.SQS_SCALING)
PROVISIONED_A_MINUTE: Final = Figure(
    1000, "invocations at the same time by which provisioned pollers grow in a minute", pages.SQS
)

KINESIS_POLL_MS: Final = Figure(1000, "milliseconds between two reads of a quiet shard", pages.KINESIS)
DYNAMODB_POLL_MS: Final = Figure(250, "milliseconds between two reads of a quiet shard", pages.DYNAMODB)
STATE_BYTES: Final = Figure(1_048_576, "bytes of a tumbling window's state, for each shard", pages.KINESIS_WINDOWS)

INVOCATION_BYTES: Final = Figure(6_291_456, "bytes of an invocation's event", pages.LIMITS)
RECEIVES_OUT_OF_AGE: Final = Figure(
    3, "receives from which on the age of the oldest message leaves a message out", pages.SQS_METRICS
)

CHANGE_STREAM_SECONDS: Final = Figure(
    10_800, "seconds that a DocumentDB cluster keeps a change, unless it was told otherwise", pages.DOCUMENTDB_STREAMS
)
KAFKA_INVOCATIONS_OF_A_POLLER: Final = Figure(
    5, "invocations that one provisioned poller makes at the same time", pages.KAFKA_SCALING
)
KINESIS_SHARD_RECORDS: Final = Figure(1000, "records a second that a shard takes in", pages.KINESIS_LIMITS)
KINESIS_SHARD_BYTES: Final = Figure(1_048_576, "bytes a second that a shard takes in", pages.KINESIS_LIMITS)
