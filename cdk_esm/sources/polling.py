"""How the service polls and scales: the figures that the simulator works with, and no setting has.

Read from the Lambda developer guide (services-sqs-scaling, with-sqs, with-kinesis, with-ddb, services-kinesis-windows,
gettingstarted-limits) on 2026-11-28. The number of batches with which a queue begins is among the queue's own
figures, because it is the least concurrency to reserve.
"""

from typing import Final

from cdk_esm.facts import Figure
from cdk_esm.sources import pages

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
KINESIS_SHARD_RECORDS: Final = Figure(1000, "records a second that a shard takes in", pages.KINESIS_LIMITS)
KINESIS_SHARD_BYTES: Final = Figure(1_048_576, "bytes a second that a shard takes in", pages.KINESIS_LIMITS)
