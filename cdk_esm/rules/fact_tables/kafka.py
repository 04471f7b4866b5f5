"""Apache Kafka: what AWS says about MSK and self-managed clusters."""

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import MAPPINGS_IN_POLLER_GROUP, MAXIMUM_POLLERS, MINIMUM_POLLERS, POLLERS_IN_GROUP

FACTS: Final = (
    Fact(
        "KAF-PROV-1",
        "doc",
        "A Kafka topic as on-failure destination needs provisioned pollers and the same cluster, and is no topic "
        "that the mapping reads.",
        page=pages.KAFKA_TOPIC_FAILURES,
    ),
    Fact(
        "KAF-PROV-2",
        "doc",
        "On Apache Kafka, retries, record age, bisecting and partial batch responses need provisioned pollers.",
        page=pages.KAFKA_RETRIES,
    ),
    Fact(
        "KAF-PROV-3",
        "doc",
        "The log level of a mapping needs Apache Kafka and provisioned pollers.",
        page=pages.MAPPING_LOGS,
    ),
    Fact("KAF-PROV-4", "doc", "A schema registry needs provisioned pollers.", page=pages.KAFKA_SCALING),
    Fact(
        "KAF-PROV-5",
        "doc",
        f"A mapping on Apache Kafka takes from {MINIMUM_POLLERS.minimum} to {MAXIMUM_POLLERS.maximum} provisioned "
        "pollers, and the minimum is not above the maximum.",
        page=pages.KAFKA_SCALING,
    ),
    Fact(
        "KAF-PROV-6",
        "doc",
        f"A poller group has at most {MAPPINGS_IN_POLLER_GROUP.value} mappings and {POLLERS_IN_GROUP.value} "
        "pollers, all in one VPC.",
        page=pages.KAFKA_SCALING,
    ),
    Fact(
        "KAF-PROV-7",
        "doc",
        "Without provisioned pollers, Lambda must reach its own service and AWS STS from the cluster's VPC, by "
        "endpoints or NAT.",
        page=pages.KAFKA_SCALING,
    ),
    Fact(
        "KAF-QUEUE-1",
        "doc",
        "Queue mode is for self-managed clusters only, and takes no starting position, no batching window and no "
        "endless retries.",
        page=pages.KAFKA_QUEUE_MODE,
    ),
    Fact(
        "KAF-QUEUE-2",
        "doc",
        "Queue mode keeps no order within a partition, and the broker limits how often it delivers a record.",
        page=pages.KAFKA_QUEUE_MODE,
    ),
    Fact(
        "KAF-AUTH-1",
        "doc",
        "A mapping on Amazon MSK takes SASL/SCRAM or a client certificate as credentials, and uses IAM or none "
        "without them.",
        page=pages.MSK_PARAMETERS,
    ),
    Fact(
        "KAF-AUTH-2",
        "schema",
        "MSK Serverless authenticates with IAM only, so the execution role needs the actions on the cluster's data.",
    ),
    Fact(
        "KAF-AUTH-3",
        "native",
        "A mapping on a self-managed cluster must say how it reaches and authenticates to the cluster.",
    ),
    Fact("KAF-AUTH-4", "tool", "A mapping on a self-managed cluster takes at most one way to authenticate."),
    Fact(
        "KAF-AUTH-5",
        "tool",
        "A mapping on a self-managed cluster names subnets and security groups together, or neither.",
    ),
    Fact(
        "KAF-AUTH-6",
        "schema",
        "Each part of OAUTHBEARER authentication needs a method that uses it, and IAM authentication names no secret.",
    ),
    Fact("KAF-AUTH-7", "doc", "A secret must be in the Region of the function.", page=pages.KAFKA_ACCESS),
    Fact(
        "KAF-AUTH-8",
        "unverified",
        "AWS's examples write subnets and security groups with a prefix, and the CDK writes bare ids.",
        no_rule="unverified, and both forms are in use",
    ),
    Fact(
        "KAF-AUTH-9",
        "doc",
        "Amazon MSK takes a secret with a user only if its name begins with AmazonMSK_ and it has a key of its own.",
        page=pages.MSK_PASSWORDS,
    ),
    Fact(
        "KAF-ID-1",
        "derived",
        "A mapping keeps its topic for good, and CloudFormation does not replace it for another one.",
        page=pages.MAPPING_RESOURCE,
    ),
    Fact(
        "KAF-XACCT-2",
        "doc",
        "A mapping cannot read an MSK Serverless cluster of another account.",
        page=pages.MSK_CROSS_ACCOUNT,
    ),
    Fact(
        "KAF-GRP-1",
        "doc",
        "Each mapping needs its own consumer group: members of one group divide the partitions, "
        "and committed offsets overrule the starting position.",
    ),
    Fact(
        "KAF-GRP-2",
        "derived",
        "A mapping that names no consumer group gets one named after its own id, which no policy can know before.",
        page=pages.MSK_PARAMETERS,
    ),
    Fact(
        "KAF-WIN-1",
        "doc",
        "Once set, the batching window of a mapping never returns to the default of a mapping that never had one.",
        page=pages.MAPPING,
        no_rule="only a change shows it: docs/reference/sources.md says it with the window's default",
    ),
    Fact(
        "KAF-XACCT",
        "doc",
        "A mapping on an MSK cluster in another account names the VPC connection, which the execution role must "
        "be able to describe.",
        page=pages.MSK_PERMISSIONS,
    ),
    Fact(
        "msk_provisioned.Topics",
        "schema",
        "A mapping on Apache Kafka names exactly one topic, limited in length and in characters.",
        page=pages.MSK_PARAMETERS,
    ),
    Fact(
        "iam.msk_provisioned",
        "doc",
        "The execution role needs to describe the MSK cluster, its bootstrap brokers and its network, and to read "
        "its secret.",
        page=pages.MSK_PERMISSIONS,
    ),
    Fact(
        "iam.kafka_self_managed",
        "doc",
        "The execution role needs to read the secrets of a self-managed cluster, and to manage network interfaces "
        "if it is in a VPC.",
        page=pages.KAFKA_PERMISSIONS,
    ),
)
