"""The Lambda function beside a mapping: its ranges, its defaults, and the figures that pollers depend on.

Read from the Lambda developer guide (gettingstarted-limits, durable-invoking-esm, services-sqs-configure) and the
CloudFormation resource schema of AWS::Lambda::Function on 2026-11-20.
"""

from datetime import date
from typing import Final

from cdk_esm.facts import Figure, Form, ResourceFacts, Setting
from cdk_esm.sources import pages

LONGEST_STANDARD_TIMEOUT: Final = Figure(
    900, "seconds that a function may run outside Lambda Managed Instances, by the guide", pages.LIMITS
)
LONGEST_MODELLED_TIMEOUT: Final = Figure(
    1800, "seconds that a function may run outside Lambda Managed Instances, by the API model", pages.FUNCTION_API
)
LONGEST_TIMEOUT_BEHIND_BROKER: Final = Figure(
    840, "seconds that a function may run behind Apache Kafka, Amazon MQ or Amazon DocumentDB", pages.MQ
)
LONGEST_DURABLE_TIMEOUT: Final = Figure(
    900, "seconds of execution timeout that a durable function may have behind a mapping", pages.DURABLE
)
LONGEST_DURABLE_TIMEOUT_MANAGED: Final = Figure(5400, "the same on Lambda Managed Instances, in seconds", pages.DURABLE)
ENVIRONMENT_BYTES: Final = Figure(4096, "bytes of environment variables, all together", pages.LIMITS)
RECURSION_LIMIT: Final = Figure(16, "invocations after which Lambda stops a loop", pages.RECURSION)
RETRIES: Final = Setting(
    "MaximumRetryAttempts",
    Form.INTEGER,
    pages.INVOKE_CONFIG_API,
    keyword="retry_attempts",
    minimum=0,
    maximum=2,
    default=2,
)
LONGEST_WAIT: Final = Setting(
    "MaximumEventAgeInSeconds",
    Form.SECONDS,
    pages.INVOKE_CONFIG_API,
    keyword="max_event_age",
    minimum=60,
    maximum=21_600,
    default=21_600,
)
"""What an asynchronous invocation is granted, which no invocation by a mapping is."""
INLINE_MODULE: Final = "index"
"""The name that Lambda gives to the file of code that is in the template."""
SNAP_START_ON: Final = "PublishedVersions"
"""What SnapStart applies to, if it is on."""

FUNCTION: Final = ResourceFacts(
    label="AWS Lambda function",
    settings=(
        Setting(
            "Timeout", Form.SECONDS, pages.FUNCTION_RESOURCE, keyword="timeout", minimum=1, maximum=5400, default=3
        ),
        Setting(
            "MemorySize", Form.INTEGER, pages.LIMITS, keyword="memory_size", minimum=128, maximum=10_240, default=128
        ),
        Setting(
            "ReservedConcurrentExecutions",
            Form.INTEGER,
            pages.FUNCTION_RESOURCE,
            keyword="reserved_concurrent_executions",
            minimum=0,
        ),
        Setting("Handler", Form.TEXT, pages.FUNCTION_RESOURCE, keyword="handler", minimum=1, maximum=128),
    ),
    figures=(
        LONGEST_STANDARD_TIMEOUT,
        LONGEST_MODELLED_TIMEOUT,
        LONGEST_TIMEOUT_BEHIND_BROKER,
        LONGEST_DURABLE_TIMEOUT,
        LONGEST_DURABLE_TIMEOUT_MANAGED,
        ENVIRONMENT_BYTES,
        RECURSION_LIMIT,
    ),
    pages=(pages.FUNCTION_RESOURCE, pages.LIMITS, pages.DURABLE, pages.RECURSION),
    read=date(2026, 11, 20),
)
