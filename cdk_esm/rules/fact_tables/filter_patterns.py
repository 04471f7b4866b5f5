"""Filters: what AWS says about patterns, and what it was seen to do with them."""

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages
from cdk_esm.sources.common import FILTERS_LIMIT, FILTERS_QUOTA, NUMBER_DIGITS, NUMBER_LIMIT, PATTERN_CHARACTERS

FACTS: Final = (
    Fact(
        "FIL-1",
        "native",
        f"A mapping takes {FILTERS_QUOTA.value} filters by default, and up to {FILTERS_LIMIT.value} after AWS "
        "raised the quota.",
        page=pages.FILTERS,
    ),
    Fact("FIL-2", "schema", f"A filter pattern has at most {PATTERN_CHARACTERS.value} characters."),
    Fact("FIL-3", "native", "A filter pattern is a JSON object whose leaves are lists with at least one member."),
    Fact("FIL-4", "schema", "CloudFormation's schema takes a filter pattern on one line only."),
    Fact(
        "FIL-5",
        "doc",
        "A record passes if any filter matches it, and a filter matches if all its fields do, or one branch of a $or.",
        page=pages.FILTERS,
    ),
    Fact(
        "FIL-6",
        "doc",
        "The payload's key in a pattern depends on the source: body for SQS, data for Kinesis and Amazon MQ, "
        "dynamodb for DynamoDB, value for Kafka.",
        page=pages.FILTERS,
    ),
    Fact(
        "FIL-7",
        "doc",
        "Lambda refuses a pattern for plain text on the payload of Kinesis or DynamoDB.",
        page=pages.KINESIS_FILTERS,
    ),
    Fact(
        "FIL-8",
        "doc",
        "If a Kafka or Amazon MQ payload has another format than the pattern, Lambda looks at the rest of the "
        "pattern only, and may deliver the record.",
        page=pages.KAFKA_FILTERS,
    ),
    Fact(
        "FIL-9",
        "derived",
        "A bare number equals every other way to write its value, as EventBridge was recorded to take it, although its "
        "guide says what Lambda's guide says.",
        page=pages.FILTERS,
    ),
    Fact(
        "FIL-10",
        "unverified",
        "The open filter engine leaves out a branch of $or that has the fields of an earlier one and a condition of "
        "each in common with it.",
        page=pages.EVENTBRIDGE_FILTERS,
    ),
    Fact(
        "FIL-11",
        "unverified",
        "Where letter case is ignored, the open filter engine matches no character beyond U+FFFF.",
        page=pages.EVENTBRIDGE_FILTERS,
    ),
    Fact(
        "FIL-12",
        "doc",
        f"A numeric condition compares numbers up to {NUMBER_LIMIT.value:g} in both directions, with "
        f"{NUMBER_DIGITS.value} digits after the point.",
        page=pages.EVENTBRIDGE_FILTERS,
    ),
    Fact(
        "FIL-KMS-1",
        "native",
        "The key of encrypted filters must let the Lambda service decrypt with it, or Lambda refuses the mapping.",
        page=pages.FILTERS,
    ),
    Fact("FIL-KMS-2", "tool", "A key for filters without filters encrypts nothing.", page=pages.FILTERS),
    Fact(
        "SQS-FILTER-1",
        "doc",
        "A pattern on a queue must use the key body: AWS takes any other, which never matches, and deletes every "
        "message.",
        page=pages.SQS_FILTERS,
    ),
    Fact(
        "SQS-FILTER-2",
        "native",
        "A queue's pattern and message must both be JSON or both be plain text, or Lambda deletes the message.",
        page=pages.SQS_FILTERS,
    ),
    Fact(
        "SQS-FILTER-3",
        "doc",
        "A message that matches no filter is deleted and never reaches the dead-letter queue.",
        page=pages.FILTERS,
    ),
    Fact(
        "DDB-3",
        "derived",
        "A filter on an image needs a stream whose view type carries that image.",
        page=pages.DYNAMODB_FILTERS,
    ),
    Fact(
        "DDB-4",
        "native",
        "A numeric condition never matches an attribute of a DynamoDB record, because numbers are texts there.",
        page=pages.DYNAMODB_FILTERS,
    ),
    Fact(
        "DDB-5",
        "native",
        "A filter on an attribute of a DynamoDB record must name its type, and exists sees only the leaves.",
        page=pages.DYNAMODB_FILTERS,
    ),
    Fact(
        "DDB-6",
        "derived",
        "A pattern for DynamoDB must hold both images in one object, although an example in AWS's guide repeats "
        "the key.",
        page=pages.DYNAMODB_FILTERS,
    ),
    Fact(
        "DDB-8",
        "doc",
        "Keys of a DynamoDB record holds the attributes of the item's primary key, and no others.",
        page=pages.DYNAMODB_STREAM_RECORD,
    ),
    Fact(
        "DDB-9",
        "derived",
        "The value of a key is in a DynamoDB record under the letter of the type that the table declares for it.",
        page=pages.DYNAMODB_STREAM_RECORD,
    ),
    Fact("DDB-7", "native", "A filter on a DynamoDB stream sees eventName, although the page names the payload only."),
)
