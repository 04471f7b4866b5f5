"""Every variant of every construct by its name."""

from __future__ import annotations

from typing import Final

from tests.cdk.corpus.of_brokers import ACTIVEMQ, DOCUMENTDB, RABBITMQ
from tests.cdk.corpus.of_kafka import MSK, OWN
from tests.cdk.corpus.of_new_records import DYNAMODB, FIFO, KINESIS, SQS
from tests.cdk.corpus.variant import Variant

VARIANTS: Final[dict[str, Variant]] = {
    one.name: one
    for table in (SQS, FIFO, KINESIS, DYNAMODB, MSK, OWN, ACTIVEMQ, RABBITMQ, DOCUMENTDB)
    for one in table.variants
}
