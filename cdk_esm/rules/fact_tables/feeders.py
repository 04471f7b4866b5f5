"""What services send to the source of a mapping, and the loops that Lambda finds."""

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import RECURSION_LIMIT

FACTS: Final = (
    Fact(
        "FEED-1",
        "doc",
        "Without raw message delivery, Amazon SNS sends a queue its own JSON, with the message as a text under "
        "Message.",
        page=pages.SNS_RAW_DELIVERY,
    ),
    Fact(
        "FEED-2",
        "doc",
        "A rule of Amazon EventBridge sends its target the whole event, unless the target has an input, an input path "
        "or an input transformer.",
        page=pages.EVENTBRIDGE_TARGET_INPUT,
    ),
    Fact(
        "FEED-3",
        "doc",
        "Amazon S3 sends what happened in a bucket as a list under Records, and a test event without one.",
        page=pages.S3_EVENTS,
    ),
    Fact(
        "FEED-4",
        "doc",
        "Amazon CloudWatch Logs sends a stream data that is compressed with gzip.",
        page=pages.LOGS_SUBSCRIPTIONS,
    ),
    Fact(
        "FEED-5",
        "derived",
        "Amazon EventBridge Pipes sends the record of its source as it is, unless the pipe has an enrichment or an "
        "input template.",
        page=pages.PIPES,
    ),
    Fact(
        "FEED-6",
        "doc",
        "Amazon DynamoDB sends a Kinesis stream the changes of a table as JSON, each item under dynamodb.",
        page=pages.DYNAMODB_KINESIS,
    ),
    Fact(
        "FN-9",
        "doc",
        "Lambda looks for loops through Amazon SQS, Amazon SNS, Amazon S3 and Lambda alone, and only if the function "
        "sends with a supported version of an AWS SDK.",
        page=pages.RECURSION,
    ),
    Fact(
        "FN-10",
        "doc",
        f"Lambda stops a loop that it finds after about {RECURSION_LIMIT.value} invocations, unless RecursiveLoop of "
        "the function is Allow.",
        page=pages.RECURSION,
    ),
)
