"""The steps of share groups, as which a mapping on a self-managed cluster can read a topic."""

from __future__ import annotations

from typing import Final

from cdk_esm.simulator.fidelity.step import KAFKA, chosen, documented
from cdk_esm.sources import pages
from cdk_esm.sources.self_managed_kafka import SHARE_DELIVERIES

_ONLY = frozenset({"self-managed-kafka"})
_ITS_PAGE = "the page on this mode does not say"

SHARED_PARTITIONS: Final = documented(
    "share-partitions",
    KAFKA,
    "In consumption mode Queue several consumers work on the records of one partition at the same time, in no order.",
    pages.KAFKA_QUEUE_MODE,
    only=_ONLY,
)
SHARE_NO_WINDOW: Final = documented(
    "share-no-window",
    KAFKA,
    "In consumption mode Queue there is no batching window: what is there makes a batch.",
    pages.KAFKA_PARAMETERS,
    only=_ONLY,
)
SHARE_RETRIES: Final = documented(
    "share-retries",
    KAFKA,
    "In consumption mode Queue nothing is tried again within Lambda, unless MaximumRetryAttempts says so.",
    pages.MAPPING_API,
    only=_ONLY,
)
SHARE_START: Final = chosen(
    "share-start",
    KAFKA,
    "A new share group reads what comes after the mapping is made; assume= of StartingPosition says otherwise.",
    "share.auto.offset.reset of the group decides, and its default in Apache Kafka is latest",
    only=_ONLY,
)
SHARE_CONSUMERS: Final = chosen(
    "share-consumers",
    KAFKA,
    "A share group has one consumer without provisioned pollers and the least number of pollers with them, whatever "
    "the number of partitions.",
    "how Lambda scales consumers is documented in outline only",
    only=_ONLY,
)
SHARE_ALONE: Final = chosen(
    "share-alone",
    KAFKA,
    "After a partial batch response of a share group each record that was not named is done with, and only the named "
    "ones are tried again.",
    f"Apache Kafka acknowledges records one by one there; {_ITS_PAGE} what Lambda does with the rest of a batch",
    only=_ONLY,
)
SHARE_RELEASED: Final = documented(
    "share-released",
    KAFKA,
    "What failed in a share group, with its retries spent, goes back to the broker, which delivers it again, up to the "
    "limit of the group.",
    pages.MAPPING_API,
    only=_ONLY,
)
SHARE_AT_ONCE: Final = chosen(
    "share-at-once",
    KAFKA,
    "The broker delivers what it got back again at once, at its place.",
    "no page of AWS or of Apache Kafka says when",
    only=_ONLY,
)
SHARE_DESTINATION: Final = chosen(
    "share-destination",
    KAFKA,
    "If a share group has an on-failure destination, what failed with its retries spent goes there, and not back to "
    "the broker.",
    "AWS's page on the settings says that failed records go back, and not what a destination changes about it",
    only=_ONLY,
)
SHARE_ARCHIVED: Final = chosen(
    "share-archived",
    KAFKA,
    f"The broker delivers a record of a share group {SHARE_DELIVERIES.value} times, unless assume= of "
    "DeliveryCountLimit says otherwise; then it is archived and lost.",
    "AWS names the limit of the broker, group.share.delivery.count.limit, and no number; a group can have its own, and "
    "this is the default in Apache Kafka",
    only=_ONLY,
)
SHARE_LOCKS: Final = chosen(
    "share-locks",
    KAFKA,
    "The lock on a record of a share group is renewed as long as the function runs.",
    "Apache Kafka 4.2, which the mode asks for, is the first that can renew it; no page says that Lambda does",
    only=_ONLY,
)
