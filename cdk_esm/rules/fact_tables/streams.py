"""Kinesis and DynamoDB streams: what AWS says about positions, retries, destinations and readers."""

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages
from cdk_esm.sources.destinations import LONGEST_RECORD_AGE
from cdk_esm.sources.dynamodb_table import READERS, READERS_OF_GLOBAL_TABLE
from cdk_esm.sources.kafka_settings import RETRIES_WITH_DESTINATION
from cdk_esm.sources.kinesis import KINESIS
from cdk_esm.sources.kinesis_stream import CONSUMERS, CONSUMERS_AT_ONCE, LARGEST_SAFE_RECORD_KIB, SHARED_READERS
from cdk_esm.sources.stream_settings import DESTINATION_ARN_CHARACTERS, LEAST_RECORD_AGE

_PARALLEL: Final = KINESIS.by_name["ParallelizationFactor"]

FACTS: Final = (
    Fact(
        "STR-POS-1",
        "native",
        "A mapping on Kinesis, on DynamoDB or on Apache Kafka in stream mode needs a starting position.",
    ),
    Fact("STR-POS-2", "native", "A mapping on a DynamoDB stream cannot start at a time."),
    Fact(
        "STR-POS-3",
        "doc",
        "A mapping needs a starting time if its position is AT_TIMESTAMP, takes none otherwise, and the time must "
        "not be in the future.",
        page=pages.KINESIS_PARAMETERS,
    ),
    Fact(
        "STR-POS-4",
        "doc",
        "A mapping that starts at LATEST can miss records that are written while Lambda makes or updates it.",
        page=pages.KINESIS_CREATE,
    ),
    Fact(
        "STR-POS-5", "reported", "Mappings on Amazon SQS and Amazon MQ take no starting position and no starting time."
    ),
    Fact(
        "STR-AGE-1",
        "native",
        f"A record age is from {LEAST_RECORD_AGE.value} to {LONGEST_RECORD_AGE.value} seconds, or minus one for no "
        "limit.",
    ),
    Fact(
        "STR-AGE-2",
        "derived",
        "A record age that is not below the retention of the stream has no effect where retries have no other end, "
        "because the records expire in the stream first.",
        page=pages.METRICS,
    ),
    Fact(
        "STR-RETRY-1",
        "doc",
        "By default, Lambda retries a batch until its records expire, so one record that always fails blocks its "
        "shard.",
        page=pages.KINESIS_FAILURES,
    ),
    Fact(
        "STR-RETRY-2",
        "doc",
        "If retries or the record age end and the mapping has no on-failure destination, the discarded records "
        "are lost.",
        page=pages.KINESIS_FAILURES,
    ),
    Fact(
        "STR-RETRY-3",
        "derived",
        "If neither retries nor the record age end, an on-failure destination gets almost nothing.",
        page=pages.KINESIS_FAILURES,
    ),
    Fact(
        "STR-RETRY-4",
        "doc",
        "With an on-failure destination, Lambda stops endless retries on Apache Kafka after "
        f"{RETRIES_WITH_DESTINATION.value} retries.",
        page=pages.KAFKA_RETRIES,
    ),
    Fact(
        "STR-DEST-1", "native", "An on-failure destination cannot be a FIFO queue or a FIFO topic.", page=pages.METRICS
    ),
    Fact("STR-DEST-2", "native", "A mapping has an on-failure destination only, and never one for success."),
    Fact(
        "STR-DEST-3",
        "schema",
        f"The ARN of an on-failure destination has at most {DESTINATION_ARN_CHARACTERS.value} characters.",
    ),
    Fact(
        "STR-DEST-4",
        "doc",
        "A destination queue or topic gets a pointer to the failed records and not the records, which must be "
        "fetched before they expire.",
        page=pages.KINESIS_FAILURES,
    ),
    Fact(
        "STR-DEST-5",
        "doc",
        "A policy on a destination bucket should name the account of the bucket, "
        "because somebody else can take the name after the bucket is deleted.",
        page=pages.KINESIS_FAILURES,
    ),
    Fact(
        "STR-DEST-6",
        "derived",
        "The retention of a destination queue begins when Lambda delivers to it, and must leave people the time "
        "to react.",
        no_rule="how soon people look is not in a template; our new queues keep messages for as long as SQS can",
    ),
    Fact("STR-TW-1", "unverified", "A tumbling window needs a parallelization factor of one."),
    Fact(
        "STR-TW-2",
        "doc",
        "The handler of a tumbling window must return a state, which is limited in size for each shard.",
        page=pages.KINESIS_WINDOWS,
        no_rule="what a handler returns is not in a template",
    ),
    Fact(
        "STR-TW-3",
        "unverified",
        "No rule is known for a tumbling window together with a batching window.",
        page=pages.KINESIS_WINDOWS,
        no_rule="unverified, and no fault by itself",
    ),
    Fact(
        "STR-PF-1",
        "reported",
        f"Only Kinesis and DynamoDB take a parallelization factor, from {_PARALLEL.minimum} to {_PARALLEL.maximum}.",
    ),
    Fact(
        "STR-PF-2",
        "doc",
        "The peak concurrency of a mapping on a stream is its number of shards times its parallelization factor.",
        page=pages.KINESIS,
    ),
    Fact(
        "KIN-1",
        "doc",
        f"All shared readers of a Kinesis stream divide its throughput, so more than {SHARED_READERS.value} of "
        "them call for enhanced fan-out.",
        page=pages.KINESIS,
    ),
    Fact(
        "KIN-2",
        "doc",
        f"A Kinesis stream has at most {CONSUMERS.value} enhanced fan-out consumers by default, and "
        f"{CONSUMERS_AT_ONCE.value} can be in creation at the same time.",
    ),
    Fact(
        "KIN-3",
        "doc",
        "With enhanced fan-out and a parallelization factor, Lambda drops aggregated records whose own key leads "
        "elsewhere than the aggregate's.",
        page=pages.KINESIS,
        no_rule="whether producers aggregate their records is not in a template",
    ),
    Fact(
        "KIN-4",
        "doc",
        "Filters see the records in an aggregate with enhanced fan-out only.",
        page=pages.KINESIS_FILTERS,
        no_rule="whether producers aggregate their records is not in a template",
    ),
    Fact(
        "KIN-5",
        "derived",
        f"A record above about {LARGEST_SAFE_RECORD_KIB.value} KiB does not fit an invocation once it is encoded "
        "in base64.",
        page=pages.LIMITS,
    ),
    Fact(
        "KIN-6",
        "doc",
        "A mapping can read a Kinesis stream in another account if a resource policy on the stream allows it.",
        page=pages.KINESIS_CREATE,
    ),
    Fact(
        "KIN-7",
        "schema",
        "The queues of Kinesis share the quota of consumers and are no source of mappings.",
        no_rule="no source of mappings, and ESM224 can be acknowledged either way",
    ),
    Fact(
        "DDB-1",
        "tool",
        "A mapping on DynamoDB reads the table's stream, so the table must have one, and another view type makes "
        "another stream.",
    ),
    Fact(
        "DDB-2",
        "doc",
        f"A DynamoDB stream should have at most {READERS.value} readers, and that of a global table "
        f"{READERS_OF_GLOBAL_TABLE.value}.",
        page=pages.DYNAMODB,
    ),
    Fact(
        "kinesis_shared.limits",
        "doc",
        "A Kinesis stream has a limited retention and a limited record size, which can be above what one "
        "invocation takes.",
    ),
    Fact(
        "dynamodb_streams.EventSourceArn",
        "schema",
        "A mapping on DynamoDB names the ARN of the stream and not of the table, in the function's own Region.",
    ),
    Fact(
        "iam.kinesis_shared",
        "doc",
        "The execution role needs to describe the Kinesis stream, list its shards and read its records.",
        page=pages.KINESIS_CREATE,
    ),
    Fact(
        "iam.kinesis_efo",
        "doc",
        "The execution role needs to describe the stream and its consumer, and to subscribe to the shards.",
        page=pages.KINESIS_CREATE,
    ),
    Fact(
        "iam.dynamodb_streams",
        "doc",
        "The execution role needs to describe the table's stream, to list streams and to read its records.",
    ),
    Fact(
        "STR-DEST-7",
        "doc",
        "A role of another account needs to be let in by its own policy and by the policy of the resource.",
        page=pages.CROSS_ACCOUNT,
    ),
)
