"""Mappings and functions: what AWS says of every source."""

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import (
    LONGEST_DURABLE_TIMEOUT,
    LONGEST_STANDARD_TIMEOUT,
    LONGEST_TIMEOUT_BEHIND_BROKER,
    RECURSION_LIMIT,
)
from cdk_esm.sources.resource_types.access import INLINE_POLICY_CHARACTERS

FACTS: Final = (
    Fact(
        "IAM-INLINE",
        "doc",
        f"All inline policies of a role together have at most {INLINE_POLICY_CHARACTERS.value} characters, and white "
        "space does not count.",
        page=pages.IAM_QUOTAS,
    ),
    Fact(
        "ID-1",
        "native",
        "A function has at most one mapping on an event source; a version or an alias counts on its own.",
    ),
    Fact(
        "ID-2",
        "native",
        "Two mappings of one function are the same to Lambda if they read one topic and share any bootstrap server.",
    ),
    Fact(
        "ID-3",
        "schema",
        "CloudFormation replaces a mapping whose event source, starting position, starting time or bootstrap "
        "servers change.",
    ),
    Fact(
        "ID-4",
        "schema",
        "An update cannot change the topic or the queue of a mapping, and CloudFormation does not replace the "
        "mapping for it.",
        no_rule="only a change shows it: `cdk-esm diff` tells it as setting-stays",
    ),
    Fact(
        "ID-5",
        "doc",
        "An update cannot change the consumer group, the consumption mode or the virtual host of a mapping.",
        page=pages.KAFKA_PARAMETERS,
        no_rule="only a change shows it: `cdk-esm diff` tells what it replaces",
    ),
    Fact(
        "ID-6",
        "schema",
        "A mapping that is in creation or in an update refuses further updates and its deletion.",
        no_rule="a moment in a deployment",
    ),
    Fact(
        "ID-7",
        "native",
        "A mapping has either the ARN of an event source or the servers of a self-managed one, and the ARN is of "
        "a service that mappings read.",
    ),
    Fact(
        "ID-8",
        "native",
        "Lambda refuses a mapping whose stream or whose function does not exist.",
        no_rule="whether a stream or a function exists in AWS is not in a template",
    ),
    Fact(
        "FN-1",
        "doc",
        "A function behind Apache Kafka, Amazon MQ or Amazon DocumentDB may run for at most "
        f"{LONGEST_TIMEOUT_BEHIND_BROKER.value} seconds on standard compute.",
        page=pages.MQ,
    ),
    Fact(
        "FN-2",
        "schema",
        "By the guide, only functions on Lambda Managed Instances may run for longer than "
        f"{LONGEST_STANDARD_TIMEOUT.value} seconds, and not behind Amazon MQ or Amazon DocumentDB.",
    ),
    Fact(
        "FN-3",
        "doc",
        "A durable function needs a version or an alias, and an execution timeout of at most "
        f"{LONGEST_DURABLE_TIMEOUT.value} seconds on standard compute.",
        page=pages.DURABLE,
    ),
    Fact("FN-4", "tool", "A function with tenant isolation cannot have a mapping."),
    Fact(
        "FN-5",
        "unverified",
        "A mapping invokes the version or the alias that it names, and only there does provisioned concurrency "
        "help it.",
        no_rule="unverified, and no fault by itself",
    ),
    Fact(
        "FN-6",
        "derived",
        "AWS does not look at the queues of a function when only the function's timeout changes.",
        page=pages.SQS_CONFIGURE,
    ),
    Fact(
        "FN-7",
        "doc",
        "A batch with its metadata fits the payload of one invocation, so batches can be smaller than the batch size.",
        page=pages.MAPPING,
        no_rule="the size of records is not known before they come",
    ),
    Fact(
        "FN-8",
        "doc",
        f"Lambda stops a function that writes to its own source after about {RECURSION_LIMIT.value} invocations in "
        "a loop.",
        page=pages.METRICS,
    ),
    Fact(
        "FN-SNAP-2",
        "doc",
        "SnapStart supports neither provisioned concurrency nor container images.",
        page=pages.SNAP_START,
        no_rule="Lambda refuses the function, not the mapping; NewFunction asks for it",
    ),
    Fact(
        "MET-1",
        "native",
        "Only Apache Kafka takes the metrics ErrorCount and KafkaMetrics; other sources take EventCount.",
        page=pages.METRICS,
    ),
    Fact("MET-2", "doc", "The metrics of a mapping do not exist until the mapping asks for them.", page=pages.METRICS),
    Fact("MET-3", "doc", "Mappings on Amazon MQ and Amazon DocumentDB have no metrics.", page=pages.METRICS),
    Fact("UNS-1", "native", "Lambda refuses a setting that the source of the mapping does not support."),
    Fact(
        "iam.destinations",
        "doc",
        "The execution role needs to write to the on-failure destination, and to use the destination's key if it "
        "has one.",
    ),
    Fact(
        "iam.notes",
        "doc",
        "All permissions of the poller belong to the execution role, and AWS's managed policies grant them on "
        "every resource.",
    ),
)
