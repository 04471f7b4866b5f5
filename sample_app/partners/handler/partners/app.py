"""The Lambda function of partners: a batch of counts, of which only those that failed come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import KafkaEvent
from aws_lambda_powertools.utilities.data_classes.kafka_event import KafkaEventRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from .count import Count
from .stock import DynamoDbStock, Stock

Response = dict[str, list[dict[str, dict[str, Any]]]]
Handler = Callable[[dict[str, Any], LambdaContext], Response]

logger = Logger()


class BatchFailedError(Exception):
    """Nothing of a batch could be processed: only an exception is an error in the metrics of Lambda."""


def create_handler(stock: Stock) -> Handler:
    """Build the handler around the place where stock is kept.

    Powertools has no batch processor for Kafka, whose records are known by partition and offset.

    Args:
        stock: where counts are kept; it takes none that is not newer than what it has.
    """

    def handle_record(record: KafkaEventRecord) -> None:
        count = Count.of(record.json_value)
        newest = stock.keep(count)
        logger.info("count kept" if newest else "count is not the newest", partner_id=count.partner_id, sku=count.sku)

    @logger.inject_lambda_context
    def handler(event: dict[str, Any], context: LambdaContext) -> Response:
        del context
        failed, records = [], list(KafkaEvent(event).records)
        for record in records:
            try:
                handle_record(record)
            except Exception:
                logger.exception("count failed", topic=record.topic, partition=record.partition, offset=record.offset)
                failed.append(_identifier(record))
        if records and len(failed) == len(records):
            raise BatchFailedError(f"all {len(records)} counts failed")
        return {"batchItemFailures": failed}

    return handler


def _identifier(record: KafkaEventRecord) -> dict[str, dict[str, Any]]:
    """How Lambda knows a record of Kafka in a partial batch response."""
    return {"itemIdentifier": {"partition": f"{record.topic}-{record.partition}", "offset": record.offset}}


handler = create_handler(DynamoDbStock.from_environment())
