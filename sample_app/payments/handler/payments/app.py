"""The Lambda function of payments: a batch from a FIFO queue, each customer's payments in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from .ledger import DynamoDbLedger, Ledger
from .payment import Payment

Handler = Callable[[dict[str, Any], LambdaContext], PartialItemFailureResponse]

logger = Logger()


def create_handler(ledger: Ledger) -> Handler:
    """Build the handler around a ledger.

    Args:
        ledger: where payments are booked; booking one twice has the effect of once.
    """
    # A payment that fails holds up its own customer, whose later payments must not overtake it, and nobody else.
    processor = SqsFifoPartialProcessor(skip_group_on_error=True)

    def handle_record(record: SQSRecord) -> None:
        try:
            payment = Payment.parse(record.body, group=record.attributes.message_group_id)
            new = ledger.book(payment)
        except Exception:
            logger.exception("payment failed", message_id=record.message_id)
            raise
        logger.info("payment booked" if new else "payment was booked before", payment_id=payment.payment_id)

    @logger.inject_lambda_context
    def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
        # When all fail, Powertools raises. Lambda takes both for "all of them again", but only an exception is an error
        # in its metrics.
        return process_partial_response(event=event, record_handler=handle_record, processor=processor, context=context)

    return handler


handler = create_handler(DynamoDbLedger.from_environment())
