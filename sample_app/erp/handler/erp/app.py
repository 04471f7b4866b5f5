"""The Lambda function of stock: a batch of messages of the ERP system, of which none may be lost or counted twice."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.rabbit_mq_event import RabbitMQEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from .movement import Movement, UnreadableMovementError
from .stock import Aside, DynamoDbStock, SqsAside, Stock

Handler = Callable[[dict[str, Any], LambdaContext], None]

logger = Logger()


class BatchFailedError(RuntimeError):
    """Some of the messages could not be counted now: the whole batch has to come again."""


def create_handler(stock: Stock, aside: Aside) -> Handler:
    """Build the handler around the stock.

    Args:
        stock: where stock is kept; it counts a movement once, however often it comes.
        aside: where messages go that nobody can read: RabbitMQ would deliver them for ever.
    """

    def handle(payload: bytes) -> None:
        try:
            movement = Movement.of(payload)
        except UnreadableMovementError as error:
            logger.warning("message set aside", reason=str(error))
            aside.put(payload, str(error))
            return
        new = stock.move(movement)
        logger.info("movement counted" if new else "movement was counted before", movement_id=movement.movement_id)

    @logger.inject_lambda_context
    def handler(event: dict[str, Any], context: LambdaContext) -> None:
        # Lambda knows no partial answer here: the batch succeeds or comes again as a whole. It goes on after a failure,
        # because what was counted is not counted again.
        failed = 0
        del context
        for messages in RabbitMQEvent(event).rmq_messages_by_queue.values():
            for message in messages:
                try:
                    handle(base64.b64decode(message["data"]))
                except Exception:
                    logger.exception("message failed")
                    failed += 1
        if failed:
            raise BatchFailedError(f"{failed} messages could not be counted")

    return handler


handler = create_handler(DynamoDbStock.from_environment(), SqsAside.from_environment())
