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
    pages.KAFKA_QUEUE_MODE,
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
SHARE_RELEASED: Final = chosen(
    "share-released",
    KAFKA,
    "What failed in a share group, with its retries spent, goes to the on-failure destination; without one, the broker "
    "gets it back and delivers it again at once.",
    f"the broker limits redeliveries, so something is given back; {_ITS_PAGE} when",
    only=_ONLY,
)
SHARE_ARCHIVED: Final = chosen(
    "share-archived",
    KAFKA,
    f"The broker delivers a record of a share group {SHARE_DELIVERIES.value} times, unless assume= of "
    "DeliveryCountLimit says otherwise; then it is archived and lost.",
    "share.delivery.count.limit of the group, or of the broker, decides; this is its default in Apache Kafka",
    only=_ONLY,
)
SHARE_LOCKS: Final = chosen(
    "share-locks",
    KAFKA,
    "The lock on a record of a share group is renewed as long as the function runs.",
    "Apache Kafka 4.2, which the mode asks for, is the first that can renew it; no page says that Lambda does",
    only=_ONLY,
)
