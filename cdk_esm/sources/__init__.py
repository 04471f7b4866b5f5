"""The fact sheets: one file per source, data only, every AWS number once."""

from collections.abc import Mapping
from typing import Final

from cdk_esm.facts import SourceFacts
from cdk_esm.sources.activemq import ACTIVEMQ
from cdk_esm.sources.documentdb import DOCUMENTDB
from cdk_esm.sources.dynamodb import DYNAMODB
from cdk_esm.sources.kinesis import KINESIS
from cdk_esm.sources.kinesis_efo import KINESIS_EFO
from cdk_esm.sources.merged import merged
from cdk_esm.sources.msk import MSK
from cdk_esm.sources.msk_serverless import MSK_SERVERLESS
from cdk_esm.sources.rabbitmq import RABBITMQ
from cdk_esm.sources.self_managed_kafka import SELF_MANAGED_KAFKA
from cdk_esm.sources.sqs import SQS
from cdk_esm.sources.sqs_fifo import SQS_FIFO

SOURCES: Final[Mapping[str, SourceFacts]] = {
    sheet.kind: sheet
    for sheet in (
        SQS,
        SQS_FIFO,
        KINESIS,
        KINESIS_EFO,
        DYNAMODB,
        MSK,
        MSK_SERVERLESS,
        SELF_MANAGED_KAFKA,
        ACTIVEMQ,
        RABBITMQ,
        DOCUMENTDB,
    )
}
"""Source kind to fact sheet, in the order in which the documentation lists them."""

NO_SOURCE: Final = merged("none", "event source mapping", tuple(SOURCES.values()))
"""What a mapping reads that names something which is no event source."""

MQ: Final = merged("mq", "Amazon MQ broker", (ACTIVEMQ, RABBITMQ))
"""A broker whose ARN does not tell its engine."""

FILTERED_LIKE: Final[Mapping[str, str]] = {MQ.kind: ACTIVEMQ.kind}
"""Kinds that are one of several sources, to one of these: they all do the same with a record and its filters."""

SHEETS: Final[Mapping[str, SourceFacts]] = {**SOURCES, MQ.kind: MQ, NO_SOURCE.kind: NO_SOURCE}
"""The sheets of all mappings that a template can hold: beside the sources what only a template leaves open."""
