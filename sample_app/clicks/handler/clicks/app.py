"""The Lambda function of clicks: a batch from a stream, each click on its own, each of them once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.kinesis_stream_event import KinesisStreamRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from .click import Click
from .sessions import DynamoDbSessions, Sessions

Handler = Callable[[dict[str, Any], LambdaContext], PartialItemFailureResponse]

logger = Logger()


def create_handler(sessions: Sessions) -> Handler:
    """Build the handler around the sessions that clicks go to.

    Args:
        sessions: where sessions are kept; adding a click twice has the effect of once, and the order does not matter.
    """
    # It goes on after a failure, although all that follows comes again: when Lambda gives a record up, it may give up
    # others behind it with it, and those have been processed by then.
    processor = BatchProcessor(EventType.KinesisDataStreams)

    def handle_record(record: KinesisStreamRecord) -> None:
        kinesis = record.kinesis
        try:
            arrived_at_ms = int(kinesis.approximate_arrival_timestamp * 1000)
            click = Click.parse(kinesis.data_as_bytes(), arrived_at_ms=arrived_at_ms)
            new = sessions.add(click)
        except Exception:
            logger.exception("click failed", event_id=record.event_id)
            raise
        logger.debug("click added" if new else "click was added before", click_id=click.click_id)

    @logger.inject_lambda_context
    def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
        # When all fail, Powertools raises. Lambda takes both for "all of them again", but only an exception is an error
        # in its metrics.
        return process_partial_response(event=event, record_handler=handle_record, processor=processor, context=context)

    return handler


handler = create_handler(DynamoDbSessions.from_environment())
