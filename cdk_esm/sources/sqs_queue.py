"""The SQS queue beside a mapping: its ranges, its defaults, and what AWS recommends for a Lambda consumer.

Read from the Lambda developer guide (services-sqs-configure, services-sqs-scaling), the SQS developer guide
(sqs-dead-letter-queues; sqs-available-cloudwatch-metrics on 2026-11-28), the SQS API (CreateQueue, SetQueueAttributes)
and the CloudFormation resource schema of AWS::SQS::Queue on 2026-11-20 and 2026-11-28.
"""

from datetime import date
from typing import Final

from cdk_esm.facts import Figure, Form, ResourceFacts, Setting
from cdk_esm.sources import pages

VISIBILITY_FACTOR: Final = Figure(
    6, "times the function's timeout that a visibility timeout should span, besides the window", pages.SQS_CONFIGURE
)
LEAST_RECEIVES: Final = Figure(
    5, "receives that a message should get before it is moved to the dead-letter queue", pages.SQS_CONFIGURE
)
LEAST_RESERVED_CONCURRENCY: Final = Figure(
    5, "concurrent invocations that the poller starts with, so the least to reserve", pages.SQS_CONFIGURE
)
LEFT_OUT_OF_AGE: Final = Figure(
    3,
    "receives after which a standard queue leaves a message out of ApproximateAgeOfOldestMessage",
    pages.SQS_METRICS,
)

RECEIVES_THAT_OUTLAST_THROTTLES: Final = Figure(
    10, "receives after which we take a message to live through a time of throttles: our choice", pages.SQS_CONFIGURE
)
FIFO_SUFFIX: Final = ".fifo"
"""How the name of a FIFO queue ends; the name of a standard queue has no dot."""
SCOPE_OF_GROUPS: Final = "messageGroup"
LIMIT_PER_GROUP: Final = "perMessageGroupId"
BY_QUEUE: Final = "byQueue"
DENY_ALL: Final = "denyAll"
"""The permissions of a redrive allow policy that keep queues out."""
MANAGED_KEY: Final = "alias/aws/sqs"
"""The key that AWS manages for SQS in each account."""
FIFO_ATTRIBUTES: Final = ("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit")
"""What SQS takes for a FIFO queue only."""
OTHER_NUMBERS: Final = ("ReceiveMessageWaitTimeSeconds", "MaximumMessageSize", "KmsDataKeyReusePeriodSeconds")
"""Numbers of a queue that nothing but their own range depends on."""

QUEUE: Final = ResourceFacts(
    label="Amazon SQS queue",
    settings=(
        Setting(
            "VisibilityTimeout",
            Form.SECONDS,
            pages.SQS_QUEUE_RESOURCE,
            keyword="visibility_timeout",
            minimum=0,
            maximum=43_200,
            default=30,
        ),
        Setting(
            "MessageRetentionPeriod",
            Form.SECONDS,
            pages.SQS_QUEUE_RESOURCE,
            keyword="retention_period",
            minimum=60,
            maximum=1_209_600,
            default=345_600,
        ),
        Setting(
            "DelaySeconds",
            Form.SECONDS,
            pages.SQS_QUEUE_RESOURCE,
            keyword="delivery_delay",
            minimum=0,
            maximum=900,
            default=0,
        ),
        Setting(
            "ReceiveMessageWaitTimeSeconds",
            Form.SECONDS,
            pages.SQS_QUEUE_RESOURCE,
            keyword="receive_message_wait_time",
            minimum=0,
            maximum=20,
            default=0,
        ),
        Setting(
            "MaximumMessageSize",
            Form.INTEGER,
            pages.SQS_QUEUE_RESOURCE,
            keyword="max_message_size_bytes",
            minimum=1_024,
            maximum=1_048_576,
            default=1_048_576,
        ),
        Setting(
            "KmsDataKeyReusePeriodSeconds",
            Form.SECONDS,
            pages.SQS_QUEUE_RESOURCE,
            keyword="data_key_reuse",
            minimum=60,
            maximum=86_400,
            default=300,
        ),
        Setting(
            "RedrivePolicy.maxReceiveCount",
            Form.INTEGER,
            pages.SQS_DEAD_LETTER,
            keyword="max_receive_count",
            minimum=1,
            maximum=1000,
            default=10,
        ),
    ),
    figures=(
        VISIBILITY_FACTOR,
        LEAST_RECEIVES,
        LEAST_RESERVED_CONCURRENCY,
        LEFT_OUT_OF_AGE,
        RECEIVES_THAT_OUTLAST_THROTTLES,
    ),
    pages=(
        pages.SQS_QUEUE_RESOURCE,
        pages.SQS_CONFIGURE,
        pages.SQS_SCALING,
        pages.SQS_DEAD_LETTER,
        pages.SQS_METRICS,
        pages.SQS_CREATE,
    ),
    read=date(2026, 11, 20),
)
