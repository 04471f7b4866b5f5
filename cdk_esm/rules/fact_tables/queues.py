"""Amazon SQS: what AWS says about queues, their dead-letter queues and their pollers."""

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages
from cdk_esm.sources.sqs import SQS
from cdk_esm.sources.sqs_fifo import SQS_FIFO
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, LEAST_RESERVED_CONCURRENCY, QUEUE, VISIBILITY_FACTOR

_BATCH: Final = SQS_FIFO.by_name["BatchSize"].maximum
_CONCURRENCY: Final = SQS.by_name["ScalingConfig.MaximumConcurrency"]
_POLLERS: Final = SQS.by_name["ProvisionedPollerConfig.MaximumPollers"]
_RECEIVES: Final = QUEUE.by_name["RedrivePolicy.maxReceiveCount"]

FACTS: Final = (
    Fact(
        "SQS-VIS-1",
        "native",
        "Lambda refuses a mapping if the visibility timeout of its queue is shorter than the timeout of its function.",
        page=pages.SQS_CONFIGURE,
    ),
    Fact(
        "SQS-VIS-2",
        "doc",
        f"The visibility timeout should be at least {VISIBILITY_FACTOR.value} times the function's timeout plus "
        "the batching window, or batches that wait are delivered twice.",
        page=pages.SQS_CONFIGURE,
    ),
    Fact(
        "SQS-VIS-3",
        "schema",
        "Amazon SQS limits a queue's visibility timeout, so the recommended multiple of a long function timeout "
        "must fit below that limit.",
    ),
    Fact(
        "SQS-BATCH-1",
        "native",
        f"A batch of more than {SQS.window_needed_above} messages needs a batching window of at least one second.",
        page=pages.SQS_CONFIGURE,
    ),
    Fact(
        "SQS-BATCH-2",
        "native",
        f"A mapping on a FIFO queue takes a batch of at most {_BATCH} messages.",
        page=pages.SQS_PARAMETERS,
    ),
    Fact("SQS-BATCH-3", "native", "A mapping on a FIFO queue takes no batching window.", page=pages.SQS_PARAMETERS),
    Fact(
        "SQS-BATCH-4",
        "doc",
        "A quiet standard queue can make a batch wait longer than its batching window, because of long polling.",
        page=pages.SQS,
        no_rule="latency only: said in docs/reference/sources.md",
    ),
    Fact(
        "SQS-CONC-1",
        "schema",
        f"A mapping on a queue takes a maximum concurrency from {_CONCURRENCY.minimum} to {_CONCURRENCY.maximum}.",
    ),
    Fact(
        "SQS-CONC-2",
        "native",
        "Lambda refuses a maximum concurrency above the reserved concurrency of the function.",
        page=pages.SQS_SCALING,
    ),
    Fact(
        "SQS-CONC-3",
        "doc",
        "The reserved concurrency of a function should cover the sum of the maximum concurrency of all its "
        "mappings on queues.",
        page=pages.SQS_SCALING,
    ),
    Fact(
        "SQS-CONC-4",
        "doc",
        "The reserved concurrency of a function that reads a queue should be at least "
        f"{LEAST_RESERVED_CONCURRENCY.value}, which is what the poller starts with.",
        page=pages.SQS_CONFIGURE,
    ),
    Fact(
        "SQS-CONC-5",
        "derived",
        "A function with a reserved concurrency of zero is never invoked, so an enabled mapping processes nothing.",
        page=pages.METRICS,
    ),
    Fact(
        "SQS-CONC-6",
        "doc",
        "The number of active message groups limits the concurrency on a FIFO queue, whatever maximum concurrency "
        "the mapping sets.",
        page=pages.SQS_SCALING,
        no_rule="no effect, and the number of groups is not in a template",
    ),
    Fact(
        "SQS-PROV-1",
        "native",
        "A mapping takes either a maximum concurrency or provisioned pollers, and not both.",
        page=pages.SQS,
    ),
    Fact(
        "SQS-PROV-2",
        "doc",
        f"A mapping on a queue takes from {_POLLERS.minimum} to {_POLLERS.maximum} provisioned pollers, and the "
        "minimum is not above the maximum.",
        page=pages.SQS,
    ),
    Fact("SQS-PROV-3", "reported", "Only mappings on Apache Kafka take the name of a poller group."),
    Fact(
        "SQS-DLQ-1",
        "doc",
        "The dead-letter queue of a FIFO queue must be a FIFO queue, and that of a standard queue must be a "
        "standard queue.",
    ),
    Fact(
        "SQS-DLQ-2",
        "doc",
        "A dead-letter queue must be in the account and the Region of its source queue.",
        page=pages.SQS_DEAD_LETTER,
    ),
    Fact(
        "SQS-DLQ-3",
        "doc",
        f"A queue that Lambda reads should allow at least {LEAST_RECEIVES.value} receives, because throttled "
        "invocations count as receives too.",
        page=pages.SQS_CONFIGURE,
    ),
    Fact(
        "SQS-DLQ-4",
        "doc",
        "A message keeps its age when it moves from a standard queue to the dead-letter queue, which should "
        "therefore keep messages longer.",
        page=pages.SQS_DEAD_LETTER,
    ),
    Fact(
        "SQS-DLQ-5",
        "native",
        "Messages that fail go to the dead-letter queue of their queue: a mapping on a queue takes no "
        "destination, and the function's own dead-letter queue is for asynchronous invocations only.",
    ),
    Fact(
        "SQS-DLQ-6",
        "doc",
        "A dead-letter queue breaks the order of the message group, because later messages go on after the failed "
        "one was moved.",
        page=pages.SQS_DEAD_LETTER,
        no_rule="inherent in a FIFO queue with a dead-letter queue; the docstring of SqsFifoToLambda says so",
    ),
    Fact(
        "SQS-DLQ-7",
        "derived",
        "Without a dead-letter queue, Lambda retries a message that always fails until its retention ends.",
        page=pages.SQS_ERRORS,
    ),
    Fact(
        "SQS-DLQ-8",
        "derived",
        "A message that is received too often, each time for a whole visibility timeout, can expire before it "
        "reaches the dead-letter queue.",
        page=pages.SQS_DEAD_LETTER,
    ),
    Fact(
        "SQS-DLQ-9",
        "reported",
        f"A redrive policy takes {_RECEIVES.range_text} receives: SQS refuses any other number, and names this range.",
        page=pages.SQS_ATTRIBUTES,
    ),
    Fact(
        "SQS-REGION",
        "doc",
        "A queue must be in the Region of the function, but can be in another account if the queue's policy "
        "allows the execution role.",
        page=pages.SQS,
    ),
    Fact(
        "SQS-PBR-1",
        "doc",
        "Without partial batch responses, one message that fails makes Lambda deliver the whole batch again.",
        page=pages.SQS_ERRORS,
    ),
    Fact(
        "SQS-PERM-1",
        "native",
        "Lambda tries the permissions of the execution role on the queue when it makes the mapping, so the policy "
        "must be there before.",
    ),
    Fact(
        "sqs_fifo",
        "doc",
        "A FIFO queue takes fewer settings than a standard queue: a smaller batch, and no batching window.",
    ),
    Fact(
        "sqs_standard.FunctionName",
        "schema",
        "Every mapping names a function, by name or by ARN, with a version or an alias if that is wanted.",
        page=pages.DURABLE,
    ),
    Fact("sqs_standard.Tags", "schema", "A mapping takes tags, whose keys and values are limited in length."),
    Fact(
        "iam.sqs_standard",
        "doc",
        "The execution role needs to receive and delete messages and to read attributes on the queue, and to "
        "decrypt with the queue's key.",
        page=pages.SQS_CONFIGURE,
    ),
)
