"""The Lambda function of orders: a batch from a standard queue, each order on its own, each of them once."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.idempotency import (
    BasePersistenceLayer,
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from .order import Order, decide
from .shop import AwsShop, Shop

# A message lives 14 days at most, in the dead-letter queue; redriven from there, it lives once more.
REMEMBER: Final = timedelta(days=30)

Handler = Callable[[dict[str, Any], LambdaContext], PartialItemFailureResponse]

logger = Logger()


def create_handler(shop: Shop, seen: BasePersistenceLayer) -> Handler:
    """Build the handler around the shop that orders go to.

    Args:
        shop: where orders go.
        seen: remembers which orders have been placed.
    """
    processor = BatchProcessor(EventType.SQS)
    idempotency = IdempotencyConfig(
        event_key_jmespath="order_id",
        # The same id with other contents is not a duplicate but a mistake of the sender, and fails.
        payload_validation_jmespath="[customer_id, currency, lines]",
        raise_on_no_idempotency_key=True,
        expires_after_seconds=int(REMEMBER.total_seconds()),
    )

    def place(*, order: Order) -> str:
        verdict = decide(order)
        shop.place(order, verdict)
        logger.info("order placed", order_id=order.order_id, verdict=verdict)
        return verdict

    place_once: Callable[..., str] = idempotent_function(
        place,
        data_keyword_argument="order",
        persistence_store=seen,
        config=idempotency,
        key_prefix="orders",  # by default the function's name: renaming it would forget all orders
    )

    def handle_record(record: SQSRecord) -> str:
        try:
            return place_once(order=Order.parse(record.body))
        except Exception:
            logger.exception("order failed", message_id=record.message_id)
            raise

    @logger.inject_lambda_context
    def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
        # So that an order in hand when the function is killed is free again once its time has run out.
        idempotency.register_lambda_context(context)
        # When all fail, Powertools raises. Lambda takes both for "all of them again", but only an exception is an error
        # in its metrics, and all failing at once is rather us than the orders.
        return process_partial_response(event=event, record_handler=handle_record, processor=processor, context=context)

    return handler


handler = create_handler(AwsShop.from_environment(), DynamoDBPersistenceLayer(os.environ["SEEN_TABLE"]))
