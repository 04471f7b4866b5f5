"""The Lambda function of products: a batch of changes of the table, each shown unless a newer one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import (
    DynamoDBRecord,
    DynamoDBRecordEventName,
    StreamRecord,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from .offer import Offer
from .offers import DynamoDbOffers, Offers

Handler = Callable[[dict[str, Any], LambdaContext], PartialItemFailureResponse]

logger = Logger()


def create_handler(offers: Offers) -> Handler:
    """Build the handler around the offers that products are shown as.

    Args:
        offers: where offers are kept; they take no change that is not newer than what they show.
    """
    # It goes on after a failure, although all that follows comes again: when Lambda gives a change up, it may give up
    # others behind it with it, and those have been processed by then.
    processor = BatchProcessor(EventType.DynamoDBStreams)

    def handle_record(record: DynamoDBRecord) -> None:
        try:
            change = StreamRecord(record["dynamodb"])
            product_id: str = change.keys["product_id"]
            removed = record.event_name is DynamoDBRecordEventName.REMOVE
            offer = None if removed else Offer.of(change.new_image)
            newest = offers.write(product_id, offer, change["SequenceNumber"])
        except Exception:
            logger.exception("change failed", event_id=record.event_id)
            raise
        logger.info("change shown" if newest else "change is not the newest", product_id=product_id)

    @logger.inject_lambda_context
    def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
        # When all fail, Powertools raises. Lambda takes both for "all of them again", but only an exception is an error
        # in its metrics.
        return process_partial_response(event=event, record_handler=handle_record, processor=processor, context=context)

    return handler


handler = create_handler(DynamoDbOffers.from_environment())
